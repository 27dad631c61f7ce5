package dynamodb_test

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"awslab/aws"
	"awslab/aws/fake/dynamodb"
)

// streaming is a table whose items expire and whose changes are recorded, and its
// stream's ARN.
func streaming(t *testing.T, c *clock) (*dynamodb.Service, string) {
	t.Helper()
	s := expiring(t, c, begun, 0)
	return s, turn(t, s, true)
}

// turn turns the table's stream on or off.
func turn(t *testing.T, s *dynamodb.Service, on bool) string {
	t.Helper()
	wanted := &aws.StreamSpecification{StreamEnabled: on}
	if on {
		wanted.StreamViewType = aws.StreamNewAndOldImages
	}
	out, err := s.UpdateTable(t.Context(), aws.UpdateTableInput{TableName: "Sessions", StreamSpecification: wanted})
	if err != nil {
		t.Fatal(err)
	}
	return out.TableDescription.LatestStreamArn
}

func putSession(t *testing.T, s *dynamodb.Service, id int, more aws.Item) {
	t.Helper()
	item := aws.Item{"ID": aws.N(fmt.Sprint(id))}
	for name, value := range more {
		item[name] = value
	}
	if _, err := s.PutItem(t.Context(), aws.PutItemInput{TableName: "Sessions", Item: item}); err != nil {
		t.Fatal(err)
	}
}

// iterate gets an iterator.
func iterate(t *testing.T, s *dynamodb.Service, arn string, kind aws.ShardIteratorType, sequence string) (string, error) {
	t.Helper()
	d, err := s.Streams().DescribeStream(t.Context(), aws.DescribeStreamInput{StreamArn: arn})
	if err != nil {
		return "", err
	}
	out, err := s.Streams().GetShardIterator(t.Context(), aws.GetShardIteratorInput{
		StreamArn: arn, ShardID: d.StreamDescription.Shards[0].ShardID, ShardIteratorType: kind, SequenceNumber: sequence})
	return out.ShardIterator, err
}

// records reads a stream from its oldest record on.
func records(t *testing.T, s *dynamodb.Service, arn string) []aws.Record {
	t.Helper()
	at, err := iterate(t, s, arn, aws.ShardTrimHorizon, "")
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Streams().GetRecords(t.Context(), aws.GetRecordsInput{ShardIterator: at})
	if err != nil {
		t.Fatal(err)
	}
	return out.Records
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var failed *aws.Error
	if !errors.As(err, &failed) || failed.Code != code || failed.Service != aws.ServiceDynamoDBStreams {
		t.Errorf("error is %v, want %s", err, code)
	}
}

// TestExpiryIsRecordedAsDynamoDBs: who deleted an item that expired is told.
func TestExpiryIsRecordedAsDynamoDBs(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, arn := streaming(t, c)
	until := aws.Item{"Until": aws.N(fmt.Sprint(begun.Add(time.Hour).Unix()))}
	putSession(t, s, 1, until)
	c.advance(2 * time.Hour)
	got := records(t, s, arn)
	if len(got) != 2 || got[1].EventName != aws.RecordRemove || len(got[1].DynamoDB.OldImage) != 2 {
		t.Fatalf("records are %+v", got)
	}
	if who := got[1].UserIdentity; who == nil || *who != (aws.RecordIdentity{PrincipalID: "dynamodb.amazonaws.com", Type: "Service"}) {
		t.Errorf("made by %+v", who)
	}
	if at := got[1].DynamoDB.ApproximateCreationDateTime; !at.Equal(begun.Add(2 * time.Hour)) {
		t.Errorf("made at %s", at)
	}
}

// TestStreamKeepsADay: records go after 24 hours, one by one, and their numbers do
// not come again.
func TestStreamKeepsADay(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, arn := streaming(t, c)
	putSession(t, s, 1, nil)
	c.advance(time.Hour)
	putSession(t, s, 2, nil)
	all := records(t, s, arn)
	if len(all) != 2 {
		t.Fatalf("%d records", len(all))
	}
	first := all[0].DynamoDB.SequenceNumber
	c.advance(23*time.Hour - time.Second)
	if got := len(records(t, s, arn)); got != 2 {
		t.Errorf("%d records before a day is over", got)
	}
	old, err := iterate(t, s, arn, aws.ShardAtSequenceNumber, first)
	if err != nil {
		t.Fatal(err)
	}
	c.advance(2 * time.Second) // and no sweep is due
	if got := records(t, s, arn); len(got) != 1 || got[0].DynamoDB.SequenceNumber != all[1].DynamoDB.SequenceNumber {
		t.Errorf("records are %+v", got)
	}
	_, err = s.Streams().GetRecords(t.Context(), aws.GetRecordsInput{ShardIterator: old})
	wantCode(t, err, "TrimmedDataAccessException")
	_, err = iterate(t, s, arn, aws.ShardAfterSequenceNumber, first)
	wantCode(t, err, "TrimmedDataAccessException")
	c.advance(48 * time.Hour)
	if got := records(t, s, arn); len(got) != 0 {
		t.Errorf("records are %+v, want none", got)
	}
	putSession(t, s, 3, nil)
	got := records(t, s, arn)
	if len(got) != 1 || len(got[0].DynamoDB.SequenceNumber) != len(first) || got[0].DynamoDB.SequenceNumber <= all[1].DynamoDB.SequenceNumber {
		t.Errorf("records are %+v", got)
	}
}

