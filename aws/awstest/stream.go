package awstest

import (
	"reflect"
	"strings"
	"testing"

	"awslab/aws"
)

// streamContracts holds the test of each operation of DynamoDB Streams.
func streamContracts() map[string]contract {
	return map[string]contract{
		"dynamodbstreams:ListStreams":      testListStreams,
		"dynamodbstreams:DescribeStream":   testDescribeStream,
		"dynamodbstreams:GetShardIterator": testGetShardIterator,
		"dynamodbstreams:GetRecords":       testGetRecords,
	}
}

// streamOf makes a table with a stream, waits until both are on, and gives the
// stream's ARN.
func (f Fixture) streamOf(t *testing.T, in aws.CreateTableInput, view aws.StreamViewType) string {
	t.Helper()
	in.StreamSpecification = &aws.StreamSpecification{StreamEnabled: true, StreamViewType: view}
	f.create(t, in)
	arn := f.active(t, in.TableName).LatestStreamArn
	f.streamIs(t, arn, aws.StreamEnabled)
	return arn
}

// streamIs waits until a stream has a status, and describes it.
func (f Fixture) streamIs(t *testing.T, arn string, want aws.StreamStatus) aws.StreamDescription {
	t.Helper()
	var d aws.StreamDescription
	for range patience {
		d = must(t, f.Cloud.DynamoDBStreams.DescribeStream, aws.DescribeStreamInput{StreamArn: arn}).StreamDescription
		if d.StreamStatus == want {
			return d
		}
		f.Wait()
	}
	t.Fatalf("stream %s is %s, want %s", arn, d.StreamStatus, want)
	return d
}

// testStreamSettings turns the stream of music on and off, and each time that it is
// on it is another one.
func testStreamSettings(t *testing.T, f Fixture) {
	db, op := f.Cloud.DynamoDB, operation(t, "dynamodb:UpdateTable")
	set := func(view aws.StreamViewType) aws.UpdateTableInput {
		return aws.UpdateTableInput{TableName: "Music", StreamSpecification: &aws.StreamSpecification{StreamEnabled: view != "", StreamViewType: view}}
	}
	shown := func(change aws.UpdateTableInput) (*aws.StreamSpecification, string) {
		out := must(t, db.UpdateTable, change).TableDescription
		d := f.active(t, "Music")
		if out.LatestStreamArn != d.LatestStreamArn || !strings.HasSuffix(d.LatestStreamArn, ":table/Music/stream/"+d.LatestStreamLabel) {
			t.Errorf("the stream is %q, then %q, with the label %q", out.LatestStreamArn, d.LatestStreamArn, d.LatestStreamLabel)
		}
		return d.StreamSpecification, d.LatestStreamArn
	}
	wantError(t, errorOf(db.UpdateTable, set(""))(), op, "ValidationException", "Table has no stream to disable: TableName: Music")
	specification, first := shown(set(aws.StreamKeysOnly))
	same(t, "specification", specification, &aws.StreamSpecification{StreamEnabled: true, StreamViewType: aws.StreamKeysOnly})
	for _, view := range []aws.StreamViewType{aws.StreamKeysOnly, aws.StreamNewImage} {
		wantError(t, errorOf(db.UpdateTable, set(view))(), op, "ValidationException", "Table already has an enabled stream: TableName: Music")
	}
	specification, kept := shown(set(""))
	same(t, "specification of none", specification, nil)
	same(t, "the latest stream", kept, first)
	_, second := shown(set(aws.StreamOldImage))
	if second == first {
		t.Errorf("both streams are %s", first)
	}
	f.streamIs(t, first, aws.StreamDisabled)
	f.streamIs(t, second, aws.StreamEnabled)
	same(t, "streams", len(must(t, f.Cloud.DynamoDBStreams.ListStreams, aws.ListStreamsInput{TableName: "Music"}).Streams), 2)
	refuses(t, op, streamSettingRefusals(db))
}

func streamSettingRefusals(db aws.DynamoDB) []refusal {
	update := func(name, message string, change func(*aws.UpdateTableInput)) refusal {
		in := aws.UpdateTableInput{TableName: "Music", StreamSpecification: &aws.StreamSpecification{StreamEnabled: true, StreamViewType: aws.StreamNewImage}}
		change(&in)
		return invalid(name, parameters+message, errorOf(db.UpdateTable, in))
	}
	return []refusal{
		update("a stream without a view", "If stream is being enabled then UpdateViewType is required",
			func(in *aws.UpdateTableInput) { in.StreamSpecification.StreamViewType = "" }),
		update("a view without a stream", "If stream is being disabled, then UpdateViewType must not be specified",
			func(in *aws.UpdateTableInput) { in.StreamSpecification.StreamEnabled = false }),
		update("a stream beside capacity", "You cannot modify stream status while updating table IOPS", func(in *aws.UpdateTableInput) {
			in.ProvisionedThroughput = &aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 1}
		}),
		update("a stream beside an index", "You cannot create or delete index while changing stream status", func(in *aws.UpdateTableInput) {
			in.GlobalSecondaryIndexUpdates = []aws.GlobalSecondaryIndexUpdate{{Delete: &aws.DeleteGlobalSecondaryIndex{IndexName: "ByYear"}}}
		}),
		update("a stream beside a class", "TableClass modification must be the only operation in the request",
			func(in *aws.UpdateTableInput) { in.TableClass = "STANDARD" }),
		update("a stream beside protection", "DeletionProtection modification must be the only operation in the request",
			func(in *aws.UpdateTableInput) { in.DeletionProtectionEnabled = aws.Some(true) }),
	}
}

