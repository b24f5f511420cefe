package advise

import (
	"fmt"
	"math"
	"strings"

	"vpclink/words"
)

// rowsATick is how many rows the terminal's plot has between two numbers of its axis.
const rowsATick = 3

// axisWide is how many columns the axis takes beside its numbers.
const axisWide = 2

// narrowest is the least room for points that a plot is of any use with.
const narrowest = 20

// Plot draws curves from no GB to so many, in as many columns as there are. Each curve has the number of its pattern, so
// that nobody needs to see colours, and where curves lie on one another they take turns.
func Plot(l words.Language, curves []Curve, gb, columns int) string {
	top := niceAbove(dearest(curves, gb))
	margin := len(amount(top))
	last := amount(float64(gb))
	wide := max(narrowest, columns-margin-axisWide-len(last)/2)
	rows := drawn(curves, gb, top, wide)
	var pic strings.Builder
	pic.WriteString(l.In("USD a month") + "\n")
	for i, row := range rows {
		number, axis := "", "│"
		if i%rowsATick == 0 {
			number, axis = amount(top*float64(len(rows)-1-i)/float64(len(rows)-1)), "┤"
		}
		fmt.Fprintf(&pic, "%*s %s%s\n", margin, number, axis, strings.TrimRight(string(row), " "))
	}
	fmt.Fprintf(&pic, "%*s └%s\n", margin, "", strings.Repeat("─", wide))
	pic.WriteString(strings.TrimRight(numbered(gb, margin+axisWide, wide), " ") + "\n")
	pic.WriteString(strings.Repeat(" ", margin+axisWide) + gbLabel(l, curves) + "\n")
	for i, c := range curves {
		pic.WriteString(l.Say("  %d %-12s %s to %s", i+1, c.Pattern, c.At(whole(0)), c.At(whole(gb))) + "\n")
	}
	return pic.String()
}

// drawn sets each curve's number into rows of a grid, the highest row first.
func drawn(curves []Curve, gb int, top float64, wide int) [][]rune {
	rows := make([][]rune, ticks*rowsATick+1)
	for i := range rows {
		rows[i] = []rune(strings.Repeat(" ", wide))
	}
	var points [][]float64
	for _, c := range curves {
		points = append(points, c.points(gb, wide))
	}
	for x := range wide {
		here := map[int][]rune{} // which curves are in which row
		for i := range curves {
			row := len(rows) - 1 - int(math.Round(points[i][x]/top*float64(len(rows)-1)))
			here[row] = append(here[row], rune('1'+i))
		}
		for row, numbers := range here {
			rows[row][x] = numbers[x%len(numbers)]
		}
	}
	return rows
}

// numbered is the line below the axis, each number in the middle below its place. Where they would touch there are fewer of
// them.
func numbered(gb, margin, wide int) string {
	for _, every := range []int{1, 2, ticks} {
		if line, apart := numberedEvery(every, gb, margin, wide); apart || every == ticks {
			return line
		}
	}
	return ""
}

func numberedEvery(every, gb, margin, wide int) (line string, apart bool) {
	letters := []rune(strings.Repeat(" ", margin+wide+len(amount(float64(gb)))))
	end := -1 // of the number before, and a space
	apart = true
	for i := 0; i <= ticks; i += every {
		text := amount(float64(gb) * float64(i) / ticks)
		at := margin + (wide-1)*i/ticks - len(text)/2
		apart = apart && at > end
		end = at + len(text)
		copy(letters[at:], []rune(text))
	}
	return string(letters), apart
}

// gbLabel names the axis of GB, and the patterns whose traffic is not counted.
func gbLabel(l words.Language, curves []Curve) string {
	for _, c := range curves {
		if _, counted := Uncounted(c.Pattern); !counted {
			return l.Say("GB a month (%s: not counted)", c.Pattern)
		}
	}
	return l.In("GB a month")
}
