package steps

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// interfaceOwners stands in for both of AWS's services that have interfaces.
type interfaceOwners struct {
	account
	balancers
}

// An interface that AWS manages says in its description what it belongs to. Is that a stranger's, it may stay for ever;
// is it ours, or gone, the interface goes too.
func TestManagedInterfaces(t *testing.T) {
	const (
		ofEndpoint   = "VPC Endpoint Interface vpce-1"
		ofAttachment = "Network Interface for Transit Gateway Attachment tgw-attach-a"
		ofOurs       = "ELB net/" + ourName + "/0b"
		ofTheirs     = "ELB net/" + theirName + "/0b"
	)
	endpoint := func(id string, word types.State, tags []types.Tag) []types.VpcEndpoint {
		return []types.VpcEndpoint{{VpcEndpointId: &id, State: word, Tags: tags}}
	}
	attachment := func(id string, word types.TransitGatewayAttachmentState, tags []types.Tag) []types.TransitGatewayAttachment {
		return []types.TransitGatewayAttachment{{TransitGatewayAttachmentId: &id, State: word, Tags: tags}}
	}
	no := refused("Describe", "UnauthorizedOperation")
	for _, test := range []struct {
		name        string
		description string
		there       interfaceOwners
		stranger    string // kind and ID of the stranger's thing; "" for none
	}{
		{name: "our endpoint's", description: ofEndpoint, there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{things: endpoint("vpce-1", "available", ours(endpointBA))}}}},
		{
			name: "a stranger's endpoint's", description: ofEndpoint, stranger: "VPC endpoint vpce-1",
			there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{things: endpoint("vpce-1", "available", nil)}}},
		},
		{
			name: "another stack's endpoint's", description: ofEndpoint, stranger: "VPC endpoint vpce-1",
			there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{things: endpoint("vpce-1", "rejected", theirs(endpointBA))}}},
		},
		{
			name: "a stranger's endpoint's, on its way out", description: ofEndpoint,
			there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{things: endpoint("vpce-1", "deleting", nil)}}},
		},
		{
			name: "a stranger's endpoint's, gone, as the SDK spells it", description: ofEndpoint,
			there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{things: endpoint("vpce-1", types.StateDeleted, nil)}}},
		},
		{name: "an endpoint's that is gone", description: ofEndpoint},
		{
			name: "an endpoint's, another one there", description: ofEndpoint,
			there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{things: endpoint("vpce-x", "available", nil)}}},
		},
		{name: "an endpoint's, which may not be looked at", description: ofEndpoint, there: interfaceOwners{account: account{endpoints: list[types.VpcEndpoint]{err: no}}}},
		{
			name: "our attachment's", description: ofAttachment,
			there: interfaceOwners{account: account{anyAttached: list[types.TransitGatewayAttachment]{things: attachment("tgw-attach-a", "available", ours(attachmentA))}}},
		},
		{
			name: "a stranger's attachment's", description: ofAttachment, stranger: "transit gateway attachment tgw-attach-a",
			there: interfaceOwners{account: account{anyAttached: list[types.TransitGatewayAttachment]{things: attachment("tgw-attach-a", "available", nil)}}},
		},
		{
			name: "a stranger's attachment's, on its way out", description: ofAttachment,
			there: interfaceOwners{account: account{anyAttached: list[types.TransitGatewayAttachment]{things: attachment("tgw-attach-a", "deleting", nil)}}},
		},
		{
			name: "a stranger's attachment's, a tombstone", description: ofAttachment,
			there: interfaceOwners{account: account{anyAttached: list[types.TransitGatewayAttachment]{things: attachment("tgw-attach-a", "deleted", nil)}}},
		},
		{
			name: "an attachment's, another one there", description: ofAttachment,
			there: interfaceOwners{account: account{anyAttached: list[types.TransitGatewayAttachment]{things: attachment("tgw-attach-x", "available", nil)}}},
		},
		{
			name: "our load balancer's", description: ofOurs,
			there: interfaceOwners{balancers: balancers{nlbs: list[elbtypes.LoadBalancer]{things: []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active")}}}},
		},
		{
			name: "a stranger's load balancer's", description: ofTheirs, stranger: "load balancer net/" + theirName + "/0b",
			there: interfaceOwners{balancers: balancers{nlbs: list[elbtypes.LoadBalancer]{things: []elbtypes.LoadBalancer{balancer("arn-x", theirName, "active")}}}},
		},
		{name: "a load balancer's that is gone", description: ofTheirs},
		{
			name: "a load balancer's, which may not be looked at", description: ofTheirs,
			there: interfaceOwners{balancers: balancers{nlbs: list[elbtypes.LoadBalancer]{things: []elbtypes.LoadBalancer{balancer("arn-x", theirName, "active")}, err: no}}},
		},
		{name: "something else's", description: "Interface for NAT Gateway nat-1"},
		{name: "nobody knows whose"},
	} {
		t.Run(test.name, func(t *testing.T) {
			i := card("eni-1", test.description)
			i.SubnetId = new("subnet-a")
			test.there.interfaces.things = []types.NetworkInterface{i}
			got := hangingOn(t.Context(), here(&test.there), "subnet-a", inSubnet, refused("DeleteSubnet", "DependencyViolation"))
			if test.stranger != "" {
				names(t, got, test.stranger, "subnet-a")
				return
			}
			waits(t, got, "network interface eni-1")
		})
	}
}

// What may not be asked for in a list is asked for by the one that the interface names.
func TestManagedInterfacesQuestions(t *testing.T) {
	aws := &interfaceOwners{}
	for id, description := range map[string]string{
		"eni-1": "VPC Endpoint Interface vpce-1", "eni-2": "Network Interface for Transit Gateway Attachment tgw-attach-a",
		"eni-3": "ELB net/" + theirName + "/0b", "eni-4": "ELB net/" + ourName + "/0b",
	} {
		i := card(id, description)
		i.SubnetId = new("subnet-a")
		aws.interfaces.things = append(aws.interfaces.things, i)
	}
	waits(t, hangingOn(t.Context(), here(aws), "subnet-a", inSubnet, refused("DeleteSubnet", "DependencyViolation")), "network interface eni-")
	same(t, "endpoint, attachment and load balancer; the name of ours tells enough", [][]string{
		{"vpc-endpoint-id=vpce-1"}, {"transit-gateway-attachment-id=tgw-attach-a"}, {"name=" + theirName},
	}, [][]string{aws.endpoints.asked, aws.anyAttached.asked, aws.nlbs.asked})
}
