package sim

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var instanceAttributeActions = []handler{
	action("ModifyInstanceAttribute", changing, (*call).modifyInstance),
	action("DescribeInstanceAttribute", reading, (*call).describeInstanceAttribute),
}

// instanceAttribute is an attribute of instances, its key AWS's name for it: the value that a call names, "" when it
// names none, and where an answer has it.
type instanceAttribute struct {
	attribute
	asked func(*ec2.ModifyInstanceAttributeInput) string
	show  func(*ec2.DescribeInstanceAttributeOutput, string)
}

const (
	terminateProtected = "disableApiTermination"
	stopProtected      = "disableApiStop"
	sourceDestCheck    = "sourceDestCheck"
	shutdownBehavior   = "instanceInitiatedShutdownBehavior"
)

// instanceAttributes are those that change while an instance runs (API Reference, ModifyInstanceAttribute).
var instanceAttributes = []instanceAttribute{
	{
		attribute{key: terminateProtected, def: "false", takes: truths},
		func(in *ec2.ModifyInstanceAttributeInput) string { return truth(in.DisableApiTermination) },
		func(out *ec2.DescribeInstanceAttributeOutput, v string) { out.DisableApiTermination = asTruth(v) },
	},
	{
		attribute{key: stopProtected, def: "false", takes: truths},
		func(in *ec2.ModifyInstanceAttributeInput) string { return truth(in.DisableApiStop) },
		func(out *ec2.DescribeInstanceAttributeOutput, v string) { out.DisableApiStop = asTruth(v) },
	},
	{
		attribute{key: sourceDestCheck, def: "true", takes: truths},
		func(in *ec2.ModifyInstanceAttributeInput) string { return truth(in.SourceDestCheck) },
		func(out *ec2.DescribeInstanceAttributeOutput, v string) { out.SourceDestCheck = asTruth(v) },
	},
	{
		attribute{key: shutdownBehavior, def: "stop", takes: []string{"stop", "terminate"}},
		func(in *ec2.ModifyInstanceAttributeInput) string {
			return deref(deref(in.InstanceInitiatedShutdownBehavior).Value)
		},
		func(out *ec2.DescribeInstanceAttributeOutput, v string) {
			out.InstanceInitiatedShutdownBehavior = &types.AttributeValue{Value: &v}
		},
	},
}

func asTruth(v string) *types.AttributeBooleanValue {
	return &types.AttributeBooleanValue{Value: new(v == "true")}
}

// modifyInstance takes one attribute a call, by its own field or by name and value.
func (c *call) modifyInstance(in *ec2.ModifyInstanceAttributeInput) (*ec2.ModifyInstanceAttributeOutput, error) {
	i, err := c.instances.use(c, kindInstance, in.InstanceId)
	if err != nil {
		return nil, err
	}
	asked := func(a instanceAttribute) string {
		if string(in.Attribute) == a.key && in.Value != nil {
			return *in.Value
		}
		return a.asked(in)
	}
	given := slices.DeleteFunc(slices.Clone(instanceAttributes), func(a instanceAttribute) bool { return asked(a) == "" })
	keys := shown(given, func(a instanceAttribute) string { return a.key })
	if len(in.Groups) > 0 {
		keys = append(keys, "groupSet")
	}
	switch {
	case !i.stands(c.now):
		return nil, fail(wrongState, "The instance '%s' is not in a state from which it can be modified.", i.id)
	case len(keys) == 0:
		return nil, fail("UnsupportedOperation", "The simulator changes of an instance its security groups, protections and source check only.")
	case len(keys) > 1:
		return nil, fail("InvalidParameterCombination", "Fields for multiple attribute types specified: %s", strings.Join(keys, ", "))
	case len(given) == 0:
		return &ec2.ModifyInstanceAttributeOutput{}, c.regroup(i, in.Groups)
	case !slices.Contains(given[0].takes, asked(given[0])):
		return nil, invalid("Value (%s) for parameter %s is invalid.", asked(given[0]), given[0].key)
	}
	i.attributes[given[0].key] = asked(given[0])
	return &ec2.ModifyInstanceAttributeOutput{}, nil
}

// regroup changes the groups of the instance's interface.
func (c *call) regroup(i *instance, ids []string) error {
	_, groups, err := c.placement(&i.parent, ids)
	if err == nil {
		i.netInterface.groups = slices.Clone(groups)
	}
	return err
}

func (c *call) describeInstanceAttribute(in *ec2.DescribeInstanceAttributeInput) (*ec2.DescribeInstanceAttributeOutput, error) {
	i, err := c.instances.read(c, kindInstance, in.InstanceId)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(instanceAttributes, func(a instanceAttribute) bool { return a.key == string(in.Attribute) })
	out := &ec2.DescribeInstanceAttributeOutput{InstanceId: new(i.id)}
	switch {
	case at >= 0:
		instanceAttributes[at].show(out, i.is(string(in.Attribute)))
	case in.Attribute == types.InstanceAttributeNameInstanceType:
		out.InstanceType = &types.AttributeValue{Value: new(i.of.name)}
	case in.Attribute == types.InstanceAttributeNameGroupSet:
		out.Groups = c.groupIDs(i.netInterface.groups)
	default:
		return nil, fail("UnsupportedOperation", "The simulator does not tell the attribute '%s' of an instance.", in.Attribute)
	}
	return out, nil
}

// is is the value of an attribute.
func (i *instance) is(key string) string {
	at := slices.IndexFunc(instanceAttributes, func(a instanceAttribute) bool { return a.key == key })
	return instanceAttributes[at].in(i.attributes)
}

// checked reports whether an interface drops what is neither to it nor from it. AWS's own forward.
func (c *call) checked(n *netInterface) bool {
	if n.instance != "" {
		return c.instances.byID[n.instance].is(sourceDestCheck) == "true"
	}
	return !n.managed
}
