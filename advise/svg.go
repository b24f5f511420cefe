package advise

import (
	"encoding/xml"
	"fmt"
	"strings"

	"vpclink/words"
)

// The measures of the picture, in its own units.
const (
	svgWide, svgHigh           = 720, 420
	svgLeft, svgRight          = 70, 40
	svgTop, svgBottom          = 50, 90
	svgPoints                  = 200
	svgBase                    = svgHigh - svgBottom
	svgRoomX, svgRoomY float64 = svgWide - svgLeft - svgRight, svgHigh - svgTop - svgBottom
)

// strokes are how the curves are drawn: Okabe and Ito's colours, which people see apart whatever colours they see, and
// dashes for who sees none.
var strokes = []struct{ colour, dash string }{
	{"#0072b2", ""}, {"#009e73", "2 4"}, {"#d55e00", "8 4"}, {"#000000", "12 3 2 3"},
}

// SVG draws curves from no GB to so many, as a picture that needs nothing beside itself.
func SVG(l words.Language, title string, curves []Curve, gb int) string {
	top := niceAbove(dearest(curves, gb))
	x := func(share float64) float64 { return svgLeft + share*svgRoomX }
	y := func(usd float64) float64 { return svgBase - usd/top*svgRoomY }
	var pic strings.Builder
	fmt.Fprintf(&pic, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="13">`+"\n", svgWide, svgHigh)
	fmt.Fprintf(&pic, "<title>%s</title>\n"+`<rect width="100%%" height="100%%" fill="#ffffff"/>`+"\n", escaped(title))
	label(&pic, svgLeft, svgTop/2, "start", title)
	for i := range ticks + 1 {
		share := float64(i) / ticks
		fmt.Fprintf(&pic, `<path d="M%.1f %.1fH%d" stroke="#d0d0d0"/>`+"\n", x(0), y(share*top), svgWide-svgRight)
		label(&pic, svgLeft-8, y(share*top)+4, "end", amount(share*top))
		label(&pic, x(share), svgBase+20, "middle", amount(share*float64(gb)))
	}
	fmt.Fprintf(&pic, `<path d="M%d %dV%dH%d" fill="none" stroke="#404040"/>`+"\n", svgLeft, svgTop, svgBase, svgWide-svgRight)
	label(&pic, x(0.5), svgBase+42, "middle", gbLabel(l, curves))
	label(&pic, 8, svgTop-8, "start", l.In("USD a month"))
	for i, c := range curves {
		s := strokes[i%len(strokes)]
		fmt.Fprintf(&pic, `<polyline fill="none" stroke="%s" stroke-width="2.5" stroke-dasharray="%s" points="`, s.colour, s.dash)
		for n, usd := range c.points(gb, svgPoints) {
			fmt.Fprintf(&pic, "%.1f,%.1f ", x(float64(n)/(svgPoints-1)), y(usd))
		}
		pic.WriteString("\"/>\n")
		at := float64(svgLeft) + float64(i)*svgRoomX/float64(len(curves))
		fmt.Fprintf(&pic, `<path d="M%.1f %dh30" stroke="%s" stroke-width="2.5" stroke-dasharray="%s"/>`+"\n", at, svgHigh-18, s.colour, s.dash)
		label(&pic, at+38, svgHigh-14, "start", c.Pattern)
	}
	pic.WriteString("</svg>\n")
	return pic.String()
}

func label(pic *strings.Builder, x, y float64, anchor, text string) {
	fmt.Fprintf(pic, `<text x="%.1f" y="%.1f" text-anchor="%s" fill="#202020">%s</text>`+"\n", x, y, anchor, escaped(text))
}

func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a strings.Builder takes everything
	return out.String()
}
