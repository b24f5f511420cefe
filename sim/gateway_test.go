package sim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// Attachments and tables are taken only by a gateway that is available (aws-facts §2.20, §7.7).
func TestAPendingGatewayTakesNothing(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet := a.subnet(vpc, "10.0.0.0/24")
		g, err := a.CreateTransitGateway(ctx, &ec2.CreateTransitGatewayInput{Options: off})
		a.fatal(err)
		pass(70 * s)
		_, err = a.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: g.TransitGateway.TransitGatewayId, VpcId: &vpc, SubnetIds: []string{subnet}})
		wantCode(t, err, "IncorrectState", "attaching to a pending gateway")
		_, err = a.CreateTransitGatewayRouteTable(ctx, &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: g.TransitGateway.TransitGatewayId})
		wantCode(t, err, "IncorrectState", "a route table of a pending gateway")
		_, err = a.DeleteTransitGateway(ctx, &ec2.DeleteTransitGatewayInput{TransitGatewayId: g.TransitGateway.TransitGatewayId})
		wantCode(t, err, "IncorrectState", "deleting a pending gateway")
	})
}

// A pending attachment takes no association, no propagation and no delete (aws-facts §1.3).
func TestAPendingAttachmentTakesNothing(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, table := a.subnet(vpc, "10.0.0.0/24"), a.routeTable(vpc)
		gateway := a.gateway(off)
		gt := a.gatewayTable(gateway)
		out, err := a.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: &gateway, VpcId: &vpc, SubnetIds: []string{subnet}})
		a.fatal(err)
		id := out.TransitGatewayVpcAttachment.TransitGatewayAttachmentId
		pass(50 * s)
		_, err = a.AssociateTransitGatewayRouteTable(ctx, &ec2.AssociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &gt, TransitGatewayAttachmentId: id})
		wantCode(t, err, "IncorrectState", "associating a pending attachment")
		_, err = a.EnableTransitGatewayRouteTablePropagation(ctx, &ec2.EnableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &gt, TransitGatewayAttachmentId: id})
		wantCode(t, err, "IncorrectState", "propagating a pending attachment")
		_, err = a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: id})
		wantCode(t, err, "IncorrectState", "deleting a pending attachment")
		// hashicorp/terraform-provider-aws#9222, #10025: AWS denies the gateway itself until then.
		_, err = a.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &table, DestinationCidrBlock: new("10.1.0.0/16"), TransitGatewayId: &gateway})
		wantCode(t, err, "InvalidTransitGatewayID.NotFound", "a route to a gateway whose attachment is pending")
		pass(50 * s)
		a.route(table, "10.1.0.0/16", gateway)
	})
}

// After its last attachment is deleted a gateway goes on for a while to say IncorrectState (aws-facts §7.7).
func TestAGatewayRefusesItsDeleteForAWhile(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet := a.subnet(vpc, "10.0.0.0/24")
		gateway := a.gateway(off)
		attachment := a.attach(gateway, vpc, subnet)
		_, err := a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachment})
		a.fatal(err)
		remove := func() error {
			_, err := a.DeleteTransitGateway(ctx, &ec2.DeleteTransitGatewayInput{TransitGatewayId: &gateway})
			return err
		}
		pass(70*s - 1)
		wantCode(t, remove(), "IncorrectState", "deleting a gateway whose attachment is being deleted")
		pass(1)
		if have := attachmentState(attachment)(ctx, a.Client); have != "deleted" {
			t.Fatalf("the attachment should be deleted by now, but is %s", have)
		}
		wantCode(t, remove(), "IncorrectState", "deleting a gateway right after its last attachment went")
		pass(20*s - 1)
		wantCode(t, remove(), "IncorrectState", "deleting a gateway 20 s after its last attachment went, less a moment")
		pass(1)
		i := slices.IndexFunc(w.Objects(), func(o sim.Object) bool { return o.ID == gateway })
		if accept := w.Objects()[i].Accept; !accept.Equal(w.Now()) {
			t.Errorf("Objects should say that the delete is taken from now (%v) on, not from %v", w.Now(), accept)
		}
		wantCode(t, remove(), "", "deleting a gateway 20 s after its last attachment went")
		watch(t, a, "a gateway", gatewayState(gateway), moment{0, "deleting"}, moment{96 * s, "deleted"}, moment{96*s + time.Hour, "InvalidTransitGatewayID.NotFound"})
	})
}

// Routes to a gateway stay when the attachment goes, as blackholes (aws-facts §7.9).
func TestRoutesOfADeletedAttachmentAreBlackholes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		_, err := a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &l.a.attachment})
		a.fatal(err)
		watch(t, a, "a route of the attachment's VPC", routeState(l.a.table, l.b.cidr), moment{0, "blackhole"}, moment{2 * time.Hour, "blackhole"})
		watch(t, a, "a route of the other VPC", routeState(l.b.table, l.a.cidr), moment{0, "active"})
		watch(t, a, "the association", associationState(l.table, l.a.attachment), moment{0, "absent"})
	})
}

