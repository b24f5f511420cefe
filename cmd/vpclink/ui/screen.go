package ui

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Screen is a terminal on whose last lines a picture may stand. What is written to it comes above the picture; without
// one it goes through as it is.
//
// The cursor rests below the picture. It is hidden no longer than one drawing takes, and that is one write: so it is
// there again however the program ends, by a panic or kill -9 too.
type Screen struct {
	mu    sync.Mutex // guards what follows, and out
	out   io.Writer
	shown []string // the picture
	width int      // of the terminal when it was drawn
}

var _ io.Writer = (*Screen)(nil)

// NewScreen returns the screen of a terminal.
func NewScreen(out io.Writer) *Screen { return &Screen{out: out} }

// The terminal's commands (ECMA-48; hiding the cursor is DEC's).
const (
	cursorOff   = "\x1b[?25l"
	cursorOn    = "\x1b[?25h"
	upLines     = "\x1b[%dA"
	eraseToEdge = "\x1b[K" // from the cursor to the end of its line
	eraseBelow  = "\x1b[J" // from the cursor to the end of the screen
)

// Write puts text above the picture.
func (s *Screen) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shown) == 0 {
		return s.out.Write(text)
	}
	var b bytes.Buffer
	s.home(&b, s.width)
	b.WriteString(eraseBelow)
	b.Write(text)
	if !bytes.HasSuffix(text, []byte("\n")) {
		b.WriteByte('\n')
	}
	put(&b, s.shown, "")
	b.WriteString(cursorOn)
	if _, err := s.out.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// draw puts a picture in the place of the one that stands there.
func (s *Screen) draw(lines []string, width int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if width == s.width && slices.Equal(lines, s.shown) {
		return
	}
	var b bytes.Buffer
	s.home(&b, width)
	put(&b, lines, eraseToEdge)
	b.WriteString(eraseBelow + cursorOn)
	_, _ = s.out.Write(b.Bytes()) // who closed the terminal still wants the work done
	s.shown, s.width = lines, width
}

// leave puts the last picture there, as text like any other.
func (s *Screen) leave(lines []string, width int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b bytes.Buffer
	s.home(&b, width)
	b.WriteString(eraseBelow + cursorOn)
	put(&b, lines, "")
	_, _ = s.out.Write(b.Bytes())
	s.shown = nil
}

// home hides the cursor and brings it to the picture's beginning. Where the terminal became narrower, it has broken the
// picture's lines.
func (s *Screen) home(b *bytes.Buffer, width int) {
	b.WriteString(cursorOff + "\r")
	rows := 0
	for _, line := range s.shown {
		rows += max(1, (Width(line)+width-1)/width)
	}
	if rows > 0 {
		fmt.Fprintf(b, upLines, rows)
	}
}

func put(b *bytes.Buffer, lines []string, end string) {
	for _, line := range lines {
		b.WriteString(line + end + "\n")
	}
}
