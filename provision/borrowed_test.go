package provision

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
)

// borrowings are the labs of VPCs that are there already, one a pattern.
var borrowings = []borrowing{
	{TransitGateway(), nil, false},
	{InternetGateway(), nil, true},
	{Peering(), nil, false},
	{PrivateLink(), func(r *Request) { r.BothWays = true }, false},
}

type borrowing struct {
	pattern Pattern
	edit    func(*Request)
	open    bool // y has an internet gateway
}

// borrowingLab is the lab with the estate beside it.
func borrowingLab(t *testing.T, n int, opts sim.Options) (*lab, *estate, []string) {
	t.Helper()
	l := newLab(t, opts)
	b := borrowings[n]
	l.pattern, l.stack = anew(b.pattern), b.pattern.Name
	e := l.estate(b.open)
	vpcs := e.borrowing()
	l.edit = func(r *Request) {
		e.chosen(r)
		if b.edit != nil {
			b.edit(r)
		}
	}
	return l, e, vpcs
}

// After down the account is exactly as before, field by field; in between nothing of the strangers' was retagged, and a
// second up changes nothing.
func TestVPCsThatAreThereAlready(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		t.Run(b.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, e, vpcs := borrowingLab(t, n, sim.Options{Durations: sim.Spread, Seed: 3})
				l.borrow(t, e, vpcs)
			})
		})
	}
}

// borrow takes a lab with what is there already from nothing to nothing.
func (l *lab) borrow(t *testing.T, e *estate, vpcs []string) {
	t.Helper()
	before := l.account()
	r := l.mustUp(vpcs...)
	adopted := len(slices.DeleteFunc(l.journal.Records(), func(rec state.Record) bool { return rec.Owned }))
	if r.Adopted != adopted || r.Unchanged != 0 || adopted < 4 {
		t.Errorf("the VPCs with what is used of them are adopted, got %+v and %d records", r, adopted)
	}
	checkUntouched(t, l, before)
	if list := e.groups(e.xInstance); len(list) != 3 {
		t.Errorf("x's instance has its two groups and ours, got %v", list)
	}

	made := l.changes()
	for _, names := range [][]string{vpcs, vpcs[1:]} { // those that are not named are kept
		if again := l.mustUp(names...); again.Unchanged != r.Made+r.Adopted || again.Made+again.Adopted != 0 {
			t.Errorf("an up that names %v finds all %d unchanged, got %+v", names, r.Made+r.Adopted, again)
		}
	}
	if n := l.changes() - made; n != 0 {
		t.Errorf("neither makes a changing call, made %d", n)
	}

	if d := l.mustDown(); d.Removed != r.Made || d.Forgotten != r.Adopted {
		t.Errorf("down removes the %d that were made and forgets the %d adopted, got %+v", r.Made, r.Adopted, d)
	}
	<-time.After(buried)
	if diff := cmp.Diff(before, l.account()); diff != "" {
		t.Errorf("the account is exactly as before (-before +after):\n%s", diff)
	}
}

// checkUntouched: tags and settings of what was there are as before; only routes, groups and addresses are added.
func checkUntouched(t *testing.T, l *lab, before map[string]string) {
	t.Helper()
	now := l.account()
	for _, what := range []string{"vpcs", "gateways"} {
		for it := range strings.SplitSeq(strings.Trim(before[what], "[]\n"), "\n }") {
			if !strings.Contains(now[what], strings.Trim(it, ", \n")) {
				t.Errorf("%s: this is not as it was:\n%s", what, it)
			}
		}
	}
}

// Of every pattern: which of what is there is used, and what is made.
func TestWhatIsUsedOfAVPC(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 1, sim.Options{})
		l.mustUp(vpcs...)
		var adopted []string
		for _, rec := range l.journal.Records() {
			if !rec.Owned {
				adopted = append(adopted, e.named(string(rec.Key))+" "+rec.ID)
			}
		}
		slices.Sort(adopted)
		main := mainTable(e, e.y)
		if diff := cmp.Diff([]string{
			"0/instance/X " + e.xInstance, "0/instance/app " + e.yInstance, "0/route-table/X " + e.xTable, "0/route-table/app " + main,
			"0/subnet/X " + e.xSubnet, "0/subnet/app " + e.ySubnet, "0/vpc/X " + e.x, "0/vpc/app " + e.y,
			"1.1.1/internet-gateway-attachment/app " + e.gateway + "|" + e.y, "1.1.1/internet-gateway/app " + e.gateway,
			"1.1.2/route/app " + main + "|0.0.0.0/0",
		}, adopted); diff != "" {
			t.Errorf("these are adopted (-want +got):\n%s", diff)
		}
		for key, made := range map[state.Key]bool{
			state.Key("1.1.3/elastic-ip/" + e.x): true, state.Key("1.1.3/elastic-ip-association/" + e.x): true, "1.1.3/elastic-ip/app": false,
			state.Key("0/interface-group/" + e.x): true, "0/interface-group/app": true, "0/interface-group/c": false,
		} {
			if _, ok := l.journal.Record(key); ok != made {
				t.Errorf("%s is made: %t", key, made)
			}
		}
		l.mustDown()
	})
}

