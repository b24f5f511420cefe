package sim

import (
	"regexp"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var servicePermissionActions = []handler{
	action("ModifyVpcEndpointServicePermissions", changing, (*call).modifyServicePermissions),
	action("DescribeVpcEndpointServicePermissions", reading, (*call).describeServicePermissions),
}

// servicePermission lets somebody use the endpoint service that is its parent.
type servicePermission struct {
	thing
	principal string
}

var principalPattern = regexp.MustCompile(`^(\*|arn:aws:iam::[0-9]{12}:(root|user/.+|role/.+))$`)

// modifyServicePermissions adds and takes away, all or nothing. A principal that is there already, or not there, is
// passed over.
func (c *call) modifyServicePermissions(in *ec2.ModifyVpcEndpointServicePermissionsInput) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error) {
	s, err := c.services.use(c, kindService, in.ServiceId)
	if err != nil {
		return nil, err
	}
	for _, p := range in.AddAllowedPrincipals {
		if !principalPattern.MatchString(p) {
			return nil, fail("InvalidPrincipal", "The principal '%s' is not valid", p)
		}
	}
	of := func(principal string) []*servicePermission {
		return c.principals.in(s.id).standing(c, func(p *servicePermission) bool { return p.principal == principal })
	}
	out := &ec2.ModifyVpcEndpointServicePermissionsOutput{ReturnValue: new(true), AddedPrincipals: []types.AddedPrincipal{}}
	for _, principal := range in.AddAllowedPrincipals {
		if len(of(principal)) > 0 {
			continue
		}
		p := c.principals.add(c.region, &servicePermission{thing: c.born(kindServicePermission, s.id, nil), principal: principal})
		out.AddedPrincipals = append(out.AddedPrincipals, types.AddedPrincipal{
			Principal: new(principal), PrincipalType: p.principalType(), ServiceId: new(s.id), ServicePermissionId: new(p.id),
		})
	}
	for _, principal := range in.RemoveAllowedPrincipals {
		for _, p := range of(principal) {
			c.leave(&p.thing)
		}
	}
	return out, nil
}

func (p *servicePermission) principalType() types.PrincipalType {
	switch kind := principalPattern.FindStringSubmatch(p.principal)[2]; {
	case kind == "":
		return types.PrincipalTypeAll
	case kind == "root":
		return types.PrincipalTypeAccount
	case kind[:4] == "user":
		return types.PrincipalTypeUser
	}
	return types.PrincipalTypeRole
}

var servicePermissionFacets = facets[*servicePermission]{
	"principal":      one(func(p *servicePermission) string { return p.principal }),
	"principal-type": one(func(p *servicePermission) string { return string(p.principalType()) }),
}

func (c *call) describeServicePermissions(
	in *ec2.DescribeVpcEndpointServicePermissionsInput,
) (*ec2.DescribeVpcEndpointServicePermissionsOutput, error) {
	s, err := c.services.read(c, kindService, in.ServiceId)
	if err != nil {
		return nil, err
	}
	list, err := matching(c, c.principals.in(s.id).seen(c), in.Filters, servicePermissionFacets)
	if err != nil {
		return nil, err
	}
	list, next, err := page(c, list, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcEndpointServicePermissionsOutput{
		NextToken: next, AllowedPrincipals: shown(list, func(p *servicePermission) types.AllowedPrincipal {
			return types.AllowedPrincipal{
				Principal: new(p.principal), PrincipalType: p.principalType(), ServiceId: new(p.parent), ServicePermissionId: new(p.id),
				Tags: awsTags(p.tags),
			}
		}),
	}, nil
}
