package sim_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// Each switch of a gateway changes alone, is shown, and leaves the attachments that are there as they are.
func TestSwitchesOfATransitGateway(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		gateway := a.gateway(off)
		attachment := a.attach(gateway, n.vpc, n.subnet)
		seen := func() types.TransitGatewayOptions {
			out, err := a.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{TransitGatewayIds: []string{gateway}})
			a.fatal(err)
			return *out.TransitGateways[0].Options
		}
		want, before := seen(), a.attachmentOptions(attachment)
		change := func(o types.ModifyTransitGatewayOptions) error {
			_, err := a.ModifyTransitGateway(ctx, &ec2.ModifyTransitGatewayInput{TransitGatewayId: &gateway, Options: &o})
			return err
		}
		for _, step := range []struct {
			asked types.ModifyTransitGatewayOptions
			then  func()
		}{
			{types.ModifyTransitGatewayOptions{DnsSupport: "disable"}, func() { want.DnsSupport = "disable" }},
			{types.ModifyTransitGatewayOptions{VpnEcmpSupport: "disable"}, func() { want.VpnEcmpSupport = "disable" }},
			{types.ModifyTransitGatewayOptions{AutoAcceptSharedAttachments: "enable"}, func() { want.AutoAcceptSharedAttachments = "enable" }},
			{types.ModifyTransitGatewayOptions{SecurityGroupReferencingSupport: "enable"}, func() { want.SecurityGroupReferencingSupport = "enable" }},
		} {
			a.fatal(change(step.asked))
			step.then()
			if diff := cmp.Diff(want, seen(), ignoreSerde); diff != "" {
				t.Errorf("after %+v the gateway should show just that (-want +have):\n%s", step.asked, diff)
			}
		}
		wantCode(t, change(types.ModifyTransitGatewayOptions{DnsSupport: "on"}), "InvalidParameterValue", "a word that is none of the two")
		wantCode(t, change(types.ModifyTransitGatewayOptions{AmazonSideAsn: new(int64(65000))}), "UnsupportedOperation", "another number")
		if diff := cmp.Diff(before, a.attachmentOptions(attachment), ignoreSerde); diff != "" {
			t.Errorf("the attachment should be as it was (-want +have):\n%s", diff)
		}
		watch(t, a, "a changed gateway", gatewayState(gateway), moment{0, "modifying"}, moment{5 * s, "available"})
	})
}

func TestSwitchesOfAnAttachment(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		attachment := a.attach(a.gateway(off), n.vpc, n.subnet)
		want := a.attachmentOptions(attachment)
		type options = types.ModifyTransitGatewayVpcAttachmentRequestOptions
		change := func(o options) error {
			_, err := a.ModifyTransitGatewayVpcAttachment(t.Context(), &ec2.ModifyTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachment, Options: &o})
			pass(5 * s)
			return err
		}
		for _, step := range []struct {
			asked options
			then  func()
		}{
			{options{DnsSupport: "disable"}, func() { want.DnsSupport = "disable" }},
			{options{ApplianceModeSupport: "enable"}, func() { want.ApplianceModeSupport = "enable" }},
			{options{Ipv6Support: "enable"}, func() { want.Ipv6Support = "enable" }},
			{options{SecurityGroupReferencingSupport: "disable"}, func() { want.SecurityGroupReferencingSupport = "disable" }},
		} {
			a.fatal(change(step.asked))
			step.then()
			if diff := cmp.Diff(want, a.attachmentOptions(attachment), ignoreSerde); diff != "" {
				t.Errorf("after %+v the attachment should show just that (-want +have):\n%s", step.asked, diff)
			}
		}
		wantCode(t, change(options{ApplianceModeSupport: "yes"}), "InvalidParameterValue", "a word that is none of the two")
	})
}

func (a account) attachmentOptions(id string) types.TransitGatewayVpcAttachmentOptions {
	a.t.Helper()
	out, err := a.DescribeTransitGatewayVpcAttachments(a.t.Context(), &ec2.DescribeTransitGatewayVpcAttachmentsInput{TransitGatewayAttachmentIds: []string{id}})
	a.fatal(err)
	return *out.TransitGatewayVpcAttachments[0].Options
}
