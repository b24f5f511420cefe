package steps

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Found is something at AWS that carries our lineage.
type Found struct {
	Kind string
	Observation
}

// Discover returns all that carries the stack's lineage, in the order in which it can be deleted. What AWS keeps no
// tags of is not among it, nor are rules, which go with their group. Things that are as good as gone are.
func Discover(ctx context.Context, env Env) ([]Found, error) {
	byLineage := []types.Filter{filter("tag:"+TagLineage, env.Stack.Lineage)}
	var all []Found
	for _, d := range []struct {
		kind string
		find func() ([]Observation, error)
	}{
		{KindInstance, func() ([]Observation, error) {
			return discover(ctx, env, instance{}.view(), instance{}.fetch(env), byLineage)
		}},
		// No tag filter is documented for these three (aws-facts §1.1), so all are looked at.
		{KindTGWAttachment, func() ([]Observation, error) {
			return discover(ctx, env, tgwAttachment{}.view(), tgwAttachment{}.fetch(env), nil)
		}},
		{KindTGWRouteTable, func() ([]Observation, error) {
			return discover(ctx, env, tgwRouteTable{}.view(), tgwRouteTable{}.fetch(env), nil)
		}},
		{KindTransitGateway, func() ([]Observation, error) {
			return discover(ctx, env, transitGateway{}.view(), transitGateway{}.fetch(env), nil)
		}},
		{KindSecurityGroup, func() ([]Observation, error) {
			return discover(ctx, env, securityGroup{}.view(), describeSecurityGroups(env.EC2), byLineage)
		}},
		// Before the tables: the associations, which carry no tags, go with the subnets.
		{KindSubnet, func() ([]Observation, error) {
			return discover(ctx, env, subnet{}.view(), describeSubnets(env.EC2), byLineage)
		}},
		{KindRouteTable, func() ([]Observation, error) {
			return discover(ctx, env, routeTable{}.view(), describeRouteTables(env.EC2), byLineage)
		}},
		{KindVPC, func() ([]Observation, error) { return discover(ctx, env, vpc{}.view(), vpc{}.fetch(env), byLineage) }},
	} {
		found, err := d.find()
		if err != nil {
			return nil, fmt.Errorf("looking for %s by tags: %w", d.kind, err)
		}
		for _, o := range found {
			all = append(all, Found{d.kind, o})
		}
	}
	return all, nil
}

func discover[S, T any](ctx context.Context, env Env, v view[S, T], see fetch[T], by []types.Filter) ([]Observation, error) {
	seen, err := see(ctx, by)
	var list []Observation
	for _, t := range seen {
		key := env.owner(v.tags(t))
		if key == "" {
			continue
		}
		o := Observation{Key: key, ID: v.id(t), Ours: true, Token: tag(v.tags(t), TagToken), State: v.stateOf(t)}
		list = append(list, o)
	}
	return list, err
}
