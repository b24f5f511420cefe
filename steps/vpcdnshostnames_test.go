package steps

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type hostnameCalls struct {
	account
	answers map[string]*ec2.DescribeVpcAttributeOutput // by VPC; of any other there is nothing
	asked   []*ec2.DescribeVpcAttributeInput
	err     error
	modify  call[ec2.ModifyVpcAttributeInput, ec2.ModifyVpcAttributeOutput]
}

func (c *hostnameCalls) DescribeVpcAttribute(_ context.Context, in *ec2.DescribeVpcAttributeInput, _ ...opt) (*ec2.DescribeVpcAttributeOutput, error) {
	c.asked = append(c.asked, in)
	answer, there := c.answers[*in.VpcId]
	switch {
	case c.err != nil:
		return nil, c.err
	case !there:
		return nil, refused("DescribeVpcAttribute", "InvalidVpcID.NotFound")
	}
	return answer, nil
}

func (c *hostnameCalls) ModifyVpcAttribute(_ context.Context, in *ec2.ModifyVpcAttributeInput, _ ...opt) (*ec2.ModifyVpcAttributeOutput, error) {
	return c.modify.do(in)
}

const hostnamesA state.Key = "1.2.1/vpc-dns-hostnames/a"

func inVPCa() VPCDNSHostnames { return VPCDNSHostnames{VPC: state.Literal("vpc-a")} }

func TestTurnHostnamesOn(t *testing.T) {
	aws := &hostnameCalls{}
	same(t, "the VPC's ID", Observation{Key: hostnamesA, ID: "vpc-a", Ours: true}, made(t, aws, record(t, hostnamesA, "", inVPCa())))
	same(t, "one attribute, since AWS takes one a call", []*ec2.ModifyVpcAttributeInput{
		{VpcId: new("vpc-a"), EnableDnsHostnames: &types.AttributeBooleanValue{Value: new(true)}},
	}, aws.modify.sent)
}

func TestHostnamesRefused(t *testing.T) {
	refusals(t, "ModifyVpcAttribute", map[string]error{
		"InvalidVpcID.NotFound": waiters.ErrNotYet, // the VPC is new
		"UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &hostnameCalls{}
		aws.modify.err = answer
		return creating(t, aws, record(t, hostnamesA, "", inVPCa()))
	})
}

func TestHostnamesAreNotTurnedOff(t *testing.T) {
	if err := deleting(t, &account{}, record(t, hostnamesA, "vpc-a", inVPCa())); err != nil { // any call would panic
		t.Errorf("want no call and no error, got %v", err)
	}
}

func TestObserveHostnames(t *testing.T) {
	says := func(value *bool) *ec2.DescribeVpcAttributeOutput {
		return &ec2.DescribeVpcAttributeOutput{EnableDnsHostnames: &types.AttributeBooleanValue{Value: value}}
	}
	for _, test := range []struct {
		name    string
		id      string
		answers map[string]*ec2.DescribeVpcAttributeOutput
		want    []Observation
	}{
		{
			name: "on", id: "vpc-a", answers: map[string]*ec2.DescribeVpcAttributeOutput{"vpc-a": says(new(true))},
			want: []Observation{{Key: hostnamesA, ID: "vpc-a", Ours: true}},
		},
		{
			name: "on, whoever did it", answers: map[string]*ec2.DescribeVpcAttributeOutput{"vpc-a": says(new(true))},
			want: []Observation{{Key: hostnamesA, ID: "vpc-a"}},
		},
		{name: "off", id: "vpc-a", answers: map[string]*ec2.DescribeVpcAttributeOutput{"vpc-a": says(new(false))}},
		{name: "not told", answers: map[string]*ec2.DescribeVpcAttributeOutput{"vpc-a": {}}},
		{name: "told without a value", answers: map[string]*ec2.DescribeVpcAttributeOutput{"vpc-a": says(nil)}},
		{name: "the VPC is gone", id: "vpc-a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &hostnameCalls{answers: test.answers}
			same(t, "the host names of a", test.want, seen(t, KindVPCDNSHostnames, aws, record(t, hostnamesA, test.id, inVPCa())))
			same(t, "the attribute asked for", []*ec2.DescribeVpcAttributeInput{{VpcId: new("vpc-a"), Attribute: "enableDnsHostnames"}}, aws.asked)
		})
	}
	aws := &hostnameCalls{err: refused("DescribeVpcAttribute", "UnauthorizedOperation")}
	if _, err := Kinds()[KindVPCDNSHostnames].Observe(t.Context(), here(aws), []state.Record{record(t, hostnamesA, "", inVPCa())}); !errors.Is(err, aws.err) {
		t.Errorf("want AWS's answer handed on, got %v", err)
	}
}
