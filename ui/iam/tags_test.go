package iam

import (
	"testing"

	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestTagsOfARole(t *testing.T) {
	t.Parallel()
	show := nav.Route{Page: roleID, Name: "lambda-basic-execution"}
	b := newBench(t).Open(show).Press("Tags").Shows("Tags (0)", "No tags")
	b.Press("Manage tags").Follow().Press("Add new tag").TypeIn("Key", "lab").TypeIn("Value", "2").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(show).Keys("[").Shows("Tags (1)", "lab", "2")
	b.Press("Manage tags").Follow().TypeIn("Key", "LAB").Press("Save")
	b.Open(show).Keys("[").Shows("Tags (1)", "LAB")
	b.Press("Manage tags").Follow().Press("Remove").Press("Save")
	b.Open(show).Keys("[").Shows("Tags (0)")
}
