package steps

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

const interfaceGroupA state.Key = "0/interface-group/a"

// carded is an account with one interface, whose groups are set and shown.
type carded struct {
	account
	sets [][]string
}

func (a *carded) ModifyNetworkInterfaceAttribute(
	_ context.Context, in *ec2.ModifyNetworkInterfaceAttributeInput, _ ...opt,
) (*ec2.ModifyNetworkInterfaceAttributeOutput, error) {
	a.sets = append(a.sets, in.Groups)
	return &ec2.ModifyNetworkInterfaceAttributeOutput{}, nil
}

func cardWith(groups ...string) *carded {
	n := types.NetworkInterface{NetworkInterfaceId: new("eni-a")}
	for _, g := range groups {
		n.Groups = append(n.Groups, types.GroupIdentifier{GroupId: &g})
	}
	other := types.NetworkInterface{NetworkInterfaceId: new("eni-b"), Groups: []types.GroupIdentifier{{GroupId: new("sg-ours")}}}
	return &carded{account: account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{other, n}}}}
}

func wantedGroup(t *testing.T, id string) state.Record {
	t.Helper()
	return record(t, interfaceGroupA, id, InterfaceGroup{
		Interface: "eni-a", Instance: state.Literal("i-a"), Group: state.Literal("sg-ours"), Was: []string{"sg-1", "sg-2"},
	})
}

// Our group comes behind those that the interface has at that moment, and no others are touched.
func TestAGroupIsAddedToAnInterface(t *testing.T) {
	for _, row := range []struct {
		have []string
		sets [][]string
	}{
		{[]string{"sg-1", "sg-2"}, [][]string{{"sg-1", "sg-2", "sg-ours"}}},
		{[]string{"sg-3"}, [][]string{{"sg-3", "sg-ours"}}},
		{[]string{"sg-1", "sg-ours"}, nil},
	} {
		aws := cardWith(row.have...)
		o, err := Kinds()[KindInterfaceGroup].Create(t.Context(), here(aws), wantedGroup(t, ""))
		if err != nil || o.ID != "eni-a|sg-ours" {
			t.Errorf("%v: want the group added, got %+v, %v", row.have, o, err)
		}
		same(t, "what is set", row.sets, aws.sets)
	}
}

// It alone goes, in whatever list it is by then; an interface without a group gets its old ones back.
func TestAGroupIsTakenOffAnInterface(t *testing.T) {
	for _, row := range []struct {
		have []string
		sets [][]string
		none bool
	}{
		{[]string{"sg-1", "sg-2", "sg-ours"}, [][]string{{"sg-1", "sg-2"}}, false},
		{[]string{"sg-ours", "sg-3"}, [][]string{{"sg-3"}}, false},
		{[]string{"sg-ours"}, [][]string{{"sg-1", "sg-2"}}, false},
		{[]string{"sg-1"}, nil, true},
	} {
		aws := cardWith(row.have...)
		err := Kinds()[KindInterfaceGroup].Delete(t.Context(), here(aws), wantedGroup(t, "eni-a|sg-ours"))
		if row.none != errors.Is(err, waiters.ErrNone) || !row.none && err != nil {
			t.Errorf("%v: want nothing there %t, got %v", row.have, row.none, err)
		}
		same(t, "what is set", row.sets, aws.sets)
	}
}

// An interface that went with its instance has nothing to take off, and takes nothing.
func TestAnInterfaceThatIsGone(t *testing.T) {
	aws := &carded{}
	kind := Kinds()[KindInterfaceGroup]
	if err := kind.Delete(t.Context(), here(aws), wantedGroup(t, "eni-a|sg-ours")); !errors.Is(err, waiters.ErrNone) {
		t.Errorf("want nothing there, got %v", err)
	}
	if _, err := kind.Create(t.Context(), here(aws), wantedGroup(t, "")); err == nil || Unclear(err) {
		t.Errorf("want a refusal that is clear, got %v", err)
	}
	same(t, "nothing is set", [][]string(nil), aws.sets)
}

// Of what is there already only its ID counts, whatever tags it carries, and it is never made.
func TestWhatIsThereAlreadyIsUsedByItsID(t *testing.T) {
	aws := &account{}
	aws.vpcs.things = []types.Vpc{
		{VpcId: new("vpc-x"), State: "available", CidrBlock: new("10.9.0.0/16"), Tags: ours("0/vpc/a")},
		{VpcId: new("vpc-a"), State: "available", CidrBlock: new("10.1.0.0/16")},
	}
	rec := record(t, "0/vpc/a", "", VPC{CIDR: "10.2.0.0/16", Existing: "vpc-a"})
	found, err := Kinds()[KindVPC].Observe(t.Context(), here(aws), []state.Record{rec})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the one with the ID, as nobody's of ours, and without a difference", []Observation{
		{Key: "0/vpc/a", ID: "vpc-a", State: "available", Out: map[string]string{OutCIDR: "10.1.0.0/16"}},
	}, found)
	same(t, "asked for by its ID", []string{"vpc-id=vpc-a"}, aws.vpcs.asked)
	if _, err := Kinds()[KindVPC].Create(t.Context(), here(aws), rec); err == nil || Unclear(err) {
		t.Errorf("want no VPC made in its place, got %v", err)
	}
}
