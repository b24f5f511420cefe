package ui

import (
	"io"
	"sync"
	"time"

	"vpclink/provision"
)

// tty shows the run as a picture that is drawn again and again, and leaves the last one standing.
type tty struct {
	screen *Screen
	run    Run

	mu    sync.Mutex // guards model. Nothing is written under it: a stopped terminal (Ctrl-S) must not stop the run
	model *model

	closed, still chan struct{} // Close was called; nothing is drawn any more
}

var _ Display = (*tty)(nil)

// between is the time from one drawing to the next.
const between = 100 * time.Millisecond

// What is taken for the size of a terminal that does not tell it.
const usualWidth, usualHeight = 80, 24

func newTTY(w io.Writer, run Run) *tty {
	screen, ok := w.(*Screen)
	if !ok {
		screen = NewScreen(w)
	}
	t := &tty{screen: screen, run: run, model: newModel(run, time.Now()), closed: make(chan struct{}), still: make(chan struct{})}
	go t.beat()
	return t
}

func (t *tty) Show(e provision.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.model.follow(e)
}

// Close draws the last picture, as it shall be read afterwards.
func (t *tty) Close() {
	close(t.closed)
	<-t.still
	t.screen.leave(t.frame(true))
}

// beat draws. Events are not drawn one by one: hundreds may come in a moment.
func (t *tty) beat() {
	defer close(t.still)
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		t.screen.draw(t.frame(false))
		select {
		case <-t.closed:
			return
		case <-tick.C:
		}
	}
}

// frame returns the picture as it is now, and the width it is for. The terminal is measured each time, so that the
// picture follows its size.
func (t *tty) frame(last bool) (lines []string, width int) {
	v := view{lang: t.run.Lang, now: time.Now(), last: last, colour: t.run.Colour}
	if t.run.Size != nil {
		v.width, v.height = t.run.Size()
	}
	if v.width <= 0 || v.height <= 0 {
		v.width, v.height = usualWidth, usualHeight
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.model.frame(v), v.width
}
