package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"vpclink/state"
	"vpclink/words"
)

// Whoever protects a thing against being deleted means it: that is told, and taken off by no one but him.

// protections are those of an instance.
func protections(ctx context.Context, env Env, rec state.Record) ([]Field, error) {
	var api instanceAPI = env.EC2
	out, err := api.DescribeInstanceAttribute(ctx, &ec2.DescribeInstanceAttributeInput{
		InstanceId: aws.String(rec.ID), Attribute: types.InstanceAttributeNameDisableApiTermination,
	})
	if err != nil || out.DisableApiTermination == nil {
		return nil, err
	}
	return left(differ("termination protection", "", "false", truth(out.DisableApiTermination.Value))), nil
}

// nlbGiven are attributes of a new load balancer, by AWS's name.
var nlbGiven = map[string]string{"deletion_protection.enabled": "false", "access_logs.s3.enabled": "false"}

func nlbAttributes(ctx context.Context, env Env, rec state.Record) ([]Field, error) {
	out, err := env.ELB.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: aws.String(rec.ID)})
	if err != nil {
		return nil, err
	}
	var fields []Field
	for _, a := range out.Attributes {
		if want, given := nlbGiven[aws.ToString(a.Key)]; given {
			fields = append(fields, differ(words.Text(*a.Key), "", want, aws.ToString(a.Value))...)
		}
	}
	return left(fields), nil
}

// left marks fields as such that are told, and left as somebody wanted them.
func left(fields []Field) []Field {
	for i := range fields {
		fields[i].Foreign = true
	}
	return fields
}
