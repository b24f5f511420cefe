package steps

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/waiters"
)

// again is what AWS does about the same create once more.
type again string

const (
	sameOne again = "the same one" // it knows the token, or takes the same for done
	twin    again = "a twin"       // only our tags tell
	refuses again = "a refusal"    // there is a natural key
)

// A small lab, kind by kind, in the simulator behind the real SDK.
func TestLife(t *testing.T) {
	eachLifetime(t, func(t *testing.T, l *lifetime, id func(state.Key) state.Value) {
		const (
			vpc, subnet, table, group = state.Key("0/vpc/a"), state.Key("0/subnet/a"), state.Key("0/route-table/a"), state.Key("0/security-group/a")
			rule, instance            = state.Key("0/security-group-rule/b:a"), state.Key("0/instance/a")
		)
		l.live(vpc, VPC{CIDR: "10.0.0.0/16"}, "pending", twin)
		l.live(subnet, Subnet{VPC: id(vpc), CIDR: "10.0.0.0/24", AZID: "apne1-az1"}, "pending", refuses)
		l.live(table, RouteTable{VPC: id(vpc)}, "", sameOne)
		l.live(associationA, RouteTableAssociation{RouteTable: id(table), Subnet: id(subnet)}, "associating", refuses)
		l.live(group, SecurityGroup{VPC: id(vpc), Description: "vpclink lab a"}, "", refuses)
		l.live(rule, SecurityGroupRule{Group: id(group), Port: 3389, Source: state.Literal("10.1.0.0/16"), Description: "from b"}, "", refuses)
		l.live(instance, Instance{
			Subnet: id(subnet), Group: id(group), PrivateIP: "10.0.0.10", Image: windows, Type: "t3.medium",
		}, "pending", sameOne)
		l.live(gatewayKey, TransitGateway{Description: "vpclink lab"}, "pending", twin)
		l.live(tgwTableKey, TGWRouteTable{Gateway: id(gatewayKey)}, "pending", twin)
		l.live(attachmentA, TGWAttachment{Gateway: id(gatewayKey), VPC: id(vpc), Subnets: []state.Value{id(subnet)}}, "pending", refuses)
		l.live(tgwAssociationA, TGWAssociation{RouteTable: id(tgwTableKey), Attachment: id(attachmentA)}, "associating", refuses)
		l.live(tgwPropagationA, TGWPropagation{RouteTable: id(tgwTableKey), Attachment: id(attachmentA)}, "enabling", refuses)
		l.live(routeAB, Route{RouteTable: id(table), Destination: state.Literal("10.1.0.0/16"), Target: id(gatewayKey)}, "", sameOne) // aws-facts §2.4

		same(t, "what the instance and the subnet tell others", []map[string]string{
			{OutPrivateIP: "10.0.0.10"}, {OutCIDR: "10.0.0.0/24", OutAZID: "apne1-az1"},
		}, []map[string]string{l.made[instance].Out, l.made[subnet].Out})
		l.refusesWhileInUse(vpc, subnet, table, group, gatewayKey, tgwTableKey)
		l.end()
	})
}

