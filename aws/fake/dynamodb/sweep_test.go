package dynamodb_test

import (
	"fmt"
	"strings"
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
	s, st := open(t, t.TempDir(), c, 0)
	t.Cleanup(func() { shut(t, st) })
	makeSessions(t, s)
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

// open serves the tables in a folder; delay is how long their states pass.
func open(t *testing.T, dir string, c *clock, delay time.Duration) (*dynamodb.Service, *store.Store) {
	t.Helper()
	layout := store.Migration{Name: "tables", Apply: func(*store.Writer) error { return nil }} // by which the file is known again
	st, err := store.Open(dir, store.Options{Migrations: []store.Migration{layout}})
	if err != nil {
		t.Fatal(err)
	}
	var ids atomic.Uint64
	return dynamodb.New(st, dynamodb.Config{Now: c.now, Random: func() uint64 { return ids.Add(1) }, Delay: delay, Region: "us-west-2", AccountID: "000000000000"}), st
}

func shut(t *testing.T, st *store.Store) {
	t.Helper()
	if err := st.Close(); err != nil {
		t.Error(err)
	}
}

// makeSessions makes the table, whose items expire.
func makeSessions(t *testing.T, s *dynamodb.Service) {
	t.Helper()
	makeTable(t, s)
	if err := live(t, s, "Until", true); err != nil {
		t.Fatal(err)
	}
}

func makeTable(t *testing.T, s *dynamodb.Service) {
	t.Helper()
	_, err := s.CreateTable(t.Context(), aws.CreateTableInput{TableName: "Sessions", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeN}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}}})
	if err != nil {
		t.Fatal(err)
	}
}

// live asks for a time to live.
func live(t *testing.T, s *dynamodb.Service, attribute string, enabled bool) error {
	t.Helper()
	_, err := s.UpdateTimeToLive(t.Context(), aws.UpdateTimeToLiveInput{TableName: "Sessions",
		TimeToLiveSpecification: aws.TimeToLiveSpecification{Enabled: enabled, AttributeName: attribute}})
	return err
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

// TestLargeItemsExpireOverSeveralSweeps: an operation does not wait for more than
// some megabytes.
func TestLargeItemsExpireOverSeveralSweeps(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s := expiring(t, c, begun, 0)
	for n := range 15 {
		putSession(t, s, n, aws.Item{"Until": aws.N(fmt.Sprint(begun.Add(time.Hour).Unix())), "Large": aws.B(make([]byte, 390<<10))})
	}
	c.advance(2 * time.Hour)
	for _, want := range []int64{4, 0} {
		out, err := s.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Sessions"})
		if got := out.Table.ItemCount; err != nil || got != want {
			t.Errorf("%d items, %v, want %d", got, err, want)
		}
	}
}

// TestTimeToLiveUnderWay: while it is being enabled it is as good as enabled, but
// cannot be disabled; while it is being disabled nothing can be done.
func TestTimeToLiveUnderWay(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, st := open(t, t.TempDir(), c, time.Minute)
	t.Cleanup(func() { shut(t, st) })
	makeTable(t, s)
	const soon = "Time to live has been modified multiple times within a fixed interval"
	for n, step := range []struct {
		passes    time.Duration
		attribute string
		enabled   bool
		want      string // "" is that it works
	}{
		{time.Minute, "Until", false, "TimeToLive is already disabled"},
		{0, "Until", true, ""},
		{0, "Until", true, "TimeToLive is already enabled"},
		{0, "Other", true, "TimeToLive is active on a different AttributeName: current AttributeName is Until"},
		{0, "Other", false, "TimeToLive is active on a different AttributeName: current AttributeName is Until"},
		{0, "Until", false, soon},
		{time.Minute, "Until", false, ""},
		{0, "Until", true, soon},
		{0, "Other", true, soon},
		{time.Minute, "Other", true, ""},
	} {
		c.advance(step.passes)
		err := live(t, s, step.attribute, step.enabled)
		if (err == nil) != (step.want == "") || err != nil && !strings.Contains(err.Error(), step.want) {
			t.Errorf("step %d: %v, want %q", n, err, step.want)
		}
	}
}

// TestRestart: a stream, its iterators and its numbers, what is to expire and the
// tokens of transactions outlast the process.
func TestRestart(t *testing.T) {
	t.Parallel()
	c, dir := &clock{}, t.TempDir()
	s, st := open(t, dir, c, 0)
	makeSessions(t, s)
	arn := turn(t, s, true)
	at, err := iterate(t, s, arn, aws.ShardLatest, "")
	if err != nil {
		t.Fatal(err)
	}
	putSession(t, s, 1, aws.Item{"Until": aws.N(fmt.Sprint(begun.Add(time.Minute).Unix()))})
	again := aws.TransactWriteItemsInput{ClientRequestToken: "once", TransactItems: []aws.TransactWriteItem{{Update: &aws.Update{TableName: "Sessions",
		Key: aws.Item{"ID": aws.N("2")}, UpdateExpression: "ADD Plays :one", ExpressionAttributeValues: aws.Item{":one": aws.N("1")}}}}}
	if _, err := s.TransactWriteItems(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	shut(t, st)

	c.advance(5 * time.Minute)
	s, st = open(t, dir, c, 0)
	defer func() { shut(t, st) }()
	if _, err := s.TransactWriteItems(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	putSession(t, s, 3, nil)
	out, err := s.Streams().GetRecords(t.Context(), aws.GetRecordsInput{ShardIterator: at})
	if err != nil {
		t.Fatal(err)
	}
	got, last := "", ""
	for _, r := range out.Records {
		got += fmt.Sprintf("%s %s %t; ", r.EventName, r.DynamoDB.Keys["ID"], r.UserIdentity != nil)
		if number := r.DynamoDB.SequenceNumber; number <= last || len(last) > 0 && len(number) != len(last) {
			t.Errorf("%s follows %s", number, last)
		} else {
			last = number
		}
	}
	if want := "INSERT 1 false; INSERT 2 false; REMOVE 1 true; INSERT 3 false; "; got != want {
		t.Errorf("records are %s\nwant %s", got, want)
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
