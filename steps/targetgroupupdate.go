package steps

import (
	"context"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/words"
)

// checkPort has each target checked at the port that it is registered with: AWS's default.
const checkPort = "traffic-port"

// healthCheck is where a group's health check is not as it was made. What a server leaves out does not differ.
func healthCheck(g elbtypes.TargetGroup) []Field {
	var fields []Field
	number := func(name words.Text, want int32, have *int32) {
		if have != nil {
			fields = append(fields, differ(name, "", strconv.Itoa(int(want)), strconv.Itoa(int(*have)))...)
		}
	}
	text := func(name words.Text, want, have string) {
		if have != "" {
			fields = append(fields, differ(name, "", want, have)...)
		}
	}
	text("health check protocol", string(elbtypes.ProtocolEnumTcp), string(g.HealthCheckProtocol))
	text("health check port", checkPort, aws.ToString(g.HealthCheckPort))
	number("health check interval", checkInterval, g.HealthCheckIntervalSeconds)
	number("health check timeout", checkTimeout, g.HealthCheckTimeoutSeconds)
	number("healthy threshold", checksNeeded, g.HealthyThresholdCount)
	number("unhealthy threshold", checksNeeded, g.UnhealthyThresholdCount)
	return mends(fields)
}

// ofHealthCheck tells the fields of healthCheck from attributes.
func ofHealthCheck(f Field) bool {
	_, attribute := targetGroupGiven[string(f.Name)]
	return !attribute
}

var _ typedUpdater[TargetGroup] = targetGroup{}

// update puts back attributes, and the health check where that differs: AWS has a call for either.
func (targetGroup) update(ctx context.Context, env Env, w want[TargetGroup], diff []Field) error {
	if err := putBack(ctx, env, w.ID, diff); err != nil || !slices.ContainsFunc(diff, ofHealthCheck) {
		return err
	}
	_, err := env.ELB.ModifyTargetGroup(ctx, &elb.ModifyTargetGroupInput{
		TargetGroupArn: aws.String(w.ID), HealthCheckProtocol: elbtypes.ProtocolEnumTcp, HealthCheckPort: aws.String(checkPort),
		HealthCheckIntervalSeconds: aws.Int32(checkInterval), HealthCheckTimeoutSeconds: aws.Int32(checkTimeout),
		HealthyThresholdCount: aws.Int32(checksNeeded), UnhealthyThresholdCount: aws.Int32(checksNeeded),
	})
	return codes{create: elbLater}.taken(err)
}
