package steps

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vpclink/cloud"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/waiters"
)

// bench is a stack of its own on one target, in which a case makes what it needs.
type bench struct {
	*testing.T
	contractKind
	word    string // the kind that the case is about
	account *cloud.Account
	env     Env
	glance  time.Duration  // between two looks that must miss nothing
	pace    time.Duration  // between two looks while what the case needs is made
	limit   time.Duration  // how long anything may take
	recs    []state.Record // all that was made, in order
	missing string         // a kind of which need hands out an ID that there is not
	unready string         // a kind that need does not wait for
}

// serverClient carries the calls to an emulator. It keeps no connection: a server that is busy closes an idle one in the
// moment in which a call is sent over it, and then nobody knows whether the call was heard.
var serverClient = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

func newSimBench(t *testing.T, word string) *bench {
	t.Helper()
	b := newBench(t, word, cloud.Config{Target: cloud.Simulator(1), HTTP: sim.New(sim.Options{Seed: 7})})
	b.glance, b.pace, b.limit = time.Second, 5*time.Second, 20*time.Minute
	return b
}

// kindAccount is the number of an account for one kind in this run. An emulator remembers all that ever was in an account
// and goes through it in every call, so that many cases in one make each other slow.
func kindAccount(word string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(thisRun() + word)) // never fails
	return fmt.Sprintf("70%010d", h.Sum32())
}

var thisRun = sync.OnceValue(newLineage)

// accountClient sends calls to an account. LocalStack reads its number from the access key, moto from this header.
type accountClient string

func (a accountClient) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("x-moto-account-id", string(a))
	return serverClient.Do(r)
}

func newServerBench(t *testing.T, word string, target cloud.Target) *bench {
	t.Helper()
	account := kindAccount(word)
	b := newBench(t, word, cloud.Config{Target: target, HTTP: accountClient(account), Profile: account})
	b.glance, b.pace, b.limit = 10*time.Millisecond, 10*time.Millisecond, time.Minute // a busy machine is slow
	return b
}

func newBench(t *testing.T, word string, c cloud.Config) *bench {
	t.Helper()
	// A connection for each case: no case waits for the request tokens that another has used.
	a, err := cloud.Connect(t.Context(), c)
	if err != nil {
		t.Fatalf("want to get through to %s, got %v", c.Target.Name, err)
	}
	env := here(a.EC2)
	env.ELB = a.ELB
	env.Target, env.Scope, env.Stack.Lineage = c.Target, state.Scope{Account: a.Number, Region: a.Region}, newLineage()
	return &bench{T: t, contractKind: contractKinds()[word], word: word, account: a, env: env}
}

func newLineage() string {
	return fmt.Sprintf("%08x-0000-4000-8000-%012x", rand.Uint32(), rand.Uint64N(1<<48))
}

// stranger is another stack in the same account.
func (b *bench) stranger() Env {
	env := b.env
	env.Stack.Lineage = newLineage()
	return env
}

// need returns the ID of a thing of that kind and name, which is made first, with all that it needs in turn. The
// cases are written down in names: "a" to "f" are apart from each other, "a2" belongs to what "a" belongs to.
func (b *bench) need(word, name string) state.Value {
	b.Helper()
	if word == b.missing {
		return state.Literal(contractKinds()[word].ghost)
	}
	key := state.Key("0/" + word + "/" + name)
	for _, rec := range b.recs {
		if rec.Key == key {
			return state.Literal(rec.ID)
		}
	}
	rec, _ := b.make(word, name)
	if word == b.unready {
		b.until(rec, b.pace, func(found []Observation) bool { return len(found) > 0 })
	} else {
		b.ready(rec, b.pace)
	}
	return state.Literal(rec.ID)
}

// out returns what a thing of that kind and name tells others besides its ID.
func (b *bench) out(word, name, field string) state.Value {
	b.Helper()
	id := b.need(word, name)
	if word == b.missing {
		return id
	}
	i := slices.IndexFunc(b.recs, func(rec state.Record) bool { return rec.ID == id.String() })
	for _, o := range b.look(b.env, b.recs[i]) {
		if o.ID == id.String() {
			return state.Literal(o.Out[field])
		}
	}
	b.Fatalf("want the %s of %s told", field, b.recs[i].Key)
	return state.Value{}
}

