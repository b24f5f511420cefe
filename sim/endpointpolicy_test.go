package sim_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
)

// An endpoint lets everything through, and what else is asked for of it is taken as far as it is so already.
func TestEndpointPolicies(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		policy := func() string {
			out, err := a.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{l.endpoint}})
			a.fatal(err)
			return *out.VpcEndpoints[0].PolicyDocument
		}
		full := policy()
		var read struct {
			Statement []struct{ Action, Effect, Principal, Resource string }
		}
		if err := json.Unmarshal([]byte(full), &read); err != nil || len(read.Statement) != 1 || read.Statement[0].Effect != "Allow" || read.Statement[0].Action != "*" {
			t.Errorf("an endpoint should have AWS's policy of full access, not %s, %v", full, err)
		}
		const other = `{"Statement":[{"Action":"*","Effect":"Deny","Principal":"*","Resource":"*"}]}`
		type modify = ec2.ModifyVpcEndpointInput
		for _, row := range []struct {
			what   string
			change modify
			code   string
		}{
			{"the same policy, with a version", modify{PolicyDocument: new(`{"Version":"2012-10-17",` + full[1:])}, ""},
			{"another policy", modify{PolicyDocument: new(other)}, "InvalidParameter"},
			{"what is no policy", modify{PolicyDocument: new(full[1:])}, "InvalidPolicyDocument"},
			{"the policy back to AWS's", modify{ResetPolicy: new(true)}, ""},
			{"no private names", modify{PrivateDnsEnabled: new(false)}, ""},
			{"private names", modify{PrivateDnsEnabled: new(true)}, "InvalidParameter"},
			{"ipv4", modify{IpAddressType: types.IpAddressTypeIpv4}, ""},
			{"dualstack", modify{IpAddressType: types.IpAddressTypeDualstack}, "UnsupportedOperation"},
		} {
			row.change.VpcEndpointId = &l.endpoint
			_, err := a.ModifyVpcEndpoint(t.Context(), &row.change)
			wantCode(t, err, row.code, "changing an endpoint to "+row.what)
		}
		if have := policy(); have != full {
			t.Errorf("the policy should be AWS's still, not %s", have)
		}
		in := interfaceEndpoint(l.consumer.vpc, l.serviceName, l.endpointGroup, l.consumer.subnet)
		in.PolicyDocument = new(other)
		_, err := a.CreateVpcEndpoint(t.Context(), in)
		wantCode(t, err, "InvalidParameter", "making an endpoint with another policy")
	})
}

// Of a service the load balancers change, one at least remains; what the simulator has not is refused.
func TestBalancersOfAService(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		second := a.balancer("second", l.shield, l.provider.subnet)
		type modify = ec2.ModifyVpcEndpointServiceConfigurationInput
		for _, row := range []struct {
			what   string
			change modify
			code   string
			then   string
		}{
			{"a second load balancer", modify{AddNetworkLoadBalancerArns: []string{second}}, "", l.balancer + " " + second},
			{"it once more", modify{AddNetworkLoadBalancerArns: []string{second}}, "InvalidParameter", l.balancer + " " + second},
			{"the first taken off", modify{RemoveNetworkLoadBalancerArns: []string{l.balancer}}, "", second},
			{"its own region", modify{AddSupportedRegions: []string{tokyo}}, "", second},
			{"another region", modify{AddSupportedRegions: []string{"eu-west-1"}}, "UnsupportedOperation", second},
			{"no region", modify{RemoveSupportedRegions: []string{tokyo}}, "UnsupportedOperation", second},
			{"IPv6", modify{AddSupportedIpAddressTypes: []string{"ipv6"}}, "UnsupportedOperation", second},
			{"a private name", modify{PrivateDnsName: new("lab.example.com")}, "UnsupportedOperation", second},
		} {
			row.change.ServiceId = &l.service
			_, err := a.ModifyVpcEndpointServiceConfiguration(t.Context(), &row.change)
			wantCode(t, err, row.code, "changing a service: "+row.what)
			out, err := a.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{l.service}})
			a.fatal(err)
			if have := strings.Join(out.ServiceConfigurations[0].NetworkLoadBalancerArns, " "); have != row.then {
				t.Errorf("after %s the service should have %s, not %s", row.what, row.then, have)
			}
		}
	})
}
