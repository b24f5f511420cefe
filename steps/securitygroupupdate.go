package steps

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
)

const (
	anywhere    = "0.0.0.0/0"
	allTraffic  = "-1" // EC2's word for every protocol and port
	nothingGoes = "-"
)

// outbound says whether the rule is there that comes with a group and lets everything out. More rules add nothing to it,
// and are told by what lies in the group.
func outbound(g types.SecurityGroup) string {
	if g.IpPermissionsEgress == nil {
		return ""
	}
	open := slices.ContainsFunc(g.IpPermissionsEgress, func(p types.IpPermission) bool {
		return aws.ToString(p.IpProtocol) == allTraffic &&
			slices.ContainsFunc(p.IpRanges, func(r types.IpRange) bool { return aws.ToString(r.CidrIp) == anywhere })
	})
	if !open {
		return nothingGoes
	}
	return anywhere
}

var _ typedUpdater[SecurityGroup] = securityGroup{}

// update lets everything out again. That it is there already says an answer that was lost.
func (securityGroup) update(ctx context.Context, env Env, w want[SecurityGroup], _ []Field) error {
	var api securityGroupAPI = env.EC2
	_, err := api.AuthorizeSecurityGroupEgress(ctx, &ec2.AuthorizeSecurityGroupEgressInput{
		GroupId: aws.String(w.ID),
		IpPermissions: []types.IpPermission{
			{IpProtocol: aws.String(allTraffic), IpRanges: []types.IpRange{{CidrIp: aws.String(anywhere)}}},
		},
	})
	if cloud.HasCode(err, "InvalidPermission.Duplicate") {
		return nil
	}
	return codes{create: unseenSecurityGroup}.taken(err)
}
