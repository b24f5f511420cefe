package state

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, j, _ := begin(t, "tgw")
		if runs := j.Runs(); runs != nil {
			t.Errorf("a new stack should have no runs, not %v", runs)
		}
		start := time.Now().UTC()
		up := must(j.BeginRun("up", []string{"tgw"}))(t)
		<-time.After(time.Minute)
		must(0, j.EndRun(up, "done"))(t)
		must(j.BeginRun("down", nil))(t) // and is cut off
		must(0, j.Append(Record{Key: "run/odd"}))(t)
		must(0, j.Close())(t)

		j = must(Open(dir, "tgw"))(t)
		again := must(j.BeginRun("down", []string{"--yes"}))(t)
		want := []Run{
			{N: 1, Command: "up", Args: []string{"tgw"}, Begin: start, End: start.Add(time.Minute), Outcome: "done"},
			{N: 2, Command: "down", Begin: start.Add(time.Minute)},
			{N: 3, Command: "down", Args: []string{"--yes"}, Begin: start.Add(time.Minute)},
		}
		if diff := cmp.Diff(want, j.Runs()); diff != "" {
			t.Errorf("the runs should be these (-wanted +got):\n%s", diff)
		}
		if diff := cmp.Diff(want[2], again); diff != "" {
			t.Errorf("BeginRun should return the run it began (-wanted +got):\n%s", diff)
		}
		if recs := j.Records(); recs != nil || !j.Down() {
			t.Errorf("runs are no resources; the journal should have none, not %v", recs)
		}
		wantText(t, "ending a run that was not begun", j.EndRun(Run{}, "done"), "not begun")
		must(0, j.Close())(t)
	})
}
