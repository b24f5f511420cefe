package sim

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var groupActions = []handler{
	action("CreateSecurityGroup", changing, (*call).createSecurityGroup),
	action("DescribeSecurityGroups", reading, (*call).describeSecurityGroups),
	action("DeleteSecurityGroup", changing, (*call).deleteSecurityGroup),
}

// group is a security group of the VPC that is its parent.
type group struct {
	thing
	name, description string
}

func (c *call) createSecurityGroup(in *ec2.CreateSecurityGroupInput) (*ec2.CreateSecurityGroupOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindGroup)
	if err != nil {
		return nil, err
	}
	v, err := c.vpcOrDefault(in.VpcId)
	if err != nil {
		return nil, err
	}
	name := deref(in.GroupName)
	switch {
	case strings.EqualFold(name, "default"):
		return nil, fail("InvalidGroup.Reserved", "Cannot use reserved security group name: %s", name)
	case strings.HasPrefix(strings.ToLower(name), "sg-"):
		return nil, invalid("Invalid value '%s' for groupName. It may not be in the format sg-*", name)
	case len(name) > 255:
		return nil, invalid("Value (%s) for parameter GroupName is invalid. Character length must be between 1 and 255.", name)
	}
	twins := c.groups.in(v.id).standing(c, func(g *group) bool { return strings.EqualFold(g.name, name) })
	if len(twins) > 0 {
		return nil, fail("InvalidGroup.Duplicate", "The security group '%s' already exists for VPC '%s'", name, v.id)
	}
	have := c.groups.standing(c, all)
	if err := within(len(have), c.opts.Quotas.SecurityGroups, "SecurityGroupLimitExceeded", "security groups"); err != nil {
		return nil, err
	}
	g := c.groups.add(c.region, &group{thing: c.born(kindGroup, v.id, tags), name: name, description: deref(in.Description)})
	c.allowAllOut(g)
	return &ec2.CreateSecurityGroupOutput{
		GroupId: new(g.id), Tags: awsTags(g.tags), SecurityGroupArn: c.arn("security-group", g.id),
	}, nil
}

// vpcOrDefault is the VPC with an ID, or the default one when none is given.
func (c *call) vpcOrDefault(id *string) (*vpc, error) {
	if id != nil {
		return c.vpcs.use(c, kindVPC, id)
	}
	for _, v := range c.vpcs.standing(c, func(v *vpc) bool { return v.isDefault }) {
		return v, nil
	}
	return nil, fail("VPCIdNotSpecified", "No default VPC for this user")
}

// addDefaultGroup makes the group that a VPC has from the start: all from itself in, all out.
func (c *call) addDefaultGroup(v *vpc) *group {
	g := &group{thing: c.comesWith(&v.thing, kindGroup, nil), name: "default", description: "default VPC security group"}
	g.implicit = true
	c.groups.add(c.region, g)
	c.addRule(g, &rule{permission: permission{protocol: "-1", from: -1, to: -1, peer: g.id}})
	c.allowAllOut(g)
	return g
}

// allowAllOut adds the rule for outbound traffic that every fresh group has (aws-facts §2.5).
func (c *call) allowAllOut(g *group) {
	c.addRule(g, &rule{egress: true, permission: permission{protocol: "-1", from: -1, to: -1, cidr: "0.0.0.0/0"}})
}

func (c *call) addRule(g *group, r *rule) {
	r.thing = c.comesWith(&g.thing, kindRule, nil)
	r.implicit = true
	c.rules.add(c.region, r)
}

