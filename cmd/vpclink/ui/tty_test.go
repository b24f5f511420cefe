package ui

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// terminal is what a person sees: it obeys the few commands that a Screen gives.
type terminal struct {
	mu     sync.Mutex
	rows   [][]rune
	row    int // of the cursor
	hidden bool
	writes int
}

var command = regexp.MustCompile(`^\x1b\[(\??)(\d*)([A-Za-z])`)

func (m *terminal) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writes++
	column := 0 // every write begins and ends at the edge
	for text := string(p); text != ""; {
		if text[0] == '\x1b' {
			c := command.FindStringSubmatch(text)
			text = text[len(c[0]):]
			m.obey(c[1]+c[3], c[2], column)
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch r {
		case '\r':
			column = 0
		case '\n':
			m.put(0)
			m.row, column = m.row+1, 0
		default:
			m.put(column + 1)
			m.rows[m.row][column] = r
			column++
		}
	}
	return len(p), nil
}

// put sees to it that the cursor's row is there, and so long.
func (m *terminal) put(long int) {
	for len(m.rows) <= m.row {
		m.rows = append(m.rows, nil)
	}
	for len(m.rows[m.row]) < long {
		m.rows[m.row] = append(m.rows[m.row], ' ')
	}
}

func (m *terminal) obey(what, n string, column int) {
	switch what {
	case "A":
		up, _ := strconv.Atoi(n)
		m.row = max(m.row-up, 0)
	case "K":
		m.put(column)
		m.rows[m.row] = m.rows[m.row][:column]
	case "J":
		m.rows = m.rows[:min(m.row, len(m.rows))]
	case "?l", "?h":
		m.hidden = what == "?l"
	case "m":
	default:
		panic("the terminal does not know " + what)
	}
}

// narrow breaks the lines that are too long, as most terminals do when they get narrower.
func (m *terminal) narrow(width int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var rows [][]rune
	for _, row := range m.rows {
		rows = slices.AppendSeq(append(rows, row[:min(width, len(row))]), slices.Chunk(row[min(width, len(row)):], width))
	}
	m.row += len(rows) - len(m.rows)
	m.rows = rows
}

func (m *terminal) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	lines := make([]string, 0, len(m.rows))
	for _, row := range m.rows {
		lines = append(lines, string(row))
	}
	return strings.Join(lines, "\n")
}

// watched shows the first seconds of a run, and then lets do something with it.
func watched(t *testing.T, w io.Writer, run Run, seconds int, do func(d Display)) {
	t.Helper()
	plan := planned(t, 3)
	synctest.Test(t, func(*testing.T) {
		d := New(TTY, w, run)
		begun := time.Now()
		for _, e := range asUsual(plan) {
			after := e.Time.Sub(noon)
			if after > time.Duration(seconds)*time.Second {
				break
			}
			<-time.After(time.Until(begun.Add(after)))
			e.Time = time.Now()
			d.Show(e)
		}
		<-time.After(time.Until(begun.Add(time.Duration(seconds) * time.Second)))
		synctest.Wait()
		do(d)
	})
}

func upTGW(width, height int) Run {
	return Run{
		Heading: "up tgw  3 VPCs  on sim", Title: titleOfTGW,
		Size: func() (int, int) { return width, height },
	}
}

func TestLastPicture(t *testing.T) {
	var m terminal
	watched(t, &m, upTGW(80, 24), 300, func(d Display) { d.Close() })
	want := `up tgw  3 VPCs  on sim
 ✓ 0      Create the VPCs, each…   24 ready                                 32s
 ✓ 1.4.1  Create the transit gat…  tgw available                          1m21s
 ✓ 1.4.2  Create a transit gatew…  tgw available                            33s
 ✓ 1.4.3  Attach each VPC          v001, v002, v003 available             1m43s
 ✓ 1.4.4  Associate each attachm…  v001, v002, v003 associated              50s
 ✓ 1.4.5  Propagate each attachm…  v001, v002, v003 enabled                 35s
 ✓ 1.4.6  Add routes to the othe…  6 ready                                 4.0s
▕████████████████████████████████████████▏ 41/41  3m52s`
	if diff := cmp.Diff(want, m.String()); diff != "" {
		t.Errorf("expected the last picture and nothing else on the terminal:\n%s", diff)
	}
	if m.hidden || m.row != len(m.rows) {
		t.Errorf("the cursor is in line %d of %d, hidden: %t; expected it below the picture, and there to be seen", m.row, len(m.rows), m.hidden)
	}
}

