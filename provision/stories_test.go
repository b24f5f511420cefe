package provision

import (
	"context"
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
	"vpclink/steps"
	"vpclink/waiters"
)

// story runs one lab in a bubble of fake time.
func story(t *testing.T, opts sim.Options, tell func(t *testing.T, l *lab)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, opts)
		tell(t, l)
	})
}

// stranger is somebody else with access to the account.
func (l *lab) stranger() *ec2.Client {
	_, env := l.runner(l.t.Context())
	return env.EC2.(*ec2.Client) //nolint:forcetypeassert // it is what Connect returns
}

func (l *lab) id(key state.Key) *string {
	rec, _ := l.journal.Record(key)
	return aws.String(rec.ID)
}

// must ends the test when a stranger's own call fails.
func must[T any](out T, err error) T {
	if err != nil {
		panic(err)
	}
	return out
}

func TestAVPCMoreIsAddedToWhatIsThere(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b", "c")
		kept := l.left()
		r := l.mustUp("a", "b", "c", "d")
		// d's own 6 and its attachment, association and propagation; 6 rules and 6 routes between it and the others.
		if r.Unchanged != 41 || r.Made != 6+3+6+6 || r.Adopted != 0 {
			t.Errorf("adding d makes d only and leaves the 41 of a to c unchanged, got %+v", r)
		}
		now := l.left()
		for _, thing := range kept {
			if !slices.Contains(now, thing) {
				t.Errorf("%s was there before d came and is not any more", thing)
			}
		}
		checkTutorial(t, l, "a", "b", "c", "d")
		if r := l.mustDown(); r.Removed != 41+21 {
			t.Errorf("down removes what both ups made, got %+v", r)
		}
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

func TestTwoStacksOfOnePatternStandBesideEachOther(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		other := newLab(t, sim.Options{})
		other.world, other.stack = l.world, "second"
		done := make(chan Result)
		go func() { r, _ := other.up(t.Context(), "a", "b", "c"); done <- r }()
		if r := l.mustUp("a", "b", "c"); r.Made != 41 {
			t.Errorf("the first stack makes its own 41, got %+v", r)
		}
		if r := <-done; r.Made != 41 {
			t.Errorf("the second stack makes its own 41 beside it, got %+v", r)
		}
		checkTutorial(t, l, "a", "b", "c")
		l.mustDown()
		checkTutorial(t, other, "a", "b", "c")
		other.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left of either, got %v", left)
		}
	})
}

func TestWhatWasDeletedOutsideIsMadeAgain(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b", "c")
		ctx := t.Context()
		must(l.stranger().DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: l.id("0/route-table/a"), DestinationCidrBlock: aws.String("10.1.0.0/16")}))
		must(l.stranger().TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{*l.id("0/instance/b")}}))
		<-time.After(10 * time.Minute)
		was := *l.id("0/instance/b")
		var drifted []state.Key
		l.events = func(e Event) {
			if e.Name == EventDrifted {
				drifted = append(drifted, e.Key)
			}
		}
		if r := l.mustUp("a", "b", "c"); r.Made != 2 || r.Unchanged != 39 {
			t.Errorf("the two that were deleted are made again, got %+v", r)
		}
		slices.Sort(drifted)
		if diff := cmp.Diff([]state.Key{"0/instance/b", "1.4.6/route/a:b"}, drifted); diff != "" {
			t.Errorf("both are told as drifted (-want +got):\n%s", diff)
		}
		if *l.id("0/instance/b") == was {
			t.Error("a rebuilt instance needs a new token: the old one answers with the terminated instance")
		}
		checkTutorial(t, l, "a", "b", "c")
	})
}

func TestARouteOfOursThatLeadsElsewhereIsReplaced(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		ctx, s := t.Context(), l.stranger()
		eni := must(s.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{SubnetId: l.id("0/subnet/a")}))
		<-time.After(time.Minute)
		must(s.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{
			RouteTableId: l.id("0/route-table/a"), DestinationCidrBlock: aws.String("10.1.0.0/16"), NetworkInterfaceId: eni.NetworkInterface.NetworkInterfaceId,
		}))
		if r := l.mustUp("a", "b"); r.Made != 1 {
			t.Errorf("the route is put back, got %+v", r)
		}
		must(s.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: eni.NetworkInterface.NetworkInterfaceId}))
		checkTutorial(t, l, "a", "b")
	})
}

