package provision

import (
	"encoding/json"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// foresee resolves the settings of a new route in a table that is there already, as far as they can be told before
// anything is made: where it leads from and to is known then, and what it leads through is not. So what is in its way is
// found before the first change. An error for any other resource.
func (u *up) foresee(res Resource) (state.Settings, error) {
	var set steps.Route
	if rec, _ := u.Journal.Record(res.Key); rec.Present() || res.Key.Kind() != steps.KindRoute || json.Unmarshal(res.Settings, &set) != nil ||
		steps.Borrowed(u.planned[set.RouteTable.Ref.Key].Settings) == "" {
		return nil, words.Errorf("%s is not ready", res.Key)
	}
	return res.Settings.Resolve(func(ref state.Ref) (string, error) {
		if rec, ok := u.Journal.Record(ref.Key); ok && rec.Phase == state.Ready {
			if ref.Field == "" {
				return rec.ID, nil
			}
			return rec.Out[ref.Field], nil
		}
		of := u.planned[ref.Key]
		if ref.Field == "" {
			if id, there := u.usable(ref.Key); there {
				return id, nil
			}
			return of.Key.Kind() + " " + of.Key.Name(), nil // no ID, and so like nothing that is there
		}
		var vpc steps.VPC
		if of.Key.Kind() != steps.KindVPC || json.Unmarshal(of.Settings, &vpc) != nil {
			return "", words.Errorf("%s is not ready", ref.Key)
		}
		return vpc.CIDR, nil
	})
}

// usable returns the ID of what is there already and will be used: named by the settings, or seen where the plan wants it.
func (u *up) usable(key state.Key) (id string, there bool) {
	if id := steps.Borrowed(u.planned[key].Settings); id != "" {
		return id, true
	}
	s, looked := u.survey[key]
	if !looked || s.wanted.Present() {
		return "", false
	}
	verdict, it := decide(s.wanted, u.kind(key), s.seen)
	return it.ID, verdict == adopt
}

// inTheWay returns what is in the way of a resource that the stack does not have yet, nil when nothing is: a stranger's
// thing where it shall be, or one of which an attribute would have to be changed.
func (u *up) inTheWay(wanted state.Record, verdict verdict, it steps.Observation) error {
	if wanted.Present() {
		return nil
	}
	if verdict == conflict {
		return refusal(wanted, verdict, it)
	}
	if id := u.foreign(wanted); verdict == makeIt && id != "" {
		return &ForeignError{wanted.Key, id}
	}
	return nil
}

// foreseenInTheWay is inTheWay for what the first look could only half see, nil for all else.
func (u *up) foreseenInTheWay(key state.Key) error {
	s, looked := u.survey[key]
	if !looked || !s.foreseen {
		return nil
	}
	verdict, it := decide(s.wanted, u.kind(key), s.seen)
	return u.inTheWay(s.wanted, verdict, it)
}
