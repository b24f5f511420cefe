package provision

import (
	"testing"

	"vpclink/state"
	"vpclink/steps"
)

func TestDecide(t *testing.T) {
	kinds := steps.Kinds()
	ours := func(id, word string) steps.Observation { return steps.Observation{ID: id, State: word, Ours: true} }
	theirs := func(id, word string) steps.Observation { return steps.Observation{ID: id, State: word} }
	differs := func(o steps.Observation) steps.Observation {
		o.Diff = []steps.Field{{Name: "target", Want: "tgw-1", Have: "igw-1"}}
		return o
	}
	powered := func(id, st string) steps.Observation {
		o := ours(id, st)
		o.Diff = []steps.Field{{Name: "state", Want: "running", Have: st, Mends: true}}
		return o
	}
	rec := func(phase state.Phase, id string) state.Record {
		return state.Record{Phase: phase, ID: id, Owned: true}
	}
	adopted := state.Record{Phase: state.Ready, ID: "r", Owned: false}
	lostAnswer := state.Record{Phase: state.Failed, Unclear: true}

	for _, tc := range []struct {
		name string
		kind string
		rec  state.Record
		seen []steps.Observation
		want verdict
		id   string
	}{
		{"nothing known, nothing there", "vpc", state.Record{}, nil, makeIt, ""},
		{"taken away before", "vpc", rec(state.Gone, "vpc-1"), nil, makeIt, ""},
		{"refused before", "vpc", rec(state.Failed, ""), nil, makeIt, ""},
		{"answer lost, then refused", "vpc", lostAnswer, nil, look, ""},
		{"cut off after the intent", "vpc", rec(state.Intended, ""), nil, look, ""},
		{"cut off, and AWS had taken it", "vpc", rec(state.Intended, ""), []steps.Observation{ours("vpc-1", "pending")}, await, "vpc-1"},
		{"cut off, and it is ready", "vpc", rec(state.Intended, ""), []steps.Observation{ours("vpc-1", "available")}, keep, "vpc-1"},
		{"an untagged thing after our intent", "route", rec(state.Intended, ""), []steps.Observation{theirs("r", "active")}, keep, "r"},
		{"an untagged thing that was there", "route", state.Record{}, []steps.Observation{theirs("r", "active")}, adopt, "r"},
		{"in the way", "route", state.Record{}, []steps.Observation{differs(theirs("r", "active"))}, conflict, "r"},
		{"an untagged thing that was there, of no use", "route", state.Record{}, []steps.Observation{theirs("r", "blackhole")}, conflict, "r"},
		{"adopted, and of no use by now", "route", adopted, []steps.Observation{theirs("r", "blackhole")}, conflict, "r"},
		{"ready, but something is still to come", "vpc", rec(state.Ready, "vpc-1"), []steps.Observation{{ID: "vpc-1", State: "available", Ours: true, Lacks: "its name"}}, await, "vpc-1"},
		{"adopted and still there", "route", adopted, []steps.Observation{theirs("r", "active")}, keep, "r"},
		{"adopted and gone", "route", adopted, nil, lost, ""},
		{"ready and as wanted", "vpc", rec(state.Ready, "vpc-1"), []steps.Observation{ours("vpc-1", "available")}, keep, "vpc-1"},
		{"ready and not seen", "vpc", rec(state.Ready, "vpc-1"), nil, look, ""},
		{"ready and only its tombstone seen", "instance", rec(state.Ready, "i-1"), []steps.Observation{ours("i-1", "terminated")}, look, ""},
		{"our route is a blackhole", "route", rec(state.Ready, "r"), []steps.Observation{ours("r", "blackhole")}, replace, "r"},
		{"our route leads elsewhere", "route", rec(state.Ready, "r"), []steps.Observation{differs(ours("r", "active"))}, replace, "r"},
		{"our instance has another type", "instance", rec(state.Ready, "i-1"), []steps.Observation{differs(ours("i-1", "running"))}, refuseIt, "i-1"},
		{"our instance is stopped", "instance", rec(state.Ready, "i-1"), []steps.Observation{powered("i-1", "stopped")}, update, "i-1"},
		{"our instance is stopped, nobody says how it is started", "instance", rec(state.Ready, "i-1"), []steps.Observation{ours("i-1", "stopped")}, refuseIt, "i-1"},
		{"our attachment failed", "tgw-attachment", rec(state.Created, "a"), []steps.Observation{ours("a", "failed")}, replace, "a"},
		{"going away", "transit-gateway", rec(state.Ready, "t"), []steps.Observation{ours("t", "deleting")}, finish, "t"},
		{"cut off while deleting", "transit-gateway", rec(state.Deleting, "t"), []steps.Observation{ours("t", "available")}, finish, "t"},
		{"cut off while deleting, and gone", "transit-gateway", rec(state.Deleting, "t"), nil, look, ""},
		{"waited for too long, then ready", "transit-gateway", rec(state.Failed, "t"), []steps.Observation{ours("t", "available")}, keep, "t"},
		{"twins: the journal's stays", "vpc", rec(state.Ready, "vpc-2"), []steps.Observation{ours("vpc-1", "available"), ours("vpc-2", "available")}, keep, "vpc-2"},
		{"a tombstone beside ours", "instance", rec(state.Intended, ""), []steps.Observation{ours("i-1", "terminated"), ours("i-2", "pending")}, await, "i-2"},
		{"ours before a stranger's", "tgw-attachment", rec(state.Intended, ""), []steps.Observation{theirs("a", "available"), ours("b", "pending")}, await, "b"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, it := decide(tc.rec, kinds[tc.kind], tc.seen)
			if got != tc.want || it.ID != tc.id {
				t.Errorf("decided %d about %q, want %d about %q", got, it.ID, tc.want, tc.id)
			}
		})
	}
}
