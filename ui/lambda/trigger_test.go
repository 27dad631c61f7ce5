package lambda

import (
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

const source = "image-123456"

// triggered is a sandbox with the lab's function, and its bucket as its trigger.
func triggered(t testing.TB) (aws.Cloud, *pagetest.Bench) {
	t.Helper()
	cloud := sandbox(t)
	makeFunction(t, cloud, "Create-Thumbnail")
	makeBucket(t, cloud, source)
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "Create-Thumbnail"})
	b.Choose("Trigger configuration", "S3").Choose("Bucket", source).Press("I acknowledge").Press("Add")
	pagetest.Asked[nav.Back](b)
	return cloud, b
}

func notifications(t testing.TB, cloud aws.Cloud, bucket string) []aws.LambdaFunctionConfiguration {
	t.Helper()
	out, err := cloud.S3.GetBucketNotificationConfiguration(t.Context(), aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		t.Fatal(err)
	}
	return out.LambdaFunctionConfigurations
}

func policyOf(t testing.TB, cloud aws.Cloud, function string) []statement {
	t.Helper()
	all, err := readPolicy(t.Context(), cloud.Lambda, function)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTriggerOfTheLab adds the bucket as a trigger, shows it, and deletes it.
func TestTriggerOfTheLab(t *testing.T) {
	t.Parallel()
	cloud, b := triggered(t)
	allowed, told := policyOf(t, cloud, "Create-Thumbnail"), notifications(t, cloud, source)
	if len(allowed) != 1 || len(told) != 1 {
		t.Fatalf("%+v, %+v", allowed, told)
	}
	s, n := allowed[0], told[0]
	if bucket, ok := s.bucket(); !ok || bucket != source || s.account() != cloud.Place.AccountID || !strings.HasPrefix(s.Sid, "lambda-") {
		t.Errorf("%+v", s)
	}
	if n.Filter != nil || len(n.Events) != 1 || n.Events[0] != aws.EventObjectCreated || len(n.ID) != 36 {
		t.Errorf("%+v", n)
	}
	b.Open(nav.Route{Page: functionID, Name: "Create-Thumbnail"}).Shows("S3", source)
	b.Press("Configuration").Press("Triggers").Shows("Triggers (1)", "Bucket arn", "arn:aws:s3:::"+source, "s3:ObjectCreated:*",
		"isComplexStatement", "Notification name", n.ID, "Service principal", "s3.amazonaws.com", "Source account", "Statement ID", s.Sid)
	b.Press("Permissions").Shows("lambda-execution-role", "Resource-based policy statements (1)", "AWS:SourceArn")
	b.Press("lambda-execution-role")
	if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: "iam/role", Name: "lambda-execution-role"}) {
		t.Errorf("the role's link leads to %+v", to)
	}
	b.Press("Triggers").Press("Delete").Confirm().Shows("Triggers (0)", "No triggers")
	if len(policyOf(t, cloud, "Create-Thumbnail")) != 0 || len(notifications(t, cloud, source)) != 0 {
		t.Error("something of the trigger stays")
	}
}

// TestTriggersBesideEachOther: a second one is merged with the first, with
// prefix and suffix; one that overlaps is refused and leaves nothing behind.
func TestTriggersBesideEachOther(t *testing.T) {
	t.Parallel()
	cloud, b := triggered(t)
	route := nav.Route{Page: addTriggerID, Name: "Create-Thumbnail"}
	b.Open(route).Choose("Trigger configuration", "S3").Choose("Bucket", source).Press("I acknowledge").Press("Add")
	b.Shows("The trigger was not added", "InvalidArgument", "overlap")
	if b.Page.Unsaved() == "" {
		t.Error("what was entered is forgotten")
	}
	if n := len(policyOf(t, cloud, "Create-Thumbnail")); n != 1 {
		t.Errorf("%d permissions", n)
	}
	b.Open(route).Choose("Trigger configuration", "S3").Choose("Bucket", source).Choose("Event types", "Permanently deleted")
	b.TypeIn("Prefix - optional", "images/").TypeIn("Suffix - optional", ".jpg").Press("I acknowledge").Press("Add")
	told := notifications(t, cloud, source)
	if len(told) != 2 || told[1].Filter.Prefix() != "images/" || told[1].Filter.Suffix() != ".jpg" {
		t.Fatalf("%+v", told)
	}
	b.Open(nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration/triggers"}).Shows("Triggers (2)", "images/", ".jpg")
	b.Press("Delete").Confirm().Shows("Triggers (1)")
	if len(policyOf(t, cloud, "Create-Thumbnail")) != 1 || len(notifications(t, cloud, source)) != 1 {
		t.Error("not just one of the two is gone")
	}
}

func TestTriggerNeedsABucketAndTheAcknowledgement(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "f"}).Press("Add")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "Select the source") {
		t.Errorf("%+v", told)
	}
	b.Choose("Trigger configuration", "S3").Press("Add")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "acknowledgement") {
		t.Errorf("%+v", told)
	}
	b.Press("I acknowledge").Press("Add").Shows("Bucket: choose the bucket")
	if len(policyOf(t, cloud, "f")) != 0 {
		t.Error("a permission was given for nothing")
	}
}

// TestHalfTriggersAreTold: a notification without permission, and a permission
// without notification.
func TestHalfTriggersAreTold(t *testing.T) {
	t.Parallel()
	cloud, b := triggered(t)
	_, err := cloud.Lambda.RemovePermission(t.Context(), aws.RemovePermissionInput{
		FunctionName: "Create-Thumbnail", StatementID: policyOf(t, cloud, "Create-Thumbnail")[0].Sid,
	})
	if err != nil {
		t.Fatal(err)
	}
	route := nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration/triggers"}
	b.Open(route).Shows("Does not work", "invocations are refused")
	_, err = cloud.Lambda.AddPermission(t.Context(), aws.AddPermissionInput{
		FunctionName: "Create-Thumbnail", StatementID: "own", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com", SourceArn: "arn:aws:s3:::" + source,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Open(route).Lacks("Does not work")
	_, err = cloud.S3.PutBucketNotificationConfiguration(t.Context(), aws.PutBucketNotificationConfigurationInput{Bucket: source})
	if err != nil {
		t.Fatal(err)
	}
	b.Open(route).Shows("Does not work", "nothing arrives").Press("Delete").Confirm().Shows("Triggers (0)")
}

func TestFaultsOfTriggersAreTold(t *testing.T) {
	t.Parallel()
	cloud, _ := triggered(t)
	w := pagetest.Watch(cloud)
	b := newBench(t, w.Cloud)
	route := nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration/triggers"}
	w.Refuse("GetPolicy")
	b.Open(route).Shows("The triggers could not be read", "It went wrong")
	w.Refuse("GetBucketNotificationConfiguration")
	b.Open(route).Shows("Does not work", "The notifications of the bucket could not be read")
	w.Allow()
	b.Open(route).Shows("Enabled")
	w.Refuse("PutBucketNotificationConfiguration")
	b.Press("Delete").Confirm()
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Failure {
		t.Errorf("%+v", told)
	}
}
