package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/words"
)

// Content is something that lies in a thing: a rule in a group, a route in a table. Its ID is that of its own kind's
// records.
type Content struct {
	Name words.Text // what it is
	ID   string
	Told string // what a person tells it by
}

// Inside returns what lies in the things that these records stand for, by key, whoever put it there; what AWS itself puts into
// a new one is left out. A kind that holds nothing of the sort has nothing inside.
func Inside(ctx context.Context, env Env, kind string, recs []state.Record) (map[state.Key][]Content, error) {
	look, ok := insides[kind]
	if !ok || len(recs) == 0 {
		return nil, nil //nolint:nilnil // nothing lies in it
	}
	var ids []string
	key := map[string]state.Key{}
	for _, rec := range recs {
		ids = append(ids, rec.ID)
		key[rec.ID] = rec.Key
	}
	byID, err := look(ctx, env, ids)
	if err != nil {
		return nil, words.Errorf("looking into %s: %w", kind, err)
	}
	all := map[state.Key][]Content{}
	for id, list := range byID {
		if k, ours := key[id]; ours {
			all[k] = list
		}
	}
	return all, nil
}

// insides look into things of each kind, all in as few calls as a look at them takes.
var insides = map[string]func(ctx context.Context, env Env, ids []string) (map[string][]Content, error){
	KindSecurityGroup: rulesIn, KindRouteTable: routesIn, KindTargetGroup: targetsIn, KindNLB: listenersIn, KindTransitGateway: attachmentsIn,
	KindTGWRouteTable: gatewayRoutesIn, KindEndpointService: connectionsIn,
}

// rulesIn leaves out the rule that lets everything out, which comes with a group.
func rulesIn(ctx context.Context, env Env, groups []string) (map[string][]Content, error) {
	rules, err := fetchBy(ctx, nil, "group-id", groups, securityGroupRule{}.fetch(env))
	all := map[string][]Content{}
	for _, r := range rules {
		group, source := aws.ToString(r.GroupId), ruleSource(r)
		if aws.ToBool(r.IsEgress) && aws.ToString(r.IpProtocol) == allTraffic && (source == anywhere || aws.ToString(r.CidrIpv6) == "::/0") {
			continue
		}
		way := "from"
		if aws.ToBool(r.IsEgress) {
			way = "to"
		}
		all[group] = append(all[group], Content{"rule", aws.ToString(r.SecurityGroupRuleId), fmt.Sprintf("%s (%s %d-%d %s %s)",
			aws.ToString(r.SecurityGroupRuleId), aws.ToString(r.IpProtocol), aws.ToInt32(r.FromPort), aws.ToInt32(r.ToPort), way, source)})
	}
	return all, err
}

// routesIn leaves out the local route. What is associated with a table counts as well.
func routesIn(ctx context.Context, env Env, tables []string) (map[string][]Content, error) {
	list, err := fetchBy(ctx, nil, "route-table-id", tables, describeRouteTables(env.EC2))
	all := map[string][]Content{}
	for _, t := range list {
		id := aws.ToString(t.RouteTableId)
		for _, r := range t.Routes {
			route := tableRoute{r, id}
			if r.Origin != types.RouteOriginCreateRouteTable && route.target() != "local" && r.DestinationCidrBlock != nil {
				all[id] = append(all[id], Content{"route", route.id(), *r.DestinationCidrBlock + " → " + route.target()})
			}
		}
		for _, a := range t.Associations {
			if a.SubnetId != nil {
				all[id] = append(all[id], Content{"association", aws.ToString(a.RouteTableAssociationId), *a.SubnetId})
			}
		}
	}
	return all, err
}

// targetsIn leaves out instances that are stopped or terminated: the latter AWS takes out by itself, after a while.
func targetsIn(ctx context.Context, env Env, groups []string) (map[string][]Content, error) {
	all := map[string][]Content{}
	for _, group := range groups {
		list, err := healths(ctx, env.ELB, []want[Target]{{set: Target{TargetGroup: state.Literal(group)}}}, func(set Target) string { return set.TargetGroup.String() })
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			word, reason := h.state()
			if gone := (target{}).life().Stage(word).Absent(); !gone && !strings.HasPrefix(reason, string(elbtypes.TargetHealthReasonEnumInvalidState)) {
				all[group] = append(all[group], Content{"target", h.id(), fmt.Sprintf("%s:%d", aws.ToString(h.Target.Id), aws.ToInt32(h.Target.Port))})
			}
		}
	}
	return all, nil
}

func listenersIn(ctx context.Context, env Env, nlbs []string) (map[string][]Content, error) {
	all := map[string][]Content{}
	for _, nlb := range nlbs {
		list, err := listenersOf(ctx, env, []want[Listener]{{set: Listener{NLB: state.Literal(nlb)}}})
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			all[nlb] = append(all[nlb], Content{"listener", aws.ToString(l.ListenerArn), fmt.Sprintf("%s %d", l.Protocol, aws.ToInt32(l.Port))})
		}
	}
	return all, nil
}

func attachmentsIn(ctx context.Context, env Env, gateways []string) (map[string][]Content, error) {
	list, err := fetchBy(ctx, nil, "transit-gateway-id", gateways, describeAttachments(env.EC2))
	all := map[string][]Content{}
	for _, a := range list {
		if slices.Contains([]types.TransitGatewayAttachmentState{types.TransitGatewayAttachmentStateDeleted, types.TransitGatewayAttachmentStateRejected, types.TransitGatewayAttachmentStateFailed}, a.State) {
			continue
		}
		gateway, id := aws.ToString(a.TransitGatewayId), aws.ToString(a.TransitGatewayAttachmentId)
		all[gateway] = append(all[gateway], Content{"attachment", id, id + " (" + aws.ToString(a.ResourceId) + ")"})
	}
	return all, err
}

// gatewayRoutesIn are the static routes: those that vpclink has in a gateway's table are all propagated. One answer shows
// a thousand, and says when there are more; the rest stays untold.
func gatewayRoutesIn(ctx context.Context, env Env, tables []string) (map[string][]Content, error) {
	all := map[string][]Content{}
	for _, table := range tables {
		out, err := env.EC2.SearchTransitGatewayRoutes(ctx, &ec2.SearchTransitGatewayRoutesInput{
			TransitGatewayRouteTableId: aws.String(table), Filters: []types.Filter{filter("type", string(types.TransitGatewayRouteTypeStatic))},
		})
		switch {
		case cloud.MeaningOf(err) == cloud.NotFound:
			continue
		case err != nil:
			return nil, err
		}
		for _, r := range out.Routes {
			if r.State == types.TransitGatewayRouteStateDeleting || r.State == types.TransitGatewayRouteStateDeleted {
				continue
			}
			block, told := aws.ToString(r.DestinationCidrBlock), string(r.State)
			if len(r.TransitGatewayAttachments) > 0 {
				told = aws.ToString(r.TransitGatewayAttachments[0].TransitGatewayAttachmentId)
			}
			all[table] = append(all[table], Content{"route", table + "|" + block, block + " → " + told})
		}
	}
	return all, nil
}

// connectionsIn are the endpoints at a service. That of the lab is in the journal.
func connectionsIn(ctx context.Context, env Env, services []string) (map[string][]Content, error) {
	all := map[string][]Content{}
	for _, service := range services {
		open, err := connections(ctx, env.EC2, service)
		if env.Target.Caps != nil && Unclear(err) {
			continue // moto has no list of them, and fails
		}
		if err != nil {
			return nil, err
		}
		for _, id := range open {
			all[service] = append(all[service], Content{"endpoint", id, id})
		}
	}
	return all, nil
}
