package provision

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/steps"
)

// What up does about a change by hand.
const (
	mended   = "mended"     // put back; the next up changes nothing
	left     = "left"       // a stranger's: told, and left alone
	inTheWay = "in the way" // a stranger's thing is in the way
)

// drift is a change by hand.
type drift struct {
	what  string
	lab   int // one of the tutorials
	azs   int
	key   state.Key // where it shows
	field string    // and in which field
	is    string    // a part of what it is now
	do    func(h hand) error
	then  string
}

// drifts are the changes of single attributes by hand, of every kind that has one which AWS lets change.
var drifts = []drift{
	{"tags taken off", 0, 1, "0/vpc/a", "tags", "", untag("0/vpc/a"), mended},
	{"another lineage in a tag", 0, 1, "0/subnet/a", "tags", "vpclink:lineage=mine", retag("0/subnet/a"), mended},
	{"DNS in a VPC turned off", 0, 1, "0/vpc/a", "DNS support", "false", func(h hand) error {
		_, err := h.ModifyVpcAttribute(h.t.Context(), &ec2.ModifyVpcAttributeInput{VpcId: h.id("0/vpc/a"), EnableDnsSupport: &types.AttributeBooleanValue{Value: aws.Bool(false)}})
		return err
	}, mended},
	{"a further block of a VPC", 0, 1, "0/vpc/a", "further CIDRs", "10.200.0.0/16", func(h hand) error {
		_, err := h.AssociateVpcCidrBlock(h.t.Context(), &ec2.AssociateVpcCidrBlockInput{VpcId: h.id("0/vpc/a"), CidrBlock: aws.String("10.200.0.0/16")})
		return err
	}, left},
	{"public addresses at launch", 0, 1, "0/subnet/a", "public addresses at launch", "true", func(h hand) error {
		_, err := h.ModifySubnetAttribute(h.t.Context(), &ec2.ModifySubnetAttributeInput{SubnetId: h.id("0/subnet/a"), MapPublicIpOnLaunch: &types.AttributeBooleanValue{Value: aws.Bool(true)}})
		return err
	}, mended},
	{"the rule that lets everything out", 0, 1, "0/security-group/a", "outbound rule", "-", func(h hand) error {
		_, err := h.RevokeSecurityGroupEgress(h.t.Context(), &ec2.RevokeSecurityGroupEgressInput{GroupId: h.id("0/security-group/a"), IpPermissions: []types.IpPermission{
			{IpProtocol: aws.String("-1"), IpRanges: []types.IpRange{{CidrIp: aws.String("0.0.0.0/0")}}},
		}})
		return err
	}, mended},
	{"an instance that is stopped", 0, 1, "0/instance/a", "state", "stopped", func(h hand) error {
		_, err := h.StopInstances(h.t.Context(), &ec2.StopInstancesInput{InstanceIds: []string{*h.id("0/instance/a")}})
		<-time.After(5 * time.Minute)
		return err
	}, mended},
	{"an instance that may forward", 0, 1, "0/instance/a", "source and destination check", "false", func(h hand) error {
		_, err := h.ModifyInstanceAttribute(h.t.Context(), &ec2.ModifyInstanceAttributeInput{InstanceId: h.id("0/instance/a"), SourceDestCheck: &types.AttributeBooleanValue{Value: aws.Bool(false)}})
		return err
	}, mended},
	{"an instance that is protected", 0, 1, "0/instance/a", "termination protection", "true", protected(func(in *ec2.ModifyInstanceAttributeInput, on *types.AttributeBooleanValue) {
		in.DisableApiTermination = on
	}), left},
	{"an instance that may not be stopped", 0, 1, "0/instance/a", "stop protection", "true", protected(func(in *ec2.ModifyInstanceAttributeInput, on *types.AttributeBooleanValue) {
		in.DisableApiStop = on
	}), left},
	{"a rule's tags", 0, 1, "0/security-group-rule/a:b", "tags", "", untag("0/security-group-rule/a:b"), mended},
	{"an instance's tags", 0, 1, "0/instance/a", "tags", "", untag("0/instance/a"), mended},
	{"an attachment's tags", 0, 1, "1.4.3/tgw-attachment/a", "tags", "", untag("1.4.3/tgw-attachment/a"), mended},
	{"an instance's groups", 0, 1, "0/instance/a", "security groups", "sg-", func(h hand) error {
		_, err := h.ModifyInstanceAttribute(h.t.Context(), &ec2.ModifyInstanceAttributeInput{InstanceId: h.id("0/instance/a"), Groups: []string{h.group("0/vpc/a")}})
		return err
	}, mended},
	{"a rule's port", 0, 1, "0/security-group-rule/a:b", "rule", "|22-22|", rule("0/security-group/b", "0/security-group-rule/a:b", 22, "10.0.0.0/16", "from a"), mended},
	{"a rule's source", 0, 1, "0/security-group-rule/a:b", "rule", "0.0.0.0/0", rule("0/security-group/b", "0/security-group-rule/a:b", 3389, "0.0.0.0/0", "from a"), mended},
	{"a rule's description", 0, 1, "0/security-group-rule/a:b", "description", "mine", rule("0/security-group/b", "0/security-group-rule/a:b", 3389, "10.0.0.0/16", "mine"), mended},
	{"a stranger's rule in our group", 0, 1, "0/security-group/a", "rule", "tcp 22-22 from 10.9.0.0/16", func(h hand) error {
		_, err := h.AuthorizeSecurityGroupIngress(h.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{
			GroupId: h.id("0/security-group/a"), IpProtocol: aws.String("tcp"), FromPort: aws.Int32(22), ToPort: aws.Int32(22), CidrIp: aws.String("10.9.0.0/16"),
		})
		return err
	}, left},
	{"a subnet's route table", 0, 1, "0/route-table-association/a", "route table", "rtb-", func(h hand) error {
		_, err := h.ReplaceRouteTableAssociation(h.t.Context(), &ec2.ReplaceRouteTableAssociationInput{
			AssociationId: h.id("0/route-table-association/a"), RouteTableId: aws.String(h.table("0/vpc/a")),
		})
		return err
	}, mended},
	{"a route's target", 0, 1, "1.4.6/route/a:b", "target", "eni-", func(h hand) error {
		_, err := h.ReplaceRoute(h.t.Context(), &ec2.ReplaceRouteInput{
			RouteTableId: h.id("0/route-table/a"), DestinationCidrBlock: aws.String("10.1.0.0/16"), NetworkInterfaceId: aws.String(h.card("0/instance/a")),
		})
		return err
	}, mended},
	{"a stranger's route in our table", 0, 1, "0/route-table/a", "route", "10.9.0.0/16 → tgw-", func(h hand) error {
		_, err := h.CreateRoute(h.t.Context(), &ec2.CreateRouteInput{
			RouteTableId: h.id("0/route-table/a"), DestinationCidrBlock: aws.String("10.9.0.0/16"), TransitGatewayId: h.id("1.4.1/transit-gateway/tgw"),
		})
		return err
	}, left},
	{"a gateway's default association", 0, 1, "1.4.1/transit-gateway/tgw", "default route table association", "true", func(h hand) error {
		return h.defaults(&types.ModifyTransitGatewayOptions{DefaultRouteTableAssociation: "enable", AssociationDefaultRouteTableId: h.id("1.4.2/tgw-route-table/tgw")})
	}, mended},
	{"a gateway's default propagation", 0, 1, "1.4.1/transit-gateway/tgw", "default route table propagation", "true", func(h hand) error {
		return h.defaults(&types.ModifyTransitGatewayOptions{DefaultRouteTablePropagation: "enable", PropagationDefaultRouteTableId: h.id("1.4.2/tgw-route-table/tgw")})
	}, mended},
	{"a gateway's DNS turned off", 0, 1, "1.4.1/transit-gateway/tgw", "DNS support", "disable", func(h hand) error {
		return h.defaults(&types.ModifyTransitGatewayOptions{DnsSupport: types.DnsSupportValueDisable})
	}, mended},
	{"a gateway's ECMP turned off", 0, 1, "1.4.1/transit-gateway/tgw", "VPN ECMP support", "disable", func(h hand) error {
		return h.defaults(&types.ModifyTransitGatewayOptions{VpnEcmpSupport: types.VpnEcmpSupportValueDisable})
	}, mended},
	{"a gateway that accepts what is shared", 0, 1, "1.4.1/transit-gateway/tgw", "auto-accept shared attachments", "enable", func(h hand) error {
		return h.defaults(&types.ModifyTransitGatewayOptions{AutoAcceptSharedAttachments: types.AutoAcceptSharedAttachmentsValueEnable})
	}, mended},
	{"an attachment's DNS turned off", 0, 1, "1.4.3/tgw-attachment/a", "DNS support", "disable", attached(&types.ModifyTransitGatewayVpcAttachmentRequestOptions{DnsSupport: types.DnsSupportValueDisable}), mended},
	{"an attachment in appliance mode", 0, 1, "1.4.3/tgw-attachment/a", "appliance mode", "enable", attached(&types.ModifyTransitGatewayVpcAttachmentRequestOptions{ApplianceModeSupport: types.ApplianceModeSupportValueEnable}), mended},
	{"a stranger's route in the gateway's table", 0, 1, "1.4.2/tgw-route-table/tgw", "route", "10.9.0.0/16", func(h hand) error {
		_, err := h.CreateTransitGatewayRoute(h.t.Context(), &ec2.CreateTransitGatewayRouteInput{
			TransitGatewayRouteTableId: h.id("1.4.2/tgw-route-table/tgw"), DestinationCidrBlock: aws.String("10.9.0.0/16"), TransitGatewayAttachmentId: h.id("1.4.3/tgw-attachment/a"),
		})
		return err
	}, left},
	{"an attachment's subnets", 0, 1, "1.4.3/tgw-attachment/a", "subnets", "subnet-", func(h hand) error {
		_, err := h.ModifyTransitGatewayVpcAttachment(h.t.Context(), &ec2.ModifyTransitGatewayVpcAttachmentInput{
			TransitGatewayAttachmentId: h.id("1.4.3/tgw-attachment/a"), AddSubnetIds: []string{h.subnet("0/vpc/a", "10.0.200.0/24", "apne1-az2")},
		})
		return err
	}, mended},
	{"an attachment associated with another table", 0, 1, "1.4.4/tgw-association/a", "state", "gone", func(h hand) error { return h.reassociate() }, inTheWay},
	{"a propagation turned off", 0, 1, "1.4.5/tgw-propagation/a", "state", "gone", func(h hand) error {
		_, err := h.DisableTransitGatewayRouteTablePropagation(h.t.Context(), &ec2.DisableTransitGatewayRouteTablePropagationInput{
			TransitGatewayRouteTableId: h.id("1.4.2/tgw-route-table/tgw"), TransitGatewayAttachmentId: h.id("1.4.3/tgw-attachment/a"),
		})
		return err
	}, mended},

	{"an instance with a public address that is stopped", 1, 1, "1.1.3/instance/a", "state", "stopped", func(h hand) error {
		_, err := h.StopInstances(h.t.Context(), &ec2.StopInstancesInput{InstanceIds: []string{*h.id("1.1.3/instance/a")}})
		<-time.After(5 * time.Minute)
		return err
	}, mended},
	{"an instance's public address", 1, 1, "1.1.3/instance/a", "public_ip", ".", func(h hand) error {
		_, err := h.AssociateAddress(h.t.Context(), &ec2.AssociateAddressInput{AllocationId: aws.String(h.address()), InstanceId: h.id("1.1.3/instance/a")})
		return err
	}, mended},
	{"a gateway's tags", 1, 1, "1.1.1/internet-gateway/a", "tags", "", untag("1.1.1/internet-gateway/a"), mended},
	{"the default route's target", 1, 1, "1.1.2/route/a", "target", "eni-", func(h hand) error {
		_, err := h.ReplaceRoute(h.t.Context(), &ec2.ReplaceRouteInput{
			RouteTableId: h.id("0/route-table/a"), DestinationCidrBlock: aws.String("0.0.0.0/0"), NetworkInterfaceId: aws.String(h.card("1.1.3/instance/a")),
		})
		return err
	}, mended},

	{"a peering's tags", 2, 1, "1.2.1/vpc-peering/a:b", "tags", "", untag("1.2.1/vpc-peering/a:b"), mended},
	{"DNS over a peering turned off", 2, 1, "1.2.1/vpc-peering-dns/a:b", "state", "gone", func(h hand) error {
		_, err := h.ModifyVpcPeeringConnectionOptions(h.t.Context(), &ec2.ModifyVpcPeeringConnectionOptionsInput{
			VpcPeeringConnectionId: h.id("1.2.1/vpc-peering/a:b"), RequesterPeeringConnectionOptions: &types.PeeringConnectionOptionsRequest{AllowDnsResolutionFromRemoteVpc: aws.Bool(false)},
		})
		return err
	}, mended},
	{"host names turned off", 2, 1, "1.2.1/vpc-dns-hostnames/a", "state", "gone", func(h hand) error {
		_, err := h.ModifyVpcAttribute(h.t.Context(), &ec2.ModifyVpcAttributeInput{VpcId: h.id("0/vpc/a"), EnableDnsHostnames: &types.AttributeBooleanValue{Value: aws.Bool(false)}})
		return err
	}, mended},

	{"the interval of health checks", 3, 1, "1.3.1/target-group/a", "health check interval", "30", check(&elb.ModifyTargetGroupInput{HealthCheckIntervalSeconds: aws.Int32(30)}), mended},
	{"the timeout of health checks", 3, 1, "1.3.1/target-group/a", "health check timeout", "2", check(&elb.ModifyTargetGroupInput{HealthCheckTimeoutSeconds: aws.Int32(2)}), mended},
	{"the healthy threshold", 3, 1, "1.3.1/target-group/a", "healthy threshold", "5", check(&elb.ModifyTargetGroupInput{HealthyThresholdCount: aws.Int32(5)}), mended},
	{"the unhealthy threshold", 3, 1, "1.3.1/target-group/a", "unhealthy threshold", "5", check(&elb.ModifyTargetGroupInput{UnhealthyThresholdCount: aws.Int32(5)}), mended},
	{"the protocol of health checks", 3, 1, "1.3.1/target-group/a", "health check protocol", "HTTP", check(&elb.ModifyTargetGroupInput{HealthCheckProtocol: elbtypes.ProtocolEnumHttp}), mended},
	{"the port of health checks", 3, 1, "1.3.1/target-group/a", "health check port", "80", check(&elb.ModifyTargetGroupInput{HealthCheckPort: aws.String("80")}), mended},
	{"how long targets are drained", 3, 1, "1.3.1/target-group/a", "deregistration_delay.timeout_seconds", "10", attribute("deregistration_delay.timeout_seconds", "10"), mended},
	{"proxy protocol turned on", 3, 1, "1.3.1/target-group/a", "proxy_protocol_v2.enabled", "true", attribute("proxy_protocol_v2.enabled", "true"), mended},
	{"clients' addresses not kept", 3, 1, "1.3.1/target-group/a", "preserve_client_ip.enabled", "false", attribute("preserve_client_ip.enabled", "false"), mended},
	{"a target group's tags", 3, 1, "1.3.1/target-group/a", "tags", "", untagELB("1.3.1/target-group/a"), mended},
	{"a load balancer's tags", 3, 1, "1.3.3/nlb/a", "tags", "", untagELB("1.3.3/nlb/a"), mended},
	{"a listener's tags", 3, 1, "1.3.3/listener/a", "tags", "", untagELB("1.3.3/listener/a"), mended},
	{"a stranger's target in our group", 3, 1, "1.3.1/target-group/a", "target", ":22", func(h hand) error {
		_, err := h.elb.RegisterTargets(h.t.Context(), &elb.RegisterTargetsInput{
			TargetGroupArn: h.id("1.3.1/target-group/a"), Targets: []elbtypes.TargetDescription{{Id: h.id("0/instance/a"), Port: aws.Int32(22)}},
		})
		return err
	}, left},
	{"a load balancer's groups", 3, 1, "1.3.3/nlb/a", "security groups", "sg-", func(h hand) error {
		_, err := h.elb.SetSecurityGroups(h.t.Context(), &elb.SetSecurityGroupsInput{LoadBalancerArn: h.id("1.3.3/nlb/a"), SecurityGroups: []string{*h.id("0/security-group/a")}})
		return err
	}, mended},
	{"a load balancer's groups that do not count", 3, 1, "1.3.3/nlb/a", "inbound rules on PrivateLink traffic", "off", func(h hand) error {
		nlb := must(h.elb.DescribeLoadBalancers(h.t.Context(), &elb.DescribeLoadBalancersInput{})).LoadBalancers[0]
		_, err := h.elb.SetSecurityGroups(h.t.Context(), &elb.SetSecurityGroupsInput{
			LoadBalancerArn: nlb.LoadBalancerArn, SecurityGroups: nlb.SecurityGroups,
			EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: elbtypes.EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnumOff,
		})
		return err
	}, mended},
	{"a load balancer that is protected", 3, 1, "1.3.3/nlb/a", "deletion_protection.enabled", "true", func(h hand) error {
		protect := func(on string) error {
			_, err := h.elb.ModifyLoadBalancerAttributes(h.t.Context(), &elb.ModifyLoadBalancerAttributesInput{
				LoadBalancerArn: h.id("1.3.3/nlb/a"), Attributes: []elbtypes.LoadBalancerAttribute{{Key: aws.String("deletion_protection.enabled"), Value: &on}},
			})
			return err
		}
		h.later(func() error { return protect("false") })
		return protect("true")
	}, left},
	{"cross-zone balancing turned off", 3, 2, "1.3.3/nlb-cross-zone/a", "state", "gone", func(h hand) error {
		_, err := h.elb.ModifyLoadBalancerAttributes(h.t.Context(), &elb.ModifyLoadBalancerAttributesInput{
			LoadBalancerArn: h.id("1.3.3/nlb/a"), Attributes: []elbtypes.LoadBalancerAttribute{{Key: aws.String("load_balancing.cross_zone.enabled"), Value: aws.String("false")}},
		})
		return err
	}, mended},
	{"a listener's port", 3, 1, "1.3.3/listener/a", "port", "22", func(h hand) error {
		_, err := h.elb.ModifyListener(h.t.Context(), &elb.ModifyListenerInput{ListenerArn: h.id("1.3.3/listener/a"), Port: aws.Int32(22)})
		return err
	}, mended},
	{"a listener's target group", 3, 1, "1.3.3/listener/a", "target group", "targetgroup/mine", func(h hand) error {
		_, err := h.elb.ModifyListener(h.t.Context(), &elb.ModifyListenerInput{ListenerArn: h.id("1.3.3/listener/a"), DefaultActions: h.targets()})
		return err
	}, mended},
	{"a stranger's listener on our load balancer", 3, 1, "1.3.3/nlb/a", "listener", "TCP 22", func(h hand) error {
		_, err := h.elb.CreateListener(h.t.Context(), &elb.CreateListenerInput{
			LoadBalancerArn: h.id("1.3.3/nlb/a"), Protocol: elbtypes.ProtocolEnumTcp, Port: aws.Int32(22), DefaultActions: h.targets(),
		})
		return err
	}, left},
	{"a service's acceptance", 3, 1, "1.3.4/endpoint-service/a", "acceptance required", "false", func(h hand) error {
		_, err := h.ModifyVpcEndpointServiceConfiguration(h.t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: h.id("1.3.4/endpoint-service/a"), AcceptanceRequired: aws.Bool(false)})
		return err
	}, mended},
	{"a service's tags", 3, 1, "1.3.4/endpoint-service/a", "tags", "", untag("1.3.4/endpoint-service/a"), mended},
	{"an endpoint's groups", 3, 1, "1.3.6/vpc-endpoint/b:a", "security groups", "sg-", func(h hand) error {
		_, err := h.ModifyVpcEndpoint(h.t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: h.id("1.3.6/vpc-endpoint/b:a"), AddSecurityGroupIds: []string{h.group("0/vpc/b")}})
		return err
	}, mended},
	{"an endpoint's subnets", 3, 1, "1.3.6/vpc-endpoint/b:a", "subnets", "subnet-", func(h hand) error {
		own := *h.id("0/subnet/b")
		_, err := h.ModifyVpcEndpoint(h.t.Context(), &ec2.ModifyVpcEndpointInput{
			VpcEndpointId: h.id("1.3.6/vpc-endpoint/b:a"), AddSubnetIds: []string{h.subnet("0/vpc/b", "10.0.200.0/24", "apne1-az1")}, RemoveSubnetIds: []string{own},
		})
		return err
	}, mended},
	{"an endpoint that is rejected", 3, 1, "1.3.6/vpc-endpoint/b:a", "state", "rejected", func(h hand) error {
		_, err := h.RejectVpcEndpointConnections(h.t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: h.id("1.3.4/endpoint-service/a"), VpcEndpointIds: []string{*h.id("1.3.6/vpc-endpoint/b:a")}})
		return err
	}, mended},
}

