package provision

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/state"
)

// notDone are the states of the steps that set something up and are not done.
func notDone(s Status) map[string]string {
	list := map[string]string{}
	for _, st := range s.Steps[:7] {
		if st.State != StepDone {
			list[st.Number] = st.State
		}
	}
	return list
}

func TestStatus(t *testing.T) {
	all := func(phase state.Phase) []state.Record {
		var list []state.Record
		for _, key := range []state.Key{
			"1.4.6/route/a:b", "0/vpc/b", "0/vpc/a", "1.4.1/transit-gateway/tgw", "1.4.2/tgw-route-table/tgw", "1.4.3/tgw-attachment/a",
			"1.4.4/tgw-association/a", "1.4.5/tgw-propagation/a",
		} {
			list = append(list, state.Record{Key: key, Phase: phase})
		}
		return list
	}
	change := func(list []state.Record, key state.Key, phase state.Phase) []state.Record {
		for i := range list {
			if list[i].Key == key {
				list[i].Phase = phase
			}
		}
		return list
	}
	for _, tc := range []struct {
		name    string
		records []state.Record
		done    bool
		want    string
		steps   map[string]string // those that are not done
	}{
		{"everything ready", all(state.Ready), true, StackUp, map[string]string{}},
		{"the run was cut off before it planned the rest", all(state.Ready), false, StackPartial, map[string]string{}},
		{"one is on its way", change(all(state.Ready), "0/vpc/a", state.Created), true, StackPartial, map[string]string{"0": StepPartial}},
		{"one failed", change(all(state.Ready), "0/vpc/a", state.Failed), true, StackPartial, map[string]string{"0": StepFailed}},
		{"what the target lacks does not count", change(all(state.Ready), "1.4.5/tgw-propagation/a", state.Skipped), true, StackUp, map[string]string{"1.4.5": StepSkipped}},
		{"a step is not there at all", change(all(state.Ready), "1.4.2/tgw-route-table/tgw", state.Gone), true, StackPartial, map[string]string{"1.4.2": StepNone}},
		{"all gone", all(state.Gone), true, StackDown, map[string]string{
			"0": StepNone, "1.4.1": StepNone, "1.4.2": StepNone, "1.4.3": StepNone, "1.4.4": StepNone, "1.4.5": StepNone, "1.4.6": StepNone,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := TransitGateway().Status(tc.records, tc.done)
			if s.State != tc.want {
				t.Errorf("the stack is %s, want %s", s.State, tc.want)
			}
			if diff := cmp.Diff(tc.steps, notDone(s)); diff != "" {
				t.Errorf("the steps that are not done (-want +got):\n%s", diff)
			}
		})
	}
	s := TransitGateway().Status(all(state.Ready), true)
	for _, st := range s.Steps[7:] {
		if st.State != StepNone {
			t.Errorf("%s only looks, or is optional, and is none until run, got %s", st.Number, st.State)
		}
	}
	if s.Resources[0].Key != "0/vpc/a" || s.Resources[len(s.Resources)-1].Key != "1.4.6/route/a:b" || len(s.Steps) != 11 || s.Steps[10].Number != "1.4.10" {
		t.Errorf("resources and steps stand in the order of the tutorial's numbers, got %v, %v", s.Resources, s.Steps)
	}
}
