package provision

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
)

// preview is what up would do, by action.
func (l *lab) preview(vpcs ...string) (Preview, map[Action]int) {
	l.t.Helper()
	runner, p, err := l.planned(l.t.Context(), vpcs...)
	if err != nil {
		l.t.Fatal(err)
	}
	before, lines := l.changes(), len(l.journal.lines)
	seen, err := runner.Preview(l.t.Context(), p)
	if err != nil {
		l.t.Fatal(err)
	}
	if n := l.changes() - before; n != 0 || len(l.journal.lines) != lines {
		l.t.Errorf("a preview changes nothing and writes nothing, made %d changing calls and %d lines", n, len(l.journal.lines)-lines)
	}
	count := map[Action]int{}
	for _, a := range seen.Actions {
		count[a]++
	}
	return seen, count
}

func TestPreview(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		fresh, count := l.preview("a", "b", "c")
		if diff := cmp.Diff(map[Action]int{ActionMake: 41}, count); diff != "" {
			t.Errorf("of a new stack everything is made (-want +got):\n%s", diff)
		}
		path := []state.Key{"1.4.1/transit-gateway/tgw", "1.4.3/tgw-attachment/a", "1.4.4/tgw-association/a"}
		if diff := cmp.Diff(path, fresh.Path); diff != "" || fresh.Takes != 223*time.Second {
			t.Errorf("the longest way is gateway, attachment, association: 78 + 100 + 45 s, got %s (-want +got):\n%s", fresh.Takes, diff)
		}
		l.mustUp("a", "b", "c")
		same, count := l.preview("a", "b", "c")
		if diff := cmp.Diff(map[Action]int{ActionUnchanged: 41}, count); diff != "" || same.Path != nil || same.Changes() != 0 {
			t.Errorf("of one that is up everything stays, and nothing takes time (-want +got):\n%s%v", diff, same.Path)
		}
		if _, count = l.preview("a", "b", "c", "d"); count[ActionMake] != 21 || count[ActionUnchanged] != 41 {
			t.Errorf("d is made, the rest stays, got %v", count)
		}
	})
}

// What is put back in place takes nothing along that needs it.
func TestWhatIsMendedStays(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp(pair...)
		l.driftNamed("DNS in a VPC turned off")
		seen, count := l.preview(pair...)
		if diff := cmp.Diff(map[Action]int{ActionMend: 1, ActionUnchanged: 23}, count); diff != "" || seen.Actions["0/vpc/a"] != ActionMend || seen.Changes() != 1 {
			t.Errorf("want the VPC mended, and what is in it left (-want +got):\n%s", diff)
		}
	})
}

// An instance that is started again gets another public address, and the rules that name it are made anew.
func TestAStartTakesTheRulesAlong(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.pattern, l.stack = InternetGateway(), "igw"
		l.mustUp(pair...)
		l.driftNamed("an instance with a public address that is stopped")
		_, count := l.preview(pair...)
		if diff := cmp.Diff(map[Action]int{ActionMend: 1, ActionReplace: 1, ActionUnchanged: 18}, count); diff != "" {
			t.Errorf("want the instance mended, and its peer's rule made anew (-want +got):\n%s", diff)
		}
		if made := l.mustUp(pair...).Made; made != 2 {
			t.Errorf("up does what the preview says, and makes 2, not %d", made)
		}
	})
}

// What a preview says, up does: after hand changes of several sorts.
func TestUpDoesWhatThePreviewSays(t *testing.T) {
	for n, tc := range tutorials {
		t.Run(tc.pattern.Name, func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, l *lab) {
				tutorial(t, l, n)
				l.mustUp(tc.vpcs...)
				instance := l.id("0/instance/b")
				if l.pattern.StartsInstances {
					instance = l.id("1.1.3/instance/b")
				}
				must(l.stranger().TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{*instance}}))
				must(l.stranger().RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{
					GroupId: l.id("0/security-group/a"), SecurityGroupRuleIds: []string{*l.id(anyRule(l))},
				}))
				<-time.After(10 * time.Minute)
				said, count := l.preview(tc.vpcs...)
				if said.Changes() < 2 {
					t.Errorf("what was taken away is seen, got %v", count)
				}
				result := l.mustUp(tc.vpcs...)
				if result.Made != said.Changes() || result.Unchanged != count[ActionUnchanged] {
					t.Errorf("up does what the preview says, %v, got %+v", count, result)
				}
			})
		})
	}
}

// anyRule is the key of a rule of a's own group.
func anyRule(l *lab) state.Key {
	for _, key := range []state.Key{"0/security-group-rule/b:a", "1.1.3/security-group-rule/b:a", "1.3.2/security-group-rule/a"} {
		if _, ok := l.journal.Record(key); ok {
			return key
		}
	}
	return ""
}

func TestAPreviewRefusesWhatUpRefuses(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		must(l.stranger().DeleteTags(t.Context(), &ec2.DeleteTagsInput{Resources: []string{*l.id("0/vpc/a")}}))
		runner, p, err := l.planned(t.Context(), "a=10.7.0.0/16", "b")
		if err != nil {
			t.Fatal(err)
		}
		_, err = runner.Preview(t.Context(), p)
		var different *DifferentError
		if !errors.As(err, &different) || different.Key != "0/vpc/a" {
			t.Errorf("another block is refused, got %v", err)
		}
	})
}
