package provision

// directions are all ordered pairs of VPCs: from the first to the second.
func directions(vpcs []*VPC) [][2]*VPC {
	var list [][2]*VPC
	for _, from := range vpcs {
		for _, to := range vpcs {
			if from != to {
				list = append(list, [2]*VPC{from, to})
			}
		}
	}
	return list
}

// pairs are all unordered pairs, each ordered by name: the same pair whatever the order in which the VPCs are named.
func pairs(vpcs []*VPC) [][2]*VPC {
	var list [][2]*VPC
	for _, pair := range directions(vpcs) {
		if pair[0].Name < pair[1].Name {
			list = append(list, pair)
		}
	}
	return list
}

// link is the name of what connects two VPCs: "a:b", whichever comes first.
func link(a, b *VPC) string { return min(a.Name, b.Name) + ":" + max(a.Name, b.Name) }
