package dynamodb

import (
	"fmt"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// kept is what a store holds: how many records a stream has, how many streams there
// are, and how many tables.
type kept struct{ records, streams, tables int }

// keeping reads it; stream is the space of a stream.
func keeping(t *testing.T, st *store.Store, stream space) (k kept) {
	t.Helper()
	err := st.View(func(r *store.Reader) error {
		for bucket, n := range map[string]*int{stream.bucket(): &k.records, streamsBucket: &k.streams, tablesBucket: &k.tables} {
			c := r.Cursor(bucket)
			for key, _ := c.Seek(nil); key != nil; key, _ = c.Next() {
				*n++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// makeSongs makes a table with a stream, and gives the stream's space.
func makeSongs(t *testing.T, s *Service) (stream space) {
	t.Helper()
	out, err := s.CreateTable(t.Context(), aws.CreateTableInput{TableName: "Songs", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeN}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}},
		StreamSpecification:  &aws.StreamSpecification{StreamEnabled: true, StreamViewType: aws.StreamKeysOnly}})
	if err != nil {
		t.Fatal(err)
	}
	err = s.store.View(func(r *store.Reader) error {
		found, err := s.Streams().find(r, out.TableDescription.LatestStreamArn)
		stream = found.Space
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

// TestOldDataGoes: records that are a day old, streams that have been off for so
// long, and tables that are deleted do not only disappear from view.
func TestOldDataGoes(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	s := New(st, Config{Now: func() time.Time { return now }, Random: func() uint64 { return 1 }, Region: "us-west-2", AccountID: "000000000000"})
	stream := makeSongs(t, s)
	pass := func(d time.Duration, operations int) {
		now = now.Add(d)
		for range operations { // each of which sweeps, if it is time to
			if _, err := s.DescribeLimits(t.Context(), aws.DescribeLimitsInput{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	const writes = mostSwept + 20
	for n := range writes {
		if n == writes-5 {
			pass(2*time.Hour, 1)
		}
		if _, err := s.PutItem(t.Context(), aws.PutItemInput{TableName: "Songs", Item: aws.Item{"ID": aws.N(fmt.Sprint(n))}}); err != nil {
			t.Fatal(err)
		}
	}
	wants := func(when string, want kept) {
		t.Helper()
		if got := keeping(t, st, stream); got != want {
			t.Errorf("%s there are %+v, want %+v", when, got, want)
		}
	}
	wants("at first", kept{writes, 1, 1})
	pass(22*time.Hour+time.Second, 1)
	wants("after one sweep", kept{writes - mostSwept, 1, 1})
	pass(0, 1)
	wants("after the next", kept{5, 1, 1})
	if _, err := s.DeleteTable(t.Context(), aws.DeleteTableInput{TableName: "Songs"}); err != nil {
		t.Fatal(err)
	}
	pass(time.Hour, 2)
	wants("when the table is deleted", kept{5, 1, 0})
	pass(25*time.Hour, 2)
	wants("a day later", kept{0, 0, 0})
}
