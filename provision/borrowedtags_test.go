package provision

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// VPCs that were there already carry no tags. What was made in them leads to them: the record comes out as it was, and down
// leaves the account as before.
func TestFromTagsWithVPCsThatAreThereAlready(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		for name, mix := range map[string]func(e *estate) []string{
			"with a new one":     func(e *estate) []string { return e.borrowing() },
			"two AZs, new first": func(e *estate) []string { return []string{"c", "app=" + e.x} },
			"all there":          func(e *estate) []string { return []string{"app=" + e.x, e.y} },
		} {
			t.Run(b.pattern.Name+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l, e, _ := borrowingLab(t, n, sim.Options{Seed: 7})
					vpcs := mix(e)
					l.edit = func(r *Request) {
						r.Choice, r.BothWays = Choice{Subnets: map[string][]string{e.x: {e.xSubnet}}}, b.pattern.Takes(FlagBothWays) && name != "all there" // y has one AZ
						if name != "with a new one" {
							r.Choice.Subnets = map[string][]string{"app": {e.xMainSubnet, e.xSubnet}}
						}
						if strings.HasPrefix(name, "two AZs") {
							r.AZs = 2
						}
					}
					before := l.account()
					l.mustUp(vpcs...)
					l.wantRebuilt()
					l.wantGone(before)
				})
			})
		}
	}
}

// wantGone takes the lab away without a journal and wants the account as before.
func (l *lab) wantGone(before map[string]string) {
	l.t.Helper()
	if wrong := l.gone(before); wrong != "" {
		l.t.Errorf("without a journal down leaves the account as before (-before +after): %s", wrong)
	}
}

func (l *lab) gone(before map[string]string) string {
	l.lose()
	runner, _ := l.runner(l.t.Context())
	if _, err := runner.DownFromTags(l.t.Context()); err != nil {
		return "down from tags: " + err.Error()
	}
	<-time.After(buried)
	return cmp.Diff(before, l.account())
}

// Killed at any point and the journal lost, or an older copy of it: no trace is left.
func TestKilledAndLostWithVPCsThatAreThereAlready(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		t.Run(b.pattern.Name, func(t *testing.T) {
			count := &tally{}
			whole := livedBorrowed(t, n)
			for salt, way := range whole.ways() {
				for _, m := range chosen(calls(way.moments), uint64(salt)+60) {
					count.note(t, way.name+" killed "+m.what+", journal lost, then down", whole.goesOn(t, m, "down from tags"))
				}
			}
			end := whole.up[len(whole.up)-1]
			for _, lines := range []int{len(end.journal.lines) / 4, len(end.journal.lines) / 2} {
				m := end
				m.journal = end.journal.older(lines)
				count.note(t, "up from an older journal", whole.goesOn(t, m, "up"))
				count.note(t, "down from an older journal", whole.goesOn(t, m, "down"))
			}
			t.Logf("%s with VPCs that are there already, killed, and its journal lost: %d points, %d wrong ends", b.pattern.Name, count.points, count.wrong)
		})
	}
}

// Each table that got one is told, also one that nothing else of ours leads to.
func TestDefaultRoutesInTwoTablesAreKnownByTheGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, slices.IndexFunc(borrowings, func(b borrowing) bool { return b.pattern.Name == "igw" }), sim.Options{Seed: 7})
		must(e.api.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: aws.String(mainTable(e, e.y)), DestinationCidrBlock: aws.String(everywhere)}))
		further := e.subnet(e.y, "10.60.2.0/24", 1)
		table := must(e.api.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &e.y})).RouteTable.RouteTableId
		e.wait()
		must(e.api.AssociateRouteTable(t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: table, SubnetId: &further}))
		e.wait()
		l.edit = func(r *Request) {
			r.AZs = 2
			r.Choice = Choice{Subnets: map[string][]string{e.x: {e.xSubnet}, "app": {e.ySubnet, further}}}
		}
		before := l.account()
		l.mustUp(vpcs...)
		l.wantRebuilt()
		l.wantGone(before)
	})
}

// A default route to the gateway that a VPC has already carries nothing of ours, nor does what it leads to: the group that
// was made before it tells of it. One that was there before is left.
func TestADefaultRouteOfOursIsKnownByTheGroup(t *testing.T) {
	for name, closed := range map[string]bool{"ours": true, "the VPC's": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, e, vpcs := borrowingLab(t, slices.IndexFunc(borrowings, func(b borrowing) bool { return b.pattern.Name == "igw" }), sim.Options{Seed: 7})
				if closed {
					must(e.api.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: aws.String(mainTable(e, e.y)), DestinationCidrBlock: aws.String(everywhere)}))
					e.wait()
				}
				before := l.account()
				l.mustUp(vpcs...)
				if route, _ := l.journal.Record("1.1.2/route/app"); route.Owned != closed {
					t.Fatalf("want the route ours: %t, got %+v", closed, route)
				}
				l.mustUp(vpcs...)
				l.wantRebuilt()
				l.wantGone(before)
			})
		})
	}
}
