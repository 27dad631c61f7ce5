package awstest

import (
	"fmt"
	"testing"

	"awslab/aws"
)

func testGetBucketNotification(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketNotificationConfigurationInput{Bucket: bucketName}
	same(t, "a new bucket's", must(t, s3.GetBucketNotificationConfiguration, in), aws.GetBucketNotificationConfigurationOutput{})
	s3Refuses(t, "s3:GetBucketNotificationConfiguration",
		noBucket(errorOf(s3.GetBucketNotificationConfiguration, aws.GetBucketNotificationConfigurationInput{Bucket: missingOne})))
	arn := f.function(t, "Create-Thumbnail").FunctionArn
	must(t, f.Cloud.Lambda.AddPermission, aws.AddPermissionInput{FunctionName: "Create-Thumbnail", StatementID: "s3", Action: "lambda:InvokeFunction",
		Principal: "s3.amazonaws.com", SourceArn: "arn:aws:s3:::" + bucketName, SourceAccount: f.Cloud.Place.AccountID})
	for _, event := range []aws.EventType{aws.EventObjectCreated, aws.EventObjectRemoved} {
		want := configuring(notifying(arn, []aws.EventType{event}))
		want.NotificationConfiguration.LambdaFunctionConfigurations[0].ID = "pictures"
		must(t, s3.PutBucketNotificationConfiguration, want)
		same(t, "configuration", must(t, s3.GetBucketNotificationConfiguration, in).NotificationConfiguration, want.NotificationConfiguration)
	}
	testCanceled(t, s3.GetBucketNotificationConfiguration, in)
}

// rule is a filter rule.
func rule(name, value string) aws.FilterRule { return aws.FilterRule{Name: name, Value: value} }

// notifying is a configuration of one function.
func notifying(arn string, events []aws.EventType, rules ...aws.FilterRule) aws.LambdaFunctionConfiguration {
	c := aws.LambdaFunctionConfiguration{LambdaFunctionArn: arn, Events: events}
	if rules != nil {
		c.Filter = &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: rules}}
	}
	return c
}

// configuring sets the configurations of the bucket.
func configuring(list ...aws.LambdaFunctionConfiguration) aws.PutBucketNotificationConfigurationInput {
	return aws.PutBucketNotificationConfigurationInput{Bucket: bucketName, NotificationConfiguration: aws.NotificationConfiguration{LambdaFunctionConfigurations: list}}
}

func testPutBucketNotification(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	must(t, s3.PutBucketNotificationConfiguration, configuring())
	elsewhere := configuring()
	elsewhere.Bucket = missingOne
	s3Refuses(t, "s3:PutBucketNotificationConfiguration", noBucket(errorOf(s3.PutBucketNotificationConfiguration, elsewhere)))
	refuse := func(name, code, message string, list ...aws.LambdaFunctionConfiguration) {
		s3Refuses(t, "s3:PutBucketNotificationConfiguration", refusal{name, errorOf(s3.PutBucketNotificationConfiguration, configuring(list...)), code, message})
	}
	arn := f.functionARNOf("missing")
	created, put, removed := []aws.EventType{aws.EventObjectCreated}, []aws.EventType{aws.EventObjectCreatedPut}, []aws.EventType{aws.EventObjectRemoved}
	const (
		overlap   = "Configurations overlap. Configurations on the same bucket cannot share a common event type."
		ambiguous = "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type."
	)
	refuse("a function that is missing", "InvalidArgument", targetMessage, notifying(arn, created))
	refuse("an ARN that is none", "InvalidArgument", "The ARN could not be parsed", notifying("Create-Thumbnail", created))
	refuse("a function of another region", "InvalidArgument", "The notification destination service region is not valid for the bucket location constraint",
		notifying("arn:aws:lambda:mars-north-1:000000000000:function:f", created))
	refuse("no events", "MalformedXML", badXMLMessage, notifying(arn, nil))
	refuse("an event that is none", "InvalidArgument", "The event is not supported for notifications", notifying(arn, []aws.EventType{"s3:ObjectCreated:Patch"}))
	refuse("a rule that is none", "InvalidArgument", "filter rule name must be either prefix or suffix", notifying(arn, created, rule("infix", "a")))
	refuse("two prefixes", "InvalidArgument", "Cannot specify more than one prefix rule in a filter.", notifying(arn, created, rule("prefix", "a"), rule("Prefix", "b")))
	refuse("two without filters", "InvalidArgument", overlap, notifying(arn, created), notifying(arn, put))
	refuse("two of one filter", "InvalidArgument", ambiguous, notifying(arn, put, rule("prefix", "a")), notifying(arn, put, rule("prefix", "a")))
	refuse("one within the other", "InvalidArgument", ambiguous, notifying(arn, put, rule("prefix", "a")), notifying(arn, created, rule("prefix", "ab")))
	refuse("a prefix and a suffix", "InvalidArgument", ambiguous, notifying(arn, put, rule("prefix", "a")), notifying(arn, put, rule("suffix", ".jpg")))
	refuse("one with a filter, one without", "InvalidArgument", ambiguous, notifying(arn, put), notifying(arn, put, rule("suffix", ".jpg")))
	// Those that do not overlap come as far as the check of the function.
	refuse("other events", "InvalidArgument", targetMessage, notifying(arn, put), notifying(arn, removed))
	refuse("other prefixes", "InvalidArgument", targetMessage, notifying(arn, put, rule("prefix", "a")), notifying(arn, put, rule("prefix", "b")))
	refuse("other suffixes", "InvalidArgument", targetMessage,
		notifying(arn, put, rule("prefix", "a"), rule("suffix", ".jpg")), notifying(arn, put, rule("prefix", "ab"), rule("suffix", ".png")))
	testCanceled(t, s3.PutBucketNotificationConfiguration, configuring())
	same(t, "configuration after the refusals", must(t, s3.GetBucketNotificationConfiguration, aws.GetBucketNotificationConfigurationInput{Bucket: bucketName}),
		aws.GetBucketNotificationConfigurationOutput{})
	unasked := configuring(notifying(arn, created))
	unasked.SkipDestinationValidation = true
	must(t, s3.PutBucketNotificationConfiguration, unasked)
	same(t, "function that was not asked", must(t, s3.GetBucketNotificationConfiguration,
		aws.GetBucketNotificationConfigurationInput{Bucket: bucketName}).LambdaFunctionConfigurations[0].LambdaFunctionArn, arn)
	must(t, s3.PutBucketNotificationConfiguration, configuring())
	t.Run("asks the function", func(t *testing.T) { testNotificationPermission(t, f) })
}

