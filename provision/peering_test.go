package provision

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
	"vpclink/state"
)

// checkPeerings holds the account against 1.2.1 and 1.2.2.
func checkPeerings(t *testing.T, l *lab, names ...string) {
	t.Helper()
	c := checker{t: t, ctx: t.Context(), api: l.stranger(), l: l, names: names}
	var want, got []string
	for i, a := range names {
		for _, b := range names[:i] {
			want = append(want, c.id(state.Key("1.2.1/vpc-peering/"+min(a, b)+":"+max(a, b))))
		}
	}
	for _, p := range must(c.api.DescribeVpcPeeringConnections(c.ctx, &ec2.DescribeVpcPeeringConnectionsInput{})).VpcPeeringConnections {
		if p.Status.Code == types.VpcPeeringConnectionStateReasonCodeActive {
			got = append(got, aws.ToString(p.VpcPeeringConnectionId))
		}
		if dns := p.RequesterVpcInfo.PeeringOptions; l.edit != nil && p.Status.Code == "active" && !aws.ToBool(dns.AllowDnsResolutionFromRemoteVpc) {
			t.Errorf("--dns: host names are resolved over %s", aws.ToString(p.VpcPeeringConnectionId))
		}
	}
	slices.Sort(want)
	c.same("1.2.1: one active peering for every two VPCs", want, got)
	for _, from := range names {
		want := map[string]string{}
		for _, to := range names {
			if to != from {
				want[c.cidr(to)] = c.id(state.Key("1.2.1/vpc-peering/" + min(from, to) + ":" + max(from, to)))
			}
		}
		c.routes(from, "1.2.2", want)
		c.noInternetGateway(from)
		c.openToPeersOnly(from)
		c.runningInstance(from)
	}
}

func peeringStory(t *testing.T, opts sim.Options, tell func(t *testing.T, l *lab)) {
	t.Helper()
	story(t, opts, func(t *testing.T, l *lab) {
		l.pattern, l.stack = Peering(), "peering"
		tell(t, l)
	})
}

// Whatever the order in which VPCs are named, two have the same one peering.
func TestTheMeshIsTheSameInAnyOrder(t *testing.T) {
	peeringStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("c", "a", "b")
		checkPeerings(t, l, "a", "b", "c")
		if r := l.mustUp("b", "c", "a"); r.Made != 0 {
			t.Errorf("named in another order nothing is made, got %+v", r)
		}
		l.mustUp("d", "c", "b", "a")
		checkPeerings(t, l, "a", "b", "c", "d")
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

func TestOverlappingBlocksAreRefusedBeforeAnythingIsMade(t *testing.T) {
	peeringStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		_, err := l.up(t.Context(), "a=10.1.0.0/16", "b=10.1.128.0/20", "c")
		var refused *RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), "a (10.1.0.0/16) and b (10.1.128.0/20) overlap") {
			t.Errorf("the refusal names the two, got %v", err)
		}
		if n := l.changes(); n != 0 {
			t.Errorf("nothing is made, made %d changing calls", n)
		}
	})
}

// More requests than may be open at once: they wait for each other instead of failing.
func TestTheQuotaOfOpenRequestsIsWaitedFor(t *testing.T) {
	peeringStory(t, sim.Options{Quotas: sim.Quotas{OutstandingPeerings: 2}}, func(t *testing.T, l *lab) {
		const n = 6
		l.mustUp(names(n)...)
		checkPeerings(t, l, names(n)...)
		l.mustDown()
	})
}

func TestAPeeringThatWasDeletedOutsideIsMadeAgainWithItsRoutes(t *testing.T) {
	peeringStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b", "c")
		must(l.stranger().DeleteVpcPeeringConnection(t.Context(), &ec2.DeleteVpcPeeringConnectionInput{
			VpcPeeringConnectionId: l.id("1.2.1/vpc-peering/a:b"),
		}))
		<-time.After(time.Minute)
		if r := l.mustUp("a", "b", "c"); r.Made != 4 {
			t.Errorf("the peering, its acceptance and the two routes that are blackholes are made again, got %+v", r)
		}
		checkPeerings(t, l, "a", "b", "c")
		l.mustDown()
	})
}

// A request that somebody rejected is shown for hours. It is as good as gone, and cannot be deleted.
func TestARejectedRequestIsNoHindrance(t *testing.T) {
	peeringStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		rejected := false
		l.events = func(e Event) {
			if e.Key == "1.2.1/vpc-peering/a:b" && e.Name == EventReady && !rejected {
				rejected = true
				must(l.stranger().RejectVpcPeeringConnection(t.Context(), &ec2.RejectVpcPeeringConnectionInput{VpcPeeringConnectionId: aws.String(e.ID)}))
			}
		}
		if _, err := l.up(t.Context(), "a", "b"); err == nil || !strings.Contains(err.Error(), "InvalidStateTransition") {
			t.Fatalf("what was rejected cannot be accepted, got %v", err)
		}
		l.mustUp("a", "b")
		checkPeerings(t, l, "a", "b")
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

// Somebody peers the two VPCs between our look and our call: his is neither taken for ours nor changed.
func TestAStrangersPeeringStaysHis(t *testing.T) {
	peeringStory(t, sim.Options{}, func(t *testing.T, l *lab) {
		theirs := ""
		l.events = func(e Event) {
			if e.Key == "1.2.1/vpc-peering/a:b" && e.Name == EventStarted && theirs == "" {
				out := must(l.stranger().CreateVpcPeeringConnection(t.Context(), &ec2.CreateVpcPeeringConnectionInput{
					VpcId: l.id("0/vpc/b"), PeerVpcId: l.id("0/vpc/a"),
				}))
				theirs = *out.VpcPeeringConnection.VpcPeeringConnectionId
			}
		}
		_, err := l.up(t.Context(), "a", "b")
		var conflict *ConflictError
		if !errors.As(err, &conflict) || conflict.ID != theirs {
			t.Fatalf("the conflict names his, got %v", err)
		}
		_, err = l.up(t.Context(), "a", "b")
		var foreign *ForeignError
		if !errors.As(err, &foreign) || foreign.ID != theirs {
			t.Errorf("his is used from then on, and not accepted for him, got %v", err)
		}
		must(l.stranger().AcceptVpcPeeringConnection(t.Context(), &ec2.AcceptVpcPeeringConnectionInput{VpcPeeringConnectionId: &theirs}))
		<-time.After(time.Minute)
		if r := l.mustUp("a", "b"); r.Adopted != 1 {
			t.Errorf("once he has accepted it, it is used, got %+v", r)
		}
		l.down(t.Context()) //nolint:errcheck // the VPCs stay, since his peering does
		state := must(l.stranger().DescribeVpcPeeringConnections(t.Context(), &ec2.DescribeVpcPeeringConnectionsInput{
			VpcPeeringConnectionIds: []string{theirs},
		})).VpcPeeringConnections[0].Status.Code
		if state != "active" {
			t.Errorf("his peering is as it was, got %s", state)
		}
	})
}
