package sim

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/sim/codec"
)

// The model and the SDK come from two places. Every member that the model knows must have its field.
func TestTheModelFitsTheSDK(t *testing.T) {
	for service, table := range handlers {
		model := models()[service]
		for name, h := range table {
			op, ok := model.Operations[name]
			if !ok {
				t.Errorf("%s is in a table of actions, but not in model/actions.txt", name)
				continue
			}
			fits(t, model, name, op.Input, reflect.TypeOf(h.input()), map[string]bool{})
		}
		for name := range model.Operations {
			if _, ok := table[name]; !ok {
				t.Errorf("%s is in model/actions.txt, but in no table of actions", name)
			}
		}
	}
}

// newerThanTheSDK are members that AWS added to its model after this version of the SDK. They are unknown parameters.
var newerThanTheSDK = []string{
	"VpcEncryptionControlConfiguration.ApiGatewayV2Exclusion",
	"VpcEncryptionControlConfiguration.GlobalAcceleratorExclusion",
	"RunInstancesMonitoringEnabled.MetricCategoryIds",
	"CreateVpcPeeringConnectionRequest.RequesterPeeringConnectionOptions",
	"PeeringConnectionOptionsRequest.AllowMultipathResilience",
	"PeeringConnectionOptionsRequest.MultipathResilienceMode",
	"AcceptVpcEndpointConnectionsRequest.TransitGatewayAttachmentIds",
	"RejectVpcEndpointConnectionsRequest.TransitGatewayAttachmentIds",
	"ModifyVpcEndpointServicePermissionsRequest.PermissionType",
	"MutualAuthenticationAttributes.ClientCertificateIdentityFilters",
}

func fits(t *testing.T, m *codec.Model, path, shape string, typ reflect.Type, seen map[string]bool) {
	t.Helper()
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	s := m.Shapes[shape]
	if seen[shape] {
		return
	}
	seen[shape] = true
	switch s.Type {
	case "structure":
		if typ.Kind() != reflect.Struct {
			t.Errorf("%s is a structure in the model, and a %s in the SDK", path, typ)
			return
		}
		for name, member := range s.Members {
			field, ok := typ.FieldByName(strings.ToUpper(name[:1]) + name[1:])
			if !ok && slices.Contains(newerThanTheSDK, shape+"."+name) {
				continue
			}
			if !ok {
				t.Errorf("%s.%s has no field in %s", path, name, typ)
				continue
			}
			fits(t, m, path+"."+name, member.Shape, field.Type, seen)
		}
	case "list":
		if typ.Kind() != reflect.Slice {
			t.Errorf("%s is a list in the model, and a %s in the SDK", path, typ)
			return
		}
		fits(t, m, path+"[]", s.Member.Shape, typ.Elem(), seen)
	}
}

func TestActionsAreSortedAndCounted(t *testing.T) {
	data, err := os.ReadFile("model/actions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for l := range strings.Lines(string(data)) {
		if !strings.HasPrefix(l, "#") {
			lines = append(lines, l)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(lines)), lines); diff != "" {
		t.Errorf("model/actions.txt should be sorted (-want +have):\n%s", diff)
	}
	page, err := os.ReadFile("../docs/simulator.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("**It has %d actions**", len(lines)); !strings.Contains(string(page), want) {
		t.Errorf("docs/simulator.md should count the actions: %s", want)
	}
}

