package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/words"
)

// Whoever protects a thing against being deleted means it: that is told, and taken off by no one but him.

// protections are those of an instance. Either keeps it from being terminated (EC2 User Guide, "Enable stop protection for your
// EC2 instances").
func protections(ctx context.Context, env Env, rec state.Record) ([]Field, error) {
	var api instanceAPI = env.EC2
	var fields []Field
	for _, p := range []struct {
		name      words.Text
		attribute types.InstanceAttributeName
		of        func(*ec2.DescribeInstanceAttributeOutput) *types.AttributeBooleanValue
	}{
		{"termination protection", types.InstanceAttributeNameDisableApiTermination, func(o *ec2.DescribeInstanceAttributeOutput) *types.AttributeBooleanValue {
			return o.DisableApiTermination
		}},
		{"stop protection", types.InstanceAttributeNameDisableApiStop, func(o *ec2.DescribeInstanceAttributeOutput) *types.AttributeBooleanValue {
			return o.DisableApiStop
		}},
	} {
		out, err := api.DescribeInstanceAttribute(ctx, &ec2.DescribeInstanceAttributeInput{InstanceId: aws.String(rec.ID), Attribute: p.attribute})
		if err != nil {
			return nil, err
		}
		if on := p.of(out); on != nil && aws.ToBool(on.Value) {
			fields = append(fields, Field{Name: p.name, Want: "false", Have: "true"})
		}
	}
	return left(fields), nil
}

// nlbGiven are attributes of a new load balancer, by AWS's name.
var nlbGiven = map[string]string{
	"deletion_protection.enabled": "false", "access_logs.s3.enabled": "false",
	"dns_record.client_routing_policy": "any_availability_zone", "zonal_shift.config.enabled": "false",
}

func nlbAttributes(ctx context.Context, env Env, rec state.Record) ([]Field, error) {
	out, err := env.ELB.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: aws.String(rec.ID)})
	if err != nil {
		return nil, err
	}
	var have []elbtypes.TargetGroupAttribute
	for _, a := range out.Attributes {
		have = append(have, elbtypes.TargetGroupAttribute(a))
	}
	return left(attributesOff(nlbGiven, have)), nil
}

// left marks fields as such that are told, and left as somebody wanted them.
func left(fields []Field) []Field {
	for i := range fields {
		fields[i].Foreign = true
	}
	return fields
}
