package sim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
)

// AWS's defaults: the default VPC leaves room for four more (aws-facts §1.4).
func TestFiveVPCs(t *testing.T) {
	story(t, sim.Options{Quotas: sim.QuotasAWS}, func(t *testing.T, _ *sim.World, a account) {
		for i := range 4 {
			a.vpc("", fmt.Sprintf("10.%d.0.0/16", i))
		}
		_, err := a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.9.0.0/16")})
		wantCode(t, err, "VpcLimitExceeded", "a sixth VPC, the default one included")
	})
}

// The default VPC's internet gateway counts among the five (aws-facts §1.4).
func TestFiveInternetGateways(t *testing.T) {
	story(t, sim.Options{Quotas: sim.QuotasAWS}, func(t *testing.T, _ *sim.World, a account) {
		for range 4 {
			a.internetGateway()
		}
		_, err := a.CreateInternetGateway(t.Context(), &ec2.CreateInternetGatewayInput{})
		wantCode(t, err, "InternetGatewayLimitExceeded", "a sixth internet gateway, the default VPC's included")
	})
}

// Of 25 requests that nobody has accepted AWS takes no further one, wherever its quotas are raised (aws-facts §1.4).
func TestOutstandingRequests(t *testing.T) {
	for name, quotas := range map[string]sim.Quotas{"AWS's": {VPCs: 100, OutstandingPeerings: sim.QuotasAWS.OutstandingPeerings}, "raised": sim.QuotasRaised} {
		story(t, sim.Options{Quotas: quotas, NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
			hub := a.vpc("hub", "10.0.0.0/16")
			var first string
			for i := range 25 {
				id := a.requested(hub, a.vpc("", fmt.Sprintf("10.%d.0.0/16", i+1)))
				if i == 0 {
					first = id
				}
			}
			one, two := a.vpc("", "10.99.0.0/16"), a.vpc("", "10.98.0.0/16")
			_, err := a.request(one, two)
			wantCode(t, err, "OutstandingVpcPeeringConnectionLimitExceeded", "a 26th request under quotas that are "+name)
			a.fatal(a.accept(first))
			_, err = a.request(one, two)
			wantCode(t, err, "", "a 26th request after one was accepted, under quotas that are "+name)
		})
	}
}

// Accepted connections are counted for both VPCs (aws-facts §1.4: active peerings per VPC).
func TestPeeringsOfAVPC(t *testing.T) {
	story(t, sim.Options{Quotas: sim.Quotas{PeeringsPerVPC: 2}}, func(t *testing.T, _ *sim.World, a account) {
		const code = "VpcPeeringConnectionsPerVpcLimitExceeded"
		hub := a.vpc("hub", "10.0.0.0/16")
		var spokes, requests []string
		for i := range 3 {
			spokes = append(spokes, a.vpc("", fmt.Sprintf("10.%d.0.0/16", i+1)))
			requests = append(requests, a.requested(spokes[i], hub))
		}
		a.fatal(a.accept(requests[0]))
		a.fatal(a.accept(requests[1]))
		wantCode(t, a.accept(requests[2]), code, "accepting a third connection")
		_, err := a.request(hub, a.vpc("", "10.4.0.0/16"))
		wantCode(t, err, code, "asking for a fourth")
		a.fatal(a.unpeer(requests[0]))
		wantCode(t, a.accept(requests[2]), "", "accepting when another one is deleted")
	})
}

// Each quota, set to what a lab has, refuses one more with its code (aws-facts §1.3).
func TestQuotas(t *testing.T) {
	for _, row := range []struct {
		quotas sim.Quotas
		code   string
		more   func(*testing.T, account, lab) error
	}{
		{sim.Quotas{SubnetsPerVPC: 1}, "SubnetLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &l.a.vpc, CidrBlock: new("10.0.9.0/24")})
			return err
		}},
		{sim.Quotas{RouteTablesPerVPC: 2}, "RouteTableLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &l.a.vpc})
			return err
		}},
		{sim.Quotas{RoutesPerTable: 1}, "RouteLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.9.0.0/16"), TransitGatewayId: &l.gateway})
			return err
		}},
		{sim.Quotas{SecurityGroups: 5}, "SecurityGroupLimitExceeded", func(t *testing.T, a account, l lab) error { // three default ones
			_, err := a.CreateSecurityGroup(t.Context(), &ec2.CreateSecurityGroupInput{VpcId: &l.a.vpc, GroupName: new("x"), Description: new("x")})
			return err
		}},
		{sim.Quotas{RulesPerGroup: 1}, "RulesPerSecurityGroupLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &l.a.group, IpPermissions: rdp("10.9.0.0/16")})
			return err
		}},
		{sim.Quotas{GroupsPerInterface: 1}, "SecurityGroupsPerInterfaceLimitExceeded", func(t *testing.T, a account, l lab) error {
			in := launch(l.a.subnet, l.a.group, linux, "new")
			in.SecurityGroupIds = append(in.SecurityGroupIds, a.group(l.a.vpc, "second"))
			_, err := a.RunInstances(t.Context(), in)
			return err
		}},
		{sim.Quotas{InterfacesPerZone: 4}, "NetworkInterfaceLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.CreateNetworkInterface(t.Context(), &ec2.CreateNetworkInterfaceInput{SubnetId: &l.a.subnet})
			return err
		}},
		{sim.Quotas{ElasticIPs: 1}, "AddressLimitExceeded", func(t *testing.T, a account, _ lab) error {
			a.elasticIP()
			_, err := a.AllocateAddress(t.Context(), &ec2.AllocateAddressInput{})
			return err
		}},
		{sim.Quotas{VCPUs: 5}, "VcpuLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.RunInstances(t.Context(), launch(l.a.subnet, l.a.group, linux, "new"))
			return err
		}},
		{sim.Quotas{TransitGateways: 1}, "TransitGatewayLimitExceeded", func(t *testing.T, a account, _ lab) error {
			_, err := a.CreateTransitGateway(t.Context(), &ec2.CreateTransitGatewayInput{})
			return err
		}},
		{sim.Quotas{RouteTablesPerTransitGateway: 1}, "TransitGatewayRouteTableLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.CreateTransitGatewayRouteTable(t.Context(), &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: &l.gateway})
			return err
		}},
		{sim.Quotas{AttachmentsPerTransitGateway: 2}, "TransitGatewayAttachmentLimitExceeded", func(t *testing.T, a account, l lab) error {
			vpc := a.vpc("c", "10.2.0.0/16")
			_, err := a.CreateTransitGatewayVpcAttachment(t.Context(), &ec2.CreateTransitGatewayVpcAttachmentInput{
				TransitGatewayId: &l.gateway, VpcId: &vpc, SubnetIds: []string{a.subnet(vpc, "10.2.0.0/24")},
			})
			return err
		}},
		{sim.Quotas{TransitGatewaysPerVPC: 1}, "TransitGatewayAttachmentLimitExceeded", func(t *testing.T, a account, l lab) error {
			_, err := a.CreateTransitGatewayVpcAttachment(t.Context(), &ec2.CreateTransitGatewayVpcAttachmentInput{
				TransitGatewayId: new(a.gateway(off)), VpcId: &l.a.vpc, SubnetIds: []string{l.a.subnet},
			})
			return err
		}},
	} {
		t.Run(row.code, func(t *testing.T) {
			story(t, sim.Options{Quotas: row.quotas}, func(t *testing.T, _ *sim.World, a account) {
				l := a.lab()
				pass(time.Minute)
				wantCode(t, row.more(t, a, l), row.code, fmt.Sprintf("one more than %+v", row.quotas))
			})
		})
	}
}
