package sim

import (
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var instanceActions = []handler{
	action("RunInstances", changing, (*call).runInstances),
	action("DescribeInstances", reading, (*call).describeInstances),
	action("TerminateInstances", changing, (*call).terminateInstances),
}

// instance lies in the subnet that is its parent.
type instance struct {
	thing
	image        image
	of           instanceType
	zone         *zone
	netInterface *netInterface
	token        string
	reservation  string
	index        int       // in its reservation
	answers      time.Time // its port does, from here on; zero while it is stopped
	halt         halt
	attributes   map[string]string // that are not as they are by themselves
}

// instanceStateCodes are the numbers that go with the states (aws-facts §1.2).
var instanceStateCodes = map[string]int32{
	"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80,
}

// pace is its row of paces: Windows takes longer to shut down.
func (i *instance) pace() pace {
	if i.image.windows {
		return paces["instance (windows)"]
	}
	return paces["instance"]
}

// listens is how long after running the port answers.
func (i *instance) listens() span {
	if i.image.windows {
		return listensWindows
	}
	return listensLinux
}

var instanceFacets = common("instance-id", "instance-state-name", facets[*instance]{
	// A terminated instance no longer shows where it was.
	"vpc-id":                                 func(c *call, i *instance) []string { return c.whileThere(i, i.netInterface.vpc) },
	"subnet-id":                              func(c *call, i *instance) []string { return c.whileThere(i, i.parent) },
	"private-ip-address":                     func(c *call, i *instance) []string { return c.whileThere(i, i.netInterface.address.String()) },
	"instance.group-id":                      func(c *call, i *instance) []string { return c.whileThere(i, i.netInterface.groups...) },
	"network-interface.network-interface-id": func(c *call, i *instance) []string { return c.whileThere(i, i.netInterface.id) },
	"network-interface.subnet-id":            func(c *call, i *instance) []string { return c.whileThere(i, i.parent) },
	"network-interface.vpc-id":               func(c *call, i *instance) []string { return c.whileThere(i, i.netInterface.vpc) },
	"network-interface.group-id":             func(c *call, i *instance) []string { return c.whileThere(i, i.netInterface.groups...) },
	"network-interface.private-ip-address": func(c *call, i *instance) []string {
		return c.whileThere(i, i.netInterface.address.String())
	},
	"ip-address": onCard(publicIPs),
	"dns-name":   onCard(publicNames),
	"network-interface.association.public-ip":             onCard(publicIPs),
	"network-interface.association.public-dns-name":       onCard(publicNames),
	"network-interface.association.ip-owner-id":           onCard(publicOwners),
	"network-interface.association.association-id":        onCard(publicLinks),
	"network-interface.association.allocation-id":         onCard(publicAllocs),
	"network-interface.addresses.association.public-ip":   onCard(publicIPs),
	"network-interface.addresses.association.ip-owner-id": onCard(publicOwners),
	"client-token":         one(func(i *instance) string { return i.token }),
	"image-id":             one(func(i *instance) string { return i.image.id }),
	"instance-type":        one(func(i *instance) string { return i.of.name }),
	"reservation-id":       one(func(i *instance) string { return i.reservation }),
	"availability-zone":    one(func(i *instance) string { return i.zone.name }),
	"availability-zone-id": one(func(i *instance) string { return i.zone.id }),
	"launch-index":         one(func(i *instance) string { return strconv.Itoa(i.index) }),
	"platform":             one((*instance).platform),
	"instance-state-code": func(c *call, i *instance) []string {
		return []string{strconv.Itoa(int(instanceStateCodes[i.state(c.now)]))}
	},
})

// whileThere are values that hold until the instance is terminated.
func (c *call) whileThere(i *instance, values ...string) []string {
	if !i.holds(c.now) {
		return nil
	}
	return values
}

// platform is in small letters on the wire, unlike the SDK's constant.
func (i *instance) platform() string {
	if i.image.windows {
		return "windows"
	}
	return ""
}

func (c *call) describeInstances(in *ec2.DescribeInstancesInput) (*ec2.DescribeInstancesOutput, error) {
	if len(in.InstanceIds) > 0 && in.MaxResults != nil {
		return nil, fail("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults")
	}
	ask := listing{in.InstanceIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.instances, kindInstance, instanceFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeInstancesOutput{NextToken: next, Reservations: c.reservations(list)}, nil
}

// reservations groups instances by the call that started them.
func (c *call) reservations(list []*instance) []types.Reservation {
	all := []types.Reservation{}
	for _, i := range list {
		if n := len(all); n == 0 || *all[n-1].ReservationId != i.reservation {
			all = append(all, types.Reservation{ReservationId: new(i.reservation), OwnerId: new(c.account), Groups: []types.GroupIdentifier{}})
		}
		last := &all[len(all)-1]
		last.Instances = append(last.Instances, c.awsInstance(i))
	}
	return all
}

// terminateInstances succeeds again and again, until the tombstone goes; one bad ID terminates nothing (aws-facts §2.7).
// A protected instance fails the call, though instances in other zones are terminated (API Reference). One that is protected
// from stops is from termination too (cloud-custodian/cloud-custodian#7597).
func (c *call) terminateInstances(in *ec2.TerminateInstancesInput) (*ec2.TerminateInstancesOutput, error) {
	list, err := c.instancesFor(in.InstanceIds, func(*call, *instance) error { return nil })
	if err != nil {
		return nil, err
	}
	out := &ec2.TerminateInstancesOutput{}
	guarded := protected(list)
	for _, i := range list {
		if slices.ContainsFunc(guarded, func(g *instance) bool { return g.zone == i.zone }) {
			continue
		}
		before := c.awsState(i)
		if i.deleteAsked.IsZero() {
			c.leaveIn(&i.thing, i.pace().remove)
			i.netInterface.leaveWith(&i.life)
		}
		out.TerminatingInstances = append(out.TerminatingInstances, c.stateChange(i, before))
	}
	if len(guarded) > 0 {
		return nil, notPermitted(guarded[0], "terminated", guarded[0].protection())
	}
	return out, nil
}

// protected are the instances that are not to be terminated.
func protected(list []*instance) []*instance {
	return slices.DeleteFunc(slices.Clone(list), func(i *instance) bool {
		return i.protection() == ""
	})
}

// protection is the attribute that keeps an instance from being terminated, "" when none does.
func (i *instance) protection() string {
	for _, attribute := range []string{terminateProtected, stopProtected} {
		if i.is(attribute) == "true" {
			return attribute
		}
	}
	return ""
}

func notPermitted(i *instance, verb, attribute string) error {
	return fail("OperationNotPermitted", "The instance '%s' may not be %s. Modify its '%s' instance attribute and try again.", i.id, verb, attribute)
}

func (c *call) awsState(i *instance) *types.InstanceState {
	name := i.state(c.now)
	return &types.InstanceState{Name: types.InstanceStateName(name), Code: new(instanceStateCodes[name])}
}

func (i *instance) tell(o *Object) { o.Answers = i.answers }
