package ui

import (
	"vpclink/provision"
	"vpclink/words"
)

// eventWords are what a resource's events are called where AWS has no word.
var eventWords = map[provision.EventName]words.Text{
	provision.EventStarted: "started", provision.EventReady: endReady, provision.EventAdopted: endAdopted,
	provision.EventDrifted: "drifted", provision.EventSkipped: endSkipped, provision.EventFailed: "failed",
	provision.EventDeleting: "deleting", provision.EventGone: endGone,
}

// ownStates are what the runner says in the place of AWS's word.
var ownStates = map[string]words.Text{"gone": endGone, "twin": "twin"}

// stateOf is the state that an event shows: AWS's word as it is, ours in the language.
func stateOf(l words.Language, e provision.Event) string {
	if e.State == "" {
		return l.In(eventWords[e.Name])
	}
	if own, ok := ownStates[e.State]; ok {
		return l.In(own)
	}
	return e.State
}
