package dynamodb_test

import (
	"strings"
	"testing"

	"awslab/aws"
)

// TestIndexRedefinesAttribute: a new index cannot give an attribute another type.
func TestIndexRedefinesAttribute(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	for _, c := range []struct {
		kind aws.AttributeType
		want string
	}{{aws.TypeS, "Attributes cannot be redefined."}, {aws.TypeN, ""}} { // which then is there
		_, err := s.UpdateTable(t.Context(), aws.UpdateTableInput{TableName: "Sessions",
			AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: c.kind}},
			GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{{Create: &aws.GlobalSecondaryIndex{IndexName: "Again",
				KeySchema: []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}}, Projection: aws.Projection{ProjectionType: aws.ProjectAll}}}}})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("an index by ID of type %s: %v, want %q", c.kind, err, c.want)
		}
	}
}
