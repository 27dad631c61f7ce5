package dynamodb

import (
	"reflect"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestTheLab does what the DynamoDB lab asks for, page by page.
func TestTheLab(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud)

	b.Open(nav.Route{Page: tablesID}).Shows("Tables (0)", "You have no tables").Press("Create table").Follow()
	b.TypeIn("Table name", "Music").TypeIn("Partition key", "Artist").TypeIn("Sort key - optional", "Song")
	b.Shows("Default settings", "On-demand").Press("Create table").Follow()
	b.Shows("Tables (1)", "Music", "Artist (S)", "Song (S)", "Active", "On-demand")

	b.Keys("i").Follow().Shows("Table: Music - Items returned (0)", "The table has no items.")
	b.Press("Create item").Follow()
	b.TypeIn("Artist", "Psy").TypeIn("Song", "Gangnam Style")
	b.Press("Add new attribute").Pick("String").TypeIn("Attribute name", "Album").TypeIn("Album", "Psy 6 (Six Rules), Part 1")
	b.Press("Add new attribute").Pick("Number").TypeIn("Attribute name", "Year").TypeIn("Year", "2010")
	b.Press("Add new attribute").Pick("Number").TypeIn("Attribute name", "LengthSeconds").TypeIn("LengthSeconds", "219")
	b.TypeIn("Year", "2011").Press("Create item").Follow()
	key := aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style")}
	want := aws.Item{
		"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style"), "Album": aws.S("Psy 6 (Six Rules), Part 1"),
		"Year": aws.N("2011"), "LengthSeconds": aws.N("219"),
	}
	if got := getItem(t, cloud, "Music", key); !reflect.DeepEqual(got, want) {
		t.Fatalf("the item is %v, not %v", got, want)
	}
}

// TestTheLabsSearches edits, queries, scans and deletes as the lab asks for.
func TestTheLabsSearches(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: exploreID, Name: "Music"})
	b.Shows("Items returned (3)", "✓ Completed · Items returned: 3 · Items scanned: 3 · Efficiency: 100% · RCUs consumed: 0.5")

	b.Choose("Select a table or index", "Table - Music").Press("Query").Press("Run")
	b.Shows("A query needs a value here")
	b.TypeIn("Artist", "Psy").TypeIn("Song", "Gangnam Style").Press("Run")
	b.Shows("Items returned (1)", "Items scanned: 1 ", "Psy 6 (Six Rules), Part 1", "2011").Lacks("1973")

	b.Press("Scan").Press("Add filter").TypeIn("Attribute name", "Year").Choose("Type", "Number").TypeIn("Value", "1971").Press("Run")
	b.Shows("Items returned (1)", "Items scanned: 3 · Efficiency: 33% · RCUs consumed: 0.5", "John Lennon").Lacks("Pink")
	b.Choose("Type", "String").Press("Run").Shows("Items returned (0)", "No items match.")
	b.Press("Reset").Press("Run").Shows("Items returned (3)")

	explore := b.Page
	b.Press("Psy").Keys("enter").Follow()
	b.Shows("Edit item", "Gangnam Style").TypeIn("Year", "2012").Press("Save and close")
	pagetest.Asked[nav.Replace](b)
	got := getItem(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style")})
	if got["Year"] != aws.N("2012") || got["LengthSeconds"] != aws.N("219") {
		t.Fatalf("the item is %v", got)
	}
	b.Page = explore
	b.Do(b.Page.Init())
	b.Shows("Items returned (3)", "2012").Lacks("2011")

	b.Open(nav.Route{Page: tableID, Name: "Music"}).Shows("Artist (S)", "On-demand").Press("Delete table")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "confirm" {
		t.Fatalf("the word to type is %q", ask.Word)
	}
	b.Confirm().Follow().Shows("Tables (0)")
}
