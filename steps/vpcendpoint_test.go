package steps

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type endpointCalls struct {
	account
	create call[ec2.CreateVpcEndpointInput, ec2.CreateVpcEndpointOutput]
	remove call[ec2.DeleteVpcEndpointsInput, ec2.DeleteVpcEndpointsOutput]
	accept call[ec2.AcceptVpcEndpointConnectionsInput, ec2.AcceptVpcEndpointConnectionsOutput]
}

func (c *endpointCalls) CreateVpcEndpoint(_ context.Context, in *ec2.CreateVpcEndpointInput, _ ...opt) (*ec2.CreateVpcEndpointOutput, error) {
	return c.create.do(in)
}

func (c *endpointCalls) DeleteVpcEndpoints(_ context.Context, in *ec2.DeleteVpcEndpointsInput, _ ...opt) (*ec2.DeleteVpcEndpointsOutput, error) {
	return c.remove.do(in)
}

func (c *endpointCalls) AcceptVpcEndpointConnections(
	_ context.Context, in *ec2.AcceptVpcEndpointConnectionsInput, _ ...opt,
) (*ec2.AcceptVpcEndpointConnectionsOutput, error) {
	return c.accept.do(in)
}

const endpointBA state.Key = "1.3.6/vpc-endpoint/b:a"

// consuming is the endpoint of b, in two AZs, for the service of a.
func consuming() VPCEndpoint {
	return VPCEndpoint{
		VPC: state.Literal("vpc-b"), ServiceName: state.Literal(serviceName),
		Subnets: []state.Value{state.Literal("subnet-2"), state.Literal("subnet-1")}, Group: state.Literal("sg-endpoint"),
	}
}

// shownEndpoint is an endpoint in both subnets as AWS shows it.
func shownEndpoint(id string, word types.State, tags []types.Tag) types.VpcEndpoint {
	return types.VpcEndpoint{
		VpcEndpointId: &id, VpcId: new("vpc-b"), State: word, Tags: tags, SubnetIds: []string{"subnet-1", "subnet-2"}, NetworkInterfaceIds: []string{"eni-1", "eni-2"},
	}
}

// resolved is an endpoint with its names, the region's first.
func resolved(e types.VpcEndpoint) types.VpcEndpoint {
	e.DnsEntries = []types.DnsEntry{{DnsName: new("all.vpce")}, {DnsName: new("az1.vpce")}}
	return e
}

// addressed are the interfaces of that endpoint.
func addressed() []types.NetworkInterface {
	return []types.NetworkInterface{
		{NetworkInterfaceId: new("eni-x"), PrivateIpAddress: new("10.9.9.9")},
		{NetworkInterfaceId: new("eni-2"), PrivateIpAddress: new("10.0.1.7")},
		{NetworkInterfaceId: new("eni-1"), PrivateIpAddress: new("10.0.0.7")},
	}
}

func TestMakeEndpoint(t *testing.T) {
	aws := &endpointCalls{}
	aws.create.answer.VpcEndpoint = new(shownEndpoint("vpce-1", "pendingAcceptance", nil))
	rec := record(t, endpointBA, "", consuming())
	same(t, "what AWS answered", Observation{Key: endpointBA, ID: "vpce-1", State: "pendingAcceptance", Ours: true}, made(t, aws, rec))
	same(t, "an interface endpoint, by the service's name, in both subnets, token and tags", []*ec2.CreateVpcEndpointInput{{
		VpcEndpointType: "Interface", VpcId: new("vpc-b"), ServiceName: new(serviceName), SubnetIds: []string{"subnet-2", "subnet-1"},
		SecurityGroupIds: []string{"sg-endpoint"}, PrivateDnsEnabled: new(false), ClientToken: new("token-1"),
		TagSpecifications: here(nil).tagged(rec, "vpc-endpoint"),
	}}, aws.create.sent)

	for _, part := range []*types.VpcEndpoint{nil, {}} {
		aws.create.answer.VpcEndpoint = part
		unanswered(t, aws, rec)
	}
}

