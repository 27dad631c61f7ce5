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
	for kind, want := range map[aws.AttributeType]string{aws.TypeS: "Attributes cannot be redefined.", aws.TypeN: ""} {
		_, err := s.UpdateTable(t.Context(), aws.UpdateTableInput{TableName: "Sessions",
			AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: kind}},
			GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{{Create: &aws.GlobalSecondaryIndex{IndexName: "Again",
				KeySchema: []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}}, Projection: aws.Projection{ProjectionType: aws.ProjectAll}}}}})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("an index by ID of type %s: %v, want %q", kind, err, want)
		}
	}
}
