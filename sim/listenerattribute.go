package sim

import (
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var listenerAttributeActions = []handler{
	action("DescribeListenerAttributes", reading, (*call).describeListenerAttributes),
	action("ModifyListenerAttributes", changing, (*call).modifyListenerAttributes),
}

// listenerAttributes are those of TCP listeners (API Reference, ListenerAttribute).
var listenerAttributes = []attribute{{key: "tcp.idle_timeout.seconds", def: "350", least: 60, most: 6000}}

func (c *call) describeListenerAttributes(in *elb.DescribeListenerAttributesInput) (*elb.DescribeListenerAttributesOutput, error) {
	l, err := byARN(c, &c.listeners, kindListener, in.ListenerArn)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeListenerAttributesOutput{Attributes: l.awsAttributes()}, nil
}

func (c *call) modifyListenerAttributes(in *elb.ModifyListenerAttributesInput) (*elb.ModifyListenerAttributesOutput, error) {
	l, err := byARN(c, &c.listeners, kindListener, in.ListenerArn)
	if err != nil {
		return nil, err
	}
	asked := shown(in.Attributes, func(a elbtypes.ListenerAttribute) elbtypes.TargetGroupAttribute {
		return elbtypes.TargetGroupAttribute(a)
	})
	if err := setAttributes(listenerAttributes, l.attributes, asked); err != nil {
		return nil, err
	}
	return &elb.ModifyListenerAttributesOutput{Attributes: l.awsAttributes()}, nil
}

func (l *listener) awsAttributes() []elbtypes.ListenerAttribute {
	return shown(listenerAttributes, func(a attribute) elbtypes.ListenerAttribute {
		return elbtypes.ListenerAttribute{Key: new(a.key), Value: new(a.in(l.attributes))}
	})
}
