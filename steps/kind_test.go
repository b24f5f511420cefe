package steps

import (
	"errors"
	"fmt"
	"testing"

	"vpclink/cloud"
	"vpclink/waiters"
)

// Whoever prints an error finds from the top what AWS said and what it means.
func TestErrorsFromTheTop(t *testing.T) {
	no := refused("DeleteVpc", "DependencyViolation")
	const says = "operation error EC2: DeleteVpc, api error DependencyViolation: about DependencyViolation"
	for _, test := range []struct {
		err  error
		text string
	}{
		{
			&StrangerError{Kind: "subnet %s", ID: "subnet-x", On: "vpc-a", Err: no},
			"subnet subnet-x, which vpclink did not make, hangs on vpc-a: " + says,
		},
		{&NotYetError{Err: no}, says},
		{&NotYetError{Waiting: errors.New("subnet subnet-a still hangs on vpc-a"), Err: no}, "subnet subnet-a still hangs on vpc-a: " + says},
	} {
		if test.err.Error() != test.text {
			t.Errorf("want the text\n%s\ngot\n%s", test.text, test.err)
		}
		top := fmt.Errorf("deleting a: %w", test.err)
		if said, ok := cloud.FaultOf(top); !ok || said.Code != "DependencyViolation" || said.Action != "DeleteVpc" {
			t.Errorf("want AWS's words found in %v, got %+v", top, said)
		}
		_, later := errors.AsType[*NotYetError](top)
		_, stranger := errors.AsType[*StrangerError](top)
		if later == stranger || later != errors.Is(top, waiters.ErrNotYet) {
			t.Errorf("want %v found as what it is, and only a not-yet to match ErrNotYet", top)
		}
	}
}
