package sim

import (
	"encoding/json"
	"reflect"
)

// fullAccess is the policy that AWS gives an endpoint, in AWS's own spacing.
const fullAccess = `{
  "Statement": [
    {
      "Action": "*", 
      "Effect": "Allow", 
      "Principal": "*", 
      "Resource": "*"
    }
  ]
}`

// policyTaken: an endpoint of a service of somebody's own lets everything through, and takes no other policy
// (pulumi/pulumi-aws-native#1711; the code of that refusal is assumed).
func policyTaken(service string, document *string) error {
	if document == nil {
		return nil
	}
	var asked, full map[string]any
	if err := json.Unmarshal([]byte(*document), &asked); err != nil {
		return fail("InvalidPolicyDocument", "The Policy Document is not valid. %v", err)
	}
	if err := json.Unmarshal([]byte(fullAccess), &full); err != nil {
		return err
	}
	delete(asked, "Version")
	if !reflect.DeepEqual(asked, full) {
		return fail("InvalidParameter", "Service %s only supports the full-access endpoint policy.", service)
	}
	return nil
}
