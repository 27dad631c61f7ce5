package dynamodb

import (
	"maps"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestTableTags gives a table tags and takes one away; its page shows them.
func TestTableTags(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	show := nav.Route{Page: tableID, Name: "Music"}
	b := newBench(t, cloud).Open(show).Shows("Tags (0)", "No tags associated with this resource")
	b.Press("Manage tags").Follow().Shows("Manage tags · the table Music", "up to 50 more tags")
	b.Press("Add new tag").TypeIn("Key", "lab").TypeIn("Value", "1").Press("Add new tag").TypeIn("Key", "team").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(show).Shows("Tags (2)", "lab", "team")
	b.Open(nav.Route{Page: manageTagsID, Name: "Music"}).Press("Remove").Press("Save")
	out, err := readTags(t.Context(), cloud, "arn:aws:dynamodb:us-west-2:000000000000:table/Music")
	if want := map[string]string{"lab": "1"}; err != nil || !maps.Equal(out, want) {
		t.Errorf("the tags are %v, %v, want %v", out, err, want)
	}
	b.Open(show).Shows("Tags (1)").Lacks("team")
	_, err = cloud.DynamoDB.DeleteTable(t.Context(), aws.DeleteTableInput{TableName: "Music"})
	if err != nil {
		t.Fatal(err)
	}
	b.Keys("r").Shows("The table could not be read")
}