// VPC a is connected to the internet, its instance has a public address.
func TestLifeOnTheInternet(t *testing.T) {
	eachLifetime(t, func(t *testing.T, l *lifetime, id func(state.Key) state.Value) {
		const (
			vpc, subnet, table, group = state.Key("0/vpc/a"), state.Key("0/subnet/a"), state.Key("0/route-table/a"), state.Key("0/security-group/a")
			route, instance, rule     = state.Key("1.1.2/route/a"), state.Key("1.1.3/instance/a"), state.Key("1.1.3/security-group-rule/b:a")
			fromGroup                 = state.Key("1.1.3/security-group-rule/a")
		)
		l.live(vpc, VPC{CIDR: "10.0.0.0/16"}, "pending", twin)
		l.live(subnet, Subnet{VPC: id(vpc), CIDR: "10.0.0.0/24", AZID: "apne1-az1"}, "pending", refuses)
		l.live(table, RouteTable{VPC: id(vpc)}, "", sameOne)
		l.live(group, SecurityGroup{VPC: id(vpc), Description: "vpclink lab a"}, "", refuses)
		l.live(internetA, InternetGateway{VPC: id(vpc)}, "", twin)
		l.live(internetAttachmentA, InternetGatewayAttachment{Gateway: id(internetA), VPC: id(vpc)}, "", refuses)
		l.live(route, Route{RouteTable: id(table), Destination: state.Literal("0.0.0.0/0"), Target: id(internetA)}, "", sameOne)
		l.live(instance, Instance{
			Subnet: id(subnet), Group: id(group), PrivateIP: "10.0.0.10", PublicIP: true, Image: windows, Type: "t3.medium",
		}, "pending", sameOne)
		address := l.made[instance].Out[OutPublicCIDR]
		l.live(rule, SecurityGroupRule{Group: id(group), Port: 3389, Source: state.Literal(address), Description: "from b"}, "", refuses)
		l.live(fromGroup, SecurityGroupRule{Group: id(group), Port: 3389, Source: id(group)}, "", refuses)

		if block, err := netip.ParsePrefix(address); err != nil || block.Bits() != 32 || block.Addr().String() != l.made[instance].Out[OutPublicIP] {
			t.Errorf("want the instance's public address told, and as a block, got %v", l.made[instance].Out)
		}
		// The gateway waits for its attachment, that for the instance's address.
		l.refusesWhileInUse(vpc, subnet, group, internetA, internetAttachmentA)
		l.end()
	})
}

// VPCs a and b are peered, and resolve each other's names.
func TestLifeOfAPeering(t *testing.T) {
	eachLifetime(t, func(t *testing.T, l *lifetime, id func(state.Key) state.Value) {
		const a, b, table, route = state.Key("0/vpc/a"), state.Key("0/vpc/b"), state.Key("0/route-table/a"), state.Key("1.2.2/route/a:b")
		l.live(a, VPC{CIDR: "10.0.0.0/16"}, "pending", twin)
		l.live(b, VPC{CIDR: "10.1.0.0/16"}, "pending", twin)
		l.live(table, RouteTable{VPC: id(a)}, "", sameOne)
		l.live(hostnamesA, VPCDNSHostnames{VPC: id(a)}, "", sameOne)
		l.live(peeringAB, VPCPeering{Requester: id(a), Accepter: id(b)}, "initiating-request", refuses)
		l.live(acceptAB, VPCPeeringAccept{Peering: id(peeringAB)}, "provisioning", refuses)
		l.live(peeringDNSAB, VPCPeeringDNS{Peering: id(peeringAB)}, "", sameOne)
		l.live(route, Route{RouteTable: id(table), Destination: state.Literal("10.1.0.0/16"), Target: id(peeringAB)}, "", sameOne)

		otherWay := record(t, "1.2.1/vpc-peering/b:a", "", VPCPeering{Requester: id(b), Accepter: id(a)})
		if o := l.look(otherWay); len(o) != 1 || o[0].ID != l.made[peeringAB].ID || o[0].Ours {
			t.Errorf("want the peering found from b too, for a record it was not made for, got %+v", o)
		}
		l.refusesWhileInUse(a, b)
		l.end()
	})
}

