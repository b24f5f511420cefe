package sim_test

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// modifyRequests ask what the examples of changes ask, as far as the simulator takes it.
var modifyRequests = map[string]func(a account) (any, error){
	"ModifyInstanceAttribute": func(a account) (any, error) {
		s := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16") // the example changes the type of a stopped one
		return a.ModifyInstanceAttribute(a.t.Context(), &ec2.ModifyInstanceAttributeInput{InstanceId: &s.instance, Groups: []string{s.group}})
	},
	"ModifySecurityGroupRules": func(a account) (any, error) {
		vpc := a.vpc("a", "10.0.0.0/16")
		group := a.group(vpc, "g")
		rule := a.admit(group, "10.1.0.0/16")
		return a.ModifySecurityGroupRules(a.t.Context(), &ec2.ModifySecurityGroupRulesInput{GroupId: &group, SecurityGroupRules: []types.SecurityGroupRuleUpdate{{
			SecurityGroupRuleId: &rule, SecurityGroupRule: &types.SecurityGroupRuleRequest{Description: new("test"), IpProtocol: new("-1"), CidrIpv4: new("0.0.0.0/0")},
		}}})
	},
	"ModifyTransitGateway": func(a account) (any, error) {
		gateway := a.gateway(nil)
		return a.ModifyTransitGateway(a.t.Context(), &ec2.ModifyTransitGatewayInput{TransitGatewayId: &gateway, Options: &types.ModifyTransitGatewayOptions{VpnEcmpSupport: types.VpnEcmpSupportValueEnable}})
	},
	"ModifyTransitGatewayVpcAttachment": func(a account) (any, error) {
		n := a.network()
		attachment := a.attach(a.gateway(off), n.vpc, n.subnet)
		further := a.furtherSubnet(n.vpc)
		return a.ModifyTransitGatewayVpcAttachment(a.t.Context(), &ec2.ModifyTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachment, AddSubnetIds: []string{further}})
	},
	"ModifyVpcEndpoint": func(a account) (any, error) {
		l := a.link() // the example adds a subnet
		return a.ModifyVpcEndpoint(a.t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &l.endpoint, AddSecurityGroupIds: []string{a.group(l.consumer.vpc, "g")}})
	},
	"ModifyVpcEndpointServiceConfiguration": func(a account) (any, error) {
		l := a.link()
		return a.ModifyVpcEndpointServiceConfiguration(a.t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &l.service, AcceptanceRequired: new(false)})
	},
	"AuthorizeSecurityGroupEgress": func(a account) (any, error) {
		return a.AuthorizeSecurityGroupEgress(a.t.Context(), &ec2.AuthorizeSecurityGroupEgressInput{GroupId: new(a.network().group), IpPermissions: rdp("10.0.0.0/16")})
	},
	"RevokeSecurityGroupEgress": func(a account) (any, error) {
		return a.RevokeSecurityGroupEgress(a.t.Context(), &ec2.RevokeSecurityGroupEgressInput{GroupId: new(a.network().group), IpPermissions: allOut})
	},
	"DescribeInstanceAttribute": func(a account) (any, error) {
		s := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16")
		return a.DescribeInstanceAttribute(a.t.Context(), &ec2.DescribeInstanceAttributeInput{InstanceId: &s.instance, Attribute: types.InstanceAttributeNameInstanceType})
	},
	"DescribeInstanceAttribute/termination": func(a account) (any, error) {
		s := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16")
		return a.DescribeInstanceAttribute(a.t.Context(), &ec2.DescribeInstanceAttributeInput{InstanceId: &s.instance, Attribute: types.InstanceAttributeNameDisableApiTermination})
	},
	"ModifySubnetAttribute": func(a account) (any, error) {
		return a.setSubnet(a.network().subnet, ec2.ModifySubnetAttributeInput{MapPublicIpOnLaunch: turned(true)})
	},
	"StartInstances": func(a account) (any, error) {
		s := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16")
		a.fatal(a.stop(s.instance))
		pass(30 * time.Second)
		return a.StartInstances(a.t.Context(), &ec2.StartInstancesInput{InstanceIds: []string{s.instance}})
	},
	"StopInstances": func(a account) (any, error) {
		s := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16")
		return a.StopInstances(a.t.Context(), &ec2.StopInstancesInput{InstanceIds: []string{s.instance}})
	},
	"ReplaceRouteTableAssociation": func(a account) (any, error) {
		n := a.network()
		link, table := a.associate(a.routeTable(n.vpc), n.subnet), a.routeTable(n.vpc)
		return a.ReplaceRouteTableAssociation(a.t.Context(), &ec2.ReplaceRouteTableAssociationInput{AssociationId: &link, RouteTableId: &table})
	},
	"ModifyListener": func(a account) (any, error) {
		l := a.link()
		return a.balancing().ModifyListener(a.t.Context(), &elb.ModifyListenerInput{ListenerArn: &l.listener, DefaultActions: forward(l.balancer, l.targets).DefaultActions})
	},
	"DescribeListenerAttributes": func(a account) (any, error) {
		l := a.link()
		return a.balancing().DescribeListenerAttributes(a.t.Context(), &elb.DescribeListenerAttributesInput{ListenerArn: &l.listener})
	},
	"ModifyListenerAttributes": func(a account) (any, error) {
		l := a.link()
		return a.idleFor(l.listener, "500")
	},
	"ModifyTargetGroup": func(a account) (any, error) {
		l := a.link() // the example is of HTTPS
		return a.balancing().ModifyTargetGroup(a.t.Context(), &elb.ModifyTargetGroupInput{
			TargetGroupArn: &l.targets, HealthCheckProtocol: elbtypes.ProtocolEnumHttp, HealthCheckPort: new("443"), Matcher: &elbtypes.Matcher{HttpCode: new("200,299")},
		})
	},
}

// furtherSubnet is one in another zone.
func (a account) furtherSubnet(vpc string) string {
	a.t.Helper()
	out, err := a.CreateSubnet(a.t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: new("10.0.9.0/24"), AvailabilityZoneId: new("apne1-az2")})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.Subnet.SubnetId
}
