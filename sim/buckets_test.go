package sim_test

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
)

// The request buckets of aws-facts §4.1: how many calls go through at once, and how many more after a second.
func TestBuckets(t *testing.T) {
	type call func(context.Context, *ec2.Client) error
	describeAll := func(ctx context.Context, c *ec2.Client) error {
		_, err := c.DescribeInstances(ctx, &ec2.DescribeInstancesInput{})
		return err
	}
	for _, row := range []struct {
		what         string
		call         call
		once, second int
	}{
		{"a describe", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{})
			return err
		}, 100, 20},
		{"a describe of instances without filter or page", describeAll, 50, 10},
		{"a describe of instances by ID alone", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.DescribeInstances(ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{"i-" + none}})
			return unless(err, "InvalidInstanceID.NotFound")
		}, 50, 10},
		{"a describe of instances with a filter", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: filter("vpc-id", "x")})
			return err
		}, 100, 20},
		{"a change", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: new("vpc-" + none)})
			return unless(err, "InvalidVpcID.NotFound")
		}, 50, 5},
		{"RunInstances", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.RunInstances(ctx, launch("subnet-"+none, "sg-"+none, linux, "t"))
			return unless(err, "InvalidSubnetID.NotFound")
		}, 5, 2},
		{"TerminateInstances", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{"i-" + none}})
			return unless(err, "InvalidInstanceID.NotFound")
		}, 100, 5},
		{"StartInstances", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.StartInstances(ctx, &ec2.StartInstancesInput{InstanceIds: []string{"i-" + none}})
			return unless(err, "InvalidInstanceID.NotFound")
		}, 5, 2},
		{"DeleteTags", func(ctx context.Context, c *ec2.Client) error {
			_, err := c.DeleteTags(ctx, &ec2.DeleteTagsInput{Resources: []string{"vpc-" + none}})
			return unless(err, "InvalidVpcID.NotFound")
		}, 100, 10},
	} {
		t.Run(row.what, func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
				through := func() int {
					for n := 0; ; n++ {
						err := row.call(t.Context(), a.Client)
						if code(err) == "RequestLimitExceeded" {
							return n
						}
						a.fatal(err)
					}
				}
				if have := through(); have != row.once {
					t.Errorf("%s should go through %d times at once, not %d", row.what, row.once, have)
				}
				pass(time.Second)
				if have := through(); have != row.second {
					t.Errorf("%s should go through %d times more after a second, not %d", row.what, row.second, have)
				}
			})
		})
	}
}

// Instances take tokens of their own beside the call's.
func TestInstancesTakeTokens(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		in := launch("subnet-"+none, "sg-"+none, linux, "t")
		in.MaxCount = new(int32(600))
		for _, want := range []string{"InvalidSubnetID.NotFound", "RequestLimitExceeded"} {
			_, err := a.RunInstances(t.Context(), in)
			wantCode(t, err, want, "asking for 600 instances of the 1000 that may be asked for at once")
		}
	})
}

// Accounts, regions and actions have buckets of their own.
func TestBucketsAreApart(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		drain := func(c *ec2.Client) {
			for {
				if _, err := c.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{}); code(err) == "RequestLimitExceeded" {
					return
				}
			}
		}
		drain(a.Client)
		for what, c := range map[string]*ec2.Client{"another account": ec2In(w, "111111111111", tokyo), "another region": ec2In(w, sim.DefaultAccount, "us-east-1")} {
			_, err := c.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
			wantCode(t, err, "", "a call in "+what)
		}
		_, err := a.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{})
		wantCode(t, err, "", "another action")
	})
}

func TestNoLimits(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		for range 500 {
			_, err := a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
			a.fatal(err)
		}
	})
}

// unless is the error, nil when it has the code.
func unless(err error, expected string) error {
	if code(err) == expected {
		return nil
	}
	return err
}
