package cloud

import "sync"

// limiter holds the buckets of one account and region, one per action: AWS's "limits are applied to individual API
// actions, not categories" (aws-facts §4.1).
type limiter struct {
	speed   float64
	mu      sync.Mutex
	buckets map[string]*bucket
}

func newLimiter(speed float64) *limiter {
	return &limiter{speed: speed, buckets: map[string]*bucket{}}
}

// bucket returns the action's bucket, full at first.
func (l *limiter) bucket(action string) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.buckets[action]
	if !known {
		b = newBucket(allowanceOf(action), l.speed)
		l.buckets[action] = b
	}
	return b
}
