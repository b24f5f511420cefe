// Package ui shows what happens in a run, one file per way to show it. It lives on events alone.
package ui

import (
	"io"

	"vpclink/provision"
	"vpclink/words"
)

// Display shows events as they come. Show is called by one at a time, Close once, after the last event.
type Display interface {
	Show(provision.Event)
	Close()
}

// The ways to show events, as --progress names them. Auto is for the caller to decide, who knows the terminal.
const (
	Auto  = "auto"
	TTY   = "tty"
	Plain = "plain"
	JSON  = "json"
	Quiet = "quiet"
)

// Modes returns every way to show events.
func Modes() []string { return []string{Auto, TTY, Plain, JSON, Quiet} }

// Run is what is shown of a run besides its events: in a language, the rest in the live view alone.
type Run struct {
	Lang    words.Language      // in which is said what AWS has no word for; English when it is ""
	Heading string              // what is done, to what, where
	Down    bool                // things are taken away: gone is what they shall be
	Title   func(string) string // of the step of a number; "" when it has none
	Size    func() (width, height int)
	Colour  bool
}

// New returns the display of that mode, which writes to w; Plain for a mode that there is not, and for Auto.
// When w is a Screen, what others write to it does not spoil the view.
func New(mode string, w io.Writer, run Run) Display {
	switch mode {
	case TTY:
		return newTTY(w, run)
	case JSON:
		return newLines(w)
	case Quiet:
		return quiet{}
	}
	return newPlain(w, run.Lang)
}