// A facet under a name that AWS does not document could never be asked for. owner-id is common to all kinds.
func TestFacetsAreDocumented(t *testing.T) {
	for action, names := range map[string][]string{
		"DescribeVpcs":                            slices.Collect(maps.Keys(vpcFacets)),
		"DescribeSubnets":                         slices.Collect(maps.Keys(subnetFacets)),
		"DescribeAvailabilityZones":               slices.Collect(maps.Keys(zoneFacets)),
		"DescribeInstanceTypeOfferings":           slices.Collect(maps.Keys(offeringFacets)),
		"DescribeRouteTables":                     slices.Collect(maps.Keys(routeTableFacets)),
		"DescribeSecurityGroups":                  slices.Collect(maps.Keys(groupFacets)),
		"DescribeSecurityGroupRules":              slices.Collect(maps.Keys(ruleFacets)),
		"DescribeInstances":                       slices.Collect(maps.Keys(instanceFacets)),
		"DescribeNetworkInterfaces":               slices.Collect(maps.Keys(interfaceFacets)),
		"DescribeInternetGateways":                slices.Collect(maps.Keys(internetGatewayFacets)),
		"DescribeAddresses":                       slices.Collect(maps.Keys(elasticIPFacets)),
		"DescribeVpcPeeringConnections":           slices.Collect(maps.Keys(peeringFacets)),
		"DescribeTransitGateways":                 slices.Collect(maps.Keys(gatewayFacets)),
		"DescribeTransitGatewayRouteTables":       slices.Collect(maps.Keys(gatewayTableFacets)),
		"GetTransitGatewayRouteTableAssociations": slices.Collect(maps.Keys(associationFacets)),
		"GetTransitGatewayRouteTablePropagations": slices.Collect(maps.Keys(propagationFacets)),
		"SearchTransitGatewayRoutes":              slices.Collect(maps.Keys(gatewayRouteFacets)),

		"DescribeVpcEndpointServiceConfigurations": slices.Collect(maps.Keys(configurationFacets)),
		"DescribeVpcEndpointServices":              slices.Collect(maps.Keys(serviceFacets)),
		"DescribeVpcEndpointServicePermissions":    slices.Collect(maps.Keys(servicePermissionFacets)),
		"DescribeVpcEndpoints":                     slices.Collect(maps.Keys(endpointFacets)),
		"DescribeVpcEndpointConnections":           slices.Collect(maps.Keys(connectionFacets)),
	} {
		documented := models()["ec2"].Operations[action].Filters
		for _, name := range names {
			if name != "owner-id" && !slices.Contains(documented, name) {
				t.Errorf("%s has a facet %q that AWS does not document", action, name)
			}
		}
	}
}

// Every kind has its row of durations.
func TestEveryKindHasItsPace(t *testing.T) {
	for _, k := range []*kind{
		kindVPC, kindSubnet, kindRouteTable, kindTableAssociation, kindRoute, kindGroup, kindRule, kindInterface, kindInternetGateway,
		kindInternetLink, kindElasticIP, kindPeering, kindInstance, kindGateway, kindGatewayTable, kindAttachment, kindAssociation, kindPropagation, kindGatewayRoute,
		kindTargetGroup, kindTarget, kindBalancer, kindListener, kindService, kindServicePermission, kindEndpoint,
	} {
		if _, ok := paces[k.word]; !ok {
			t.Errorf("%s has no row in paces", k.word)
		}
	}
}

// A triangle's draws stay in the span, are not all the same, and lie around the typical value.
func TestSpans(t *testing.T) {
	for word, p := range paces {
		for _, s := range []span{
			p.create, p.remove, hidden, refusal, lingering, slowAssociate, provisioning,
			listensLinux, listensWindows, balancerLingers, endpointArrives, endpointLingers, stillCounted, serviceUnsteady,
		} {
			low, high, below := s.at(0), s.at(0.999999), 0
			for i := range 1000 {
				if s.at(float64(i)/1000) <= s.typical {
					below++
				}
			}
			wantBelow := (s.typical - s.low) / (s.high - s.low) * 1000
			if low < s.low || high > s.high || float64(below) < wantBelow-2 || float64(below) > wantBelow+2 {
				t.Errorf("%s: the span %+v should be drawn from as a triangle, not from %v to %v with %d of 1000 below its top (want %v)", word, s, low, high, below, wantBelow)
			}
		}
	}
}

func TestWildcards(t *testing.T) {
	for _, row := range []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true},
		{"", "a", false},
		{"a", "a", true},
		{"a", "A", false},
		{"*", "", true},
		{"*", "anything", true},
		{"a*c", "abbbc", true},
		{"a*c", "abbb", false},
		{"*a*b*", "xxaxxbxx", true},
		{"*ab", "aab", true},
		{"?", "", false},
		{"a?c", "abc", true},
		{`a\*c`, "a*c", true},
		{`a\*c`, "abc", false},
		{`a\?`, "a?", true},
		{`a\\`, `a\`, true},
		{strings.Repeat("*a", 50) + "b", strings.Repeat("a", 5000), false}, // must not take forever
	} {
		if have := like(row.pattern, row.s); have != row.want {
			t.Errorf("that %q is like %q should be %t", row.s, row.pattern, row.want)
		}
	}
}
