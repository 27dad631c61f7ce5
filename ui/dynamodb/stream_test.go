package dynamodb

import (
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
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
