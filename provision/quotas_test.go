package provision

import (
	"context"
	"errors"
	"strings"
	"testing"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// allowing is an account with these quotas and so many things of each kind.
func allowing(quotas map[string]int, has map[string]int) Account {
	return Account{
		Region: "eu-west-1",
		Quota: func(_ context.Context, q steps.Quota) (int, bool, error) {
			if quotas[q.Code] < 0 {
				return 0, false, errors.New("not allowed to ask")
			}
			n, known := quotas[q.Code]
			return n, known, nil
		},
		Had: func(_ context.Context, kind string) (int, error) { return has[kind], nil },
	}
}

func TestCheckQuotas(t *testing.T) {
	there := &notebook{}
	there.write(state.Record{Key: "0/vpc/a", ID: "vpc-1", Phase: state.Ready})
	there.write(state.Record{Key: "0/vpc/b", ID: "vpc-2", Phase: state.Ready})
	for _, tc := range []struct {
		name    string
		pattern Pattern
		journal Journal
		quotas  map[string]int
		has     map[string]int
		says    string // "" when there is room
		unread  string
	}{
		{name: "room", quotas: map[string]int{"L-F678F1CE": 5}, has: map[string]int{"vpc": 2}},
		{
			name: "no room for VPCs", quotas: map[string]int{"L-F678F1CE": 5}, has: map[string]int{"vpc": 3},
			says: "the account may have 5 VPCs in eu-west-1, has 3 and would have 6 (quota vpc L-F678F1CE)",
		},
		{name: "those of the stack are there already", journal: there, quotas: map[string]int{"L-F678F1CE": 5}, has: map[string]int{"vpc": 4}},
		{name: "no room for a gateway", quotas: map[string]int{"L-A2478D36": 1}, has: map[string]int{"transit-gateway": 1}, says: "1 transit gateways in eu-west-1"},
		{name: "too many rules in a group", quotas: map[string]int{"L-0EA8095F": 1}, says: "security-group a would have 2 inbound rules in a security group"},
		{name: "too many routes in a table", quotas: map[string]int{"L-93826ACB": 1}, says: "route-table a would have 2 routes"},
		{name: "too many peerings of a VPC", pattern: Peering(), quotas: map[string]int{"L-7E9ECCDB": 1}, says: "vpc a would have 2 peering connections"},
		{name: "too many internet gateways", pattern: InternetGateway(), quotas: map[string]int{"L-A4707A72": 3}, has: map[string]int{"internet-gateway": 1}, says: "internet gateways"},
		{name: "several at once", quotas: map[string]int{"L-F678F1CE": 2, "L-A2478D36": 0}, says: "transit gateways"},
		{name: "nobody tells", quotas: nil},
		{name: "not allowed to ask", quotas: map[string]int{"L-F678F1CE": -1}, unread: "how many VPCs in a region the account may have could not be read: not allowed to ask"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := request("a", "b", "c")
			if tc.pattern.Name != "" {
				r.Pattern = tc.pattern
			}
			journal := tc.journal
			if journal == nil {
				journal = &notebook{}
			}
			unread, err := plan(t, r).CheckQuotas(t.Context(), journal, allowing(tc.quotas, tc.has))
			var refused *RefusedError
			switch {
			case tc.says == "" && err != nil:
				t.Errorf("there is room, got %v", err)
			case tc.says != "" && (!errors.As(err, &refused) || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("it is refused with %q, got %v", tc.says, err)
			}
			if got := words.English.Error(errors.Join(unread...)); got != tc.unread {
				t.Errorf("what could not be read is said: want %q, got %q", tc.unread, got)
			}
		})
	}
}
