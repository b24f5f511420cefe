package cloud

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"
)

var (
	refusedDial = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	reset       = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	untrusted   = &tls.CertificateVerificationError{Err: errors.New("signed by unknown authority")}
	throttle    = coded(http.StatusServiceUnavailable, "RequestLimitExceeded")
	halfAnswer  = answer(http.StatusOK, "<CreateVpcResponse><vpc>")
	proxyPage   = answer(http.StatusBadGateway, "<html>bad gateway</html>")
)

func create(ctx context.Context, c *ec2.Client) error {
	_, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
	return err
}

func describe(ctx context.Context, c *ec2.Client) error {
	_, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{})
	return err
}

// What is sent again: aws-facts §4.4, as a table.
func TestWhatIsSentAgain(t *testing.T) {
	for _, test := range []struct {
		name    string
		call    func(context.Context, *ec2.Client) error
		answers []reply
		sent    int // how often
		want    Answer
		code    string
	}{
		{"create, done", create, []reply{made}, 1, Done, ""},
		{"create, throttled three times", create, []reply{throttle, throttle, throttle, made}, 4, Done, ""},
		{"create, throttled with 429", create, []reply{answer(429, ""), made}, 2, Done, ""},
		{"create, 500", create, []reply{coded(500, "InternalError"), made}, 1, Unclear, "InternalError"},
		{"create, 503", create, []reply{coded(503, "Unavailable"), made}, 1, Unclear, "Unavailable"},
		{"create, a code of AWS's that we do not know, with 500", create, []reply{coded(500, "Odd"), made}, 1, Unclear, "Odd"},
		{"create, a proxy's 502", create, []reply{proxyPage, made}, 1, Unclear, ""},
		{"create, a proxy's 403", create, []reply{answer(403, ""), made}, 1, Unclear, ""},
		{"create, connection reset", create, []reply{broken(reset), made}, 1, Unclear, ""},
		{"create, connection closed", create, []reply{broken(io.ErrUnexpectedEOF), made}, 1, Unclear, ""},
		{"create, answer cut off", create, []reply{halfAnswer, made}, 1, Unclear, ""},
		{"create, never answered", create, []reply{hung, made}, 1, Unclear, ""},
		{"create, connection refused", create, []reply{broken(refusedDial), broken(refusedDial), made}, 3, Done, ""},
		{"create, name not resolved", create, []reply{broken(&net.DNSError{Err: "no such host", IsNotFound: true}), made}, 2, Done, ""},
		{"create, certificate not trusted", create, []reply{broken(untrusted), made}, 1, NotExecuted, ""},
		{"create, over quota", create, []reply{coded(400, "VpcLimitExceeded"), made}, 1, Refused, "VpcLimitExceeded"},
		{"create, an unknown code with 400", create, []reply{coded(400, "Odd"), made}, 1, Refused, "Odd"},
		{"create, no room, with 500", create, []reply{coded(500, "InsufficientInstanceCapacity"), made}, 1, Refused, "InsufficientInstanceCapacity"},
		{"create, dry run", create, []reply{coded(412, "DryRunOperation"), made}, 1, Refused, "DryRunOperation"},

		{"describe, throttled three times", describe, []reply{throttle, throttle, throttle, made}, 4, Done, ""},
		{"describe, 500 four times", describe, slices.Concat(slices.Repeat([]reply{coded(500, "InternalError")}, 4), []reply{made}), 5, Done, ""},
		{"describe, a proxy's 502", describe, []reply{proxyPage, made}, 2, Done, ""},
		{"describe, connection reset", describe, []reply{broken(reset), made}, 2, Done, ""},
		{"describe, answer cut off", describe, []reply{halfAnswer, made}, 2, Done, ""},
		{"describe, never answered", describe, []reply{hung, made}, 2, Done, ""},
		{"describe, connection refused", describe, []reply{broken(refusedDial), made}, 2, Done, ""},
		{"describe, not XML", describe, []reply{answer(200, "<a></b>"), made}, 1, Unclear, ""},
		{"describe, refused", describe, []reply{coded(400, "InvalidVpcID.NotFound"), made}, 1, Refused, "InvalidVpcID.NotFound"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{answers: test.answers}
				err := test.call(t.Context(), connected(t.Context(), t, s).EC2)
				if got := len(s.sent); got != test.sent {
					t.Errorf("want the call sent %d times, got %d, then %v", test.sent, got, err)
				}
				if got := AnswerOf(err); got != test.want {
					t.Errorf("want the answer %q, got %q for %v", test.want, got, err)
				}
				if got := CodeOf(err); got != test.code {
					t.Errorf("want the code %q, got %q of %v", test.code, got, err)
				}
			})
		})
	}
}

