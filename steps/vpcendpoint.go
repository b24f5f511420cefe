package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// VPCEndpoint are the settings of an interface endpoint: one network interface in each of its subnets.
type VPCEndpoint struct {
	VPC         state.Value   `json:"vpc"`
	ServiceName state.Value   `json:"service_name"`
	Subnets     []state.Value `json:"subnets"`
	Group       state.Value   `json:"group"`
}

type vpcEndpointAPI interface {
	ec2.DescribeVpcEndpointsAPIClient
	CreateVpcEndpoint(context.Context, *ec2.CreateVpcEndpointInput, ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error)
	ModifyVpcEndpoint(context.Context, *ec2.ModifyVpcEndpointInput, ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error)
	DeleteVpcEndpoints(context.Context, *ec2.DeleteVpcEndpointsInput, ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointsOutput, error)
}

type vpcEndpoint struct{}

var _ typed[VPCEndpoint] = vpcEndpoint{}

// The words are those that AWS answers with, not the SDK's constants, which are capitalised (aws-facts §0.2).
var openStates = []string{"pendingAcceptance", "pending", "available"}

func is(s types.State, word string) bool { return strings.EqualFold(string(s), word) }

// An endpoint is ready as soon as it can be accepted. A rejected one lives on, and costs, until it is deleted
// (aws-facts §2.17).
func (vpcEndpoint) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending", "partial"}, Ready: []string{"pendingAcceptance", "available"}, Leaving: []string{"deleting", draining},
		Gone: []string{"deleted"}, Failed: []string{"rejected", "failed", "expired"},
		Typical: 35 * time.Second, Timeout: 15 * time.Minute,
	}
}

func (k vpcEndpoint) view() view[VPCEndpoint, endpoint] {
	return view[VPCEndpoint, endpoint]{
		life: k.life(), id: endpoint.id, state: endpoint.state, out: endpoint.out,
		tags:  func(e endpoint) []types.Tag { return e.Tags },
		place: func(e endpoint) Place { return Place{VPCs: []string{aws.ToString(e.VpcId)}, Subnets: e.SubnetIds} },
		diff: func(set VPCEndpoint, e endpoint) []Field {
			if len(e.SubnetIds) == 0 {
				return nil // on their way out they are left out
			}
			fields := mends(differInSubnets(set.Subnets, e.SubnetIds))
			if e.ServiceName != nil {
				fields = append(fields, anew(differ("service name", "", set.ServiceName.String(), *e.ServiceName))...)
			}
			return append(fields, differInGroups(set.Group, endpointGroups(e.Groups))...)
		},
	}
}

// By VPC: some servers have no filter for the ID. Of one that is gone, its interfaces are looked for.
func (k vpcEndpoint) observe(ctx context.Context, env Env, wants []want[VPCEndpoint]) ([]Observation, error) {
	vpc := func(set VPCEndpoint) string { return set.VPC.String() }
	seen, err := fetchByParent(ctx, wants, "vpc-id", vpc, endpoints(env))
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(k.view().match(env, wants, seen), func(o Observation) bool { return k.life().Stage(o.State).Absent() })
	left, err := drainingOf(ctx, env, without(wants, found), endpointInterface)
	return append(found, left...), err
}

// endpointInterface is the description of the interfaces of an endpoint.
func endpointInterface(id string) string { return "VPC Endpoint Interface " + id }

// A service that was just made may not be known yet, which AWS says in the same words as that it may not be used
// (aws-facts §1.3).
func (k vpcEndpoint) create(ctx context.Context, env Env, w want[VPCEndpoint]) (Observation, error) {
	var api vpcEndpointAPI = env.EC2
	out, err := api.CreateVpcEndpoint(ctx, &ec2.CreateVpcEndpointInput{
		VpcEndpointType: types.VpcEndpointTypeInterface, VpcId: aws.String(w.set.VPC.String()), ServiceName: aws.String(w.set.ServiceName.String()),
		SubnetIds: values(w.set.Subnets), SecurityGroupIds: []string{w.set.Group.String()}, PrivateDnsEnabled: aws.Bool(false),
		ClientToken: aws.String(w.Token), TagSpecifications: env.tagged(w.Record, types.ResourceTypeVpcEndpoint),
	})
	if err != nil {
		later := []string{"InvalidServiceName"}
		return Observation{}, codes{create: slices.Concat(later, unseenVPC, unseenSubnet, unseenSecurityGroup)}.taken(err)
	}
	made, err := part(out.VpcEndpoint, "making an endpoint")
	return k.view().observation(w, endpoint{VpcEndpoint: made}), err
}

func (vpcEndpoint) remove(ctx context.Context, env Env, w want[VPCEndpoint]) error {
	var api vpcEndpointAPI = env.EC2
	out, err := api.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{w.ID}})
	if err == nil {
		err = unsuccessful("DeleteVpcEndpoints", out.Unsuccessful)
	}
	return codes{}.removed(err)
}

// values are the literals of a list of settings.
func values(list []state.Value) []string {
	var texts []string
	for _, v := range list {
		texts = append(texts, v.String())
	}
	return texts
}
