package steps

import (
	"errors"
	"testing"

	"vpclink/waiters"
)

func TestTaken(t *testing.T) {
	table := codes{create: []string{"IncorrectState", "RouteAlreadyExists"}, remove: []string{"DependencyViolation"}}
	refusals(t, "CreateRoute", map[string]error{
		"IncorrectState":         waiters.ErrNotYet,
		"RouteAlreadyExists":     waiters.ErrNotYet, // the kind's own table comes before what a code means in general
		"InvalidGroup.Duplicate": ErrExists,
		"InvalidVpcID.NotFound":  asItIs, // not in the table
		"DependencyViolation":    asItIs, // in the other table
		"InternalFlurry":         asItIs, // in none
	}, table.taken)
	if err := table.taken(nil); err != nil {
		t.Errorf("want no error made of none, got %v", err)
	}
}

func TestRemoved(t *testing.T) {
	table := codes{create: []string{"IncorrectState"}, remove: []string{"DependencyViolation", "InvalidVpcID.NotFound"}}
	refusals(t, "DeleteRoute", map[string]error{
		"DependencyViolation":      waiters.ErrNotYet,
		"InvalidVpcID.NotFound":    waiters.ErrNotYet,
		"InvalidRoute.NotFound":    waiters.ErrNone,
		"InvalidSubnetId.NotFound": waiters.ErrNone, // both spellings
		"InvalidSubnetID.NotFound": waiters.ErrNone,
		"IncorrectState":           asItIs,
		"RouteAlreadyExists":       asItIs,
	}, table.removed)
	if err := table.removed(nil); err != nil {
		t.Errorf("want no error made of none, got %v", err)
	}
}

func TestUnclear(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want bool
	}{
		{"done", nil, false},
		{"refused", refused("CreateVpc", "VpcLimitExceeded"), false},
		{"throttled", refused("CreateVpc", "RequestLimitExceeded"), false}, // not executed
		{"AWS failed", refused("CreateVpc", "InternalError"), true},
		{"no answer", lost("CreateVpc"), true},
		{"an answer without the thing", errUnanswered, true},
		{"never sent", errUnfit, false},
		{"not yet", &NotYetError{Err: refused("CreateRoute", "InvalidTransitGatewayID.NotFound")}, false},
		{"a stranger's thing", &StrangerError{Err: refused("DeleteVpc", "DependencyViolation")}, false},
	} {
		if got := Unclear(test.err); got != test.want {
			t.Errorf("%s: want unclear %t, got %t", test.name, test.want, got)
		}
	}
}

func TestUnseen(t *testing.T) {
	hidden := &NotYetError{Err: refused("CreateRoute", "InvalidTransitGatewayID.NotFound")}
	for _, test := range []struct {
		err  error
		want bool
	}{{hidden, true}, {&NotYetError{Err: refused("CreateRoute", "IncorrectState")}, false}, {lost("CreateRoute"), false}, {nil, false}} {
		if got := Unseen(test.err); got != test.want {
			t.Errorf("want %v to be about an ID that does not exist: %t, got %t", test.err, test.want, got)
		}
	}
}

func TestPart(t *testing.T) {
	if got, err := part(new(7), "making seven"); got != 7 || err != nil {
		t.Errorf("want what the answer holds, got %d and %v", got, err)
	}
	got, err := part[int](nil, "making seven")
	if got != 0 || !errors.Is(err, errUnanswered) || err.Error() != "making seven: the answer does not hold what was made" {
		t.Errorf("want an error for what the answer lacks, got %d and %v", got, err)
	}
}
