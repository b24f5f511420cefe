package provision

import (
	"slices"

	"vpclink/state"
)

// Fit holds the plan against what the target can do. Lacks says why it cannot make a kind, nil when it can. What nothing
// else needs is skipped; a plan that cannot do without is refused with a *RefusedError.
func (p *Plan) Fit(lacks func(kind string) error) error {
	for i, r := range p.Resources {
		why := lacks(r.Key.Kind())
		if why == nil {
			continue
		}
		needed := func(other Resource) bool { return slices.Contains(other.Needs(), r.Key) }
		if slices.ContainsFunc(p.Resources, needed) {
			return refuse("%s, which %s cannot do without: use another --target", why, p.Pattern.Name)
		}
		p.Resources[i].Skip = why
	}
	return nil
}

// skip records that the target cannot do it.
func (u *up) skip(res Resource) error {
	rec, _ := u.Journal.Record(res.Key)
	if rec.Phase != state.Skipped || rec.Reason != res.Skip.Error() {
		rec.Key, rec.Scope, rec.Needs, rec.Phase, rec.Reason = res.Key, res.Scope, res.Needs(), state.Skipped, res.Skip.Error()
		if _, err := u.append(rec); err != nil {
			return err
		}
	}
	u.tell(Event{Name: EventSkipped, Key: res.Key, Err: res.Skip})
	return nil
}