// TestIteratorServesFifteenMinutes: one that is older is refused.
func TestIteratorServesFifteenMinutes(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, arn := streaming(t, c)
	at, err := iterate(t, s, arn, aws.ShardLatest, "")
	if err != nil {
		t.Fatal(err)
	}
	in := aws.GetRecordsInput{ShardIterator: at}
	c.advance(15 * time.Minute)
	if _, err := s.Streams().GetRecords(t.Context(), in); err != nil {
		t.Error(err)
	}
	c.advance(time.Second)
	_, err = s.Streams().GetRecords(t.Context(), in)
	wantCode(t, err, "ExpiredIteratorException")
}

// TestStreamThatIsOff can be read for a day; each time that a table's stream is
// turned on, it is another one.
func TestStreamThatIsOff(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, first := streaming(t, c)
	putSession(t, s, 1, nil)
	turn(t, s, false)
	putSession(t, s, 2, nil)
	second := turn(t, s, true) // in the same millisecond
	if first == second {
		t.Fatalf("both are %s", first)
	}
	putSession(t, s, 3, nil)
	if _, err := s.DeleteTable(t.Context(), aws.DeleteTableInput{TableName: "Sessions"}); err != nil {
		t.Fatal(err)
	}
	c.advance(24*time.Hour - time.Second)
	for arn, id := range map[string]string{first: "1", second: "3"} {
		if got := records(t, s, arn); len(got) != 1 || got[0].DynamoDB.Keys["ID"] != aws.N(id) {
			t.Errorf("records of %s are %+v", arn, got)
		}
	}
	c.advance(time.Second)
	for _, arn := range []string{first, second} {
		_, err := s.Streams().DescribeStream(t.Context(), aws.DescribeStreamInput{StreamArn: arn})
		wantCode(t, err, "ResourceNotFoundException")
	}
	if out, err := s.Streams().ListStreams(t.Context(), aws.ListStreamsInput{}); err != nil || len(out.Streams) != 0 {
		t.Errorf("streams are %+v, %v", out.Streams, err)
	}
}

// TestManyRecordsGoOverSeveralSweeps: those that are too old are not shown,
// whether they are deleted yet or not.
func TestManyRecordsGoOverSeveralSweeps(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, arn := streaming(t, c)
	for first := 0; first < 2500; first += 25 {
		var writes []aws.WriteRequest
		for n := range 25 {
			writes = append(writes, aws.WriteRequest{PutRequest: &aws.PutRequest{Item: aws.Item{"ID": aws.N(fmt.Sprint(first + n))}}})
		}
		if _, err := s.BatchWriteItem(t.Context(), aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Sessions": writes}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(records(t, s, arn)); got != 1000 {
		t.Errorf("%d records on the first page", got)
	}
	c.advance(25 * time.Hour)
	putSession(t, s, 3000, nil)
	for range 4 {
		if got := records(t, s, arn); len(got) != 1 || got[0].DynamoDB.Keys["ID"] != aws.N("3000") {
			t.Errorf("%d records, want the new one", len(got))
		}
	}
}

// TestConcurrentWritesAreRecordedOnce: writes at the same time, which share commits,
// have a number each.
func TestConcurrentWritesAreRecordedOnce(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 25
	s, arn := streaming(t, &clock{})
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for n := range each {
				item := aws.Item{"ID": aws.N(fmt.Sprint(w*each + n))}
				if _, err := s.PutItem(t.Context(), aws.PutItemInput{TableName: "Sessions", Item: item}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	all := records(t, s, arn)
	ids, numbers := make(map[aws.AttributeValue]bool), make(map[string]bool)
	for _, r := range all {
		ids[r.DynamoDB.Keys["ID"]], numbers[r.DynamoDB.SequenceNumber] = true, true
	}
	if len(all) != writers*each || len(ids) != len(all) || len(numbers) != len(all) {
		t.Errorf("%d records of %d items with %d numbers", len(all), len(ids), len(numbers))
	}
}

// TestChildShards: the shards that follow another one are asked for; there are none.
func TestChildShards(t *testing.T) {
	t.Parallel()
	s, arn := streaming(t, &clock{})
	describe := func(filter *aws.ShardFilter) ([]aws.Shard, error) {
		out, err := s.Streams().DescribeStream(t.Context(), aws.DescribeStreamInput{StreamArn: arn, ShardFilter: filter})
		return out.StreamDescription.Shards, err
	}
	all, err := describe(nil)
	if err != nil || len(all) != 1 {
		t.Fatalf("shards are %+v, %v", all, err)
	}
	shard := all[0].ShardID
	if got, err := describe(&aws.ShardFilter{Type: aws.ShardFilterChildShards, ShardID: shard}); err != nil || got == nil || len(got) != 0 {
		t.Errorf("child shards are %+v, %v", got, err)
	}
	for _, filter := range []aws.ShardFilter{{ShardID: shard}, {Type: "foo", ShardID: shard}, {Type: aws.ShardFilterChildShards}, {Type: aws.ShardFilterChildShards, ShardID: "qwerty"}} {
		_, err := describe(&filter)
		wantCode(t, err, "ValidationException")
	}
}

// TestStreamReplaysTheTable: whatever is written, in whatever way, the records of a
// stream lead from one state of each item to the next, up to the table as it is.
func TestStreamReplaysTheTable(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s, arn := streaming(t, c)
	replayed := make(map[aws.AttributeValue]aws.Item)
	at, err := iterate(t, s, arn, aws.ShardTrimHorizon, "")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "writes") {
			c.advance(time.Second)
			writeAnyhow(rt, s)
		}
		out, err := s.Streams().GetRecords(t.Context(), aws.GetRecordsInput{ShardIterator: at})
		if err != nil {
			rt.Fatal(err)
		}
		at = out.NextShardIterator
		for _, r := range out.Records {
			id := r.DynamoDB.Keys["ID"]
			if !reflect.DeepEqual(replayed[id], r.DynamoDB.OldImage) || reflect.DeepEqual(r.DynamoDB.OldImage, r.DynamoDB.NewImage) {
				rt.Fatalf("%s of %v\nfrom %v to %v\nbut it was %v", r.EventName, id, r.DynamoDB.OldImage, r.DynamoDB.NewImage, replayed[id])
			}
			want := aws.RecordModify
			switch {
			case r.DynamoDB.OldImage == nil:
				want = aws.RecordInsert
			case r.DynamoDB.NewImage == nil:
				want = aws.RecordRemove
			}
			if r.EventName != want {
				rt.Fatalf("%s, want %s", r.EventName, want)
			}
			if replayed[id] = r.DynamoDB.NewImage; replayed[id] == nil {
				delete(replayed, id)
			}
		}
		table, err := s.Scan(t.Context(), aws.ScanInput{TableName: "Sessions"})
		if err != nil {
			rt.Fatal(err)
		}
		found := make(map[aws.AttributeValue]aws.Item)
		for _, item := range table.Items {
			found[item["ID"]] = item
		}
		if !reflect.DeepEqual(found, replayed) {
			rt.Fatalf("replayed\n%v\nthe table has\n%v", replayed, found)
		}
	})
}