func TestEndpointRefused(t *testing.T) {
	rec := record(t, endpointBA, "vpce-1", consuming())
	refusals(t, "CreateVpcEndpoint", map[string]error{
		"InvalidServiceName":    waiters.ErrNotYet, // the service is new, or may not be used
		"InvalidVpcID.NotFound": waiters.ErrNotYet, "InvalidSubnetID.NotFound": waiters.ErrNotYet, "InvalidSubnetId.NotFound": waiters.ErrNotYet,
		"InvalidGroup.NotFound": waiters.ErrNotYet, "InvalidSecurityGroupID.NotFound": waiters.ErrNotYet,
		"InvalidParameter": asItIs, "DuplicateSubnetsInSameZone": asItIs, "VpcEndpointLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &endpointCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	meanings := map[string]error{
		"InvalidVpcEndpoint.NotFound": waiters.ErrNone, "InvalidVpcEndpointId.NotFound": waiters.ErrNone, "UnauthorizedOperation": asItIs,
	}
	refusals(t, "DeleteVpcEndpoints", meanings, func(answer error) error {
		aws := &endpointCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
	listedRefusals(t, "DeleteVpcEndpoints", meanings, func(items []types.UnsuccessfulItem) error {
		aws := &endpointCalls{}
		aws.remove.answer.Unsuccessful = items
		return deleting(t, aws, rec)
	})
}

func TestDeleteEndpoint(t *testing.T) {
	aws := &endpointCalls{}
	aws.remove.answer.Unsuccessful = []types.UnsuccessfulItem{{ResourceId: new("vpce-1")}} // nothing is said against it
	if err := deleting(t, aws, record(t, endpointBA, "vpce-1", consuming())); err != nil {
		t.Errorf("want the endpoint deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteVpcEndpointsInput{{VpcEndpointIds: []string{"vpce-1"}}}, aws.remove.sent)
}

func TestObserveEndpoint(t *testing.T) {
	own := ours(endpointBA)
	in := func(state string) Observation {
		return Observation{Key: endpointBA, ID: "vpce-1", State: state, Ours: true, Token: "token-1"}
	}
	named := in("available")
	named.Out = map[string]string{OutDNSName: "all.vpce", OutDNSNames: "all.vpce,az1.vpce", OutAddresses: "10.0.0.7,10.0.1.7"}
	constant := named // the SDK's spelling
	constant.State = "Available"
	untagged := in("available")
	untagged.Token, untagged.Diff = "", bare(untagged.Key)
	oneZone := in("available")
	oneZone.Diff = []Field{{Name: "subnets", Want: "subnet-1, subnet-2", Have: "subnet-1", Flag: "--azs", Mends: true}}
	failed := in("failed")
	failed.Reason = "InsufficientFreeAddresses: no room"
	edited := func(word types.State, edit func(*types.VpcEndpoint)) types.VpcEndpoint {
		e := shownEndpoint("vpce-1", word, own)
		edit(&e)
		return e
	}
	for _, test := range []struct {
		name  string
		id    string
		shown []types.VpcEndpoint
		want  []Observation
	}{
		{name: "ours, to be accepted", shown: []types.VpcEndpoint{shownEndpoint("vpce-x", "available", nil), shownEndpoint("vpce-1", "pendingAcceptance", own)}, want: []Observation{in("pendingAcceptance")}},
		{name: "ours, available", shown: []types.VpcEndpoint{resolved(shownEndpoint("vpce-1", "available", own))}, want: []Observation{named}},
		{name: "ours, available, as the SDK spells it", shown: []types.VpcEndpoint{resolved(shownEndpoint("vpce-1", types.StateAvailable, own))}, want: []Observation{constant}},
		{name: "ours, its names late", shown: []types.VpcEndpoint{shownEndpoint("vpce-1", "available", own)}, want: []Observation{in("available")}},
		{name: "names of one that is not available", shown: []types.VpcEndpoint{resolved(shownEndpoint("vpce-1", "pending", own))}, want: []Observation{in("pending")}},
		{name: "ours, tags taken off", id: "vpce-1", shown: []types.VpcEndpoint{shownEndpoint("vpce-1", "available", nil)}, want: []Observation{untagged}},
		{name: "ours in one zone", shown: []types.VpcEndpoint{edited("available", func(e *types.VpcEndpoint) { e.SubnetIds = e.SubnetIds[:1] })}, want: []Observation{oneZone}},
		{name: "its subnets in another order", shown: []types.VpcEndpoint{edited("available", func(e *types.VpcEndpoint) { slices.Reverse(e.SubnetIds) })}, want: []Observation{in("available")}},
		{name: "its subnets left out", shown: []types.VpcEndpoint{edited("deleting", func(e *types.VpcEndpoint) { e.SubnetIds = nil })}, want: []Observation{in("deleting")}},
		{name: "ours, rejected, which lives on", shown: []types.VpcEndpoint{shownEndpoint("vpce-1", "rejected", own)}, want: []Observation{in("rejected")}},
		{name: "why it failed", want: []Observation{failed}, shown: []types.VpcEndpoint{edited("failed", func(e *types.VpcEndpoint) {
			e.LastError = &types.LastError{Code: new("InsufficientFreeAddresses"), Message: new("no room")}
		})}},
		{name: "a tombstone", id: "vpce-1", want: []Observation{}, shown: []types.VpcEndpoint{shownEndpoint("vpce-1", "deleted", own), shownEndpoint("vpce-2", types.StateDeleted, own)}},
		{name: "strangers' for the same service", shown: []types.VpcEndpoint{shownEndpoint("vpce-x", "available", nil), shownEndpoint("vpce-y", "available", theirs(endpointBA))}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &endpointCalls{}
			aws.endpoints.things, aws.interfaces.things = test.shown, addressed()
			same(t, "b's endpoint", test.want, seen(t, KindVPCEndpoint, aws, record(t, endpointBA, test.id, consuming())))
			same(t, "the endpoints of the VPC asked for", []string{"vpc-id=vpc-b"}, aws.endpoints.asked)
		})
	}
}

// Addresses cost a call: it is made only of what is available.
func TestEndpointAddresses(t *testing.T) {
	aws := &endpointCalls{}
	rec := record(t, endpointBA, "vpce-1", consuming())
	aws.endpoints.things = []types.VpcEndpoint{shownEndpoint("vpce-1", "pendingAcceptance", ours(endpointBA))}
	seen(t, KindVPCEndpoint, aws, rec)
	same(t, "no interfaces asked for", []string(nil), aws.interfaces.asked)
	aws.endpoints.things[0].State = "available"
	seen(t, KindVPCEndpoint, aws, rec)
	same(t, "the endpoint's interfaces", []string{"network-interface-id=eni-1,eni-2"}, aws.interfaces.asked)
	aws.interfaces.err = refused("DescribeNetworkInterfaces", "UnauthorizedOperation")
	if _, err := Kinds()[KindVPCEndpoint].Observe(t.Context(), here(aws), []state.Record{rec}); !errors.Is(err, aws.interfaces.err) {
		t.Errorf("want a look without addresses not taken for a whole one, got %v", err)
	}
}

// An endpoint that is gone drains as long as its interfaces are there.
func TestEndpointDrains(t *testing.T) {
	const described = "VPC Endpoint Interface vpce-1"
	drains := []Observation{{Key: endpointBA, ID: "vpce-1", Ours: true, State: "draining", Left: "eni-1"}}
	leaving := []Observation{{Key: endpointBA, ID: "vpce-1", State: "deleting", Ours: true, Token: "token-1"}}
	cards := []types.NetworkInterface{card("eni-x", "VPC Endpoint Interface vpce-x"), card("eni-1", described), card("eni-2", described)}
	asked := []string{"description=" + described}
	for _, test := range []struct {
		name  string
		phase state.Phase
		shown []types.VpcEndpoint
		want  []Observation
		asked []string
	}{
		{name: "gone but for its interfaces", phase: state.Deleting, want: drains, asked: asked},
		{
			name: "a tombstone beside its interfaces", phase: state.Deleting, want: drains, asked: asked,
			shown: []types.VpcEndpoint{shownEndpoint("vpce-1", "deleted", ours(endpointBA))},
		},
		{
			name: "on its way itself", phase: state.Deleting, want: leaving,
			shown: []types.VpcEndpoint{shownEndpoint("vpce-1", "deleting", ours(endpointBA))},
		},
		{name: "being made", phase: state.Created},
		{name: "ready and gone: somebody deleted it", phase: state.Ready},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &endpointCalls{}
			aws.endpoints.things, aws.interfaces.things = test.shown, cards
			rec := record(t, endpointBA, "vpce-1", consuming())
			rec.Phase = test.phase
			same(t, "b's endpoint on its way out", test.want, seen(t, KindVPCEndpoint, aws, rec))
			same(t, "the interfaces asked for", test.asked, aws.interfaces.asked)
		})
	}
}

const acceptBA state.Key = "1.3.6/endpoint-accept/b:a"

func accepting() EndpointAccept {
	return EndpointAccept{Service: state.Literal("vpce-svc-1"), Endpoint: state.Literal("vpce-1"), VPC: state.Literal("vpc-b")}
}

func TestAcceptEndpoint(t *testing.T) {
	aws := &endpointCalls{}
	rec := record(t, acceptBA, "", accepting())
	same(t, "the endpoint's ID", Observation{Key: acceptBA, ID: "vpce-1", Ours: true}, made(t, aws, rec))
	same(t, "service and endpoint", []*ec2.AcceptVpcEndpointConnectionsInput{{ServiceId: new("vpce-svc-1"), VpcEndpointIds: []string{"vpce-1"}}}, aws.accept.sent)
	if err := deleting(t, aws, record(t, acceptBA, "vpce-1", accepting())); err != nil {
		t.Errorf("want it gone with the endpoint, without a call, got %v", err)
	}

	meanings := map[string]error{
		"InvalidVpcEndpoint.NotFound": waiters.ErrNotYet, "InvalidVpcEndpointId.NotFound": waiters.ErrNotYet, // the connection does not show yet
		"InvalidVpcEndpointService.NotFound": waiters.ErrNotYet, "InvalidVpcEndpointServiceId.NotFound": waiters.ErrNotYet,
		"InvalidState": ErrExists, "IncorrectState": ErrExists, // it may be accepted: a look tells
		"UnauthorizedOperation": asItIs,
	}
	refusals(t, "AcceptVpcEndpointConnections", meanings, func(answer error) error {
		aws := &endpointCalls{}
		aws.accept.err = answer
		return creating(t, aws, rec)
	})
	listedRefusals(t, "AcceptVpcEndpointConnections", meanings, func(items []types.UnsuccessfulItem) error {
		aws := &endpointCalls{}
		aws.accept.answer.Unsuccessful = items
		return creating(t, aws, rec)
	})
}

// What still asks is not accepted, in either spelling; what is accepted is not whole before it has its names.
func TestObserveAccept(t *testing.T) {
	for _, spelling := range []types.State{"pendingAcceptance", types.StatePendingAcceptance} {
		aws := &endpointCalls{}
		aws.endpoints.things = []types.VpcEndpoint{shownEndpoint("vpce-1", spelling, nil)}
		for _, id := range []string{"", "vpce-1"} {
			same(t, "no acceptance of what is "+string(spelling), []Observation(nil), seen(t, KindEndpointAccept, aws, record(t, acceptBA, id, accepting())))
		}
	}
	for _, test := range []struct {
		name  string
		id    string
		shown types.VpcEndpoint
		want  []Observation
	}{
		{
			name: "accepted, on its way", shown: shownEndpoint("vpce-1", "pending", nil),
			want: []Observation{{Key: acceptBA, ID: "vpce-1", State: "pending", Lacks: "DNS names"}},
		},
		{
			name: "available, its names late", id: "vpce-1", shown: shownEndpoint("vpce-1", "available", nil),
			want: []Observation{{Key: acceptBA, ID: "vpce-1", State: "available", Ours: true, Lacks: "DNS names"}},
		},
		{
			name: "available", id: "vpce-1", shown: resolved(shownEndpoint("vpce-1", "available", nil)),
			want: []Observation{{Key: acceptBA, ID: "vpce-1", State: "available", Ours: true}},
		},
		{
			name: "available, as the SDK spells it", id: "vpce-1", shown: resolved(shownEndpoint("vpce-1", types.StateAvailable, nil)),
			want: []Observation{{Key: acceptBA, ID: "vpce-1", State: "Available", Ours: true}},
		},
		{name: "rejected, not in the journal", shown: shownEndpoint("vpce-1", "rejected", nil)},
		{name: "another endpoint", shown: resolved(shownEndpoint("vpce-x", "available", nil))},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &endpointCalls{}
			aws.endpoints.things, aws.interfaces.things = []types.VpcEndpoint{test.shown}, addressed()
			same(t, "the acceptance", test.want, seen(t, KindEndpointAccept, aws, record(t, acceptBA, test.id, accepting())))
			same(t, "the endpoints of the VPC asked for", []string{"vpc-id=vpc-b"}, aws.endpoints.asked)
		})
	}
}
