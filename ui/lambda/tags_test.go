package lambda

import (
	"maps"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestManageTags gives a function tags, changes one, and takes one away, with no
// more calls than that needs.
func TestManageTags(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	makeFunction(t, w.Cloud, "f")
	arn := configuration(t, w.Cloud, "f").FunctionArn
	show := nav.Route{Page: functionID, Name: "f", Detail: "configuration/tags"}
	b := newBench(t, w.Cloud).Open(show).Shows("Tags (0)", "No tags")
	b.Press("Manage tags").Follow().Shows("Manage tags · the function f", "No tags.", "up to 50 more tags")
	b.Press("Add new tag").TypeIn("Key", "aws:lab").TypeIn("Value", "a;b").Press("Save").Shows("Key: Keys that start with aws:", "1 more field")
	b.TypeIn("Key", "lab").TypeIn("Value", "3").Press("Add new tag").Press("Save").Shows("Key: Enter a key")
	b.TypeIn("Key", "lab").Press("Save").Shows("lab is there twice")
	if b.Page.Unsaved() == "" {
		t.Error("tags that were not saved can be left without a word")
	}
	b.TypeIn("Key", "team").Press("Save")
	pagetest.Asked[nav.Back](b)
	tagged := func(want map[string]string) {
		t.Helper()
		out, err := w.Lambda.ListTags(t.Context(), aws.ListTagsInput{Resource: arn})
		if err != nil || !maps.Equal(out.Tags, want) {
			t.Errorf("the tags are %v, %v, want %v", out.Tags, err, want)
		}
	}
	tagged(map[string]string{"lab": "3", "team": ""})
	b.Open(show).Shows("Tags (2)", "lab", "team")

	b.Open(nav.Route{Page: manageTagsID, Name: "f"}).Shows("up to 48 more tags").Press("Save")
	pagetest.Asked[nav.Back](b)
	if n := w.Count("UntagResource"); n != 0 {
		t.Errorf("%d tags were taken away, none was", n)
	}
	if n := w.Count("TagResource"); n != 1 {
		t.Errorf("%d calls gave tags, want the one of before", n)
	}
	b.Open(nav.Route{Page: manageTagsID, Name: "f"}).Press("Remove").Press("Save")
	tagged(map[string]string{"lab": "3"})
	b.Open(show).Shows("Tags (1)").Lacks("team")
}