// TestLastPictureIsText: without colours, what is left in the scrollback is text alone.
func TestLastPictureIsText(t *testing.T) {
	var all bytes.Buffer
	watched(t, &all, upTGW(80, 24), 100, func(d Display) {
		all.Reset() // Close's own drawing is what remains
		d.Close()
	})
	_, picture, erased := strings.Cut(all.String(), eraseBelow+cursorOn)
	if !erased || strings.Contains(picture, "\x1b") {
		t.Errorf("at the end was written\n%q\nexpected the old picture to be erased, the cursor to be shown, and then a text without commands", all.String())
	}
	if !strings.HasPrefix(picture, "up tgw  3 VPCs  on sim\n ✓ 0 ") || !strings.Contains(picture, "\n … 1.4.3 ") || strings.Contains(picture, "left") {
		t.Errorf("the last picture is\n%s\nexpected no spinner, no time left, and … for what was cut off", picture)
	}
}

// TestCursor: whenever the program may end, the cursor is to be seen.
func TestCursor(t *testing.T) {
	var m terminal
	check := func(w io.Writer) writerFunc {
		return func(p []byte) (int, error) {
			n, err := w.Write(p)
			if m.hidden {
				t.Errorf("after a write of %q the cursor is hidden, expected it to be there again", p)
			}
			return n, err
		}
	}
	run := upTGW(80, 24)
	run.Colour = true
	screen := NewScreen(check(&m))
	watched(t, screen, run, 5, func(d Display) {
		_, _ = fmt.Fprintln(screen, "stopping")
		d.Close()
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestWrittenMeanwhile: what others say stands above the picture, once, and the picture stays whole.
func TestWrittenMeanwhile(t *testing.T) {
	var m terminal
	screen := NewScreen(&m)
	_, _ = fmt.Fprintln(screen, "hint: before")
	watched(t, screen, upTGW(80, 24), 5, func(d Display) {
		before := m.String()
		_, _ = fmt.Fprint(screen, "stopping")
		want := strings.Replace(before, "up tgw", "stopping\nup tgw", 1)
		if diff := cmp.Diff(want, m.String()); diff != "" {
			t.Errorf("expected the message above the picture:\n%s", diff)
		}
		<-time.After(time.Second)
		d.Close()
	})
	if got := strings.Split(m.String(), "\n"); len(got) != 11 || got[0] != "hint: before" || got[1] != "stopping" || got[2] != "up tgw  3 VPCs  on sim" {
		t.Errorf("the terminal shows\n%s\nexpected hint, message and picture, each once", m.String())
	}
	_, _ = fmt.Fprintln(screen, "after")
	if !strings.HasSuffix(m.String(), "\nafter") {
		t.Errorf("the terminal shows\n%s\nexpected what comes after the run below its picture", m.String())
	}
}

func TestDrawnTenTimesASecond(t *testing.T) {
	var m terminal
	watched(t, &m, upTGW(80, 24), 20, func(d Display) {
		if m.writes < 180 || m.writes > 201 {
			t.Errorf("in 20 s the picture was drawn %d times, expected ten times a second at most, and not much less", m.writes)
		}
		d.Close()
	})
}

// TestNothingNew: a picture that has not changed is not drawn again.
func TestNothingNew(t *testing.T) {
	var m terminal
	screen := NewScreen(&m)
	for range 3 {
		screen.draw([]string{"one", "two"}, 80)
	}
	if m.writes != 1 {
		t.Errorf("the same picture was drawn %d times, expected once", m.writes)
	}
}

// TestResize: the picture follows the size of the terminal.
func TestResize(t *testing.T) {
	var m terminal
	var mu sync.Mutex
	width, height := 80, 24
	run := upTGW(0, 0)
	run.Size = func() (int, int) {
		mu.Lock()
		defer mu.Unlock()
		return width, height
	}
	watched(t, &m, run, 5, func(d Display) {
		for _, size := range [][2]int{{200, 50}, {90, 7}, {40, 10}, {0, 0}} {
			mu.Lock()
			width, height = size[0], size[1]
			mu.Unlock()
			m.narrow(max(width, 40))
			<-time.After(time.Second)
			synctest.Wait()
			want, _ := d.(*tty).frame(false)
			if diff := cmp.Diff(strings.Join(want, "\n"), m.String()); diff != "" {
				t.Errorf("at %v expected the picture of that size, and nothing of the one before:\n%s", size, diff)
			}
		}
		d.Close()
	})
}

// TestNarrower: a terminal that gets narrower breaks the lines that stand there, and the cursor goes up by those too.
func TestNarrower(t *testing.T) {
	var all bytes.Buffer
	screen := NewScreen(&all)
	screen.draw([]string{strings.Repeat("x", 70), "short", strings.Repeat("日", 30)}, 80)
	all.Reset()
	screen.draw([]string{"new"}, 40)
	if want := cursorOff + "\r\x1b[5Anew"; !strings.HasPrefix(all.String(), want) {
		t.Errorf("drawn was %q, expected it to begin with %q: two lines are broken in two", all.String(), want)
	}
}