// testNotificationPermission sets a notification on a function before and after
// S3 may invoke it.
func testNotificationPermission(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	const name = "Create-Thumbnail"
	out := must(t, f.Cloud.Lambda.CreateFunction, aws.CreateFunctionInput{FunctionName: name, Runtime: "python3.13", Handler: "lambda_function.lambda_handler",
		Role: fmt.Sprintf("arn:aws:iam::%s:role/lambda-execution-role", f.Cloud.Place.AccountID), Code: aws.FunctionCode{ZipFile: packed(t, echoCode)}})
	in := configuring(
		notifying(out.FunctionArn, []aws.EventType{aws.EventObjectCreated}, rule("prefix", "a"), rule("SUFFIX", ".jpg")),
		notifying(out.FunctionArn, []aws.EventType{aws.EventObjectRemovedDelete}))
	in.NotificationConfiguration.LambdaFunctionConfigurations[1].ID = "removed"
	refusedYet := refusal{"a function that S3 may not invoke", errorOf(s3.PutBucketNotificationConfiguration, in), "InvalidArgument", targetMessage}
	s3Refuses(t, "s3:PutBucketNotificationConfiguration", refusedYet)
	must(t, f.Cloud.Lambda.AddPermission, aws.AddPermissionInput{FunctionName: name, StatementID: "s3", Action: "lambda:InvokeFunction",
		Principal: "s3.amazonaws.com", SourceArn: "arn:aws:s3:::" + bucketName, SourceAccount: f.Cloud.Place.AccountID})
	must(t, s3.PutBucketNotificationConfiguration, in)
	got := must(t, s3.GetBucketNotificationConfiguration, aws.GetBucketNotificationConfigurationInput{Bucket: bucketName}).LambdaFunctionConfigurations
	if len(got) != 2 || got[0].ID == "" {
		t.Fatalf("configurations are %+v, want two with ids", got)
	}
	want := in.NotificationConfiguration.LambdaFunctionConfigurations
	want[0].ID = got[0].ID
	want[0].Filter = &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: []aws.FilterRule{rule("Prefix", "a"), rule("Suffix", ".jpg")}}}
	same(t, "configurations", got, want)
	f.bucket(t, "other-bucket")
	in.Bucket = "other-bucket"
	s3Refuses(t, "s3:PutBucketNotificationConfiguration",
		refusal{"a function that S3 may not invoke for the bucket", errorOf(s3.PutBucketNotificationConfiguration, in), "InvalidArgument", targetMessage})
	must(t, s3.PutBucketNotificationConfiguration, configuring())
	same(t, "configuration in the end", must(t, s3.GetBucketNotificationConfiguration, aws.GetBucketNotificationConfigurationInput{Bucket: bucketName}),
		aws.GetBucketNotificationConfigurationOutput{})
}
