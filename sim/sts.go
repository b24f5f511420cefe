package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

var identityActions = []handler{
	action("GetCallerIdentity", reading, (*call).callerIdentity),
}

// callerIdentity says which account the access key belongs to. Everybody is the account's root.
func (c *call) callerIdentity(*sts.GetCallerIdentityInput) (*sts.GetCallerIdentityOutput, error) {
	return &sts.GetCallerIdentityOutput{
		Account: new(c.account),
		UserId:  new(c.account),
		Arn:     new("arn:aws:iam::" + c.account + ":root"),
	}, nil
}
