package provision

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// Journal is where a run writes what it is about to do and what it did. Append returns when the lines are durable.
type Journal interface {
	Append(...state.Record) error
	Record(state.Key) (state.Record, bool)
	Records() []state.Record
}

// Order is how much of a run may go on at once.
type Order int

// The orders. All but the first exist to step through a lab, and to measure against.
const (
	AsReady  Order = iota // everything the moment it can
	ByStep                // one step number after the other
	OneByOne              // one resource after the other
)

// Config is what a run needs.
type Config struct {
	Kinds   map[string]steps.Kind
	Makes   []string      // the kinds that the stack's pattern makes, which are looked for by tags; nil: all
	Pattern Pattern       // the stack's, by which what carries no tags is found; without a name: unknown
	Envs    []steps.Env   // one per scope of the stack
	Journal Journal       //
	Events  func(Event)   // called one at a time; nil: nobody listens
	Token   func() string // a new token, as unique as a UUID; called from many goroutines
	Settle  time.Duration // how long an effect may stay hidden, real time
	Pace    waiters.Pace  // of polls and of calls that are repeated
	Speed   float64       // the target's seconds per real second: timeouts are shortened by it; 0 means 1
	Since   time.Time     // the target's time stood still before this moment; zero: it never does
	Order   Order
	Retag   *Retag // nil: what is there carries the tags that it shall
}

// Runner makes what a plan wants, and takes away what the journal has.
type Runner struct {
	Config
	begun time.Time
	gates gates

	mu      sync.Mutex // guards what follows
	pollers map[pollerKey]*poller
	result  Result
	ahead   map[int]time.Time    // when records from the future were met first, by number
	mute    error                // why nothing can be recorded any more, nil when it can
	shown   map[state.Key]string // the state last told
}

type pollerKey struct {
	kind  string
	scope int
}

type poller = waiters.Poller[state.Record, steps.Observation]

// NewRunner returns a runner for one run.
func NewRunner(c Config) *Runner {
	if c.Speed <= 0 {
		c.Speed = 1
	}
	return &Runner{Config: c, begun: time.Now(), pollers: map[pollerKey]*poller{}, shown: map[state.Key]string{}, ahead: map[int]time.Time{}}
}

func (r *Runner) kind(key state.Key) steps.Kind { return r.Kinds[key.Kind()] }

// poller returns the one poller of a kind and scope: however many wait, AWS is asked once a tick.
func (r *Runner) poller(rec state.Record) *poller {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := pollerKey{rec.Key.Kind(), rec.Scope}
	if r.pollers[at] == nil {
		r.pollers[at] = waiters.NewPoller(func(ctx context.Context, recs []state.Record) ([][]steps.Observation, error) {
			return r.observe(ctx, at, recs)
		}, r.Pace)
	}
	return r.pollers[at]
}

// observe asks AWS for records of one kind and scope; answer i belongs to record i.
func (r *Runner) observe(ctx context.Context, at pollerKey, recs []state.Record) ([][]steps.Observation, error) {
	seen, err := r.Kinds[at.kind].Observe(ctx, r.Envs[at.scope], recs)
	if err != nil {
		return nil, words.Errorf("looking at %s: %w", at.kind, err)
	}
	byKey := map[state.Key][]steps.Observation{}
	for _, o := range seen {
		byKey[o.Key] = append(byKey[o.Key], o)
	}
	answers := make([][]steps.Observation, len(recs))
	for i, rec := range recs {
		answers[i] = byKey[rec.Key]
	}
	return answers, nil
}