// The default options associate and propagate every attachment (aws-facts §0.12).
func TestDefaultAssociationAndPropagation(t *testing.T) {
	for _, row := range []struct {
		name                   string
		options                *types.TransitGatewayRequestOptions
		associates, propagates bool
	}{
		{"nothing asked for", nil, true, true},
		{"both disabled", off, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
				vpc := a.vpc("a", "10.0.0.0/16")
				subnet := a.subnet(vpc, "10.0.0.0/24")
				gateway := a.gateway(row.options)
				attachment := a.attach(gateway, vpc, subnet)
				pass(time.Minute)
				tables, err := a.DescribeTransitGatewayRouteTables(t.Context(), &ec2.DescribeTransitGatewayRouteTablesInput{Filters: filter("transit-gateway-id", gateway)})
				a.fatal(err)
				if have := len(tables.TransitGatewayRouteTables) == 1; have != row.associates {
					t.Fatalf("that there is a default table should be %t", row.associates)
				}
				all, err := a.DescribeTransitGatewayAttachments(t.Context(), &ec2.DescribeTransitGatewayAttachmentsInput{TransitGatewayAttachmentIds: []string{attachment}})
				a.fatal(err)
				if have := all.TransitGatewayAttachments[0].Association != nil; have != row.associates {
					t.Errorf("that the attachment is associated should be %t", row.associates)
				}
				if !row.propagates {
					return
				}
				table := *tables.TransitGatewayRouteTables[0].TransitGatewayRouteTableId
				watch(t, a, "the default propagation", propagationState(table, attachment), moment{0, "enabled"})
				_, err = a.DeleteTransitGatewayRouteTable(t.Context(), &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &table})
				wantCode(t, err, "IncorrectState", "deleting the default table")
			})
		})
	}
}

// The routes of a gateway's table are those of the propagations that are enabled; of two VPCs with one block the
// second is left out (aws-facts §2.22).
func TestPropagatedRoutes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.lab()
		twin := a.vpc("twin", l.a.cidr)
		a.propagate(l.table, a.attach(l.gateway, twin, a.subnet(twin, "10.0.0.0/24")))
		search := func(filters []types.Filter) []string {
			out, err := a.SearchTransitGatewayRoutes(t.Context(), &ec2.SearchTransitGatewayRoutesInput{TransitGatewayRouteTableId: &l.table, Filters: filters})
			a.fatal(err)
			have := []string{}
			for _, r := range out.Routes {
				have = append(have, *r.DestinationCidrBlock+" "+string(r.State)+" "+*r.TransitGatewayAttachments[0].ResourceId)
			}
			return have
		}
		toA, toB := l.a.cidr+" active "+l.a.vpc, l.b.cidr+" active "+l.b.vpc
		for _, row := range []struct {
			filters []types.Filter
			want    []string
		}{
			{filter("type", "propagated"), []string{toA, toB}},
			{filter("type", "static"), []string{}},
			{filter("state", "active", "blackhole"), []string{toA, toB}},
			{filter("route-search.exact-match", l.b.cidr), []string{toB}},
			{filter("route-search.exact-match", "10.0.0.0/8"), []string{}},
			{filter("route-search.subnet-of-match", "10.0.0.0/8"), []string{toA, toB}},
			{filter("route-search.supernet-of-match", "10.1.2.0/24"), []string{toB}},
			{filter("route-search.longest-prefix-match", "10.0.0.10"), []string{toA}},
			{filter("attachment.resource-id", l.a.vpc), []string{toA}},
			{filter("attachment.transit-gateway-attachment-id", l.b.attachment), []string{toB}},
		} {
			if diff := cmp.Diff(row.want, search(row.filters)); diff != "" {
				t.Errorf("a search by %s %v finds other routes (-want +have):\n%s", *row.filters[0].Name, row.filters[0].Values, diff)
			}
		}
	})
}

// An attachment has an interface of AWS's own in each subnet, which takes an address (aws-facts §7.4).
func TestAttachmentInterfaces(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		first, second := a.subnet(vpc, "10.0.0.0/28"), a.subnet(vpc, "10.0.1.0/28")
		gateway := a.gateway(off)
		_, err := a.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: &gateway, VpcId: &vpc, SubnetIds: []string{first, second}})
		wantCode(t, err, "DuplicateSubnetsInSameZone", "attaching by two subnets of one zone")
		attachment := a.attach(gateway, vpc, first)
		cards, err := a.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("vpc-id", vpc)})
		a.fatal(err)
		if n := cards.NetworkInterfaces; len(n) != 1 || n[0].InterfaceType != "transit_gateway" || !*n[0].RequesterManaged || n[0].Status != "in-use" || len(n[0].Groups) != 0 {
			t.Errorf("the attachment should have one interface of AWS's own, without groups, not %+v", n)
		}
		subnets, err := a.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{first, second}})
		a.fatal(err)
		if have := *subnets.Subnets[0].AvailableIpAddressCount; have != 10 {
			t.Errorf("a /28 has 16 addresses less 5 of AWS's and 1 of the attachment, so 10, not %d", have)
		}
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &first})
		wantCode(t, err, "DependencyViolation", "deleting a subnet that an attachment uses")
		_, err = a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachment})
		a.fatal(err)
		pass(70 * s)
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &first})
		wantCode(t, err, "", "deleting a subnet when the attachment's interface is gone")
	})
}

