package ui

import (
	"fmt"
	"slices"
)

// collapse puts rows together until they fit: first the steps that are finished, then those that wait, then all in which
// nothing goes on, at last whatever comes late.
func collapse(rows []row, most int) []row {
	if most <= 0 {
		return nil
	}
	for _, c := range []struct {
		marks []mark
		says  string
	}{
		{[]mark{markFinished}, "%d steps done"},
		{[]mark{markWaiting}, "%d steps waiting"},
		{[]mark{markFinished, markWaiting, markBlocked}, "%d more steps"},
	} {
		if len(rows) > most {
			rows = together(rows, c.marks, c.says)
		}
	}
	if len(rows) <= most {
		return rows
	}
	kept := slices.Clone(rows[:most-1])
	return append(kept, summary(rows[most-1:], markCutOff, "%d more steps"))
}

// together makes one row, at the place of the last, of all that have one of the marks.
func together(rows []row, marks []mark, says string) []row {
	var these, list []row
	for _, r := range rows {
		if slices.Contains(marks, r.mark) {
			these = append(these, r)
		}
	}
	if len(these) < 2 {
		return rows
	}
	left := len(these)
	for _, r := range rows {
		if !slices.Contains(marks, r.mark) {
			list = append(list, r)
		} else if left--; left == 0 {
			list = append(list, summary(these, r.mark, says))
		}
	}
	return list
}

func summary(rows []row, of mark, says string) row {
	steps := 0
	for _, r := range rows {
		steps += r.steps
	}
	return row{steps: steps, mark: of, whole: fmt.Sprintf(says, steps)}
}
