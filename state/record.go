package state

import "time"

// Phase says how far a record has come. It, never the presence of an ID, tells what happened.
type Phase string

// The phases of a record, in the order in which they come.
const (
	Intended Phase = "intended" // written before the call that creates; whether AWS took it is open
	Created  Phase = "created"  // AWS has taken it; ID known; not ready yet
	Ready    Phase = "ready"    // in the state that others need; Out known
	Deleting Phase = "deleting" // written before the call that deletes
	Gone     Phase = "gone"     // seen gone, or forgotten because it was never ours
	Failed   Phase = "failed"   // AWS refused it or let it fail; Reason says why
	Skipped  Phase = "skipped"  // the target cannot do it; Reason says why
)

// Record is one line of the journal: all that is known of one resource at one moment.
// The last line of a key is what holds.
type Record struct {
	N        int               `json:"n"`                  // number of the line, from 1
	Key      Key               `json:"key"`                //
	Phase    Phase             `json:"phase,omitempty"`    // "" for the journal's own records
	Scope    int               `json:"scope,omitempty"`    // index into the header's scopes
	ID       string            `json:"id,omitempty"`       // AWS's ID, or the natural key where AWS gives none
	Owned    bool              `json:"owned,omitempty"`    // made by vpclink: down takes it away
	Token    string            `json:"token,omitempty"`    // the same for every try to make the same thing
	Unclear  bool              `json:"unclear,omitempty"`  // an answer was lost on the way: there may be a second one
	Settings Settings          `json:"settings,omitempty"` // resolved
	Needs    []Key             `json:"needs,omitempty"`    // must be ready before it, and gone after it
	Out      map[string]string `json:"out,omitempty"`      // what others need of it
	Reason   string            `json:"reason,omitempty"`   // why it failed or was skipped
	Time     time.Time         `json:"time"`               // when the line was written
	Sum      string            `json:"sum"`                // checksum chained to the line before
}

// Present reports whether something of the record may still be there.
func (r Record) Present() bool { return r.Phase != Gone && r.Phase != Skipped && r.Phase != "" }
