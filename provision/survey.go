package provision

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// surveyed is what the first look showed of a record as it was wanted then.
type surveyed struct {
	wanted   state.Record
	seen     []steps.Observation
	foreseen bool // what it shall lead to is not there yet
}

// lookAround makes one look per kind and scope at all that may be there already: what the journal has, and what is
// planned inside of that, as far as it can be told yet. What it finds that will be used may lead on to more.
func (u *up) lookAround(ctx context.Context, plan *Plan) error {
	closer := u.closer(ctx, plan)
	err := u.lookAtAll(ctx, plan)
	if closest := closer(); err == nil { // what ails the one mostly ails the other
		err = closest
	}
	if err != nil {
		return err
	}
	for key, s := range u.survey {
		s.seen = u.withUnlisted(key, s.seen)
		u.survey[key] = s
	}
	return nil
}

func (u *up) lookAtAll(ctx context.Context, plan *Plan) error {
	for ask := u.toLookAt(plan, u.resolve); len(ask) > 0; ask = u.toLookAt(plan, u.resolve) {
		if err := u.lookAt(ctx, ask, false); err != nil {
			return err
		}
	}
	return u.lookAt(ctx, u.toLookAt(plan, u.foresee), true)
}

// toLookAt are the records of what can be looked at and was not yet, with the settings as they are wanted now, so that
// what is different is seen. What refers to a thing that is not there yet is looked at when it is.
func (u *up) toLookAt(plan *Plan, resolve func(Resource) (state.Settings, error)) []state.Record {
	var ask []state.Record
	for _, res := range plan.Resources {
		if _, looked := u.survey[res.Key]; looked || res.Skip != nil {
			continue
		}
		rec, recorded := u.Journal.Record(res.Key)
		settings, err := resolve(res)
		if err != nil {
			continue
		}
		if !recorded && len(res.Settings.Refs()) == 0 && steps.Borrowed(settings) == "" {
			continue // nothing leads to it: only its tags could, and they come with a record
		}
		rec.Key, rec.Scope, rec.Settings, rec.Needs = res.Key, res.Scope, settings, res.Needs()
		ask = append(ask, rec)
	}
	return ask
}

func (u *up) lookAt(ctx context.Context, ask []state.Record, foreseen bool) error {
	return u.observeEach(ctx, ask, func(rec state.Record, seen []steps.Observation) error {
		u.survey[rec.Key] = surveyed{rec, u.compared(rec, seen), foreseen}
		return nil
	})
}

// refusals are the resources for which a flag asks for what the stack is not. They are found before anything is
// changed, so that a refused command changes nothing.
func (u *up) refusals() map[state.Key]error {
	errs := map[state.Key]error{}
	for key := range u.planned {
		if err := u.enlarged(key); err != nil {
			errs[key] = err
		}
	}
	for key, s := range u.survey {
		verdict, it := decide(s.wanted, u.kind(key), s.seen)
		if err := u.inTheWay(s.wanted, verdict, it); err != nil {
			errs[key] = err
			continue
		}
		different := &DifferentError{Key: key, ID: it.ID, State: it.State, Diff: it.Diff}
		if verdict == refuseIt && len(different.Flags()) > 0 {
			errs[key] = different
		}
	}
	return errs
}

// enlarged refuses a thing that is there, is never replaced, and would be made of something that the stack does not have
// yet, such as a load balancer with a further subnet; nil for any other.
func (u *up) enlarged(key state.Key) error {
	_, fixed := u.kind(key).(steps.Fixed)
	rec, _ := u.Journal.Record(key)
	if !fixed || rec.Phase != state.Ready {
		return nil
	}
	var fresh []string
	for _, ref := range u.planned[key].Settings.Refs() {
		if of, _ := u.Journal.Record(ref.Key); !of.Present() {
			fresh = append(fresh, ref.Key.Kind()+" "+ref.Key.Name())
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	flag := ""
	if strings.HasPrefix(fresh[0], steps.KindSubnet+" ") {
		flag = "--azs"
	}
	return &DifferentError{Key: key, ID: rec.ID, Diff: []steps.Field{
		{Name: "what it is made of", Want: strings.Join(fresh, ", "), More: true, Flag: flag},
	}}
}

// resolve looks up what a resource's settings refer to; an error when one of them is not ready.
func (u *up) resolve(res Resource) (state.Settings, error) {
	return res.Settings.Resolve(func(ref state.Ref) (string, error) {
		rec, ok := u.Journal.Record(ref.Key)
		if !ok || rec.Phase != state.Ready {
			if it, there := u.usable(ref.Key); there && ref.Field == "" {
				return it, nil
			}
			return "", words.Errorf("%s is not ready", ref.Key)
		}
		if ref.Field == "" {
			return rec.ID, nil
		}
		value, ok := rec.Out[ref.Field]
		if !ok {
			return "", words.Errorf("%s tells no %s", ref.Key, ref.Field)
		}
		return value, nil
	})
}

// seen returns what is known of a resource before anything is done: what the first look showed, as long as the same is
// wanted (what it refers to may be another thing by now, an instance with another address); or what a look shows now,
// when it is new and goes into something that was there before this run. AWS may take a second call for such a thing
// without a word (a route: aws-facts §2.4), and then it would look like ours.
func (u *up) seen(ctx context.Context, rec state.Record, recorded bool) ([]steps.Observation, error) {
	s, looked := u.survey[rec.Key]
	if looked && (bytes.Equal(s.wanted.Settings, rec.Settings) || s.foreseen && len(s.seen) == 0) {
		return s.seen, nil
	}
	if !looked && !recorded && !slices.ContainsFunc(rec.Needs, func(k state.Key) bool { return u.before[k] }) {
		return nil, nil
	}
	answers, err := u.observe(ctx, pollerKey{rec.Key.Kind(), rec.Scope}, []state.Record{rec})
	if err != nil {
		return nil, err
	}
	return u.withUnlisted(rec.Key, u.compared(rec, answers[0])), nil
}