// observeEach makes one look per kind and scope at the records, and hands each what was seen of it.
func (r *Runner) observeEach(ctx context.Context, recs []state.Record, each func(state.Record, []steps.Observation) error) error {
	ask := map[pollerKey][]state.Record{}
	for _, rec := range recs {
		at := pollerKey{rec.Key.Kind(), rec.Scope}
		ask[at] = append(ask[at], rec)
	}
	for at, recs := range ask {
		answers, err := r.observe(ctx, at, recs)
		if err != nil {
			return err
		}
		for i, rec := range recs {
			if err := each(rec, answers[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// append writes a record and returns it as it was written, with its time.
func (r *Runner) append(rec state.Record) (state.Record, error) {
	if err := r.Journal.Append(rec); err != nil {
		err = words.Errorf("writing the journal: %w", err)
		if _, mute := errors.AsType[*state.WriteError](err); mute {
			r.mu.Lock()
			r.mute = cmp.Or(r.mute, err)
			r.mu.Unlock()
		}
		return rec, err
	}
	if written, ok := r.Journal.Record(rec.Key); ok {
		return written, nil
	}
	return rec, nil
}

func (r *Runner) tell(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e.Time = time.Now()
	if e.Name == EventState {
		if r.shown[e.Key] == e.State {
			return
		}
		r.shown[e.Key] = e.State
	}
	if r.Events != nil {
		r.Events(e)
	}
}

func (r *Runner) count(add func(*Result)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add(&r.result)
}

// leastTimeout keeps a fast simulator on a busy machine from being called late.
const leastTimeout = 30 * time.Second

// timeout is how long a kind may take, in real time.
func (r *Runner) timeout(life waiters.Life) time.Duration {
	return max(time.Duration(float64(life.Timeout)/r.Speed), leastTimeout)
}

// shownBy is the moment by which all that was asked for before a record's last line must have shown.
func (r *Runner) shownBy(rec state.Record) time.Time {
	since := r.past(rec)
	if r.Since.After(since) {
		since = r.Since
	}
	return since.Add(r.Settle)
}

// past is when a record was written. When the clock says that this is yet to come, it was set back: then it was written
// just now, for all that is known.
func (r *Runner) past(rec state.Record) time.Time {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if met, ok := r.ahead[rec.N]; ok {
		return met
	}
	if !rec.Time.After(now) {
		return rec.Time
	}
	r.ahead[rec.N] = now
	return now
}

// inOrder adds the edges that the run's order asks for.
func (r *Runner) inOrder(nodes []node) []node {
	if r.Order == AsReady {
		return nodes
	}
	nodes = slices.Clone(nodes)
	sort.SliceStable(nodes, func(i, j int) bool { return compareNumbers(nodes[i].key.Step(), nodes[j].key.Step()) < 0 })
	ordered := make([]node, 0, len(nodes))
	var before, current []state.Key
	for i, n := range nodes {
		if i > 0 && (r.Order == OneByOne || n.key.Step() != nodes[i-1].key.Step()) {
			before, current = current, nil
		}
		ordered = append(ordered, node{n.key, append(slices.Clip(before), n.needs...)})
		current = append(current, n.key)
	}
	return ordered
}

// over returns the error of a resource: as it is, and told, when it is one of its own; as the end of the run when the
// run had ended, since what a call says then is mostly that.
func (r *Runner) over(ctx context.Context, rec state.Record, begun time.Time, err error) error {
	if ctx.Err() != nil {
		return words.Errorf("%w: %w", errEnded, err)
	}
	if _, mute := errors.AsType[*state.WriteError](err); mute { // nothing more is begun, and it is told once, at the end
		return words.Errorf("%w: %w", errEnded, err)
	}
	r.tell(Event{Name: EventFailed, Key: rec.Key, ID: rec.ID, Elapsed: time.Since(begun), Err: err})
	return err
}

// compareNumbers orders the tutorial's numbers: 1.4.9 comes before 1.4.10.
func compareNumbers(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y))
	})
}

// compareKeys orders keys by their steps, and within one by the letters.
func compareKeys(a, b state.Key) int {
	return cmp.Or(compareNumbers(a.Step(), b.Step()), cmp.Compare(a, b))
}

// fromTheEnd is the order in which things are taken away: the last step first.
func fromTheEnd(a, b state.Key) int {
	return cmp.Or(compareNumbers(b.Step(), a.Step()), cmp.Compare(a, b))
}
