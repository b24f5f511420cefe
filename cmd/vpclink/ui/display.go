// Package ui shows what happens in a run, one file per way to show it. It lives on events alone.
package ui

import (
	"io"

	"vpclink/provision"
)

// Display shows events as they come. Show is called by one at a time, Close once, after the last event.
type Display interface {
	Show(provision.Event)
	Close()
}

// The ways to show events, as --progress names them. Auto is Plain.
const (
	Auto  = "auto"
	Plain = "plain"
	JSON  = "json"
	Quiet = "quiet"
)

// Modes returns every way to show events.
func Modes() []string { return []string{Auto, Plain, JSON, Quiet} }

// New returns the display of that mode, which writes to w; Plain for a mode that there is not.
func New(mode string, w io.Writer) Display {
	switch mode {
	case JSON:
		return newLines(w)
	case Quiet:
		return quiet{}
	}
	return newPlain(w)
}