// record is the record of a thing that is not made yet.
func (b *bench) record(word, name string) state.Record {
	b.Helper()
	rec := record(b.T, state.Key("0/"+word+"/"+name), "", contractKinds()[word].settings(b, name))
	rec.Token = b.env.Stack.Lineage[:8] + string(rec.Key)
	return rec
}

// make makes a thing and does not wait for it.
func (b *bench) make(word, name string) (state.Record, Observation) {
	b.Helper()
	rec := b.record(word, name)
	var o Observation
	err := b.patiently(func() (err error) { o, err = Kinds()[word].Create(b.Context(), b.env, rec); return err })
	if err != nil {
		b.Fatalf("want %s made, got %v", rec.Key, err)
	}
	rec.ID = o.ID
	b.recs = append(b.recs, rec)
	return rec, o
}

// made makes the thing that the case is about and waits for it.
func (b *bench) made() state.Record {
	b.Helper()
	rec, _ := b.make(b.word, "a")
	b.ready(rec, b.pace)
	return rec
}

func (b *bench) create(rec state.Record) (Observation, error) {
	return Kinds()[rec.Key.Kind()].Create(b.Context(), b.env, rec)
}

func (b *bench) remove(rec state.Record) error {
	return Kinds()[rec.Key.Kind()].Delete(b.Context(), b.env, rec)
}

func (b *bench) look(env Env, recs ...state.Record) []Observation {
	b.Helper()
	found, err := Kinds()[recs[0].Key.Kind()].Observe(b.Context(), env, recs)
	if err != nil {
		b.Fatalf("looking at %s: %v", recs[0].Key, err)
	}
	return found
}

// ready waits until a thing is ready and returns the states that were seen, each once.
func (b *bench) ready(rec state.Record, pace time.Duration) []string {
	b.Helper()
	life, words := Kinds()[rec.Key.Kind()].Life(), []string(nil)
	b.until(rec, pace, func(found []Observation) bool {
		for _, o := range found {
			words = append(words, o.State)
		}
		return slices.ContainsFunc(found, func(o Observation) bool {
			return o.ID == rec.ID && life.Stage(o.State) == waiters.StageReady
		})
	})
	return words
}

// gone waits until a thing is gone and returns the states that were seen.
func (b *bench) gone(rec state.Record, pace time.Duration) []string {
	b.Helper()
	life, words := Kinds()[rec.Key.Kind()].Life(), []string(nil)
	b.until(rec, pace, func(found []Observation) bool {
		found = slices.DeleteFunc(found, func(o Observation) bool { return o.ID != rec.ID })
		for _, o := range found {
			words = append(words, o.State)
		}
		return !slices.ContainsFunc(found, func(o Observation) bool { return !life.Stage(o.State).Absent() })
	})
	return words
}

// until looks at a thing until it is as wanted.
func (b *bench) until(rec state.Record, pace time.Duration, done func([]Observation) bool) {
	b.Helper()
	for end := time.Now().Add(b.limit); ; <-time.After(pace) {
		found := b.look(b.env, rec)
		if done(found) {
			return
		}
		if time.Now().After(end) {
			b.Fatalf("want %s as it is to be within %v, got %+v", rec.Key, b.limit, found)
		}
	}
}

// patiently repeats a call as long as the answer is not yet.
func (b *bench) patiently(call func() error) error {
	err := call()
	for end := time.Now().Add(b.limit); errors.Is(err, waiters.ErrNotYet) && time.Now().Before(end); err = call() {
		<-time.After(b.pace)
	}
	return err
}

// clear takes everything away again, on a server that others use too. What is there is looked at before it is
// deleted: emulators answer some second deletes with a crash.
func (b *bench) clear() {
	b.Helper()
	ctx := context.WithoutCancel(b.Context())
	for _, rec := range slices.Backward(b.recs) {
		kind := Kinds()[rec.Key.Kind()]
		there := func() bool {
			found, err := kind.Observe(ctx, b.env, []state.Record{rec})
			return err == nil && slices.ContainsFunc(found, func(o Observation) bool {
				return o.ID == rec.ID && !kind.Life().Stage(o.State).Absent()
			})
		}
		if !there() {
			continue
		}
		err := b.patiently(func() error { return kind.Delete(ctx, b.env, rec) })
		// What has no ID of its own goes with what it connects; of two associations the servers take the wrong one first.
		if err != nil && !strings.Contains(rec.ID, "|") && there() {
			b.Errorf("want %s (%s) taken away after the case, got %v", rec.Key, rec.ID, err)
		}
	}
}
