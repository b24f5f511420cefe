package sim

import (
	"net/netip"
	"slices"
	"time"

	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// The states of a target, with AWS's reasons (aws-facts §2.13).
var (
	healthy       = elbtypes.TargetHealth{State: elbtypes.TargetHealthStateEnumHealthy}
	notRegistered = because("unused", "Target.NotRegistered", "Target is not registered to the target group")
	notInUse      = because("unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer")
	zoneNotInUse  = because("unused", "Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer")
	notRunning    = because("unused", "Target.InvalidState", "Target is in the stopped state")
	notThere      = because("unused", "Target.InvalidState", "Target is in the terminated state")
	registering   = because("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
	draining      = because("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
	timedOut      = because("unhealthy", "Target.Timeout", "Connection to target timed out")
	failedChecks  = because("unhealthy", "Target.FailedHealthChecks", "Health checks failed")
)

func because(state elbtypes.TargetHealthStateEnum, reason elbtypes.TargetHealthReasonEnum, description string) elbtypes.TargetHealth {
	return elbtypes.TargetHealth{State: state, Reason: reason, Description: &description}
}

// health is how a target is now. Nothing checks it in the background: it follows from when the load balancer and its
// listener were there, when the instance's port began to answer, and when its groups began to admit the checks.
func (c *call) health(r *registration) elbtypes.TargetHealth {
	if r.stage(c.now) == leaving {
		return draining
	}
	if !r.instance.stands(c.now) {
		return notThere
	}
	if r.instance.halted() {
		return notRunning
	}
	pointing := c.listeners.standing(c, func(l *listener) bool { return l.group == r.group })
	if len(pointing) == 0 {
		return notInUse
	}
	l := pointing[0]
	if !l.balancer.crossZone() && !l.balancer.in(r.instance.zone) {
		return zoneNotInUse
	}
	checks := c.opts.scaled(time.Duration(r.group.settings.healthyAfter*r.group.settings.interval) * time.Second)
	begin := latest(l.balancer.ready, l.asked, r.asked, r.instance.halt.running)
	if c.now.Before(begin.Add(checks)) {
		return registering
	}
	admitted, ok := c.admittedSince(r, l.balancer)
	switch {
	case !ok:
		return timedOut
	case c.now.Before(latest(begin, admitted, r.instance.answers).Add(checks)):
		return failedChecks
	}
	return healthy
}

func latest(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }

// admittedSince is from when on a rule of the instance's groups has let the load balancer's checks in: by one of its
// groups, or by its address in the target's zone.
func (c *call) admittedSince(r *registration, b *balancer) (time.Time, bool) {
	p := r.group.checkedAt(r.port)
	n := r.instance.netInterface
	var since []time.Time
	for _, group := range n.groups {
		for _, rule := range c.rules.in(group).standing(c, func(rule *rule) bool {
			return !rule.egress && rule.covers(p) && b.meant(rule, r.instance.zone)
		}) {
			since = append(since, latest(rule.asked, n.joined[group]))
		}
	}
	if len(since) == 0 {
		return time.Time{}, false
	}
	return slices.MinFunc(since, time.Time.Compare), true
}

// covers reports whether a rule is about a TCP port.
func (p permission) covers(port int32) bool {
	return p.protocol == "-1" || (p.protocol == "tcp" && p.from <= port && port <= p.to)
}

// meant reports whether a rule's peer is this load balancer.
func (b *balancer) meant(r *rule, z *zone) bool {
	if r.peer != "" {
		return slices.Contains(b.groups, r.peer)
	}
	block, err := netip.ParsePrefix(r.cidr)
	return err == nil && slices.ContainsFunc(b.interfaces, func(n *netInterface) bool {
		return (n.zone == z || b.crossZone()) && block.Contains(n.address)
	})
}
