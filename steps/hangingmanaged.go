package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/words"
)

// An interface that AWS manages goes by itself once what it belongs to goes, some minutes later. Whose that is decides
// whether to wait for it; the interface tells what it is in its description (aws-facts §2.8).

// manager is a sort of thing that has interfaces of AWS's making. Strangers reports whether the one with this ID is
// there and somebody else's; of one that is gone the interfaces are on their way out.
type manager struct {
	kind      words.Text // a format that takes the ID
	prefix    string     // of the description; the ID follows
	strangers func(ctx context.Context, env Env, id string) (bool, error)
}

// managers are the sorts that may lie in the VPCs of a stack.
var managers = []manager{
	{"VPC endpoint %s", endpointInterface(""), func(ctx context.Context, env Env, id string) (bool, error) {
		list, err := describeEndpoints(env.EC2)(ctx, []types.Filter{filter("vpc-endpoint-id", id)})
		return slices.ContainsFunc(list, func(e types.VpcEndpoint) bool {
			return aws.ToString(e.VpcEndpointId) == id && env.owner(e.Tags) == "" && !is(e.State, "deleting") && !is(e.State, "deleted")
		}), err
	}},
	{"transit gateway attachment %s", "Network Interface for Transit Gateway Attachment ", func(ctx context.Context, env Env, id string) (bool, error) {
		list, err := describeAttachments(env.EC2)(ctx, []types.Filter{filter("transit-gateway-attachment-id", id)})
		return slices.ContainsFunc(list, func(a types.TransitGatewayAttachment) bool {
			return aws.ToString(a.TransitGatewayAttachmentId) == id && env.owner(a.Tags) == "" &&
				a.State != types.TransitGatewayAttachmentStateDeleting && a.State != types.TransitGatewayAttachmentStateDeleted
		}), err
	}},
	{"load balancer %s", nlbInterface(""), func(ctx context.Context, env Env, id string) (bool, error) {
		_, rest, _ := strings.Cut(id, "/") // "net/NAME/HASH"
		name, _, _ := strings.Cut(rest, "/")
		if env.named(name) {
			return false, nil
		}
		out, err := env.ELB.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{Names: []string{name}})
		if cloud.HasCode(err, unseenNLB...) {
			return false, nil
		}
		return err == nil && slices.ContainsFunc(out.LoadBalancers, func(b elbtypes.LoadBalancer) bool {
			return aws.ToString(b.LoadBalancerName) == name
		}), err
	}},
}

// strangers returns the stranger's thing that an interface of AWS's making belongs to; false for any other. What cannot
// be found out is not held against anybody: the interface is waited for.
func (h hanging) strangers(ctx context.Context, env Env) (hanging, bool) {
	if !h.managed {
		return h, !h.passing && env.owner(h.tags) == ""
	}
	for _, m := range managers {
		if id, is := strings.CutPrefix(h.note, m.prefix); is {
			theirs, err := m.strangers(ctx, env, id)
			return hanging{kind: m.kind, id: id}, err == nil && theirs
		}
	}
	return h, false
}
