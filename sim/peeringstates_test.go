package sim_test

import (
	"testing"
	"time"

	"vpclink/sim"
)

const (
	day         = 24 * time.Hour
	noPeering   = "InvalidVpcPeeringConnectionID.NotFound"
	transition  = "InvalidStateTransition"
	failedState = "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"
)

// pairOf are two VPCs that can be peered, and one that overlaps with the first.
type pairOf struct{ a, b, twin string }

func (a account) pair() pairOf {
	a.t.Helper()
	return pairOf{a.vpc("a", "10.0.0.0/16"), a.vpc("b", "10.1.0.0/16"), a.vpc("twin", "10.0.128.0/17")}
}

// The ways of a peering connection, from the VPCs to what it has just become.
var (
	asked       = func(a account, p pairOf) (string, error) { return a.request(p.a, p.b) }
	overlapping = func(a account, p pairOf) (string, error) { return a.request(p.a, p.twin) }
	withItself  = func(a account, p pairOf) (string, error) { return a.request(p.a, p.a) }
	withNobody  = func(a account, p pairOf) (string, error) { return a.request(p.a, "vpc-"+none) }
	accepted    = after(account.requested, account.accept)
	rejected    = after(account.requested, account.reject)
	takenBack   = after(account.requested, account.unpeer)
	removed     = after(account.peered, account.unpeer)
)

func after(begin func(account, string, string) string, call func(account, string) error) func(account, pairOf) (string, error) {
	return func(a account, p pairOf) (string, error) {
		id := begin(a, p.a, p.b)
		return id, call(a, id)
	}
}

// The states of aws-facts §1.2 with the durations of §1.5, and what each of them takes (aws-facts §2.11).
func TestStatesOfAPeeringConnection(t *testing.T) {
	const tomb = 2 * time.Hour
	for _, row := range []struct {
		name                      string
		make                      func(account, pairOf) (string, error)
		moments                   []moment // after that
		accepts, rejects, deletes string   // the answers at the last moment
	}{
		{"a request", asked, []moment{{0, noPeering}, {s, "pending-acceptance"}}, "", "", ""},
		{"an old request", asked, []moment{{7*day - 1, "pending-acceptance"}}, "", "", ""},
		{"a request that nobody accepts", asked, []moment{{7 * day, "expired"}, {9*day - 1, "expired"}}, transition, transition, transition},
		{"a request that expired long ago", asked, []moment{{9 * day, noPeering}}, noPeering, noPeering, noPeering},
		{"one on its way to be active", accepted, []moment{{0, "provisioning"}, {s - 1, "provisioning"}}, transition, transition, ""},
		{"an active one", accepted, []moment{{s, "active"}, {30 * day, "active"}}, transition, transition, ""},
		{"one that is being deleted", removed, []moment{{0, "deleting"}, {2*s - 1, "deleting"}}, transition, transition, transition},
		{"a deleted one", removed, []moment{{2 * s, "deleted"}, {2*s + tomb - 1, "deleted"}}, noPeering, noPeering, noPeering},
		{"one deleted long ago", removed, []moment{{2*s + tomb, noPeering}}, noPeering, noPeering, noPeering},
		{"a request that was taken back", takenBack, []moment{{0, "deleting"}, {2 * s, "deleted"}}, noPeering, noPeering, noPeering},
		{"a rejected one", rejected, []moment{{0, "rejected"}, {tomb - 1, "rejected"}}, transition, transition, transition},
		{"one rejected long ago", rejected, []moment{{tomb, noPeering}}, noPeering, noPeering, noPeering},
		{"one of VPCs that overlap", overlapping, []moment{{s, "failed"}, {s + tomb - 1, "failed"}}, transition, transition, transition},
		{"one that failed long ago", overlapping, []moment{{s + tomb, noPeering}}, noPeering, noPeering, noPeering},
		{"one of a VPC with itself", withItself, []moment{{s, "failed"}}, transition, transition, transition},
		{"one with a VPC that is not there", withNobody, []moment{{s, "failed"}}, transition, transition, transition},
	} {
		t.Run(row.name, func(t *testing.T) {
			// Each answer is tried in a world of its own, as it may change it.
			for _, try := range []struct {
				what, code string
				call       func(account, string) error
			}{
				{"accepting", row.accepts, account.accept},
				{"rejecting", row.rejects, account.reject},
				{"deleting", row.deletes, account.unpeer},
			} {
				story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
					id, err := row.make(a, a.pair())
					a.fatal(err)
					watch(t, a, row.name, peeringState(id), row.moments...)
					wantCode(t, try.call(a, id), try.code, try.what+" "+row.name)
				})
			}
		})
	}
}

// A request takes some seconds to be one (aws-facts §1.2: initiating-request).
func TestARequestInTheMaking(t *testing.T) {
	story(t, sim.Options{Durations: sim.Spread, Seed: 4, NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		p := a.pair()
		pass(5 * s)
		seen := false
		for range 30 {
			id, err := a.request(p.a, p.b)
			a.fatal(err)
			for range 60 {
				pass(s / 10)
				if peeringState(id)(t.Context(), a.Client) == "initiating-request" {
					seen = true
					wantCode(t, a.accept(id), transition, "accepting what is no request yet")
				}
			}
			a.fatal(a.unpeer(id))
			pass(20 * s)
		}
		if !seen {
			t.Error("of 30 requests one at least should have been seen in the making")
		}
	})
}

// A request that fails by a fault, as one that overlaps.
func TestAFaultyRequest(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		p := a.pair()
		w.Inject(sim.Fault{Kind: sim.Fail, Action: "CreateVpcPeeringConnection"})
		id, err := a.request(p.a, p.b)
		a.fatal(err)
		again := a.requested(p.a, p.b) // what will fail does not stand in its way
		watch(t, a, "a request that fails", peeringState(id), moment{0, "failed"})
		watch(t, a, "the request made again", peeringState(again), moment{0, "pending-acceptance"})
		for _, o := range w.Objects() {
			if o.ID == id {
				t.Error("what failed should not be counted among what is there")
			}
		}
	})
}

// Reads may show the former state once more while a connection is being deleted (hashicorp/terraform-provider-aws#4140).
func TestAPeeringConnectionFlickers(t *testing.T) {
	story(t, sim.Options{Durations: sim.Spread, Seed: 1, NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		p := a.pair()
		pass(10 * s)
		again := 0
		for range 20 {
			id := a.requested(p.a, p.b)
			pass(10 * s)
			a.fatal(a.accept(id))
			pass(10 * s)
			a.fatal(a.unpeer(id))
			before, state := "", ""
			for range 110 {
				before, state = state, peeringState(id)(t.Context(), a.Client)
				if before == "deleting" && state == "active" {
					again++
					wantCode(t, a.unpeer(id), transition, "deleting what only looks active")
				}
				pass(s / 10)
			}
			if state != "deleted" {
				t.Fatalf("11 seconds after its deletion a connection should be deleted, not %s", state)
			}
		}
		if again < 5 || again > 20 {
			t.Errorf("of 20 connections a good part should be seen active once more, once each, not %d", again)
		}
	})
}
