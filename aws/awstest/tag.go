package awstest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// tagged makes the table of music with two tags, and gives its ARN.
func (f Fixture) tagged(t *testing.T) string {
	t.Helper()
	in := music()
	in.Tags = []aws.Tag{{Key: "lab", Value: "1"}, {Key: "empty"}}
	f.create(t, in)
	return must(t, f.Cloud.DynamoDB.DescribeTable, aws.DescribeTableInput{TableName: "Music"}).Table.TableArn
}

// tags reads the tags of a table until there are as many as expected.
func (f Fixture) tags(t *testing.T, arn string, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for range patience {
		clear(got)
		for _, tag := range must(t, f.Cloud.DynamoDB.ListTagsOfResource, aws.ListTagsOfResourceInput{ResourceArn: arn}).Tags {
			got[tag.Key] = tag.Value
		}
		if len(got) == len(want) {
			break
		}
		f.Wait()
	}
	same(t, "tags", got, want)
}

func testListTagsOfResource(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	arn := f.tagged(t)
	f.tags(t, arn, map[string]string{"lab": "1", "empty": ""})
	refuses(t, operation(t, "dynamodb:ListTagsOfResource"), arnRefusals(arn, func(arn string) func() error {
		return errorOf(db.ListTagsOfResource, aws.ListTagsOfResourceInput{ResourceArn: arn})
	}))
	must(t, db.UntagResource, aws.UntagResourceInput{ResourceArn: arn, TagKeys: []string{"empty"}})
	f.tags(t, arn, map[string]string{"lab": "1"})
	testCanceled(t, db.ListTagsOfResource, aws.ListTagsOfResourceInput{ResourceArn: arn})
}

func testTagResource(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	arn := f.tagged(t)
	op := operation(t, "dynamodb:TagResource")
	tag := func(tags ...aws.Tag) func() error {
		return errorOf(db.TagResource, aws.TagResourceInput{ResourceArn: arn, Tags: tags})
	}
	if err := tag(aws.Tag{Key: "lab", Value: "2"}, aws.Tag{Key: "team", Value: "grüne Gruppe"})(); err != nil {
		t.Fatal(err)
	}
	f.tags(t, arn, map[string]string{"lab": "2", "empty": "", "team": "grüne Gruppe"})
	constraint := " failed to satisfy constraint: Member must have length "
	refuses(t, op, arnRefusals(arn, func(arn string) func() error {
		return errorOf(db.TagResource, aws.TagResourceInput{ResourceArn: arn, Tags: []aws.Tag{{Key: "k"}}})
	}))
	refuses(t, op, []refusal{
		invalid("no tags", "Atleast one Tag needs to be provided as Input.", tag([]aws.Tag{}...)),
		invalid("a key that is empty", oneError+"Value '' at 'tags.1.member.key'"+constraint+"greater than or equal to 1", tag(aws.Tag{})),
		invalid("too long a key", oneError+fmt.Sprintf("Value '%s' at 'tags.1.member.key'", text(129))+constraint+"less than or equal to 128", tag(aws.Tag{Key: string(text(129))})),
		invalid("too long a value", oneError+fmt.Sprintf("Value '%s' at 'tags.1.member.value'", text(257))+constraint+"less than or equal to 256", tag(aws.Tag{Key: "k", Value: string(text(257))})),
	})
	var many []aws.Tag
	for n := range 50 {
		many = append(many, aws.Tag{Key: fmt.Sprint(n)})
	}
	other := strings.Replace(arn, ":dynamodb:", ":dynamodb:xx-", 1)
	if err := errorOf(db.TagResource, aws.TagResourceInput{ResourceArn: other, Tags: many[:1]})(); !errors.Is(err, aws.ErrAccessDenied) {
		t.Errorf("a table of another region: %v, want access denied", err)
	}
	if tag(many...)() == nil || tag(aws.Tag{Key: "aws:key"})() == nil {
		t.Error("too many tags, or AWS's own, were taken")
	}
	f.tags(t, arn, map[string]string{"lab": "2", "empty": "", "team": "grüne Gruppe"})
	testCanceled(t, db.TagResource, aws.TagResourceInput{ResourceArn: arn, Tags: many[:1]})
}

