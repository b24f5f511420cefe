package sim

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var instanceStopActions = []handler{
	action("StopInstances", changing, (*call).stopInstances),
	action("StartInstances", changing, (*call).startInstances),
}

// halt is the latest time that an instance was stopped, and started again. A moment that has not come is zero.
type halt struct {
	asked, stopped   time.Time
	started, running time.Time
	count            int // of stops so far
}

// state overrides the one of a running instance that was stopped (aws-facts §1.2).
func (i *instance) state(now time.Time) string {
	h := i.halt
	switch {
	case i.stage(now) != standing || h.asked.IsZero():
		return i.thing.state(now)
	case now.Before(h.stopped):
		return "stopping"
	case h.started.IsZero():
		return "stopped"
	case now.Before(h.running):
		return "pending"
	}
	return "running"
}

// halted reports whether somebody has stopped the instance and nobody started it since.
func (i *instance) halted() bool { return !i.halt.asked.IsZero() && i.halt.started.IsZero() }

// stopInstances succeeds again and again; one bad instance stops none. An address of AWS's own goes with the stop, an
// Elastic IP stays (aws-facts §0.1). To stop takes as long as to shut down: no reading tells.
func (c *call) stopInstances(in *ec2.StopInstancesInput) (*ec2.StopInstancesOutput, error) {
	list, err := c.instancesFor(in.InstanceIds, stoppable)
	if err != nil {
		return nil, err
	}
	out := &ec2.StopInstancesOutput{}
	for _, i := range list {
		before := c.awsState(i)
		if !i.halted() {
			i.halt = halt{asked: c.now, stopped: c.now.Add(c.opts.draw(c.dice, i.pace().remove)), count: i.halt.count + 1}
			i.answers = time.Time{}
			i.netInterface.public = netip.Addr{}
		}
		out.StoppingInstances = append(out.StoppingInstances, c.stateChange(i, before))
	}
	return out, nil
}

// startInstances succeeds again and again; one bad instance starts none.
func (c *call) startInstances(in *ec2.StartInstancesInput) (*ec2.StartInstancesOutput, error) {
	list, err := c.instancesFor(in.InstanceIds, startable)
	if err != nil {
		return nil, err
	}
	if err := c.roomToStart(list); err != nil {
		return nil, err
	}
	out := &ec2.StartInstancesOutput{}
	for _, i := range list {
		before := c.awsState(i)
		if i.halted() {
			i.halt.started = c.now
			i.halt.running = c.now.Add(c.opts.draw(c.dice, i.pace().create))
			i.answers = i.halt.running.Add(c.opts.draw(c.dice, i.listens()))
			c.mapAgain(i)
		}
		out.StartingInstances = append(out.StartingInstances, c.stateChange(i, before))
	}
	return out, nil
}

// mapAgain gives a started instance another address of AWS's own, if it was launched with one.
func (c *call) mapAgain(i *instance) {
	if n := i.netInterface; n.publicAtStart && n.elastic == nil {
		n.public = c.publicAddress(fmt.Sprintf("%s/%d", n.id, i.halt.count))
	}
}

// instancesFor finds all the instances of a call, or says why one of them is not fit for it.
func (c *call) instancesFor(ids []string, fit func(*call, *instance) error) ([]*instance, error) {
	var list []*instance
	for n := range ids {
		i, err := c.instances.use(c, kindInstance, &ids[n])
		if err == nil {
			err = fit(c, i)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, nil
}

const wrongState = "IncorrectInstanceState"

// stoppable: not before it first ran (cloud-custodian/cloud-custodian#6014), nor at its end.
func stoppable(c *call, i *instance) error {
	switch st := i.stage(c.now); {
	case st == making:
		return fail(wrongState, "Instance '%s' cannot be stopped as it has never reached the 'running' state.", i.id)
	case st != standing:
		return fail(wrongState, "The instance '%s' is not in a state from which it can be stopped.", i.id)
	case i.is(stopProtected) == "true":
		return notPermitted(i, "stopped", stopProtected)
	}
	return nil
}

// startable: one that is stopping must have stopped.
func startable(c *call, i *instance) error {
	if !i.stands(c.now) || i.state(c.now) == "stopping" {
		return fail(wrongState, "The instance '%s' is not in a state from which it can be started.", i.id)
	}
	return nil
}

// roomToStart checks the quota, which counts no stopped instances.
func (c *call) roomToStart(list []*instance) error {
	wanted := 0
	for _, i := range list {
		if i.halted() {
			wanted += i.of.vcpus
		}
	}
	return c.withinVCPUs(wanted)
}

func (c *call) stateChange(i *instance, before *types.InstanceState) types.InstanceStateChange {
	return types.InstanceStateChange{InstanceId: new(i.id), PreviousState: before, CurrentState: c.awsState(i)}
}
