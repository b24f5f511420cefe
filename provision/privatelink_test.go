package provision

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// checkPrivateLink holds the account against 1.3.1 to 1.3.6: the first VPC is the provider, the others are its consumers.
func checkPrivateLink(t *testing.T, l *lab, names ...string) {
	t.Helper()
	c := checker{t: t, ctx: t.Context(), api: l.stranger(), l: l, names: names}
	checkProvider(c, names[0], names[1:])
	for _, consumer := range names[1:] {
		if c.cidr(consumer) != c.cidr(names[0]) {
			t.Errorf("all VPCs have the same block, %s has %s", consumer, c.cidr(consumer))
		}
		checkConsumer(c, consumer, names[0])
		c.noInternetGateway(consumer)
	}
}

func checkProvider(c checker, provider string, consumers []string) {
	c.t.Helper()
	api := c.l.balancers()
	group := c.id(state.Key("1.3.1/target-group/" + provider))
	health := must(api.DescribeTargetHealth(c.ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: &group})).TargetHealthDescriptions
	if len(health) != 1 || *health[0].Target.Id != c.id(state.Key("0/instance/"+provider)) || health[0].TargetHealth.State != "healthy" {
		c.t.Errorf("1.3.1, 1.3.3: the provider's instance is the one target, and healthy, got %+v", health)
	}
	door := c.id(state.Key("1.3.2/security-group/" + provider))
	c.same("1.3.2: the load balancer's group admits the consumers' block", []string{c.cidr(consumers[0])}, c.admittedBy(door))
	balancer := must(api.DescribeLoadBalancers(c.ctx, &elb.DescribeLoadBalancersInput{
		LoadBalancerArns: []string{c.id(state.Key("1.3.3/nlb/" + provider))},
	})).LoadBalancers[0]
	if balancer.Type != "network" || balancer.Scheme != "internal" || balancer.State.Code != "active" || len(balancer.SecurityGroups) != 1 || balancer.SecurityGroups[0] != door {
		c.t.Errorf("1.3.3: an internal NLB with its group is active, got %+v", balancer)
	}
	service := must(c.api.DescribeVpcEndpointServiceConfigurations(c.ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: []string{c.id(state.Key("1.3.4/endpoint-service/" + provider))},
	})).ServiceConfigurations[0]
	if !aws.ToBool(service.AcceptanceRequired) || service.ServiceState != "Available" {
		c.t.Errorf("1.3.4: the service is available and wants acceptance, got %+v", service)
	}
}

func checkConsumer(c checker, consumer, provider string) {
	c.t.Helper()
	name := consumer + ":" + provider
	door := c.id(state.Key("1.3.5/security-group/" + name))
	c.same("1.3.5: the endpoint's group admits the source instance's group only",
		[]string{c.id(state.Key("0/security-group/" + consumer))}, c.admittedBy(door))
	endpoint := must(c.api.DescribeVpcEndpoints(c.ctx, &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: []string{c.id(state.Key("1.3.6/vpc-endpoint/" + name))},
	})).VpcEndpoints[0]
	if endpoint.State != "available" || len(endpoint.Groups) != 1 || *endpoint.Groups[0].GroupId != door {
		c.t.Errorf("1.3.6: %s's endpoint is accepted and available, got %+v", consumer, endpoint)
	}
	rec, _ := c.l.journal.Record(state.Key("1.3.6/vpc-endpoint/" + name))
	if rec.Out[steps.OutDNSName] != *endpoint.DnsEntries[0].DnsName || rec.Out[steps.OutAddresses] == "" {
		c.t.Errorf("1.3.6: the endpoint's DNS name and addresses are noted, got %v", rec.Out)
	}
}

// balancers is somebody else's client of ELBv2.
func (l *lab) balancers() *elb.Client {
	_, env := l.runner(l.t.Context())
	return env.ELB.(*elb.Client) //nolint:forcetypeassert // it is what Connect returns
}

func privateStory(t *testing.T, opts sim.Options, tell func(t *testing.T, l *lab)) {
	t.Helper()
	story(t, opts, func(t *testing.T, l *lab) {
		l.pattern, l.stack = PrivateLink(), "privatelink"
		tell(t, l)
	})
}