// The instance of VPC a is offered to VPC b, which has the same addresses.
func TestLifeOfAPrivateLink(t *testing.T) {
	eachLifetime(t, func(t *testing.T, l *lifetime, id func(state.Key) state.Value) {
		const (
			a, subnetA, groupOfA, instance = state.Key("0/vpc/a"), state.Key("0/subnet/a"), state.Key("0/security-group/a"), state.Key("0/instance/a")
			b, subnetB, groupOfB           = state.Key("0/vpc/b"), state.Key("0/subnet/b"), state.Key("0/security-group/b")
			shield, door                   = state.Key("1.3.2/security-group/a"), state.Key("1.3.5/security-group/b:a")
			checks, fromB, opened          = state.Key("1.3.2/security-group-rule/a"), state.Key("1.3.2/security-group-rule/b:a"), state.Key("1.3.5/security-group-rule/b:a")
		)
		for _, site := range []struct{ vpc, subnet, group state.Key }{{a, subnetA, groupOfA}, {b, subnetB, groupOfB}} {
			l.live(site.vpc, VPC{CIDR: "10.0.0.0/16"}, "pending", twin)
			l.live(site.subnet, Subnet{VPC: id(site.vpc), CIDR: "10.0.0.0/24", AZID: "apne1-az1"}, "pending", refuses)
			l.live(site.group, SecurityGroup{VPC: id(site.vpc), Description: "vpclink lab"}, "", refuses)
		}
		l.live(instance, Instance{
			Subnet: id(subnetA), Group: id(groupOfA), PrivateIP: "10.0.0.10", Image: windows, Type: "t3.medium",
		}, "pending", sameOne)
		l.live(targetGroupA, TargetGroup{VPC: id(a), Port: 3389}, "", sameOne)
		registered := Target{TargetGroup: id(targetGroupA), Instance: id(instance), Port: 3389}
		l.live(targetA, registered, "", sameOne)
		l.live(shield, SecurityGroup{VPC: id(a), Description: "vpclink lab nlb"}, "", refuses)
		l.live(fromB, SecurityGroupRule{Group: id(shield), Port: 3389, Source: state.Literal("10.0.0.0/16")}, "", refuses)
		l.live(checks, SecurityGroupRule{Group: id(groupOfA), Port: 3389, Source: id(shield)}, "", refuses)
		l.live(nlbA, NLB{Subnets: []state.Value{id(subnetA)}, Group: id(shield)}, "provisioning", sameOne)
		l.live(listenerA, Listener{NLB: id(nlbA), TargetGroup: id(targetGroupA), Port: 3389}, "", sameOne)
		l.live(crossZoneA, NLBCrossZone{NLB: id(nlbA)}, "", sameOne)
		l.live(healthA, TargetHealth(registered), "", sameOne)
		l.live(serviceA, EndpointService{NLB: id(nlbA)}, "", sameOne)
		l.live(door, SecurityGroup{VPC: id(b), Description: "vpclink lab endpoint"}, "", refuses)
		l.live(opened, SecurityGroupRule{Group: id(door), Port: 3389, Source: id(groupOfB)}, "", refuses)
		name := state.Literal(l.made[serviceA].Out[OutServiceName])
		l.live(endpointBA, VPCEndpoint{VPC: id(b), ServiceName: name, Subnets: []state.Value{id(subnetB)}, Group: id(door)}, "pending", sameOne)
		if out := l.made[endpointBA].Out; out != nil {
			t.Errorf("want no names of an endpoint that waits to be accepted, got %v", out)
		}
		l.live(acceptBA, EndpointAccept{Service: id(serviceA), Endpoint: id(endpointBA), VPC: id(b)}, "", refuses)

		at := slices.IndexFunc(l.recs, func(rec state.Record) bool { return rec.Key == endpointBA })
		out := l.look(l.recs[at])[0].Out // its names come after the acceptance
		if !strings.HasPrefix(out[OutDNSName], l.made[endpointBA].ID) || !strings.HasPrefix(out[OutDNSNames], out[OutDNSName]+",") {
			t.Errorf("want the region's name of the endpoint told, and one per AZ behind it, got %v", out)
		}
		if address, err := netip.ParseAddr(out[OutAddresses]); err != nil || !netip.MustParsePrefix("10.0.0.0/24").Contains(address) {
			t.Errorf("want the endpoint's address in b's subnet told, got %v", out)
		}
		// The load balancer waits for its service, subnets and groups for the interfaces of AWS's making.
		l.refusesWhileInUse(nlbA, subnetA, subnetB, shield, door, a, b)
		l.end()
	})
}

