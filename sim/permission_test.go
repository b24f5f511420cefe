package sim

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"
)

// How AWS writes what a rule admits: protocols by name, blocks without host bits, ports only where there are any.
func TestPermissions(t *testing.T) {
	c := &call{region: newRegion(place{DefaultAccount, "eu-west-1"}, 1), opts: &Options{}, now: dawn}
	group := c.groups.list[0].id
	in := func(protocol string, from, to int32, peer string) types.IpPermission {
		p := types.IpPermission{IpProtocol: &protocol, FromPort: &from, ToPort: &to, IpRanges: []types.IpRange{{CidrIp: &peer}}}
		if from == -1 {
			p.FromPort, p.ToPort = nil, nil
		}
		return p
	}
	v6, toGroup, toList := in("tcp", 1, 2, ""), in("tcp", 1, 2, ""), in("tcp", 1, 2, "")
	v6.IpRanges, v6.Ipv6Ranges = nil, []types.Ipv6Range{{CidrIpv6: new("2001:db8::1/32")}}
	toGroup.IpRanges, toGroup.UserIdGroupPairs = nil, []types.UserIdGroupPair{{GroupId: &group}}
	toList.IpRanges, toList.PrefixListIds = nil, []types.PrefixListId{{PrefixListId: new("pl-1")}}
	for _, row := range []struct {
		in   types.IpPermission
		want string // AWS's text, or its code
	}{
		{in("tcp", 22, 23, "10.0.0.1/8"), "peer: 10.0.0.0/8, TCP, from port: 22, to port: 23, ALLOW"},
		{in("6", 22, 22, "10.0.0.0/8"), "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW"},
		{in("UDP", 53, 53, "10.0.0.0/8"), "peer: 10.0.0.0/8, UDP, from port: 53, to port: 53, ALLOW"},
		{in("icmp", -1, -1, "10.0.0.0/8"), "peer: 10.0.0.0/8, ICMP, from port: -1, to port: -1, ALLOW"},
		{in("icmp", 8, 0, "10.0.0.0/8"), "peer: 10.0.0.0/8, ICMP, from port: 8, to port: 0, ALLOW"},
		{in("50", 1, 2, "10.0.0.0/8"), "peer: 10.0.0.0/8, 50, from port: -1, to port: -1, ALLOW"},
		{in("-1", 1, 2, "0.0.0.0/0"), "peer: 0.0.0.0/0, ALL, ALLOW"},
		{v6, "peer: 2001:db8::/32, TCP, from port: 1, to port: 2, ALLOW"},
		{toGroup, "peer: " + group + ", TCP, from port: 1, to port: 2, ALLOW"},
		{toList, "InvalidPrefixListID.NotFound"},
		{in("tcp", 23, 22, "10.0.0.0/8"), "InvalidParameterValue"},
		{in("tcp", 1, 70000, "10.0.0.0/8"), "InvalidParameterValue"},
		{in("tcp", -1, -1, "10.0.0.0/8"), "InvalidParameterValue"},
		{in("rain", 1, 2, "10.0.0.0/8"), "InvalidParameterValue"},
		{in("tcp", 1, 2, "10.0.0.0"), "InvalidParameterValue"},
		{in("tcp", 1, 2, "2001:db8::/32"), "InvalidParameterValue"},
		{in("", 1, 2, "10.0.0.0/8"), "MissingParameter"},
		{types.IpPermission{IpProtocol: new("-1")}, "MissingParameter"},
	} {
		all, err := c.permissions([]types.IpPermission{row.in}, flatPermission{})
		have := ""
		switch {
		case err != nil:
			have = asAWS(err).Code
		case len(all) == 1:
			have = all[0].text()
		}
		if diff := cmp.Diff(row.want, have); diff != "" {
			t.Errorf("the permission %+v is read otherwise (-want +have):\n%s", row.in, diff)
		}
	}
	if _, err := c.permissions(nil, flatPermission{}); err == nil {
		t.Error("no permission at all should be refused")
	}
}
