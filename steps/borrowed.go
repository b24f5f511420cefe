package steps

import (
	"encoding/json"

	"vpclink/state"
)

// existing is what the settings have of a kind of which one that is there already can be used: its ID, "" when one shall
// be made.
type existing interface{ existing() string }

// existingOf returns the ID of what is there already and shall be used, "" when the settings ask for a thing to be made.
func existingOf(set any) string {
	if e, ok := set.(existing); ok {
		return e.existing()
	}
	return ""
}

// Borrowed returns the ID of what is there already and shall be used, never changed and never deleted; "" when these
// settings ask for a thing to be made.
func Borrowed(settings state.Settings) string {
	var set struct {
		Existing string `json:"existing"`
	}
	if json.Unmarshal(settings, &set) != nil {
		return ""
	}
	return set.Existing
}

// changedBy is which of its settings an act changes: the one that names it. A wait changes nothing.
var changedBy = map[string]string{
	KindVPCDNSHostnames: "vpc", KindVPCPeeringAccept: "peering", KindVPCPeeringDNS: "peering", KindNLBCrossZone: "nlb", KindEndpointAccept: "endpoint",
}

// Changed returns the ID of what an act with these settings changes, "" for a kind that makes a thing of its own, and for
// a wait.
func Changed(kind string, settings state.Settings) string {
	var set map[string]json.RawMessage
	var id string
	if json.Unmarshal(settings, &set) != nil || json.Unmarshal(set[changedBy[kind]], &id) != nil {
		return ""
	}
	return id
}
