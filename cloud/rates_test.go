package cloud

import "testing"

// Sizes of aws-facts §4.1.
func TestAllowanceOf(t *testing.T) {
	for action, want := range map[string]allowance{
		"DescribeVpcs": {100, 20},
		"GetTransitGatewayRouteTableAssociations":   {100, 20},
		"SearchTransitGatewayRoutes":                {100, 20},
		"CreateTransitGateway":                      {50, 5},
		"AuthorizeSecurityGroupIngress":             {50, 5},
		"EnableTransitGatewayRouteTablePropagation": {50, 5},
		"RunInstances":                              {5, 2},
		"TerminateInstances":                        {100, 5},
		"CreateTags":                                {100, 10},
		"CreateVpcEndpoint":                         {4, 0.3},
		"ReplaceRoute":                              {50, 5},
	} {
		if got := allowanceOf(action); got != want {
			t.Errorf("%s: want a bucket of %v, got %v", action, want, got)
		}
	}
}
