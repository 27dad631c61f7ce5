package iam

import (
	"awslab/aws"
	"awslab/aws/fake/store"
)

// The roles that a new sandbox has, for the labs.
const (
	BasicExecutionRole = "lambda-basic-execution"
	ExecutionRole      = "lambda-execution-role"
)

// basicExecution is AWS's policy for functions that write logs.
const basicExecution = awsPolicyPrefix + "/service-role/AWSLambdaBasicExecutionRole"

// lambdaTrust lets Lambda assume a role.
const lambdaTrust = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {
                "Service": "lambda.amazonaws.com"
            },
            "Action": "sts:AssumeRole"
        }
    ]
}`

// thumbnailRights is what making thumbnails takes, and no more: the pictures
// of the one bucket, small ones into the other. Those who may not list a
// bucket are told 403 instead of 404 for a key that is not there.
const thumbnailRights = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::image-*/*"
        },
        {
            "Effect": "Allow",
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::*-resized/*"
        },
        {
            "Effect": "Allow",
            "Action": "s3:ListBucket",
            "Resource": [
                "arn:aws:s3:::image-*",
                "arn:aws:s3:::*-resized"
            ]
        }
    ]
}`

// Seed stages the roles of a new sandbox in w; roles of their names that are
// there already stay as they are. It does not use the Service's own store.
func (s *Service) Seed(w *store.Writer) error {
	for _, r := range []role{
		{Role: aws.Role{RoleName: BasicExecutionRole, Description: "Lets functions write their logs."}},
		{
			Role:   aws.Role{RoleName: ExecutionRole, Description: "Lets functions write their logs, read pictures and write their thumbnails."},
			Inline: map[string]string{"thumbnail-buckets": thumbnailRights},
		},
	} {
		if w.Get(rolesBucket, roleKey(r.Role.RoleName)) != nil {
			continue
		}
		r.Attached = []attachment{{ARN: basicExecution}}
		r.Role = s.newRole(aws.CreateRoleInput{
			RoleName: r.Role.RoleName, Path: "/", Description: r.Role.Description, AssumeRolePolicyDocument: lambdaTrust,
		})
		if err := r.save(w); err != nil {
			return err
		}
	}
	return nil
}
