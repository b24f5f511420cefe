package steps

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// Instance are the settings of an instance with one network interface.
type Instance struct {
	Subnet    state.Value `json:"subnet"`
	Group     state.Value `json:"group"`
	PrivateIP string      `json:"private_ip"`
	PublicIP  bool        `json:"public_ip,omitempty"` // AWS gives the interface a public address at launch
	Image     string      `json:"image"`               // an AMI ID, or resolve:ssm:PARAMETER, which EC2 resolves (aws-facts §2.7)
	Type      string      `json:"type"`
	KeyName   string      `json:"key_name,omitempty"`
	UserData  string      `json:"user_data,omitempty"` // plain text; runs at first start
	Existing  string      `json:"existing,omitempty"`  // the ID of one that is there already; then the image and what follows are ""
}

func (set Instance) existing() string { return set.Existing }

// lookedUp begins an image that EC2 finds itself.
const lookedUp = "resolve:"

// The entries of Out that hold an instance's addresses. The public one is also there as a block, for rules; both are
// there only while AWS shows one.
const (
	OutPrivateIP  = "private_ip"
	OutPublicIP   = "public_ip"
	OutPublicCIDR = "public_cidr"
)

type instanceAPI interface {
	ec2.DescribeInstancesAPIClient
	RunInstances(context.Context, *ec2.RunInstancesInput, ...func(*ec2.Options)) (*ec2.RunInstancesOutput, error)
	ModifyInstanceAttribute(context.Context, *ec2.ModifyInstanceAttributeInput, ...func(*ec2.Options)) (*ec2.ModifyInstanceAttributeOutput, error)
	DescribeInstanceAttribute(context.Context, *ec2.DescribeInstanceAttributeInput, ...func(*ec2.Options)) (*ec2.DescribeInstanceAttributeOutput, error)
	StartInstances(context.Context, *ec2.StartInstancesInput, ...func(*ec2.Options)) (*ec2.StartInstancesOutput, error)
	TerminateInstances(context.Context, *ec2.TerminateInstancesInput, ...func(*ec2.Options)) (*ec2.TerminateInstancesOutput, error)
}

type instance struct{}

var _ typed[Instance] = instance{}

// A terminated instance is shown for about an hour (aws-facts §1.2). A stopped one holds what somebody did on it, and is
// started again.
func (instance) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending"}, Ready: []string{"running"}, Leaving: []string{"shutting-down"},
		Gone: []string{"terminated"}, Stopped: []string{"stopping", "stopped"},
		Typical: 25 * time.Second, Timeout: 15 * time.Minute,
	}
}

func (k instance) view() view[Instance, types.Instance] {
	return view[Instance, types.Instance]{
		life: k.life(),
		id:   func(i types.Instance) string { return aws.ToString(i.InstanceId) },
		tags: func(i types.Instance) []types.Tag { return i.Tags },
		state: func(i types.Instance) (string, string) {
			reason := ""
			if i.StateReason != nil {
				reason = aws.ToString(i.StateReason.Message)
			}
			if i.State == nil {
				return "", reason
			}
			return string(i.State.Name), reason
		},
		out: func(i types.Instance) map[string]string {
			out := map[string]string{OutPrivateIP: aws.ToString(i.PrivateIpAddress)}
			if i.PublicIpAddress != nil {
				out[OutPublicIP], out[OutPublicCIDR] = *i.PublicIpAddress, *i.PublicIpAddress+"/32"
			}
			return out
		},
		lacks: func(set Instance, i types.Instance) words.Text {
			if set.PublicIP && i.PublicIpAddress == nil {
				return "its public address"
			}
			return ""
		},
		diff: func(set Instance, i types.Instance) []Field {
			var fields []Field
			rebuilt := set.Image == "" // from tags: what of it is wanted is not known
			if !rebuilt {
				fields = differ("instance type", "--instance-type", set.Type, string(i.InstanceType))
			}
			if !rebuilt && !strings.HasPrefix(set.Image, lookedUp) { // EC2 shows the AMI behind it, never the parameter
				fields = append(fields, differ("image", "--image", set.Image, aws.ToString(i.ImageId))...)
			}
			if i.PrivateIpAddress != nil {
				fields = append(fields, differ("private IP", "--vpcs", set.PrivateIP, *i.PrivateIpAddress)...)
			}
			fields = append(fields, differInGroups(set.Group, groupIDs(i.SecurityGroups))...)
			if rebuilt {
				return fields
			}
			return append(fields, differ("key pair", "--key", set.KeyName, aws.ToString(i.KeyName))...)
		},
		given: instanceGiven,
	}
}

func (k instance) observe(ctx context.Context, env Env, wants []want[Instance]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "instance-id", v.id, k.fetch(env))
	return v.match(env, wants, seen), err
}

func (instance) fetch(env Env) fetch[types.Instance] {
	return func(ctx context.Context, by []types.Filter) ([]types.Instance, error) {
		p := ec2.NewDescribeInstancesPaginator(env.EC2, &ec2.DescribeInstancesInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeInstancesOutput) []types.Instance {
			var list []types.Instance
			for _, r := range o.Reservations {
				list = append(list, r.Instances...)
			}
			return list
		})
	}
}

func (k instance) create(ctx context.Context, env Env, w want[Instance]) (Observation, error) {
	var api instanceAPI = env.EC2
	in := &ec2.RunInstancesInput{
		ImageId: aws.String(w.set.Image), InstanceType: types.InstanceType(w.set.Type),
		MinCount: aws.Int32(1), MaxCount: aws.Int32(1), ClientToken: aws.String(w.Token),
		// Not SubnetId: only an interface given here surely goes with the instance on every server.
		NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{
			DeviceIndex: aws.Int32(0), SubnetId: aws.String(w.set.Subnet.String()), Groups: []string{w.set.Group.String()},
			PrivateIpAddress: aws.String(w.set.PrivateIP), DeleteOnTermination: aws.Bool(true),
			AssociatePublicIpAddress: aws.Bool(w.set.PublicIP),
		}},
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeInstance, types.ResourceTypeVolume, types.ResourceTypeNetworkInterface),
	}
	if w.set.KeyName != "" {
		in.KeyName = aws.String(w.set.KeyName)
	}
	if w.set.UserData != "" {
		in.UserData = aws.String(base64.StdEncoding.EncodeToString([]byte(w.set.UserData)))
	}
	out, err := api.RunInstances(ctx, in)
	if err != nil {
		return Observation{}, codes{create: slices.Concat(unseenSubnet, unseenSecurityGroup)}.taken(err)
	}
	if len(out.Instances) != 1 {
		return Observation{}, words.Errorf("starting an instance: %w (%d instances)", errUnanswered, len(out.Instances))
	}
	return k.view().observation(w, out.Instances[0]), nil
}

func (instance) remove(ctx context.Context, env Env, w want[Instance]) error {
	var api instanceAPI = env.EC2
	_, err := api.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{w.ID}})
	return codes{}.removed(err)
}
