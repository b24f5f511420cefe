package provision

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"vpclink/cloud"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// notebook is a journal in memory, so that a test can keep it as it was at any moment. That the real one loses nothing
// of what it said it wrote is tested in state.
type notebook struct {
	mu            sync.Mutex
	lines         []state.Record
	fold          []state.Record           // the last line of each key
	at            map[state.Key]int        // where it stands in fold
	before, after func(state.Record) error // nil: nothing
}

func (n *notebook) Append(recs ...state.Record) error {
	for _, rec := range recs {
		if n.before != nil {
			if err := n.before(rec); err != nil {
				return err
			}
		}
		rec.Time = time.Now()
		n.mu.Lock()
		rec.N = len(n.lines) + 2
		n.write(rec)
		n.mu.Unlock()
		if n.after != nil {
			if err := n.after(rec); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *notebook) Record(key state.Key) (state.Record, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if i, ok := n.at[key]; ok {
		return n.fold[i], true
	}
	return state.Record{}, false
}

func (n *notebook) write(rec state.Record) {
	n.lines = append(n.lines, rec)
	if i, ok := n.at[rec.Key]; ok {
		n.fold[i] = rec
		return
	}
	if n.at == nil {
		n.at = map[state.Key]int{}
	}
	n.at[rec.Key] = len(n.fold)
	n.fold = append(n.fold, rec)
}

func (n *notebook) Records() []state.Record {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.fold)
}

// cut returns the lines so far, at no cost: no line is ever changed. It is good for copies alone.
func (n *notebook) cut() *notebook {
	n.mu.Lock()
	defer n.mu.Unlock()
	return &notebook{lines: slices.Clip(n.lines)}
}

// copy returns the notebook as it is now, without its hooks.
func (n *notebook) copy() *notebook {
	n.mu.Lock()
	defer n.mu.Unlock()
	copied := &notebook{}
	for _, rec := range n.lines {
		copied.write(rec)
	}
	return copied
}

// lab is one stack on a simulated account.
type lab struct {
	t       testing.TB
	world   *sim.World
	journal *notebook
	stack   string
	pattern Pattern
	edit    func(*Request) // what the request asks beyond names; nil: nothing
	order   Order
	events  func(Event)
	tokens  *atomic.Int64
	pace    waiters.Pace
	settle  time.Duration
	kinds   map[string]steps.Kind
	lineage string          // "": one for each name of a stack
	http    aws.HTTPClient  // between the SDK and the world
	others  map[string]bool // IDs of what is somebody else's
}

// seldom is a pace for labs that are not measured: as close as AWS's own at first, while new IDs are hidden, and ever wider
// later. What a lab comes to hangs on the order of events and not on how soon each is seen, and looks are most of the
// work of a test. TestTheLabTakesNoLongerThanItsLongestPath holds the pace that runs have.
func seldom() waiters.Pace {
	pace := waiters.DefaultPace(1)
	pace.Share, pace.Most = 0.3, 3*pace.Most
	return pace
}

func newLab(tb testing.TB, opts sim.Options) *lab {
	tb.Helper()
	return &lab{t: tb, world: sim.New(opts), journal: &notebook{}, stack: "tgw", pattern: TransitGateway(), tokens: &atomic.Int64{}, kinds: steps.Kinds(), pace: seldom(), settle: cloud.AWS().Settle}
}

// anew is a pattern of the lab's own, since one makes one plan at a time.
func anew(p Pattern) Pattern {
	found, _ := Find(p.Name)
	return found
}

// runner connects the lab through the real SDK.
func (l *lab) runner(ctx context.Context) (*Runner, steps.Env) {
	l.t.Helper()
	target := cloud.Simulator(1)
	var wire aws.HTTPClient = l.world
	if l.http != nil {
		wire = l.http
	}
	account, err := cloud.Connect(ctx, cloud.Config{Target: target, HTTP: wire, Jitter: func() float64 { return 0.5 }})
	if err != nil {
		l.t.Fatalf("connecting to the simulator: %v", err)
	}
	lineage := l.lineage
	if lineage == "" {
		lineage = "3f1c2d4e-0000-4000-8000-" + fmt.Sprintf("%012x", len(l.stack)*7919+int(l.stack[0]))
	}
	env := steps.Env{
		EC2: account.EC2, ELB: account.ELB, Target: target,
		Scope: state.Scope{Account: account.Number, Region: account.Region},
		Stack: steps.Stack{Name: l.stack, Lineage: lineage, Pattern: l.pattern.Name},
	}
	return NewRunner(Config{
		Kinds: l.kinds, Makes: l.pattern.Kinds(), Pattern: l.pattern, Envs: []steps.Env{env}, Journal: l.journal, Events: l.events, Order: l.order,
		Token:  func() string { return fmt.Sprintf("token-%s-%d", l.stack, l.tokens.Add(1)) },
		Settle: l.settle, Pace: l.pace, Speed: 1, Since: time.Now(),
	}), env
}

func (l *lab) up(ctx context.Context, vpcs ...string) (Result, error) {
	l.t.Helper()
	runner, p, err := l.planned(ctx, vpcs...)
	if err != nil {
		return Result{}, err
	}
	return runner.Up(ctx, p)
}

func (l *lab) planned(ctx context.Context, vpcs ...string) (*Runner, *Plan, error) {
	l.t.Helper()
	runner, env := l.runner(ctx)
	r := request(vpcs...)
	r.Stack, r.Pattern = l.stack, l.pattern
	if l.edit != nil {
		l.edit(&r)
	}
	azs, err := steps.Zones(ctx, env, r.InstanceType())
	if err != nil {
		return nil, nil, err
	}
	if r, err = r.Survey(ctx, env, l.journal.Records()); err != nil {
		return nil, nil, err
	}
	p, err := NewPlan(r, l.journal.Records(), azs)
	return runner, p, err
}

func (l *lab) down(ctx context.Context) (Result, error) {
	l.t.Helper()
	runner, _ := l.runner(ctx)
	return runner.Down(ctx)
}

// mustUp brings the lab up, or ends the test.
func (l *lab) mustUp(vpcs ...string) Result {
	l.t.Helper()
	result, err := l.up(l.t.Context(), vpcs...)
	if err != nil {
		l.t.Fatalf("up %v: %v", vpcs, err)
	}
	return result
}

func (l *lab) mustDown() Result {
	l.t.Helper()
	result, err := l.down(l.t.Context())
	if err != nil {
		l.t.Fatalf("down: %v", err)
	}
	return result
}

// changes counts the changing calls that AWS executed or refused.
func (l *lab) changes() int {
	n := 0
	for _, c := range l.world.Calls() {
		if c.Changing {
			n++
		}
	}
	return n
}

// left lists what lives in the account, as kind and name or ID.
func (l *lab) left() []string {
	var list []string
	for _, o := range l.world.Objects() {
		list = append(list, o.Kind+" "+o.ID)
	}
	slices.Sort(list)
	return list
}
