package provision

import (
	"strings"

	"vpclink/steps"
)

// listSubnets shows what there is to choose among, a line each: ID, block, AZ, name, and the instances in it.
func (b borrowed) listSubnets() string {
	var lines []string
	for _, s := range b.has.Subnets {
		line := []string{"", s.ID, s.Block, s.AZID}
		if s.Name != "" {
			line = append(line, s.Name)
		}
		for _, i := range b.has.Instances {
			if i.Subnet == s.ID {
				line = append(line, i.ID)
			}
		}
		lines = append(lines, strings.Join(line, "  "))
	}
	return strings.Join(lines, "\n")
}

// listInstances shows the same of instances: ID, state, address, subnet, name.
func (b borrowed) listInstances(list []steps.ExistingInstance) string {
	var lines []string
	for _, i := range list {
		line := []string{"", i.ID, i.State, i.PrivateIP, i.Subnet}
		if i.Name != "" {
			line = append(line, i.Name)
		}
		lines = append(lines, strings.Join(line, "  "))
	}
	return strings.Join(lines, "\n")
}
