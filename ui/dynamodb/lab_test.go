package dynamodb

import (
	"reflect"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
)

// TestTheLab does what the DynamoDB lab asks for, page by page.
func TestTheLab(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud)

	b.open(nav.Route{Page: tablesID}).shows("Tables (0)", "You have no tables").press("Create table").follow()
	b.typeIn("Table name", "Music").typeIn("Partition key", "Artist").typeIn("Sort key - optional", "Song")
	b.shows("Default settings", "On-demand").press("Create table").follow()
	b.shows("Tables (1)", "Music", "Artist (S)", "Song (S)", "Active", "On-demand")

	b.keys("i").follow().shows("Table: Music - Items returned (0)", "The table has no items.")
	b.press("Create item").follow()
	b.typeIn("Artist", "Psy").typeIn("Song", "Gangnam Style")
	b.press("Add new attribute").pick("String").typeIn("Attribute name", "Album").typeIn("Album", "Psy 6 (Six Rules), Part 1")
	b.press("Add new attribute").pick("Number").typeIn("Attribute name", "Year").typeIn("Year", "2010")
	b.press("Add new attribute").pick("Number").typeIn("Attribute name", "LengthSeconds").typeIn("LengthSeconds", "219")
	b.typeIn("Year", "2011").press("Create item").follow()
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
	b := newBench(t, cloud).open(nav.Route{Page: exploreID, Name: "Music"})
	b.shows("Items returned (3)", "✓ Completed · Items returned: 3 · Items scanned: 3 · Efficiency: 100% · RCUs consumed: 0.5")

	b.choose("Select a table or index", "Table - Music").press("Query").press("Run")
	b.shows("A query needs a value here")
	b.typeIn("Artist", "Psy").typeIn("Song", "Gangnam Style").press("Run")
	b.shows("Items returned (1)", "Items scanned: 1 ", "Psy 6 (Six Rules), Part 1", "2011").lacks("1973")

	b.press("Scan").press("Add filter").typeIn("Attribute name", "Year").choose("Type", "Number").typeIn("Value", "1971").press("Run")
	b.shows("Items returned (1)", "Items scanned: 3 · Efficiency: 33% · RCUs consumed: 0.5", "John Lennon").lacks("Pink")
	b.choose("Type", "String").press("Run").shows("Items returned (0)", "No items match.")
	b.press("Reset").press("Run").shows("Items returned (3)")

	explore := b.page
	b.press("Psy").keys("enter").follow()
	b.shows("Edit item", "Gangnam Style").typeIn("Year", "2012").press("Save and close")
	asked[nav.Replace](b)
	got := getItem(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style")})
	if got["Year"] != aws.N("2012") || got["LengthSeconds"] != aws.N("219") {
		t.Fatalf("the item is %v", got)
	}
	b.page = explore
	b.do(b.page.Init())
	b.shows("Items returned (3)", "2012").lacks("2011")

	b.open(nav.Route{Page: tableID, Name: "Music"}).shows("Artist (S)", "On-demand").press("Delete table")
	if ask := asked[nav.Confirm](b); ask.Word != "confirm" {
		t.Fatalf("the word to type is %q", ask.Word)
	}
	b.confirm().follow().shows("Tables (0)")
}
