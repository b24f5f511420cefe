package main

import (
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
