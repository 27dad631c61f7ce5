package apigateway

import (
	"testing"

	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestTagsOfAnAPIAndAStage(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	settings := nav.Route{Page: settingsID, Name: f.id}
	b := newBench(t, f.cloud).Open(settings).Shows("API details", "FAQ-API", "Regional", "Tags (0)")
	b.Keys("y")
	if arn := pagetest.Asked[nav.Copy](b).Text; arn != f.cloud.Place.RestAPIARN(f.id) {
		t.Errorf("%q is copied", arn)
	}
	b.Press("Manage tags").Follow().Shows("the API "+f.id).Press("Add new tag").TypeIn("Key", "lab").TypeIn("Value", "faq").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(settings).Shows("Tags (1)", "lab", "faq")
	stages := nav.Route{Page: stagesID, Name: f.id}
	b.Open(stages).Shows("No tags. Manage tags adds some.").Press("Manage tags").Follow()
	b.Shows("the stage").Press("Add new tag").TypeIn("Key", "team").TypeIn("Value", "blue").Press("Save")
	b.Open(stages).Shows("team = blue").Press("Manage tags").Follow().Press("Remove").Press("Save")
	b.Open(stages).Shows("No tags. Manage tags adds some.")
	b.Open(settings).Shows("Tags (1)")
}