func testUntagResource(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	arn := f.tagged(t)
	must(t, db.UntagResource, aws.UntagResourceInput{ResourceArn: arn, TagKeys: []string{"empty", "never"}})
	f.tags(t, arn, map[string]string{"lab": "1"})
	op := operation(t, "dynamodb:UntagResource")
	refuses(t, op, arnRefusals(arn, func(arn string) func() error {
		return errorOf(db.UntagResource, aws.UntagResourceInput{ResourceArn: arn, TagKeys: []string{"k"}})
	}))
	refuses(t, op, []refusal{
		invalid("no keys", "Atleast one Tag Key needs to be provided as Input.", errorOf(db.UntagResource, aws.UntagResourceInput{ResourceArn: arn, TagKeys: []string{}})),
	})
	testCanceled(t, db.UntagResource, aws.UntagResourceInput{ResourceArn: arn, TagKeys: []string{"lab"}})
}

// arnRefusals are the ARNs that are no table's; arn is one of a table that is.
func arnRefusals(arn string, call func(arn string) func() error) []refusal {
	other := strings.Replace(arn, "table/Music", "table/Nope", 1)
	return []refusal{
		invalid("no ARN", "Invalid TableArn", call("")),
		invalid("an ARN that is none", "Invalid TableArn: Invalid ResourceArn provided as input Music", call("Music")),
		{"an unknown table", call(other), "ResourceNotFoundException", "Requested resource not found: ResourcArn: " + other + " not found"},
	}
}

func testDescribeLimits(t *testing.T, f Fixture) {
	out := must(t, f.Cloud.DynamoDB.DescribeLimits, aws.DescribeLimitsInput{})
	if out.TableMaxReadCapacityUnits < 1 || out.TableMaxWriteCapacityUnits < 1 ||
		out.AccountMaxReadCapacityUnits < out.TableMaxReadCapacityUnits || out.AccountMaxWriteCapacityUnits < out.TableMaxWriteCapacityUnits {
		t.Errorf("limits are %+v", out)
	}
	testCanceled(t, f.Cloud.DynamoDB.DescribeLimits, aws.DescribeLimitsInput{})
}

func testDescribeEndpoints(t *testing.T, f Fixture) {
	out := must(t, f.Cloud.DynamoDB.DescribeEndpoints, aws.DescribeEndpointsInput{})
	if len(out.Endpoints) != 1 || out.Endpoints[0].Address == "" || strings.Contains(out.Endpoints[0].Address, "/") || out.Endpoints[0].CachePeriodInMinutes < 1 {
		t.Errorf("endpoints are %+v", out.Endpoints)
	}
	testCanceled(t, f.Cloud.DynamoDB.DescribeEndpoints, aws.DescribeEndpointsInput{})
}

func testDescribeContinuousBackups(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music())
	out := must(t, db.DescribeContinuousBackups, aws.DescribeContinuousBackupsInput{TableName: "Music"})
	same(t, "backups", out.ContinuousBackupsDescription, aws.ContinuousBackupsDescription{ContinuousBackupsStatus: "ENABLED",
		PointInTimeRecoveryDescription: aws.PointInTimeRecoveryDescription{PointInTimeRecoveryStatus: "DISABLED"}})
	refuses(t, operation(t, "dynamodb:DescribeContinuousBackups"), []refusal{
		{"an unknown table", errorOf(db.DescribeContinuousBackups, aws.DescribeContinuousBackupsInput{TableName: "Nope"}), "TableNotFoundException", "Table not found: Nope"},
	})
	testCanceled(t, db.DescribeContinuousBackups, aws.DescribeContinuousBackupsInput{TableName: "Music"})
}
