package steps

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// box is a thing of a kind that has all there is to match by.
type box struct {
	id, state, place string
	tags             []types.Tag
}

var boxes = view[string, box]{
	life:    waiters.Life{Ready: []string{"up"}, Gone: []string{"gone"}, Dead: []string{"dead"}},
	id:      func(b box) string { return b.id },
	tags:    func(b box) []types.Tag { return b.tags },
	state:   func(b box) (string, string) { return b.state, "" },
	wanted:  func(place string) string { return place },
	natural: func(b box) string { return b.place },
	diff:    func(place string, b box) []Field { return differ("place", "", place, b.place) },
}

// A record wants the box of key 0/box/a at the place "here".
func TestMatch(t *testing.T) {
	const key state.Key = "0/box/a"
	up := func(id string, tags []types.Tag) box { return box{id, "up", "here", tags} }
	for _, test := range []struct {
		name  string
		id    string // what the journal has
		owned bool   // and whether it says we made that
		there []box
		want  []Observation
	}{
		{name: "nothing there"},
		{
			name: "ours by its tags", owned: true, there: []box{up("1", ours(key))},
			want: []Observation{{Key: key, ID: "1", State: "up", Ours: true, Token: "token-1"}},
		},
		{
			name: "ours by the journal's ID, tags taken off", id: "1", owned: true, there: []box{up("1", nil)},
			want: []Observation{{Key: key, ID: "1", State: "up", Ours: true, Diff: bare(key)}},
		},
		{
			name: "ours, somewhere else", owned: true, there: []box{{"1", "up", "there", ours(key)}},
			want: []Observation{{
				Key: key, ID: "1", State: "up", Ours: true, Token: "token-1", Diff: []Field{{Name: "place", Want: "here", Have: "there"}},
			}},
		},
		{
			name: "twins", id: "2", owned: true, there: []box{up("1", ours(key)), up("2", ours(key))},
			want: []Observation{
				{Key: key, ID: "1", State: "up", Ours: true, Token: "token-1"}, {Key: key, ID: "2", State: "up", Ours: true, Token: "token-1"},
			},
		},
		{
			name: "twins, the journal's without its tags", id: "2", owned: true, there: []box{up("1", ours(key)), up("2", nil)},
			want: []Observation{{Key: key, ID: "1", State: "up", Ours: true, Token: "token-1"}, {Key: key, ID: "2", State: "up", Ours: true, Diff: bare(key)}},
		},
		{
			name: "a stranger's at that place", owned: true, there: []box{up("1", nil)},
			want: []Observation{{Key: key, ID: "1", State: "up"}},
		},
		{
			name: "another stack's at that place", owned: true, there: []box{up("1", theirs(key))},
			want: []Observation{{Key: key, ID: "1", State: "up"}},
		},
		{
			name: "ours, and a stranger's at that place", owned: true, there: []box{up("1", nil), up("2", ours(key))},
			want: []Observation{{Key: key, ID: "2", State: "up", Ours: true, Token: "token-1"}},
		},
		{
			name: "our tombstone, and a stranger's at that place", id: "1", owned: true,
			there: []box{{"1", "gone", "here", ours(key)}, up("2", nil)},
			want:  []Observation{{Key: key, ID: "1", State: "gone", Ours: true, Token: "token-1"}, {Key: key, ID: "2", State: "up"}},
		},
		{name: "strangers' tombstones at that place", there: []box{{"1", "gone", "here", nil}, {"2", "dead", "here", nil}}},
		{
			name: "adopted", id: "1", there: []box{up("1", nil)}, // never ours, though the journal has its ID
			want: []Observation{{Key: key, ID: "1", State: "up"}},
		},
		{name: "adopted, and gone from its place", id: "1", there: []box{{"1", "up", "there", nil}}},
		{name: "another key's", there: []box{{"1", "up", "there", ours("0/box/b")}}},
		{
			name: "shown twice", owned: true, there: []box{up("1", ours(key)), up("2", nil), up("1", ours(key))},
			want: []Observation{{Key: key, ID: "1", State: "up", Ours: true, Token: "token-1"}},
		},
		{
			name: "a natural key of ours, and another place is wanted by now", id: "there", owned: true, there: []box{{"there", "up", "there", nil}},
		},
		{
			name: "a natural key of ours, and another place is wanted by now, where a stranger's is", id: "there", owned: true,
			there: []box{{"there", "up", "there", nil}, up("here", nil)}, want: []Observation{{Key: key, ID: "here", State: "up"}},
		},
		{
			name: "a natural key's tombstone beside its new life", id: "here", owned: true,
			there: []box{{"here", "gone", "here", nil}, up("here", nil), {"here", "dead", "here", nil}},
			want:  []Observation{{Key: key, ID: "here", State: "up", Ours: true, Diff: bare(key)}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := want[string]{Record: state.Record{Key: key, ID: test.id, Owned: test.owned}, set: "here"}
			same(t, "what is there of a", test.want, boxes.match(here(nil), []want[string]{w}, test.there))
		})
	}
}

func TestMatchWithoutANaturalKey(t *testing.T) {
	nowhere := []want[string]{{Record: state.Record{Key: "0/box/a"}}}
	if got := boxes.match(here(nil), nowhere, []box{{"1", "up", "", nil}}); got != nil {
		t.Errorf("want nothing for a record that asks for no place, got %+v", got)
	}
	named := boxes
	named.wanted, named.natural = nil, nil
	if got := named.match(here(nil), []want[string]{{set: "here"}}, []box{{"1", "up", "here", nil}}); got != nil {
		t.Errorf("want nothing found by its place where that is no key, got %+v", got)
	}
}

func TestMatchManyRecords(t *testing.T) {
	wants := []want[string]{
		{Record: state.Record{Key: "0/box/a"}, set: "here"}, {Record: state.Record{Key: "0/box/b"}, set: "there"},
	}
	got := boxes.match(here(nil), wants, []box{{"1", "up", "there", nil}, {"2", "up", "here", ours("0/box/b")}, {"3", "up", "here", nil}})
	same(t, "each thing told of the record it belongs to", []Observation{
		{Key: "0/box/a", ID: "2", State: "up", Token: "token-1"}, // in the way of a, whosesoever it is
		{Key: "0/box/a", ID: "3", State: "up"},
		{Key: "0/box/b", ID: "2", State: "up", Ours: true, Token: "token-1", Diff: []Field{{Name: "place", Want: "there", Have: "here"}}},
	}, got)
}
