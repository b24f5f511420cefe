package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type instanceCalls struct {
	account
	create call[ec2.RunInstancesInput, ec2.RunInstancesOutput]
	remove call[ec2.TerminateInstancesInput, ec2.TerminateInstancesOutput]
}

func (c *instanceCalls) RunInstances(_ context.Context, in *ec2.RunInstancesInput, _ ...opt) (*ec2.RunInstancesOutput, error) {
	return c.create.do(in)
}

func (c *instanceCalls) TerminateInstances(
	_ context.Context, in *ec2.TerminateInstancesInput, _ ...opt,
) (*ec2.TerminateInstancesOutput, error) {
	return c.remove.do(in)
}

const windows = "resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base"

func inA() Instance {
	return Instance{
		Subnet: state.Literal("subnet-a"), Group: state.Literal("sg-a"), PrivateIP: "10.0.0.10", Image: windows, Type: "t3.medium",
	}
}

func TestStartInstance(t *testing.T) {
	aws := &instanceCalls{}
	aws.create.answer.Instances = []types.Instance{{
		InstanceId: new("i-a"), PrivateIpAddress: new("10.0.0.10"), State: &types.InstanceState{Name: types.InstanceStateNamePending},
	}}
	rec := record(t, "0/instance/a", "", inA())
	same(t, "what AWS answered", Observation{
		Key: "0/instance/a", ID: "i-a", State: "pending", Ours: true, Out: map[string]string{OutPrivateIP: "10.0.0.10"},
		Diff: []Field{{Name: "instance type", Want: "t3.medium", Flag: "--instance-type"}}, // left out of the answer
	}, made(t, aws, rec))
	full := inA()
	full.KeyName, full.UserData = "lab", "#!/bin/sh\n"
	made(t, aws, record(t, "0/instance/a", "", full))

	sent := func(key, userData *string) *ec2.RunInstancesInput {
		return &ec2.RunInstancesInput{
			ImageId: new(windows), InstanceType: "t3.medium", MinCount: new(int32(1)), MaxCount: new(int32(1)), ClientToken: new("token-1"),
			KeyName: key, UserData: userData, TagSpecifications: here(nil).tagged(rec, "instance", "volume", "network-interface"),
			NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{
				DeviceIndex: new(int32(0)), SubnetId: new("subnet-a"), Groups: []string{"sg-a"}, PrivateIpAddress: new("10.0.0.10"),
				DeleteOnTermination: new(true), AssociatePublicIpAddress: new(false),
			}},
		}
	}
	same(t, "one instance under the intent's token, its interface without a public address, all of it tagged",
		[]*ec2.RunInstancesInput{sent(nil, nil), sent(new("lab"), new("IyEvYmluL3NoCg=="))}, aws.create.sent)

	public := inA()
	public.PublicIP = true
	got := made(t, aws, record(t, "0/instance/a", "", public))
	if open := aws.create.sent[2].NetworkInterfaces[0].AssociatePublicIpAddress; open == nil || !*open {
		t.Errorf("want a public address asked for at launch, got %v", open)
	}
	if got.Lacks != "its public address" || got.Out[OutPublicIP] != "" {
		t.Errorf("want the answer, which tells no public address, to lack it, got %+v", got)
	}

	for _, instances := range [][]types.Instance{nil, {{}}, {{InstanceId: new("i-a")}, {InstanceId: new("i-b")}}} {
		aws.create.answer.Instances = instances
		unanswered(t, aws, rec)
	}
}