func TestARouteThatWasThereIsAdoptedAndStays(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		must(l.stranger().CreateRoute(t.Context(), &ec2.CreateRouteInput{
			RouteTableId: l.id("0/route-table/a"), DestinationCidrBlock: aws.String("10.2.0.0/16"), TransitGatewayId: l.id("1.4.1/transit-gateway/tgw"),
		}))
		if r := l.mustUp("a", "b", "c"); r.Adopted != 1 {
			t.Errorf("somebody's route to c is adopted, got %+v", r)
		}
		rec, _ := l.journal.Record("1.4.6/route/a:c")
		if rec.Owned {
			t.Error("an adopted route is not ours")
		}
		// It goes with its table, which is ours; down itself must not touch it.
		if r := l.mustDown(); r.Forgotten != 1 {
			t.Errorf("down forgets the one it adopted, got %+v", r)
		}
		deletes := 0
		for _, c := range l.world.Calls() {
			if c.Action == "DeleteRoute" {
				deletes++
			}
		}
		if deletes != 5 {
			t.Errorf("down deletes the 5 routes that are ours and not the adopted one, deleted %d", deletes)
		}
	})
}

func TestAStrangersRouteInTheWayIsAConflict(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		ctx, s := t.Context(), l.stranger()
		eni := must(s.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{SubnetId: l.id("0/subnet/a")}))
		<-time.After(time.Minute)
		must(s.CreateRoute(ctx, &ec2.CreateRouteInput{
			RouteTableId: l.id("0/route-table/a"), DestinationCidrBlock: aws.String("10.2.0.0/16"), NetworkInterfaceId: eni.NetworkInterface.NetworkInterfaceId,
		}))
		_, err := l.up(ctx, "a", "b", "c")
		var conflict *ConflictError
		if !errors.As(err, &conflict) || conflict.Key != "1.4.6/route/a:c" || !strings.Contains(err.Error(), *eni.NetworkInterface.NetworkInterfaceId) {
			t.Errorf("the conflict names both, got %v", err)
		}
	})
}

func TestAnInstanceOfAnotherTypeIsRefusedWithTheFlag(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		before := l.changes()
		runner, p, err := l.planned(t.Context(), "a", "b")
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range p.Resources {
			if r.Key == "0/instance/a" {
				p.Resources[i].Settings = state.Settings(strings.Replace(string(r.Settings), "t3.medium", "t3.large", 1))
			}
		}
		_, err = runner.Up(t.Context(), p)
		var different *DifferentError
		if !errors.As(err, &different) || !slices.Contains(different.Flags(), "--instance-type") {
			t.Errorf("must be refused with --instance-type, got %v", err)
		}
		if n := l.changes() - before; n != 0 {
			t.Errorf("nothing is changed by it, made %d changing calls", n)
		}
	})
}

func TestARefusedFlagLeavesAlsoWhatIsNewUndone(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		before := l.changes()
		runner, p, err := l.planned(t.Context(), "a", "b", "c")
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range p.Resources {
			if r.Key.Kind() == steps.KindInstance {
				p.Resources[i].Settings = state.Settings(strings.Replace(string(r.Settings), "t3.medium", "t3.large", 1))
			}
		}
		_, err = runner.Up(t.Context(), p)
		var run *RunError
		if !errors.As(err, &run) || len(run.Failures) != 2 || run.Blocked != 0 {
			t.Errorf("both instances are refused, and nothing is said to wait for them, got %v", err)
		}
		if n := l.changes() - before; n != 0 {
			t.Errorf("nothing of c is begun, made %d changing calls", n)
		}
	})
}

