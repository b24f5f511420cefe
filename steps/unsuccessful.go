package steps

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
)

// unsuccessful is the error in an answer with status 200 that lists what could not be done, as those of endpoints and
// endpoint services do (aws-facts §7.5); nil when all was done. We name one thing a call.
func unsuccessful(action string, items []types.UnsuccessfulItem) error {
	for _, i := range items {
		if i.Error != nil {
			return &smithy.OperationError{ServiceID: "EC2", OperationName: action, Err: &smithy.GenericAPIError{
				Code: aws.ToString(i.Error.Code), Message: aws.ToString(i.Error.Message),
			}}
		}
	}
	return nil
}
