package cloud

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/pricing"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"

	"vpclink/words"
)

// metadataLimit is how long an instance's own role is looked for. On an instance it answers in milliseconds; elsewhere
// the SDK would go on for five seconds before it says that there are no credentials.
const metadataLimit = 2 * time.Second

// configured returns the SDK's configuration for the target, with credentials that are there.
func configured(ctx context.Context, c Config) (aws.Config, error) {
	if c.Target.Name == AWS().Name {
		return configuredAWS(ctx, c)
	}
	return configuredElsewhere(c)
}

// configuredElsewhere looks at neither environment nor files, so that no real key can get into it.
func configuredElsewhere(c Config) (aws.Config, error) {
	if c.HTTP == nil && c.Target.Endpoint == "" {
		return aws.Config{}, words.Errorf("target %s has neither an endpoint nor a client in this process", c.Target.Name)
	}
	key := "vpclink" // the simulator takes a key of 12 digits for the account's number
	if c.Profile != "" {
		key = c.Profile
	}
	if c.Region == "" {
		c.Region = DefaultRegion
	}
	cfg := aws.Config{
		Region: c.Region, HTTPClient: c.HTTP,
		Credentials: credentials.NewStaticCredentialsProvider(key, "none", ""),
	}
	if c.Target.Endpoint != "" {
		cfg.BaseEndpoint = aws.String(c.Target.Endpoint)
	}
	return cfg, nil
}

func configuredAWS(ctx context.Context, c Config) (aws.Config, error) {
	// The SDK's own log goes to stderr, which is the progress display's.
	options := []func(*config.LoadOptions) error{config.WithLogger(logging.Nop{})}
	if c.Region != "" {
		options = append(options, config.WithRegion(c.Region))
	}
	if c.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(c.Profile))
	}
	if c.HTTP != nil {
		options = append(options, config.WithHTTPClient(c.HTTP))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	missing, none := errors.AsType[config.SharedConfigProfileNotExistError](err)
	switch {
	case none:
		return cfg, &CredentialsError{Profile: c.Profile, Why: words.Errorf("there is no profile %q", missing.Profile)}
	case err != nil:
		return cfg, &CredentialsError{Profile: c.Profile, Why: words.New("the AWS configuration cannot be used"), Err: err}
	}
	if err := foreign(cfg); err != nil {
		return cfg, err
	}
	// Credentials first: whoever has neither most likely has no account, and is told of the simulator.
	if err := credentialed(ctx, c, cfg.Credentials); err != nil {
		return cfg, err
	}
	if cfg.Region == "" {
		return cfg, &RegionError{Profile: c.Profile}
	}
	return cfg, nil
}

// foreign returns an EndpointError when the configuration leads away from AWS. The clients are asked, since they alone
// know all the places that an endpoint can come from.
func foreign(cfg aws.Config) error {
	for _, client := range []struct {
		endpoint *string
		variable string
	}{
		{ec2.NewFromConfig(cfg).Options().BaseEndpoint, "AWS_ENDPOINT_URL_EC2"},
		{elb.NewFromConfig(cfg).Options().BaseEndpoint, "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2"},
		{servicequotas.NewFromConfig(cfg).Options().BaseEndpoint, "AWS_ENDPOINT_URL_SERVICE_QUOTAS"},
		{pricing.NewFromConfig(cfg).Options().BaseEndpoint, "AWS_ENDPOINT_URL_PRICING"},
		{sts.NewFromConfig(cfg).Options().BaseEndpoint, "AWS_ENDPOINT_URL_STS"},
	} {
		if client.endpoint == nil {
			continue
		}
		url := aws.ToString(client.endpoint)
		for _, variable := range []string{client.variable, "AWS_ENDPOINT_URL"} {
			if os.Getenv(variable) == url {
				return &EndpointError{URL: url, Source: words.Text(variable)}
			}
		}
		return &EndpointError{URL: url, Source: "endpoint_url in the profile"}
	}
	return nil
}

// credentialed makes sure that there are credentials, before anything is signed with them.
func credentialed(ctx context.Context, c Config, provider aws.CredentialsProvider) error {
	if cache, cached := provider.(*aws.CredentialsCache); cached && cache.IsCredentialsProvider(&ec2rolecreds.Provider{}) {
		limited, cancel := context.WithTimeout(ctx, metadataLimit)
		defer cancel()
		// The last place that is looked at: what goes wrong there means that nothing was found anywhere.
		if _, err := provider.Retrieve(limited); err != nil && ctx.Err() == nil {
			return &CredentialsError{Profile: c.Profile, Why: words.New("there are no AWS credentials")}
		}
	} else if _, err := provider.Retrieve(ctx); err != nil && ctx.Err() == nil {
		return &CredentialsError{Profile: c.Profile, Why: words.New("the AWS credentials cannot be used"), Err: err}
	}
	return ctx.Err()
}