func TestAnInstanceThatWasTerminatedBeforeItsAnswerCameIsMadeUnderANewToken(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		rec, _ := l.journal.Record("0/instance/a")
		must(l.stranger().TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{rec.ID}}))
		<-time.After(10 * time.Minute)
		rec.Phase, rec.ID, rec.Out = state.Intended, "", nil
		l.journal.write(rec)
		if r := l.mustUp("a", "b"); r.Made != 1 {
			t.Errorf("AWS answers the old token with the terminated instance, so a new one makes it, got %+v", r)
		}
		checkTutorial(t, l, "a", "b")
	})
}

func TestAStrangersInterfaceIsNamedAndNothingOfHisIsTouched(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		ctx, s := t.Context(), l.stranger()
		eni := must(s.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{SubnetId: l.id("0/subnet/a")}))
		<-time.After(time.Minute)
		subnet, vpc := l.id("0/subnet/a"), l.id("0/vpc/a")
		result, err := l.down(ctx)
		var hanging *steps.StrangerError
		if !errors.As(err, &hanging) || hanging.ID != *eni.NetworkInterface.NetworkInterfaceId || hanging.On != *subnet {
			t.Errorf("the stranger's interface is named, got %v", err)
		}
		var left []string
		for _, x := range result.Left {
			left = append(left, x.ID)
		}
		if diff := cmp.Diff([]string{*vpc, *subnet}, left); diff != "" {
			t.Errorf("only what the interface holds is left (-want +got):\n%s", diff)
		}
		must(s.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: eni.NetworkInterface.NetworkInterfaceId}))
		<-time.After(time.Minute)
		if r := l.mustDown(); r.Removed != 2 {
			t.Errorf("once it is away, down finishes, got %+v", r)
		}
	})
}

func TestEndingARunLetsCallsFinishAndTheNextRunGoesOn(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		ctx, cancel := context.WithCancelCause(t.Context())
		interrupted := errors.New("interrupted")
		l.world.Inject(sim.Fault{Kind: sim.Delay, Action: "CreateTransitGateway", Duration: 3 * time.Second})
		time.AfterFunc(time.Second, func() { cancel(interrupted) })
		begin := time.Now()
		_, err := l.up(ctx, "a", "b", "c")
		var run *RunError
		if !errors.As(err, &run) || !errors.Is(run.Ended, interrupted) || len(run.Failures) > 0 {
			t.Errorf("the run ends as interrupted, without failures, got %v", err)
		}
		if rec, _ := l.journal.Record("1.4.1/transit-gateway/tgw"); rec.Phase != state.Created {
			t.Errorf("the call under way is let finish and its ID recorded, got %s", rec.Phase)
		}
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("an ended run does not wait on, took %s", took)
		}
		l.mustUp("a", "b", "c")
		if wrong := incomplete(l); wrong != "" {
			t.Error(wrong)
		}
	})
}

func TestAFailureBlocksOnlyItsFollowersAndIsMendedByTheNextUp(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.world.Inject(sim.Fault{Kind: sim.Fail, Action: "CreateTransitGatewayVpcAttachment", Nth: 2})
		result, err := l.up(t.Context(), "a", "b", "c")
		var failed *waiters.UnexpectedError
		var run *RunError
		if !errors.As(err, &failed) || failed.State != "failed" || !errors.As(err, &run) || len(run.Failures) != 1 || run.Blocked != 4 {
			t.Errorf("one attachment fails and blocks its association, propagation and two routes, got %v", err)
		}
		if result.Made != 41-5 {
			t.Errorf("all else is made, got %+v", result)
		}
		if r := l.mustUp("a", "b", "c"); r.Made != 5 || r.Unchanged != 36 {
			t.Errorf("the next up makes the five that lack, got %+v", r)
		}
		if wrong := incomplete(l); wrong != "" {
			t.Error(wrong)
		}
	})
}

func TestThrottlingNeverFailsARun(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		for _, action := range []string{"CreateVpc", "RunInstances", "CreateRoute", "DescribeVpcs", "DeleteSubnet", "CreateTransitGateway"} {
			l.world.Inject(sim.Fault{Kind: sim.Throttle, Action: action, Times: 5})
		}
		l.mustUp("a", "b", "c")
		if wrong := incomplete(l); wrong != "" {
			t.Error(wrong)
		}
		l.mustDown()
	})
}

