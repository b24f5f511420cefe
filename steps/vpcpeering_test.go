package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type peeringCalls struct {
	account
	create  call[ec2.CreateVpcPeeringConnectionInput, ec2.CreateVpcPeeringConnectionOutput]
	remove  call[ec2.DeleteVpcPeeringConnectionInput, ec2.DeleteVpcPeeringConnectionOutput]
	accept  call[ec2.AcceptVpcPeeringConnectionInput, ec2.AcceptVpcPeeringConnectionOutput]
	options call[ec2.ModifyVpcPeeringConnectionOptionsInput, ec2.ModifyVpcPeeringConnectionOptionsOutput]
}

func (c *peeringCalls) CreateVpcPeeringConnection(
	_ context.Context, in *ec2.CreateVpcPeeringConnectionInput, _ ...opt,
) (*ec2.CreateVpcPeeringConnectionOutput, error) {
	return c.create.do(in)
}

func (c *peeringCalls) DeleteVpcPeeringConnection(
	_ context.Context, in *ec2.DeleteVpcPeeringConnectionInput, _ ...opt,
) (*ec2.DeleteVpcPeeringConnectionOutput, error) {
	return c.remove.do(in)
}

func (c *peeringCalls) AcceptVpcPeeringConnection(
	_ context.Context, in *ec2.AcceptVpcPeeringConnectionInput, _ ...opt,
) (*ec2.AcceptVpcPeeringConnectionOutput, error) {
	return c.accept.do(in)
}

func (c *peeringCalls) ModifyVpcPeeringConnectionOptions(
	_ context.Context, in *ec2.ModifyVpcPeeringConnectionOptionsInput, _ ...opt,
) (*ec2.ModifyVpcPeeringConnectionOptionsOutput, error) {
	return c.options.do(in)
}

const peeringAB state.Key = "1.2.1/vpc-peering/a:b"

// aWithB is the request of a to b.
func aWithB() VPCPeering {
	return VPCPeering{Requester: state.Literal("vpc-a"), Accepter: state.Literal("vpc-b")}
}

// peered is a peering as AWS shows it.
func peered(id, requester, accepter string, code types.VpcPeeringConnectionStateReasonCode, tags []types.Tag) types.VpcPeeringConnection {
	return types.VpcPeeringConnection{
		VpcPeeringConnectionId: &id, Tags: tags, Status: &types.VpcPeeringConnectionStateReason{Code: code},
		RequesterVpcInfo: &types.VpcPeeringConnectionVpcInfo{VpcId: &requester}, AccepterVpcInfo: &types.VpcPeeringConnectionVpcInfo{VpcId: &accepter},
	}
}

func TestRequestPeering(t *testing.T) {
	aws := &peeringCalls{}
	aws.create.answer.VpcPeeringConnection = new(peered("pcx-1", "vpc-a", "vpc-b", "initiating-request", nil))
	rec := record(t, peeringAB, "", aWithB())
	same(t, "what AWS answered", Observation{Key: peeringAB, ID: "pcx-1", State: "initiating-request", Ours: true}, made(t, aws, rec))
	same(t, "both VPCs and tags", []*ec2.CreateVpcPeeringConnectionInput{{
		VpcId: new("vpc-a"), PeerVpcId: new("vpc-b"), TagSpecifications: here(nil).tagged(rec, "vpc-peering-connection"),
	}}, aws.create.sent)

	aws.create.answer.VpcPeeringConnection = nil
	unanswered(t, aws, rec)
}

