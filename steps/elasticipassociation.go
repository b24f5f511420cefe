package steps

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// ElasticIPAssociation are the settings of an Elastic IP on the primary interface of an instance. An address is in one
// place at most, so it is the natural key.
type ElasticIPAssociation struct {
	Address   state.Value `json:"address"` // the allocation's ID
	Interface string      `json:"interface"`
}

type elasticIPAssociationAPI interface {
	DescribeAddresses(context.Context, *ec2.DescribeAddressesInput, ...func(*ec2.Options)) (*ec2.DescribeAddressesOutput, error)
	AssociateAddress(context.Context, *ec2.AssociateAddressInput, ...func(*ec2.Options)) (*ec2.AssociateAddressOutput, error)
	DisassociateAddress(context.Context, *ec2.DisassociateAddressInput, ...func(*ec2.Options)) (*ec2.DisassociateAddressOutput, error)
}

type elasticIPAssociation struct{}

var _ typed[ElasticIPAssociation] = elasticIPAssociation{}

func (elasticIPAssociation) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func (k elasticIPAssociation) view() view[ElasticIPAssociation, types.Address] {
	return view[ElasticIPAssociation, types.Address]{
		life:    k.life(),
		id:      func(a types.Address) string { return aws.ToString(a.AssociationId) },
		wanted:  func(set ElasticIPAssociation) string { return set.Address.String() },
		natural: func(a types.Address) string { return aws.ToString(a.AllocationId) },
		diff: func(set ElasticIPAssociation, a types.Address) []Field {
			return differ("network interface", "", set.Interface, aws.ToString(a.NetworkInterfaceId))
		},
	}
}

func (k elasticIPAssociation) observe(ctx context.Context, env Env, wants []want[ElasticIPAssociation]) ([]Observation, error) {
	address := func(set ElasticIPAssociation) string { return set.Address.String() }
	seen, err := fetchByParent(ctx, wants, "allocation-id", address, describeAddresses(env))
	return k.view().match(env, wants, inUse(seen)), err
}

// inUse leaves out the addresses that nothing has.
func inUse(list []types.Address) []types.Address {
	return slices.DeleteFunc(slices.Clone(list), func(a types.Address) bool { return aws.ToString(a.AssociationId) == "" })
}

// create never takes an address from where it is, nor an interface's former one (aws-facts §2.9). AWS wants the internet
// gateway attached and the instance running, and may not have noticed yet.
func (elasticIPAssociation) create(ctx context.Context, env Env, w want[ElasticIPAssociation]) (Observation, error) {
	var api elasticIPAssociationAPI = env.EC2
	out, err := api.AssociateAddress(ctx, &ec2.AssociateAddressInput{
		AllocationId: aws.String(w.set.Address.String()), NetworkInterfaceId: aws.String(w.set.Interface), AllowReassociation: aws.Bool(false),
	})
	if err != nil {
		later := []string{"Gateway.NotAttached", "IncorrectInstanceState", "InvalidAllocationID.NotFound"}
		return Observation{}, codes{create: later}.taken(err)
	}
	return Observation{ID: aws.ToString(out.AssociationId)}, nil
}

// AWS takes this again and again (aws-facts §2.9).
func (elasticIPAssociation) remove(ctx context.Context, env Env, w want[ElasticIPAssociation]) error {
	var api elasticIPAssociationAPI = env.EC2
	_, err := api.DisassociateAddress(ctx, &ec2.DisassociateAddressInput{AssociationId: aws.String(w.ID)})
	return codes{}.removed(err)
}

// discover finds where the stack's addresses are: associations carry no tags, and go by their address's.
func (elasticIPAssociation) discover(ctx context.Context, env Env, byLineage []types.Filter) ([]Found, error) {
	seen, err := describeAddresses(env)(ctx, byLineage)
	var list []Found
	for _, a := range inUse(seen) {
		if key := env.carried(a.Tags); key != "" {
			own := state.NewKey(key.Step(), KindElasticIPAssociation, key.Name())
			list = append(list, Found{Stack: stackOf(a.Tags), Observation: Observation{Key: own, ID: aws.ToString(a.AssociationId), Ours: true}})
		}
	}
	return list, err
}
