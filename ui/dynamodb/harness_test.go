package dynamodb

import (
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/page/pagetest"
)

// sandbox opens a sandbox whose tables are ready at once.
func sandbox(t testing.TB, change ...func(*fake.Options)) aws.Cloud {
	t.Helper()
	opts := fake.Options{Delay: aws.Some(time.Duration(0))}
	for _, c := range change {
		c(&opts)
	}
	s, err := fake.Open(t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud()
}

func newBench(t testing.TB, cloud aws.Cloud) *pagetest.Bench {
	t.Helper()
	return pagetest.New(t, Pages(), cloud)
}

// music makes the lab's table with its three songs.
func music(t testing.TB, cloud aws.Cloud) {
	t.Helper()
	makeTable(t, cloud, defaultTable("Music", keySchema{keyAttribute{"Artist", aws.TypeS}, keyAttribute{"Song", aws.TypeS}}))
	for _, item := range []aws.Item{
		{"Artist": aws.S("Pink Floyd"), "Song": aws.S("Money"), "Album": aws.S("The Dark Side of the Moon"), "Year": aws.N("1973")},
		{"Artist": aws.S("John Lennon"), "Song": aws.S("Imagine"), "Album": aws.S("Imagine"), "Year": aws.N("1971"), "Genre": aws.S("Soft rock")},
		{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style"), "Album": aws.S("Psy 6 (Six Rules), Part 1"), "Year": aws.N("2011"), "LengthSeconds": aws.N("219")},
	} {
		put(t, cloud, "Music", item)
	}
}

func put(t testing.TB, cloud aws.Cloud, table string, item aws.Item) {
	t.Helper()
	if _, err := cloud.DynamoDB.PutItem(t.Context(), aws.PutItemInput{TableName: table, Item: item}); err != nil {
		t.Fatal(err)
	}
}

func makeTable(t testing.TB, cloud aws.Cloud, table newTable) {
	t.Helper()
	if _, err := cloud.DynamoDB.CreateTable(t.Context(), table.input()); err != nil {
		t.Fatal(err)
	}
}

func getItem(t testing.TB, cloud aws.Cloud, table string, key aws.Item) aws.Item {
	t.Helper()
	out, err := cloud.DynamoDB.GetItem(t.Context(), aws.GetItemInput{TableName: table, Key: key, ConsistentRead: true})
	if err != nil {
		t.Fatal(err)
	}
	return out.Item
}