var groupFacets = common("group-id", "", facets[*group]{
	"vpc-id":      one(func(g *group) string { return g.parent }),
	"group-name":  one(func(g *group) string { return g.name }),
	"description": one(func(g *group) string { return g.description }),

	"ip-permission.cidr":             ofRules(false, func(r *rule) string { return r.cidr }),
	"ip-permission.ipv6-cidr":        ofRules(false, func(r *rule) string { return r.cidr6 }),
	"ip-permission.group-id":         ofRules(false, func(r *rule) string { return r.peer }),
	"ip-permission.protocol":         ofRules(false, func(r *rule) string { return r.protocol }),
	"ip-permission.from-port":        ofRules(false, func(r *rule) string { return port(r.from) }),
	"ip-permission.to-port":          ofRules(false, func(r *rule) string { return port(r.to) }),
	"egress.ip-permission.cidr":      ofRules(true, func(r *rule) string { return r.cidr }),
	"egress.ip-permission.ipv6-cidr": ofRules(true, func(r *rule) string { return r.cidr6 }),
	"egress.ip-permission.group-id":  ofRules(true, func(r *rule) string { return r.peer }),
	"egress.ip-permission.protocol":  ofRules(true, func(r *rule) string { return r.protocol }),
	"egress.ip-permission.from-port": ofRules(true, func(r *rule) string { return port(r.from) }),
	"egress.ip-permission.to-port":   ofRules(true, func(r *rule) string { return port(r.to) }),
})

// ofRules is a facet over the rules of a group in one direction.
func ofRules(egress bool, look func(*rule) string) func(*call, *group) []string {
	return func(c *call, g *group) []string {
		var values []string
		for _, r := range c.rulesOf(g) {
			if s := look(r); s != "" && r.egress == egress {
				values = append(values, s)
			}
		}
		return values
	}
}

func (c *call) describeSecurityGroups(in *ec2.DescribeSecurityGroupsInput) (*ec2.DescribeSecurityGroupsOutput, error) {
	list, err := c.groups.chosen(c, kindGroup, in.GroupIds)
	if err != nil {
		return nil, err
	}
	if len(in.GroupNames) > 0 {
		list = slices.DeleteFunc(list, func(g *group) bool { return !slices.Contains(in.GroupNames, g.name) })
		if len(list) == 0 {
			return nil, fail(kindGroup.notFound, kindGroup.missing, strings.Join(in.GroupNames, ", "))
		}
	}
	if list, err = matching(c, list, in.Filters, groupFacets); err != nil {
		return nil, err
	}
	list, next, err := page(c, list, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeSecurityGroupsOutput{NextToken: next, SecurityGroups: shown(list, c.awsGroup)}, nil
}

// deleteSecurityGroup is refused as long as an interface carries the group or another group's rule names it
// (aws-facts §2.5).
func (c *call) deleteSecurityGroup(in *ec2.DeleteSecurityGroupInput) (*ec2.DeleteSecurityGroupOutput, error) {
	if in.GroupId == nil {
		return nil, fail("MissingParameter", "The request must contain the parameter groupId")
	}
	g, err := c.groups.use(c, kindGroup, in.GroupId)
	if err != nil {
		return nil, err
	}
	if g.name == "default" {
		return nil, fail("CannotDelete", "the specified group: %q name: %q cannot be deleted by a user", g.id, g.name)
	}
	carried := c.interfaces.holding(c, func(n *netInterface) bool { return slices.Contains(n.groups, g.id) })
	named := c.rules.standing(c, func(r *rule) bool { return r.peer == g.id && r.parent != g.id })
	if len(carried)+len(named) > 0 {
		return nil, dependency("resource %s has a dependent object", g.id)
	}
	c.leave(&g.thing)
	for _, r := range c.rules.in(g.id).standing(c, all) {
		r.leaveWith(&g.life)
	}
	return &ec2.DeleteSecurityGroupOutput{Return: new(true), GroupId: new(g.id)}, nil
}

func (c *call) awsGroup(g *group) types.SecurityGroup {
	return types.SecurityGroup{
		GroupId: new(g.id), GroupName: new(g.name), Description: new(g.description), VpcId: new(g.parent), OwnerId: new(c.account),
		SecurityGroupArn: c.arn("security-group", g.id), Tags: awsTags(g.tags),
		IpPermissions: c.awsPermissions(g, false), IpPermissionsEgress: c.awsPermissions(g, true),
	}
}

// groupIDs writes groups as an interface or an instance shows them.
func (c *call) groupIDs(ids []string) []types.GroupIdentifier {
	list := []types.GroupIdentifier{}
	for _, id := range ids {
		list = append(list, types.GroupIdentifier{GroupId: new(id), GroupName: new(c.groups.byID[id].name)})
	}
	return list
}