// writeAnyhow writes one or two of a few items in any way; many writes change
// nothing, and some are refused.
func writeAnyhow(rt *rapid.T, s *dynamodb.Service) {
	key := func(n int) aws.Item { return aws.Item{"ID": aws.N(fmt.Sprint(n))} }
	id := rapid.IntRange(0, 3).Draw(rt, "id")
	plays := aws.N(fmt.Sprint(rapid.IntRange(0, 2).Draw(rt, "plays")))
	item, other := key(id), key(id+10)
	item["Plays"], other["Plays"] = plays, plays
	values := aws.Item{":p": plays}
	var err error
	switch way := rapid.IntRange(0, 6).Draw(rt, "way"); way {
	case 0:
		_, err = s.PutItem(rt.Context(), aws.PutItemInput{TableName: "Sessions", Item: item})
	case 1:
		_, err = s.UpdateItem(rt.Context(), aws.UpdateItemInput{TableName: "Sessions", Key: key(id), UpdateExpression: "SET Plays = :p", ExpressionAttributeValues: values})
	case 2:
		_, err = s.DeleteItem(rt.Context(), aws.DeleteItemInput{TableName: "Sessions", Key: key(id)})
	case 3:
		_, err = s.BatchWriteItem(rt.Context(), aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Sessions": {
			{PutRequest: &aws.PutRequest{Item: item}}, {DeleteRequest: &aws.DeleteRequest{Key: key(id + 10)}}}}})
	case 4:
		_, err = s.TransactWriteItems(rt.Context(), aws.TransactWriteItemsInput{TransactItems: []aws.TransactWriteItem{
			{Put: &aws.Put{TableName: "Sessions", Item: other}},
			{Update: &aws.Update{TableName: "Sessions", Key: key(id), UpdateExpression: "ADD Plays :p", ExpressionAttributeValues: values, ConditionExpression: "Plays <> :p"}}}})
	case 5:
		_, err = s.ExecuteStatement(rt.Context(), aws.ExecuteStatementInput{Statement: "INSERT INTO Sessions VALUE {'ID': ?, 'Plays': ?}", Parameters: aws.Values{item["ID"], plays}})
	case 6:
		_, err = s.ExecuteStatement(rt.Context(), aws.ExecuteStatementInput{Statement: "UPDATE Sessions REMOVE Plays WHERE ID = ?", Parameters: aws.Values{item["ID"]}})
	}
	if err != nil && !errors.Is(err, aws.ErrCondition) && !errors.Is(err, aws.ErrCanceled) {
		rt.Fatal(err)
	}
}
