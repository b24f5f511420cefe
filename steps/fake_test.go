package steps

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
)

const lineage = "0a1b2c3d-0000-4000-8000-000000000000"

// here is the stack "lab" on a stand-in for EC2. It has no load balancers, unless the same stands in for those too.
func here(api EC2) Env {
	balancing, both := api.(ELB)
	if !both {
		balancing = &balancers{}
	}
	return Env{
		EC2: api, ELB: balancing, Scope: state.Scope{Account: "123456789012", Region: "ap-northeast-1"},
		Stack: Stack{Name: "lab", Lineage: lineage, Pattern: "tgw", Tags: map[string]string{"course": "vpc-101"}},
	}
}

// record is a record of something that this stack made: id "" is one whose making has not been answered yet.
func record(t *testing.T, key state.Key, id string, set any) state.Record {
	t.Helper()
	settings, err := state.NewSettings(set)
	if err != nil {
		t.Fatal(err)
	}
	return state.Record{Key: key, ID: id, Owned: true, Token: "token-1", Settings: settings}
}

// ours are the tags that tell a thing is this stack's.
func ours(key state.Key) []types.Tag {
	return []types.Tag{
		{Key: new(TagLineage), Value: new(lineage)},
		{Key: new(TagKey), Value: new(string(key))},
		{Key: new(TagToken), Value: new("token-1")},
		{Key: new(TagStack), Value: new("lab")},
		{Key: new(TagPattern), Value: new("tgw")},
	}
}

// bare is the difference of a thing without its tags.
func bare(key state.Key) []Field {
	return []Field{{Name: "tags", Mends: true, Want: "vpclink:stack=lab, vpclink:lineage=" + lineage + ", vpclink:pattern=tgw, vpclink:key=" + string(key)}}
}

// theirs are the tags of another stack that has the same key.
func theirs(key state.Key) []types.Tag {
	return []types.Tag{{Key: new(TagLineage), Value: new("ffffffff-0000-4000-8000-000000000000")}, {Key: new(TagKey), Value: new(string(key))}}
}

// call stands in for one of AWS's changing calls: it keeps what was sent and answers.
type call[I, O any] struct {
	sent   []*I
	answer O
	err    error
}

func (c *call[I, O]) do(in *I) (*O, error) {
	c.sent = append(c.sent, in)
	if c.err != nil {
		return nil, c.err
	}
	return &c.answer, nil
}

// list stands in for one of AWS's lists. It shows one thing a page, so that everything has pages, and all it holds
// whatever the filters say, as some servers do.
type list[T any] struct {
	asked  []string // the filters of each page-set, "everything" for none
	things []T
	err    error
}

func (l *list[T]) page(filters []types.Filter, token *string) ([]T, *string, error) {
	at := 0
	if token == nil {
		l.asked = append(l.asked, question(filters))
	} else {
		at = len(*token)
	}
	switch {
	case l.err != nil:
		return nil, nil, l.err
	case at >= len(l.things):
		return nil, nil, nil
	case at == len(l.things)-1:
		return l.things[at:], nil, nil
	}
	return l.things[at : at+1], new(strings.Repeat("+", at+1)), nil
}

// question writes filters as "name=value", with the number of values where they are many.
func question(filters []types.Filter) string {
	var parts []string
	for _, f := range filters {
		values := strings.Join(f.Values, ",")
		if len(f.Values) > 3 {
			values = strings.Repeat("*", len(f.Values))
		}
		parts = append(parts, *f.Name+"="+values)
	}
	if parts == nil {
		return "everything"
	}
	return strings.Join(parts, " ")
}

// account stands in for what an account holds. A test adds the changing calls it makes; any other call panics.
type account struct {
	EC2
	vpcs         list[types.Vpc]
	subnets      list[types.Subnet]
	tables       list[types.RouteTable]
	groups       list[types.SecurityGroup]
	rules        list[types.SecurityGroupRule]
	instances    list[types.Instance]
	interfaces   list[types.NetworkInterface]
	addresses    list[types.Address]
	internet     list[types.InternetGateway]
	peerings     list[types.VpcPeeringConnection]
	endpoints    list[types.VpcEndpoint]
	services     list[types.ServiceConfiguration]
	offers       list[types.InstanceTypeOffering]
	gateways     list[types.TransitGateway]
	tgwTables    list[types.TransitGatewayRouteTable]
	attachments  list[types.TransitGatewayVpcAttachment]
	anyAttached  list[types.TransitGatewayAttachment]
	associations map[string]*list[types.TransitGatewayRouteTableAssociation] // by table
	propagations map[string]*list[types.TransitGatewayRouteTablePropagation]
}

