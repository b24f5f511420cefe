package steps

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
)

type nlbCalls struct {
	account
	balancers
	create call[elb.CreateLoadBalancerInput, elb.CreateLoadBalancerOutput]
	remove call[elb.DeleteLoadBalancerInput, elb.DeleteLoadBalancerOutput]
	modify call[elb.ModifyLoadBalancerAttributesInput, elb.ModifyLoadBalancerAttributesOutput]
}

func (c *nlbCalls) CreateLoadBalancer(_ context.Context, in *elb.CreateLoadBalancerInput, _ ...elbOpt) (*elb.CreateLoadBalancerOutput, error) {
	return c.create.do(in)
}

func (c *nlbCalls) DeleteLoadBalancer(_ context.Context, in *elb.DeleteLoadBalancerInput, _ ...elbOpt) (*elb.DeleteLoadBalancerOutput, error) {
	return c.remove.do(in)
}

func (c *nlbCalls) ModifyLoadBalancerAttributes(
	_ context.Context, in *elb.ModifyLoadBalancerAttributesInput, _ ...elbOpt,
) (*elb.ModifyLoadBalancerAttributesOutput, error) {
	return c.modify.do(in)
}

const (
	nlbA       state.Key = "1.3.3/nlb/a"
	crossZoneA state.Key = "1.3.3/nlb-cross-zone/a"
)

// balancing spreads over a's subnets in two AZs.
func balancing() NLB {
	return NLB{Subnets: []state.Value{state.Literal("subnet-2"), state.Literal("subnet-1")}, Group: state.Literal("sg-nlb")}
}

// balancer is a load balancer in both subnets as AWS shows it.
func balancer(arn, name string, code elbtypes.LoadBalancerStateEnum) elbtypes.LoadBalancer {
	return elbtypes.LoadBalancer{
		LoadBalancerArn: &arn, LoadBalancerName: &name, State: &elbtypes.LoadBalancerState{Code: code},
		AvailabilityZones: []elbtypes.AvailabilityZone{{SubnetId: new("subnet-1")}, {SubnetId: new("subnet-2")}},
	}
}

func TestMakeNLB(t *testing.T) {
	aws := &nlbCalls{}
	aws.create.answer.LoadBalancers = []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "provisioning")}
	rec := record(t, nlbA, "", balancing())
	same(t, "what AWS answered", Observation{Key: nlbA, ID: nlbARN, State: "provisioning", Ours: true}, made(t, aws, rec))
	same(t, "internal, in both subnets, with its group from the start, under a name of the lineage, and tags", []*elb.CreateLoadBalancerInput{{
		Name: new(here(nil).uniqueName(nlbA)), Type: "network", Scheme: "internal", Subnets: []string{"subnet-2", "subnet-1"},
		SecurityGroups: []string{"sg-nlb"}, Tags: here(nil).elbTagged(rec),
	}}, aws.create.sent)
	if name := *aws.create.sent[0].Name; !strings.HasPrefix(name, "vl-0a1b2c3d-") || len(name) > 32 {
		t.Errorf("want a name that has the lineage, of at most 32 letters, got %q", name)
	}

	for _, all := range [][]elbtypes.LoadBalancer{nil, {{}}, {balancer(nlbARN, ourName, "active"), balancer("another", ourName, "active")}} {
		aws.create.answer.LoadBalancers = all
		unanswered(t, aws, rec)
	}
}

