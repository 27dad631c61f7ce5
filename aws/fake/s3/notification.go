package s3

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// principalS3 is S3 as Lambda's policies name it.
const principalS3 = "s3.amazonaws.com"

// GetBucketNotificationConfiguration tells what a bucket's events go to.
func (s *Service) GetBucketNotificationConfiguration(ctx context.Context, in aws.GetBucketNotificationConfigurationInput) (aws.GetBucketNotificationConfigurationOutput, error) {
	return answer(ctx, s, "GetBucketNotificationConfiguration", func() (out aws.GetBucketNotificationConfigurationOutput, err error) {
		b, err := s.look(in.Bucket)
		if err == nil {
			out.NotificationConfiguration = b.Notification
		}
		return out, err
	})
}

// PutBucketNotificationConfiguration replaces all of a bucket's notifications,
// after checking that S3 may invoke the functions.
func (s *Service) PutBucketNotificationConfiguration(ctx context.Context, in aws.PutBucketNotificationConfigurationInput) (out aws.PutBucketNotificationConfigurationOutput, err error) {
	return answer(ctx, s, "PutBucketNotificationConfiguration", func() (aws.PutBucketNotificationConfigurationOutput, error) {
		return out, s.changeBucket(ctx, in.Bucket, func(w *store.Writer, b *bucket) error {
			configuration, err := s.normalized(in.NotificationConfiguration)
			if err == nil {
				err = s.checkTargets(&w.Reader, b, configuration, !in.SkipDestinationValidation)
			}
			b.Notification = configuration
			return err
		})
	})
}

// normalized is a configuration as it reads back: checked, with ids, and the
// names of rules capitalised.
func (s *Service) normalized(in aws.NotificationConfiguration) (out aws.NotificationConfiguration, err error) {
	if len(in.QueueConfigurations)+len(in.TopicConfigurations) > 0 {
		return out, unreachable(errors.New("a sandbox has no queues and no topics"))
	}
	ids := make(map[string]bool)
	for _, c := range in.LambdaFunctionConfigurations {
		if c.ID == "" {
			c.ID = s.uuid()
		}
		switch {
		case len(c.ID) > 255:
			return out, invalidArgument("The ID of a notification configuration cannot be longer than 255 characters")
		case ids[c.ID]:
			return out, invalidArgument("Same ID used for multiple configurations. IDs must be unique")
		}
		ids[c.ID] = true
		if err := checkEvents(c.Events); err != nil {
			return out, err
		}
		c.Events = slices.Clone(c.Events)
		if c.Filter, err = normalizedFilter(c.Filter); err != nil {
			return out, err
		}
		out.LambdaFunctionConfigurations = append(out.LambdaFunctionConfigurations, c)
	}
	return out, checkOverlaps(out.LambdaFunctionConfigurations)
}

// eventTypes are the events that notifications can be about, as of 2026-11.
var eventTypes = []string{
	"ObjectCreated:*", "ObjectCreated:Put", "ObjectCreated:Post", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload",
	"ObjectRemoved:*", "ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated",
	"ObjectRestore:*", "ObjectRestore:Post", "ObjectRestore:Completed", "ObjectRestore:Delete",
	"ReducedRedundancyLostObject",
	"Replication:*", "Replication:OperationFailedReplication", "Replication:OperationMissedThreshold",
	"Replication:OperationReplicatedAfterThreshold", "Replication:OperationNotTracked",
	"LifecycleExpiration:*", "LifecycleExpiration:Delete", "LifecycleExpiration:DeleteMarkerCreated",
	"LifecycleTransition", "IntelligentTiering",
	"ObjectTagging:*", "ObjectTagging:Put", "ObjectTagging:Delete", "ObjectAcl:Put",
	"ObjectAnnotation:*", "ObjectAnnotation:Put", "ObjectAnnotation:Delete",
}

func checkEvents(events []aws.EventType) error {
	if len(events) == 0 {
		return malformedXML.err()
	}
	for _, event := range events {
		name, ok := strings.CutPrefix(string(event), "s3:")
		if !ok || !slices.Contains(eventTypes, name) {
			return invalidArgument("The event is not supported for notifications")
		}
	}
	return nil
}

