package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
)

func (a account) stop(instances ...string) error {
	_, err := a.StopInstances(a.t.Context(), &ec2.StopInstancesInput{InstanceIds: instances})
	return err
}

func (a account) start(instances ...string) error {
	_, err := a.StartInstances(a.t.Context(), &ec2.StartInstancesInput{InstanceIds: instances})
	return err
}

// A stop takes as long as a shutdown, a start as long as a launch.
func TestAnInstanceIsStoppedAndStarted(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		n := a.network()
		id := a.instance(n.subnet, n.group)
		first := a.described(id)

		a.fatal(a.stop(id))
		watch(t, a, "a stopped instance", instanceState(id), moment{0, "stopping"}, moment{29 * s, "stopping"}, moment{30 * s, "stopped"}, moment{time.Hour, "stopped"})
		still := a.described(id)
		if *still.StateReason.Code != "Client.UserInitiatedShutdown" || *still.State.Code != 80 || *still.PrivateIpAddress != *first.PrivateIpAddress {
			t.Errorf("a stopped instance should say who stopped it, and keep its private address, not %+v", still)
		}
		if n, err := a.instances(t.Context(), filter("instance-state-name", "stopped")); err != nil || n != 1 {
			t.Errorf("a filter should find one stopped instance, not %d, %v", n, err)
		}

		at := w.Now()
		a.fatal(a.start(id))
		watch(t, a, "a started instance", instanceState(id), moment{0, "pending"}, moment{24 * s, "pending"}, moment{25 * s, "running"})
		if again := a.described(id); !again.LaunchTime.Equal(at) || again.StateReason != nil {
			t.Errorf("a start should be the instance's launch time, %v, not %v", at, again.LaunchTime)
		}
		for _, o := range w.Objects() {
			if o.ID == id && o.Answers.Sub(at) != 65*s {
				t.Errorf("a started instance should answer 65 s after the start, not %v", o.Answers.Sub(at))
			}
		}

		a.fatal(a.stop(id))
		pass(30 * s)
		a.terminate(id)
		watch(t, a, "a stopped instance that is terminated", instanceState(id), moment{0, "shutting-down"}, moment{30 * s, "terminated"})
	})
}

// What is on its way is not asked twice, and one bad instance keeps the others as they are.
func TestStopsThatAreRefused(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		out, err := a.RunInstances(t.Context(), launch(n.subnet, n.group, linux, "t"))
		a.fatal(err)
		id := *out.Instances[0].InstanceId
		pass(2 * s)
		wantCode(t, a.stop(id), "IncorrectInstanceState", "stopping an instance that never ran")
		a.fatal(a.start(id)) // it is on its way
		pass(30 * s)

		other := a.instance(n.subnet, n.group)
		wantCode(t, a.stop(other, "i-0123456789abcdef0"), "InvalidInstanceID.NotFound", "stopping one that is not there")
		if have := instanceState(other)(t.Context(), a.Client); have != "running" {
			t.Errorf("the other instance of a refused call should run on, not be %s", have)
		}
		a.fatal(a.stop(id))
		pass(10 * s)
		a.fatal(a.stop(id))
		wantCode(t, a.start(other, id), "IncorrectInstanceState", "starting an instance that is stopping")
		watch(t, a, "an instance that is stopped twice", instanceState(id), moment{19 * s, "stopping"}, moment{20 * s, "stopped"})
		a.terminate(id)
		wantCode(t, a.stop(id), "IncorrectInstanceState", "stopping a terminated instance")
		wantCode(t, a.start(id), "IncorrectInstanceState", "starting a terminated instance")
	})
}

// An address of AWS's own goes with the stop, and the start brings another one; an Elastic IP stays.
func TestPublicAddressesOfStoppedInstances(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		a.opened(n.vpc)
		lent, owned, private := a.publicInstance(n.subnet, n.group, "lent"), a.publicInstance(n.subnet, n.group, "owned"), a.instance(n.subnet, n.group)
		link, err := a.mapTo(a.elasticIP(), owned)
		a.fatal(err)
		before, elastic := *a.described(lent).PublicIpAddress, *a.described(owned).PublicIpAddress

		a.fatal(a.stop(lent, owned, private))
		pass(30 * s)
		if i := a.described(lent); i.PublicIpAddress != nil || i.NetworkInterfaces[0].Association != nil {
			t.Errorf("AWS's own address should go with the stop, not stay %s", *i.PublicIpAddress)
		}
		if have := a.described(owned).PublicIpAddress; have == nil || *have != elastic {
			t.Error("an Elastic IP should stay with a stopped instance")
		}
		a.fatal(a.start(lent, owned, private))
		pass(25 * s)
		if have := a.described(lent).PublicIpAddress; have == nil || *have == before {
			t.Errorf("a start should bring another address than %s", before)
		}
		if have := a.described(owned).PublicIpAddress; have == nil || *have != elastic {
			t.Error("an Elastic IP should be there after the start")
		}
		_, err = a.DisassociateAddress(t.Context(), &ec2.DisassociateAddressInput{AssociationId: &link})
		a.fatal(err)
		if have := a.described(owned).PublicIpAddress; have != nil {
			t.Errorf("a start should bring no address beside an Elastic IP, but left %s", *have)
		}
		if have := a.described(private).PublicIpAddress; have != nil {
			t.Errorf("an instance that was launched without a public address should get none, not %s", *have)
		}
	})
}

// A stopped target is unused; started again it is checked from the beginning.
func TestStoppedTargets(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		see := a.health(l.targets)
		watch(t, a, "the target", see, moment{0, "healthy"})
		a.fatal(a.stop(l.provider.instance))
		watch(t, a, "a stopped target", see, moment{0, "unused Target.InvalidState"}, moment{time.Hour, "unused Target.InvalidState"})
		wantCode(t, a.register(l.targets, l.provider.instance), "InvalidTarget", "registering a stopped instance")
		a.fatal(a.start(l.provider.instance))
		watch(t, a, "a started target", see,
			moment{0, "initial Elb.RegistrationInProgress"}, moment{34 * s, "initial Elb.RegistrationInProgress"},
			moment{35 * s, "unhealthy Target.FailedHealthChecks"}, moment{74 * s, "unhealthy Target.FailedHealthChecks"}, moment{75 * s, "healthy"},
		)
	})
}

// Stopped instances do not count against the vCPUs, and need room to start.
func TestStoppedInstancesLeaveRoom(t *testing.T) {
	story(t, sim.Options{Quotas: sim.Quotas{VCPUs: 2}}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		id := a.instance(n.subnet, n.group)
		a.fatal(a.stop(id))
		pass(30 * s)
		_, err := a.RunInstances(t.Context(), launch(n.subnet, n.group, linux, "another"))
		a.fatal(err)
		wantCode(t, a.start(id), "VcpuLimitExceeded", "a start without room")
	})
}
