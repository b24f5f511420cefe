package sim

import (
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// awsInstance writes an instance as RunInstances and DescribeInstances show it. What a launch may choose and the
// simulator does not simulate (volumes, CPU and metadata options) is left out; TestPublishedAnswers has the list.
func (c *call) awsInstance(i *instance) types.Instance {
	out := types.Instance{
		InstanceId: new(i.id), ImageId: new(i.image.id), InstanceType: types.InstanceType(i.of.name), State: c.awsState(i),
		ClientToken: new(i.token), LaunchTime: new(latest(i.asked, i.halt.started)), AmiLaunchIndex: new(int32(i.index)), Platform: types.PlatformValues(i.platform()),
		Placement: &types.Placement{
			AvailabilityZone: new(i.zone.name), AvailabilityZoneId: new(i.zone.id), GroupName: new(""), Tenancy: types.TenancyDefault,
		},
		PrivateDnsName: new(""), PublicDnsName: new(""), StateTransitionReason: new(""), ProductCodes: []types.ProductCode{},
		SecurityGroups: []types.GroupIdentifier{}, NetworkInterfaces: []types.InstanceNetworkInterface{}, Tags: awsTags(i.tags),
	}
	i.image.show(&out)
	out.UsageOperationUpdateTime = new(i.asked)
	showDefaults(&out)
	switch {
	case !i.deleteAsked.IsZero():
		showShutdown(i.deleteAsked, &out)
	case i.halted():
		showShutdown(i.halt.asked, &out)
	case i.state(c.now) == "pending":
		out.StateReason = &types.StateReason{Code: new("pending"), Message: new("pending")}
	}
	if i.holds(c.now) {
		c.showNetwork(i, &out)
	}
	return out
}

// showShutdown writes why an instance that somebody stopped or terminated does not run.
func showShutdown(at time.Time, out *types.Instance) {
	out.StateReason = &types.StateReason{
		Code: new("Client.UserInitiatedShutdown"), Message: new("Client.UserInitiatedShutdown: User initiated shutdown"),
	}
	out.StateTransitionReason = new("User initiated (" + at.UTC().Format("2006-01-02 15:04:05 MST") + ")")
}

// show writes what comes from the image. The hypervisor is called xen on all of AWS's, Nitro included.
func (m image) show(out *types.Instance) {
	out.Architecture, out.VirtualizationType, out.Hypervisor = types.ArchitectureValuesX8664, types.VirtualizationTypeHvm, types.HypervisorTypeXen
	out.RootDeviceType, out.EnaSupport = types.DeviceTypeEbs, new(true)
	out.RootDeviceName, out.PlatformDetails, out.UsageOperation = new("/dev/xvda"), new("Linux/UNIX"), new("RunInstances")
	if m.windows {
		out.RootDeviceName, out.PlatformDetails, out.UsageOperation = new("/dev/sda1"), new("Windows"), new("RunInstances:0002")
	}
}

// showDefaults writes what AWS chooses when a launch does not say.
func showDefaults(out *types.Instance) {
	out.EbsOptimized = new(false)
	out.Monitoring = &types.Monitoring{State: types.MonitoringStateDisabled}
	out.EnclaveOptions = &types.EnclaveOptions{Enabled: new(false)}
	out.HibernationOptions = &types.HibernationOptions{Configured: new(false)}
	out.MaintenanceOptions = &types.InstanceMaintenanceOptions{AutoRecovery: types.InstanceAutoRecoveryStateDefault}
	out.CapacityReservationSpecification = &types.CapacityReservationSpecificationResponse{
		CapacityReservationPreference: types.CapacityReservationPreferenceOpen,
	}
	out.PrivateDnsNameOptions = &types.PrivateDnsNameOptionsResponse{
		HostnameType: types.HostnameTypeIpName, EnableResourceNameDnsARecord: new(false), EnableResourceNameDnsAAAARecord: new(false),
	}
}

// showNetwork writes where an instance is, which a terminated one no longer shows.
func (c *call) showNetwork(i *instance, out *types.Instance) {
	n := i.netInterface
	out.VpcId, out.SubnetId, out.PrivateIpAddress = new(n.vpc), new(n.subnet), new(n.address.String())
	out.PrivateDnsName = new(n.privateName(c.region.name))
	out.SecurityGroups = c.groupIDs(n.groups)
	out.SourceDestCheck = new(c.checked(n))
	card := types.InstanceNetworkInterface{
		NetworkInterfaceId: new(n.id), VpcId: new(n.vpc), SubnetId: new(n.subnet), OwnerId: new(c.account), Groups: c.groupIDs(n.groups),
		InterfaceType: new(string(n.interfaceType())), Status: n.status(c.now), SourceDestCheck: new(c.checked(n)),
		MacAddress: new(n.mac()), Description: new(n.description), PrivateIpAddress: new(n.address.String()),
		PrivateIpAddresses: []types.InstancePrivateIpAddress{{Primary: new(true), PrivateIpAddress: new(n.address.String())}},
		Ipv6Addresses:      []types.InstanceIpv6Address{},
		Attachment: &types.InstanceNetworkInterfaceAttachment{
			AttachmentId: new(n.linkID), AttachTime: new(n.asked), DeviceIndex: new(int32(0)), NetworkCardIndex: new(int32(0)),
			DeleteOnTermination: new(true), Status: i.linkStatus(c.now),
		},
	}
	if name := cardName(c, n); name != nil {
		card.PrivateDnsName, card.PrivateIpAddresses[0].PrivateDnsName = new(name[0]), new(name[0])
	}
	c.showPublic(n, out, &card)
	out.NetworkInterfaces = append(out.NetworkInterfaces, card)
}

// cardName is what AWS calls an interface by itself, only in a VPC with DNS hostnames.
func cardName(c *call, n *netInterface) []string {
	if !c.vpcs.byID[n.vpc].dnsHostnames {
		return nil
	}
	return []string{n.privateName(c.region.name)}
}

// linkStatus is the state of the attachment between an instance and its interface.
func (i *instance) linkStatus(now time.Time) types.AttachmentStatus {
	if i.stage(now) == making {
		return types.AttachmentStatusAttaching
	}
	return types.AttachmentStatusAttached
}

// privateName is the DNS name that AWS makes of an address; us-east-1 has a domain of its own.
func (n *netInterface) privateName(region string) string {
	domain := region + ".compute.internal"
	if region == "us-east-1" {
		domain = "ec2.internal"
	}
	return "ip-" + strings.ReplaceAll(n.address.String(), ".", "-") + "." + domain
}
