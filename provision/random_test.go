package provision

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"vpclink/sim"
	"vpclink/state"
)

// ordeal is what one lab has to go through.
type ordeal struct {
	lab      int // one of the tutorials
	vpcs     []string
	up, down []sim.Fault
	end      time.Duration // of the first up
}

var (
	anyFault = rapid.Custom(func(t *rapid.T) sim.Fault {
		return sim.Fault{
			Kind: rapid.SampledFrom([]sim.FaultKind{
				sim.LostAnswer, sim.ErrorAfter, sim.ErrorBefore, sim.Throttle, sim.Delay, sim.Hide, sim.Fail,
			}).Draw(t, "kind"),
			Nth: rapid.IntRange(1, 40).Draw(t, "nth"), Times: rapid.IntRange(1, 3).Draw(t, "times"),
			Status: rapid.SampledFrom([]int{500, 503}).Draw(t, "status"), Duration: 2 * time.Second,
		}
	})
	anyOrdeal = rapid.Custom(func(t *rapid.T) ordeal {
		return ordeal{
			lab:  rapid.IntRange(0, len(tutorials)-1).Draw(t, "pattern"),
			vpcs: names(rapid.IntRange(2, 4).Draw(t, "VPCs")),
			up:   rapid.SliceOfN(anyFault, 0, 4).Draw(t, "faults on the way up"),
			down: rapid.SliceOfN(anyFault, 0, 4).Draw(t, "faults on the way down"),
			end:  time.Duration(rapid.IntRange(1, 60_000).Draw(t, "end of the first up, ms")) * time.Millisecond,
		}
	})
)

// Whatever strikes a lab of any size, and whenever the run is ended, up makes it whole or can be called again until it
// is, and down leaves nothing.
func TestAnyFaultsAnyEnd(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := anyOrdeal.Draw(rt, "ordeal")
		synctest.Test(t, func(t *testing.T) {
			l := killLab(t, o.lab, sim.Options{})
			inject(l, o.up)
			ctx, cancel := context.WithTimeout(t.Context(), o.end)
			l.up(ctx, o.vpcs...) //nolint:errcheck // whatever it comes to, the next ones go on
			cancel()
			until(rt, "up", func() error { _, err := l.up(t.Context(), o.vpcs...); return err })
			for _, rec := range l.journal.Records() {
				if rec.Phase != state.Ready {
					rt.Errorf("after up %s is %s", rec.Key, rec.Phase)
				}
			}
			inject(l, o.down)
			until(rt, "down", func() error { _, err := l.down(t.Context()); return err })
			if left := l.left(); len(left) > 0 {
				rt.Errorf("down leaves %v", left)
			}
		})
	})
}

// until calls again and again, as a person would, and gives up at last.
func until(rt *rapid.T, what string, call func() error) {
	var err error
	for range 8 {
		if err = call(); err == nil {
			return
		}
	}
	rt.Fatalf("%s does not get there: %v", what, err)
}

func inject(l *lab, faults []sim.Fault) {
	for _, f := range faults {
		l.world.Inject(f)
	}
}
