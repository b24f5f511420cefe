package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/steps"
)

// loadBalancers looks at load balancers and their listeners.
func loadBalancers(ctx context.Context, account *cloud.Account, in inventory) error {
	out, err := account.ELB.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{})
	if err != nil {
		return err
	}
	for _, b := range out.LoadBalancers {
		in.note(steps.KindNLB, b.LoadBalancerArn, "")
		listeners, err := account.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{LoadBalancerArn: b.LoadBalancerArn})
		if err != nil {
			return err
		}
		for _, l := range listeners.Listeners {
			in.note(steps.KindListener, l.ListenerArn, "")
		}
	}
	return nil
}

// targetGroups looks at target groups and what is registered in them.
func targetGroups(ctx context.Context, account *cloud.Account, in inventory) error {
	out, err := account.ELB.DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{})
	if err != nil {
		return err
	}
	for _, g := range out.TargetGroups {
		in.note(steps.KindTargetGroup, g.TargetGroupArn, "")
		health, err := account.ELB.DescribeTargetHealth(ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: g.TargetGroupArn})
		if err != nil {
			return err
		}
		for _, h := range health.TargetHealthDescriptions {
			if h.TargetHealth.State != elbtypes.TargetHealthStateEnumDraining {
				in.note(steps.KindTarget, new(aws.ToString(g.TargetGroupArn)+"|"+aws.ToString(h.Target.Id)), "")
			}
		}
	}
	return nil
}
