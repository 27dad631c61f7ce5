package iam

import (
	"errors"
	"strings"
	"testing"

	"awslab/aws"
)

// TestRightsOfStatements: each kind of statement takes a right of its own, on
// the table or the index that it names.
func TestRightsOfStatements(t *testing.T) {
	t.Parallel()
	w := open(t)
	cloud := every(new(int))
	nobody := w.As(w.withRole(t, "Nobody", ""), cloud)
	for statement, want := range map[string]string{
		`SELECT * FROM "T"`:                   "dynamodb:PartiQLSelect on resource: " + arnOfTable(cloud.Place, "T"),
		`SELECT * FROM "T"."I" WHERE a = 'b'`: "dynamodb:PartiQLSelect on resource: " + arnOfTable(cloud.Place, "T") + "/index/I",
		`INSERT INTO T VALUE {'a': 'b'}`:      "dynamodb:PartiQLInsert on resource: " + arnOfTable(cloud.Place, "T"),
		`UPDATE T SET a = 1 WHERE b = 'c'`:    "dynamodb:PartiQLUpdate on resource: " + arnOfTable(cloud.Place, "T"),
		`DELETE FROM T WHERE b = 'c'`:         "dynamodb:PartiQLDelete on resource: " + arnOfTable(cloud.Place, "T"),
	} {
		_, err := nobody.DynamoDB.ExecuteStatement(t.Context(), aws.ExecuteStatementInput{Statement: statement})
		var denied *aws.Error
		if !errors.As(err, &denied) || !strings.Contains(denied.Message, want) {
			t.Errorf("%s: %v, want a refusal of %s", statement, err, want)
		}
	}
}

func arnOfTable(place aws.Place, name string) string {
	return "arn:aws:dynamodb:" + place.Region + ":" + place.AccountID + ":table/" + name
}
