package ui

import "time"

// mark is how a step stands, at one glance.
type mark int

const (
	markWaiting mark = iota
	markUnderway
	markFinished
	markFailed
	markBlocked
	markCutOff // the run ended before the step did
)

func (t *tally) mark(last bool) mark {
	switch open := len(t.underway) + t.waiting; {
	case t.failed > 0:
		return markFailed
	case len(t.underway) > 0 && !last:
		return markUnderway
	case open > 0 && last:
		return markCutOff
	case open > 0:
		return markWaiting
	case t.blocked > 0:
		return markBlocked
	}
	return markFinished
}

// look is how a mark is drawn, and the text behind it.
type look struct {
	signs     []string // several: one after the other
	ink, text ink
}

var looks = map[mark]look{
	markWaiting:  {[]string{"·"}, faint, faint},
	markUnderway: {[]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}, busy, usual},
	markFinished: {[]string{"✓"}, good, usual},
	markFailed:   {[]string{"✗"}, bad, usual},
	markBlocked:  {[]string{"-"}, faint, faint},
	markCutOff:   {[]string{"…"}, faint, usual},
}

// sign returns the one for this moment.
func (l look) sign(v view) string {
	turn := v.now.UnixMilli() / int64(between/time.Millisecond)
	return l.signs[turn%int64(len(l.signs))]
}