func TestAnUnreachableEndpointIsGivenUpInTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: slices.Repeat([]reply{broken(refusedDial)}, 1000)}
		account, began := connected(t.Context(), t, s), time.Now()
		err := create(t.Context(), account.EC2)
		if took := time.Since(began); took < runPatience || took > runPatience+afterFailure.most {
			t.Errorf("want the attempts to end after about %s, they took %s", runPatience, took)
		}
		if got := AnswerOf(err); got != NotExecuted {
			t.Errorf("want a call that never got out to be %q, got %q for %v", NotExecuted, got, err)
		}
	})
}

func TestThrottlingIsNotGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: append(slices.Repeat([]reply{throttle}, 100), made)}
		if err := create(t.Context(), connected(t.Context(), t, s).EC2); err != nil {
			t.Errorf("want a call that is throttled 100 times to succeed in the end, got %v", err)
		}
	})
}

// Where a call is when its ctx ends decides whether it may have been done.
func TestAnswerWhenCtxEnds(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []reply
		after   time.Duration
		want    Answer
	}{
		{"before anything", nil, 0, NotExecuted},
		{"while AWS is at it", []reply{hung}, time.Second, Unclear},
		{"between two attempts that did not get out", slices.Repeat([]reply{broken(refusedDial)}, 100), time.Second, NotExecuted},
		{"between two refusals", slices.Repeat([]reply{throttle}, 100), time.Minute, NotExecuted},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{answers: test.answers}
				account := connected(t.Context(), t, s)
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				err := create(ctx, account.EC2)
				if got := AnswerOf(err); got != test.want {
					t.Errorf("want %q, got %q for %v", test.want, got, err)
				}
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("want the end of ctx in the error, got %v", err)
				}
			})
		})
	}
}

func TestWhatNeverLeavesIsNotExecuted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{}
		account, began := connected(t.Context(), t, s), time.Now()
		_, invalid := account.EC2.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{})
		_, unsigned := account.EC2.CreateVpc(t.Context(), &ec2.CreateVpcInput{}, func(o *ec2.Options) {
			o.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return aws.Credentials{}, errors.New("the session is over")
			})
		})
		for name, err := range map[string]error{"without its VPC": invalid, "without credentials": unsigned} {
			if got := AnswerOf(err); err == nil || got != NotExecuted {
				t.Errorf("a call %s: want %q, got %q for %v", name, NotExecuted, got, err)
			}
		}
		if took := time.Since(began); len(s.sent) != 0 || took != 0 {
			t.Errorf("want nothing sent, and nothing tried again, got %v in %s", s.sent, took)
		}
	})
}

// Throttled once, the calls of that action go out at half the rate; those of others as before.
func TestThrottlingSlowsItsActionOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: append([]reply{throttle}, slices.Repeat([]reply{made}, 4)...)}
		account := connected(t.Context(), t, s)
		for _, call := range []func(context.Context, *ec2.Client) error{create, create, describe, describe} {
			if err := call(t.Context(), account.EC2); err != nil {
				t.Fatalf("want every call done, got %v", err)
			}
		}
		want := []sending{
			{"CreateVpc", 0},
			{"CreateVpc", 400 * time.Millisecond},
			{"CreateVpc", 800 * time.Millisecond},
			{"DescribeVpcs", 800 * time.Millisecond},
			{"DescribeVpcs", 800 * time.Millisecond},
		}
		for i := range s.sent {
			s.sent[i].At = s.sent[i].At.Round(100 * time.Millisecond)
		}
		if diff := cmp.Diff(want, s.sent); diff != "" {
			t.Errorf("want creates 0.4 s apart and describes at once (-want +got):\n%s", diff)
		}
	})
}

// The pace of a drained bucket, through the client: four at once, then one each 3.3 s (aws-facts §4.1).
func TestCallsKeepToTheRateOfTheirAction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: slices.Repeat([]reply{made}, 6)}
		account := connected(t.Context(), t, s)
		for range 6 {
			_, err := account.EC2.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: aws.String("vpc-0a")})
			if err != nil {
				t.Fatalf("want every call done, got %v", err)
			}
		}
		var at []time.Duration
		for _, one := range s.sent {
			at = append(at, one.At.Round(100*time.Millisecond))
		}
		want := []time.Duration{0, 0, 0, 0, 3400 * time.Millisecond, 6700 * time.Millisecond}
		if diff := cmp.Diff(want, at); diff != "" {
			t.Errorf("want the first four at once and the others 3.4 s apart (-want +got):\n%s", diff)
		}
	})
}
