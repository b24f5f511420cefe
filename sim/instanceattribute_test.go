package sim_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
)

type modifyInstance = ec2.ModifyInstanceAttributeInput

func (a account) setInstance(instance string, in modifyInstance) error {
	in.InstanceId = &instance
	_, err := a.ModifyInstanceAttribute(a.t.Context(), &in)
	return err
}

// attributeOf is an attribute's value as a word.
func (a account) attributeOf(instance string, name types.InstanceAttributeName) string {
	a.t.Helper()
	out, err := a.DescribeInstanceAttribute(a.t.Context(), &ec2.DescribeInstanceAttributeInput{InstanceId: &instance, Attribute: name})
	a.fatal(err)
	for _, v := range []*types.AttributeBooleanValue{out.DisableApiTermination, out.DisableApiStop, out.SourceDestCheck} {
		if v != nil {
			return map[bool]string{true: "true", false: "false"}[*v.Value]
		}
	}
	if out.InstanceInitiatedShutdownBehavior == nil {
		a.t.Fatalf("the attribute %s should be told", name)
	}
	return *out.InstanceInitiatedShutdownBehavior.Value
}

const (
	noTermination = types.InstanceAttributeNameDisableApiTermination
	noStop        = types.InstanceAttributeNameDisableApiStop
	sourceCheck   = types.InstanceAttributeNameSourceDestCheck
	atShutdown    = types.InstanceAttributeNameInstanceInitiatedShutdownBehavior
)

// One attribute a call, by its own field or by its name.
func TestInstanceAttributes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		id := a.instance(n.subnet, n.group)
		for _, step := range []struct {
			what   string
			change modifyInstance
			code   string
			name   types.InstanceAttributeName
			after  string
		}{
			{"the source check", modifyInstance{SourceDestCheck: turned(false)}, "", sourceCheck, "false"},
			{"termination, by name", modifyInstance{Attribute: noTermination, Value: new("true")}, "", noTermination, "true"},
			{"termination", modifyInstance{DisableApiTermination: turned(false)}, "", noTermination, "false"},
			{"stopping", modifyInstance{DisableApiStop: turned(true)}, "", noStop, "true"},
			{"the shutdown", modifyInstance{InstanceInitiatedShutdownBehavior: &types.AttributeValue{Value: new("terminate")}}, "", atShutdown, "terminate"},
			{"the shutdown to something else", modifyInstance{Attribute: atShutdown, Value: new("sleep")}, "InvalidParameterValue", atShutdown, "terminate"},
			{"two at once", modifyInstance{DisableApiStop: turned(false), Groups: []string{n.group}}, "InvalidParameterCombination", noStop, "true"},
			{"the type", modifyInstance{InstanceType: &types.AttributeValue{Value: new("t3.small")}}, "UnsupportedOperation", noStop, "true"},
		} {
			wantCode(t, a.setInstance(id, step.change), step.code, "changing "+step.what)
			if have := a.attributeOf(id, step.name); have != step.after {
				t.Errorf("after changing %s, %s should be %s, not %s", step.what, step.name, step.after, have)
			}
		}
		i := a.described(id)
		if *i.SourceDestCheck || *i.NetworkInterfaces[0].SourceDestCheck {
			t.Error("an instance and its interface should show that their source check is off")
		}
		if have, err := a.cards(t.Context(), append(filter("source-dest-check", "false"), filter("attachment.instance-id", id)...)); err != nil || have != 1 {
			t.Errorf("a filter should find the interface without a source check, not %d, %v", have, err)
		}
		_, err := a.DescribeInstanceAttribute(t.Context(), &ec2.DescribeInstanceAttributeInput{InstanceId: &id, Attribute: types.InstanceAttributeNameUserData})
		wantCode(t, err, "UnsupportedOperation", "the user data, which is not kept")
	})
}

// What is protected is neither stopped nor terminated, until the protection is taken away; and the launch may ask for it.
func TestProtectedInstances(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		in := launch(n.subnet, n.group, linux, "protected")
		in.DisableApiTermination, in.DisableApiStop = new(true), new(true)
		in.InstanceInitiatedShutdownBehavior = types.ShutdownBehaviorTerminate
		out, err := a.RunInstances(t.Context(), in)
		a.fatal(err)
		id := *out.Instances[0].InstanceId
		pass(30 * s)
		if have := a.attributeOf(id, atShutdown); have != "terminate" {
			t.Errorf("a shutdown should terminate, as the launch asked, not %s", have)
		}
		wantCode(t, a.stop(id), "OperationNotPermitted", "stopping a protected instance")
		a.fatal(a.setInstance(id, modifyInstance{DisableApiTermination: turned(false)}))
		_, err = a.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{id}})
		wantCode(t, err, "OperationNotPermitted", "terminating an instance that may not be stopped")
		a.fatal(a.setInstance(id, modifyInstance{DisableApiTermination: turned(true)}))
		a.fatal(a.setInstance(id, modifyInstance{DisableApiStop: turned(false)}))
		a.fatal(a.stop(id))

		// Another one in its zone is spared, one in another zone is not.
		beside, far := a.instance(n.subnet, n.group), a.instance(a.furtherSubnet(n.vpc), n.group)
		terminate := func() error {
			_, err := a.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{far, beside, id}})
			return err
		}
		wantCode(t, terminate(), "OperationNotPermitted", "terminating three instances of which one is protected")
		for id, want := range map[string]string{id: "stopped", beside: "running", far: "shutting-down"} {
			if have := instanceState(id)(t.Context(), a.Client); have != want {
				t.Errorf("after the refused call the instance should be %s, not %s", want, have)
			}
		}
		a.fatal(a.setInstance(id, modifyInstance{DisableApiTermination: turned(false)}))
		a.fatal(terminate())
		wantCode(t, a.setInstance(id, modifyInstance{DisableApiTermination: turned(true)}), "IncorrectInstanceState", "protecting what is being terminated")
		a.fatal(terminate())
	})
}
