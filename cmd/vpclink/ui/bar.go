package ui

import (
	"fmt"
	"strings"
	"time"
)

// The bar itself is no longer than widest, and left out when there is no room for least.
const widestBar, leastBar = 40, 8

// bar is the last line: how much of all is done, for how long it has gone on, and how long it usually takes from here.
func (m *model) bar(v view) string {
	took := Elapsed(v.now.Sub(m.begun))
	t := m.total()
	all := t.finished + t.failed + t.blocked + t.waiting + len(t.underway)
	if !m.planned || all == 0 {
		return Fit(took+"  "+v.lang.Say("looking at what is there"), v.room())
	}
	parts := []string{fmt.Sprintf("%d/%d", t.finished, all)}
	for _, p := range []string{v.counted(t.failed, "failed"), v.counted(t.blocked, "blocked"), took} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if !v.last && t.waiting+len(t.underway) > 0 {
		parts = append(parts, v.about(t.remaining(v.now)))
	}
	text := strings.Join(parts, "  ")
	long := min(widestBar, v.room()-Width("▕▏ "+text))
	if long < leastBar {
		return Fit(text, v.room())
	}
	full := long * t.finished / all
	ink := busy
	switch {
	case t.failed > 0:
		ink = bad
	case t.finished == all:
		ink = good
	}
	return "▕" + v.paint(ink, strings.Repeat("█", full)) + strings.Repeat("░", long-full) + "▏ " + text
}

// about tells a time that nobody knows exactly.
func (v view) about(left time.Duration) string {
	step := time.Second
	if left > time.Minute {
		step = 10 * time.Second
	}
	left = (left + step - 1).Truncate(step)
	if left == 0 {
		return v.lang.Say("nearly done")
	}
	return v.lang.Say("about %s left", seconds(left))
}

// seconds writes a duration in whole seconds: 3s, 12s, 4m08s.
func seconds(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%ds", int(d.Seconds()))
	}
	return Elapsed(d.Truncate(time.Second))
}
