package ui

import (
	"slices"

	"vpclink/words"
)

// collapse puts rows together until they fit: first the steps that are finished, then those that wait, then all in which
// nothing goes on, at last whatever comes late.
func (v view) collapse(rows []row, most int) []row {
	if most <= 0 {
		return nil
	}
	for _, c := range []struct {
		marks []mark
		says  words.Text
	}{
		{[]mark{markFinished}, "%d steps done"},
		{[]mark{markWaiting}, "%d steps waiting"},
		{[]mark{markFinished, markWaiting, markBlocked}, "%d more steps"},
	} {
		if len(rows) > most {
			rows = v.together(rows, c.marks, c.says)
		}
	}
	if len(rows) <= most {
		return rows
	}
	kept := slices.Clone(rows[:most-1])
	return append(kept, v.summary(rows[most-1:], markCutOff, "%d more steps"))
}

// together makes one row, at the place of the last, of all that have one of the marks.
func (v view) together(rows []row, marks []mark, says words.Text) []row {
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
			list = append(list, v.summary(these, r.mark, says))
		}
	}
	return list
}

func (v view) summary(rows []row, of mark, says words.Text) row {
	steps := 0
	for _, r := range rows {
		steps += r.steps
	}
	return row{steps: steps, mark: of, whole: v.lang.Say(says, steps)}
}
