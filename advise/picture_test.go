package advise

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vpclink/words"
)

func tutorialsCurves(t *testing.T) []Curve {
	t.Helper()
	curves, ok := tokyo.Curves(Usage{VPCs: 2, AZs: 1})
	if !ok {
		t.Fatal("want Tokyo's curves")
	}
	return curves
}

// TestSVG: a picture is XML, needs nothing from elsewhere, draws every pattern in its own way and stays in its frame.
func TestSVG(t *testing.T) {
	for _, l := range []words.Language{words.English, words.Japanese} {
		pic := SVG(l, "a < b & c", tutorialsCurves(t), 10_000)
		elements, texts := parsed(t, pic)
		var ways []string
		for _, at := range elements {
			if at["points"] != "" {
				ways = append(ways, at["stroke"]+" "+at["stroke-dasharray"])
				inFrame(t, at["points"])
			}
			for _, outside := range []string{"href", "src", "style", "class"} {
				if at[outside] != "" {
					t.Errorf("an element has %s=%q, want a picture that needs nothing else", outside, at[outside])
				}
			}
		}
		slices.Sort(ways)
		if len(slices.Compact(ways)) != 4 {
			t.Errorf("the curves are drawn as %q, want four ways", ways)
		}
		for _, want := range []string{"a < b & c", l.Say("GB a month (%s: not counted)", "igw"), l.In("USD a month"), "igw", "peering", "privatelink", "tgw", "10,000", "400"} {
			if !slices.Contains(texts, want) {
				t.Errorf("the picture has the texts %q, want %q among them", texts, want)
			}
		}
	}
}

// parsed returns the attributes of a picture's elements, and its texts.
func parsed(t *testing.T, pic string) (elements []map[string]string, texts []string) {
	t.Helper()
	for dec := xml.NewDecoder(strings.NewReader(pic)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return elements, texts
		}
		if err != nil {
			t.Fatalf("want XML, got %v in\n%s", err, pic)
		}
		switch token := token.(type) {
		case xml.CharData:
			texts = append(texts, string(token))
		case xml.StartElement:
			if token.Name.Space != "http://www.w3.org/2000/svg" {
				t.Errorf("<%s> is in the namespace %q, want SVG's", token.Name.Local, token.Name.Space)
			}
			at := map[string]string{}
			for _, a := range token.Attr {
				at[a.Name.Local] = a.Value
			}
			elements = append(elements, at)
		}
	}
}

func inFrame(t *testing.T, points string) {
	t.Helper()
	n := 0
	for pair := range strings.FieldsSeq(points) {
		n++
		xText, yText, _ := strings.Cut(pair, ",")
		x, errX := strconv.ParseFloat(xText, 64)
		y, errY := strconv.ParseFloat(yText, 64)
		if errX != nil || errY != nil || x < svgLeft || x > svgWide-svgRight || y < svgTop || y > svgBase {
			t.Errorf("a curve goes through %s, want it within its frame", pair)
		}
	}
	if n != svgPoints {
		t.Errorf("a curve has %d points, want %d", n, svgPoints)
	}
}

// TestPlot: every pattern is seen, also where curves lie on one another, and no line is too wide for any terminal.
func TestPlot(t *testing.T) {
	for _, columns := range []int{40, 80, 133} {
		for _, l := range []words.Language{words.English, words.Japanese} {
			plot := Plot(l, tutorialsCurves(t), 10_000, columns)
			for line := range strings.Lines(plot) {
				if wide := ansi.StringWidth(strings.TrimSuffix(line, "\n")); wide > columns {
					t.Errorf("in %d columns a line has %d:\n%s", columns, wide, line)
				}
			}
			graph, legend, _ := strings.Cut(plot, "└")
			for i, p := range Comparison().Patterns {
				number := strconv.Itoa(i + 1)
				if !strings.Contains(behindTheAxis(graph), number) || !strings.Contains(legend, number+" "+p.Name) {
					t.Errorf("in %d columns the plot does not show %s as %s:\n%s", columns, p.Name, number, plot)
				}
			}
		}
	}
}

// TestPlotsAxis: numbers never touch, however great they are, and the axis says what it is of.
func TestPlotsAxis(t *testing.T) {
	for _, gb := range []int{5, 1000, 30_000, 2_000_000, 1_500_000_000} {
		for _, columns := range []int{24, 40, 60, 80, 133} {
			plot := Plot(words.English, tutorialsCurves(t), gb, columns)
			_, below, _ := strings.Cut(plot, "└")
			lines := strings.Split(below, "\n")
			want := []string{"0"}
			for i := range ticks {
				want = append(want, amount(float64(gb)*float64(i+1)/ticks))
			}
			for number := range strings.FieldsSeq(lines[1]) {
				if !slices.Contains(want, number) {
					t.Errorf("up to %d GB in %d columns the axis has %q, want numbers like %v", gb, columns, number, want)
				}
			}
			if !strings.Contains(lines[2], "GB a month") {
				t.Errorf("want the unit below the numbers, got %q", lines[2])
			}
		}
	}
	if plot := Plot(words.English, tutorialsCurves(t), 2_000_000, 80); !strings.Contains(plot, "tgw          100.8 to 40,100.8\n") {
		t.Errorf("want the ends of the curves grouped:\n%s", plot)
	}
}

func behindTheAxis(graph string) string {
	var drawn strings.Builder
	for line := range strings.Lines(graph) {
		if at := strings.IndexAny(line, "┤│"); at >= 0 {
			drawn.WriteString(line[at:])
		}
	}
	return drawn.String()
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		v, nice float64
		text    string
	}{{0, 1, "0"}, {300.8, 400, "300.8"}, {9.5, 10, "9.5"}, {1000, 1000, "1,000"}, {1234567, 1500000, "1,234,567"}, {16, 20, "16"}, {0.25, 0.25, "0.25"}} {
		if got := niceAbove(c.v); got != c.nice {
			t.Errorf("above %v comes %v, want %v", c.v, got, c.nice)
		}
		if got := amount(c.v); got != c.text {
			t.Errorf("%v is written %s, want %s", c.v, got, c.text)
		}
	}
}
