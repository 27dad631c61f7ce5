package dynamodb

import (
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestTableBecomesActiveByItself creates a table and watches its row.
func TestTableBecomesActiveByItself(t *testing.T) {
	t.Parallel()
	slow, clock := slowSandbox(t)
	cloud := pagetest.Watch(slow)
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: createTableID})
	b.TypeIn("Table name", "Music").TypeIn("Partition key", "Artist").Keys("ctrl+s").Follow().Shows("◌ Creating")
	b.Tick()
	b.Shows("◌ Creating")
	b.Keys("d")
	if len(b.Sent) > 0 {
		t.Errorf("a table that is being created can be deleted: %v", b.Sent)
	}
	clock.Pass(2 * time.Minute)
	b.Tick()
	b.Shows("✓ Active")
	described := cloud.Count("DescribeTable")
	b.Tick()
	if cloud.Count("DescribeTable") != described {
		t.Error("a table that is Active is still looked at")
	}
	b.Keys("d").Confirm().Shows("◌ Deleting")
	clock.Pass(2 * time.Minute)
	b.Tick()
	b.Shows("Tables (0)")
}

func TestTablesFilterSortAndKeepTheirPlace(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	for _, name := range []string{"Music", "Movies", "Books"} {
		makeTable(t, cloud, defaultTable(name, songs))
	}
	b := newBench(t, cloud).Open(nav.Route{Page: tablesID})
	b.Keys("/").Keys("M", "o").Shows("Tables (1/3)", "Movies").Lacks("Music", "Books")
	b.Keys("esc").Shows("Tables (3)", "Music", "Books")
	b.Keys("/").Keys("x").Shows(`No table's name contains "x".`).Keys("esc")
	b.Keys("home", "down", "down", "i")
	if got := pagetest.Asked[nav.Open](b).Route; got.Name != "Music" {
		t.Fatalf("the third table is %v", got)
	}
	makeTable(t, cloud, defaultTable("Athletes", songs))
	b.Keys("r").Shows("Tables (4)").Keys("i")
	if got := pagetest.Asked[nav.Open](b).Route; got.Name != "Music" {
		t.Errorf("after a refresh the place is %v", got)
	}
	b.Keys("o", "o").Keys("home", "enter")
	if got := pagetest.Asked[nav.Open](b).Route; got.Name != "Music" || got.Page != tableID {
		t.Errorf("sorted downwards the first table is %v", got)
	}
}

func TestDeletionProtection(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: tableID, Name: "Music"}).Shows("– Off").Press("Turn on").Shows("✓ On", "[ Turn off ]")
	b.Sent = nil
	b.Press("Delete table")
	if reason := pagetest.Asked[nav.Notify](b); !strings.Contains(reason.Text, "Deletion protection is on for Music") {
		t.Errorf("%+v", reason)
	}
	b.Open(nav.Route{Page: tablesID})
	for _, binding := range b.Page.Bindings() {
		if binding.Dangerous && !strings.Contains(binding.Disabled, "Deletion protection is on") {
			t.Errorf("%s: %q", binding.Label, binding.Disabled)
		}
	}
	b.Open(nav.Route{Page: tableID, Name: "Music"}).Press("Turn off").Press("Delete table")
	if ask := pagetest.Asked[nav.Confirm](b); !strings.Contains(strings.Join(ask.Text, " "), "3 items (by the last count) are lost") {
		t.Errorf("%q", ask.Text)
	}
	b.Confirm()
	if replace := pagetest.Asked[nav.Replace](b); replace.Route.Page != tablesID {
		t.Errorf("%v", replace)
	}
}

func TestIndexesOfATable(t *testing.T) {
	t.Parallel()
	slow, clock := slowSandbox(t)
	makeTable(t, slow, defaultTable("Music", songs))
	clock.Pass(2 * time.Minute)
	b := newBench(t, slow).Open(nav.Route{Page: tableID, Name: "Music"}).Press("Indexes").Shows("The table has no indexes.").Keys("n").Follow()
	b.Press("Create index").Shows("Enter the attribute's name", "✗ Index partition key: Enter the attribute's name (and 1 more field)")
	b.TypeIn("Index partition key", "Genre").TypeIn("Index sort key", "Year").Choose("Index sort key type", "Number")
	b.Choose("Attribute projections", "Include").TypeIn("Included attributes", "Album, Label")
	if b.Page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.Shows("Genre-Year-index").Press("Create index")
	pagetest.Asked[nav.Back](b)
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
	b.Open(nav.Route{Page: tableID, Name: "Music"}).Press("Indexes").Shows("Genre-Year-index", "◌ Creating", "Year (N)", "Include: Album, Label")
	clock.Pass(2 * time.Minute)
	b.Tick()
	b.Shows("✓ Active").Keys("tab").Keys("d")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "confirm" || ask.Title != "Delete index" {
		t.Errorf("%+v", ask)
	}
	b.Confirm().Shows("◌ Deleting")
	clock.Pass(2 * time.Minute)
	b.Tick()
	b.Shows("The table has no indexes.")
}

// TestIndexByKeysOfTheTable: DynamoDB wants the definitions of a new index's key
// attributes even where the table has them.
func TestIndexByKeysOfTheTable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeTable(t, cloud, defaultTable("Music", songs))
	b := newBench(t, cloud).Open(nav.Route{Page: createIndexID, Name: "Music"})
	b.TypeIn("Index partition key", "Song").TypeIn("Index sort key", "Artist").Press("Create index")
	pagetest.Asked[nav.Back](b)
}

func TestItemsOfATable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: tableID, Name: "Music"})
	b.Keys("]", "]").Shows("Gangnam Style", "Item count").Press("Get live item count").Shows("live: 3 items")
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Abba"), "Song": aws.S("Waterloo")})
	b.Keys("r").Shows("Waterloo").Keys("[", "[").Shows("General information", "arn:aws:dynamodb:")
	b.Press("Explore table items")
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: exploreID, Name: "Music"}) {
		t.Errorf("opened %v", got)
	}
}

func TestChooseATable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).Open(nav.Route{Page: exploreID}).Shows("There is no table to look at.")
	music(t, cloud)
	b.Keys("r").Shows("Tables (1)").Keys("enter")
	if got := pagetest.Asked[nav.Replace](b).Route; got != (nav.Route{Page: exploreID, Name: "Music"}) {
		t.Errorf("opened %v", got)
	}
}