type opt = func(*ec2.Options)

func (a *account) DescribeVpcs(_ context.Context, in *ec2.DescribeVpcsInput, _ ...opt) (*ec2.DescribeVpcsOutput, error) {
	page, next, err := a.vpcs.page(in.Filters, in.NextToken)
	return &ec2.DescribeVpcsOutput{Vpcs: page, NextToken: next}, err
}

func (a *account) DescribeSubnets(_ context.Context, in *ec2.DescribeSubnetsInput, _ ...opt) (*ec2.DescribeSubnetsOutput, error) {
	page, next, err := a.subnets.page(in.Filters, in.NextToken)
	return &ec2.DescribeSubnetsOutput{Subnets: page, NextToken: next}, err
}

func (a *account) DescribeRouteTables(
	_ context.Context, in *ec2.DescribeRouteTablesInput, _ ...opt,
) (*ec2.DescribeRouteTablesOutput, error) {
	page, next, err := a.tables.page(in.Filters, in.NextToken)
	return &ec2.DescribeRouteTablesOutput{RouteTables: page, NextToken: next}, err
}

func (a *account) DescribeSecurityGroups(
	_ context.Context, in *ec2.DescribeSecurityGroupsInput, _ ...opt,
) (*ec2.DescribeSecurityGroupsOutput, error) {
	page, next, err := a.groups.page(in.Filters, in.NextToken)
	return &ec2.DescribeSecurityGroupsOutput{SecurityGroups: page, NextToken: next}, err
}

func (a *account) DescribeSecurityGroupRules(
	_ context.Context, in *ec2.DescribeSecurityGroupRulesInput, _ ...opt,
) (*ec2.DescribeSecurityGroupRulesOutput, error) {
	page, next, err := a.rules.page(in.Filters, in.NextToken)
	return &ec2.DescribeSecurityGroupRulesOutput{SecurityGroupRules: page, NextToken: next}, err
}

func (a *account) DescribeInstances(_ context.Context, in *ec2.DescribeInstancesInput, _ ...opt) (*ec2.DescribeInstancesOutput, error) {
	page, next, err := a.instances.page(in.Filters, in.NextToken)
	return &ec2.DescribeInstancesOutput{Reservations: []types.Reservation{{Instances: page}, {}}, NextToken: next}, err
}

func (a *account) DescribeNetworkInterfaces(
	_ context.Context, in *ec2.DescribeNetworkInterfacesInput, _ ...opt,
) (*ec2.DescribeNetworkInterfacesOutput, error) {
	page, next, err := a.interfaces.page(in.Filters, in.NextToken)
	return &ec2.DescribeNetworkInterfacesOutput{NetworkInterfaces: page, NextToken: next}, err
}

func (a *account) DescribeAddresses(_ context.Context, in *ec2.DescribeAddressesInput, _ ...opt) (*ec2.DescribeAddressesOutput, error) {
	a.addresses.asked = append(a.addresses.asked, question(in.Filters))
	return &ec2.DescribeAddressesOutput{Addresses: a.addresses.things}, a.addresses.err
}

func (a *account) DescribeInternetGateways(
	_ context.Context, in *ec2.DescribeInternetGatewaysInput, _ ...opt,
) (*ec2.DescribeInternetGatewaysOutput, error) {
	page, next, err := a.internet.page(in.Filters, in.NextToken)
	return &ec2.DescribeInternetGatewaysOutput{InternetGateways: page, NextToken: next}, err
}

func (a *account) DescribeVpcPeeringConnections(
	_ context.Context, in *ec2.DescribeVpcPeeringConnectionsInput, _ ...opt,
) (*ec2.DescribeVpcPeeringConnectionsOutput, error) {
	page, next, err := a.peerings.page(in.Filters, in.NextToken)
	return &ec2.DescribeVpcPeeringConnectionsOutput{VpcPeeringConnections: page, NextToken: next}, err
}

func (a *account) DescribeVpcEndpoints(
	_ context.Context, in *ec2.DescribeVpcEndpointsInput, _ ...opt,
) (*ec2.DescribeVpcEndpointsOutput, error) {
	page, next, err := a.endpoints.page(in.Filters, in.NextToken)
	return &ec2.DescribeVpcEndpointsOutput{VpcEndpoints: page, NextToken: next}, err
}

