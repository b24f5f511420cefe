package steps

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// Subnet are the settings of a subnet.
type Subnet struct {
	VPC        state.Value `json:"vpc"`
	CIDR       string      `json:"cidr"`
	AZID       string      `json:"az_id,omitempty"`       // an AZ *ID*, the same place in every account; "" leaves the choice to AWS
	Existing   string      `json:"existing,omitempty"`    // the ID of one that is there already
	RouteTable string      `json:"route_table,omitempty"` // and the table that it used when it was chosen
}

func (set Subnet) existing() string { return set.Existing }

// OutAZID is the entry of Out that holds a subnet's AZ ID.
const OutAZID = "az_id"

type subnetAPI interface {
	ec2.DescribeSubnetsAPIClient
	CreateSubnet(context.Context, *ec2.CreateSubnetInput, ...func(*ec2.Options)) (*ec2.CreateSubnetOutput, error)
	ModifySubnetAttribute(context.Context, *ec2.ModifySubnetAttributeInput, ...func(*ec2.Options)) (*ec2.ModifySubnetAttributeOutput, error)
	DeleteSubnet(context.Context, *ec2.DeleteSubnetInput, ...func(*ec2.Options)) (*ec2.DeleteSubnetOutput, error)
}

type subnet struct{}

var _ typed[Subnet] = subnet{}

func (subnet) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending"}, Ready: []string{"available"},
		Failed:  []string{"failed", "failed-insufficient-capacity", "unavailable"},
		Typical: 2 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k subnet) view() view[Subnet, types.Subnet] {
	return view[Subnet, types.Subnet]{
		life:  k.life(),
		id:    func(s types.Subnet) string { return aws.ToString(s.SubnetId) },
		tags:  func(s types.Subnet) []types.Tag { return s.Tags },
		state: func(s types.Subnet) (string, string) { return string(s.State), "" },
		out: func(s types.Subnet) map[string]string {
			return map[string]string{OutCIDR: aws.ToString(s.CidrBlock), OutAZID: aws.ToString(s.AvailabilityZoneId)}
		},
		diff: func(set Subnet, s types.Subnet) []Field {
			fields := differ("CIDR", "--vpcs", set.CIDR, aws.ToString(s.CidrBlock))
			if set.AZID != "" {
				fields = append(fields, differ("AZ", "--azs", set.AZID, aws.ToString(s.AvailabilityZoneId))...)
			}
			return fields
		},
		given: []given[types.Subnet]{
			{"public addresses at launch", "false", func(s types.Subnet) string {
				if aws.ToBool(s.DefaultForAz) { // it has them on; moto takes the first subnet in a zone for one
					return ""
				}
				return truth(s.MapPublicIpOnLaunch)
			}, true},
		},
	}
}

func (k subnet) observe(ctx context.Context, env Env, wants []want[Subnet]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "subnet-id", v.id, describeSubnets(env.EC2))
	return v.match(env, wants, seen), err
}

func (k subnet) create(ctx context.Context, env Env, w want[Subnet]) (Observation, error) {
	var api subnetAPI = env.EC2
	in := &ec2.CreateSubnetInput{
		VpcId:             aws.String(w.set.VPC.String()),
		CidrBlock:         aws.String(w.set.CIDR),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeSubnet),
	}
	if w.set.AZID != "" {
		in.AvailabilityZoneId = aws.String(w.set.AZID)
	}
	out, err := api.CreateSubnet(ctx, in)
	if err != nil {
		return Observation{}, codes{create: unseenVPC}.taken(err)
	}
	made, err := part(out.Subnet, "making a subnet")
	return k.view().observation(w, made), err
}

var _ typedUpdater[Subnet] = subnet{}

// update turns off again what a new subnet has off.
func (subnet) update(ctx context.Context, env Env, w want[Subnet], _ []Field) error {
	var api subnetAPI = env.EC2
	_, err := api.ModifySubnetAttribute(ctx, &ec2.ModifySubnetAttributeInput{
		SubnetId: aws.String(w.ID), MapPublicIpOnLaunch: &types.AttributeBooleanValue{Value: aws.Bool(false)},
	})
	return codes{create: unseenSubnet}.taken(err)
}

func (subnet) remove(ctx context.Context, env Env, w want[Subnet]) error {
	var api subnetAPI = env.EC2
	_, err := api.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: aws.String(w.ID)})
	return hangingOn(ctx, env, w.ID, inSubnet, codes{}.removed(err))
}

func describeSubnets(api ec2.DescribeSubnetsAPIClient) fetch[types.Subnet] {
	return func(ctx context.Context, by []types.Filter) ([]types.Subnet, error) {
		p := ec2.NewDescribeSubnetsPaginator(api, &ec2.DescribeSubnetsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeSubnetsOutput) []types.Subnet { return o.Subnets })
	}
}
