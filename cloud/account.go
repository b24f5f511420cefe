// Package cloud is AWS as vpclink calls it: a client per account and region, the rule for what is sent again, the rates
// at which calls go out, and what AWS's error codes mean. It knows nothing of resources or of stacks.
package cloud

import (
	"context"
	"math/rand/v2"
	"net"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"vpclink/words"
)

// Config says where an account is to be found.
type Config struct {
	Target  Target
	Region  string         // "" means the environment's or the profile's on aws, DefaultRegion elsewhere
	Profile string         // "" means the environment's; off aws, 12 digits are the account's number
	HTTP    aws.HTTPClient // what carries the calls, such as the simulator; nil means the SDK's own
	Log     func(Attempt)  // told of every attempt, from many goroutines; nil: nobody listens
	Jitter  func() float64 // in [0,1), spreads the waits between attempts; nil means at random
}

// DefaultRegion is where things are made on targets other than aws: the tutorial's.
const DefaultRegion = "ap-northeast-1"

// Account is an account in a region, reached and known.
type Account struct {
	Number  string // 12 digits
	Region  string
	Profile string // as configured, "" for none
	ARN     string // who we are there
	EC2     *ec2.Client
	ELB     *elb.Client

	quotas *servicequotas.Client
}

const (
	// A run outlasts the loss of its connection for this long, in the target's time.
	runPatience = 2 * time.Minute
	// Whoever waits for the first answer of all had rather know soon that there is none, as with a misspelt region.
	firstPatience = 5 * time.Second
)

// Connect reaches the account and asks AWS who we are. Errors: *CredentialsError, *RegionError, *EndpointError; anything
// else is a failed call (FaultOf).
func Connect(ctx context.Context, c Config) (*Account, error) {
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	cfg, err := configured(ctx, c)
	if err != nil {
		return nil, err
	}
	c.Region = cfg.Region
	asking, running := newCaller(c, firstPatience), newCaller(c, runPatience)
	client := sts.NewFromConfig(cfg, func(o *sts.Options) { o.APIOptions = append(o.APIOptions, asking.enter) })
	who, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return nil, identityError(c, err)
	}
	return &Account{
		Number: aws.ToString(who.Account), ARN: aws.ToString(who.Arn), Region: c.Region, Profile: c.Profile,
		EC2:    ec2.NewFromConfig(cfg, func(o *ec2.Options) { o.APIOptions = append(o.APIOptions, running.enter) }),
		ELB:    elb.NewFromConfig(cfg, func(o *elb.Options) { o.APIOptions = append(o.APIOptions, running.enter) }),
		quotas: servicequotas.NewFromConfig(cfg, func(o *servicequotas.Options) { o.APIOptions = append(o.APIOptions, asking.enter) }),
	}, nil
}

// identityError says what it means that AWS did not tell who we are.
func identityError(c Config, err error) error {
	switch meaning := MeaningOf(err); {
	case HasCode(err, "ExpiredToken", "ExpiredTokenException"):
		return &CredentialsError{Profile: c.Profile, Why: words.New("the AWS credentials have expired"), Err: err}
	case meaning == Credentials, meaning == Denied:
		return &CredentialsError{Profile: c.Profile, Why: words.New("AWS does not accept the credentials"), Err: err}
	case meaning == Clock:
		return &CredentialsError{Profile: c.Profile, Why: words.New("this machine's clock is wrong, so AWS takes every signature for expired"), Err: err}
	case is[*net.DNSError](err):
		return words.Errorf("asking who we are in %s (is that how the region is written, and is there a network?): %w", c.Region, err)
	}
	return words.Errorf("asking who we are in %s: %w", c.Region, err)
}
