package provision

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// Account is what is asked about an account's quotas.
type Account struct {
	Region string
	// Quota returns how many the account may have; false when nobody tells.
	Quota func(ctx context.Context, q steps.Quota) (int, bool, error)
	// Had counts what the account has of a kind, whoever made it.
	Had func(ctx context.Context, kind string) (int, error)
}

// QuotaError is a plan for which the account has no room.
type QuotaError struct {
	Quota           steps.Quota
	May, Has, Would int    // how many it may have, has now, and would have
	Of              string // the one thing that would have too many, "" for the region
	Region          string
}

var _ error = (*QuotaError)(nil)

func (e *QuotaError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *QuotaError) Say(l words.Language) string {
	if e.Of != "" {
		return l.Say("%s would have %d %s, and the account allows %d (quota %s %s)", e.Of, e.Would, e.Quota.What, e.May, e.Quota.Service, e.Quota.Code)
	}
	return l.Say("the account may have %d %s, has %d and would have %d (quota %s %s)",
		e.May, l.Say(e.Quota.Here, e.Region), e.Has, e.Would, e.Quota.Service, e.Quota.Code)
}

// CheckQuotas refuses a plan, with a *RefusedError of every quota that it would break, before anything is made. Only
// quotas that the plan meets are asked for. A quota that cannot be read is no reason to stop: unread says so.
func (p *Plan) CheckQuotas(ctx context.Context, journal Journal, a Account) (unread []error, err error) {
	var broken []error
	for _, q := range steps.Quotas {
		counts := p.counted(q)
		if len(counts) == 0 {
			continue
		}
		may, known, err := a.Quota(ctx, q)
		switch {
		case err != nil && ctx.Err() != nil:
			return unread, err
		case err != nil:
			unread = append(unread, words.Errorf("how many %s the account may have could not be read: %s", q.What, reason{err}))
			continue
		case !known:
			continue
		}
		e, err := p.over(ctx, q, may, counts, journal, a)
		if err != nil {
			return unread, err
		}
		if e != nil {
			broken = append(broken, e)
		}
	}
	if len(broken) > 0 {
		return unread, &RefusedError{errors.Join(broken...)}
	}
	return unread, nil
}

// counted counts what of a quota's kind the plan has: in all, under "", or by the one thing that it belongs to.
func (p *Plan) counted(q steps.Quota) map[state.Key]int {
	counts := map[state.Key]int{}
	for _, r := range p.Resources {
		if r.Key.Kind() != q.Kind || r.Skip != nil || steps.Borrowed(r.Settings) != "" {
			continue
		}
		if q.In == nil {
			counts[""]++
		}
		for _, of := range belongsTo(r.Settings, q.In) {
			counts[of]++
		}
	}
	for of := range counts {
		counts[of] += p.has[of][q.Kind]
	}
	return counts
}

// belongsTo returns the keys that these settings refer to.
func belongsTo(settings state.Settings, names []string) []state.Key {
	var fields map[string]json.RawMessage
	if json.Unmarshal(settings, &fields) != nil {
		return nil
	}
	var keys []state.Key
	for _, name := range names {
		var v state.Value
		if json.Unmarshal(fields[name], &v) == nil && v.IsRef() {
			keys = append(keys, v.Ref.Key)
		}
	}
	return keys
}

// over returns what would be over a quota, nil when nothing is.
func (p *Plan) over(ctx context.Context, q steps.Quota, may int, counts map[state.Key]int, journal Journal, a Account) (*QuotaError, error) {
	if q.In != nil {
		for _, of := range slices.Sorted(maps.Keys(counts)) {
			if counts[of] > may {
				return &QuotaError{Quota: q, May: may, Would: counts[of], Of: of.Kind() + " " + of.Name(), Region: a.Region}, nil
			}
		}
		return nil, nil //nolint:nilnil // nothing is over
	}
	fresh := 0
	for _, r := range p.Resources {
		if rec, _ := journal.Record(r.Key); r.Key.Kind() == q.Kind && steps.Borrowed(r.Settings) == "" && (!rec.Present() || rec.ID == "") {
			fresh++
		}
	}
	if fresh == 0 {
		return nil, nil //nolint:nilnil // nothing is over
	}
	has, err := a.Had(ctx, q.Kind)
	for _, key := range p.Prune { // they go before anything is made
		if rec, _ := journal.Record(key); key.Kind() == q.Kind && rec.Present() && rec.Owned && rec.ID != "" {
			has--
		}
	}
	if err != nil || has+fresh <= may {
		return nil, err
	}
	return &QuotaError{Quota: q, May: may, Has: has, Would: has + fresh, Region: a.Region}, nil
}
