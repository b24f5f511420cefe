package sim_test

import (
	"testing"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/sim"
)

func (a account) idleFor(listener, seconds string) (*elb.ModifyListenerAttributesOutput, error) {
	return a.balancing().ModifyListenerAttributes(a.t.Context(), &elb.ModifyListenerAttributesInput{
		ListenerArn: &listener, Attributes: []elbtypes.ListenerAttribute{{Key: new("tcp.idle_timeout.seconds"), Value: &seconds}},
	})
}

func TestListenerAttributes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		want := func(seconds string) {
			t.Helper()
			out, err := a.balancing().DescribeListenerAttributes(t.Context(), &elb.DescribeListenerAttributesInput{ListenerArn: &l.listener})
			a.fatal(err)
			if have := out.Attributes; len(have) != 1 || *have[0].Key != "tcp.idle_timeout.seconds" || *have[0].Value != seconds {
				t.Errorf("the listener should end connections that are idle for %s s, not have %+v", seconds, have)
			}
		}
		want("350")
		for _, row := range []struct{ asked, code, then string }{
			{"60", "", "60"}, {"6000", "", "6000"}, {"59", "ValidationError", "6000"}, {"6001", "ValidationError", "6000"},
		} {
			_, err := a.idleFor(l.listener, row.asked)
			wantCode(t, err, row.code, "an idle timeout of "+row.asked)
			want(row.then)
		}
		_, err := a.idleFor(l.listener+"0", "60")
		wantCode(t, err, "ListenerNotFound", "a listener that is not there")
	})
}
