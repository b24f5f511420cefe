package cloud

import (
	"strings"
	"time"

	"vpclink/words"
)

// Target is what answers our calls: AWS, or something that behaves like it.
type Target struct {
	Name     string        // as in --target and in the journal
	Version  string        // what the server says of itself, "" when it does not tell
	Endpoint string        // base URL of every service; "" means AWS's own hosts, or Config.HTTP in process
	Speed    float64       // its seconds per second of ours; every interval of ours is divided by it, 0 means 1
	Settle   time.Duration // how long a call may take to show its effect; real time, so divided by Speed already
	Lag      time.Duration // how long a look may lag behind a change; real time, divided by Speed already
	Pauses   bool          // its time stands still while no command runs
	Caps     Caps          // what it lacks
	Quotas   Quotas        // how many things an account may have, nil when the target does not tell
}

// Caps is what a target lacks: action → why, one sentence about the target's name. A table and not a trial, because on an
// emulator a missing action and a crash look alike.
type Caps map[string]words.Text

// Quotas is how many things an account may have, by AWS's quota code.
type Quotas map[string]int

const (
	// AWS hides a new ID for up to 5 s, and lists lag behind deletes in the same way (aws-facts §0.1, §7).
	lag = 5 * time.Second
	// Until then the effect of a call whose answer was lost must have come to light; the rest is for a late arrival.
	settle = 30 * time.Second
)

// AWS is the real thing.
func AWS() Target {
	return Target{Name: "aws", Speed: 1, Settle: settle, Lag: lag}
}

// Simulator is the built-in target, whose time runs speed times as fast as ours. A speed of 0 or less means 1.
func Simulator(speed float64) Target {
	t := Target{Name: "sim", Speed: speed, Pauses: true}
	t.Settle, t.Lag = t.Scaled(settle), t.Scaled(lag)
	return t
}

// Lacks says why the target cannot do an action, nil when it can.
func (t Target) Lacks(action string) error {
	why, lacks := t.Caps[action]
	if !lacks {
		return nil
	}
	return words.Errorf(why, strings.TrimSpace(t.Name+" "+t.Version))
}

// Scaled turns a span of the target's time into ours: a minute is a second on a target of speed 60.
func (t Target) Scaled(d time.Duration) time.Duration {
	return time.Duration(float64(d) / t.speed())
}

func (t Target) speed() float64 {
	if t.Speed <= 0 {
		return 1
	}
	return t.Speed
}
