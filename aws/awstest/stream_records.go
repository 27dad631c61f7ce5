package awstest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// records reads a stream from its beginning until there are so many records, each
// shard's in their order; it names a shard that has some. A change of an item is in
// the shard of its partition, and a table may have several from the start.
func (f Fixture) records(t *testing.T, arn string, want int) (records []aws.Record, shard string) {
	t.Helper()
	streams := f.Cloud.DynamoDBStreams
	iterators, found := make(map[string]string), make(map[string][]aws.Record)
	count := 0
	for range patience {
		for _, s := range must(t, streams.DescribeStream, aws.DescribeStreamInput{StreamArn: arn}).StreamDescription.Shards {
			iterator, known := iterators[s.ShardID]
			if !known {
				iterator = f.iterator(t, arn, s.ShardID, aws.ShardTrimHorizon, "")
			}
			if iterator != "" {
				out := must(t, streams.GetRecords, aws.GetRecordsInput{ShardIterator: iterator})
				found[s.ShardID] = append(found[s.ShardID], out.Records...)
				count += len(out.Records)
				iterator = out.NextShardIterator
			}
			iterators[s.ShardID] = iterator
		}
		if count >= want {
			break
		}
		f.Wait()
	}
	for id, of := range found {
		if records = append(records, of...); len(of) > 0 {
			shard = id
		}
	}
	if len(records) != want {
		t.Fatalf("%d records, want %d: %+v", len(records), want, records)
	}
	return records, shard
}

func (f Fixture) iterator(t *testing.T, arn, shard string, kind aws.ShardIteratorType, sequence string) string {
	t.Helper()
	return must(t, f.Cloud.DynamoDBStreams.GetShardIterator, aws.GetShardIteratorInput{
		StreamArn: arn, ShardID: shard, ShardIteratorType: kind, SequenceNumber: sequence}).ShardIterator
}

// read reads a shard from an iterator on until there are so many records.
func (f Fixture) read(t *testing.T, iterator string, want int) (records []aws.Record) {
	t.Helper()
	for range patience {
		out := must(t, f.Cloud.DynamoDBStreams.GetRecords, aws.GetRecordsInput{ShardIterator: iterator})
		records = append(records, out.Records...)
		if iterator = out.NextShardIterator; len(records) >= want || iterator == "" {
			return records
		}
		f.Wait()
	}
	return records
}

func testGetRecords(t *testing.T, f Fixture) {
	get := f.Cloud.DynamoDBStreams.GetRecords
	for _, view := range []aws.StreamViewType{aws.StreamKeysOnly, aws.StreamNewImage, aws.StreamOldImage, aws.StreamNewAndOldImages} {
		t.Run("shows "+strings.ToLower(string(view)), func(t *testing.T) { testStreamView(t, f, view) })
	}
	t.Run("tells of every write", func(t *testing.T) { testStreamWrites(t, f) })
	arn := f.streamOf(t, music(), aws.StreamKeysOnly)
	f.put(t, "Music", song("A", "1"), song("A", "2"), song("A", "3"))
	_, shard := f.records(t, arn, 3)
	iterator := f.iterator(t, arn, shard, aws.ShardTrimHorizon, "")
	t.Run("pages", func(t *testing.T) {
		out := must(t, get, aws.GetRecordsInput{ShardIterator: iterator, Limit: aws.Some(2)})
		rest := must(t, get, aws.GetRecordsInput{ShardIterator: out.NextShardIterator})
		if len(out.Records) != 2 || len(rest.Records) != 1 || out.Records[0].DynamoDB.SequenceNumber >= out.Records[1].DynamoDB.SequenceNumber {
			t.Errorf("pages are %+v and %+v", out, rest)
		}
	})
	refuses(t, operation(t, "dynamodbstreams:GetRecords"), []refusal{
		invalid("no iterator", oneError+"Value '' at 'shardIterator' failed to satisfy constraint: Member must have length greater than or equal to 1", errorOf(get, aws.GetRecordsInput{})),
		invalid("what is no iterator", "Invalid ShardIterator", errorOf(get, aws.GetRecordsInput{ShardIterator: "x"})),
		invalid("a limit of none", oneError+"Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", errorOf(get, aws.GetRecordsInput{ShardIterator: iterator, Limit: aws.Some(0)})),
		invalid("too high a limit", parameters+"Limit should be less than or equal to 1000", errorOf(get, aws.GetRecordsInput{ShardIterator: iterator, Limit: aws.Some(1001)})),
		{"an iterator of an unknown stream", errorOf(get, aws.GetRecordsInput{ShardIterator: noStream(iterator)}), "ResourceNotFoundException", streamMissing(noStream(arn))},
	})
	testCanceled(t, get, aws.GetRecordsInput{ShardIterator: iterator})
	t.Run("ends with the stream", func(t *testing.T) {
		must(t, f.Cloud.DynamoDB.UpdateTable, aws.UpdateTableInput{TableName: "Music", StreamSpecification: &aws.StreamSpecification{}})
		f.active(t, "Music")
		f.put(t, "Music", song("A", "4"))
		f.streamIs(t, arn, aws.StreamDisabled)
		same(t, "records until the shard ends", len(f.read(t, f.iterator(t, arn, shard, aws.ShardTrimHorizon, ""), patience)), 3)
	})
}

