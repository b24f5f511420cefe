package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/words"
)

// targetGroupGiven are the attributes of a new TCP target group of instances, by AWS's name (Elastic Load Balancing, User
// Guide of Network Load Balancers, "Edit target group attributes").
var targetGroupGiven = map[string]string{
	"deregistration_delay.timeout_seconds":                         "300",
	"deregistration_delay.connection_termination.enabled":          "false",
	"preserve_client_ip.enabled":                                   "true",
	"proxy_protocol_v2.enabled":                                    "false",
	"stickiness.enabled":                                           "false",
	"target_health_state.unhealthy.connection_termination.enabled": "true",
	crossZone: "use_load_balancer_configuration",
}

func targetGroupAttributes(ctx context.Context, env Env, rec state.Record) ([]Field, error) {
	out, err := env.ELB.DescribeTargetGroupAttributes(ctx, &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: aws.String(rec.ID)})
	if err != nil {
		return nil, err
	}
	return mends(attributesOff(targetGroupGiven, out.Attributes)), nil
}

// attributesOff are the attributes that do not have the value that a new thing has. A load balancer's have the same form.
func attributesOff(given map[string]string, have []elbtypes.TargetGroupAttribute) []Field {
	var fields []Field
	for _, a := range have {
		if want, known := given[aws.ToString(a.Key)]; known {
			fields = append(fields, differ(words.Text(*a.Key), "", want, aws.ToString(a.Value))...)
		}
	}
	return fields
}

// putBack sets those of the attributes that differ.
func putBack(ctx context.Context, env Env, arn string, diff []Field) error {
	var attributes []elbtypes.TargetGroupAttribute
	for _, f := range diff {
		if want, given := targetGroupGiven[string(f.Name)]; given {
			attributes = append(attributes, elbtypes.TargetGroupAttribute{Key: aws.String(string(f.Name)), Value: aws.String(want)})
		}
	}
	if len(attributes) == 0 {
		return nil
	}
	_, err := env.ELB.ModifyTargetGroupAttributes(ctx, &elb.ModifyTargetGroupAttributesInput{TargetGroupArn: aws.String(arn), Attributes: attributes})
	return codes{create: elbLater}.taken(err)
}