func (a *account) DescribeVpcEndpointServiceConfigurations(
	_ context.Context, in *ec2.DescribeVpcEndpointServiceConfigurationsInput, _ ...opt,
) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error) {
	page, next, err := a.services.page(in.Filters, in.NextToken)
	return &ec2.DescribeVpcEndpointServiceConfigurationsOutput{ServiceConfigurations: page, NextToken: next}, err
}

func (a *account) DescribeInstanceTypeOfferings(
	_ context.Context, in *ec2.DescribeInstanceTypeOfferingsInput, _ ...opt,
) (*ec2.DescribeInstanceTypeOfferingsOutput, error) {
	page, next, err := a.offers.page(in.Filters, in.NextToken)
	return &ec2.DescribeInstanceTypeOfferingsOutput{InstanceTypeOfferings: page, NextToken: next}, err
}

func (a *account) DescribeTransitGateways(
	_ context.Context, in *ec2.DescribeTransitGatewaysInput, _ ...opt,
) (*ec2.DescribeTransitGatewaysOutput, error) {
	page, next, err := a.gateways.page(in.Filters, in.NextToken)
	return &ec2.DescribeTransitGatewaysOutput{TransitGateways: page, NextToken: next}, err
}

func (a *account) DescribeTransitGatewayRouteTables(
	_ context.Context, in *ec2.DescribeTransitGatewayRouteTablesInput, _ ...opt,
) (*ec2.DescribeTransitGatewayRouteTablesOutput, error) {
	page, next, err := a.tgwTables.page(in.Filters, in.NextToken)
	return &ec2.DescribeTransitGatewayRouteTablesOutput{TransitGatewayRouteTables: page, NextToken: next}, err
}

func (a *account) DescribeTransitGatewayVpcAttachments(
	_ context.Context, in *ec2.DescribeTransitGatewayVpcAttachmentsInput, _ ...opt,
) (*ec2.DescribeTransitGatewayVpcAttachmentsOutput, error) {
	page, next, err := a.attachments.page(in.Filters, in.NextToken)
	return &ec2.DescribeTransitGatewayVpcAttachmentsOutput{TransitGatewayVpcAttachments: page, NextToken: next}, err
}

func (a *account) DescribeTransitGatewayAttachments(
	_ context.Context, in *ec2.DescribeTransitGatewayAttachmentsInput, _ ...opt,
) (*ec2.DescribeTransitGatewayAttachmentsOutput, error) {
	page, next, err := a.anyAttached.page(in.Filters, in.NextToken)
	return &ec2.DescribeTransitGatewayAttachmentsOutput{TransitGatewayAttachments: page, NextToken: next}, err
}

func (a *account) GetTransitGatewayRouteTableAssociations(
	_ context.Context, in *ec2.GetTransitGatewayRouteTableAssociationsInput, _ ...opt,
) (*ec2.GetTransitGatewayRouteTableAssociationsOutput, error) {
	table, there := a.associations[*in.TransitGatewayRouteTableId]
	if !there {
		return nil, refused("GetTransitGatewayRouteTableAssociations", "InvalidRouteTableID.NotFound")
	}
	page, next, err := table.page(in.Filters, in.NextToken)
	return &ec2.GetTransitGatewayRouteTableAssociationsOutput{Associations: page, NextToken: next}, err
}

func (a *account) GetTransitGatewayRouteTablePropagations(
	_ context.Context, in *ec2.GetTransitGatewayRouteTablePropagationsInput, _ ...opt,
) (*ec2.GetTransitGatewayRouteTablePropagationsOutput, error) {
	table, there := a.propagations[*in.TransitGatewayRouteTableId]
	if !there {
		return nil, refused("GetTransitGatewayRouteTablePropagations", "InvalidRouteTableId.NotFound")
	}
	page, next, err := table.page(in.Filters, in.NextToken)
	return &ec2.GetTransitGatewayRouteTablePropagationsOutput{TransitGatewayRouteTablePropagations: page, NextToken: next}, err
}

// refused is AWS's no, as the SDK hands it over.
func refused(action, code string) error {
	return &smithy.OperationError{
		ServiceID: "EC2", OperationName: action, Err: &smithy.GenericAPIError{Code: code, Message: "about " + code},
	}
}

// lost is an answer that never came.
func lost(action string) error {
	return &smithy.OperationError{ServiceID: "EC2", OperationName: action, Err: io.ErrUnexpectedEOF}
}

