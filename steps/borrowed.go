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
