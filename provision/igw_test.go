package provision

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// checkInternetGateways holds the account against 1.1.1 to 1.1.3.
func checkInternetGateways(t *testing.T, l *lab, names ...string) {
	t.Helper()
	c := checker{t: t, ctx: t.Context(), api: l.stranger(), l: l, names: names}
	for _, name := range names {
		gateway := c.id(state.Key("1.1.1/internet-gateway/" + name))
		attached := must(c.api.DescribeInternetGateways(c.ctx, &ec2.DescribeInternetGatewaysInput{
			Filters: []types.Filter{by("attachment.vpc-id", c.id(state.Key("0/vpc/"+name)))},
		})).InternetGateways
		if len(attached) != 1 || aws.ToString(attached[0].InternetGatewayId) != gateway {
			t.Errorf("1.1.1: %s's own gateway is attached to it, got %+v", name, attached)
		}
		c.routes(name, "1.1.2", map[string]string{"0.0.0.0/0": gateway})
		c.same("1.1.3: "+name+"'s group admits its peers' public addresses only",
			c.eachBut(name, func(peer string) string { return c.publicAddress(peer) + "/32" }), c.admitted(name))
	}
}

// publicAddress is the public address of a VPC's one running instance.
func (c checker) publicAddress(name string) string {
	instances := c.running(name)
	if len(instances) != 1 || instances[0].PublicIpAddress == nil {
		c.t.Fatalf("1.1.3: %s has one running instance with a public address, got %+v", name, instances)
	}
	return *instances[0].PublicIpAddress
}

func igwStory(t *testing.T, tell func(t *testing.T, l *lab)) {
	t.Helper()
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.pattern, l.stack = InternetGateway(), "igw"
		tell(t, l)
	})
}

func TestBlocksMayOverlapWhereTrafficUsesPublicAddresses(t *testing.T) {
	igwStory(t, func(t *testing.T, l *lab) {
		l.mustUp("a=10.1.0.0/16", "b=10.1.0.0/16")
		checkInternetGateways(t, l, "a", "b")
		l.mustDown()
	})
}

// An instance that was stopped and started has another public address: its peers' rules are made anew, and the old one,
// found by the address it was made with, goes.
func TestARuleFollowsThePublicAddress(t *testing.T) {
	igwStory(t, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		was := *l.id("1.1.3/security-group-rule/a:b")
		must(l.stranger().TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{*l.id("1.1.3/instance/a")}}))
		<-time.After(10 * time.Minute)
		if r := l.mustUp("a", "b"); r.Made != 2 {
			t.Errorf("the instance and the rule that names its address are made again, got %+v", r)
		}
		if *l.id("1.1.3/security-group-rule/a:b") == was {
			t.Error("the rule for the old address is replaced")
		}
		checkInternetGateways(t, l, "a", "b")
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

// A gateway that somebody attached is used and stays; a VPC has one at most.
func TestAGatewayThatIsThereIsAdopted(t *testing.T) {
	igwStory(t, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		ctx, s := t.Context(), l.stranger()
		gateway := l.id("1.1.1/internet-gateway/a")
		rec, _ := l.journal.Record("1.1.1/internet-gateway/a")
		rec.Phase, rec.ID, rec.Owned, rec.Token = state.Gone, "", false, "" // as if it had never been ours
		l.journal.write(rec)
		link, _ := l.journal.Record("1.1.1/internet-gateway-attachment/a")
		link.Phase, link.ID, link.Owned = state.Gone, "", false
		l.journal.write(link)
		must(s.DeleteTags(ctx, &ec2.DeleteTagsInput{Resources: []string{*gateway}}))
		if r := l.mustUp("a", "b"); r.Adopted != 2 || r.Made != 0 {
			t.Errorf("the gateway and its attachment are adopted, got %+v", r)
		}
		result, err := l.down(ctx)
		if err == nil || result.Forgotten != 2 {
			t.Errorf("down leaves both, and so the VPC they hold, got %+v, %v", result, err)
		}
		if !slices.Contains(l.left(), steps.KindInternetGateway+" "+*gateway) {
			t.Errorf("the gateway that is not ours stays, left %v", l.left())
		}
	})
}

func TestAStrangersPublicAddressHoldsTheGateway(t *testing.T) {
	igwStory(t, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		ctx, s := t.Context(), l.stranger()
		run := must(s.RunInstances(ctx, &ec2.RunInstancesInput{
			ImageId: aws.String("ami-0123456789abcdef0"), InstanceType: "t3.micro", MinCount: aws.Int32(1), MaxCount: aws.Int32(1),
			NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{
				DeviceIndex: aws.Int32(0), SubnetId: l.id("0/subnet/a"), AssociatePublicIpAddress: aws.Bool(true),
			}},
		}))
		<-time.After(time.Minute)
		gateway := *l.id("1.1.1/internet-gateway-attachment/a")
		result, err := l.down(ctx)
		if err == nil {
			t.Fatal("down cannot take the gateway away")
		}
		var left []string
		for _, x := range result.Left {
			left = append(left, x.ID)
		}
		if !slices.Contains(left, gateway) {
			t.Errorf("the attachment is left, with the stranger's interface as the reason; left %v: %v", left, err)
		}
		must(s.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{*run.Instances[0].InstanceId}}))
		<-time.After(10 * time.Minute)
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("once it is away, down finishes; left %v", left)
		}
	})
}
