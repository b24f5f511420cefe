package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// ink is what a text looks like. The colours are the sixteen that people choose for their terminal.
type ink int

const (
	usual ink = iota
	bold
	faint
	good
	bad
	busy
)

var inks = map[ink]ansi.Style{
	bold:  ansi.NewStyle().Bold(),
	faint: ansi.NewStyle().Faint(),
	good:  ansi.NewStyle().ForegroundColor(ansi.Green),
	bad:   ansi.NewStyle().ForegroundColor(ansi.Red),
	busy:  ansi.NewStyle().ForegroundColor(ansi.Cyan),
}

func (v view) paint(i ink, text string) string {
	style, ok := inks[i]
	if !v.colour || !ok || strings.TrimSpace(text) == "" {
		return text
	}
	return style.Styled(text)
}

// Width is how many columns a text takes. East Asian letters take two, the terminal's commands none.
func Width(text string) int { return ansi.StringWidth(text) }

// Fit shortens a text to so many columns.
func Fit(text string, room int) string {
	switch {
	case Width(text) <= room:
		return text
	case room <= 0:
		return ""
	case room == 1:
		return "…"
	}
	return strings.TrimRight(ansi.Truncate(text, room-1, ""), " ,") + "…"
}

// Pad fills a text up to so many columns.
func Pad(text string, room int) string {
	return text + strings.Repeat(" ", max(room-Width(text), 0))
}
