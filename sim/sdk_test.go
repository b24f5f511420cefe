package sim_test

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

const tokyo = "ap-northeast-1"

// config is the SDK's configuration for one account and region of a world. The SDK does not retry: each test sees
// every answer.
func config(w aws.HTTPClient, account, region string) aws.Config {
	return aws.Config{
		Region:     region,
		HTTPClient: w,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: account, SecretAccessKey: "any"}, nil
		}),
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
	}
}

func ec2In(w aws.HTTPClient, account, region string) *ec2.Client {
	return ec2.NewFromConfig(config(w, account, region))
}

func stsIn(w aws.HTTPClient, account, region string) *sts.Client {
	return sts.NewFromConfig(config(w, account, region))
}

// code is AWS's error code, "" for no error.
func code(err error) string {
	if e, ok := errors.AsType[smithy.APIError](err); ok {
		return e.ErrorCode()
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