// Somebody else has connected: the connection is rejected, and the service goes. The endpoint, which is theirs, stays.
func TestWithdrawingFromAStranger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLifetime(t, sim.Options{})
		id := func(key state.Key) state.Value { return state.Literal(l.made[key].ID) }
		const a, subnet, group = state.Key("0/vpc/a"), state.Key("0/subnet/a"), state.Key("0/security-group/a")
		l.live(a, VPC{CIDR: "10.0.0.0/16"}, "pending", twin)
		l.live(subnet, Subnet{VPC: id(a), CIDR: "10.0.0.0/24"}, "pending", refuses)
		l.live(group, SecurityGroup{VPC: id(a), Description: "vpclink lab"}, "", refuses)
		l.live(nlbA, NLB{Subnets: []state.Value{id(subnet)}, Group: id(group)}, "provisioning", sameOne)
		l.live(serviceA, EndpointService{NLB: id(nlbA)}, "", sameOne)

		stranger := l.env
		stranger.Stack.Lineage = "ffffffff-0000-4000-8000-000000000000"
		rec := record(t, endpointBA, "", VPCEndpoint{
			VPC: id(a), ServiceName: state.Literal(l.made[serviceA].Out[OutServiceName]), Subnets: []state.Value{id(subnet)}, Group: id(group),
		})
		o, err := Kinds()[KindVPCEndpoint].Create(t.Context(), stranger, rec)
		if err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Minute)
		service := l.recs[len(l.recs)-1]
		if err := Kinds()[KindEndpointService].Delete(t.Context(), l.env, service); !errors.Is(err, waiters.ErrNotYet) {
			t.Errorf("want the delete of a service with a connection repeated, got %v", err)
		}
		l.die(service)
		l.recs = l.recs[:len(l.recs)-1]
		rec.ID = o.ID
		found, err := Kinds()[KindVPCEndpoint].Observe(t.Context(), stranger, []state.Record{rec})
		if err != nil || len(found) != 1 || found[0].State != "rejected" || !found[0].Ours {
			t.Fatalf("want the stranger's endpoint there, rejected, got %+v and %v", found, err)
		}
		// Its interface holds our group and subnet: that is named.
		for _, on := range l.recs {
			if on.Key == subnet || on.Key == group {
				names(t, Kinds()[on.Key.Kind()].Delete(t.Context(), l.env, on), "VPC endpoint "+o.ID, on.ID)
			}
		}
		if err := Kinds()[KindVPCEndpoint].Delete(t.Context(), stranger, rec); err != nil {
			t.Fatal(err)
		}
		l.end()
	})
}

// lifetime is what was made in one world, in order.
type lifetime struct {
	*testing.T
	world *sim.World
	env   Env
	recs  []state.Record
	made  map[state.Key]Observation
}

// eachLifetime runs a test at typical and at spread durations. id is the ID of what was made under a key.
func eachLifetime(t *testing.T, test func(t *testing.T, l *lifetime, id func(state.Key) state.Value)) {
	t.Helper()
	for _, durations := range []sim.Durations{sim.Typical, sim.Spread} {
		synctest.Test(t, func(t *testing.T) {
			l := newLifetime(t, sim.Options{Durations: durations, Seed: 7})
			test(t, l, func(key state.Key) state.Value { return state.Literal(l.made[key].ID) })
		})
	}
}

func newLifetime(t *testing.T, opts sim.Options) *lifetime {
	t.Helper()
	w := sim.New(opts)
	cfg := aws.Config{
		Region: "ap-northeast-1", HTTPClient: w, RetryMaxAttempts: 1,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "123456789012", SecretAccessKey: "any"}, nil
		}),
	}
	env := here(ec2.NewFromConfig(cfg))
	env.ELB = elb.NewFromConfig(cfg)
	return &lifetime{T: t, world: w, env: env, made: map[state.Key]Observation{}}
}

func (l *lifetime) there(f Found) bool { return !Kinds()[f.Kind].Life().Stage(f.State).Absent() }

