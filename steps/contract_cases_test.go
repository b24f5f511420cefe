package steps

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/smithy-go/middleware"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
)

// contractCase is the name of a case, as it stands in the test's name and in docs/fidelity.md.
type contractCase string

const (
	comesUp        contractCase = "comes up"
	madeTwice      contractCase = "made twice"
	madeOtherwise  contractCase = "made twice with other settings"
	foundByTags    contractCase = "found by its tags"
	foundByID      contractCase = "found by the journal's ID"
	foundByNatural contractCase = "found by its natural key"
	lookedInVain   contractCase = "looked for, never there"
	morePages      contractCase = "more than one page"
	onNothing      contractCase = "made on what is not there"
	onUnready      contractCase = "made on what is not ready"
	deletedInUse   contractCase = "deleted while in use"
	deletedEarly   contractCase = "deleted while it is made"
	goesDown       contractCase = "goes down"
	deletedTwice   contractCase = "deleted twice"
	neverThere     contractCase = "deleted, never there"
)

// contractCases are the cases in the order in which they are told. Each returns its outcome in a few words.
var contractCases = []struct {
	name contractCase
	run  func(*bench) string
}{
	{comesUp, (*bench).comesUp},
	{madeTwice, (*bench).madeTwice},
	{madeOtherwise, (*bench).madeOtherwise},
	{foundByTags, func(b *bench) string { return sighted(b.look(b.env, forgotten(b.made()))) }},
	{foundByID, func(b *bench) string { return sighted(b.look(b.stranger(), b.made())) }},
	{foundByNatural, func(b *bench) string { return sighted(b.look(b.stranger(), forgotten(b.made()))) }},
	{lookedInVain, func(b *bench) string { return sighted(b.look(b.env, b.imagined())) }},
	{morePages, (*bench).morePages},
	{onNothing, func(b *bench) string {
		b.missing = b.parent
		return b.createdOnce()
	}},
	{onUnready, func(b *bench) string {
		b.unready = b.slow
		return b.createdOnce()
	}},
	{deletedInUse, func(b *bench) string {
		b.need(b.user, "a")
		return answered(b.remove(b.recordOf(b.word)))
	}},
	{deletedEarly, func(b *bench) string {
		b.unready = b.word
		b.need(b.word, "a")
		return answered(b.remove(b.recordOf(b.word)))
	}},
	{goesDown, (*bench).goesDown},
	{deletedTwice, func(b *bench) string {
		rec := b.made()
		rec.Phase = state.Deleting
		if err := b.patiently(func() error { return b.remove(rec) }); err != nil {
			b.Fatalf("want the first delete of %s taken, got %v", rec.Key, err)
		}
		b.gone(rec, b.pace)
		return answered(b.remove(rec))
	}},
	{neverThere, func(b *bench) string { return answered(b.remove(b.imagined())) }},
}

// The words of outcomes that several kinds share.
const (
	theSame    = "the same one"
	secondOne  = "a second one, both known by their tags"
	known      = "found, known as ours"
	notOurs    = "found, not known as ours"
	notFound   = "not found"
	taken      = "taken"
	severally  = "all seen, in several pages"
	atOnce     = "all seen, in one page"
	noAnswer   = "no clear answer"
	there      = "there at once"
	disappears = "absent"
)

// answered says what came of a call.
func answered(err error) string {
	if err == nil {
		return taken
	}
	says := "refused"
	switch {
	case errors.Is(err, waiters.ErrNone):
		says = "nothing there"
	case errors.Is(err, waiters.ErrNotYet):
		says = "not yet"
	case errors.Is(err, ErrExists):
		says = "exists"
	case Unclear(err):
		return noAnswer // its code tells of the server, not of the thing
	}
	if code := cloud.CodeOf(err); code != "" {
		return says + ": " + code
	}
	return says // a look told, before any call
}

// sighted says what a look shows.
func sighted(found []Observation) string {
	switch {
	case len(found) == 0:
		return notFound
	case len(found) > 1:
		return fmt.Sprintf("%d found", len(found))
	case found[0].Ours:
		return known
	}
	return notOurs
}

// forgotten is a record of which the journal knows no ID.
func forgotten(rec state.Record) state.Record {
	rec.ID, rec.Owned = "", false
	return rec
}

// imagined is a record of something that never was.
func (b *bench) imagined() state.Record {
	b.Helper()
	rec := b.record(b.word, "a")
	rec.ID = b.ghost
	return rec
}

