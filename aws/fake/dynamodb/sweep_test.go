package dynamodb_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/dynamodb"
	"awslab/aws/fake/store"
)

// begun is when a test's clock begins.
var begun = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// clock is a clock that a test sets.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time          { return begun.Add(time.Duration(c.offset.Load())) }
func (c *clock) advance(d time.Duration) { c.offset.Add(int64(d)) }

// expiring is a table whose items expire, with so many that expire at a time.
func expiring(t *testing.T, c *clock, at time.Time, count int) *dynamodb.Service {
	t.Helper()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	var ids atomic.Uint64
	s := dynamodb.New(st, dynamodb.Config{Now: c.now, Random: func() uint64 { return ids.Add(1) }, Region: "us-west-2", AccountID: "000000000000"})
	_, err = s.CreateTable(t.Context(), aws.CreateTableInput{TableName: "Sessions", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeN}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.UpdateTimeToLive(t.Context(), aws.UpdateTimeToLiveInput{TableName: "Sessions",
		TimeToLiveSpecification: aws.TimeToLiveSpecification{Enabled: true, AttributeName: "Until"}})
	if err != nil {
		t.Fatal(err)
	}
	for first := 0; first < count; first += 25 {
		var writes []aws.WriteRequest
		for n := first; n < min(count, first+25); n++ {
			writes = append(writes, aws.WriteRequest{PutRequest: &aws.PutRequest{Item: aws.Item{"ID": aws.N(fmt.Sprint(n)), "Until": aws.N(fmt.Sprint(at.Unix()))}}})
		}
		if _, err := s.BatchWriteItem(t.Context(), aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Sessions": writes}}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// count counts the items that a scan finds.
func count(t *testing.T, s *dynamodb.Service) int {
	t.Helper()
	out, err := s.Scan(t.Context(), aws.ScanInput{TableName: "Sessions", Select: aws.SelectCount})
	if err != nil {
		t.Fatal(err)
	}
	return out.Count
}

// TestExpiredItemsStayForAMoment: an item is there until a sweep, and gone ten
// seconds after its time.
func TestExpiredItemsStayForAMoment(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s := expiring(t, c, begun.Add(time.Hour), 2)
	c.advance(time.Hour - time.Second)
	if got := count(t, s); got != 2 {
		t.Fatalf("%d items before their time", got)
	}
	c.advance(2 * time.Second)
	if got := count(t, s); got != 2 {
		t.Errorf("%d items when a sweep was a moment ago", got)
	}
	c.advance(10 * time.Second)
	if got := count(t, s); got != 0 {
		t.Errorf("%d items after the next sweep", got)
	}
}

// TestManyItemsExpireOverSeveralSweeps: each operation deletes a thousand, and
// the clock need not move on for the next.
func TestManyItemsExpireOverSeveralSweeps(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s := expiring(t, c, begun.Add(time.Hour), 2500)
	c.advance(2 * time.Hour)
	for _, want := range []int{1500, 500, 0, 0} {
		if got := count(t, s); got != want {
			t.Errorf("%d items, want %d", got, want)
		}
	}
}

// TestSweepsWhenTheClockIsSetBack: a clock that is set back does not put off the
// sweeps.
func TestSweepsWhenTheClockIsSetBack(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s := expiring(t, c, begun.Add(time.Minute), 1)
	c.advance(30 * 24 * time.Hour)
	if _, err := s.ListTables(t.Context(), aws.ListTablesInput{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutItem(t.Context(), aws.PutItemInput{TableName: "Sessions", Item: aws.Item{"ID": aws.N("1"), "Until": aws.N(fmt.Sprint(begun.Add(time.Minute).Unix()))}}); err != nil {
		t.Fatal(err)
	}
	c.advance(-29 * 24 * time.Hour)
	if got := count(t, s); got != 0 {
		t.Errorf("%d items, want none", got)
	}
}
