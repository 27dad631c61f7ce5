package dynamodb_test

import (
	"maps"
	"strings"
	"testing"

	"awslab/aws"
)

// TestTagLetters: keys and values have only letters that tags may have, when a table
// is made and later.
func TestTagLetters(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	const arn = "arn:aws:dynamodb:us-west-2:000000000000:table/Sessions"
	for _, c := range []struct {
		tag    aws.Tag
		member string // the one at fault; "" for none
	}{
		{aws.Tag{Key: "Größe / a_b.c:d=e+f-g@h", Value: "1 ü"}, ""}, {aws.Tag{Key: "empty"}, ""},
		{aws.Tag{Key: "hi!", Value: "v"}, "'hi!' at 'tags.1.member.key'"}, {aws.Tag{Key: "k", Value: `"v"`}, `'"v"' at 'tags.1.member.value'`},
		{aws.Tag{Key: "a\nb"}, "'a\nb' at 'tags.1.member.key'"},
	} {
		_, err := s.TagResource(t.Context(), aws.TagResourceInput{ResourceArn: arn, Tags: []aws.Tag{c.tag}})
		_, again := s.CreateTable(t.Context(), aws.CreateTableInput{TableName: "Other", BillingMode: aws.BillingPayPerRequest, Tags: []aws.Tag{c.tag},
			AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeN}},
			KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}}})
		for _, err := range []error{err, again} {
			if c.member == "" && err != nil && !strings.Contains(err.Error(), "Table already exists") {
				t.Error(err)
			}
			if c.member != "" && (err == nil || !strings.Contains(err.Error(), c.member+" failed to satisfy constraint: Member must satisfy regular expression pattern: ")) {
				t.Errorf("%+v: %v", c.tag, err)
			}
		}
	}
	out, err := s.ListTagsOfResource(t.Context(), aws.ListTagsOfResourceInput{ResourceArn: arn})
	got := make(map[string]string)
	for _, tag := range out.Tags {
		got[tag.Key] = tag.Value
	}
	if want := map[string]string{"Größe / a_b.c:d=e+f-g@h": "1 ü", "empty": ""}; err != nil || !maps.Equal(got, want) {
		t.Errorf("the tags are %v, %v", got, err)
	}
}
