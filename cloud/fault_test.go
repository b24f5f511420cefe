package cloud

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"
)

func TestFaultOf(t *testing.T) {
	for _, test := range []struct {
		name string
		fail reply
		want Fault
	}{
		{"AWS refuses", coded(400, "VpcLimitExceeded"), Fault{
			Code: "VpcLimitExceeded", Message: "about VpcLimitExceeded", Action: "CreateVpc", Region: DefaultRegion, RequestID: "req-1",
		}},
		{"no connection", broken(untrusted), Fault{
			Message: "tls: failed to verify certificate: signed by unknown authority", Action: "CreateVpc", Region: DefaultRegion,
		}},
		{"no answer", hung, Fault{
			Message: "no answer within 30s", Action: "CreateVpc", Region: DefaultRegion,
		}},
		{"a proxy", answer(http.StatusBadGateway, ""), Fault{
			Message: "HTTP 502 without a code of AWS's", Status: 502, Action: "CreateVpc", Region: DefaultRegion,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := create(t.Context(), connected(t.Context(), t, &script{answers: []reply{test.fail}}).EC2)
				got, found := FaultOf(fmt.Errorf("making blue: %w", err))
				if !found {
					t.Fatalf("want the fault of %v found", err)
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("want what is to be said of the call (-want +got):\n%s\nof %v", diff, err)
				}
			})
		})
	}
}

// Making a VPC fails because the role cannot be taken: that is the call to tell of.
func TestFaultOfACallWithinACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		account := connected(t.Context(), t, &script{})
		_, err := account.EC2.CreateVpc(t.Context(), &ec2.CreateVpcInput{}, func(o *ec2.Options) {
			o.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return aws.Credentials{}, &smithy.OperationError{
					ServiceID: "STS", OperationName: "AssumeRole", Err: &smithy.GenericAPIError{Code: "AccessDenied", Message: "no"},
				}
			})
		})
		got, _ := FaultOf(err)
		want := Fault{Code: "AccessDenied", Message: "no", Action: "AssumeRole", Region: DefaultRegion}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want the call that failed (-want +got):\n%s", diff)
		}
	})
}

func TestFaultOfOtherErrors(t *testing.T) {
	for _, err := range []error{nil, errors.New("the disk is full")} {
		if got, found := FaultOf(err); found {
			t.Errorf("want no fault in %v, got %+v", err, got)
		}
	}
	mocked, found := FaultOf(&smithy.GenericAPIError{Code: "IncorrectState", Message: "not yet"})
	if want := (Fault{Code: "IncorrectState", Message: "not yet"}); !found || mocked != want {
		t.Errorf("want %+v of a client that stands in for EC2, got %+v", want, mocked)
	}
}