// noStream is a stream's ARN like another, of a table that has none.
func noStream(arn string) string { return strings.Replace(arn, "table/Music/", "table/Nope/", 1) }

// streamMissing is what DynamoDB says of a stream that is not there.
func streamMissing(arn string) string {
	return "Requested resource not found: Stream: " + arn + " not found"
}

func testListStreams(t *testing.T, f Fixture) {
	list := f.Cloud.DynamoDBStreams.ListStreams
	same(t, "streams at first", must(t, list, aws.ListStreamsInput{}), aws.ListStreamsOutput{Streams: []aws.Stream{}})
	f.create(t, simple("Quiet", aws.TypeS))
	arns := []string{f.streamOf(t, library(), aws.StreamKeysOnly), f.streamOf(t, music(), aws.StreamNewImage)}
	var got []string
	in := aws.ListStreamsInput{Limit: aws.Some(1)}
	for {
		out := must(t, list, in)
		if len(out.Streams) > 1 {
			t.Fatalf("a page has %d streams, want 1", len(out.Streams))
		}
		for _, s := range out.Streams {
			got = append(got, s.StreamArn)
			if !strings.HasSuffix(s.StreamArn, ":table/"+s.TableName+"/stream/"+s.StreamLabel) {
				t.Errorf("stream is %+v", s)
			}
		}
		if in.ExclusiveStartStreamArn = out.LastEvaluatedStreamArn; in.ExclusiveStartStreamArn == "" {
			break
		}
	}
	same(t, "streams", sorted(got), sorted(arns))
	one := must(t, list, aws.ListStreamsInput{TableName: "Music"}).Streams
	if len(one) != 1 || one[0].StreamArn != arns[1] {
		t.Errorf("streams of one table are %+v", one)
	}
	same(t, "streams of a table without", must(t, list, aws.ListStreamsInput{TableName: "Quiet"}).Streams, []aws.Stream{})
	refuses(t, operation(t, "dynamodbstreams:ListStreams"), []refusal{
		invalid("a limit of none", oneError+"Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", errorOf(list, aws.ListStreamsInput{Limit: aws.Some(0)})),
		invalid("too high a limit", parameters+"Limit cannot be greater than the maximum allowed size: 100", errorOf(list, aws.ListStreamsInput{Limit: aws.Some(101)})),
		invalid("a start that is no stream", "Invalid StreamArn", errorOf(list, aws.ListStreamsInput{ExclusiveStartStreamArn: "arn:aws:dynamodb:us-west-2:000000000000:table/Music"})),
		invalid("too short a name", oneError+"Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3", errorOf(list, aws.ListStreamsInput{TableName: "ab"})),
	})
	testCanceled(t, list, aws.ListStreamsInput{})
}

func testDescribeStream(t *testing.T, f Fixture) {
	describe := f.Cloud.DynamoDBStreams.DescribeStream
	arn := f.streamOf(t, music(), aws.StreamOldImage)
	d := f.streamIs(t, arn, aws.StreamEnabled)
	_, label, _ := strings.Cut(arn, "/stream/")
	if d.StreamArn != arn || d.StreamLabel != label || d.TableName != "Music" || d.StreamViewType != aws.StreamOldImage || d.CreationRequestDateTime.IsZero() {
		t.Errorf("stream is %+v", d)
	}
	same(t, "key", d.KeySchema, key("Artist", "Song"))
	if len(d.Shards) == 0 || len(d.Shards[0].ShardID) < 28 || len(d.Shards[0].SequenceNumberRange.StartingSequenceNumber) < 21 ||
		d.Shards[len(d.Shards)-1].SequenceNumberRange.EndingSequenceNumber != "" {
		t.Fatalf("shards are %+v", d.Shards)
	}
	last := d.Shards[len(d.Shards)-1].ShardID
	same(t, "shards after the last", must(t, describe, aws.DescribeStreamInput{StreamArn: arn, ExclusiveStartShardID: last}).StreamDescription.Shards, []aws.Shard{})
	refuses(t, operation(t, "dynamodbstreams:DescribeStream"), []refusal{
		{"an unknown stream", errorOf(describe, aws.DescribeStreamInput{StreamArn: noStream(arn)}), "ResourceNotFoundException", streamMissing(noStream(arn))},
		invalid("what is no stream", "Invalid StreamArn", errorOf(describe, aws.DescribeStreamInput{StreamArn: "arn:aws:dynamodb:us-west-2:000000000000:table/Music"})),
		invalid("a limit of none", oneError+"Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", errorOf(describe, aws.DescribeStreamInput{StreamArn: arn, Limit: aws.Some(0)})),
		invalid("too high a limit", parameters+"Limit cannot be greater than the maximum: 100", errorOf(describe, aws.DescribeStreamInput{StreamArn: arn, Limit: aws.Some(101)})),
		invalid("a start that is no shard", oneError+"Value 'x' at 'exclusiveStartShardId' failed to satisfy constraint: Member must have length greater than or equal to 28", errorOf(describe, aws.DescribeStreamInput{StreamArn: arn, ExclusiveStartShardID: "x"})),
	})
	testCanceled(t, describe, aws.DescribeStreamInput{StreamArn: arn})
	t.Run("after the table", func(t *testing.T) {
		must(t, f.Cloud.DynamoDB.DeleteTable, aws.DeleteTableInput{TableName: "Music"})
		f.gone(t, "Music")
		d := f.streamIs(t, arn, aws.StreamDisabled)
		if shard := d.Shards[len(d.Shards)-1]; shard.SequenceNumberRange.EndingSequenceNumber == "" {
			t.Errorf("the shard is open: %+v", shard)
		}
	})
}

