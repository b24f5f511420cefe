package steps

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// What a description says is what it was made of; what AWS has no room for is left out, a table as a whole.
func TestPurpose(t *testing.T) {
	for _, p := range []Purpose{
		{},
		{Interface: "eni-1"},
		{Opened: []string{"rtb-1"}},
		{Interface: "eni-1", Opened: []string{"rtb-1", "rtb-2"}},
	} {
		text := p.Describe("vpclink lab b")
		same(t, text, p, purposeOf(types.SecurityGroup{Description: &text}))
	}
	for _, text := range []string{"", "for eni-1", "somebody's own for me", "launch-wizard-1"} {
		same(t, text, Purpose{}, purposeOf(types.SecurityGroup{Description: &text}))
	}
	long := Purpose{Opened: []string{"rtb-0123456789abcdef0", "rtb-0123456789abcdef1"}}.Describe(strings.Repeat("x", 200))
	same(t, "what there is room for", Purpose{Opened: []string{"rtb-0123456789abcdef0"}}, purposeOf(types.SecurityGroup{Description: &long}))
}
