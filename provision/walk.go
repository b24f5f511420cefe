package provision

import (
	"context"
	"errors"
	"time"

	"vpclink/state"
	"vpclink/words"
)

// node is one resource on the walk, and the nodes that must be done before it. What is no node of the walk counts as
// done.
type node struct {
	key   state.Key
	needs []state.Key
}

// BlockedError says that a resource was not touched because one it needs failed.
type BlockedError struct{ By state.Key }

var _ error = (*BlockedError)(nil)

func (e *BlockedError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *BlockedError) Say(l words.Language) string { return l.Say("not begun, since %s failed", e.By) }

// errEnded is a resource that was not finished, or not begun, because the run was ended.
var errEnded = words.New("the run was ended")

// walk does every node the moment all it needs are done: counts trigger, there are no waves, and no place is taken
// while something waits. A failure blocks only what needs the failed node. Once ctx has ended nothing new begins, and
// walk returns when all that had begun has ended. The errors are by key; a node without one is done.
func walk(ctx context.Context, nodes []node, do func(context.Context, state.Key) error) map[state.Key]error {
	w := walker{ctx: ctx, do: do, open: map[state.Key]int{}, followers: followers(nodes), errs: map[state.Key]error{}, done: make(chan ended)}
	inWalk := map[state.Key]bool{}
	for _, n := range nodes {
		inWalk[n.key] = true
	}
	for _, n := range nodes {
		for _, need := range n.needs {
			if inWalk[need] {
				w.open[n.key]++
			}
		}
	}
	for _, n := range nodes {
		if w.open[n.key] == 0 {
			w.begin(n.key)
		}
	}
	for w.running > 0 {
		w.end(<-w.done)
	}
	return w.errs
}

type ended struct {
	key state.Key
	err error
}

type walker struct {
	ctx       context.Context //nolint:containedctx // lives as long as the call of walk
	do        func(context.Context, state.Key) error
	open      map[state.Key]int // needs that are not done
	followers map[state.Key][]state.Key
	errs      map[state.Key]error
	done      chan ended
	running   int
}

func (w *walker) begin(key state.Key) {
	if w.ctx.Err() != nil {
		w.fail(key, errEnded)
		return
	}
	w.running++
	go func() { w.done <- ended{key, w.do(w.ctx, key)} }()
}

func (w *walker) end(e ended) {
	w.running--
	if e.err != nil {
		w.fail(e.key, e.err)
		return
	}
	for _, f := range w.followers[e.key] {
		w.open[f]--
		if _, failed := w.errs[f]; w.open[f] == 0 && !failed {
			w.begin(f)
		}
	}
}

// fail notes an error and blocks all that needs the node, near and far.
func (w *walker) fail(key state.Key, err error) {
	w.errs[key] = err
	for _, f := range w.followers[key] {
		if _, failed := w.errs[f]; failed {
			continue
		}
		if errors.Is(err, errEnded) {
			w.fail(f, errEnded)
		} else {
			w.fail(f, &BlockedError{By: key})
		}
	}
}

// followers are the nodes that need each node.
func followers(nodes []node) map[state.Key][]state.Key {
	list := map[state.Key][]state.Key{}
	for _, n := range nodes {
		for _, need := range n.needs {
			list[need] = append(list[need], n.key)
		}
	}
	return list
}

// reversed turns the edges round: what was needed now needs.
func reversed(nodes []node) []node {
	back := followers(nodes)
	turned := make([]node, 0, len(nodes))
	for _, n := range nodes {
		turned = append(turned, node{n.key, back[n.key]})
	}
	return turned
}

// remaining returns how long the longest way from each node's beginning to the end of the walk is, by what the nodes
// typically take.
func remaining(nodes []node, typical func(state.Key) time.Duration) map[state.Key]time.Duration {
	next, left := followers(nodes), map[state.Key]time.Duration{}
	var from func(state.Key) time.Duration
	from = func(key state.Key) time.Duration {
		if d, ok := left[key]; ok {
			return d
		}
		var longest time.Duration
		for _, f := range next[key] {
			longest = max(longest, from(f))
		}
		left[key] = typical(key) + longest
		return left[key]
	}
	for _, n := range nodes {
		from(n.key)
	}
	return left
}