// live makes a thing, sees it come up through the making state, makes it once more, and keeps it. Making "" is for what
// AWS shows no such state of.
func (l *lifetime) live(key state.Key, set any, making string, once again) {
	l.Helper()
	kind := Kinds()[key.Kind()]
	rec := record(l.T, key, "", set)
	rec.Token = "token of " + string(key)
	var o Observation
	err := l.patiently(func() (err error) { o, err = kind.Create(l.Context(), l.env, rec); return err })
	if err != nil || o.ID == "" || !o.Ours || o.Key != key {
		l.Fatalf("want %s made, got %+v and %v", key, o, err)
	}
	anonymous := rec
	rec.ID = o.ID
	l.recs = append(l.recs, rec)
	words := []string{o.State}
	for end := time.Now().Add(kind.Life().Timeout); ; <-time.After(500 * time.Millisecond) {
		found := l.look(rec)
		if len(found) > 0 && !slices.Contains(words, found[0].State) {
			words = append(words, found[0].State)
		}
		if len(found) > 0 && kind.Life().Stage(found[0].State) == waiters.StageReady && found[0].Lacks == "" {
			o = found[0]
			break
		}
		if time.Now().After(end) {
			l.Fatalf("want %s ready within %v, got %+v", key, kind.Life().Timeout, found)
		}
	}
	if making != "" && words[0] != making {
		l.Errorf("want %s to begin as %q, got %q", key, making, words)
	}
	if o.ID != rec.ID || !o.Ours || len(o.Diff) > 0 {
		l.Errorf("want %s ours, the one that was made and as it was wanted; got %+v", key, o)
	}
	l.made[key] = o
	if found := l.look(anonymous); len(found) != 1 || found[0].ID != o.ID {
		l.Errorf("want %s found by its tags or its natural key too, got %+v", key, found)
	}
	l.once(anonymous, once)
}

// once makes a thing once more and takes a twin away.
func (l *lifetime) once(rec state.Record, want again) {
	l.Helper()
	kind, first := Kinds()[rec.Key.Kind()], l.made[rec.Key]
	got := refuses
	o, err := kind.Create(l.Context(), l.env, rec)
	switch {
	case errors.Is(err, ErrExists):
	case err != nil:
		l.Fatalf("want %s of the second create of %s, got %v", want, rec.Key, err)
	case o.ID == first.ID:
		got = sameOne
	default:
		got = twin
	}
	if got != want {
		l.Errorf("want %s of the second create of %s, got %s", want, rec.Key, got)
	}
	if got != twin {
		return
	}
	<-time.After(3 * time.Minute)
	if found := l.look(rec); len(found) != 2 || !found[0].Ours || !found[1].Ours {
		l.Errorf("want both twins of %s seen as ours, got %+v", rec.Key, found)
	}
	rec.ID = o.ID
	l.die(rec)
}

// refusesWhileInUse checks that AWS's no is a not-yet that names something of ours.
func (l *lifetime) refusesWhileInUse(keys ...state.Key) {
	l.Helper()
	for _, rec := range l.recs {
		if !slices.Contains(keys, rec.Key) {
			continue
		}
		err := Kinds()[rec.Key.Kind()].Delete(l.Context(), l.env, rec)
		later, ok := errors.AsType[*NotYetError](err)
		if !ok || later.Waiting == nil {
			l.Errorf("want the delete of %s to wait for what is made on it, got %v", rec.Key, err)
		}
	}
}

// end takes everything away, the last first, and sees that nothing is left.
func (l *lifetime) end() {
	l.Helper()
	var kinds []string
	for _, rec := range slices.Backward(l.recs) {
		kinds = append(kinds, rec.Key.Kind())
		if !Kinds()[rec.Key.Kind()].Life().NoUndo { // it goes with what it is of
			l.die(rec)
		}
	}
	if left := l.world.Objects(); len(left) > 0 {
		l.Errorf("want an empty account, got %+v", left)
	}
	if found, err := Discover(l.Context(), l.env, kinds); err != nil || slices.ContainsFunc(found, l.there) {
		l.Errorf("want nothing but tombstones discovered, got %+v and %v", found, err)
	}
}

