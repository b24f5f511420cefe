package provision

import (
	"time"

	"vpclink/sim"
)

// keptOrdeals are the ordeals in which something went wrong once, as small as rapid made them.
var keptOrdeals = map[string]ordeal{
	"the target of an instance that was terminated stays registered": {Lab: 3, Seed: 9, Acts: []act{
		{Do: "up", VPCs: []string{"a", "d"}, Hand: []touch{{"untag", 1}, {"delete", 1}}},
		{Do: "up", VPCs: []string{"a", "b"}, Hand: []touch{{"delete", 0}}, Kill: 17},
	}},
	"the block of what could not be pruned goes to another": {Lab: 0, Seed: 2, Acts: []act{
		{Do: "up", VPCs: []string{"a", "b"}, End: time.Millisecond},
		{Do: "prune", VPCs: []string{"a", "d"}, Strange: 2, Weather: []sim.Fault{
			{Kind: sim.ErrorAfter, Nth: 43, Times: 2, Status: 500},
			{Kind: sim.Refuse, Action: "RunInstances", Nth: 1, Times: 3, Code: "InsufficientInstanceCapacity"},
			{Kind: sim.Refuse, Nth: 6, Times: 2, Code: "DependencyViolation", Status: 400},
		}},
	}},
}
