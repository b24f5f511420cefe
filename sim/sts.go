package sim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"
)

var identityActions = []handler{
	action("AssumeRole", reading, (*call).assumeRole),
	action("GetCallerIdentity", reading, (*call).callerIdentity),
}

// session is who somebody is that took on a role. It travels in the session token, so that the world need not remember
// it: whoever has the token has the session, in this process or the next.
type session struct {
	Account string `json:"account"`
	Role    string `json:"role"` // name, without its path
	Name    string `json:"name"`
}

var (
	rolePattern    = regexp.MustCompile(`^arn:aws:iam::([0-9]{12}):role/(?:[\x21-\x7e]+/)?([\w+=,.@-]{1,64})$`)
	sessionPattern = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)
	keyPattern     = regexp.MustCompile(`^(?:ASIA)?([0-9]{12})(?:VLNK)?$`)
)

// accountOf is the account of an access key: the 12 digits that it is, or that AssumeRole wrote into it.
func accountOf(key string) string {
	if m := keyPattern.FindStringSubmatch(key); m != nil {
		return m[1]
	}
	return DefaultAccount
}

// sessionOf reads a session token. False for one that AssumeRole did not write, which is nobody's session.
func sessionOf(token string) (session, bool) {
	var s session
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if token == "" || err != nil || json.Unmarshal(raw, &s) != nil {
		return session{}, false
	}
	return s, accountPattern.MatchString(s.Account)
}

// defaultSession is how long credentials hold when the caller does not say.
const defaultSession = time.Hour

// assumeRole takes on any role in any account: who may do so is not simulated. The credentials hold until a moment of
// the caller's clock, not of the world's, since it is the caller who looks whether they have run out.
func (c *call) assumeRole(in *sts.AssumeRoleInput) (*sts.AssumeRoleOutput, error) {
	arn, name := aws.ToString(in.RoleArn), aws.ToString(in.RoleSessionName)
	role := rolePattern.FindStringSubmatch(arn)
	switch {
	case role == nil:
		return nil, fail("ValidationError", "%s is invalid", arn)
	case !sessionPattern.MatchString(name):
		return nil, fail("ValidationError", "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*", name)
	}
	s := session{Account: role[1], Role: role[2], Name: name}
	token, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("writing a session token: %w", err)
	}
	hold := defaultSession
	if in.DurationSeconds != nil {
		hold = time.Duration(*in.DurationSeconds) * time.Second
	}
	return &sts.AssumeRoleOutput{
		AssumedRoleUser: &types.AssumedRoleUser{Arn: new(s.arn()), AssumedRoleId: new(s.userID())},
		Credentials: &types.Credentials{
			AccessKeyId: new("ASIA" + s.Account + "VLNK"), SecretAccessKey: new("none"),
			SessionToken: new(base64.RawURLEncoding.EncodeToString(token)), Expiration: new(time.Now().Add(hold).UTC().Truncate(time.Second)),
		},
	}, nil
}

func (s *session) arn() string {
	return "arn:aws:sts::" + s.Account + ":assumed-role/" + s.Role + "/" + s.Name
}

// userID has the role's own ID in front, which is always the same for a role.
func (s *session) userID() string {
	return fmt.Sprintf("AROA%016X:%s", hashOf(place{s.Account, s.Role}), s.Name)
}

// callerIdentity says which account the access key belongs to. Who took on no role is the account's root.
func (c *call) callerIdentity(*sts.GetCallerIdentityInput) (*sts.GetCallerIdentityOutput, error) {
	if s, ok := sessionOf(c.token); ok && s.Account == c.account {
		return &sts.GetCallerIdentityOutput{Account: new(c.account), UserId: new(s.userID()), Arn: new(s.arn())}, nil
	}
	return &sts.GetCallerIdentityOutput{
		Account: new(c.account),
		UserId:  new(c.account),
		Arn:     new("arn:aws:iam::" + c.account + ":root"),
	}, nil
}