// wantCode fails unless the error has AWS's code, "" for none.
func wantCode(t *testing.T, err error, want, what string) {
	t.Helper()
	if have := code(err); have != want {
		t.Errorf("%s should end with %q, not with %q", what, want, have)
	}
}

func remove(t *testing.T, a account, gateway string) {
	t.Helper()
	_, err := a.DeleteTransitGateway(t.Context(), &ec2.DeleteTransitGatewayInput{TransitGatewayId: &gateway})
	a.fatal(err)
}

func disassociate(t *testing.T, a account, l lab) {
	t.Helper()
	_, err := a.DisassociateTransitGatewayRouteTable(t.Context(), &ec2.DisassociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &l.a.attachment})
	a.fatal(err)
	pass(time.Minute)
}

// What goes along with a gateway's route table and what must go before it (aws-facts §2.22, §3).
func TestTheEndOfAGatewayTable(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		deleteTable := func(id string) error {
			_, err := a.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &id})
			return err
		}
		second := a.gatewayTable(l.gateway)
		a.propagate(second, l.a.attachment)
		wantCode(t, deleteTable(second), "", "deleting a table with a propagation alone")
		wantCode(t, deleteTable(second), "IncorrectState", "deleting a table that is being deleted")
		pass(20 * s)
		wantCode(t, deleteTable(second), "InvalidRouteTableID.NotFound", "deleting a deleted table")
		_, err := a.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{second}, Tags: []types.Tag{{Key: new("x"), Value: new("")}}})
		wantCode(t, err, "InvalidRouteTableID.NotFound", "tags for a deleted table, which is still shown")
		if have := kinds(w.Objects())["tgw-propagation"]; have != 2 {
			t.Errorf("the table's propagation should have gone along, and leave two, not %d", have)
		}

		third := a.gatewayTable(a.gateway(nil))
		_, err = a.AssociateTransitGatewayRouteTable(ctx, &ec2.AssociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &third, TransitGatewayAttachmentId: &l.a.attachment})
		wantCode(t, err, "InvalidParameterValue", "associating a table of another gateway")
		tables, err := a.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{Filters: filter("default-association-route-table", "true")})
		a.fatal(err)
		wantCode(t, deleteTable(*tables.TransitGatewayRouteTables[0].TransitGatewayRouteTableId), "IncorrectState", "deleting a default table")
		_, err = a.DeleteTransitGateway(ctx, &ec2.DeleteTransitGatewayInput{TransitGatewayId: tables.TransitGatewayRouteTables[0].TransitGatewayId})
		wantCode(t, err, "IncorrectState", "deleting a gateway with a route table of one's own")
		wantCode(t, deleteTable(third), "", "deleting that table")
		pass(20 * s)
		remove(t, a, *tables.TransitGatewayRouteTables[0].TransitGatewayId)
	})
}

// Associations and propagations on their way take no other way (aws-facts §1.3).
func TestHalfwayAssociations(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		association := func(attachment string) error {
			_, err := a.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &attachment})
			return err
		}
		propagation := func(attachment string) error {
			_, err := a.DisableTransitGatewayRouteTablePropagation(ctx, &ec2.DisableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &attachment})
			return err
		}
		for _, step := range []struct {
			what, want string
			call       func(string) error
		}{
			{"disassociating", "", association},
			{"disassociating again", "IncorrectState", association},
			{"disabling a propagation", "", propagation},
			{"disabling it again", "IncorrectState", propagation},
		} {
			wantCode(t, step.call(l.a.attachment), step.want, step.what)
		}
		pass(30 * s)
		wantCode(t, association(l.a.attachment), "InvalidAssociation.NotFound", "disassociating what is not associated")
		wantCode(t, propagation(l.a.attachment), "TransitGatewayRouteTablePropagation.NotFound", "disabling what is not there")

		// The attachment's end is theirs too.
		_, err := a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &l.b.attachment})
		a.fatal(err)
		pass(70 * s)
		if have := kinds(w.Objects()); have["tgw-association"]+have["tgw-propagation"] != 0 {
			t.Errorf("with the attachment its association and propagation should be gone, not leave %v", have)
		}
		wantCode(t, association(l.b.attachment), "InvalidTransitGatewayAttachmentID.NotFound", "disassociating a deleted attachment, which is still shown")
	})
}
