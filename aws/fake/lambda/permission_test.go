package lambda_test

import (
	"errors"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/store"
)

func TestMayInvoke(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := open(t, t.TempDir())
		w.create(t, describe("FAQ"))
		const arn, bucket = "arn:aws:lambda:us-west-2:000000000000:function:FAQ", "arn:aws:s3:::image-123456"
		ask := func(function, service, source, account string) (err error) {
			_ = w.store.View(func(r *store.Reader) error {
				err = w.MayInvoke(r, function, service, source, account)
				return nil
			})
			return err
		}
		if err := ask(arn, "s3.amazonaws.com", bucket, "000000000000"); !errors.Is(err, aws.ErrAccessDenied) {
			t.Errorf("error is %v without a policy", err)
		}
		_, err := w.AddPermission(t.Context(), aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "s3", Action: "lambda:InvokeFunction",
			Principal: "s3.amazonaws.com", SourceArn: bucket, SourceAccount: "000000000000"})
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			function, service, source, account string
			class                              error
		}{
			"allowed":          {arn, "s3.amazonaws.com", bucket, "000000000000", nil},
			"by version":       {arn + ":$LATEST", "s3.amazonaws.com", bucket, "000000000000", nil},
			"another service":  {arn, "sns.amazonaws.com", bucket, "000000000000", aws.ErrAccessDenied},
			"another bucket":   {arn, "s3.amazonaws.com", bucket + "7", "000000000000", aws.ErrAccessDenied},
			"another account":  {arn, "s3.amazonaws.com", bucket, "111111111111", aws.ErrAccessDenied},
			"another function": {arn + "s", "s3.amazonaws.com", bucket, "000000000000", aws.ErrNotFound},
			"another region":   {"arn:aws:lambda:us-east-1:000000000000:function:FAQ", "s3.amazonaws.com", bucket, "000000000000", aws.ErrNotFound},
			"no ARN":           {"FAQ", "s3.amazonaws.com", bucket, "000000000000", aws.ErrNotFound},
		} {
			if err := ask(c.function, c.service, c.source, c.account); !errors.Is(err, c.class) {
				t.Errorf("%s: error is %v, want %v", name, err, c.class)
			}
		}
	})
}
