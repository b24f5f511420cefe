package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type internetAttachmentCalls struct {
	account
	attach call[ec2.AttachInternetGatewayInput, ec2.AttachInternetGatewayOutput]
	detach call[ec2.DetachInternetGatewayInput, ec2.DetachInternetGatewayOutput]
}

func (c *internetAttachmentCalls) AttachInternetGateway(
	_ context.Context, in *ec2.AttachInternetGatewayInput, _ ...opt,
) (*ec2.AttachInternetGatewayOutput, error) {
	return c.attach.do(in)
}

func (c *internetAttachmentCalls) DetachInternetGateway(
	_ context.Context, in *ec2.DetachInternetGatewayInput, _ ...opt,
) (*ec2.DetachInternetGatewayOutput, error) {
	return c.detach.do(in)
}

const internetAttachmentA state.Key = "1.1.1/internet-gateway-attachment/a"

func toInternet() InternetGatewayAttachment {
	return InternetGatewayAttachment{Gateway: state.Literal("igw-a"), VPC: state.Literal("vpc-a")}
}

func TestAttachInternetGateway(t *testing.T) {
	aws := &internetAttachmentCalls{}
	got := made(t, aws, record(t, internetAttachmentA, "", toInternet()))
	same(t, "an ID made of gateway and VPC, since AWS gives none", Observation{Key: internetAttachmentA, ID: "igw-a|vpc-a", Ours: true}, got)
	same(t, "gateway and VPC", []*ec2.AttachInternetGatewayInput{{InternetGatewayId: new("igw-a"), VpcId: new("vpc-a")}}, aws.attach.sent)
}

func TestInternetGatewayAttachmentRefused(t *testing.T) {
	rec := record(t, internetAttachmentA, "igw-a|vpc-a", toInternet())
	refusals(t, "AttachInternetGateway", map[string]error{
		"InvalidInternetGatewayID.NotFound": waiters.ErrNotYet, "InvalidInternetGatewayId.NotFound": waiters.ErrNotYet, // the gateway is new
		"InvalidVpcID.NotFound":      waiters.ErrNotYet, // the VPC is
		"Resource.AlreadyAssociated": ErrExists,
		"InvalidParameterValue":      asItIs, // the VPC has another gateway
	}, func(answer error) error {
		aws := &internetAttachmentCalls{}
		aws.attach.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DetachInternetGateway", map[string]error{
		"Gateway.NotAttached":               waiters.ErrNone,
		"InvalidInternetGatewayID.NotFound": waiters.ErrNone, "InvalidVpcID.NotFound": waiters.ErrNone,
		"DependencyViolation":   waiters.ErrNotYet, // a public address is still mapped
		"UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &internetAttachmentCalls{}
		aws.detach.err = answer
		return deleting(t, aws, rec)
	})
}

// One that was discovered has no settings.
func TestDetachInternetGateway(t *testing.T) {
	aws := &internetAttachmentCalls{}
	for _, rec := range []state.Record{
		record(t, internetAttachmentA, "igw-a|vpc-a", toInternet()), {Key: internetAttachmentA, ID: "igw-a|vpc-a", Owned: true},
	} {
		if err := deleting(t, aws, rec); err != nil {
			t.Errorf("want the gateway detached, got %v", err)
		}
	}
	detach := &ec2.DetachInternetGatewayInput{InternetGatewayId: new("igw-a"), VpcId: new("vpc-a")}
	same(t, "gateway and VPC of the ID, both times", []*ec2.DetachInternetGatewayInput{detach, detach}, aws.detach.sent)
}

// mapped is an interface that has a public address.
func mapped(id, vpc string, tags []types.Tag) types.NetworkInterface {
	return types.NetworkInterface{
		NetworkInterfaceId: &id, VpcId: &vpc, TagSet: tags, Association: &types.NetworkInterfaceAssociation{PublicIp: new("203.0.113.7")},
	}
}

// AWS detaches no gateway while anything in the VPC has a public address, and does not say what.
func TestDetachWithPublicAddresses(t *testing.T) {
	detaching := func(shown ...types.NetworkInterface) error {
		aws := &internetAttachmentCalls{}
		aws.detach.err = refused("DetachInternetGateway", "DependencyViolation")
		aws.interfaces.things = shown
		return deleting(t, aws, record(t, internetAttachmentA, "igw-a|vpc-a", toInternet()))
	}
	own := mapped("eni-a", "vpc-a", ours("1.1.3/instance/a"))
	waits(t, detaching(own), "network interface eni-a (public address 203.0.113.7) still hangs on vpc-a")
	names(t, detaching(own, mapped("eni-x", "vpc-a", nil)), "network interface eni-x", "vpc-a")
	waits(t, detaching(mapped("eni-x", "vpc-x", nil), types.NetworkInterface{NetworkInterfaceId: new("eni-y"), VpcId: new("vpc-a")}), "")
}

func TestObserveInternetGatewayAttachment(t *testing.T) {
	show := func(gateway, vpc string, word types.AttachmentStatus) types.InternetGateway {
		return types.InternetGateway{InternetGatewayId: &gateway, Attachments: onVPC(vpc, word), Tags: ours(internetA)}
	}
	const id = "igw-a|vpc-a"
	for _, test := range []struct {
		name  string
		id    string // what the journal has
		shown types.InternetGateway
		want  []Observation
	}{
		{
			name: "ours", id: id, shown: show("igw-a", "vpc-a", "available"),
			want: []Observation{{Key: internetAttachmentA, ID: id, State: "available", Ours: true}},
		},
		{
			name: "found by gateway and VPC", shown: show("igw-a", "vpc-a", "attaching"),
			want: []Observation{{Key: internetAttachmentA, ID: id, State: "attaching"}},
		},
		{
			name: "on its way out", id: id, shown: show("igw-a", "vpc-a", "detaching"),
			want: []Observation{{Key: internetAttachmentA, ID: id, State: "detaching", Ours: true}},
		},
		{name: "somebody's that is gone", shown: show("igw-a", "vpc-a", "detached")},
		{name: "attached to nothing", shown: types.InternetGateway{InternetGatewayId: new("igw-a"), Tags: ours(internetA)}},
		{name: "attached to another VPC", id: id, shown: show("igw-a", "vpc-b", "available")},
		{name: "another gateway", id: id, shown: show("igw-x", "vpc-a", "available")},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &internetAttachmentCalls{}
			aws.internet.things = []types.InternetGateway{{InternetGatewayId: new("igw-y")}, test.shown}
			rec := record(t, internetAttachmentA, test.id, toInternet())
			same(t, "the attachment to a", test.want, seen(t, KindInternetGatewayAttachment, aws, rec))
			same(t, "one question, for the gateway", []string{"internet-gateway-id=igw-a"}, aws.internet.asked)
		})
	}
}