func TestNLBRefused(t *testing.T) {
	rec := record(t, nlbA, nlbARN, balancing())
	refusals(t, "CreateLoadBalancer", map[string]error{
		"SubnetNotFound": waiters.ErrNotYet, "InvalidSubnetID.NotFound": waiters.ErrNotYet, "InvalidSubnetId.NotFound": waiters.ErrNotYet,
		"InvalidSecurityGroup": waiters.ErrNotYet, "InvalidGroup.NotFound": waiters.ErrNotYet, "InvalidSecurityGroupID.NotFound": waiters.ErrNotYet,
		"PriorRequestNotComplete": waiters.ErrNotYet, "DuplicateLoadBalancerName": ErrExists,
		"InvalidSubnet": asItIs, "TooManyLoadBalancers": asItIs,
	}, func(answer error) error {
		aws := &nlbCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteLoadBalancer", map[string]error{
		"ResourceInUse": waiters.ErrNotYet, "PriorRequestNotComplete": waiters.ErrNotYet,
		"LoadBalancerNotFound":  waiters.ErrNone,
		"OperationNotPermitted": asItIs, // deletion protection
	}, func(answer error) error {
		aws := &nlbCalls{}
		aws.nlbs.things = []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active")}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

// AWS says yes to the delete of a load balancer that it does not see, so a look comes first (aws-facts §1.3).
func TestDeleteNLB(t *testing.T) {
	rec := record(t, nlbA, nlbARN, balancing())
	aws := &nlbCalls{}
	aws.nlbs.things = []elbtypes.LoadBalancer{balancer("arn-x", theirName, "active"), balancer(nlbARN, ourName, "active")}
	if err := deleting(t, aws, rec); err != nil {
		t.Errorf("want the load balancer deleted, got %v", err)
	}
	same(t, "the journal's ARN in the call", []*elb.DeleteLoadBalancerInput{{LoadBalancerArn: &nlbARN}}, aws.remove.sent)
	same(t, "no question for tags", []string(nil), aws.tagsAsked)

	for _, shown := range [][]elbtypes.LoadBalancer{nil, {balancer("arn-x", theirName, "active"), balancer("arn-y", ourName, "active")}} {
		aws := &nlbCalls{}
		aws.nlbs.things = shown
		if err := deleting(t, aws, rec); !errors.Is(err, waiters.ErrNone) || len(aws.remove.sent) > 0 {
			t.Errorf("want nothing there, and no call, when it is not among %d; got %v after %d calls", len(shown), err, len(aws.remove.sent))
		}
	}

	blind := &nlbCalls{}
	blind.nlbs.err = refused("DescribeLoadBalancers", "AccessDenied")
	if err := deleting(t, blind, rec); !errors.Is(err, blind.nlbs.err) || errors.Is(err, waiters.ErrNone) || len(blind.remove.sent) > 0 {
		t.Errorf("want the answer to the look handed on, and no call, got %v after %d calls", err, len(blind.remove.sent))
	}
}

// What AWS calls in use is held by an endpoint service, which it does not name.
func TestDeleteNLBThatServes(t *testing.T) {
	service := func(id, arn string, word types.ServiceState, tags []types.Tag) types.ServiceConfiguration {
		return types.ServiceConfiguration{ServiceId: &id, ServiceState: word, NetworkLoadBalancerArns: []string{arn}, Tags: tags}
	}
	of := func(services ...types.ServiceConfiguration) error {
		aws := &nlbCalls{}
		aws.nlbs.things = []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active")}
		aws.services.things = services
		aws.remove.err = refused("DeleteLoadBalancer", "ResourceInUse")
		err := deleting(t, aws, record(t, nlbA, nlbARN, balancing()))
		if !errors.Is(err, aws.remove.err) {
			t.Errorf("want AWS's refusal in the error, got %v", err)
		}
		return err
	}
	names(t, of(service("vpce-svc-x", nlbARN, "Available", nil)), "endpoint service vpce-svc-x", nlbARN)
	names(t, of(service("vpce-svc-x", nlbARN, "Available", theirs(serviceA))), "endpoint service vpce-svc-x", nlbARN)
	waits(t, of(service("vpce-svc-1", nlbARN, "Available", ours(serviceA))), "endpoint service vpce-svc-1 still hangs on "+nlbARN)
	waits(t, of(service("vpce-svc-x", nlbARN, "Deleting", nil)), "endpoint service vpce-svc-x")
	waits(t, of(service("vpce-svc-x", "another", "Available", nil)), "")
	waits(t, of(), "")
}

func TestObserveNLB(t *testing.T) {
	asWanted := Observation{Key: nlbA, ID: nlbARN, State: "active", Ours: true, Token: "token-1"}
	untagged := asWanted
	untagged.Token = ""
	oneZone := asWanted
	oneZone.Diff = []Field{{Name: "subnets", Want: "subnet-1, subnet-2", Have: "subnet-1", Flag: "--azs"}}
	inOne := balancer(nlbARN, ourName, "active")
	inOne.AvailabilityZones = inOne.AvailabilityZones[:1]
	failed := balancer(nlbARN, ourName, "failed")
	failed.State.Reason = new("no capacity")
	because := asWanted
	because.State, because.Reason = "failed", "no capacity"
	stateless := balancer(nlbARN, ourName, "")
	stateless.State = nil
	wordless := asWanted
	wordless.State = ""
	for _, test := range []struct {
		name  string
		id    string
		shown []elbtypes.LoadBalancer
		tags  []elbtypes.Tag // of nlbARN
		want  []Observation
	}{
		{
			name: "ours by name and tags", tags: elbOurs(nlbA), want: []Observation{asWanted},
			shown: []elbtypes.LoadBalancer{balancer("arn-x", "web", "active"), balancer(nlbARN, ourName, "active")},
		},
		{
			name: "ours by the journal's ARN", id: nlbARN, want: []Observation{untagged},
			shown: []elbtypes.LoadBalancer{balancer("arn-x", theirName, "active"), balancer(nlbARN, ourName, "active")},
		},
		{name: "ours in one zone", tags: elbOurs(nlbA), shown: []elbtypes.LoadBalancer{inOne}, want: []Observation{oneZone}},
		{name: "ours that failed", tags: elbOurs(nlbA), shown: []elbtypes.LoadBalancer{failed}, want: []Observation{because}},
		{name: "ours without a state", tags: elbOurs(nlbA), shown: []elbtypes.LoadBalancer{stateless}, want: []Observation{wordless}},
		{name: "our name, tags taken off, not in the journal", shown: []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active")}},
		{name: "our tags under a stranger's name", tags: elbOurs(nlbA), shown: []elbtypes.LoadBalancer{balancer(nlbARN, theirName, "active")}},
		{name: "strangers' in the same subnets", shown: []elbtypes.LoadBalancer{balancer("arn-x", "web", "active"), balancer("arn-y", theirName, "active")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &nlbCalls{}
			aws.nlbs.things, aws.balancers.tags = test.shown, map[string][]elbtypes.Tag{nlbARN: test.tags}
			same(t, "a's load balancer", test.want, seen(t, KindNLB, aws, record(t, nlbA, test.id, balancing())))
		})
	}
}

// Twins cannot be, but a second one of our name may be after a lost answer: both are told.
func TestObserveNLBTwins(t *testing.T) {
	aws := &nlbCalls{}
	aws.nlbs.things = []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active"), balancer("arn-2", ourName, "active")}
	aws.balancers.tags = map[string][]elbtypes.Tag{"arn-2": elbOurs(nlbA)}
	same(t, "the journal's and the one with our tags", []Observation{
		{Key: nlbA, ID: "arn-2", State: "active", Ours: true, Token: "token-1"}, {Key: nlbA, ID: nlbARN, State: "active", Ours: true},
	}, seen(t, KindNLB, aws, record(t, nlbA, nlbARN, balancing())))
	same(t, "the tags asked for", []string{"arn-2"}, aws.tagsAsked)
}

// card is an interface of AWS's making.
func card(id, description string) types.NetworkInterface {
	return types.NetworkInterface{NetworkInterfaceId: &id, Description: &description, RequesterManaged: new(true)}
}

// A load balancer that is gone drains as long as its interfaces are there; a new one may show them before itself.
func TestNLBDrains(t *testing.T) {
	drains := []Observation{{Key: nlbA, ID: nlbARN, Ours: true, State: "draining", Left: "eni-1"}}
	described := "ELB net/" + ourName + "/0b"
	cards := []types.NetworkInterface{card("eni-x", "ELB net/web/0b"), card("eni-1", described), card("eni-2", described), {NetworkInterfaceId: new("eni-y")}}
	for _, test := range []struct {
		name  string
		phase state.Phase
		shown []elbtypes.LoadBalancer
		cards []types.NetworkInterface
		want  []Observation
		asked []string
	}{
		{name: "gone but for its interfaces", phase: state.Deleting, cards: cards, want: drains, asked: []string{"description=" + described}},
		{name: "gone, others' interfaces there", phase: state.Deleting, cards: cards[:1], asked: []string{"description=" + described}},
		{
			name: "still there itself", phase: state.Deleting, cards: cards, shown: []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active")},
			want: []Observation{{Key: nlbA, ID: nlbARN, State: "active", Ours: true}},
		},
		{name: "being made", phase: state.Created, cards: cards},
		{name: "ready and gone: somebody deleted it", phase: state.Ready, cards: cards},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &nlbCalls{}
			aws.nlbs.things, aws.interfaces.things = test.shown, test.cards
			rec := record(t, nlbA, nlbARN, balancing())
			rec.Phase = test.phase
			same(t, "a's load balancer on its way out", test.want, seen(t, KindNLB, aws, rec))
			same(t, "the interfaces asked for", test.asked, aws.interfaces.asked)
		})
	}
	aws := &nlbCalls{}
	aws.interfaces.err = refused("DescribeNetworkInterfaces", "UnauthorizedOperation")
	rec := record(t, nlbA, nlbARN, balancing())
	rec.Phase = state.Deleting
	if _, err := Kinds()[KindNLB].Observe(t.Context(), here(aws), []state.Record{rec}); cloud.CodeOf(err) != "UnauthorizedOperation" {
		t.Errorf("want a look that failed not taken for nothing there, got %v", err)
	}
}

func TestCrossZone(t *testing.T) {
	aws := &nlbCalls{}
	set := NLBCrossZone{NLB: state.Literal(nlbARN)}
	rec := record(t, crossZoneA, "", set)
	same(t, "the load balancer's ARN", Observation{Key: crossZoneA, ID: nlbARN, Ours: true}, made(t, aws, rec))
	same(t, "the attribute alone", []*elb.ModifyLoadBalancerAttributesInput{{
		LoadBalancerArn: &nlbARN, Attributes: []elbtypes.LoadBalancerAttribute{{Key: new("load_balancing.cross_zone.enabled"), Value: new("true")}},
	}}, aws.modify.sent)
	if err := deleting(t, aws, rec); err != nil || len(aws.modify.sent) > 1 {
		t.Errorf("want it gone with the load balancer, without a call; got %v after %d calls", err, len(aws.modify.sent))
	}
	refusals(t, "ModifyLoadBalancerAttributes", map[string]error{
		"LoadBalancerNotFound": waiters.ErrNotYet, "PriorRequestNotComplete": waiters.ErrNotYet, "InvalidConfigurationRequest": asItIs,
	}, func(answer error) error {
		aws := &nlbCalls{}
		aws.modify.err = answer
		return creating(t, aws, rec)
	})

	attribute := func(key, value string) []elbtypes.LoadBalancerAttribute {
		return []elbtypes.LoadBalancerAttribute{{}, {Key: &key, Value: &value}}
	}
	for name, test := range map[string]struct {
		attributes map[string][]elbtypes.LoadBalancerAttribute
		want       []Observation
	}{
		"on":               {map[string][]elbtypes.LoadBalancerAttribute{nlbARN: attribute(crossZone, "true")}, []Observation{{Key: crossZoneA, ID: nlbARN}}},
		"off":              {map[string][]elbtypes.LoadBalancerAttribute{nlbARN: attribute(crossZone, "false")}, nil},
		"another is on":    {map[string][]elbtypes.LoadBalancerAttribute{nlbARN: attribute("deletion_protection.enabled", "true")}, nil},
		"no load balancer": {nil, nil},
	} {
		aws := &nlbCalls{}
		aws.attributes = test.attributes
		same(t, "cross-zone load balancing of a, "+name, test.want, seen(t, KindNLBCrossZone, aws, rec))
	}
	aws.balancers.err = refused("DescribeLoadBalancerAttributes", "AccessDenied")
	if _, err := Kinds()[KindNLBCrossZone].Observe(t.Context(), here(aws), []state.Record{rec}); !errors.Is(err, aws.balancers.err) {
		t.Errorf("want AWS's answer handed on, got %v", err)
	}
}
