package provision

import (
	"time"

	"vpclink/state"
)

// EventName is what happened.
type EventName string

// The events, as they stand in the JSON stream.
const (
	EventPlanned  EventName = "planned"  // the run begins; Count resources are on its way
	EventStarted  EventName = "started"  // AWS was asked to make it
	EventState    EventName = "state"    // AWS shows another state
	EventReady    EventName = "ready"    // seen in the state that others need
	EventAdopted  EventName = "adopted"  // found, not ours, used
	EventDrifted  EventName = "drifted"  // not as the journal says: gone, or different
	EventSkipped  EventName = "skipped"  // the target cannot do it
	EventFailed   EventName = "failed"   //
	EventBlocked  EventName = "blocked"  // not begun, since something it needs failed
	EventDeleting EventName = "deleting" // AWS was asked to take it away
	EventGone     EventName = "gone"     // seen gone
	EventDone     EventName = "done"     // the run is over
)

// Event is one thing that happened in a run. Progress displays live on events alone.
type Event struct {
	Time      time.Time
	Name      EventName
	Key       state.Key // "" for events of the whole run
	ID, State string
	Elapsed   time.Duration // since the resource, or the run, began
	Count     int           // planned: how many resources
	Planned   []Planned     // planned: these resources, by step; the last step first on the way down
	Err       error
}

// Planned is what is known of one resource before a run begins.
type Planned struct {
	Key   state.Key
	Needs []state.Key   // what comes before it in this run
	Left  time.Duration // real time that the longest way from its beginning to the end of the run usually takes
	Done  bool          // nothing is left to do, by the journal: events come only when AWS shows otherwise
}
