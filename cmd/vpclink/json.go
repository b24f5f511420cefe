package main

import (
	"encoding/json"
	"slices"
	"sort"
	"time"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// formVersion is the major version of every JSON result. Fields may be added within it; none changes its meaning.
const formVersion = 1

// statusJSON is the result of status, and with Result that of up.
type statusJSON struct {
	Version   int            `json:"vpclink"`
	Stack     string         `json:"stack"`
	Lineage   string         `json:"lineage"`
	Pattern   string         `json:"pattern"`
	Target    string         `json:"target"`
	Endpoint  string         `json:"endpoint"`
	State     string         `json:"state"`
	Expires   time.Time      `json:"expires,omitzero"`
	Steps     []stepJSON     `json:"steps"`
	Resources []resourceJSON `json:"resources"`
	Result    *resultJSON    `json:"result,omitempty"`
	Cost      *billJSON      `json:"cost,omitempty"` // not of what only tags told
}

type stepJSON struct {
	Number string     `json:"number"`
	Title  words.Text `json:"title"`
	State  string     `json:"state"`
}

type resourceJSON struct {
	Key     state.Key         `json:"key"`
	Step    string            `json:"step"`
	Kind    string            `json:"kind"`
	Name    string            `json:"name"`
	Account string            `json:"account"`
	Region  string            `json:"region"`
	Phase   state.Phase       `json:"phase"`
	ID      string            `json:"id"`
	Owned   bool              `json:"owned"`
	Out     map[string]string `json:"out"`
	Reason  string            `json:"reason,omitempty"`   // why it failed or was skipped
	Action  provision.Action  `json:"action,omitempty"`   // of plan: what up would do about it
	InPlace bool              `json:"in_place,omitempty"` // of plan: it is not made anew for that
	Drift   *[]driftJSON      `json:"drift,omitempty"`    // of status --live: in what it is not as recorded
}

type resultJSON struct {
	Made      int        `json:"made"`
	Adopted   int        `json:"adopted"`
	Unchanged int        `json:"unchanged"`
	Seconds   float64    `json:"seconds"`
	Kept      []string   `json:"kept,omitempty"` // VPCs of the stack that --vpcs does not name
	Pruned    int        `json:"pruned,omitempty"`
	Left      []leftJSON `json:"left,omitempty"` // what --prune could not take away
	Warnings  []string   `json:"warnings,omitempty"`
}

// statusOf puts a stack's status together, with what it has cost until now. Lists and maps are never null.
func statusOf(s *stack, now time.Time) *statusJSON {
	h, st := s.Header(), s.status()
	out := &statusJSON{
		Version: formVersion, Stack: h.Stack, Lineage: h.Lineage, Pattern: h.Pattern, Target: h.Target, Endpoint: h.Endpoint,
		State: st.State, Expires: s.expires().At, Steps: []stepJSON{}, Resources: []resourceJSON{}, Cost: s.billed(now).json(),
	}
	for _, step := range st.Steps {
		out.Steps = append(out.Steps, stepJSON(step))
	}
	for _, rec := range st.Resources {
		row := resourceJSON{
			Key: rec.Key, Step: rec.Key.Step(), Kind: rec.Key.Kind(), Name: rec.Key.Name(),
			Phase: rec.Phase, ID: rec.ID, Owned: rec.Owned, Out: rec.Out, Reason: rec.Reason,
		}
		if rec.Scope < len(h.Scopes) {
			row.Account, row.Region = h.Scopes[rec.Scope].Account, h.Scopes[rec.Scope].Region
		}
		if row.Out == nil {
			row.Out = map[string]string{}
		}
		out.Resources = append(out.Resources, row)
	}
	return out
}

// downJSON is the result of down.
type downJSON struct {
	Version   int        `json:"vpclink"`
	Stack     string     `json:"stack"`
	Removed   int        `json:"removed"`
	Forgotten int        `json:"forgotten"`
	Left      []leftJSON `json:"left"`
	Seconds   float64    `json:"seconds"`
	Cost      *billJSON  `json:"cost,omitempty"` // not of what only tags told
}

type leftJSON struct {
	Key    state.Key `json:"key"`
	ID     string    `json:"id"`
	Reason string    `json:"reason"`
}

func downOf(name string, r provision.Result, cost *billJSON) downJSON {
	return downJSON{formVersion, name, r.Removed, r.Forgotten, leftOf(r), ui.Seconds(r.Took), cost}
}

// leftOf lists what a run could not take away, by key; never null.
func leftOf(r provision.Result) []leftJSON {
	list := []leftJSON{}
	for _, l := range inOrder(r.Left) {
		list = append(list, leftJSON{l.Key, l.ID, provision.Reason(l.Err)})
	}
	return list
}

// inOrder sorts what is left by its key.
func inOrder(left []provision.Left) []provision.Left {
	list := slices.Clone(left)
	sort.Slice(list, func(i, j int) bool { return list[i].Key < list[j].Key })
	return list
}

// listJSON is the result of list.
type listJSON struct {
	Version int         `json:"vpclink"`
	Stacks  []stackJSON `json:"stacks"`
}

type stackJSON struct {
	Stack   string    `json:"stack"`
	Lineage string    `json:"lineage"`
	Pattern string    `json:"pattern"`
	Target  string    `json:"target"`
	State   string    `json:"state"`
	VPCs    []string  `json:"vpcs"`
	Created time.Time `json:"created,omitzero"` // not told by tags
	Expires time.Time `json:"expires,omitzero"`
	Cost    *billJSON `json:"cost,omitempty"` // not told by tags
}

// printJSON writes a result as one line of JSON.
func (a *app) printJSON(v any) error {
	out := json.NewEncoder(a.stdout)
	out.SetEscapeHTML(false) // it goes to scripts, not into a page
	if err := out.Encode(v); err != nil {
		return words.Errorf("writing the result: %w", err)
	}
	return nil
}
