package provision

import (
	"slices"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// verdict is what is to be done about one resource on the way up.
type verdict int

const (
	makeIt   verdict = iota // nothing is there, and nothing may appear: write the intent and create
	look                    // nothing is seen yet, but something may still appear: look until it must have
	keep                    // there and as wanted
	adopt                   // there and as wanted, and not ours: used, never changed or deleted
	await                   // ours, on its way up
	finish                  // ours, on its way out: see it gone, then make it
	replace                 // ours, of no use or different, and cheap: delete and make
	update                  // ours, different, and its kind can mend that
	refuseIt                // ours and different, and others depend on it: a person must decide
	conflict                // not ours, and in the way
	lost                    // was adopted, and is not there any more
)

// decide says what is to be done about a record (its Phase is "" when the journal has none), given what AWS shows of
// it. The observation is the one the verdict is about.
func decide(rec state.Record, kind steps.Kind, seen []steps.Observation) (verdict, steps.Observation) {
	it, there := pick(rec, kind.Life(), seen)
	switch {
	case rec.Phase == state.Deleting && there:
		return finish, it
	case !there:
		return absent(rec), steps.Observation{Key: rec.Key}
	case it.Ours || (rec.Phase == state.Intended || rec.Phase == state.Created) && !tagged(kind):
		return ours(kind, it), it // found after our intent: ours
	case kind.Life().NoUndo && kind.Life().Stage(it.State) == waiters.StageMaking:
		return await, it // somebody else has accepted it, and it is on its way
	case len(it.Diff) > 0 || !usable(kind, it):
		return conflict, it
	case rec.Phase != state.Ready:
		return adopt, it
	}
	return keep, it
}

// absent: nothing is seen of the record.
func absent(rec state.Record) verdict {
	switch rec.Phase {
	case state.Intended, state.Created, state.Deleting:
		return look
	case state.Ready:
		if !rec.Owned {
			return lost
		}
		return look
	case state.Failed:
		if rec.Unclear || rec.ID != "" {
			return look
		}
	case state.Gone, state.Skipped:
	}
	return makeIt
}

// ours: the thing is there and ours.
func ours(kind steps.Kind, it steps.Observation) verdict {
	switch kind.Life().Stage(it.State) {
	case waiters.StageLeaving:
		return finish
	case waiters.StageFailed:
		return replace
	case waiters.StageMaking, waiters.Unknown:
		return await
	case waiters.StageStopped:
		if len(it.Diff) == 0 { // its kind does not say how to start it
			return refuseIt
		}
		return different(kind, it.Diff) // whatever it lacks comes back with the start, such as a public address
	case waiters.StageReady, waiters.StageGone, waiters.StageDead:
	}
	switch {
	case it.Lacks != "":
		return await
	case len(it.Diff) == 0:
		return keep
	}
	return different(kind, it.Diff)
}

// different: the thing is ours and not as it is wanted. A fixed kind is never what a flag newly asks for; what somebody
// changed is put back where that can be done.
func different(kind steps.Kind, diff []steps.Field) verdict {
	_, fixed := kind.(steps.Fixed)
	asked := func(f steps.Field) bool { return f.Flag != "" }
	stays := func(f steps.Field) bool { return !f.Mends }
	stuck := func(f steps.Field) bool { return !f.Mends && !f.Anew }
	switch {
	case fixed && (slices.ContainsFunc(diff, asked) || slices.ContainsFunc(diff, stuck)):
		return refuseIt
	case !slices.ContainsFunc(diff, stays):
		return update
	}
	return replace
}

// tagged reports whether what was made for us would carry our tags: then what does not is a stranger's, also after our
// intent.
func tagged(kind steps.Kind) bool {
	_, is := kind.(steps.Tagged)
	return is
}

// usable reports whether a thing can be used as it is.
func usable(kind steps.Kind, it steps.Observation) bool {
	return kind.Life().Stage(it.State) == waiters.StageReady && it.Lacks == ""
}

// pick chooses among what AWS shows: what is as good as gone does not count; of twins the one whose ID the journal
// has stays, then one that is ours.
func pick(rec state.Record, life waiters.Life, seen []steps.Observation) (steps.Observation, bool) {
	var best steps.Observation
	rank := 0
	for _, o := range seen {
		r := 1
		switch {
		case life.Stage(o.State).Absent():
			continue
		case o.ID == rec.ID && rec.ID != "":
			r = 3
		case o.Ours:
			r = 2
		}
		if r > rank {
			best, rank = o, r
		}
	}
	return best, rank > 0
}

// foreign returns the ID of what an act would change although it is not ours, "" when there is no such thing: what was
// there before is used, and never changed.
func (u *up) foreign(rec state.Record) string {
	id := steps.Changed(rec.Key.Kind(), rec.Settings)
	if id == "" {
		return ""
	}
	for _, need := range rec.Needs {
		of, ok := u.Journal.Record(need)
		if steps.Borrowed(u.planned[need].Settings) == id || ok && !of.Owned && of.Phase == state.Ready && of.ID == id {
			return id
		}
	}
	return ""
}
