package provision

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"vpclink/sim"
)

// bent is a lab by PrivateLink in which somebody changed several things.
func (l *lab) bent() {
	l.mustUp(pair...)
	h := l.hand()
	for _, do := range []func(hand) error{
		check(&elb.ModifyTargetGroupInput{HealthCheckIntervalSeconds: aws.Int32(30)}),
		untag("0/vpc/a"),
		func(h hand) error {
			_, err := h.elb.ModifyListener(h.t.Context(), &elb.ModifyListenerInput{ListenerArn: h.id("1.3.3/listener/a"), Port: aws.Int32(22)})
			return err
		},
		func(h hand) error {
			_, err := h.ModifyVpcEndpointServiceConfiguration(h.t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: h.id("1.3.4/endpoint-service/a"), AcceptanceRequired: aws.Bool(false)})
			return err
		},
	} {
		must(0, do(h))
	}
	<-time.After(10 * time.Second)
}

// straight completes the lab and wants all as recorded.
func straight(l *lab) string {
	if _, err := l.up(l.t.Context(), pair...); err != nil {
		return "up: " + err.Error()
	}
	if told := l.drifting(); len(told) > 0 {
		return fmt.Sprintf("after up a look tells %v", told)
	}
	return incompleteOf(l, pair...)
}

// Killed while it mends, a lab is mended by the next up, or taken away.
func TestKilledWhileMending(t *testing.T) {
	const privatelink = 3
	count := &tally{}
	world, moments := film(t, privatelink, (*lab).bent, func(l *lab, _ *camera) { l.mustUp(pair...) })
	if len(moments) < 20 {
		t.Fatalf("four things are mended, each with an intent, a call and a line at the end: there are %d moments", len(moments))
	}
	for _, m := range chosen(moments, 11) {
		count.note(t, "mending killed "+m.what+", then up", aftermath(t, privatelink, world, m, straight))
		count.note(t, "mending killed "+m.what+", then down", aftermath(t, privatelink, world, m, downThen))
	}
	t.Logf("mending killed: %d points, %d wrong ends", count.points, count.wrong)
}

// Whatever answer is lost while it mends, the run gets by.
func TestMendingLosesAnswers(t *testing.T) {
	t.Parallel()
	const privatelink = 3
	for _, action := range []string{"ModifyTargetGroup", "CreateTags", "ModifyListener", "ModifyVpcEndpointServiceConfiguration"} {
		for _, f := range []sim.Fault{{Kind: sim.LostAnswer}, {Kind: sim.ErrorAfter, Status: 500}, {Kind: sim.ErrorBefore, Status: 503}} {
			f.Action = action
			t.Run(fmt.Sprintf("%s %s", f.Kind, action), func(t *testing.T) {
				story(t, sim.Options{Scale: 0.1}, func(t *testing.T, l *lab) {
					tutorial(t, l, privatelink)
					l.bent()
					l.world.Inject(f)
					if wrong := straight(l); wrong != "" {
						t.Error(wrong)
					}
					if !slices.ContainsFunc(l.world.Calls(), func(c sim.Call) bool { return c.Fault != "" }) {
						t.Error("nothing went wrong, so nothing was tested")
					}
				})
			})
		}
	}
}
