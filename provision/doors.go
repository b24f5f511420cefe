package provision

import (
	"sort"
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
	for _, rec := range records {
		if rec.Key.Kind() != steps.KindVPCEndpoint || rec.Phase != state.Ready || rec.Out[steps.OutDNSName] == "" {
			continue
		}
		from, to, _ := strings.Cut(rec.Key.Name(), ":")
		doors = append(doors, Door{from, to, rec.Out[steps.OutDNSName], strings.Split(rec.Out[steps.OutAddresses], ","), port})
	}
	sort.Slice(doors, func(i, j int) bool { return doors[i].From+":"+doors[i].To < doors[j].From+":"+doors[j].To })
	return doors
}
