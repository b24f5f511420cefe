package waiters

import (
	"testing"
	"time"
)

func TestPaceNext(t *testing.T) {
	aws := DefaultPace(1)
	for _, c := range []struct {
		name    string
		pace    Pace
		elapsed time.Duration
		want    time.Duration
	}{
		{"begins with the least", aws, 0, 500 * time.Millisecond},
		{"stays there for 50 s", aws, 50 * time.Second, 500 * time.Millisecond},
		{"grows with the wait", aws, 200 * time.Second, 2 * time.Second},
		{"ends at the most", aws, time.Hour, 10 * time.Second},
		{"a target 50 times as fast, at first", DefaultPace(50), 0, 10 * time.Millisecond},
		{"a target 50 times as fast, later", DefaultPace(50), 4 * time.Second, 40 * time.Millisecond},
		{"a target 50 times as fast, in the end", DefaultPace(50), time.Hour, 200 * time.Millisecond},
		{"no speed is speed 1", DefaultPace(0), 0, 500 * time.Millisecond},
		{"an empty pace does not spin", Pace{}, time.Hour, time.Millisecond},
		{"no most is the least", Pace{Least: time.Second, Share: 0.5}, time.Hour, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.pace.Next(c.elapsed); got != c.want {
				t.Errorf("the next look after %s should come in %s, not in %s", c.elapsed, c.want, got)
			}
		})
	}
}

// What a wait finds out late must be under a hundredth of it: it adds up along the longest path.
func TestPaceIsLateByAHundredth(t *testing.T) {
	pace := DefaultPace(1)
	for ready := 50 * time.Second; ready < 15*time.Minute; ready += 777 * time.Millisecond {
		var seen time.Duration
		for seen < ready {
			seen += pace.Next(seen)
		}
		if late := seen - ready; late > ready/100 {
			t.Errorf("what is ready after %s is seen %s late, more than a hundredth", ready, late)
		}
	}
}
