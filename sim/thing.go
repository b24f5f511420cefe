package sim

import (
	"strings"
	"time"
)

// thing is what all objects of a world have in common.
type thing struct {
	life
	kind     *kind
	id       string // AWS's ID, or the natural key of a kind without one
	parent   string // ID of what it lies in
	order    int    // number in its region: lists and pages go by it
	tags     map[string]string
	implicit bool // made by AWS itself: the default VPC, main tables, default groups
}

// entry is an object of any kind.
type entry interface {
	base() *thing
	state(now time.Time) string
}

func (t *thing) base() *thing { return t }

// state is AWS's word for the stage, "" for a kind without states.
func (t *thing) state(now time.Time) string {
	switch t.stage(now) {
	case unborn, making:
		return t.kind.states.making
	case standing:
		return t.kind.states.standing
	case broken:
		return "failed"
	case leaving:
		return t.kind.states.leaving
	default:
		return t.kind.states.dead
	}
}

// shelf keeps the objects of one kind in one region, in the order in which they were made, those that are gone too.
type shelf[T entry] struct {
	list   []T
	byID   map[string]T         // of several with one natural key the latest
	within map[string]*shelf[T] // by parent; nil in those
}

func (s *shelf[T]) add(r *region, v T) T {
	r.made++
	v.base().order = r.made
	if s.byID == nil {
		s.byID = map[string]T{}
	}
	s.byID[v.base().id] = v
	s.list = append(s.list, v)
	if s.within == nil {
		s.within = map[string]*shelf[T]{}
	}
	part := s.in(v.base().parent)
	part.list = append(part.list, v)
	s.within[v.base().parent] = part
	return v
}

// in is the part of a shelf that lies in one parent, so that what belongs to one of a thousand VPCs is found without a
// look at the other things. It knows no IDs.
func (s *shelf[T]) in(parent string) *shelf[T] {
	if part := s.within[parent]; part != nil {
		return part
	}
	return &shelf[T]{}
}

// seen lists what reads show.
func (s *shelf[T]) seen(c *call) []T {
	var list []T
	for _, v := range s.list {
		if v.base().seen(c.now) {
			list = append(list, v)
		}
	}
	return list
}

// holding lists what is there, hidden things as well, as long as match agrees.
func (s *shelf[T]) holding(c *call, match func(T) bool) []T {
	var list []T
	for _, v := range s.list {
		if v.base().holds(c.now) && match(v) {
			list = append(list, v)
		}
	}
	return list
}

// standing lists what is there and is not being deleted, as long as match agrees.
func (s *shelf[T]) standing(c *call, match func(T) bool) []T {
	var list []T
	for _, v := range s.list {
		if v.base().stands(c.now) && match(v) {
			list = append(list, v)
		}
	}
	return list
}

// renewed keeps of several things with one natural key the last: one made anew while the deleted one is still shown takes
// its place.
func renewed[T entry](seen []T) []T {
	var list []T
	at := map[string]int{}
	for _, v := range seen {
		if i, ok := at[v.base().id]; ok {
			list[i] = v
			continue
		}
		at[v.base().id] = len(list)
		list = append(list, v)
	}
	return list
}

// use finds what a changing call names. A hidden thing does not exist yet, a deleted one no longer, tombstone or not;
// one that is being deleted is found only where its kind shows that state.
func (s *shelf[T]) use(c *call, k *kind, id *string) (T, error) {
	v, err := s.read(c, k, id)
	if err != nil {
		return v, err
	}
	switch st := v.base().stage(c.now); {
	case st == dead && k != kindInstance, st == leaving && !k.settled && k != kindInstance:
		return v, fail(k.notFound, k.missing, *id)
	}
	return v, nil
}

// read finds what a read names by its ID, tombstones as well (aws-facts §7.3).
func (s *shelf[T]) read(c *call, k *kind, id *string) (T, error) {
	var none T
	if id == nil || *id == "" {
		return none, fail("MissingParameter", "The request must contain the ID of a %s", strings.ReplaceAll(k.word, "-", " "))
	}
	if !k.wellFormed(*id) {
		return none, fail(k.malformed, "Invalid id: %q (expecting \"%s-...\")", *id, k.prefix)
	}
	v, ok := s.byID[*id]
	if !ok || !v.base().seen(c.now) {
		return none, fail(k.notFound, k.missing, *id)
	}
	return v, nil
}

// chosen lists what reads show: all of it, or the ones with these IDs, of which none may be missing (aws-facts §0.6).
func (s *shelf[T]) chosen(c *call, k *kind, ids []string) ([]T, error) {
	if len(ids) == 0 {
		return s.seen(c), nil
	}
	var list []T
	for i := range ids {
		v, err := s.read(c, k, &ids[i])
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// wellFormed reports whether an ID has the kind's prefix and 8 or 17 hexadecimal digits.
func (k *kind) wellFormed(id string) bool {
	digits, ok := strings.CutPrefix(id, k.prefix+"-")
	if !ok || (len(digits) != 8 && len(digits) != 17) {
		return false
	}
	return strings.Trim(digits, "0123456789abcdef") == ""
}

// all matches everything.
func all[T entry](T) bool { return true }
