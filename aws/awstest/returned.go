package awstest

import (
	"errors"
	"testing"

	"awslab/aws"
)

// testItemOnFailure tests that a write whose condition does not hold gives the
// item back, if asked to; write does one on an item of music, with a condition
// that never holds.
func testItemOnFailure(t *testing.T, f Fixture, write func(id aws.Item, onFailure aws.ReturnValuesOnConditionCheckFailure) error) {
	there, missing := song("On", "failure"), song("On", "nothing")
	item := with(there, aws.Item{"Year": aws.N("1")})
	f.put(t, "Music", item)
	for _, c := range []struct {
		id        aws.Item
		onFailure aws.ReturnValuesOnConditionCheckFailure
		want      aws.Item
	}{
		{there, "", nil}, {there, aws.OnFailureNone, nil}, {there, aws.OnFailureAllOld, item}, {missing, aws.OnFailureAllOld, nil},
	} {
		var failure *aws.Error
		if err := write(c.id, c.onFailure); !errors.As(err, &failure) || failure.Code != "ConditionalCheckFailedException" {
			t.Fatalf("error is %v, want a condition that does not hold", err)
		}
		same(t, "item of the error", failure.Item, c.want)
	}
	var failure *aws.Error
	if err := write(there, "SOME"); !errors.As(err, &failure) || failure.Message != oneError+
		"Value 'SOME' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]" {
		t.Errorf("error is %v, want one about the enumeration", err)
	}
}

// testCollectionMetrics tests that a write tells the size of the item collection
// that it changes, if asked to; write does one of the item with that key.
func testCollectionMetrics(t *testing.T, write func(table string, key aws.Item, asked aws.ReturnItemCollectionMetrics) (*aws.ItemCollectionMetrics, error)) {
	for _, c := range []struct {
		name, table string
		key         aws.Item
		asked       aws.ReturnItemCollectionMetrics
		want        *aws.ItemCollectionMetrics
	}{
		{"metrics not asked for", "Library", book("Met", "1", nil), "", nil},
		{"no metrics", "Library", book("Met", "1", nil), aws.MetricsNone, nil},
		{"metrics", "Library", book("Met", "1", nil), aws.MetricsSize,
			&aws.ItemCollectionMetrics{ItemCollectionKey: aws.Item{"Author": aws.S("Met")}, SizeEstimateRangeGB: []float64{0, 1}}},
		{"metrics of a table without local indexes", "Music", song("Met", "rics"), aws.MetricsSize, nil},
	} {
		got, err := write(c.table, c.key, c.asked)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		same(t, c.name, got, c.want)
	}
	var failure *aws.Error
	if _, err := write("Music", song("Met", "rics"), "SOME"); !errors.As(err, &failure) || failure.Message != oneError+
		"Value 'SOME' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]" {
		t.Errorf("error is %v, want one about the enumeration", err)
	}
}