func (b *bench) recordOf(word string) state.Record {
	b.Helper()
	i := slices.IndexFunc(b.recs, func(rec state.Record) bool { return rec.Key.Kind() == word })
	if i < 0 {
		b.Fatalf("want a %s among what was made, got %+v", word, b.recs)
	}
	return b.recs[i]
}

// createdOnce makes one call and says what came of it.
func (b *bench) createdOnce() string {
	b.Helper()
	rec := b.record(b.word, "a")
	o, err := b.create(rec)
	if err == nil {
		rec.ID = o.ID
		b.recs = append(b.recs, rec)
	}
	return answered(err)
}

func (b *bench) comesUp() string {
	b.Helper()
	rec, o := b.make(b.word, "a")
	return way(append([]string{o.State}, b.ready(rec, b.glance)...), there)
}

func (b *bench) goesDown() string {
	b.Helper()
	rec := b.made()
	rec.Phase = state.Deleting
	if err := b.patiently(func() error { return b.remove(rec) }); err != nil {
		b.Fatalf("want %s deleted, got %v", rec.Key, err)
	}
	life := Kinds()[b.word].Life()
	words := slices.DeleteFunc(b.gone(rec, b.glance), func(w string) bool { return life.Stage(w) == waiters.StageReady }) // lists lag behind
	if len(b.look(b.env, rec)) == 0 {
		words = append(words, disappears)
	}
	return way(words, disappears)
}

// way writes the states on a way, each once.
func way(words []string, none string) string {
	words = slices.Compact(slices.DeleteFunc(words, func(w string) bool { return w == "" }))
	if len(words) == 0 {
		return none
	}
	return strings.Join(words, " → ")
}

// madeTwice creates the same thing under the same token. However AWS takes it, one look must tell what there is.
func (b *bench) madeTwice() string {
	b.Helper()
	rec := b.made()
	again := rec
	o, err := b.create(rec)
	switch {
	case err != nil:
		return answered(err)
	case o.ID == rec.ID:
		return theSame
	}
	again.ID = o.ID
	b.recs = append(b.recs, again)
	b.ready(again, b.pace)
	both := 0
	for _, o := range b.look(b.env, forgotten(rec)) {
		if o.Ours {
			both++
		}
	}
	if both == 2 {
		return secondOne
	}
	return fmt.Sprintf("a second one, %d known by their tags", both)
}

// madeOtherwise creates a thing that cannot stand beside the first.
func (b *bench) madeOtherwise() string {
	b.Helper()
	first := b.made()
	rec := record(b.T, first.Key, "", b.other(b, "a"))
	rec.Token = first.Token
	o, err := b.create(rec)
	switch {
	case err != nil:
		return answered(err)
	case o.ID == first.ID:
		return theSame
	}
	rec.ID = o.ID
	b.recs = append(b.recs, rec)
	return "a second one beside it"
}

// morePages looks at six things five at a time, the fewest that AWS takes as the size of a page.
func (b *bench) morePages() string {
	b.Helper()
	const size = 5
	var recs []state.Record
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		rec, _ := b.make(b.word, name)
		b.ready(rec, b.pace)
		recs = append(recs, rec)
	}
	further := false // a page after the first was asked for
	small := func(s *middleware.Stack) error {
		return s.Initialize.Add(middleware.InitializeMiddlewareFunc("pages of five", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			asked := reflect.ValueOf(in.Parameters).Elem()
			for _, name := range []string{"MaxResults", "PageSize"} { // EC2's word and ELBv2's
				if most := asked.FieldByName(name); most.IsValid() {
					most.Set(reflect.ValueOf(aws.Int32(size)))
				}
			}
			for _, name := range []string{"NextToken", "Marker"} {
				if token := asked.FieldByName(name); token.IsValid() && !token.IsNil() {
					further = true
				}
			}
			return next.HandleInitialize(ctx, in)
		}), middleware.Before)
	}
	env := b.env
	env.EC2 = ec2.New(b.account.EC2.Options(), func(o *ec2.Options) { o.APIOptions = append(o.APIOptions, small) })
	env.ELB = elb.New(b.account.ELB.Options(), func(o *elb.Options) { o.APIOptions = append(o.APIOptions, small) })
	found := b.look(env, recs...)
	switch {
	case len(found) != len(recs):
		return fmt.Sprintf("%d of %d seen", len(found), len(recs))
	case further:
		return severally
	}
	return atOnce
}
