package sim

import "github.com/aws/aws-sdk-go-v2/service/ec2"

var internetLinkActions = []handler{
	action("AttachInternetGateway", changing, (*call).attachInternetGateway),
	action("DetachInternetGateway", changing, (*call).detachInternetGateway),
}

// internetLink is the attachment of an internet gateway, which is its parent, to a VPC. AWS gives it no ID.
type internetLink struct {
	thing
	gateway *internetGateway
	vpc     string
}

func internetLinkID(gateway, vpc string) string { return gateway + "|" + vpc }

// attachInternetGateway: a VPC has one gateway, a gateway one VPC (aws-facts §1.3).
func (c *call) attachInternetGateway(in *ec2.AttachInternetGatewayInput) (*ec2.AttachInternetGatewayOutput, error) {
	g, v, err := c.gatewayAndVPC(in.InternetGatewayId, in.VpcId)
	if err != nil {
		return nil, err
	}
	if l := c.internetLinkOf(g); l != nil {
		return nil, fail("Resource.AlreadyAssociated", "resource %s is already attached to network %s", g.id, l.vpc)
	}
	if c.gatewayOf(v.id) != nil {
		return nil, invalid("Network %s already has an internet gateway attached", v.id)
	}
	l := &internetLink{thing: c.born(kindInternetLink, g.id, nil), gateway: g, vpc: v.id}
	l.id = internetLinkID(g.id, v.id)
	c.internetLinks.add(c.region, l)
	return &ec2.AttachInternetGatewayOutput{}, nil
}

// detachInternetGateway is refused as long as an address of the VPC is mapped, also by an instance that is shutting
// down (aws-facts §2.10).
func (c *call) detachInternetGateway(in *ec2.DetachInternetGatewayInput) (*ec2.DetachInternetGatewayOutput, error) {
	g, v, err := c.gatewayAndVPC(in.InternetGatewayId, in.VpcId)
	if err != nil {
		return nil, err
	}
	l := c.internetLinkOf(g)
	if l == nil || l.vpc != v.id {
		return nil, fail("Gateway.NotAttached", "resource %s is not attached to network %s", g.id, v.id)
	}
	if len(c.interfaces.holding(c, func(n *netInterface) bool { return n.vpc == v.id && n.mapped() })) > 0 {
		return nil, dependency("Network %s has some mapped public address(es). "+
			"Please unmap those public address(es) before detaching the gateway.", v.id)
	}
	c.leave(&l.thing)
	return &ec2.DetachInternetGatewayOutput{}, nil
}

func (c *call) gatewayAndVPC(gateway, vpcID *string) (*internetGateway, *vpc, error) {
	g, err := c.internetGates.use(c, kindInternetGateway, gateway)
	if err != nil {
		return nil, nil, err
	}
	v, err := c.vpcs.use(c, kindVPC, vpcID)
	return g, v, err
}

// internetLinkOf is a gateway's attachment as AWS itself knows it, whatever reads show yet or still; nil when it has none.
func (c *call) internetLinkOf(g *internetGateway) *internetLink {
	return firstLink(c.internetLinks.in(g.id).standing(c, all))
}

// gatewayOf is the same by the VPC.
func (c *call) gatewayOf(vpc string) *internetLink {
	return firstLink(c.internetLinks.standing(c, func(l *internetLink) bool { return l.vpc == vpc }))
}

func firstLink(list []*internetLink) *internetLink {
	if len(list) > 0 {
		return list[0]
	}
	return nil
}

// internetLinksOf lists what reads show of a gateway's attachment. One made anew while the former is still shown takes
// its place.
func (c *call) internetLinksOf(g *internetGateway) []*internetLink {
	list := c.internetLinks.in(g.id).seen(c)
	return list[max(0, len(list)-1):]
}
