package steps

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

const peeringDNSAB state.Key = "1.2.1/vpc-peering-dns/a:b"

func overPeering() VPCPeeringDNS { return VPCPeeringDNS{Peering: state.Literal("pcx-1")} }

func TestTurnPeeringDNSOn(t *testing.T) {
	aws := &peeringCalls{}
	got := made(t, aws, record(t, peeringDNSAB, "", overPeering()))
	same(t, "the peering's ID", Observation{Key: peeringDNSAB, ID: "pcx-1", Ours: true}, got)
	on := &types.PeeringConnectionOptionsRequest{AllowDnsResolutionFromRemoteVpc: new(true)}
	same(t, "both sides in one call", []*ec2.ModifyVpcPeeringConnectionOptionsInput{{
		VpcPeeringConnectionId: new("pcx-1"), RequesterPeeringConnectionOptions: on, AccepterPeeringConnectionOptions: on,
	}}, aws.options.sent)
}

func TestPeeringDNSRefused(t *testing.T) {
	rec := record(t, peeringDNSAB, "", overPeering())
	refusals(t, "ModifyVpcPeeringConnectionOptions", map[string]error{
		"InvalidVpcPeeringConnectionID.NotFound": waiters.ErrNotYet, "InvalidVpcPeeringConnectionId.NotFound": waiters.ErrNotYet,
		"OperationNotPermitted": waiters.ErrNotYet, "InvalidStateTransition": waiters.ErrNotYet, // it is not seen as active
		"InvalidParameterCombination": asItIs,
	}, func(answer error) error {
		aws := &peeringCalls{}
		aws.options.err = answer
		return creating(t, aws, rec)
	})
}

func TestPeeringDNSIsNotTurnedOff(t *testing.T) {
	if err := deleting(t, &account{}, record(t, peeringDNSAB, "pcx-1", overPeering())); err != nil { // any call would panic
		t.Errorf("want no call and no error, got %v", err)
	}
}

// It is on when both sides resolve names of an active peering.
func TestObservePeeringDNS(t *testing.T) {
	on := &types.VpcPeeringConnectionOptionsDescription{AllowDnsResolutionFromRemoteVpc: new(true)}
	off := &types.VpcPeeringConnectionOptionsDescription{AllowDnsResolutionFromRemoteVpc: new(false)}
	none := &types.VpcPeeringConnectionOptionsDescription{}
	show := func(code types.VpcPeeringConnectionStateReasonCode, requester, accepter *types.VpcPeeringConnectionOptionsDescription) types.VpcPeeringConnection {
		p := peered("pcx-1", "vpc-a", "vpc-b", code, ours(peeringAB))
		p.RequesterVpcInfo.PeeringOptions, p.AccepterVpcInfo.PeeringOptions = requester, accepter
		return p
	}
	bare := peered("pcx-1", "vpc-a", "vpc-b", "active", nil)
	bare.RequesterVpcInfo, bare.AccepterVpcInfo = nil, nil
	another := show("active", on, on)
	another.VpcPeeringConnectionId = new("pcx-2")
	for _, test := range []struct {
		name  string
		id    string
		shown types.VpcPeeringConnection
		want  []Observation
	}{
		{name: "on", id: "pcx-1", shown: show("active", on, on), want: []Observation{{Key: peeringDNSAB, ID: "pcx-1", Ours: true}}},
		{name: "on, whoever did it", shown: show("active", on, on), want: []Observation{{Key: peeringDNSAB, ID: "pcx-1"}}},
		{name: "the requester's side only", shown: show("active", on, off)},
		{name: "the accepter's side only", shown: show("active", off, on)},
		{name: "off", id: "pcx-1", shown: show("active", off, off)},
		{name: "one side not told", shown: show("active", on, nil)},
		{name: "options without this one", shown: show("active", none, none)},
		{name: "no sides", shown: bare},
		{name: "not active yet", shown: show("provisioning", on, on)},
		{name: "on its way out", id: "pcx-1", shown: show("deleting", on, on)},
		{name: "another peering", shown: another},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &peeringCalls{}
			aws.peerings.things = []types.VpcPeeringConnection{test.shown}
			same(t, "DNS over the peering", test.want, seen(t, KindVPCPeeringDNS, aws, record(t, peeringDNSAB, test.id, overPeering())))
			same(t, "the peering asked for", []string{"vpc-peering-connection-id=pcx-1"}, aws.peerings.asked)
		})
	}
}