func TestPrivateLinkBothWays(t *testing.T) {
	privateStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.edit = func(r *Request) { r.BothWays = true }
		l.mustUp("a", "b")
		checkPrivateLink(t, l, "a", "b")
		c := checker{t: t, ctx: t.Context(), api: l.stranger(), l: l, names: []string{"a", "b"}}
		checkProvider(c, "b", []string{"a"})
		checkConsumer(c, "a", "b")
		if r := l.mustUp("b", "a"); r.Made != 0 {
			t.Errorf("named the other way round nothing is made, got %+v", r)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

func TestTheProviderStaysWhoeverIsNamedFirst(t *testing.T) {
	privateStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		l.mustUp("c", "b", "a")
		checkPrivateLink(t, l, "a", "b", "c")
		if r := l.mustUp("b", "c"); r.Made != 0 {
			t.Errorf("nor does it change when it is not named, got %+v", r)
		}
		l.mustDown()
	})
}

func TestTwoAZsOfAPrivateLink(t *testing.T) {
	privateStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.edit = func(r *Request) { r.AZs = 2 }
		l.mustUp("a", "b")
		checkPrivateLink(t, l, "a", "b")
		attributes := must(l.balancers().DescribeLoadBalancerAttributes(t.Context(), &elb.DescribeLoadBalancerAttributesInput{
			LoadBalancerArn: l.id("1.3.3/nlb/a"),
		})).Attributes
		crosses := false
		for _, a := range attributes {
			crosses = crosses || *a.Key == "load_balancing.cross_zone.enabled" && *a.Value == "true"
		}
		if !crosses {
			t.Error("with one instance and two AZs the load balancer balances across them")
		}
		if n := len(strings.Split(recordOf(l, "1.3.6/vpc-endpoint/b:a").Out[steps.OutAddresses], ",")); n != 2 {
			t.Errorf("the endpoint has an address in each AZ, got %d", n)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

func recordOf(l *lab, key state.Key) state.Record {
	rec, _ := l.journal.Record(key)
	return rec
}

// The endpoint calls have the smallest request bucket of all: 4, then one in 3.3 seconds.
func TestTwentyConsumersComeUpWithoutOneFailure(t *testing.T) {
	t.Parallel()
	privateStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		vpcs := names(21)
		l.mustUp(vpcs...)
		throttled := 0
		for _, call := range l.world.Calls() {
			if call.Action == "CreateVpcEndpoint" && call.Code != "" {
				throttled++
			}
		}
		if throttled > 0 {
			t.Errorf("the calls keep to the bucket, %d were throttled", throttled)
		}
		if n := len(Doors(l.journal.Records())); n != 20 {
			t.Errorf("every consumer has a name to type, got %d", n)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %d things", len(left))
		}
	})
}

// Somebody else's endpoint in a VPC of ours: its interface looks like those of our own on their way out, but what it
// belongs to is named.
func TestAStrangersEndpointIsNamed(t *testing.T) {
	privateStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		ctx, s := t.Context(), l.stranger()
		service := recordOf(l, "1.3.4/endpoint-service/a").Out[steps.OutServiceName]
		made := must(s.CreateVpcEndpoint(ctx, &ec2.CreateVpcEndpointInput{
			VpcEndpointType: types.VpcEndpointTypeInterface, VpcId: l.id("0/vpc/b"), ServiceName: &service, SubnetIds: []string{*l.id("0/subnet/b")},
		}))
		theirs := *made.VpcEndpoint.VpcEndpointId
		<-time.After(2 * time.Minute)
		_, err := l.down(ctx)
		var hanging *steps.StrangerError
		if !errors.As(err, &hanging) || hanging.ID != theirs {
			t.Errorf("the stranger's endpoint is named, got %v", err)
		}
		if strings.Contains(err.Error(), "endpoint-service") {
			t.Errorf("its connection is rejected, so that the service goes, got %v", err)
		}
		must(s.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{theirs}}))
		<-time.After(10 * time.Minute)
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("once it is away, down finishes; left %v", left)
		}
	})
}

