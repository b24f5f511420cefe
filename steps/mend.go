package steps

import (
	"context"
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/words"
)

// Updater is a kind that can put back, in one call, the fields of a Diff that say Mends. Sending the call again does
// no harm: it says what shall be.
type Updater interface {
	Update(context.Context, Env, state.Record, []Field) error
}

// typedUpdater is what a kind's file writes for it. The fields are those that differ.
type typedUpdater[S any] interface {
	update(context.Context, Env, want[S], []Field) error
}

var _ Updater = adapted{}

// Update is there for every kind: tags all can have.
func (a adapted) Update(ctx context.Context, env Env, rec state.Record, diff []Field) error {
	others := slices.DeleteFunc(slices.Clone(diff), func(f Field) bool { return f.Name == tagsField })
	if len(others) < len(diff) {
		if err := env.retag(ctx, rec); err != nil {
			return err
		}
	}
	switch {
	case len(others) == 0:
		return nil
	case a.update == nil:
		return words.Errorf("%s cannot be changed in place", rec.ID)
	}
	return a.update(ctx, env, rec, others)
}

// mends marks fields as such that the kind puts back in place.
func mends(fields []Field) []Field {
	for i := range fields {
		fields[i].Mends = true
	}
	return fields
}

// anew marks fields for which a thing is made anew, though its kind is fixed.
func anew(fields []Field) []Field {
	for i := range fields {
		fields[i].Anew = true
	}
	return fields
}

// differInGroups compares security groups, of which AWS keeps no order. Some servers leave them out, and what is on its way
// out has none.
func differInGroups(want state.Value, have []string) []Field {
	if len(have) == 0 {
		return nil
	}
	return mends(differ(groupsField, "", want.String(), sorted(have)))
}

const groupsField words.Text = "security groups"

func sorted(list []string) string {
	return strings.Join(slices.Sorted(slices.Values(list)), ", ")
}

// less are those of have that are not wanted.
func less(have []string, want ...string) []string {
	var list []string
	for _, h := range have {
		if !slices.Contains(want, h) {
			list = append(list, h)
		}
	}
	return list
}

// listed is what differs now: the Have of a field of that name.
func listed(diff []Field, name words.Text) []string {
	for _, f := range diff {
		if f.Name == name && f.Have != "" {
			return strings.Split(f.Have, ", ")
		}
	}
	return nil
}
