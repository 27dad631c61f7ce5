package cloudwatch

import (
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestTagsOfALogGroup(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	const name = "/aws/lambda/Tagged"
	if _, err := cloud.Logs.CreateLogGroup(t.Context(), aws.CreateLogGroupInput{LogGroupName: name, Tags: map[string]string{"lab": "2"}}); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, cloud, clock).Open(nav.Route{Page: groupID, Name: name}).Press("Manage tags").Follow()
	b.Shows("the log group "+name, "up to 49 more tags").TypeIn("Value", "3").Press("Add new tag").TypeIn("Key", "team").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(nav.Route{Page: manageTagsID, Name: name}).Shows("team", "up to 48 more tags").Press("Remove").Press("Save")
	b.Open(nav.Route{Page: manageTagsID, Name: name}).Shows("lab", "up to 49 more tags")
	b.Open(nav.Route{Page: manageTagsID, Name: "/aws/lambda/Nope"}).Shows("could not be read", "ResourceNotFoundException")
}