// longestRule is the limit of a filter rule's value, in bytes.
const longestRule = 1024

func normalizedFilter(filter *aws.NotificationFilter) (*aws.NotificationFilter, error) {
	if filter == nil {
		return nil, nil
	}
	out := &aws.NotificationFilter{}
	for _, rule := range filter.Key.FilterRules {
		name := strings.ToLower(rule.Name)
		switch {
		case name != "prefix" && name != "suffix":
			return nil, invalidArgument("filter rule name must be either prefix or suffix")
		case len(rule.Value) > longestRule:
			return nil, invalidArgument("Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation")
		}
		name = strings.ToUpper(name[:1]) + name[1:]
		if slices.ContainsFunc(out.Key.FilterRules, func(r aws.FilterRule) bool { return r.Name == name }) {
			return nil, invalidArgument("Cannot specify more than one " + strings.ToLower(name) + " rule in a filter.")
		}
		out.Key.FilterRules = append(out.Key.FilterRules, aws.FilterRule{Name: name, Value: rule.Value})
	}
	return out, nil
}

// checkOverlaps refuses two configurations that one event could match.
func checkOverlaps(list []aws.LambdaFunctionConfiguration) error {
	for n, a := range list {
		for _, b := range list[:n] {
			switch {
			case !shareEvent(a.Events, b.Events) || !overlap(a.Filter, b.Filter):
			case a.Filter == nil && b.Filter == nil:
				return invalidArgument("Configurations overlap. Configurations on the same bucket cannot share a common event type.")
			default:
				return invalidArgument("Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules " +
					"if the prefixes are overlapping for the same event type.")
			}
		}
	}
	return nil
}

func shareEvent(a, b []aws.EventType) bool {
	return slices.ContainsFunc(a, func(x aws.EventType) bool {
		return slices.ContainsFunc(b, func(y aws.EventType) bool { return covers(x, y) || covers(y, x) })
	})
}

// overlap reports whether some key can pass both filters.
func overlap(a, b *aws.NotificationFilter) bool {
	prefixes := strings.HasPrefix(a.Prefix(), b.Prefix()) || strings.HasPrefix(b.Prefix(), a.Prefix())
	suffixes := strings.HasSuffix(a.Suffix(), b.Suffix()) || strings.HasSuffix(b.Suffix(), a.Suffix())
	return prefixes && suffixes
}

// functionARN is the form of a function's ARN, whole or with a version or alias.
var functionARN = regexp.MustCompile(`^arn:aws[a-z-]*:lambda:([a-z0-9-]+):\d{12}:function:[a-zA-Z0-9_-]{1,64}(:[a-zA-Z0-9$_-]{1,128})?$`)

// checkTargets checks that there may be such functions and, if S3 is to ask, that they
// may be invoked for the bucket.
func (s *Service) checkTargets(r *store.Reader, b *bucket, configuration aws.NotificationConfiguration, ask bool) error {
	for _, c := range configuration.LambdaFunctionConfigurations {
		parts := functionARN.FindStringSubmatch(c.LambdaFunctionArn)
		switch {
		case parts == nil:
			return invalidArgument("The ARN could not be parsed")
		case parts[1] != b.Region:
			return invalidArgument("The notification destination service region is not valid for the bucket location constraint")
		case !ask:
			continue
		case s.config.Functions == nil:
			return unreachable(errors.New("this sandbox has no functions"))
		}
		if err := s.config.Functions.MayInvoke(r, c.LambdaFunctionArn, principalS3, bucketARN(b.name), s.config.AccountID); err != nil {
			refused := unreachable(fmt.Errorf("not authorized to invoke function [%s]: %w", c.LambdaFunctionArn, err))
			refused.Details = pairs([]string{"ArgumentName1", c.LambdaFunctionArn + ", null", "ArgumentValue1", "Not authorized to invoke function [" + c.LambdaFunctionArn + "]"})
			return refused
		}
	}
	return nil
}

// unreachable is a target that S3 may not send events to.
func unreachable(cause error) *aws.Error {
	return fault{"InvalidArgument", "Unable to validate the following destination configurations"}.because(cause)
}
