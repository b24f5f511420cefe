package main

import (
	"slices"
	"strings"

	"vpclink/cmd/vpclink/ui"
)

// table sets rows in columns, two spaces apart, without spaces at the ends of lines. East Asian letters take two columns.
func table(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ui.Width(cell))
		}
	}
	var text strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(ui.Pad(cell, widths[i]+2))
		}
		text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return text.String()
}

// tables sets rows below a head in columns, no wider than a page: where one line is too wide for the head it is set in two,
// and where that is not enough there are several tables, with the first columns in each.
func tables(head []string, rows [][]string, first int) string {
	for _, heads := range [][][]string{{head}, broken(head)} {
		if whole := table(append(heads, rows...)); widest(whole) <= pageWide {
			return whole
		}
	}
	return partedTables(append([][]string{head}, rows...), first)
}

// broken sets a head in two lines: what is in brackets, or behind a stroke, below the rest.
func broken(head []string) [][]string {
	above, below := make([]string, len(head)), make([]string, len(head))
	for i, cell := range head {
		at := strings.Index(cell, " (")
		if at <= 0 {
			at = strings.Index(cell, "/")
		}
		if at <= 0 {
			above[i] = cell
			continue
		}
		above[i], below[i] = cell[:at], strings.TrimSpace(cell[at:])
	}
	return [][]string{above, below}
}

func partedTables(rows [][]string, first int) string {
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	of := func(from, to int) string {
		part := make([][]string, len(rows))
		for i, row := range rows {
			part[i] = append(slices.Clone(row[:min(first, len(row))]), row[min(from, len(row)):min(to, len(row))]...)
		}
		return table(part)
	}
	var parts []string
	for from := first; from < columns; {
		to := from + 1
		for to < columns && widest(of(from, to+1)) <= pageWide {
			to++
		}
		parts = append(parts, of(from, to))
		from = to
	}
	return strings.Join(parts, "\n")
}

// widest is how many columns the widest line of a text has.
func widest(text string) int {
	wide := 0
	for line := range strings.Lines(text) {
		wide = max(wide, ui.Width(strings.TrimSuffix(line, "\n")))
	}
	return wide
}

// tableWithin is a table that is no wider than a page, if shortening one column makes it so.
func tableWithin(rows [][]string, column int) string {
	for {
		text := table(rows)
		over := widest(text) - pageWide
		longest := 0
		for _, row := range rows[1:] {
			longest = max(longest, ui.Width(row[column]))
		}
		room := max(longest-over, ui.Width(rows[0][column]), 1)
		if over <= 0 || room >= longest {
			return text
		}
		for _, row := range rows[1:] {
			row[column] = ui.Fit(row[column], room)
		}
	}
}
