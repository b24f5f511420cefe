package advise

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ticks is into how many parts an axis is divided.
const ticks = 5

// points are the cost at n amounts, evenly from no GB to so many.
func (c Curve) points(gb, n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		at := whole(gb * i)
		list[i] = c.At(at.Quo(at, whole(n-1))).float()
	}
	return list
}

// dearest returns the highest cost of the curves up to so many GB. They never fall.
func dearest(curves []Curve, gb int) float64 {
	most := 0.0
	for _, c := range curves {
		most = max(most, c.At(whole(gb)).float())
	}
	return most
}

// niceAbove returns the first round number that is not below v.
func niceAbove(v float64) float64 {
	if v <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, times := range []float64{1, 1.5, 2, 2.5, 3, 4, 5, 6, 8} {
		if times*unit >= v {
			return times * unit
		}
	}
	return 10 * unit
}

// amount writes a number on an axis.
func amount(v float64) string {
	text := fmt.Sprintf("%.2f", v-math.Floor(v))
	return Grouped(int(v)) + strings.TrimRight(strings.TrimRight(text[1:], "0"), ".")
}

// Grouped writes a number with commas.
func Grouped(n int) string { return grouped(strconv.Itoa(n)) }

func grouped(text string) string {
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// NiceAbove returns the first round number of GB that is not below so many.
func NiceAbove(gb int) int { return int(math.Ceil(niceAbove(float64(gb)))) }