// die takes a thing away, sees it gone, and takes it away once more.
func (l *lifetime) die(rec state.Record) {
	l.Helper()
	rec.Phase = state.Deleting
	kind := Kinds()[rec.Key.Kind()]
	remove := func() error { return kind.Delete(l.Context(), l.env, rec) }
	if err := l.patiently(remove); err != nil {
		l.Fatalf("want %s deleted, got %v", rec.Key, err)
	}
	gone := waiters.Down(kind.Life(), rec.ID)
	for end := time.Now().Add(kind.Life().Timeout); ; <-time.After(time.Second) {
		var sights []waiters.Sight
		for _, o := range l.look(rec) {
			sights = append(sights, waiters.Sight{ID: o.ID, State: o.State})
		}
		over, err := gone(sights, nil)
		if err != nil || time.Now().After(end) {
			l.Fatalf("want %s gone within %v, got %+v and %v", rec.Key, kind.Life().Timeout, sights, err)
		}
		if over {
			break
		}
	}
	if err := remove(); err != nil && !errors.Is(err, waiters.ErrNone) {
		l.Errorf("want the second delete of %s to find nothing, got %v", rec.Key, err)
	}
}

// patiently repeats a call as long as AWS says not yet.
func (l *lifetime) patiently(call func() error) error {
	err := call()
	for end := time.Now().Add(10 * time.Minute); errors.Is(err, waiters.ErrNotYet) && time.Now().Before(end); err = call() {
		<-time.After(time.Second)
	}
	return err
}

func (l *lifetime) look(rec state.Record) []Observation {
	l.Helper()
	found, err := Kinds()[rec.Key.Kind()].Observe(l.Context(), l.env, []state.Record{rec})
	if err != nil {
		l.Fatalf("looking at %s: %v", rec.Key, err)
	}
	return slices.DeleteFunc(found, func(o Observation) bool { // tombstones of twins
		return o.ID != rec.ID && Kinds()[rec.Key.Kind()].Life().Stage(o.State).Absent()
	})
}

// The answer to a create is lost, or AWS says that it failed although it did not: only a look can tell.
func TestLostAnswers(t *testing.T) {
	for _, fault := range []sim.Fault{
		{Kind: sim.LostAnswer}, {Kind: sim.ErrorAfter, Status: 500}, {Kind: sim.ErrorAfter, Status: 503},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newLifetime(t, sim.Options{})
			fault.Action = "CreateVpc"
			l.world.Inject(fault)
			rec := record(t, "0/vpc/a", "", VPC{CIDR: "10.0.0.0/16"})
			if _, err := Kinds()[KindVPC].Create(t.Context(), l.env, rec); !Unclear(err) {
				t.Errorf("want %s %d unclear, got %v", fault.Kind, fault.Status, err)
			}
			<-time.After(5 * time.Second)
			if found := l.look(rec); len(found) != 1 || !found[0].Ours || found[0].Token != rec.Token {
				t.Errorf("want the VPC found by its tags after %s, got %+v", fault.Kind, found)
			}
		})
	}
}

// AWS takes the call, and then the thing fails: it is seen, it is ours, and it can be taken away.
func TestThingsThatFail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLifetime(t, sim.Options{})
		l.live("0/vpc/a", VPC{CIDR: "10.0.0.0/16"}, "pending", twin)
		l.world.Inject(sim.Fault{Kind: sim.Fail, Action: "CreateSubnet"})
		rec := record(t, "0/subnet/a", "", Subnet{VPC: state.Literal(l.made["0/vpc/a"].ID), CIDR: "10.0.0.0/24"})
		o, err := Kinds()[KindSubnet].Create(t.Context(), l.env, rec)
		if err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Minute)
		rec.ID = o.ID
		found := l.look(rec)
		if len(found) != 1 || !found[0].Ours || Kinds()[KindSubnet].Life().Stage(found[0].State) != waiters.StageFailed {
			t.Errorf("want the subnet seen as failed, got %+v", found)
		}
		l.die(rec)
	})
}
