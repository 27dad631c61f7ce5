package s3

import (
	"context"
	"encoding/json"
	"errors"

	"awslab/aws"
)

// servicePrincipal is S3 as the policies of functions name it.
const servicePrincipal = "s3.amazonaws.com"

// permit lets S3 invoke a function for the events of a bucket, unless a statement
// of the function's policy does so already.
func permit(ctx context.Context, cloud aws.Cloud, bucket, function string) error {
	out, err := cloud.Lambda.GetPolicy(ctx, aws.LambdaGetPolicyInput{FunctionName: function})
	switch {
	case errors.Is(err, aws.ErrNotFound): // no policy yet; of a missing function AddPermission tells
	case err != nil:
		return err
	case permitted(out.Policy, bucket, cloud.Place.AccountID):
		return nil
	}
	_, err = cloud.Lambda.AddPermission(ctx, aws.AddPermissionInput{
		FunctionName: function, StatementID: statementID(bucket), Action: "lambda:InvokeFunction",
		Principal: servicePrincipal, SourceArn: bucketARN(bucket), SourceAccount: cloud.Place.AccountID,
	})
	return err
}

// permitted reports whether a policy lets S3 invoke the function for a bucket. A
// statement it does not understand counts as none: one too many does no harm.
func permitted(policy, bucket, account string) bool {
	var document struct {
		Statement []struct {
			Effect    string
			Action    any
			Principal any
			Condition map[string]map[string]any
		}
	}
	if json.Unmarshal([]byte(policy), &document) != nil {
		return false
	}
	for _, s := range document.Statement {
		principal, ok := s.Principal.(map[string]any)
		if s.Effect != "Allow" || s.Action != "lambda:InvokeFunction" || !ok || principal["Service"] != servicePrincipal {
			continue
		}
		covers := true
		for _, tests := range s.Condition {
			for name, value := range tests {
				covers = covers && (name == "AWS:SourceArn" && value == bucketARN(bucket) || name == "AWS:SourceAccount" && value == account)
			}
		}
		if covers {
			return true
		}
	}
	return false
}
