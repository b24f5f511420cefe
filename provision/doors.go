package provision

import (
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/steps"
)

// Door is where one VPC is reached from another by a name of its own: what to type into an RDP client there.
type Door struct {
	From, To  string // VPCs
	Name      string // DNS
	Addresses []string
	Port      int
}

// Doors returns the endpoints of a stack that can be used, by name; nil when it has none.
func Doors(records []state.Record) []Door {
	var doors []Door
	known := map[string]bool{}
	// The acceptance knows the names of an endpoint; where the target cannot accept, the endpoint itself does.
	for _, kind := range []string{steps.KindEndpointAccept, steps.KindVPCEndpoint} {
		for _, rec := range records {
			name := rec.Key.Name()
			if rec.Key.Kind() != kind || rec.Phase != state.Ready || rec.Out[steps.OutDNSName] == "" || known[name] {
				continue
			}
			known[name] = true
			from, to, _ := strings.Cut(name, ":")
			doors = append(doors, Door{from, to, rec.Out[steps.OutDNSName], strings.Split(rec.Out[steps.OutAddresses], ","), port})
		}
	}
	slices.SortFunc(doors, func(a, b Door) int { return strings.Compare(a.From+":"+a.To, b.From+":"+b.To) })
	return doors
}
