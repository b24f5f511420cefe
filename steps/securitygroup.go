package steps

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// SecurityGroup are the settings of a security group. Its name is made of the lineage and the key, so that it is
// unique in its VPC; a fresh group lets everything out and nothing in.
type SecurityGroup struct {
	VPC         state.Value `json:"vpc"`
	Description string      `json:"description"`
}

type securityGroupAPI interface {
	ec2.DescribeSecurityGroupsAPIClient
	CreateSecurityGroup(context.Context, *ec2.CreateSecurityGroupInput, ...func(*ec2.Options)) (*ec2.CreateSecurityGroupOutput, error)
	AuthorizeSecurityGroupEgress(
		context.Context, *ec2.AuthorizeSecurityGroupEgressInput, ...func(*ec2.Options),
	) (*ec2.AuthorizeSecurityGroupEgressOutput, error)
	DeleteSecurityGroup(context.Context, *ec2.DeleteSecurityGroupInput, ...func(*ec2.Options)) (*ec2.DeleteSecurityGroupOutput, error)
}

type securityGroup struct{}

var _ typed[SecurityGroup] = securityGroup{}

func (securityGroup) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 10 * time.Minute}
}

func (k securityGroup) view() view[SecurityGroup, types.SecurityGroup] {
	return view[SecurityGroup, types.SecurityGroup]{
		life: k.life(),
		id:   func(g types.SecurityGroup) string { return aws.ToString(g.GroupId) },
		tags: func(g types.SecurityGroup) []types.Tag { return g.Tags },
		place: func(g types.SecurityGroup) Place {
			return Place{VPCs: []string{aws.ToString(g.VpcId)}, Purpose: purposeOf(g)}
		},
		given: []given[types.SecurityGroup]{{"outbound rule", anywhere, outbound, true}},
	}
}

func (k securityGroup) observe(ctx context.Context, env Env, wants []want[SecurityGroup]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "group-id", v.id, describeSecurityGroups(env.EC2))
	return v.match(env, wants, seen), err
}

func (securityGroup) create(ctx context.Context, env Env, w want[SecurityGroup]) (Observation, error) {
	var api securityGroupAPI = env.EC2
	out, err := api.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{
		VpcId:             aws.String(w.set.VPC.String()),
		GroupName:         aws.String(env.uniqueName(w.Key)),
		Description:       aws.String(w.set.Description),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeSecurityGroup),
	})
	if err != nil {
		return Observation{}, codes{create: unseenVPC}.taken(err)
	}
	return Observation{ID: aws.ToString(out.GroupId), Token: w.Token}, nil
}

func (securityGroup) remove(ctx context.Context, env Env, w want[SecurityGroup]) error {
	var api securityGroupAPI = env.EC2
	_, err := api.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: aws.String(w.ID)})
	return hangingOn(ctx, env, w.ID, onSecurityGroup, codes{}.removed(err))
}

func describeSecurityGroups(api ec2.DescribeSecurityGroupsAPIClient) fetch[types.SecurityGroup] {
	return func(ctx context.Context, by []types.Filter) ([]types.SecurityGroup, error) {
		p := ec2.NewDescribeSecurityGroupsPaginator(api, &ec2.DescribeSecurityGroupsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeSecurityGroupsOutput) []types.SecurityGroup { return o.SecurityGroups })
	}
}
