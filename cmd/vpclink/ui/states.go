package ui

import (
	"fmt"
	"strings"
	"time"

	"vpclink/words"
)

// mostNamed is how many resources are told one by one.
const mostNamed = 4

// states tells the states of a step's resources: the most that there is room for.
func (s *step) states(v view, room int) string {
	text := ""
	for _, tell := range []func(view) string{s.each, s.eachOpen, s.byState, s.counts, s.fraction} {
		if text = tell(v); text != "" && Width(text) <= room {
			return text
		}
	}
	return Fit(text, room)
}

// each names every resource; "" when they are too many.
func (s *step) each(v view) string {
	if len(s.resources) > mostNamed {
		return ""
	}
	return s.named(s.resources, v)
}

// eachOpen names what is underway or failed, and counts the rest; "" when these are too many.
func (s *step) eachOpen(v view) string {
	t := s.tally()
	if open := len(t.underway) + t.failed; open == 0 || open > mostNamed {
		return ""
	}
	var open []*resource
	for _, r := range s.resources {
		if r.course == underway || r.course == failed {
			open = append(open, r)
		}
	}
	return joined(s.named(open, v), t.ended(v), t.idle(v))
}

// byState counts by state.
func (s *step) byState(v view) string {
	t := s.tally()
	var said []string
	by := map[string]int{}
	for _, r := range t.underway {
		if by[r.state]++; by[r.state] == 1 {
			said = append(said, r.state)
		}
	}
	for i, word := range said {
		said[i] = v.lang.Say("%d %s", by[word], word)
	}
	return joined(v.counted(t.failed, "failed"), t.ended(v), strings.Join(said, ", "), t.idle(v))
}

// counts counts without AWS's words.
func (s *step) counts(v view) string {
	t := s.tally()
	return joined(v.counted(t.failed, "failed"), t.ended(v), v.counted(len(t.underway), "underway"), t.idle(v))
}

func (s *step) fraction(view) string {
	return fmt.Sprintf("%d/%d", s.tally().finished, len(s.resources))
}

func (t *tally) ended(v view) string {
	var parts []string
	for _, end := range []words.Text{endReady, endGone, endAdopted, endSkipped, endKept} {
		parts = append(parts, v.counted(t.ends[end], end))
	}
	return joined(parts...)
}

func (t *tally) idle(v view) string {
	return joined(v.counted(t.waiting, v.waits()), v.counted(t.blocked, "blocked"))
}

// named tells resources by name, those in the same state together: a pending 12s, b, c available.
func (s *step) named(list []*resource, v view) string {
	var said []string
	names, kinds := map[string][]string{}, map[string]string{}
	for _, r := range list {
		what := r.says(v)
		if names[what] == nil {
			said = append(said, what)
		}
		names[what] = append(names[what], s.name(r, kinds[what]))
		kinds[what] = r.key.Kind()
	}
	for i, what := range said {
		said[i] = strings.Join(names[what], ", ") + " " + what
	}
	return strings.Join(said, ", ")
}

// name leaves out the kind where all are of one, or where it has just been told.
func (s *step) name(r *resource, told string) string {
	if s.oneKind || r.key.Kind() == told {
		return r.key.Name()
	}
	return r.key.Kind() + " " + r.key.Name()
}

// says tells a resource's state, and for how long it has been on its way.
func (r *resource) says(v view) string {
	switch r.course {
	case waiting:
		return v.lang.In(v.waits())
	case blocked:
		return v.lang.Say("blocked")
	case underway:
		if took := v.now.Sub(r.since); took >= time.Second {
			return r.state + " " + seconds(took)
		}
	case finished, failed:
	}
	return r.state
}

// waits is the word for what has not begun; when all is over, it is not waited for any more.
func (v view) waits() words.Text {
	if v.last {
		return "not begun"
	}
	return "waiting"
}

func (v view) counted(n int, word words.Text) string {
	if n == 0 {
		return ""
	}
	return v.lang.Say("%d %s", n, word)
}

// joined puts commas between what is not empty.
func joined(parts ...string) string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, ", ")
}
