package iam

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"awslab/aws"
)

// As is a cloud in which a session acts: each call is refused, in AWS's words,
// unless the session's role allows it. It signs no URLs.
func (s *Service) As(session Session, cloud aws.Cloud) aws.Cloud {
	cloud.Place.ARN = session.ARN
	cloud.STS = identity{session, cloud.Place.AccountID}
	cloud.Presign = nil
	limited := limit{s, session, cloud}
	return aws.Intercept(cloud, limited.around)
}

// limit stands around a cloud for a session.
type limit struct {
	*Service
	session Session
	cloud   aws.Cloud // all of it
}

func (l limit) around(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
	if err := ctx.Err(); err != nil {
		return nil, l.refuse(op, &aws.Error{Code: "RequestCanceled", Message: "the request was canceled: " + err.Error(), Cause: err})
	}
	if !l.config.Now().Before(l.session.Expires) {
		return nil, l.refuse(op, expired(op.Service))
	}
	needs, known := l.rules[op.String()]
	if !known {
		return nil, l.refuse(op, fmt.Errorf("no rule says who may call %s", op))
	}
	if err := l.all(needs(l.Service, l.cloud.Place, in)); err != nil {
		return nil, l.refuse(op, err)
	}
	switch in := in.(type) {
	case aws.DeleteObjectsInput:
		return l.deleteObjects(ctx, op, in)
	case aws.GetObjectInput:
		out, err := next(ctx)
		return out, l.hide(op, in.Bucket, err)
	case aws.HeadObjectInput:
		out, err := next(ctx)
		return out, l.hide(op, in.Bucket, err)
	case aws.GetObjectAttributesInput:
		out, err := next(ctx)
		return out, l.hide(op, in.Bucket, err)
	case aws.CopyObjectInput:
		out, err := next(ctx)
		if in.IfMatch != "" { // it may be the target that is missing
			return out, err
		}
		return out, l.hide(op, sourceBucket(in.CopySource), err)
	case aws.UploadPartCopyInput:
		out, err := next(ctx)
		return out, l.hide(op, sourceBucket(in.CopySource), err)
	}
	return next(ctx)
}

// sourceBucket is the bucket of a copy's source.
func sourceBucket(source string) string {
	object, _ := copied(source)
	bucket, _, _ := strings.Cut(object, "/")
	return bucket
}

// all decides whether the session has all of some rights; the error is of the first
// that it has not.
func (l limit) all(needs []need) error {
	for _, n := range needs {
		if err := l.authorize(l.session, n); err != nil {
			return err
		}
	}
	return nil
}

// hide keeps from those who may not list a bucket which keys are not in it.
func (l limit) hide(op aws.Operation, bucket string, err error) error {
	var missing *aws.Error
	if !errors.As(err, &missing) || missing.Code != "NoSuchKey" && missing.Code != "NotFound" {
		return err
	}
	if denied := l.Authorize(l.session, "s3:ListBucket", bucketARN(bucket), nil); denied != nil {
		return l.refuse(op, denied)
	}
	return err
}

// deleteObjects deletes those of the keys that the session may delete, and says
// for each of the others that it may not.
func (l limit) deleteObjects(ctx context.Context, op aws.Operation, in aws.DeleteObjectsInput) (any, error) {
	var allowed []aws.ObjectIdentifier
	var denied []aws.DeleteError
	for _, object := range in.Delete.Objects {
		err := l.all(deletes(in.Bucket, object.Key, object.VersionID, object.ETag))
		var refusal *aws.Error
		switch {
		case err == nil:
			allowed = append(allowed, object)
		case errors.As(err, &refusal) && refusal.Code == "AccessDenied":
			denied = append(denied, aws.DeleteError{Key: object.Key, VersionID: object.VersionID, Code: refusal.Code, Message: refusal.Message})
		default:
			return nil, l.refuse(op, err)
		}
	}
	if len(denied) > 0 && len(allowed) == 0 {
		return aws.DeleteObjectsOutput{Errors: denied}, nil
	}
	in.Delete.Objects = allowed
	out, err := l.cloud.S3.DeleteObjects(ctx, in)
	out.Errors = append(out.Errors, denied...)
	return out, err
}

// refuse makes the error of a service of a refusal.
func (l limit) refuse(op aws.Operation, err error) error {
	var refusal *aws.Error
	if !errors.As(err, &refusal) {
		refusal = &aws.Error{Code: aws.CodeStorage, Status: http.StatusInternalServerError, Message: err.Error(), Cause: err}
	}
	if refusal.Code == "AccessDenied" {
		switch op.Service {
		case aws.ServiceS3:
			if op.Name == "HeadObject" || op.Name == "HeadBucket" { // an answer to HEAD has no body to say more
				refusal.Code, refusal.Message = "Forbidden", "Forbidden"
			}
		case aws.ServiceDynamoDB, aws.ServiceDynamoDBStreams, aws.ServiceLogs:
			refusal.Code, refusal.Status = "AccessDeniedException", http.StatusBadRequest
		case aws.ServiceLambda, aws.ServiceAPIGateway:
			refusal.Code = "AccessDeniedException"
		case aws.ServiceCloudWatch, aws.ServiceIAM, aws.ServiceSTS:
		}
	}
	refusal.Service, refusal.Operation, refusal.RequestID = op.Service, op.Name, l.uuid()
	return refusal
}

// expired is how a service refuses credentials that are no longer good.
func expired(service aws.Service) error {
	switch service {
	case aws.ServiceS3:
		return &aws.Error{Code: "ExpiredToken", Status: http.StatusBadRequest, Message: "The provided token has expired."}
	case aws.ServiceDynamoDB, aws.ServiceDynamoDBStreams, aws.ServiceLogs:
		return &aws.Error{Code: "ExpiredTokenException", Status: http.StatusBadRequest, Message: "The security token included in the request is expired"}
	case aws.ServiceLambda, aws.ServiceAPIGateway:
		return &aws.Error{Code: "ExpiredTokenException", Status: http.StatusForbidden, Message: "The security token included in the request is expired"}
	case aws.ServiceCloudWatch, aws.ServiceIAM, aws.ServiceSTS:
	}
	return &aws.Error{Code: "ExpiredToken", Status: http.StatusForbidden, Message: "The security token included in the request is expired"}
}

// identity answers who a session is.
type identity struct {
	session Session
	account string
}

// GetCallerIdentity names the session.
func (i identity) GetCallerIdentity(context.Context, aws.GetCallerIdentityInput) (aws.GetCallerIdentityOutput, error) {
	return aws.GetCallerIdentityOutput{Account: i.account, Arn: i.session.ARN, UserID: i.session.id}, nil
}
