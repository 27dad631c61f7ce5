package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

// taggedGroup makes a group with tags, and gives its ARN.
func (f Fixture) taggedGroup(t *testing.T) string {
	t.Helper()
	must(t, f.Cloud.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: logGroup, Tags: labels()})
	return f.groupARN(t)
}

// groupARN is the ARN of the group of the tests.
func (f Fixture) groupARN(t *testing.T) string {
	t.Helper()
	groups := must(t, f.Cloud.Logs.DescribeLogGroups, aws.DescribeLogGroupsInput{LogGroupNamePrefix: logGroup}).LogGroups
	if len(groups) == 0 {
		t.Fatalf("there is no group %s", logGroup)
	}
	return groups[0].LogGroupArn
}

func (f Fixture) groupTags(t *testing.T, arn string, want map[string]string) {
	t.Helper()
	f.settles(t, func() map[string]string {
		return must(t, f.Cloud.Logs.ListTagsForResource, aws.ListTagsForResourceInput{ResourceArn: arn}).Tags
	}, want)
}

// badGroupARNs are the refusals of ARNs whose tags cannot be had; arn is one of a
// group.
func badGroupARNs(arn string, call func(arn string) error) []refusal {
	with := func(arn string) func() error { return func() error { return call(arn) } }
	return []refusal{
		{"an unknown group", with(arn + "-nope"), logsMissing, noLogGroup},
		invalid("what is no ARN", "Invalid resourceArn", with(logGroup)),
		invalid("the ARN of a group's streams", "Invalid resourceArn", with(arn+":*")),
		invalid("the ARN of something else", "Invalid resourceArn", with(strings.Replace(arn, ":log-group:", ":foobar:", 1))),
	}
}

func testListTagsForResource(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	arn := f.taggedGroup(t)
	f.groupTags(t, arn, labels())
	refuses(t, operation(t, "logs:ListTagsForResource"), badGroupARNs(arn, func(arn string) error {
		return errorOf(logs.ListTagsForResource, aws.ListTagsForResourceInput{ResourceArn: arn})()
	}))
	must(t, logs.DeleteLogGroup, aws.DeleteLogGroupInput{LogGroupName: logGroup})
	refuses(t, operation(t, "logs:ListTagsForResource"), []refusal{
		{"a deleted group", errorOf(logs.ListTagsForResource, aws.ListTagsForResourceInput{ResourceArn: arn}), logsMissing, noLogGroup},
	})
	must(t, logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: logGroup})
	f.groupTags(t, arn, map[string]string{})
	testCanceled(t, logs.ListTagsForResource, aws.ListTagsForResourceInput{ResourceArn: arn})
}

func testLogsTagResource(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	arn := f.taggedGroup(t)
	op := operation(t, "logs:TagResource")
	tag := func(tags map[string]string) error {
		return errorOf(logs.TagResource, aws.LogsTagResourceInput{ResourceArn: arn, Tags: tags})()
	}
	must(t, logs.TagResource, aws.LogsTagResourceInput{ResourceArn: arn, Tags: map[string]string{"lab": "2", "team": "grüne Gruppe"}})
	want := map[string]string{"lab": "2", "empty": "", "team": "grüne Gruppe"}
	f.groupTags(t, arn, want)
	must(t, logs.PutRetentionPolicy, aws.PutRetentionPolicyInput{LogGroupName: logGroup, RetentionInDays: 7})
	refuses(t, op, badGroupARNs(arn, func(arn string) error {
		return errorOf(logs.TagResource, aws.LogsTagResourceInput{ResourceArn: arn, Tags: labels()})()
	}))
	refuses(t, op, badTags(logsInvalid, tag))
	refuses(t, op, []refusal{{"no tags", func() error { return tag(map[string]string{}) }, logsInvalid,
		oneError + "Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1"}})
	refuses(t, operation(t, "logs:CreateLogGroup"), badTags(logsInvalid, func(tags map[string]string) error {
		return errorOf(logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: "/another", Tags: tags})()
	}))
	if tag(map[string]string{"aws:key": "v"}) == nil || tag(manyTags(51)) == nil || tag(manyTags(48)) == nil {
		t.Error("a tag of AWS's own was taken, or too many")
	}
	f.groupTags(t, arn, want)
	testCanceled(t, logs.TagResource, aws.LogsTagResourceInput{ResourceArn: arn, Tags: labels()})
}

func testLogsUntagResource(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	arn := f.taggedGroup(t)
	must(t, logs.UntagResource, aws.LogsUntagResourceInput{ResourceArn: arn, TagKeys: []string{"empty", "never"}})
	f.groupTags(t, arn, map[string]string{"lab": "1"})
	must(t, logs.UntagResource, aws.LogsUntagResourceInput{ResourceArn: arn, TagKeys: []string{"lab"}})
	f.groupTags(t, arn, map[string]string{})
	refuses(t, operation(t, "logs:UntagResource"), badGroupARNs(arn, func(arn string) error {
		return errorOf(logs.UntagResource, aws.LogsUntagResourceInput{ResourceArn: arn, TagKeys: []string{"lab"}})()
	}))
	testCanceled(t, logs.UntagResource, aws.LogsUntagResourceInput{ResourceArn: arn, TagKeys: []string{"lab"}})
}