func TestPeeringRefused(t *testing.T) {
	rec := record(t, peeringAB, "pcx-1", aWithB())
	refusals(t, "CreateVpcPeeringConnection", map[string]error{
		"InvalidVpcID.NotFound":             waiters.ErrNotYet, // one of the VPCs is new
		"VpcPeeringConnectionAlreadyExists": ErrExists,
		// Others are about to be accepted, or are on their way out.
		"OutstandingVpcPeeringConnectionLimitExceeded": waiters.ErrNotYet, "PendingVpcPeeringConnectionLimitExceeded": waiters.ErrNotYet,
		"VpcPeeringConnectionsPerVpcLimitExceeded": waiters.ErrNotYet,
		"UnauthorizedOperation":                    asItIs,
	}, func(answer error) error {
		aws := &peeringCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteVpcPeeringConnection", map[string]error{
		"InvalidVpcPeeringConnectionID.NotFound": waiters.ErrNone, "InvalidVpcPeeringConnectionId.NotFound": waiters.ErrNone,
		"InvalidStateTransition": waiters.ErrNone, // it failed, was rejected, or is being deleted
		"UnauthorizedOperation":  asItIs,
	}, func(answer error) error {
		aws := &peeringCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeletePeering(t *testing.T) {
	aws := &peeringCalls{}
	if err := deleting(t, aws, record(t, peeringAB, "pcx-1", aWithB())); err != nil {
		t.Errorf("want the peering deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteVpcPeeringConnectionInput{{VpcPeeringConnectionId: new("pcx-1")}}, aws.remove.sent)
}

func TestObservePeering(t *testing.T) {
	own := ours(peeringAB)
	asWanted := Observation{Key: peeringAB, ID: "pcx-1", State: "active", Ours: true, Token: "token-1"}
	in := func(state string) Observation {
		o := asWanted
		o.State = state
		return o
	}
	overlapping := peered("pcx-1", "vpc-a", "vpc-b", "failed", own)
	overlapping.Status.Message = new("Failed due to overlapping CIDR range")
	failed := in("failed")
	failed.Reason = "Failed due to overlapping CIDR range"
	strangers := []Observation{{Key: peeringAB, ID: "pcx-x", State: "active"}}
	for _, test := range []struct {
		name  string
		id    string
		shown []types.VpcPeeringConnection
		want  []Observation
	}{
		{name: "ours", shown: []types.VpcPeeringConnection{peered("pcx-1", "vpc-a", "vpc-b", "active", own)}, want: []Observation{asWanted}},
		{
			name: "ours, waiting to be accepted", want: []Observation{in("pending-acceptance")},
			shown: []types.VpcPeeringConnection{peered("pcx-1", "vpc-a", "vpc-b", "pending-acceptance", own)},
		},
		{
			name: "ours, tags taken off", id: "pcx-1", want: []Observation{{Key: peeringAB, ID: "pcx-1", State: "active", Ours: true, Diff: bare(peeringAB)}},
			shown: []types.VpcPeeringConnection{peered("pcx-1", "vpc-a", "vpc-b", "active", nil)},
		},
		{name: "ours, of blocks that overlap", shown: []types.VpcPeeringConnection{overlapping}, want: []Observation{failed}},
		{
			name: "ours without a state", want: []Observation{in("")},
			shown: []types.VpcPeeringConnection{{VpcPeeringConnectionId: new("pcx-1"), Tags: own}},
		},
		{name: "somebody peered them", shown: []types.VpcPeeringConnection{peered("pcx-x", "vpc-a", "vpc-b", "active", nil)}, want: strangers},
		{name: "somebody peered them the other way round", shown: []types.VpcPeeringConnection{peered("pcx-x", "vpc-b", "vpc-a", "active", nil)}, want: strangers},
		{
			name: "beside ours that has expired", want: append([]Observation{in("expired")}, strangers...),
			shown: []types.VpcPeeringConnection{peered("pcx-1", "vpc-a", "vpc-b", "expired", own), peered("pcx-x", "vpc-b", "vpc-a", "active", nil)},
		},
		{name: "somebody's that are as good as gone", shown: []types.VpcPeeringConnection{
			peered("pcx-w", "vpc-a", "vpc-b", "failed", nil), peered("pcx-x", "vpc-a", "vpc-b", "rejected", nil),
			peered("pcx-y", "vpc-b", "vpc-a", "expired", nil), peered("pcx-z", "vpc-b", "vpc-a", "deleted", nil),
		}},
		{name: "of one of them with another VPC", shown: []types.VpcPeeringConnection{
			peered("pcx-x", "vpc-a", "vpc-c", "active", nil), peered("pcx-y", "vpc-c", "vpc-b", "active", nil),
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &peeringCalls{}
			aws.peerings.things = test.shown
			same(t, "the peering of a and b", test.want, seen(t, KindVPCPeering, aws, record(t, peeringAB, test.id, aWithB())))
		})
	}
}

// Those that were requested the other way round are asked for only when one is missing. What is as good as gone is not
// there: the pair may have another by now.
func TestPeeringsAreAskedForFromBothSides(t *testing.T) {
	const oneWay, otherWay = "requester-vpc-info.vpc-id=", "accepter-vpc-info.vpc-id="
	ask := func(recs []state.Record, shown ...types.VpcPeeringConnection) []string {
		aws := &account{}
		aws.peerings.things = shown
		seen(t, KindVPCPeering, aws, recs...)
		return aws.peerings.asked
	}
	ab := record(t, peeringAB, "pcx-1", aWithB())
	ca := record(t, "1.2.1/vpc-peering/a:c", "", VPCPeering{Requester: state.Literal("vpc-c"), Accepter: state.Literal("vpc-a")})
	active := peered("pcx-1", "vpc-a", "vpc-b", "active", ours(peeringAB))
	expired := peered("pcx-1", "vpc-a", "vpc-b", "expired", ours(peeringAB))
	same(t, "one question when it is there", []string{oneWay + "vpc-a"}, ask([]state.Record{ab}, active))
	same(t, "one more for the one that is not", []string{oneWay + "vpc-a,vpc-c", otherWay + "vpc-c"}, ask([]state.Record{ab, ca}, active))
	same(t, "one more beside what has expired", []string{oneWay + "vpc-a", otherWay + "vpc-a"}, ask([]state.Record{ab}, expired))
	same(t, "everything, when the VPCs are not known", []string{"everything"}, ask([]state.Record{{Key: peeringAB, ID: "pcx-1", Owned: true}}))
}
