package provision

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"vpclink/sim"
	"vpclink/state"
)

// Whatever strikes a lab of any size, and whenever the run is ended, up makes it whole or can be called again until it
// is, and down leaves nothing.
func TestAnyFaultsAnyEnd(t *testing.T) {
	faults := rapid.Custom(func(t *rapid.T) sim.Fault {
		return sim.Fault{
			Kind: rapid.SampledFrom([]sim.FaultKind{
				sim.LostAnswer, sim.ErrorAfter, sim.ErrorBefore, sim.Throttle, sim.Delay, sim.Hide, sim.Fail,
			}).Draw(t, "kind"),
			Nth: rapid.IntRange(1, 40).Draw(t, "nth"), Times: rapid.IntRange(1, 3).Draw(t, "times"),
			Status: rapid.SampledFrom([]int{500, 503}).Draw(t, "status"), Duration: 2 * time.Second,
		}
	})
	rapid.Check(t, func(rt *rapid.T) {
		vpcs := names(rapid.IntRange(2, 4).Draw(rt, "VPCs"))
		upFaults := rapid.SliceOfN(faults, 0, 4).Draw(rt, "faults on the way up")
		downFaults := rapid.SliceOfN(faults, 0, 4).Draw(rt, "faults on the way down")
		end := time.Duration(rapid.IntRange(1, 60_000).Draw(rt, "end of the first up, ms")) * time.Millisecond
		synctest.Test(t, func(t *testing.T) {
			l := killLab(t, sim.Options{})
			inject(l, upFaults)
			ctx, cancel := context.WithTimeout(t.Context(), end)
			_, err := l.up(ctx, vpcs...)
			cancel()
			for tries := 0; err != nil; tries++ {
				if tries == 8 {
					rt.Fatalf("up does not get there: %v", err)
				}
				_, err = l.up(t.Context(), vpcs...)
			}
			for _, rec := range l.journal.Records() {
				if rec.Phase != state.Ready {
					rt.Errorf("after up %s is %s", rec.Key, rec.Phase)
				}
			}
			inject(l, downFaults)
			var run *RunError
			for tries := 0; ; tries++ {
				_, err := l.down(t.Context())
				if err == nil {
					break
				}
				if !errors.As(err, &run) || tries == 8 {
					rt.Fatalf("down does not get there: %v", err)
				}
			}
			if left := l.left(); len(left) > 0 {
				rt.Errorf("down leaves %v", left)
			}
		})
	})
}

func inject(l *lab, faults []sim.Fault) {
	for _, f := range faults {
		l.world.Inject(f)
	}
}
