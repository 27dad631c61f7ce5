package dynamodb

import (
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
)

// TestTableBecomesActiveByItself creates a table and watches its row.
func TestTableBecomesActiveByItself(t *testing.T) {
	t.Parallel()
	slow, clock := slowSandbox(t)
	cloud := watch(slow)
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: createTableID})
	b.typeIn("Table name", "Music").typeIn("Partition key", "Artist").keys("ctrl+s").follow().shows("◌ Creating")
	b.tick()
	b.shows("◌ Creating")
	b.keys("d")
	if len(b.sent) > 0 {
		t.Errorf("a table that is being created can be deleted: %v", b.sent)
	}
	clock.pass(2 * time.Minute)
	b.tick()
	b.shows("✓ Active")
	described := cloud.count("DescribeTable")
	b.tick()
	if cloud.count("DescribeTable") != described {
		t.Error("a table that is Active is still looked at")
	}
	b.keys("d").confirm().shows("◌ Deleting")
	clock.pass(2 * time.Minute)
	b.tick()
	b.shows("Tables (0)")
}

func TestTablesFilterSortAndKeepTheirPlace(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	for _, name := range []string{"Music", "Movies", "Books"} {
		makeTable(t, cloud, defaultTable(name, songs))
	}
	b := newBench(t, cloud).open(nav.Route{Page: tablesID})
	b.keys("/").keys("M", "o").shows("Tables (1/3)", "Movies").lacks("Music", "Books")
	b.keys("esc").shows("Tables (3)", "Music", "Books")
	b.keys("/").keys("x").shows(`No table's name contains "x".`).keys("esc")
	b.keys("home", "down", "down", "i")
	if got := asked[nav.Open](b).Route; got.Name != "Music" {
		t.Fatalf("the third table is %v", got)
	}
	makeTable(t, cloud, defaultTable("Athletes", songs))
	b.keys("r").shows("Tables (4)").keys("i")
	if got := asked[nav.Open](b).Route; got.Name != "Music" {
		t.Errorf("after a refresh the place is %v", got)
	}
	b.keys("o", "o").keys("home", "enter")
	if got := asked[nav.Open](b).Route; got.Name != "Music" || got.Page != tableID {
		t.Errorf("sorted downwards the first table is %v", got)
	}
}

func TestDeletionProtection(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).open(nav.Route{Page: tableID, Name: "Music"}).shows("– Off").press("Turn on").shows("✓ On", "[ Turn off ]")
	b.sent = nil
	b.press("Delete table")
	if reason := asked[nav.Notify](b); !strings.Contains(reason.Text, "Deletion protection is on for Music") {
		t.Errorf("%+v", reason)
	}
	b.open(nav.Route{Page: tablesID})
	for _, binding := range b.page.Bindings() {
		if binding.Dangerous && !strings.Contains(binding.Disabled, "Deletion protection is on") {
			t.Errorf("%s: %q", binding.Label, binding.Disabled)
		}
	}
	b.open(nav.Route{Page: tableID, Name: "Music"}).press("Turn off").press("Delete table")
	if ask := asked[nav.Confirm](b); !strings.Contains(strings.Join(ask.Text, " "), "3 items (by the last count) are lost") {
		t.Errorf("%q", ask.Text)
	}
	b.confirm()
	if replace := asked[nav.Replace](b); replace.Route.Page != tablesID {
		t.Errorf("%v", replace)
	}
}

func TestIndexesOfATable(t *testing.T) {
	t.Parallel()
	slow, clock := slowSandbox(t)
	makeTable(t, slow, defaultTable("Music", songs))
	clock.pass(2 * time.Minute)
	b := newBench(t, slow).open(nav.Route{Page: tableID, Name: "Music"}).press("Indexes").shows("The table has no indexes.").keys("n").follow()
	b.press("Create index").shows("Enter the attribute's name", "✗ Index partition key: Enter the attribute's name (and 1 more field)")
	b.typeIn("Index partition key", "Genre").typeIn("Index sort key", "Year").choose("Index sort key type", "Number")
	b.choose("Attribute projections", "Include").typeIn("Included attributes", "Album, Label")
	if b.page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.shows("Genre-Year-index").press("Create index")
	asked[nav.Back](b)
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
	b.open(nav.Route{Page: tableID, Name: "Music"}).press("Indexes").shows("Genre-Year-index", "◌ Creating", "Year (N)", "Include: Album, Label")
	clock.pass(2 * time.Minute)
	b.tick()
	b.shows("✓ Active").keys("tab").keys("d")
	if ask := asked[nav.Confirm](b); ask.Word != "confirm" || ask.Title != "Delete index" {
		t.Errorf("%+v", ask)
	}
	b.confirm().shows("◌ Deleting")
	clock.pass(2 * time.Minute)
	b.tick()
	b.shows("The table has no indexes.")
}

func TestItemsOfATable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).open(nav.Route{Page: tableID, Name: "Music"})
	b.keys("]", "]").shows("Gangnam Style", "Item count").press("Get live item count").shows("live: 3 items")
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Abba"), "Song": aws.S("Waterloo")})
	b.keys("r").shows("Waterloo").keys("[", "[").shows("General information", "arn:aws:dynamodb:")
	b.press("Explore table items")
	if got := asked[nav.Open](b).Route; got != (nav.Route{Page: exploreID, Name: "Music"}) {
		t.Errorf("opened %v", got)
	}
}

func TestChooseATable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).open(nav.Route{Page: exploreID}).shows("There is no table to look at.")
	music(t, cloud)
	b.keys("r").shows("Tables (1)").keys("enter")
	if got := asked[nav.Replace](b).Route; got != (nav.Route{Page: exploreID, Name: "Music"}) {
		t.Errorf("opened %v", got)
	}
}