// protected has an instance protected until he clears up.
func protected(set func(*ec2.ModifyInstanceAttributeInput, *types.AttributeBooleanValue)) func(hand) error {
	return func(h hand) error {
		protect := func(on bool) error {
			in := &ec2.ModifyInstanceAttributeInput{InstanceId: h.id("0/instance/a")}
			set(in, &types.AttributeBooleanValue{Value: aws.Bool(on)})
			_, err := h.ModifyInstanceAttribute(h.t.Context(), in)
			return err
		}
		h.later(func() error { return protect(false) })
		return protect(true)
	}
}

func attached(options *types.ModifyTransitGatewayVpcAttachmentRequestOptions) func(hand) error {
	return func(h hand) error {
		_, err := h.ModifyTransitGatewayVpcAttachment(h.t.Context(), &ec2.ModifyTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: h.id("1.4.3/tgw-attachment/a"), Options: options})
		return err
	}
}

func untag(key state.Key) func(hand) error {
	return func(h hand) error {
		_, err := h.DeleteTags(h.t.Context(), &ec2.DeleteTagsInput{Resources: []string{*h.id(key)}})
		return err
	}
}

func untagELB(key state.Key) func(hand) error {
	return func(h hand) error {
		_, err := h.elb.RemoveTags(h.t.Context(), &elb.RemoveTagsInput{ResourceArns: []string{*h.id(key)}, TagKeys: []string{steps.TagLineage, steps.TagKey, steps.TagStack, steps.TagPattern, steps.TagToken, steps.TagName}})
		return err
	}
}

