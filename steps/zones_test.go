package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func TestZones(t *testing.T) {
	offer := func(instance, zone string) types.InstanceTypeOffering {
		return types.InstanceTypeOffering{InstanceType: types.InstanceType(instance), Location: &zone}
	}
	aws := &account{}
	aws.offers.things = []types.InstanceTypeOffering{
		offer("t3.medium", "apne1-az4"), offer("t3.medium", "apne1-az1"), offer("t3.micro", "apne1-az2"), offer("t3.medium", "apne1-az4"),
	}
	got, err := Zones(t.Context(), here(aws), "t3.medium")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "each zone that offers the type once, in order", []string{"apne1-az1", "apne1-az4"}, got)
	same(t, "the type asked for", []string{"instance-type=t3.medium"}, aws.offers.asked)

	_, err = Zones(t.Context(), here(aws), "t3.enormous")
	if err == nil || !strings.Contains(err.Error(), "no availability zone of ap-northeast-1 offers t3.enormous") {
		t.Errorf("want it said that no zone offers the type, got %v", err)
	}
	aws.offers.err = refused("DescribeInstanceTypeOfferings", "UnauthorizedOperation")
	if _, err = Zones(t.Context(), here(aws), "t3.medium"); !errors.Is(err, aws.offers.err) {
		t.Errorf("want AWS's answer handed on, got %v", err)
	}
}
