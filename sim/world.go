// Package sim is AWS in memory behind AWS's own wire protocol: an http.Handler, and an HTTPClient for the SDK, that
// speaks EC2, Elastic Load Balancing and STS. It is the target on which labs are tried without an account, and the
// truth that the rest of vpclink is tested against, so it behaves as AWS does where that hurts: states change with
// time, new IDs stay hidden for a while, deleted things are still shown, deletes are refused as long as something
// depends on them, requests run out of tokens.
//
// Times are computed, never waited for: every thing holds the moments of its life, and what a call sees follows from
// them and the world's clock. All chance comes from the seed and the number of the changing call. So a list of the
// changing calls with their times is the world, and is what is kept on disk.
package sim

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"
)

// DefaultAccount is the account of an access key that does not name one. A key of 12 digits names its account.
const DefaultAccount = "000000000000"

// World is AWS as its accounts have it. Its methods may be called at the same time.
type World struct {
	opts Options
	turn chan struct{} // held by the changing call that is running, hooks included

	mu       sync.Mutex
	clock    clock
	regions  map[place]*region
	buckets  map[bucketKey]*bucket
	changes  []change // executed so far, those before base left out
	started  time.Time
	base     int    // changing calls that a file begun anew no longer holds
	requests uint64 // reads answered; their request IDs come from it
	log      callLog
	faults   []*plannedFault
	file     *file // nil in memory
	broken   error // the file could not be written: nothing more is answered
}

// New makes a world in memory. Its clock starts at time.Now().
func New(opts Options) *World { return newWorld(opts, time.Now()) }

func newWorld(opts Options, at time.Time) *World {
	opts.Quotas = opts.Quotas.orRaised()
	return &World{
		opts:    opts,
		turn:    make(chan struct{}, 1),
		clock:   newClock(at, opts.speed()),
		started: at.Round(0).UTC(),
		regions: map[place]*region{},
		buckets: map[bucketKey]*bucket{},
	}
}

// Now is the world's time.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock.now()
}

// Changes is the number of changing calls executed so far. Those that AWS refused in the end count; those that were
// throttled, malformed or a dry run do not.
func (w *World) Changes() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.base + len(w.changes)
}

func (w *World) region(p place) *region {
	r := w.regions[p]
	if r == nil {
		r = newRegion(p, w.opts.Seed)
		w.regions[p] = r
	}
	return r
}

// places lists the regions that were looked at, in order.
func (w *World) places() []place {
	return slices.SortedFunc(maps.Keys(w.regions), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.region, b.region))
	})
}
