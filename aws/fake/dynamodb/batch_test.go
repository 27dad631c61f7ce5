package dynamodb_test

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// TestBatchAttributesToGet: a batch names attributes by the rules by which a read of
// one item does.
func TestBatchAttributesToGet(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	putSession(t, s, 1, aws.Item{"A": aws.S("x")})
	many := make([]string, 256)
	for n := range many {
		many[n] = fmt.Sprint("a", n)
	}
	key := aws.Item{"ID": aws.N("1")}
	for _, c := range []struct {
		names []string
		want  string // "" is that it works
	}{{nil, ""}, {[]string{"A"}, ""}, {[]string{}, "greater than or equal to 1"}, {many, "less than or equal to 255"}, {[]string{"A", "A"}, "Duplicate value in attribute name: A"}} {
		_, one := s.GetItem(t.Context(), aws.GetItemInput{TableName: "Sessions", Key: key, AttributesToGet: c.names})
		_, batch := s.BatchGetItem(t.Context(), aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"Sessions": {Keys: []aws.Item{key}, AttributesToGet: c.names}}})
		for _, err := range []error{one, batch} {
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%d names: %v, want %q", len(c.names), err, c.want)
			}
		}
	}
}
