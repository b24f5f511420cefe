package sim_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
)

// What a client sees of each fault, and whether the call took effect (aws-facts §4.4).
func TestFaults(t *testing.T) {
	for _, row := range []struct {
		fault  sim.Fault
		code   string // of the first try; "" for none
		broken bool   // the connection breaks
		effect bool
	}{
		{sim.Fault{Kind: sim.LostAnswer}, "", true, true},
		{sim.Fault{Kind: sim.ErrorAfter}, "InternalError", false, true},
		{sim.Fault{Kind: sim.ErrorAfter, Status: 503}, "Unavailable", false, true},
		{sim.Fault{Kind: sim.ErrorBefore}, "InternalError", false, false},
		{sim.Fault{Kind: sim.ErrorBefore, Status: 503}, "Unavailable", false, false},
		{sim.Fault{Kind: sim.Refuse, Code: "InsufficientInstanceCapacity"}, "InsufficientInstanceCapacity", false, false},
		{sim.Fault{Kind: sim.Throttle}, "RequestLimitExceeded", false, false},
	} {
		t.Run(string(row.fault.Kind), func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
				w.Inject(row.fault)
				_, err := a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
				if row.broken != errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("that the connection breaks should be %t, but the error is %v", row.broken, err)
				}
				if !row.broken {
					wantCode(t, err, row.code, "a call under the fault")
				}
				if have := len(w.Objects()) == 1; have != row.effect {
					t.Errorf("that the call took effect should be %t", row.effect)
				}
				last := w.Calls()[len(w.Calls())-1]
				if last.Fault != string(row.fault.Kind) || (last.N != 0) != row.effect {
					t.Errorf("the log should name the fault, and number what took effect, not say %+v", last)
				}
				_, err = a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.1.0.0/16")})
				wantCode(t, err, "", "the call after the fault")
			})
		})
	}
}

// Which call is struck.
func TestWhichCallAFaultStrikes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		create := func() string {
			_, err := a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
			return code(err)
		}
		gateway := func() string {
			_, err := a.CreateTransitGateway(t.Context(), &ec2.CreateTransitGatewayInput{})
			return code(err)
		}
		describe := func() string {
			_, err := a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
			return code(err)
		}
		w.Inject(sim.Fault{Kind: sim.Throttle, Action: "CreateVpc", Nth: 2, Times: 2})
		w.Inject(sim.Fault{Kind: sim.ErrorBefore, Action: "DescribeVpcs"})
		for i, step := range []struct {
			call func() string
			want string
		}{
			{create, ""},
			{gateway, ""},
			{create, "RequestLimitExceeded"},
			{describe, "InternalError"},
			{gateway, ""},
			{create, "RequestLimitExceeded"},
			{create, ""},
			{describe, ""},
		} {
			if have := step.call(); have != step.want {
				t.Errorf("call %d should end with %q, not %q", i+1, step.want, have)
			}
		}
		w.Inject(sim.Fault{Kind: sim.Throttle, Nth: 2})
		if have := []string{create(), describe(), gateway(), create()}; have[0]+have[1]+have[3] != "" || have[2] != "RequestLimitExceeded" {
			t.Errorf("without an action the second changing call should be struck, reads left aside, not %q", have)
		}
	})
}

// A late answer: the call takes effect at once, and the client may not want to wait.
func TestDelay(t *testing.T) {
	story(t, sim.Options{Speed: 60}, func(t *testing.T, w *sim.World, a account) {
		w.Inject(sim.Fault{Kind: sim.Delay, Duration: time.Minute, Times: 2})
		start := time.Now()
		_, err := a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
		if took := time.Since(start); err != nil || took != time.Second {
			t.Errorf("a minute of the world at speed 60 should take a second, not %v, %v", took, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		_, err = a.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.1.0.0/16")})
		if !errors.Is(err, context.DeadlineExceeded) || len(w.Objects()) != 2 {
			t.Errorf("a client that leaves should get its deadline, and the call should have taken effect: %v, %d VPCs", err, len(w.Objects()))
		}
		_, err = a.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.2.0.0/16")})
		if !errors.Is(err, context.DeadlineExceeded) || len(w.Objects()) != 2 {
			t.Errorf("a call whose context has ended should have no effect: %v, %d VPCs", err, len(w.Objects()))
		}
	})
}

func TestHideAndFail(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		w.Inject(sim.Fault{Kind: sim.Hide, Action: "CreateVpc", Duration: time.Minute})
		out, err := a.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
		a.fatal(err)
		watch(t, a, "a hidden VPC", vpcState(*out.Vpc.VpcId), moment{time.Minute - 1, "InvalidVpcID.NotFound"}, moment{time.Minute, "available"})

		w.Inject(sim.Fault{Kind: sim.Fail, Action: "CreateSubnet"})
		failed := a.subnet(*out.Vpc.VpcId, "10.0.0.0/24")
		watch(t, a, "a subnet that fails", subnetState(failed), moment{time.Second, "failed"})
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &failed})
		a.fatal(err)

		subnet, gateway := a.subnet(*out.Vpc.VpcId, "10.0.1.0/24"), a.gateway(nil)
		w.Inject(sim.Fault{Kind: sim.Fail, Action: "CreateTransitGatewayVpcAttachment"})
		attachment := a.attach(gateway, *out.Vpc.VpcId, subnet)
		watch(t, a, "an attachment that fails", attachmentState(attachment), moment{time.Second, "failed"})
		if have := kinds(w.Furniture())["tgw-association"]; have != 0 {
			t.Error("an attachment that fails should not be associated by default")
		}
		_, err = a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachment})
		wantCode(t, err, "", "deleting a failed attachment")
	})
}

// The hooks see every changing call that is executed, and can cut it off.
func TestHooks(t *testing.T) {
	dead := errors.New("killed")
	var before, after []sim.Call
	var kill bool
	opts := sim.Options{
		Before: func(c sim.Call) error {
			before = append(before, c)
			if kill {
				return dead
			}
			return nil
		},
		After: func(c sim.Call) error {
			after = append(after, c)
			if c.N == 2 {
				return dead
			}
			return nil
		},
	}
	story(t, opts, func(t *testing.T, w *sim.World, a account) {
		create := func() error {
			_, err := a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
			return err
		}
		wantCode(t, create(), "", "a call that the hooks let through")
		if err := create(); !errors.Is(err, dead) || w.Changes() != 2 {
			t.Errorf("After should break the connection when the call has taken effect: %v, %d calls", err, w.Changes())
		}
		kill = true
		if err := create(); !errors.Is(err, dead) || w.Changes() != 2 {
			t.Errorf("Before should break the connection without effect: %v, %d calls", err, w.Changes())
		}
		_, err := a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
		wantCode(t, err, "", "a read, which has no hooks")
		if len(before) != 3 || len(after) != 2 || before[1].N != 2 || after[1].N != 2 || after[1].RequestID == "" || before[0].Action != "CreateVpc" {
			t.Errorf("the hooks should have seen three calls and two, not %+v and %+v", before, after)
		}
	})
}
