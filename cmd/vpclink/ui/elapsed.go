package ui

import (
	"fmt"
	"time"
)

// Elapsed writes a duration as people read it: 0.4s, 12s, 4m08s, 1h02m08s. Under ten seconds the tenths count, since a
// simulated wait is over in a blink.
func Elapsed(d time.Duration) string {
	if d < 9950*time.Millisecond {
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	s := int(d.Round(time.Second).Seconds())
	switch {
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	}
	return fmt.Sprintf("%dh%02dm%02ds", s/3600, s/60%60, s%60)
}

// Seconds is a duration as it stands in JSON: seconds with one decimal.
func Seconds(d time.Duration) float64 {
	return float64(d.Round(100*time.Millisecond)) / float64(time.Second)
}
