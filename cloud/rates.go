package cloud

import "strings"

// allowance is the size of one of AWS's token buckets: how many calls at once, and how many a second after that.
type allowance struct {
	capacity int
	refill   float64
}

// Reading actions, and changing ones that allowances does not name (aws-facts §4.1). The smaller bucket of describes
// without filter and page is left out: we always filter.
var (
	readingAllowance  = allowance{100, 20}
	changingAllowance = allowance{50, 5}
)

// allowances are EC2's request buckets per account, region and action where they differ (aws-facts §4.1). The further
// buckets for instances (1000) are never the narrow place, since we start one instance a call.
var allowances = map[string]allowance{
	"CreateVpcEndpoint":  {4, 0.3},
	"DeleteVpcEndpoints": {4, 0.3},
	"ModifyVpcEndpoint":  {4, 0.3},

	"CreateVpcEndpointServiceConfiguration":  {10, 1},
	"DeleteVpcEndpointServiceConfigurations": {10, 1},
	"ModifyVpcEndpointServiceConfiguration":  {10, 1},
	"AcceptVpcEndpointConnections":           {10, 1},
	"RejectVpcEndpointConnections":           {10, 1},

	"RunInstances":       {5, 2},
	"StartInstances":     {5, 2},
	"TerminateInstances": {100, 5},

	"CreateNetworkInterface":          {100, 5},
	"DeleteNetworkInterface":          {100, 5},
	"ModifyNetworkInterfaceAttribute": {100, 5},
	"AssignPrivateIpAddresses":        {100, 5},

	// ELBv2's descriptions share 40 / 10; the sizes for what changes are not published, so the same is kept to
	// (aws-facts §4.2).
	"DescribeLoadBalancers":          {40, 10},
	"DescribeTargetGroups":           {40, 10},
	"DescribeTargetHealth":           {40, 10},
	"DescribeListeners":              {40, 10},
	"DescribeLoadBalancerAttributes": {40, 10},
	"DescribeTargetGroupAttributes":  {40, 10},
	"DescribeTags":                   {40, 10},

	"CreateTags": {100, 10},
	"DeleteTags": {100, 10},
}

// allowanceOf returns the bucket of an action.
func allowanceOf(action string) allowance {
	if a, named := allowances[action]; named {
		return a
	}
	if Changing(action) {
		return changingAllowance
	}
	return readingAllowance
}

// readingPrefixes begin the names of the actions that change nothing; every other action is taken to change something.
var readingPrefixes = []string{"Describe", "Get", "Search", "List"}

// Changing reports whether an action changes something at AWS, so that it must not be sent twice blindly.
func Changing(action string) bool {
	for _, prefix := range readingPrefixes {
		if strings.HasPrefix(action, prefix) {
			return false
		}
	}
	return true
}
