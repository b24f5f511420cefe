package sim_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"vpclink/sim"
)

func TestFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := sim.New(sim.Options{})
		ctx := t.Context()
		c := ec2In(w, "000000000000", tokyo)
		id, err := stsIn(w, "123456789012", tokyo).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err != nil || *id.Account != "123456789012" {
			t.Fatal(err, id)
		}
		v, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16"), TagSpecifications: []types.TagSpecification{{ResourceType: "vpc", Tags: []types.Tag{{Key: new("Name"), Value: new("a")}}}}})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(*v.Vpc.VpcId, v.Vpc.State, *v.Vpc.Tags[0].Key)
		_, err = c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{*v.Vpc.VpcId}})
		t.Log(err)
		time.Sleep(2 * time.Second)
		d, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range d.Vpcs {
			t.Log(*v.VpcId, *v.CidrBlock, v.State, *v.IsDefault)
		}
		g, err := c.CreateTransitGateway(ctx, &ec2.CreateTransitGatewayInput{})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(*g.TransitGateway.TransitGatewayId, g.TransitGateway.State, g.TransitGateway.CreationTime)
		for _, o := range w.Objects() {
			t.Logf("%+v", o)
		}
		t.Logf("%+v", w.Calls())
		t.Log(w.Changes(), len(w.Furniture()))
	})
}

var _ = context.Background