func testGetShardIterator(t *testing.T, f Fixture) {
	get := f.Cloud.DynamoDBStreams.GetShardIterator
	arn := f.streamOf(t, music(), aws.StreamKeysOnly)
	f.put(t, "Music", song("A", "1"), song("A", "2"), song("A", "3"))
	all, shard := f.records(t, arn, 3)
	second := all[1].DynamoDB.SequenceNumber
	latest := f.iterator(t, arn, shard, aws.ShardLatest, "")
	for _, c := range []struct {
		kind aws.ShardIteratorType
		want []aws.Record
	}{{aws.ShardAtSequenceNumber, all[1:]}, {aws.ShardAfterSequenceNumber, all[2:]}} {
		same(t, string(c.kind), f.read(t, f.iterator(t, arn, shard, c.kind, second), len(c.want)), c.want)
	}
	f.put(t, "Music", song("A", "4"))
	if got := f.read(t, latest, 1); len(got) != 1 || !reflect.DeepEqual(got[0].DynamoDB.Keys, song("A", "4")) {
		t.Errorf("after the latest come %+v", got)
	}
	at := aws.GetShardIteratorInput{StreamArn: arn, ShardID: shard, ShardIteratorType: aws.ShardAtSequenceNumber, SequenceNumber: second}
	refuses(t, operation(t, "dynamodbstreams:GetShardIterator"), iteratorRefusals(f, at))
	testCanceled(t, get, at)
}

func iteratorRefusals(f Fixture, in aws.GetShardIteratorInput) []refusal {
	arn, sequence := in.StreamArn, in.SequenceNumber
	with := func(change func(*aws.GetShardIteratorInput)) func() error {
		in := in
		change(&in)
		return errorOf(f.Cloud.DynamoDBStreams.GetShardIterator, in)
	}
	constraint := " failed to satisfy constraint: Member must "
	return []refusal{
		{"an unknown stream", with(func(in *aws.GetShardIteratorInput) { in.StreamArn = noStream(arn) }), "ResourceNotFoundException", streamMissing(noStream(arn))},
		{"an unknown shard", with(func(in *aws.GetShardIteratorInput) { in.ShardID = "shardId-00000000000000000000-00000000" }), "ResourceNotFoundException",
			"Requested resource not found: Shard does not exist"},
		invalid("what is no stream", "Invalid StreamArn", with(func(in *aws.GetShardIteratorInput) { in.StreamArn = "x" })),
		invalid("too short a shard", oneError+"Value 'x' at 'shardId'"+constraint+"have length greater than or equal to 28", with(func(in *aws.GetShardIteratorInput) { in.ShardID = "x" })),
		invalid("an unknown type", oneError+"Value 'AT_TIMESTAMP' at 'shardIteratorType'"+constraint+"satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]",
			with(func(in *aws.GetShardIteratorInput) { in.ShardIteratorType = "AT_TIMESTAMP" })),
		invalid("too short a number", oneError+"Value '12' at 'sequenceNumber'"+constraint+"have length greater than or equal to 21", with(func(in *aws.GetShardIteratorInput) { in.SequenceNumber = "12" })),
		invalid("a number of no record", "Invalid SequenceNumber for the shard", with(func(in *aws.GetShardIteratorInput) { in.SequenceNumber = "9" + sequence })),
		invalid("no number", parameters+"SequenceNumber must be specified with ShardIteratorType AT_SEQUENCE_NUMBER", with(func(in *aws.GetShardIteratorInput) { in.SequenceNumber = "" })),
		invalid("a number too many", parameters+"SequenceNumber must not be specified with ShardIteratorType LATEST", with(func(in *aws.GetShardIteratorInput) { in.ShardIteratorType = aws.ShardLatest })),
	}
}
