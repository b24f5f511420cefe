package sim

import (
	"fmt"
	"strconv"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var registrationActions = []handler{
	action("RegisterTargets", changing, (*call).registerTargets),
	action("DeregisterTargets", changing, (*call).deregisterTargets),
	action("DescribeTargetHealth", reading, (*call).describeTargetHealth),
}

// registration makes an instance a target of the group that is its parent, at a port.
type registration struct {
	thing
	group    *targetGroup
	instance *instance
	port     int32
}

func registrationID(g *targetGroup, instance string, port int32) string {
	return fmt.Sprintf("%s|%s|%d", g.id, instance, port)
}

// registerTargets takes running instances of the group's VPC (aws-facts §2.13), all or none. One that is registered
// stays as it is; one that is draining begins anew.
func (c *call) registerTargets(in *elb.RegisterTargetsInput) (*elb.RegisterTargetsOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	var list []*registration
	for _, t := range in.Targets {
		i, err := c.targetable(g, deref(t.Id))
		if err != nil {
			return nil, err
		}
		list = append(list, &registration{group: g, instance: i, port: or(t.Port, g.settings.port)})
	}
	for _, r := range list {
		id := registrationID(g, r.instance.id, r.port)
		if old := c.registrations.byID[id]; old != nil {
			if old.stands(c.now) {
				continue
			}
			if old.holds(c.now) {
				old.gone, old.buried = c.now, c.now
			}
		}
		r.thing = c.born(kindTarget, g.id, nil)
		r.id = id
		r.visible = r.asked // a group's health shows it at once
		c.registrations.add(c.region, r)
	}
	return &elb.RegisterTargetsOutput{}, nil
}

func (c *call) targetable(g *targetGroup, id string) (*instance, error) {
	i, err := c.instances.use(c, kindInstance, &id)
	switch {
	case err != nil:
		return nil, fail("InvalidTarget", "The following targets are not valid instances: '%s'", id)
	case i.netInterface.vpc != g.settings.vpc:
		return nil, fail("InvalidTarget", "The following targets are not in the target group VPC '%s': '%s'", g.settings.vpc, id)
	case i.state(c.now) != "running":
		return nil, fail("InvalidTarget", "The following targets are not in a running state and cannot be registered: '%s'", id)
	}
	return i, nil
}

// deregisterTargets lets targets drain as long as the group says; one that is not registered is none of its business
// (aws-facts §2.13). A target without traffic has nothing to drain.
func (c *call) deregisterTargets(in *elb.DeregisterTargetsInput) (*elb.DeregisterTargetsOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	for _, t := range in.Targets {
		r := c.registrations.byID[registrationID(g, deref(t.Id), or(t.Port, g.settings.port))]
		if r == nil || !r.stands(c.now) {
			continue
		}
		var drains span
		if c.health(r).State != elbtypes.TargetHealthStateEnumUnused {
			drains.typical = g.seconds("deregistration_delay.timeout_seconds")
			drains.low, drains.high = drains.typical, drains.typical
		}
		c.leaveIn(&r.thing, drains)
	}
	return &elb.DeregisterTargetsOutput{}, nil
}

// describeTargetHealth lists all targets, or those that are asked for, registered or not.
func (c *call) describeTargetHealth(in *elb.DescribeTargetHealthInput) (*elb.DescribeTargetHealthOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	list := []elbtypes.TargetHealthDescription{}
	if len(in.Targets) == 0 {
		for _, r := range c.registrations.in(g.id).seen(c) {
			if r.instance.seen(c.now) { // an instance's registration goes with its tombstone
				list = append(list, awsHealth(g, r.instance.id, r.port, c.health(r)))
			}
		}
	}
	for _, t := range in.Targets {
		p, health := or(t.Port, g.settings.port), notRegistered
		if r := c.registrations.byID[registrationID(g, deref(t.Id), p)]; r != nil && r.seen(c.now) && r.instance.seen(c.now) {
			health = c.health(r)
		}
		list = append(list, awsHealth(g, deref(t.Id), p, health))
	}
	return &elb.DescribeTargetHealthOutput{TargetHealthDescriptions: list}, nil
}

func awsHealth(g *targetGroup, instance string, port int32, health elbtypes.TargetHealth) elbtypes.TargetHealthDescription {
	return elbtypes.TargetHealthDescription{
		Target:          &elbtypes.TargetDescription{Id: new(instance), Port: new(port)},
		HealthCheckPort: new(strconv.Itoa(int(g.checkedAt(port)))), TargetHealth: &health,
	}
}

// checkedAt is the port at which a target's health is checked.
func (g *targetGroup) checkedAt(port int32) int32 {
	if n, err := strconv.Atoi(g.settings.checkPort); err == nil {
		return int32(n)
	}
	return port
}
