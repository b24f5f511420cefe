package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/waiters"
)

// VPC are the settings of a VPC. Its main route table, default group and network ACL come and go with it.
type VPC struct {
	CIDR     string   `json:"cidr"`               // one IPv4 block, /16 to /28
	Existing string   `json:"existing,omitempty"` // the ID of one that is there already
	More     []string `json:"more,omitempty"`     // its further blocks, as they were numbered
}

func (set VPC) existing() string { return set.Existing }

// OutMoreCIDRs is the entry of Out that holds a VPC's further IPv4 blocks, with commas; a VPC of one block has none.
const OutMoreCIDRs = "more_cidrs"

// OutCIDR is the entry of Out that holds a VPC's or subnet's IPv4 block.
const OutCIDR = "cidr"

type vpcAPI interface {
	ec2.DescribeVpcsAPIClient
	CreateVpc(context.Context, *ec2.CreateVpcInput, ...func(*ec2.Options)) (*ec2.CreateVpcOutput, error)
	DeleteVpc(context.Context, *ec2.DeleteVpcInput, ...func(*ec2.Options)) (*ec2.DeleteVpcOutput, error)
}

type vpc struct{}

var _ typed[VPC] = vpc{}

func (vpc) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending"}, Ready: []string{"available"}, Leaving: []string{"deleting"},
		Typical: 2 * time.Second, Timeout: 5 * time.Minute,
	}
}

// No natural key: the same CIDR may exist many times in an account.
func (k vpc) view() view[VPC, types.Vpc] {
	return view[VPC, types.Vpc]{
		life:  k.life(),
		id:    func(v types.Vpc) string { return aws.ToString(v.VpcId) },
		tags:  func(v types.Vpc) []types.Tag { return v.Tags },
		state: func(v types.Vpc) (string, string) { return string(v.State), "" },
		out:   vpcOut,
		diff: func(set VPC, v types.Vpc) []Field {
			return differ("CIDR", "--vpcs", set.CIDR, aws.ToString(v.CidrBlock))
		},
		given: []given[types.Vpc]{{"further CIDRs", "", furtherBlocks, false}},
	}
}

// furtherBlocks are those that somebody added to the one that a VPC was made with.
func furtherBlocks(v types.Vpc) string {
	var blocks []string
	for _, b := range v.CidrBlockAssociationSet {
		if b.CidrBlockState != nil && b.CidrBlockState.State == types.VpcCidrBlockStateCodeAssociated {
			blocks = append(blocks, aws.ToString(b.CidrBlock))
		}
	}
	return strings.Join(less(blocks, aws.ToString(v.CidrBlock)), ", ")
}

func (k vpc) observe(ctx context.Context, env Env, wants []want[VPC]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "vpc-id", v.id, describeVPCs(env.EC2))
	return v.match(env, wants, seen), err
}

func (k vpc) create(ctx context.Context, env Env, w want[VPC]) (Observation, error) {
	var api vpcAPI = env.EC2
	out, err := api.CreateVpc(ctx, &ec2.CreateVpcInput{
		CidrBlock:         aws.String(w.set.CIDR),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeVpc),
	})
	if err != nil {
		return Observation{}, codes{}.taken(err)
	}
	made, err := part(out.Vpc, "making a VPC")
	return k.view().observation(w, made), err
}

func (vpc) remove(ctx context.Context, env Env, w want[VPC]) error {
	var api vpcAPI = env.EC2
	_, err := api.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: aws.String(w.ID)})
	return hangingOn(ctx, env, w.ID, inVPC, codes{}.removed(err))
}

func describeVPCs(api ec2.DescribeVpcsAPIClient) fetch[types.Vpc] {
	return func(ctx context.Context, by []types.Filter) ([]types.Vpc, error) {
		p := ec2.NewDescribeVpcsPaginator(api, &ec2.DescribeVpcsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeVpcsOutput) []types.Vpc { return o.Vpcs })
	}
}

func vpcOut(v types.Vpc) map[string]string {
	out := map[string]string{OutCIDR: aws.ToString(v.CidrBlock)}
	if blocks := blocksOf(v); len(blocks) > 1 {
		out[OutMoreCIDRs] = strings.Join(blocks[1:], ",")
	}
	return out
}

// blocksOf are a VPC's IPv4 blocks, the first one first and the others in order.
func blocksOf(v types.Vpc) []string {
	var more []string
	for _, a := range v.CidrBlockAssociationSet {
		leaves := a.CidrBlockState != nil && a.CidrBlockState.State != types.VpcCidrBlockStateCodeAssociated &&
			a.CidrBlockState.State != types.VpcCidrBlockStateCodeAssociating
		if block := aws.ToString(a.CidrBlock); block != aws.ToString(v.CidrBlock) && !leaves {
			more = append(more, block)
		}
	}
	slices.Sort(more)
	return append([]string{aws.ToString(v.CidrBlock)}, more...)
}