// asItIs stands for an answer that is handed on unchanged.
var asItIs error

// refusals checks what a call of a kind makes of AWS's codes: the error that each is to match, asItIs when it is to be
// handed on. AWS's own words must be found in all of them, and a lost answer in none of them.
func refusals(t *testing.T, action string, meanings map[string]error, of func(answer error) error) {
	t.Helper()
	for code, want := range meanings {
		answer := refused(action, code)
		got := of(answer)
		plainNo(t, action, code, want, got)
		if want == asItIs && got != answer { //nolint:errorlint // the very same
			t.Errorf("want %s of %s handed on as it is, got %v", code, action, got)
		}
	}
	if got := of(lost(action)); !Unclear(got) || errors.Is(got, waiters.ErrNotYet) {
		t.Errorf("want a lost answer of %s to be unclear, got %v", action, got)
	}
}

// listedRefusals checks the same of codes that AWS lists in an answer with status 200 (aws-facts §7.5).
func listedRefusals(t *testing.T, action string, meanings map[string]error, of func([]types.UnsuccessfulItem) error) {
	t.Helper()
	for code, want := range meanings {
		plainNo(t, action, code, want, of([]types.UnsuccessfulItem{
			{ResourceId: new("done")}, {ResourceId: new("not done"), Error: &types.UnsuccessfulItemError{Code: &code, Message: new("about " + code)}},
		}))
	}
}

// plainNo checks what one of AWS's codes was made into.
func plainNo(t *testing.T, action, code string, want, got error) {
	t.Helper()
	for _, meaning := range []error{waiters.ErrNotYet, ErrExists, waiters.ErrNone} {
		if errors.Is(got, meaning) != errors.Is(want, meaning) {
			t.Errorf("want %s of %s to mean %v, got %v", code, action, orUnchanged(want), got)
		}
	}
	said, _ := cloud.FaultOf(refused(action, code))
	if found, ok := cloud.FaultOf(got); !ok || found != said {
		t.Errorf("want AWS's words %+v found in the error, got %+v in %v", said, found, got)
	}
	if Unclear(got) {
		t.Errorf("want %s of %s to be a plain no, got it as unclear", code, action)
	}
}

func orUnchanged(err error) string {
	if err == asItIs { //nolint:errorlint // nil
		return "what AWS says and no more"
	}
	return err.Error()
}

// same compares what was sent or seen. What the SDK keeps in a struct for itself does not count.
func same(t *testing.T, what string, want, got any) {
	t.Helper()
	own := cmp.FilterPath(func(p cmp.Path) bool {
		field, ok := p.Last().(cmp.StructField)
		return ok && unicode.IsLower(rune(field.Name()[0]))
	}, cmp.Ignore())
	if diff := cmp.Diff(want, got, own); diff != "" {
		t.Errorf("want %s (-want +got):\n%s", what, diff)
	}
}

// seen looks at records as the runner does.
func seen(t *testing.T, kind string, api EC2, recs ...state.Record) []Observation {
	t.Helper()
	found, err := Kinds()[kind].Observe(t.Context(), here(api), recs)
	if err != nil {
		t.Fatalf("looking at %s: %v", kind, err)
	}
	return found
}

// made makes a thing that AWS does not refuse.
func made(t *testing.T, api EC2, rec state.Record) Observation {
	t.Helper()
	got, err := Kinds()[rec.Key.Kind()].Create(t.Context(), here(api), rec)
	if err != nil {
		t.Fatalf("making %s: %v", rec.Key, err)
	}
	return got
}

// unanswered checks that an answer which does not hold what was made is unclear: the thing is to be looked for.
func unanswered(t *testing.T, api EC2, rec state.Record) {
	t.Helper()
	_, err := Kinds()[rec.Key.Kind()].Create(t.Context(), here(api), rec)
	if !errors.Is(err, errUnanswered) || !Unclear(err) {
		t.Errorf("want an answer without the thing that was made to be unclear, got %v", err)
	}
}

// creating and deleting are calls of a kind for refusals.
func creating(t *testing.T, api EC2, rec state.Record) error {
	t.Helper()
	_, err := Kinds()[rec.Key.Kind()].Create(t.Context(), here(api), rec)
	return err
}

func deleting(t *testing.T, api EC2, rec state.Record) error {
	t.Helper()
	return Kinds()[rec.Key.Kind()].Delete(t.Context(), here(api), rec)
}
