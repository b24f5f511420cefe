package steps

import (
	"context"

	"vpclink/waiters"
	"vpclink/words"
)

// Quota is one of AWS's limits that a plan can meet (aws-facts §1.4).
type Quota struct {
	Service, Code string     // as Service Quotas has them
	Kind          string     // what is counted
	What          words.Text // in a sentence: "VPCs in a region"
	Here          words.Text // a format for the same in a region of that name; "" for a limit that is not the region's
	// In are the settings that name the one thing that may have so many; nil for a limit of the region.
	In []string
}

// Quotas are the limits that are looked at before anything is made.
var Quotas = []Quota{
	{Service: "vpc", Code: "L-F678F1CE", Kind: KindVPC, What: "VPCs in a region", Here: "VPCs in %s"},
	{Service: "vpc", Code: "L-A4707A72", Kind: KindInternetGateway, What: "internet gateways in a region", Here: "internet gateways in %s"},
	{Service: "ec2", Code: "L-0263D0A3", Kind: KindElasticIP, What: "Elastic IPs in a region", Here: "Elastic IPs in %s"},
	{Service: "ec2", Code: "L-A2478D36", Kind: KindTransitGateway, What: "transit gateways in a region", Here: "transit gateways in %s"},
	{Service: "elasticloadbalancing", Code: "L-69A177A2", Kind: KindNLB, What: "network load balancers in a region", Here: "network load balancers in %s"},
	{Service: "vpc", Code: "L-0EA8095F", Kind: KindSecurityGroupRule, What: "inbound rules in a security group", In: []string{"group"}},
	{Service: "vpc", Code: "L-2AFB9258", Kind: KindInterfaceGroup, What: "security groups on a network interface", In: []string{"instance"}},
	{Service: "vpc", Code: "L-93826ACB", Kind: KindRoute, What: "routes in a route table", In: []string{"route_table"}},
	{Service: "ec2", Code: "L-E0233F82", Kind: KindTGWAttachment, What: "attachments to a transit gateway", In: []string{"gateway"}},
	{Service: "vpc", Code: "L-7E9ECCDB", Kind: KindVPCPeering, What: "peering connections of a VPC", In: []string{"requester", "accepter"}},
	{Service: "vpc", Code: "L-29B6F2EB", Kind: KindVPCEndpoint, What: "interface endpoints in a VPC", In: []string{"vpc"}},
}

// Had counts what the account has in the region of a kind that a quota of the region is about, whoever made it; the
// default VPC and its gateway count.
func Had(ctx context.Context, env Env, kind string) (int, error) {
	switch kind {
	case KindVPC:
		list, err := describeVPCs(env.EC2)(ctx, nil)
		return len(list), err
	case KindInternetGateway:
		list, err := describeInternetGateways(env.EC2)(ctx, nil)
		return len(list), err
	case KindElasticIP:
		list, err := describeAddresses(env)(ctx, nil)
		return len(list), err
	case KindTransitGateway:
		list, err := transitGateway{}.fetch(env)(ctx, nil)
		life, n := transitGateway{}.life(), 0
		for _, g := range list {
			if life.Stage(string(g.State)) != waiters.StageGone {
				n++
			}
		}
		return n, err
	case KindNLB:
		list, err := describeLoadBalancers(ctx, env.ELB)
		return len(list), err
	}
	return 0, nil
}
