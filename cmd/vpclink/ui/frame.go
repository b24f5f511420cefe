package ui

import (
	"strings"
	"time"

	"vpclink/words"
)

// view is how a model is to be drawn.
type view struct {
	lang          words.Language
	width, height int // of the terminal
	now           time.Time
	last          bool // nothing moves any more, and all of it is to be read
	colour        bool
}

// frame draws the model: a heading, a line per step, the bar. No line reaches the terminal's last column, in which
// terminals differ about where the cursor is, and one line stays free for the cursor. The last frame may be higher.
func (m *model) frame(v view) []string {
	if !m.ended.IsZero() {
		v.now = m.ended
	}
	most := v.height - 1
	bar := m.bar(v)
	if most < 2 && !v.last {
		return []string{bar}
	}
	rows := rowsOf(m.steps, v)
	if !v.last {
		rows = v.collapse(rows, most-2)
	}
	lines := []string{v.paint(bold, Fit(m.run.Heading, v.room()))}
	lines = append(lines, layOut(rows, v)...)
	return append(lines, bar)
}

// room is how many columns may be used.
func (v view) room() int { return max(v.width-1, 1) }

// row is the line of one step, or of several that were put together.
type row struct {
	steps         int // how many
	mark          mark
	number, title string
	states        func(room int) string
	took          string
	whole         string // of several: the text in place of all the others
}

func rowsOf(steps []*step, v view) []row {
	rows := make([]row, 0, len(steps))
	for _, s := range steps {
		sum := s.tally()
		r := row{
			steps: 1, mark: sum.mark(v.last), number: s.number, title: s.title,
			states: func(room int) string { return s.states(v, room) },
		}
		if took := sum.took(v.now); took > 0 {
			r.took = Elapsed(took)
		}
		rows = append(rows, r)
	}
	return rows
}

// columns are the widths of a row's parts. Between them are two blanks.
type columns struct{ number, title, states, took int }

// signWidth is what a row's mark takes, with a blank on either side.
const signWidth = 3

// What is left out first when there is no room: the titles, unless title and states have leastForTitle columns together;
// then the times, unless the states have leastForStates. More than mostForStates they do not get, so that on a wide
// terminal a line still reads as one.
const leastForTitle, leastForStates, mostForStates = 40, 12, 60

func columnsOf(rows []row, room int) columns {
	c := columns{took: len("59m59s")}
	title := 0
	for _, r := range rows {
		c.number = max(c.number, len(r.number))
		c.took = max(c.took, len(r.took))
		title = max(title, Width(r.title))
	}
	rest := room - signWidth - c.number - 2
	if rest-2-c.took < leastForStates {
		c.took, c.states = 0, max(rest, 0)
		return c
	}
	rest -= 2 + c.took
	if rest-2 >= leastForTitle {
		rest -= 2
		c.title = min(title, max(rest*2/5, rest-mostForStates))
		rest -= c.title
	}
	c.states = min(rest, mostForStates)
	return c
}

func layOut(rows []row, v view) []string {
	c := columnsOf(rows, v.room())
	lines := make([]string, 0, len(rows))
	for _, r := range rows {
		look := looks[r.mark]
		line := " " + v.paint(look.ink, look.sign(v)) + " " + v.paint(look.text, r.whole)
		if r.whole == "" {
			line += c.lay(r, v)
		}
		lines = append(lines, Fit(strings.TrimRight(line, " "), v.room()))
	}
	return lines
}

// lay puts what stands behind the mark into the columns.
func (c columns) lay(r row, v view) string {
	look := looks[r.mark]
	text := Pad(r.number, c.number)
	if c.title > 0 {
		text += "  " + Pad(Fit(r.title, c.title), c.title)
	}
	states := Fit(r.states(c.states), c.states)
	line := v.paint(look.text, text) + "  " + v.paint(look.text, states)
	if c.took == 0 || r.took == "" {
		return line
	}
	gap := c.states - Width(states) + 2 + c.took - len(r.took)
	return line + strings.Repeat(" ", gap) + v.paint(faint, r.took)
}
