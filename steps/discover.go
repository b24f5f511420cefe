package steps

import (
	"context"
	"regexp"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/words"
)

// Found is something at AWS that carries the lineage of a stack.
type Found struct {
	Kind  string
	Stack Stack // as its tags tell it
	Place Place
	Observation
}

// Place is where a thing lies, of kinds that are made in VPCs which are there already: these carry no tags of ours, and
// what lies in them leads to them.
type Place struct {
	VPCs    []string // in the order of the names in its key
	Subnets []string
	Purpose
}

// Discover returns all that carries the stack's lineage and is of these kinds (nil: of any that the target has), in the
// order in which it can be deleted. Without a lineage it is all that carries any. What AWS keeps no tags of is not among it
// (but for the attachments of internet gateways, of Elastic IPs and of groups to interfaces, which nothing else takes
// along), nor are rules, which go with their group. Things that are as good as gone are.
func Discover(ctx context.Context, env Env, kinds []string) ([]Found, error) {
	byLineage := []types.Filter{filter("tag:"+TagLineage, env.Stack.Lineage)}
	if env.Stack.Lineage == "" {
		byLineage = []types.Filter{filter("tag-key", TagLineage)}
	}
	var all []Found
	for _, d := range discoverers {
		if kinds != nil && !slices.Contains(kinds, d.kind) || kinds == nil && Lacks(env.Target, d.kind) != nil {
			continue
		}
		found, err := d.find(ctx, env, byLineage)
		if err != nil {
			return nil, words.Errorf("looking for %s by tags: %w", d.kind, err)
		}
		for _, f := range found {
			if f.Kind = d.kind; f.fits() {
				all = append(all, f)
			}
		}
	}
	return all, nil
}

// ourKeys are what keys of ours are made of.
var ourKeys = regexp.MustCompile(`^[0-9.]+/[a-z-]+/[A-Za-z0-9.:-]+$`)

// fits reports whether the key is one of ours for a thing of this kind. Somebody may have copied our tags to a thing of
// his, of another kind.
func (f Found) fits() bool { return f.Key.Kind() == f.Kind && ourKeys.MatchString(string(f.Key)) }

type find func(ctx context.Context, env Env, byLineage []types.Filter) ([]Found, error)

type discoverer struct {
	kind string
	find find
}

// discoverers find each kind by tags, in the order in which things can be deleted.
var discoverers = []discoverer{
	{KindInstance, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, instance{}.view(), instance{}.fetch(env), by)
	}},
	{KindVPCEndpoint, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, vpcEndpoint{}.view(), endpoints(env), by)
	}},
	{KindEndpointService, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, endpointService{}.view(), describeEndpointServices(env.EC2), by)
	}},
	// ELBv2 has no filters. Its listeners go with the load balancer.
	{KindNLB, func(ctx context.Context, env Env, _ []types.Filter) ([]Found, error) {
		return discover(ctx, env, nlb{}.view(), func(ctx context.Context, _ []types.Filter) ([]taggedNLB, error) { return nlb{}.fetch(ctx, env, nil) }, nil)
	}},
	{KindTargetGroup, func(ctx context.Context, env Env, _ []types.Filter) ([]Found, error) {
		return discover(ctx, env, targetGroup{}.view(), func(ctx context.Context, _ []types.Filter) ([]taggedTargetGroup, error) {
			return targetGroup{}.fetch(ctx, env, nil)
		}, nil)
	}},
	{KindElasticIPAssociation, elasticIPAssociation{}.discover},
	{KindElasticIP, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, elasticIP{}.view(), describeAddresses(env), by)
	}},
	{KindInternetGatewayAttachment, internetGatewayAttachment{}.discover},
	{KindInternetGateway, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, internetGateway{}.view(), describeInternetGateways(env.EC2), by)
	}},
	{KindVPCPeering, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, vpcPeering{}.view(), describeVPCPeerings(env.EC2), by)
	}},
	// No tag filter is documented for these three (aws-facts §1.1), so all are looked at.
	{KindTGWAttachment, func(ctx context.Context, env Env, _ []types.Filter) ([]Found, error) {
		return discover(ctx, env, tgwAttachment{}.view(), tgwAttachment{}.fetch(env), nil)
	}},
	{KindTGWRouteTable, func(ctx context.Context, env Env, _ []types.Filter) ([]Found, error) {
		return discover(ctx, env, tgwRouteTable{}.view(), tgwRouteTable{}.fetch(env), nil)
	}},
	{KindTransitGateway, func(ctx context.Context, env Env, _ []types.Filter) ([]Found, error) {
		return discover(ctx, env, transitGateway{}.view(), transitGateway{}.fetch(env), nil)
	}},
	{KindInterfaceGroup, interfaceGroup{}.discover},
	{KindSecurityGroup, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, securityGroup{}.view(), describeSecurityGroups(env.EC2), by)
	}},
	// Before the tables: the associations, which carry no tags, go with the subnets.
	{KindSubnet, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, subnet{}.view(), describeSubnets(env.EC2), by)
	}},
	{KindRouteTable, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, routeTable{}.view(), describeRouteTables(env.EC2), by)
	}},
	{KindVPC, func(ctx context.Context, env Env, by []types.Filter) ([]Found, error) {
		return discover(ctx, env, vpc{}.view(), describeVPCs(env.EC2), by)
	}},
}

func discover[S, T any](ctx context.Context, env Env, v view[S, T], see fetch[T], by []types.Filter) ([]Found, error) {
	seen, err := see(ctx, by)
	var list []Found
	for _, t := range seen {
		list = env.found(list, v.shown(t))
	}
	return list, err
}

// found adds what carries a lineage that is looked for.
func (e Env) found(list []Found, s shown) []Found {
	key := e.carried(s.tags)
	if key == "" {
		return list
	}
	o := Observation{Key: key, ID: s.id, Ours: true, Token: tag(s.tags, TagToken), State: s.state}
	return append(list, Found{Stack: stackOf(s.tags), Place: s.place, Observation: o})
}

// Rank is the place of a kind in the order in which kinds can be deleted; what carries no tags comes first.
func Rank(kind string) int {
	return 1 + slices.IndexFunc(discoverers, func(d discoverer) bool { return d.kind == kind })
}
