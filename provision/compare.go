package provision

import (
	"bytes"
	"slices"

	"vpclink/state"
	"vpclink/steps"
)

// compared tells what AWS shows to be different of a thing of ours apart: what a flag newly asks for, and what somebody
// changed. The former is what the journal has otherwise too, some of which AWS does not show at all; for the latter no
// flag is to blame.
func (u *up) compared(wanted state.Record, seen []steps.Observation) []steps.Observation {
	was, recorded := u.Journal.Record(wanted.Key)
	if !recorded || !was.Owned || was.Phase != state.Ready && was.Phase != state.Created {
		return seen
	}
	var asked []steps.Field
	if comparer, ok := u.kind(wanted.Key).(steps.Comparer); ok {
		asked = comparer.Compare(was.Settings, wanted.Settings)
	}
	same := bytes.Equal(was.Settings, wanted.Settings)
	for i, o := range seen {
		if !o.Ours {
			continue
		}
		for n := range o.Diff {
			if same {
				o.Diff[n].Flag = ""
			}
		}
		seen[i].Diff = append(slices.Clip(asked), o.Diff...)
	}
	return seen
}
