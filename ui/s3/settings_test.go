package s3

import (
	"encoding/json"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// makeFunction makes a function, as notifications need one to go to.
func makeFunction(t testing.TB, cloud aws.Cloud, name string) string {
	t.Helper()
	out, err := cloud.Lambda.CreateFunction(t.Context(), aws.CreateFunctionInput{
		FunctionName: name, Runtime: "python3.13", Handler: "lambda_function.lambda_handler",
		Role: "arn:aws:iam::" + cloud.Place.AccountID + ":role/lambda-execution-role",
		Code: aws.FunctionCode{ZipFile: emptyZip},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.FunctionArn
}

// emptyZip is a zip file without files.
var emptyZip = append([]byte("PK\x05\x06"), make([]byte, 18)...)

func notifications(t testing.TB, cloud aws.Cloud, bucket string) []aws.LambdaFunctionConfiguration {
	t.Helper()
	out, err := cloud.S3.GetBucketNotificationConfiguration(t.Context(), aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		t.Fatal(err)
	}
	return out.LambdaFunctionConfigurations
}

// TestEventNotification is made, with the permission it needs, shown and deleted.
func TestEventNotification(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	arn := makeFunction(t, cloud.Cloud, "Create-Thumbnail")
	b := newBench(t, cloud.Cloud).Open(bucketRoute("images", propertiesDetail))
	b.Width = 140
	b.Shows("AWS Region", "us-west-2", "arn:aws:s3:::images", "Creation date", "No event notifications")
	b.Press("Create event notification").Follow()
	b.Press("Save changes").Shows("Event name: Enter a name")
	b.TypeIn("Event name", "thumbnails").Press("Save changes").Shows("Event types: choose at least one")
	b.Press("Put").Press("Save changes").Shows("Lambda function: choose one")
	b.Choose("Lambda function", "Create-Thumbnail")
	b.TypeIn("Prefix", "photos/").TypeIn("Suffix", ".jpg").Press("All object create events").Lacks("Multipart upload completed")
	b.Press("Save changes").Follow().Shows("thumbnails", "All object create events", "prefix photos/, suffix .jpg", "Lambda function", "Create-Thumbnail")
	made := notifications(t, cloud.Cloud, "images")
	if len(made) != 1 || made[0].LambdaFunctionArn != arn || len(made[0].Events) != 1 || made[0].Events[0] != aws.EventObjectCreated {
		t.Errorf("%+v", made)
	}
	policy, err := cloud.Lambda.GetPolicy(t.Context(), aws.LambdaGetPolicyInput{FunctionName: arn})
	if err != nil || !permitted(policy.Policy, "images", cloud.Place.AccountID) || permitted(policy.Policy, "other", cloud.Place.AccountID) {
		t.Errorf("%+v, %v", policy, err)
	}

	b.Press("Create event notification").Follow().TypeIn("Event name", "again").Press("Permanently deleted")
	b.Choose("Lambda function", "Create-Thumbnail").Press("Save changes").Follow().Shows("again", "Permanently deleted")
	if n := cloud.Count("AddPermission"); n != 1 {
		t.Errorf("the permission was added %d times", n)
	}
	b.Press("Create event notification").Follow().TypeIn("Event name", "third").Press("Put")
	b.Choose("Lambda function", "Create-Thumbnail").Press("Save changes").Shows("was not created", "InvalidArgument")

	b.Open(bucketRoute("images", propertiesDetail)).Press("thumbnails").Keys("enter")
	if to := pagetest.Asked[nav.Open](b).Route; to.Page != functionID || to.Name != "Create-Thumbnail" {
		t.Errorf("%+v", to)
	}
	b.Keys("d").Confirm().Lacks("thumbnails").Shows("again")
}

func TestNoFunctionToNotify(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: notificationID, Name: "images"}).Shows("There is no function yet")
	cloud.Refuse("ListFunctions")
	b.Open(nav.Route{Page: notificationID, Name: "images"}).Shows("It went wrong")
}

func TestPermittedReadsPolicies(t *testing.T) {
	t.Parallel()
	statement := func(members string) string { return `{"Version":"2012-10-17","Statement":[{` + members + `}]}` }
	const rest = `"Effect":"Allow","Action":"lambda:InvokeFunction","Principal":{"Service":"s3.amazonaws.com"}`
	for policy, want := range map[string]bool{
		"":              false,
		"no JSON":       false,
		`{"Version":1}`: false,
		statement(rest): true,
		statement(rest + `,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::images"}}`):                                                     true,
		statement(rest + `,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::images"},"StringEquals":{"AWS:SourceAccount":"111122223333"}}`): true,
		statement(rest + `,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::other"}}`):                                                      false,
		statement(rest + `,"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`):                                                           false,
		statement(strings.Replace(rest, "Allow", "Deny", 1)):                                                                                     false,
		statement(strings.Replace(rest, "s3.", "apigateway.", 1)):                                                                                false,
		statement(`"Effect":"Allow","Action":"lambda:InvokeFunction","Principal":"*"`):                                                           false,
	} {
		if got := permitted(policy, "images", "111122223333"); got != want {
			t.Errorf("%s: %v", policy, got)
		}
	}
}

func TestBucketPolicyIsEdited(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	b := newBench(t, cloud).Open(bucketRoute("images", permissionsDetail)).Shows("No policy to display.").Press("Edit").Shows("s3:GetObject")
	p := pagetest.PageOf[*bucketPage](b)
	if b.Page.Unsaved() == "" {
		t.Error("an edited policy can be left without a word")
	}
	p.permissions.editor.SetValue("{\n  \"Version\": }")
	b.Press("Save changes").Shows("The policy is no JSON")
	p.permissions.editor.SetValue(`{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps","Principal":"*","Action":"s3:*","Resource":"*"}]}`)
	b.Press("Save changes").Shows("The policy was not saved", "MalformedPolicy")
	policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::images/*"}]}`
	p.permissions.editor.SetValue(policy)
	b.Press("Save changes").Shows("s3:DeleteObject").Lacks("was not saved")
	if b.Page.Unsaved() != "" {
		t.Error("something is unsaved after saving")
	}
	if out, err := cloud.S3.GetBucketPolicy(t.Context(), aws.GetBucketPolicyInput{Bucket: "images"}); err != nil || indented(out.Policy) != indented(policy) {
		t.Errorf("%+v, %v", out, err)
	}
	b.Press("Edit").Press("Cancel").Shows("s3:DeleteObject")
	b.Press("Delete").Confirm().Shows("No policy to display.")
}

func FuzzPermitted(f *testing.F) {
	f.Add(`{"Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Principal":{"Service":"s3.amazonaws.com"}}]}`, "images")
	f.Add(`{"Statement":[{"Principal":null,"Action":[],"Condition":{"a":{"b":["c"]}}}]}`, "images")
	f.Fuzz(func(t *testing.T, policy, bucket string) {
		if permitted(policy, bucket, "1") && !json.Valid([]byte(policy)) {
			t.Errorf("%s is no policy, and permits S3", policy)
		}
	})
}
