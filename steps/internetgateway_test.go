package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type internetCalls struct {
	account
	create call[ec2.CreateInternetGatewayInput, ec2.CreateInternetGatewayOutput]
	remove call[ec2.DeleteInternetGatewayInput, ec2.DeleteInternetGatewayOutput]
}

func (c *internetCalls) CreateInternetGateway(
	_ context.Context, in *ec2.CreateInternetGatewayInput, _ ...opt,
) (*ec2.CreateInternetGatewayOutput, error) {
	return c.create.do(in)
}

func (c *internetCalls) DeleteInternetGateway(
	_ context.Context, in *ec2.DeleteInternetGatewayInput, _ ...opt,
) (*ec2.DeleteInternetGatewayOutput, error) {
	return c.remove.do(in)
}

const internetA state.Key = "1.1.1/internet-gateway/a"

// forA is the gateway of VPC a.
func forA() InternetGateway { return InternetGateway{VPC: state.Literal("vpc-a")} }

// onVPC is an attachment as AWS shows it with its gateway. A live one reads "available", which the SDK's enum lacks.
func onVPC(vpc string, word types.AttachmentStatus) []types.InternetGatewayAttachment {
	return []types.InternetGatewayAttachment{{VpcId: &vpc, State: word}}
}

func TestMakeInternetGateway(t *testing.T) {
	aws := &internetCalls{}
	aws.create.answer.InternetGateway = &types.InternetGateway{InternetGatewayId: new("igw-a")}
	rec := record(t, internetA, "", forA())
	same(t, "what AWS answered", Observation{Key: internetA, ID: "igw-a", Ours: true}, made(t, aws, rec))
	same(t, "nothing but tags", []*ec2.CreateInternetGatewayInput{{TagSpecifications: here(nil).tagged(rec, "internet-gateway")}}, aws.create.sent)

	aws.create.answer.InternetGateway = nil
	unanswered(t, aws, rec)
}

func TestInternetGatewayRefused(t *testing.T) {
	rec := record(t, internetA, "igw-a", forA())
	refusals(t, "CreateInternetGateway", map[string]error{
		"InternetGatewayLimitExceeded": asItIs, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &internetCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteInternetGateway", map[string]error{
		"InvalidInternetGatewayID.NotFound": waiters.ErrNone, "InvalidInternetGatewayId.NotFound": waiters.ErrNone,
		"DependencyViolation":   waiters.ErrNotYet, // it is still attached
		"UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &internetCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteInternetGateway(t *testing.T) {
	aws := &internetCalls{}
	if err := deleting(t, aws, record(t, internetA, "igw-a", forA())); err != nil {
		t.Errorf("want the gateway deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteInternetGatewayInput{{InternetGatewayId: new("igw-a")}}, aws.remove.sent)
}

// Somebody attached our gateway to a VPC of theirs.
func TestDeleteInternetGatewayThatAStrangerUses(t *testing.T) {
	aws := &internetCalls{}
	aws.remove.err = refused("DeleteInternetGateway", "DependencyViolation")
	aws.internet.things = []types.InternetGateway{{InternetGatewayId: new("igw-a"), Attachments: onVPC("vpc-x", "available"), Tags: ours(internetA)}}
	aws.vpcs.things = []types.Vpc{{VpcId: new("vpc-x")}}
	names(t, deleting(t, aws, record(t, internetA, "igw-a", forA())), "attachment to vpc-x", "igw-a")
}

func TestObserveInternetGateway(t *testing.T) {
	asWanted := Observation{Key: internetA, ID: "igw-a", Ours: true, Token: "token-1"}
	for _, test := range []struct {
		name  string
		id    string
		shown []types.InternetGateway
		want  []Observation
	}{
		{name: "ours", shown: []types.InternetGateway{{InternetGatewayId: new("igw-a"), Tags: ours(internetA)}}, want: []Observation{asWanted}},
		{
			name: "ours, attached", want: []Observation{asWanted},
			shown: []types.InternetGateway{{InternetGatewayId: new("igw-a"), Tags: ours(internetA), Attachments: onVPC("vpc-a", "available")}},
		},
		{
			name: "ours, tags taken off", id: "igw-a", want: []Observation{{Key: internetA, ID: "igw-a", Ours: true, Diff: bare(internetA)}},
			shown: []types.InternetGateway{{InternetGatewayId: new("igw-a")}},
		},
		{
			name: "twins", want: []Observation{asWanted, {Key: internetA, ID: "igw-b", Ours: true, Token: "token-1"}},
			shown: []types.InternetGateway{{InternetGatewayId: new("igw-a"), Tags: ours(internetA)}, {InternetGatewayId: new("igw-b"), Tags: ours(internetA)}},
		},
		{
			name: "the VPC has a stranger's", want: []Observation{{Key: internetA, ID: "igw-x"}},
			shown: []types.InternetGateway{{InternetGatewayId: new("igw-x"), Attachments: onVPC("vpc-a", "available")}},
		},
		{
			name: "the VPC has another stack's", want: []Observation{{Key: internetA, ID: "igw-x", Token: ""}},
			shown: []types.InternetGateway{{InternetGatewayId: new("igw-x"), Attachments: onVPC("vpc-a", "available"), Tags: theirs(internetA)}},
		},
		{
			name: "ours beside the stranger's that the VPC has", want: []Observation{asWanted},
			shown: []types.InternetGateway{
				{InternetGatewayId: new("igw-x"), Attachments: onVPC("vpc-a", "available")}, {InternetGatewayId: new("igw-a"), Tags: ours(internetA)},
			},
		},
		{name: "strangers' of no VPC and of another", shown: []types.InternetGateway{
			{InternetGatewayId: new("igw-x")}, {InternetGatewayId: new("igw-y"), Attachments: onVPC("vpc-b", "available")},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &internetCalls{}
			aws.internet.things = test.shown
			same(t, "a's internet gateway", test.want, seen(t, KindInternetGateway, aws, record(t, internetA, test.id, forA())))
		})
	}
}

// What the VPCs have is asked only for those whose gateway is not found.
func TestInternetGatewaysAreAskedForTwiceAtMost(t *testing.T) {
	const internetB state.Key = "1.1.1/internet-gateway/b"
	aws := &account{}
	aws.internet.things = []types.InternetGateway{{InternetGatewayId: new("igw-a"), Tags: ours(internetA)}}
	a, b := record(t, internetA, "", forA()), record(t, internetB, "", InternetGateway{VPC: state.Literal("vpc-b")})
	seen(t, KindInternetGateway, aws, a)
	same(t, "one question when it is ours", []string{"tag:vpclink:lineage=" + lineage}, aws.internet.asked)
	aws.internet.asked = nil
	seen(t, KindInternetGateway, aws, a, b)
	same(t, "one more, for the VPC of the one that is not there", []string{"tag:vpclink:lineage=" + lineage, "attachment.vpc-id=vpc-b"}, aws.internet.asked)
	aws.internet.asked = nil
	seen(t, KindInternetGateway, aws, state.Record{Key: internetB, ID: "igw-b", Owned: true}) // it was discovered, and is gone
	same(t, "no more where the VPC is not known", []string{"internet-gateway-id=igw-b"}, aws.internet.asked)
}
