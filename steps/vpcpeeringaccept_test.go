package steps

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

const acceptAB state.Key = "1.2.1/vpc-peering-accept/a:b"

func ofPeering() VPCPeeringAccept { return VPCPeeringAccept{Peering: state.Literal("pcx-1")} }

func TestAcceptPeering(t *testing.T) {
	aws := &peeringCalls{}
	aws.accept.answer.VpcPeeringConnection = new(peered("pcx-1", "vpc-a", "vpc-b", "provisioning", ours(peeringAB)))
	rec := record(t, acceptAB, "", ofPeering())
	same(t, "the peering's ID", Observation{Key: acceptAB, ID: "pcx-1", State: "provisioning", Ours: true}, made(t, aws, rec))
	same(t, "the peering", []*ec2.AcceptVpcPeeringConnectionInput{{VpcPeeringConnectionId: new("pcx-1")}}, aws.accept.sent)

	aws.accept.answer.VpcPeeringConnection = nil
	unanswered(t, aws, rec)
}

func TestAcceptRefused(t *testing.T) {
	rec := record(t, acceptAB, "", ofPeering())
	refusals(t, "AcceptVpcPeeringConnection", map[string]error{
		"InvalidVpcPeeringConnectionID.NotFound": waiters.ErrNotYet, "InvalidVpcPeeringConnectionId.NotFound": waiters.ErrNotYet, // it is new
		"InvalidStateTransition":                   ErrExists, // it may be accepted already
		"VpcPeeringConnectionsPerVpcLimitExceeded": asItIs, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &peeringCalls{}
		aws.accept.err = answer
		return creating(t, aws, rec)
	})
}

func TestAnAcceptanceIsNotTakenBack(t *testing.T) {
	if err := deleting(t, &account{}, record(t, acceptAB, "pcx-1", ofPeering())); err != nil { // any call would panic
		t.Errorf("want no call and no error, got %v", err)
	}
}

// A request is no acceptance, whoever made it; what is accepted is, whoever did that.
func TestObserveAcceptance(t *testing.T) {
	for code, want := range map[types.VpcPeeringConnectionStateReasonCode]struct{ byNature, byID bool }{
		"initiating-request": {false, false}, "pending-acceptance": {false, false},
		"provisioning": {true, true}, "active": {true, true}, "deleting": {true, true},
		// As good as gone, and still told of what the journal knows.
		"deleted": {false, true}, "failed": {false, true}, "rejected": {false, true}, "expired": {false, true},
	} {
		t.Run(string(code), func(t *testing.T) {
			aws := &peeringCalls{}
			aws.peerings.things = []types.VpcPeeringConnection{
				peered("pcx-x", "vpc-a", "vpc-c", "active", nil), peered("pcx-1", "vpc-a", "vpc-b", code, ours(peeringAB)),
			}
			sight := func(told, ours bool) []Observation {
				if !told {
					return nil
				}
				return []Observation{{Key: acceptAB, ID: "pcx-1", State: string(code), Ours: ours}}
			}
			same(t, "the acceptance by its peering", sight(want.byNature, false), seen(t, KindVPCPeeringAccept, aws, record(t, acceptAB, "", ofPeering())))
			same(t, "the acceptance by the journal", sight(want.byID, true), seen(t, KindVPCPeeringAccept, aws, record(t, acceptAB, "pcx-1", ofPeering())))
			same(t, "the peering asked for", []string{"vpc-peering-connection-id=pcx-1", "vpc-peering-connection-id=pcx-1"}, aws.peerings.asked)
		})
	}
}
