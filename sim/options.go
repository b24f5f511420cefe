package sim

import "time"

// Options say how a world behaves. The zero value is AWS at its usual pace, with raised quotas.
type Options struct {
	Speed     float64   // seconds of the world in one second; 0 means 1
	Durations Durations // how long AWS takes for a thing
	Scale     float64   // factor on every duration and on the time an ID is hidden, not on tombstones; 0 means 1
	NoDelay   bool      // Scale 0: everything is there at once
	Seed      uint64    // of all that is random: IDs, durations under Spread
	Quotas    Quotas    // a field that is 0 has the value of QuotasRaised
	NoLimits  bool      // no request buckets: nothing is ever throttled, unless by a Fault

	// Before and After are called around each changing call, one call at a time, with no lock held. What they see
	// is the call's number, time, account, region and action, After also the code and the request ID. An error from
	// Before keeps the call from having any effect; an error from either reaches the client as a broken connection.
	// They must not wait for another changing call.
	Before func(Call) error
	After  func(Call) error
}

// Durations says which durations of the table in durations.go are taken.
type Durations int

// The durations to choose from.
const (
	Typical Durations = iota // every thing takes as long as it mostly does
	Spread                   // every thing draws from its range, mostly near the typical
)

// speed is Speed with its default.
func (o *Options) speed() float64 {
	if o.Speed == 0 {
		return 1
	}
	return o.Speed
}

// scaled applies Scale to a duration.
func (o *Options) scaled(d time.Duration) time.Duration {
	switch {
	case o.NoDelay:
		return 0
	case o.Scale == 0:
		return d
	}
	return time.Duration(float64(d) * o.Scale)
}