// A target that lacks the acceptance skips it, says so, and the stack is up; one without load balancers is refused.
func TestWhatATargetLacks(t *testing.T) {
	lab := func(lacks string) *Plan {
		r := request("a", "b")
		r.Pattern = PrivateLink()
		p := plan(t, r)
		err := p.Fit(func(kind string) error {
			return steps.Lacks(cloud.Target{Name: "it", Caps: cloud.Caps{lacks: words.Text("%s has no " + lacks)}}, kind)
		})
		if lacks == "CreateLoadBalancer" {
			var refused *RefusedError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), "it has no CreateLoadBalancer, which privatelink cannot do without") {
				t.Errorf("what others need is refused, got %v", err)
			}
			return nil
		}
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	lab("CreateLoadBalancer")
	var skipped []string
	for _, r := range lab("AcceptVpcEndpointConnections").Resources {
		if r.Skip != nil {
			skipped = append(skipped, string(r.Key)+": "+r.Skip.Error())
		}
	}
	if diff := cmp.Diff([]string{"1.3.6/endpoint-accept/b:a: it has no AcceptVpcEndpointConnections"}, skipped); diff != "" {
		t.Errorf("what nothing needs is skipped (-want +got):\n%s", diff)
	}
}

func TestSkippedIsRecordedAndLeavesTheStackUp(t *testing.T) {
	privateStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		for range 2 {
			runner, p, err := l.planned(t.Context(), "a", "b")
			if err != nil {
				t.Fatal(err)
			}
			p.Resources[len(p.Resources)-1].Skip = errors.New("the target cannot")
			if _, err := runner.Up(t.Context(), p); err != nil {
				t.Fatal(err)
			}
			rec := recordOf(l, "1.3.6/endpoint-accept/b:a")
			if rec.Phase != state.Skipped || rec.Reason != "the target cannot" {
				t.Errorf("it is recorded as skipped, with the reason, got %+v", rec)
			}
			if s := PrivateLink().Status(l.journal.Records(), true); s.State != StackUp {
				t.Errorf("the stack is up, got %s", s.State)
			}
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

func TestBlocksOfAPrivateLink(t *testing.T) {
	r := request("a", "b", "c=10.9.0.0/16")
	r.Pattern = PrivateLink()
	blocks := func(p *Plan) string {
		var list []string
		for _, name := range []string{"a", "b", "c"} {
			list = append(list, settings[steps.VPC](t, p, state.Key("0/vpc/"+name)).CIDR)
		}
		return strings.Join(list, " ")
	}
	if got := blocks(plan(t, r)); got != "10.9.0.0/16 10.9.0.0/16 10.9.0.0/16" {
		t.Errorf("who is not told otherwise gets the same block, got %s", got)
	}
	r.Items[0].CIDR = netip.MustParsePrefix("10.8.0.0/16")
	if got := blocks(plan(t, r)); got != "10.8.0.0/16 10.8.0.0/16 10.9.0.0/16" {
		t.Errorf("and who is gets his own, got %s", got)
	}
}

func TestEndpointAndLoadBalancerMustBeInTheSameAZs(t *testing.T) {
	r := request("a", "b")
	r.Pattern = PrivateLink()
	in := func(zone string) state.Settings {
		set, _ := state.NewSettings(steps.Subnet{CIDR: "10.0.0.0/24", AZID: zone})
		return set
	}
	records := []state.Record{
		{Key: "0/subnet/a", Phase: state.Ready, Settings: in("apne1-az4")}, {Key: "0/subnet/b", Phase: state.Ready, Settings: in("apne1-az1")},
	}
	_, err := NewPlan(r, records, zones)
	var refused *RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "b has a subnet in apne1-az1, where a, which offers the service, has none") {
		t.Errorf("AZs that do not fit are refused before anything is made, got %v", err)
	}
	p := plan(t, r, records[0])
	if zone := settings[steps.Subnet](t, p, "0/subnet/b").AZID; zone != "apne1-az4" {
		t.Errorf("a new consumer goes where the provider is, got %s", zone)
	}
}