// Each block of a VPC has a route of its own, and a rule.
func TestAFurtherBlockIsRoutedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 0, sim.Options{})
		l.mustUp(vpcs...)
		for key, id := range map[string]string{
			"1.4.6/route/app:X": mainTable(e, e.y) + "|10.50.0.0/16", "1.4.6/route/app:X:2": mainTable(e, e.y) + "|100.64.0.0/24",
			"1.4.6/route/X:app": e.xTable + "|10.60.0.0/16",
		} {
			if got := *l.id(state.Key(strings.ReplaceAll(key, "X", e.x))); got != id {
				t.Errorf("%s is %s, got %q", key, id, got)
			}
		}
		c := checker{t: t, ctx: t.Context(), api: e.api, l: l}
		c.same("c admits every block of its peers", []string{"10.50.0.0/16", "10.60.0.0/16", "100.64.0.0/24"}, c.admitted("c"))

		// A third block comes and the second goes: no number changes hands.
		set := must(e.api.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{e.x}})).Vpcs[0].CidrBlockAssociationSet
		must(e.api.DisassociateVpcCidrBlock(t.Context(), &ec2.DisassociateVpcCidrBlockInput{AssociationId: set[1].AssociationId}))
		must(e.api.AssociateVpcCidrBlock(t.Context(), &ec2.AssociateVpcCidrBlockInput{VpcId: &e.x, CidrBlock: aws.String("10.51.0.0/16")}))
		e.wait()
		l.mustUp(vpcs...)
		for key, block := range map[string]string{"1.4.6/route/c:X": "10.50.0.0/16", "1.4.6/route/c:X:2": "100.64.0.0/24", "1.4.6/route/c:X:3": "10.51.0.0/16"} {
			if got := *l.id(state.Key(strings.ReplaceAll(key, "X", e.x))); !strings.HasSuffix(got, "|"+block) {
				t.Errorf("%s leads to %s, got %q", key, block, got)
			}
		}
		l.mustDown()
	})
}

// What is there as wanted is adopted and stays; what is in the way is named with what it is in the way of, before
// anything is made.
func TestARouteInTheWay(t *testing.T) {
	for _, ours := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			l, e, vpcs := borrowingLab(t, 0, sim.Options{})
			if ours { // somebody put it there between two ups
				l.mustUp(e.x, vpcs[1])
			}
			card := must(e.api.DescribeInstances(t.Context(), &ec2.DescribeInstancesInput{InstanceIds: []string{e.xInstance}})).Reservations[0].Instances[0].NetworkInterfaces[0]
			must(e.api.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &e.xTable, DestinationCidrBlock: aws.String("10.0.0.0/16"), NetworkInterfaceId: card.NetworkInterfaceId}))
			e.wait()
			changes := l.changes()
			_, err := l.up(t.Context(), vpcs...)
			conflict, ok := errors.AsType[*ConflictError](err)
			if !ok || conflict.ID != e.xTable+"|10.0.0.0/16" || !strings.Contains(err.Error(), *card.NetworkInterfaceId) || !strings.Contains(err.Error(), "transit-gateway tgw") && !ours {
				t.Errorf("the conflict names the route and both targets, got %v", err)
			}
			if n := l.changes() - changes; n != 0 {
				t.Errorf("nothing is changed before it, %d calls were", n)
			}
			runner, p, err := l.planned(t.Context(), vpcs...)
			if err == nil {
				_, err = runner.Preview(t.Context(), p)
			}
			if _, ok := errors.AsType[*ConflictError](err); !ok {
				t.Errorf("plan says the same, got %v", err)
			}
			must(e.api.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &e.xTable, DestinationCidrBlock: aws.String("10.0.0.0/16")}))
			e.wait()
			l.mustUp(vpcs...)
			l.mustDown()
		})
	}
}