func attribute(key, value string) func(hand) error {
	return func(h hand) error {
		_, err := h.elb.ModifyTargetGroupAttributes(h.t.Context(), &elb.ModifyTargetGroupAttributesInput{
			TargetGroupArn: h.id("1.3.1/target-group/a"), Attributes: []elbtypes.TargetGroupAttribute{{Key: &key, Value: &value}},
		})
		return err
	}
}

func retag(key state.Key) func(hand) error {
	return func(h hand) error {
		_, err := h.CreateTags(h.t.Context(), &ec2.CreateTagsInput{Resources: []string{*h.id(key)}, Tags: []types.Tag{{Key: aws.String(steps.TagLineage), Value: aws.String("mine")}}})
		return err
	}
}

func rule(group, key state.Key, port int32, cidr, description string) func(hand) error {
	return func(h hand) error {
		_, err := h.ModifySecurityGroupRules(h.t.Context(), &ec2.ModifySecurityGroupRulesInput{GroupId: h.id(group), SecurityGroupRules: []types.SecurityGroupRuleUpdate{{
			SecurityGroupRuleId: h.id(key), SecurityGroupRule: &types.SecurityGroupRuleRequest{
				IpProtocol: aws.String("tcp"), FromPort: aws.Int32(port), ToPort: aws.Int32(port), CidrIpv4: aws.String(cidr), Description: aws.String(description),
			},
		}}})
		return err
	}
}

func check(in *elb.ModifyTargetGroupInput) func(hand) error {
	return func(h hand) error {
		asked := *in
		asked.TargetGroupArn = h.id("1.3.1/target-group/a")
		_, err := h.elb.ModifyTargetGroup(h.t.Context(), &asked)
		return err
	}
}
