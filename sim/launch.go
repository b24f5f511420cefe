package sim

import (
	"maps"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// launch is what RunInstances is asked for, its two ways of naming the network made one.
type launch struct {
	image   image
	of      instanceType
	subnet  *subnet
	groups  []string
	address *string
	public  bool
	tags    map[string]string // of the instances
	cards   map[string]string // of their interfaces
	set     map[string]string // their attributes
}

func (c *call) runInstances(in *ec2.RunInstancesInput) (*ec2.RunInstancesOutput, error) {
	// A known token comes before everything else: the address asked for is in use, by the instance itself.
	done, err := c.repeated(in.ClientToken)
	if err != nil {
		return nil, err
	}
	if done != nil {
		return c.launchedBefore(done)
	}
	least, most := int(*in.MinCount), int(*in.MaxCount)
	if least < 1 || most < least {
		return nil, invalid("Invalid value for min- or maxCount: %d, %d", least, most)
	}
	l, err := c.readLaunch(in)
	if err != nil {
		return nil, err
	}
	if l.address != nil && most > 1 {
		return nil, fail("InvalidParameterCombination", "You may not specify a private IP address for more than one instance")
	}
	most = min(most, c.freeAddresses(l.subnet))
	if most < least {
		return nil, fail("InsufficientFreeAddressesInSubnet",
			"There are not enough free addresses in subnet '%s' to satisfy the requested number of instances.", l.subnet.id)
	}
	if most, err = c.roomFor(l, least, most); err != nil {
		return nil, err
	}
	var list []*instance
	var ids []string
	reservation := c.newID("r")
	for n := range most {
		i, err := c.start(l)
		if err != nil {
			return nil, err // the address asked for: it is the first and only instance
		}
		i.token, i.reservation, i.index = deref(in.ClientToken), reservation, n
		list, ids = append(list, i), append(ids, i.id)
	}
	for _, i := range list { // drawn last, so that worlds of earlier versions keep their IDs
		i.answers = i.ready.Add(c.opts.draw(c.dice, i.listens()))
	}
	c.remember(in.ClientToken, ids...)
	return c.launched(list), nil
}

// launchedBefore answers a repeated token with the same instances, unless they were terminated since (aws-facts §0.1).
func (c *call) launchedBefore(ids []string) (*ec2.RunInstancesOutput, error) {
	var list []*instance
	for _, id := range ids {
		i := c.instances.byID[id]
		if !i.stands(c.now) {
			return nil, fail("IdempotentInstanceTerminated",
				"The request cannot be completed because the instance '%s' of this client token has been terminated.", id)
		}
		list = append(list, i)
	}
	return c.launched(list), nil
}

func (c *call) launched(list []*instance) *ec2.RunInstancesOutput {
	r := c.reservations(list)[0]
	return &ec2.RunInstancesOutput{ReservationId: r.ReservationId, OwnerId: r.OwnerId, Groups: r.Groups, Instances: r.Instances}
}

func (c *call) readLaunch(in *ec2.RunInstancesInput) (launch, error) {
	var l launch
	var err error
	if l.tags, err = tagsOnCreate(in.TagSpecifications, kindInstance, "volume", kindInterface.tagType); err != nil {
		return l, err
	}
	if l.cards, err = tagsOnCreate(in.TagSpecifications, kindInterface, "volume", kindInstance.tagType); err != nil {
		return l, err
	}
	if l.image, err = c.imageOf(in.ImageId); err != nil {
		return l, err
	}
	l.set = map[string]string{
		terminateProtected: yesNo(deref(in.DisableApiTermination)), stopProtected: yesNo(deref(in.DisableApiStop)),
		shutdownBehavior: orDefault(string(in.InstanceInitiatedShutdownBehavior), "stop"),
	}
	if in.KeyName != nil {
		return l, fail("InvalidKeyPair.NotFound", "The key pair '%s' does not exist", *in.KeyName)
	}
	if err := c.readNetwork(in, &l); err != nil {
		return l, err
	}
	return l, c.readType(in.InstanceType, &l)
}

// readType checks that the zone offers the type.
func (c *call) readType(name types.InstanceType, l *launch) error {
	if name == "" {
		name = types.InstanceTypeT2Micro
	}
	of, ok := typeNamed(string(name))
	if !ok {
		return invalid("Invalid value '%s' for InstanceType.", name)
	}
	if !c.offers(of, l.subnet.zone) {
		return fail("Unsupported",
			"Your requested instance type (%s) is not supported in your requested Availability Zone (%s).", name, l.subnet.zone.name)
	}
	l.of = of
	return nil
}

// readNetwork reads subnet, groups and address, given by themselves or in the one interface.
func (c *call) readNetwork(in *ec2.RunInstancesInput, l *launch) error {
	subnetID, groups := in.SubnetId, in.SecurityGroupIds
	var public *bool
	l.address = in.PrivateIpAddress
	if len(in.NetworkInterfaces) > 0 {
		n := in.NetworkInterfaces[0]
		switch {
		case in.SubnetId != nil || len(in.SecurityGroupIds) > 0 || in.PrivateIpAddress != nil:
			return fail("InvalidParameterCombination",
				"Network interfaces and an instance-level subnet ID, security groups or private IP address may not be specified on the same request")
		case len(in.NetworkInterfaces) > 1 || deref(n.DeviceIndex) != 0 || n.NetworkInterfaceId != nil:
			return fail("UnsupportedOperation", "The simulator starts instances with one new interface, at device index 0.")
		}
		subnetID, groups, l.address, public = n.SubnetId, n.Groups, n.PrivateIpAddress, n.AssociatePublicIpAddress
	}
	if subnetID == nil {
		v, err := c.vpcOrDefault(nil)
		if err != nil {
			return err
		}
		first := c.subnets.in(v.id).standing(c, all)
		if len(first) == 0 {
			return fail("MissingInput", "No subnets found for the default VPC '%s'. Please specify a subnet.", v.id)
		}
		subnetID = &first[0].id
	}
	var err error
	if l.subnet, l.groups, err = c.placement(subnetID, groups); err != nil {
		return err
	}
	if l.public = l.subnet.is(mapsPublic) == "true"; public != nil {
		l.public = *public
	}
	return nil
}

// roomFor is how many of the instances the quotas allow, at least the least.
func (c *call) roomFor(l launch, least, most int) (int, error) {
	if err := c.withinVCPUs(least * l.of.vcpus); err != nil {
		return 0, err
	}
	most = min(most, (c.opts.Quotas.VCPUs-c.vcpus())/l.of.vcpus)
	return most, c.roomForInterfaces(l.subnet, most)
}

// vcpus are those of all instances that run, or will.
func (c *call) vcpus() int {
	used := 0
	for _, i := range c.instances.standing(c, func(i *instance) bool { return !i.halted() }) {
		used += i.of.vcpus
	}
	return used
}

func (c *call) withinVCPUs(more int) error {
	if more > 0 && c.vcpus()+more > c.opts.Quotas.VCPUs {
		return fail("VcpuLimitExceeded",
			"You have requested more vCPU capacity than your current vCPU limit of %d allows.", c.opts.Quotas.VCPUs)
	}
	return nil
}

// start makes one instance with its interface, which is shown and goes together with it.
func (c *call) start(l launch) (*instance, error) {
	a, err := c.address(l.subnet, l.address)
	if err != nil {
		return nil, err
	}
	i := &instance{thing: c.born(kindInstance, l.subnet.id, maps.Clone(l.tags)), image: l.image, of: l.of, zone: l.subnet.zone, attributes: maps.Clone(l.set)}
	i.ready = i.asked.Add(c.opts.draw(c.dice, i.pace().create))
	c.instances.add(c.region, i)
	i.netInterface = c.addInterface(l.subnet, &netInterface{
		thing: c.comesWith(&i.thing, kindInterface, maps.Clone(l.cards)), address: a, groups: l.groups,
		instance: i.id, linkID: c.newID("eni-attach"),
	})
	i.netInterface.ready = i.asked
	if l.public { // with or without an internet gateway
		i.netInterface.publicAtStart = true
		i.netInterface.public = c.publicAddress(i.netInterface.id)
	}
	return i, nil
}
