package dynamodb

import (
	"context"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestStreamTab turns a table's stream on, sees what becomes of its items, and
// turns it off again.
func TestStreamTab(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: tableID, Name: "Music"}).Press("Exports and streams")
	b.Shows("DynamoDB stream details", "– Off", "● New and old images", "[ Turn on ]").Lacks("Latest stream ARN", "Newest records")
	b.Press("New image").Press("Turn on")
	b.Shows("✓ On", "New image", "Latest stream ARN", "arn:aws:dynamodb:us-west-2:000000000000:table/Music/stream/", "[ Turn off ]", "No item was changed").
		Lacks("Key attributes only")
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style"), "Year": aws.N("2012")})
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Abba"), "Song": aws.S("SOS")})
	b.Keys("r").Shows("MODIFY", `{"Artist": "Psy"`, "INSERT", `{"Artist": "Abba"`)
	b.Press("Turn off")
	if table := b.Text(); b.Sent == nil {
		t.Fatalf("nothing is asked:\n%s", table)
	}
	b.Confirm().Shows("– Off", "[ Turn on ]", "Latest stream ARN", "INSERT")
	out, err := cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Music"})
	if err != nil || out.Table.StreamSpecification != nil || out.Table.LatestStreamArn == "" {
		t.Errorf("%+v, %v", out.Table, err)
	}
}

// sparse gives the records of its one shard after a number of empty pages, and again
// none for ever.
type sparse struct {
	aws.DynamoDBStreams
	before int // empty pages
	asked  int
}

func (s *sparse) DescribeStream(context.Context, aws.DescribeStreamInput) (aws.DescribeStreamOutput, error) {
	return aws.DescribeStreamOutput{StreamDescription: aws.StreamDescription{Shards: []aws.Shard{{ShardID: "shard"}}}}, nil
}

func (s *sparse) GetShardIterator(context.Context, aws.GetShardIteratorInput) (aws.GetShardIteratorOutput, error) {
	return aws.GetShardIteratorOutput{ShardIterator: "next"}, nil
}

func (s *sparse) GetRecords(context.Context, aws.GetRecordsInput) (aws.GetRecordsOutput, error) {
	out := aws.GetRecordsOutput{NextShardIterator: "next"}
	if s.asked++; s.asked == s.before+1 {
		out.Records = []aws.Record{{EventID: "1"}}
	}
	return out, nil
}

// TestEmptyPages: on AWS, records may come after pages without any; of a stream that
// has none the pages come to an end.
func TestEmptyPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind                    aws.Kind
		before, records, asking int
	}{
		{aws.Sandbox, 0, 1, 2},
		{aws.Sandbox, 9, 0, 1},
		{aws.Account, 0, 1, 1 + pagesPassed + 1},
		{aws.Account, pagesPassed, 1, 1 + pagesPassed + 1},
		{aws.Account, 1000, 0, pagesPassed + 1},
	} {
		s := &sparse{before: c.before}
		records, err := newestRecords(t.Context(), aws.Cloud{DynamoDBStreams: s, Place: aws.Place{Kind: c.kind}}, "stream")
		if err != nil || len(records) != c.records || s.asked != c.asking {
			t.Errorf("%v: %d records of %d pages, %v", c, len(records), s.asked, err)
		}
	}
}

// TestStreamThatIsNoMore: a stream that has been off for a day is no more, though its
// table tells of it; that is no fault, as others are.
func TestStreamThatIsNoMore(t *testing.T) {
	t.Parallel()
	clock := pagetest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	cloud := sandbox(t, func(opts *fake.Options) { opts.Now = clock.Now })
	music(t, cloud)
	watched := pagetest.Watch(cloud)
	b := newBench(t, watched.Cloud).Open(nav.Route{Page: tableID, Name: "Music"}).Press("Exports and streams")
	b.Press("Turn on").Shows("✓ On")
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Abba"), "Song": aws.S("SOS")})
	b.Press("Turn off").Confirm().Shows("– Off", "INSERT")
	watched.Refuse("GetRecords")
	b.Open(nav.Route{Page: tableID, Name: "Music"}).Press("Exports and streams").
		Shows("The stream's records could not be read").Lacks("Loading", "No item was changed")
	watched.Allow()
	clock.Pass(25 * time.Hour)
	b.Keys("r").Shows("Latest stream ARN", "No item was changed").Lacks("could not be read", "INSERT")
}
