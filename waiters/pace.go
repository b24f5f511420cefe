package waiters

import "time"

// Pace says how often to look at something that is waited for: after a share of the time waited so far, held between
// two bounds. With a share of a hundredth, what is found out late is late by at most a hundredth of the wait.
type Pace struct {
	Least, Most time.Duration // bounds of the interval; Least is never under a millisecond, Most never under Least
	Share       float64       // of the time waited so far
}

// shortest keeps a Pace that was left empty from looking without a pause.
const shortest = time.Millisecond

// DefaultPace is the pace of everything that waits for AWS: the interval is half a second at first, a hundredth of the
// wait later, ten seconds at the most. At a target that runs speed times as fast, every interval is as much shorter;
// a speed that is not above 0 counts as 1.
func DefaultPace(speed float64) Pace {
	if speed <= 0 {
		speed = 1
	}
	faster := func(d time.Duration) time.Duration { return time.Duration(float64(d) / speed) }
	return Pace{Least: faster(500 * time.Millisecond), Most: faster(10 * time.Second), Share: 0.01}
}

// Next returns the time until the next look after a wait of elapsed.
func (p Pace) Next(elapsed time.Duration) time.Duration {
	least := max(p.Least, shortest)
	share := time.Duration(float64(elapsed) * p.Share)
	return min(max(share, least), max(p.Most, least))
}
