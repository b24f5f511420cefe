package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
)

// Spread draws each duration from its range, and the seed decides which.
func TestSpread(t *testing.T) {
	readies := func(seed uint64) []time.Duration {
		var all []time.Duration
		story(t, sim.Options{Durations: sim.Spread, Seed: seed, NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
			for range 90 {
				a.gateway(off)
			}
			for _, o := range w.History() {
				took, hidden := o.Ready.Sub(o.Asked), o.Visible.Sub(o.Asked)
				if took < 60*time.Second || took > 120*time.Second || hidden < 0 || hidden > 5*time.Second {
					t.Fatalf("a gateway should take 60 to 120 s and be hidden for 0 to 5 s, not %v and %v", took, hidden)
				}
				all = append(all, took)
			}
		})
		return all
	}
	one, again, other := readies(1), readies(1), readies(2)
	near, distinct := 0, map[time.Duration]bool{}
	for i := range one {
		if one[i] != again[i] {
			t.Fatalf("the same seed should give the same durations, but gateway %d took %v and %v", i, one[i], again[i])
		}
		if one[i] > 68*time.Second && one[i] < 88*time.Second {
			near++
		}
		distinct[one[i]] = true
	}
	if near < 36 || len(distinct) < 85 || one[0] == other[0] {
		t.Errorf("durations should crowd around 78 s, differ, and be others for another seed: %d of 90 within 10 s, %d distinct", near, len(distinct))
	}
}

// Scale and NoDelay apply to hidden times too, but not to tombstones.
func TestScale(t *testing.T) {
	for _, row := range []struct {
		opts           sim.Options
		hidden, create time.Duration
	}{
		{sim.Options{}, time.Second, 78 * time.Second},
		{sim.Options{Scale: 0.5}, time.Second / 2, 39 * time.Second},
		{sim.Options{NoDelay: true}, 0, 0},
	} {
		story(t, row.opts, func(t *testing.T, w *sim.World, a account) {
			id := a.gateway(off)
			o := w.Objects()[0]
			if o.Visible.Sub(o.Asked) != row.hidden || o.Ready.Sub(o.Asked) != row.create {
				t.Errorf("under %+v a gateway should be hidden for %v and take %v, not %v and %v", row.opts, row.hidden, row.create, o.Visible.Sub(o.Asked), o.Ready.Sub(o.Asked))
			}
			if !o.Accept.Equal(o.Ready) {
				t.Errorf("AWS takes a gateway's delete once it is ready, %v, not from %v on", o.Ready, o.Accept)
			}
			remove(t, a, id)
			pass(30 * time.Minute)
			if have := gatewayState(id)(t.Context(), a.Client); have != "deleted" {
				t.Errorf("its tombstone should stand for an hour under %+v, but it reads %s", row.opts, have)
			}
		})
	}
}

// One association in a hundred takes up to ten minutes (hashicorp/terraform-provider-aws#42705).
func TestSlowAssociations(t *testing.T) {
	story(t, sim.Options{Durations: sim.Spread, Seed: 3, Scale: 0.01, NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		l := a.lab()
		for range 400 {
			disassociate(t, a, l)
			a.associateAttachment(l.table, l.a.attachment)
		}
		slow := 0
		for _, o := range w.History() {
			if took := o.Ready.Sub(o.Asked); o.Kind == "tgw-association" && took > 900*time.Millisecond {
				slow++
				if took > 6*time.Second {
					t.Errorf("an association should not take longer than 600 s, scaled 6 s, but took %v", took)
				}
			}
		}
		if slow < 1 || slow > 12 {
			t.Errorf("about 4 of 400 associations should take longer than 90 s, not %d", slow)
		}
	})
}

// AWS's own interfaces may outlive their attachment, and hold the subnet as long (aws-facts §7.4).
func TestLingeringInterfaces(t *testing.T) {
	story(t, sim.Options{Durations: sim.Spread, Seed: 5, NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		pass(5 * s) // hidden
		subnet := a.subnet(vpc, "10.0.0.0/24")
		gateway := a.gateway(off)
		pass(time.Minute)
		attachment := a.attach(gateway, vpc, subnet)
		pass(time.Minute * 2)
		_, err := a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachment})
		a.fatal(err)
		gone := map[string]time.Time{}
		for _, o := range w.History() {
			gone[o.Kind] = o.Gone
		}
		linger := gone["network-interface"].Sub(gone["tgw-attachment"])
		if linger <= 0 || linger > time.Minute {
			t.Fatalf("the interface should outlive the attachment by up to a minute, not by %v", linger)
		}
		remove := func() error {
			_, err := a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &subnet})
			return err
		}
		pass(gone["tgw-attachment"].Sub(w.Now()))
		watch(t, a, "the attachment", attachmentState(attachment), moment{0, "deleted"})
		wantCode(t, remove(), "DependencyViolation", "deleting the subnet while the interface lingers")
		pass(linger)
		wantCode(t, remove(), "", "deleting the subnet when the interface is gone")
	})
}