// The list of an interface's groups is put back as it was; what somebody changed meanwhile stays changed.
func TestTheGroupsOfAnInterfaceArePutBack(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name      string
		set, want []string // the names of groups; nil: as it is
		made      int      // by the next up
	}{
		{"untouched", nil, []string{"web", "ops"}, 0},
		{"one more", []string{"web", "ops", "ours", "more"}, []string{"web", "ops", "more"}, 0},
		{"ours alone", []string{"ours"}, []string{"web", "ops"}, 0},
		{"ours taken off", []string{"web"}, []string{"web"}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, e, vpcs := borrowingLab(t, 0, sim.Options{})
				l.mustUp(vpcs...)
				ids := map[string]string{"ours": *l.id(state.Key("0/security-group/" + e.x)), "more": e.group(e.x, "more")}
				for i, name := range []string{"web", "ops"} {
					ids[name] = e.groups(e.xInstance)[i]
				}
				if card, _, _ := strings.Cut(*l.id(state.Key("0/interface-group/" + e.x)), "|"); tc.set != nil {
					must(e.api.ModifyNetworkInterfaceAttribute(t.Context(), &ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: &card, Groups: inTurn(ids, tc.set)}))
				}
				if r := l.mustUp(vpcs...); r.Made != tc.made {
					t.Errorf("up puts ours on again where it is missing, got %+v", r)
				}
				l.mustDown()
				if diff := cmp.Diff(inTurn(ids, tc.want), e.groups(e.xInstance)); diff != "" {
					t.Errorf("the groups after down (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func inTurn(ids map[string]string, names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, ids[name])
	}
	return list
}

// A thing that is used and gone is named, and down forgets it.
func TestWhatWasUsedIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 0, sim.Options{})
		l.mustUp(vpcs...)
		must(e.api.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{e.xInstance}}))
		<-time.After(10 * time.Minute)
		_, err := l.up(t.Context(), vpcs...)
		if gone, ok := errors.AsType[*GoneError](err); !ok || gone.ID != e.xInstance {
			t.Errorf("up names the instance that is gone, got %v", err)
		}
		l.mustDown()
	})
}

// Killed at any point, a lab with VPCs that were there already can be completed, and taken away without a trace.
func TestKilledWithVPCsThatAreThereAlready(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		t.Run(b.pattern.Name, func(t *testing.T) {
			count := &tally{}
			whole := livedBorrowed(t, n)
			for salt, way := range whole.ways() {
				for _, m := range chosen(way.moments, uint64(salt)+40) {
					for _, then := range []string{"up", "down"} {
						count.note(t, way.name+" killed "+m.what+", then "+then, whole.goesOn(t, m, then))
					}
				}
			}
			t.Logf("%s with VPCs that are there already killed: %d points, %d wrong ends", b.pattern.Name, count.points, count.wrong)
		})
	}
}

// borrowedLife is the life of a lab with VPCs that are there already.
type borrowedLife struct {
	life
	n      int // of borrowings
	e      *estate
	vpcs   []string
	before map[string]string // the account
}

var borrowedLives filmed[int, borrowedLife]

// livedBorrowed runs up and then down in a world that is watched.
func livedBorrowed(t *testing.T, n int) borrowedLife {
	t.Helper()
	return borrowedLives.of(n, func() borrowedLife {
		b := borrowedLife{n: n}
		synctest.Test(t, func(t *testing.T) {
			c := &camera{}
			var l *lab
			l, b.e, b.vpcs = borrowingLab(t, n, sim.Options{
				Seed: *killSeed, Scale: 0.1, Durations: sim.Spread,
				Before: func(call sim.Call) error { return c.before(call.Action) },
				After:  func(call sim.Call) error { return c.after(call.Action) },
			})
			l.hurried()
			b.before = l.account()
			l.journal.before = func(rec state.Record) error {
				return c.before("writing " + string(rec.Phase) + " " + b.e.named(string(rec.Key)))
			}
			l.journal.after = func(rec state.Record) error {
				return c.after("writing " + string(rec.Phase) + " " + b.e.named(string(rec.Key)))
			}
			c.lab = l
			l.mustUp(b.vpcs...)
			ups := len(c.moments)
			l.mustDown()
			b.life = life{l.world, c.moments[:ups], c.moments[ups:]}
		})
		return b
	})
}

// goesOn goes on from a moment: up completes the lab, and down leaves the account as it was before.
func (b borrowedLife) goesOn(t *testing.T, m moment, then string) (wrong string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		<-time.After(time.Until(m.at))
		l := newLab(t, sim.Options{})
		of := borrowings[b.n]
		l.pattern, l.stack = anew(of.pattern), of.pattern.Name
		l.hurried()
		l.world, l.journal = b.world.Fork(m.changes, m.at), m.journal.copy()
		l.tokens.Store(1000)
		l.edit = func(r *Request) {
			b.e.chosen(r)
			if of.edit != nil {
				of.edit(r)
			}
		}
		wrong = l.endOf(b.vpcs, b.before, then)
	})
	return wrong
}

func (l *lab) endOf(vpcs []string, before map[string]string, then string) string {
	ctx := l.t.Context()
	switch then {
	case "down from tags":
		return l.gone(before)
	case "up":
		runner, _ := l.runner(ctx)
		if _, err := runner.CatchUp(ctx, true); err != nil {
			return "catching up: " + err.Error()
		}
		if _, err := l.up(ctx, vpcs...); err != nil {
			return "up: " + err.Error()
		}
		changes := l.changes()
		if r, err := l.up(ctx, vpcs...); err != nil || r.Made+r.Adopted != 0 || l.changes() != changes {
			return "the second up finds something to do"
		}
	}
	if _, err := l.down(ctx); err != nil {
		return "down: " + err.Error()
	}
	<-time.After(buried)
	return cmp.Diff(before, l.account())
}
