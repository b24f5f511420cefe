package steps

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/words"
)

// hangingAPI are the looks at what may hang on a thing that AWS will not delete: AWS itself never names it.
type hangingAPI interface {
	ec2.DescribeNetworkInterfacesAPIClient
	ec2.DescribeVpcsAPIClient
	ec2.DescribeVpcEndpointsAPIClient
	ec2.DescribeVpcEndpointServiceConfigurationsAPIClient
	ec2.DescribeSubnetsAPIClient
	ec2.DescribeSecurityGroupsAPIClient
	ec2.DescribeRouteTablesAPIClient
	ec2.DescribeInternetGatewaysAPIClient
	ec2.DescribeVpcPeeringConnectionsAPIClient
	ec2.DescribeTransitGatewayAttachmentsAPIClient
	ec2.DescribeTransitGatewayRouteTablesAPIClient
	ec2.GetTransitGatewayRouteTableAssociationsAPIClient
}

// hanging is one thing that hangs on another.
type hanging struct {
	kind     words.Text // a format that takes the ID
	id, note string     // note is what else may tell a person whose it is
	address  string     // a public one that it has
	tags     []types.Tag
	managed  bool // an interface of AWS's own making; note tells what it belongs to
	passing  bool // it goes by itself: AWS's own interface, or on its way out
}

// Say names it in a language.
func (h hanging) Say(l words.Language) string {
	name := l.Say(h.kind, h.id)
	switch {
	case h.address != "":
		return l.Say("%s (public address %s)", name, h.address)
	case h.note != "":
		return l.Say("%s (%s)", name, h.note)
	}
	return name
}

// hangingError says what hangs on a thing.
type hangingError struct {
	list []hanging
	on   string
}

var _ error = (*hangingError)(nil)

func (e *hangingError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *hangingError) Say(l words.Language) string {
	var names []string
	for _, h := range e.list {
		names = append(names, h.Say(l))
	}
	return l.Say("%s still hangs on %s", strings.Join(names, ", "), e.on)
}

// look lists what of one kind hangs on the thing with this ID.
type look func(context.Context, hangingAPI, string) ([]hanging, error)

// What may hang on each kind (aws-facts §2.1, §2.5, §2.20, §2.22). A new pattern adds its things here.
var (
	inVPC            = []look{interfacesIn("vpc-id", vpcOf), subnetsIn, groupsIn, tablesIn, gatewaysOf, peeringsOf}
	inSubnet         = []look{interfacesIn("subnet-id", subnetOf)}
	onSecurityGroup  = []look{interfacesIn("group-id", groupsOf), groupsNaming}
	onRouteTable     = []look{associationsOf}
	onTransitGateway = []look{attachmentsOf, tablesOfGateway}
	onTGWRouteTable  = []look{associatedWith}

	onNLB                       = []look{servicesOn}
	onInternetGateway           = []look{attachedTo}
	onInternetGatewayAttachment = []look{publicAddressesIn} // of its VPC
)

// hangingOn decides what a delete means that AWS refused because something hangs on the thing: a stranger's thing is
// an error at once, for it may hang there for ever; what is ours or AWS's own is on its way out, so not yet. Every
// other error is handed back as it is.
func hangingOn(ctx context.Context, env Env, id string, looks []look, refusal error) error {
	if m := cloud.MeaningOf(refusal); m != cloud.Dependency && m != cloud.WrongState {
		return refusal
	}
	var waitingFor []hanging
	for _, l := range looks {
		list, err := l(ctx, env.EC2, id)
		if err != nil {
			// AWS's refusal is what matters, and most of what hangs there goes by itself.
			return &NotYetError{Waiting: words.Errorf("what hangs on %s could not be looked up (%v)", id, err), Err: refusal}
		}
		for _, h := range list {
			if s, is := h.strangers(ctx, env); is {
				return &StrangerError{Kind: s.kind, ID: s.id, On: id, Err: refusal}
			}
			waitingFor = append(waitingFor, h)
		}
	}
	if len(waitingFor) > 0 {
		return &NotYetError{Waiting: &hangingError{waitingFor, id}, Err: refusal}
	}
	return &NotYetError{Err: refusal}
}