func TestALastingQuotaFailsWithAWSsWords(t *testing.T) {
	story(t, sim.Options{Quotas: sim.Quotas{VPCs: 3}}, func(t *testing.T, l *lab) {
		_, err := l.up(t.Context(), "a", "b", "c") // the default VPC counts
		if err == nil || !strings.Contains(err.Error(), "VpcLimitExceeded") {
			t.Errorf("the third VPC is over the quota, got %v", err)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("what was made is taken away, left %v", left)
		}
	})
}

func TestManyVPCsComeUpWithoutAFailure(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		const n = 8
		r := l.mustUp(names(n)...)
		if want := n*6 + n*(n-1) + 2 + 3*n + n*(n-1); r.Made != want {
			t.Errorf("%d VPCs are %d resources, made %d", n, want, r.Made)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %d things", len(left))
		}
	})
}

func TestEventsTellOneResourcesStory(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		var told []string
		l.events = func(e Event) {
			if e.Key == "1.4.3/tgw-attachment/a" {
				told = append(told, strings.TrimSpace(string(e.Name)+" "+e.State))
			}
		}
		l.mustUp("a", "b")
		l.mustDown()
		want := []string{"started", "state pending", "state available", "ready available", "deleting", "state deleting", "state deleted", "gone"}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("every change of state is told once (-want +got):\n%s", diff)
		}
	})
}

func TestWhatTheJournalLacksIsTakenAwayByItsTags(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		old := l.journal.copy()
		l.mustUp("a", "b", "c")
		l.journal = old // an old copy of the journal: c's things, on our gateway, are in no record
		if r := l.mustDown(); r.Removed != 41 {
			t.Errorf("removed counts what the journal lacked as well, got %+v", r)
		}
		if left := l.left(); len(left) > 0 {
			t.Errorf("what carries our tags goes too, left %v", left)
		}
	})
}

func TestAnotherNumberOfAZsIsRefusedAndNotForgotten(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		for range 2 {
			runner, env := l.runner(t.Context())
			r := request("a", "b")
			r.Stack, r.AZs = l.stack, 2
			azs := must(steps.Zones(t.Context(), env, r.InstanceType()))
			_, err := runner.Up(t.Context(), must(NewPlan(r, l.journal.Records(), azs)))
			var different *DifferentError
			if !errors.As(err, &different) || !slices.Contains(different.Flags(), "--azs") {
				t.Errorf("an attachment does not get another subnet: refused with --azs, got %v", err)
			}
		}
	})
}

// A subnet more would be a change of what is made of subnets, which is refused before the subnet is made.
func TestMoreAZsAreRefusedBeforeAnythingIsMade(t *testing.T) {
	for _, pattern := range []Pattern{TransitGateway(), PrivateLink()} {
		t.Run(pattern.Name, func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, l *lab) {
				l.pattern, l.stack = pattern, pattern.Name
				l.mustUp("a", "b")
				before := l.changes()
				l.edit = func(r *Request) { r.AZs = 2 }
				_, err := l.up(t.Context(), "a", "b")
				refusedForAZs(t, "up", err)
				runner, p, err := l.planned(t.Context(), "a", "b")
				if err != nil {
					t.Fatal(err)
				}
				_, err = runner.Preview(t.Context(), p)
				refusedForAZs(t, "the preview", err)
				if n := l.changes() - before; n != 0 {
					t.Errorf("nothing is changed by it, made %d changing calls", n)
				}
			})
		})
	}
}

func refusedForAZs(t *testing.T, what string, err error) {
	t.Helper()
	var different *DifferentError
	if !errors.As(err, &different) || !slices.Contains(different.Flags(), "--azs") {
		t.Errorf("%s refuses with --azs, got %v", what, err)
	}
}

func TestANewVPCIsLinkedWithThoseThatAreNotNamed(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		if r := l.mustUp("b", "c"); r.Unchanged != 24 {
			t.Errorf("what is not named is kept, got %+v", r)
		}
		checkTutorial(t, l, "a", "b", "c")
		l.mustDown()
	})
}