func TestInstanceRefused(t *testing.T) {
	rec := record(t, "0/instance/a", "i-a", inA())
	refusals(t, "RunInstances", map[string]error{
		"InvalidSubnetID.NotFound": waiters.ErrNotYet, "InvalidSubnetId.NotFound": waiters.ErrNotYet, // the subnet is new
		"InvalidGroup.NotFound": waiters.ErrNotYet, "InvalidSecurityGroupID.NotFound": waiters.ErrNotYet, // the group is
		"InvalidAMIID.NotFound": asItIs, "IdempotentInstanceTerminated": asItIs, "VcpuLimitExceeded": asItIs, "Unsupported": asItIs,
		"InvalidIPAddress.InUse": asItIs, "InsufficientInstanceCapacity": asItIs,
	}, func(answer error) error {
		aws := &instanceCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "TerminateInstances", map[string]error{
		"InvalidInstanceID.NotFound": waiters.ErrNone, "OperationNotPermitted": asItIs, // protected from termination
	}, func(answer error) error {
		aws := &instanceCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestTerminateInstance(t *testing.T) {
	aws := &instanceCalls{}
	if err := deleting(t, aws, record(t, "0/instance/a", "i-a", inA())); err != nil {
		t.Errorf("want the instance terminated, got %v", err)
	}
	same(t, "one ID, since a batch with a bad one terminates nothing",
		[]*ec2.TerminateInstancesInput{{InstanceIds: []string{"i-a"}}}, aws.remove.sent)
}

func TestObserveInstance(t *testing.T) {
	show := func(id string, edit func(*types.Instance)) types.Instance {
		i := types.Instance{
			InstanceId: &id, InstanceType: "t3.medium", ImageId: new("ami-7"), PrivateIpAddress: new("10.0.0.10"), Tags: ours("0/instance/a"),
			State: &types.InstanceState{Name: types.InstanceStateNameRunning},
		}
		edit(&i)
		return i
	}
	out := map[string]string{OutPrivateIP: "10.0.0.10"}
	asWanted := Observation{Key: "0/instance/a", ID: "i-a", State: "running", Ours: true, Token: "token-1", Out: out}
	different := asWanted
	different.Diff = []Field{
		{Name: "instance type", Want: "t3.medium", Have: "t3.micro", Flag: "--instance-type"},
		{Name: "image", Want: "ami-1", Have: "ami-7", Flag: "--image"},
		{Name: "private IP", Want: "10.0.0.10", Have: "10.0.0.77", Flag: "--vpcs"},
		{Name: "key pair", Want: "lab", Have: "", Flag: "--key"},
	}
	different.Out = map[string]string{OutPrivateIP: "10.0.0.77"}
	public := func(set *Instance) { set.PublicIP = true }
	addressed := func(i *types.Instance) { i.PublicIpAddress = new("203.0.113.7") }
	reachable, lacking := asWanted, asWanted
	reachable.Out = map[string]string{OutPrivateIP: "10.0.0.10", OutPublicIP: "203.0.113.7", OutPublicCIDR: "203.0.113.7/32"}
	lacking.Lacks = "its public address"
	for _, test := range []struct {
		name  string
		set   func(*Instance)
		shown []types.Instance
		want  []Observation
	}{
		{name: "with a public address", set: public, shown: []types.Instance{show("i-a", addressed)}, want: []Observation{reachable}},
		{name: "its public address is still to come", set: public, shown: []types.Instance{show("i-a", func(*types.Instance) {})}, want: []Observation{lacking}},
		{name: "somebody gave it an address", shown: []types.Instance{show("i-a", addressed)}, want: []Observation{reachable}},
		// The parameter is what is asked for; EC2 shows the AMI behind it, whatever that is today.
		{name: "as wanted", shown: []types.Instance{show("i-a", func(*types.Instance) {})}, want: []Observation{asWanted}},
		{
			name: "all different", set: func(set *Instance) { set.Image, set.KeyName = "ami-1", "lab" },
			shown: []types.Instance{show("i-a", func(i *types.Instance) { i.InstanceType, i.PrivateIpAddress = "t3.micro", new("10.0.0.77") })},
			want:  []Observation{different},
		},
		{
			name: "a tombstone beside it",
			shown: []types.Instance{
				show("i-old", func(i *types.Instance) { // has no address any more
					i.State, i.PrivateIpAddress = &types.InstanceState{Name: types.InstanceStateNameTerminated}, nil
					i.StateReason = &types.StateReason{Message: new("Client.UserInitiatedShutdown")}
				}),
				show("i-a", func(*types.Instance) {}),
			},
			want: []Observation{
				{
					Key: "0/instance/a", ID: "i-old", State: "terminated", Reason: "Client.UserInitiatedShutdown", Ours: true, Token: "token-1",
					Out: map[string]string{OutPrivateIP: ""},
				},
				asWanted,
			},
		},
		{
			name:  "nothing but the tags",
			shown: []types.Instance{{InstanceId: new("i-a"), InstanceType: "t3.medium", Tags: ours("0/instance/a"), StateReason: &types.StateReason{}}},
			want:  []Observation{{Key: "0/instance/a", ID: "i-a", Ours: true, Token: "token-1", Out: map[string]string{OutPrivateIP: ""}}},
		},
		{name: "another stack's", shown: []types.Instance{show("i-x", func(i *types.Instance) { i.Tags = theirs("0/instance/a") })}},
		{name: "nobody's", shown: []types.Instance{show("i-x", func(i *types.Instance) { i.Tags = nil })}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws, set := &instanceCalls{}, inA()
			aws.instances.things = test.shown
			if test.set != nil {
				test.set(&set)
			}
			same(t, "instance a", test.want, seen(t, KindInstance, aws, record(t, "0/instance/a", "", set)))
		})
	}
}
