package sim

import "time"

// clock is a world's time. It runs from the moment at which it was set, speed times as fast as real time.
type clock struct {
	world  time.Time // what it showed …
	real   time.Time // … at this moment; zero while it stands still
	speed  float64
	frozen bool
}

func newClock(at time.Time, speed float64) clock {
	return clock{world: at.Round(0).UTC(), real: time.Now(), speed: speed}
}

// now never goes back, as time.Since reads the monotonic clock.
func (c *clock) now() time.Time {
	if c.frozen {
		return c.world
	}
	return c.world.Add(time.Duration(float64(time.Since(c.real)) * c.speed))
}

// freeze stops the clock at a moment: recorded calls are replayed at the time at which they were made.
func (c *clock) freeze(at time.Time) { c.world, c.frozen = at.Round(0).UTC(), true }

// run lets it go on from a moment.
func (c *clock) run(at time.Time) {
	c.world, c.real, c.frozen = at.Round(0).UTC(), time.Now(), false
}

// wall says how long the world's duration takes outside.
func (c *clock) wall(d time.Duration) time.Duration { return time.Duration(float64(d) / c.speed) }
