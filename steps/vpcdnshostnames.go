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

// VPCDNSHostnames are the settings of DNS host names in a VPC, off in a new one (aws-facts §2.1). DNS resolution over a
// peering needs them on both sides. Its ID is the VPC's.
type VPCDNSHostnames struct {
	VPC state.Value `json:"vpc"`
}

type vpcDNSHostnamesAPI interface {
	DescribeVpcAttribute(context.Context, *ec2.DescribeVpcAttributeInput, ...func(*ec2.Options)) (*ec2.DescribeVpcAttributeOutput, error)
	ModifyVpcAttribute(context.Context, *ec2.ModifyVpcAttributeInput, ...func(*ec2.Options)) (*ec2.ModifyVpcAttributeOutput, error)
}

type vpcDNSHostnames struct{}

var _ typed[VPCDNSHostnames] = vpcDNSHostnames{}

// The attribute goes with the VPC.
func (vpcDNSHostnames) life() waiters.Life {
	return waiters.Life{Exists: true, NoUndo: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

// AWS tells an attribute of one VPC a call.
func (k vpcDNSHostnames) observe(ctx context.Context, env Env, wants []want[VPCDNSHostnames]) ([]Observation, error) {
	var api vpcDNSHostnamesAPI = env.EC2
	of := func(set VPCDNSHostnames) string { return set.VPC.String() }
	named, err := eachParent(wants, of, unseenVPC, func(vpc string) ([]string, error) {
		out, err := api.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{
			VpcId: aws.String(vpc), Attribute: types.VpcAttributeNameEnableDnsHostnames,
		})
		if err != nil || out.EnableDnsHostnames == nil || !aws.ToBool(out.EnableDnsHostnames.Value) {
			return nil, err
		}
		return []string{vpc}, nil
	})
	id := func(vpc string) string { return vpc }
	return view[VPCDNSHostnames, string]{life: k.life(), id: id, wanted: of, natural: id}.match(env, wants, named), err
}

func (vpcDNSHostnames) create(ctx context.Context, env Env, w want[VPCDNSHostnames]) (Observation, error) {
	var api vpcDNSHostnamesAPI = env.EC2
	_, err := api.ModifyVpcAttribute(ctx, &ec2.ModifyVpcAttributeInput{
		VpcId: aws.String(w.set.VPC.String()), EnableDnsHostnames: &types.AttributeBooleanValue{Value: aws.Bool(true)},
	})
	if err != nil {
		return Observation{}, codes{create: unseenVPC}.taken(err)
	}
	return Observation{ID: w.set.VPC.String()}, nil
}

func (vpcDNSHostnames) remove(context.Context, Env, want[VPCDNSHostnames]) error { return nil }
