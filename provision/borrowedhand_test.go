package provision

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
)

// An address of ours that somebody takes off, or lets go, is told, put back once, and taken away in the end.
func TestAnElasticIPChangedByHand(t *testing.T) {
	for what, tc := range map[string]struct {
		released bool
		told     []string
	}{
		"taken off": {false, []string{"1.1.3/elastic-ip-association/X: state gone"}},
		"let go":    {true, []string{"1.1.3/elastic-ip-association/X: state gone", "1.1.3/elastic-ip/X: state gone"}},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, e, vpcs := borrowingLab(t, 1, sim.Options{Seed: 4})
				before := l.account()
				l.mustUp(vpcs...)
				must(e.api.DisassociateAddress(t.Context(), &ec2.DisassociateAddressInput{AssociationId: l.id(state.Key("1.1.3/elastic-ip-association/" + e.x))}))
				e.wait()
				if tc.released {
					must(e.api.ReleaseAddress(t.Context(), &ec2.ReleaseAddressInput{AllocationId: l.id(state.Key("1.1.3/elastic-ip/" + e.x))}))
					e.wait()
				}
				wantDrift(t, l, tc.told...)
				l.mustUp(vpcs...)
				wantDrift(t, l)
				made := l.changes()
				if r := l.mustUp(vpcs...); l.changes() != made {
					t.Errorf("a second up changes nothing, got %+v", r)
				}
				l.mustDown()
				<-time.After(buried)
				if diff := cmp.Diff(before, l.account()); diff != "" {
					t.Errorf("the account is as before (-before +after):\n%s", diff)
				}
			})
		})
	}
}