// testStreamView checks the records of an item that comes, changes and goes.
func testStreamView(t *testing.T, f Fixture, view aws.StreamViewType) {
	in := simple(fmt.Sprintf("View-%s", view), aws.TypeS)
	arn := f.streamOf(t, in, view)
	id := aws.Item{"ID": aws.S("1")}
	before, now := with(id, aws.Item{"Plays": aws.N("1")}), with(id, aws.Item{"Plays": aws.N("2")})
	f.put(t, in.TableName, before, now, now)
	must(t, f.Cloud.DynamoDB.DeleteItem, aws.DeleteItemInput{TableName: in.TableName, Key: id})
	must(t, f.Cloud.DynamoDB.DeleteItem, aws.DeleteItemInput{TableName: in.TableName, Key: id})
	records, _ := f.records(t, arn, 3)
	ids := make(map[string]bool)
	for n, want := range []struct {
		event       aws.RecordEvent
		now, before aws.Item
	}{{aws.RecordInsert, before, nil}, {aws.RecordModify, now, before}, {aws.RecordRemove, nil, now}} {
		if view == aws.StreamKeysOnly || view == aws.StreamOldImage {
			want.now = nil
		}
		if view == aws.StreamKeysOnly || view == aws.StreamNewImage {
			want.before = nil
		}
		r := records[n]
		size := int64(3)
		for _, image := range []aws.Item{want.now, want.before} {
			if image != nil {
				size += 3 + 7 // ID and "1", Plays and a digit
			}
		}
		same(t, "record", r.DynamoDB, aws.StreamRecord{
			ApproximateCreationDateTime: r.DynamoDB.ApproximateCreationDateTime, Keys: id, NewImage: want.now, OldImage: want.before,
			SequenceNumber: r.DynamoDB.SequenceNumber, SizeBytes: size, StreamViewType: view,
		})
		if r.EventName != want.event || r.EventSource != "aws:dynamodb" || r.EventVersion != "1.1" || r.AwsRegion != f.Cloud.Place.Region ||
			r.EventID == "" || ids[r.EventID] || r.UserIdentity != nil || r.DynamoDB.ApproximateCreationDateTime.IsZero() || len(r.DynamoDB.SequenceNumber) < 21 {
			t.Errorf("record is %+v, want %s", r, want.event)
		}
		ids[r.EventID] = true
	}
}

// testStreamWrites writes in every way there is, some of which change nothing.
func testStreamWrites(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	arn := f.streamOf(t, library(), aws.StreamNewAndOldImages)
	put := func(item aws.Item) aws.WriteRequest { return aws.WriteRequest{PutRequest: &aws.PutRequest{Item: item}} }
	must(t, db.BatchWriteItem, aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Library": {put(book("A", "1", nil)), put(book("A", "2", nil))}}})
	update := func(year, expression string) aws.UpdateItemInput {
		return aws.UpdateItemInput{TableName: "Library", Key: book("A", year, nil), UpdateExpression: expression,
			ExpressionAttributeValues: aws.Item{":s": aws.SS{"x", "y"}}}
	}
	must(t, db.UpdateItem, update("1", "SET Tags = :s"))
	must(t, db.UpdateItem, update("1", "SET Tags = :s")) // nothing new
	must(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Library", Key: book("A", "3", nil)})
	must(t, db.TransactWriteItems, aws.TransactWriteItemsInput{TransactItems: []aws.TransactWriteItem{
		{Put: &aws.Put{TableName: "Library", Item: book("A", "4", nil)}},
		{Delete: &aws.Delete{TableName: "Library", Key: book("A", "3", nil)}},
		{ConditionCheck: &aws.ConditionCheck{TableName: "Library", Key: book("A", "1", nil), ConditionExpression: "attribute_exists(Tags)"}},
	}})
	failed := aws.PutItemInput{TableName: "Library", Item: book("A", "4", nil), ConditionExpression: "attribute_not_exists(Author)"}
	if _, err := db.PutItem(t.Context(), failed); !errors.Is(err, aws.ErrCondition) {
		t.Fatal(err)
	}
	f.run(t, `INSERT INTO Library VALUE {'Author': 'A', 'Year': 5}`)
	f.run(t, `UPDATE Library SET Shelf = 'S' WHERE Author = 'A' AND "Year" = 5`)
	f.run(t, `DELETE FROM Library WHERE Author = 'A' AND "Year" = 5`)
	records, _ := f.records(t, arn, 9)
	var got []string
	for _, r := range records {
		got = append(got, fmt.Sprintf("%s %v", r.EventName, r.DynamoDB.Keys["Year"]))
	}
	// What a batch or a transaction writes together comes in no order of its own.
	same(t, "records", sorted(got), sorted([]string{
		"INSERT 1", "INSERT 2", "MODIFY 1", "INSERT 3", "INSERT 4", "REMOVE 3", "INSERT 5", "MODIFY 5", "REMOVE 5",
	}))
}
