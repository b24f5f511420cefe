package steps

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
)

// ElasticIP are the settings of a public address of the account's own: AWS chooses which.
type ElasticIP struct {
	For state.Value `json:"for"` // the instance that it is meant for; giving it to it is a kind of its own
}

type elasticIPAPI interface {
	DescribeAddresses(context.Context, *ec2.DescribeAddressesInput, ...func(*ec2.Options)) (*ec2.DescribeAddressesOutput, error)
	AllocateAddress(context.Context, *ec2.AllocateAddressInput, ...func(*ec2.Options)) (*ec2.AllocateAddressOutput, error)
	ReleaseAddress(context.Context, *ec2.ReleaseAddressInput, ...func(*ec2.Options)) (*ec2.ReleaseAddressOutput, error)
}

type elasticIP struct{}

var _ typed[ElasticIP] = elasticIP{}

func (elasticIP) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

// No natural key: which address it will be, nobody knows before.
func (k elasticIP) view() view[ElasticIP, types.Address] {
	return view[ElasticIP, types.Address]{
		life: k.life(),
		id:   func(a types.Address) string { return aws.ToString(a.AllocationId) },
		tags: func(a types.Address) []types.Tag { return a.Tags },
		out: func(a types.Address) map[string]string {
			return map[string]string{OutPublicIP: aws.ToString(a.PublicIp), OutPublicCIDR: aws.ToString(a.PublicIp) + "/32"}
		},
	}
}

func (k elasticIP) observe(ctx context.Context, env Env, wants []want[ElasticIP]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "allocation-id", v.id, describeAddresses(env))
	return v.match(env, wants, seen), err
}

func (elasticIP) create(ctx context.Context, env Env, w want[ElasticIP]) (Observation, error) {
	var api elasticIPAPI = env.EC2
	out, err := api.AllocateAddress(ctx, &ec2.AllocateAddressInput{
		Domain: types.DomainTypeVpc, TagSpecifications: env.tagged(w.Record, types.ResourceTypeElasticIp),
	})
	if err != nil {
		return Observation{}, codes{}.taken(err)
	}
	return Observation{ID: aws.ToString(out.AllocationId), Token: w.Token}, nil
}

// remove releases the address for good. AWS refuses it while something has it (aws-facts §2.9). Ours has been taken off
// before, so what has it now is a stranger's, unless AWS only has not noticed yet.
func (elasticIP) remove(ctx context.Context, env Env, w want[ElasticIP]) error {
	var api elasticIPAPI = env.EC2
	_, err := api.ReleaseAddress(ctx, &ec2.ReleaseAddressInput{AllocationId: aws.String(w.ID)})
	if cloud.HasCode(err, "InvalidIPAddress.InUse") {
		return addressInUse(ctx, env, w.ID, err)
	}
	return codes{}.removed(err)
}

func addressInUse(ctx context.Context, env Env, id string, refusal error) error {
	seen, err := describeAddresses(env)(ctx, []types.Filter{filter("allocation-id", id)})
	if err == nil {
		for _, a := range seen {
			if aws.ToString(a.AllocationId) == id && aws.ToString(a.NetworkInterfaceId) != "" {
				return &StrangerError{Kind: "network interface %s", ID: *a.NetworkInterfaceId, On: id, Err: refusal}
			}
		}
	}
	return &NotYetError{Err: refusal}
}

// describeAddresses has no pages (aws-facts §1.1).
func describeAddresses(env Env) fetch[types.Address] {
	return func(ctx context.Context, by []types.Filter) ([]types.Address, error) {
		var api elasticIPAPI = env.EC2
		out, err := api.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{Filters: by})
		if err != nil {
			return nil, err
		}
		return out.Addresses, nil
	}
}
