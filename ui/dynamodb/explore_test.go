package dynamodb

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestTheLabsSearchesInASmallTerminal folds the search panel away after each
// run; what is in it is still found by its label.
func TestTheLabsSearchesInASmallTerminal(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	b.Width, b.Height = 78, 20
	b.Open(nav.Route{Page: exploreID, Name: "Music"}).Shows("Items returned (3)")
	b.Press("Query").TypeIn("Artist", "Psy").Press("Run").Shows("▸ Scan or query items", "Query · Artist = Psy", "Items returned (1)", "RCUs consumed: 0.5")
	b.TypeIn("Song", "G").Shows("▾ Scan or query items").Choose("Sort key condition", "Begins with").Press("Run")
	b.Shows("Query · Artist = Psy · Song begins with G", "Items returned (1)")
	b.Press("Scan").Press("Add filter").TypeIn("Attribute name", "Year").Choose("Type", "Number").TypeIn("Value", "1971").Keys("enter")
	b.Shows("Items returned (1)", "John Lennon", "Scan · filter Year = 1971")
}

func TestExploreAnIndex(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	table := defaultTable("Music", songs)
	table.Global = []newIndex{{Name: "by-genre", Key: keySchema{keyAttribute{"Genre", aws.TypeS}, keyAttribute{"Year", aws.TypeN}}, Projection: aws.ProjectKeysOnly}}
	makeTable(t, cloud, table)
	for year := range 5 {
		put(t, cloud, "Music", aws.Item{"Artist": aws.S("A"), "Song": aws.S(fmt.Sprint(year)), "Genre": aws.S("Rock"), "Year": aws.N(fmt.Sprint(1970 + year)), "Album": aws.S("Unseen")})
	}
	b := newBench(t, cloud).Open(nav.Route{Page: exploreID, Name: "Music"}).Shows("Unseen")
	b.Choose("Select a table or index", "Index - by-genre").Press("Query").TypeIn("Genre", "Rock").Choose("Sort key condition", "Between")
	b.TypeIn("Year", "1971").Press("Run").Shows("Between needs both values")
	b.TypeIn("Year (upper value)", "x").Keys("enter").Shows("converted to a numeric")
	b.TypeIn("Year (upper value)", "1973").Press("Sort descending").Keys("ctrl+s").Press("Run")
	b.Shows("Index: by-genre - Items returned (3)", "Genre (String)", "Year (Number)").Lacks("Unseen", "1974", "1970")
	if text := b.Text(); strings.Index(text, "1973  ") > strings.LastIndex(text, "1971  ") {
		t.Errorf("not descending:\n%s", text)
	}
	b.Choose("Select attribute projection", "Specific attributes").TypeIn("Specific attributes", "Year").Press("Run").Shows("Items returned (3)", "1972")
	b.Press("Rock").Keys("enter")
	if got := readAddress(pagetest.Asked[nav.Open](b).Route).Edit; encodeKey(got) != `{"Artist":{"S":"A"},"Song":{"S":"1"}}` {
		t.Errorf("the item opened is %s", encodeKey(got))
	}
}

// TestExploreReadsOnAtTheEnd walks through a table page by page, and back to
// rows that were let go meanwhile.
func TestExploreReadsOnAtTheEnd(t *testing.T) {
	t.Parallel()
	db := &shelfTable{shelf: shelf{ids: numbers(2000)}}
	b := newBench(t, aws.Cloud{DynamoDB: db}).Open(nav.Route{Page: exploreID, Name: "Shelf"})
	p := pagetest.PageOf[*explorePage](b)
	b.Shows("Items returned (50+)", "The item with the number 0")
	p.results.budget = 10_000
	for range 100 {
		b.Keys("end")
	}
	b.Shows("Items returned (2000)", "✓ Completed · Items returned: 2000 · Items scanned: 2000", "number 1999")
	b.Keys("home").Shows("The item with the number 0", "The item with the number 20").Lacks("loading")
	for range 10 {
		b.Keys("pgdown")
	}
	b.Lacks("loading")
	row := p.table.Current()
	b.Shows(fmt.Sprintf("The item with the number %d", row), "Items scanned: 2000")
	if p.results.rows > keptRows+100 {
		t.Errorf("%d rows are kept", p.results.rows)
	}
}

// shelfTable is a shelf that can be described.
type shelfTable struct{ shelf }

func (s *shelfTable) DescribeTable(context.Context, aws.DescribeTableInput) (aws.DescribeTableOutput, error) {
	return (&desert{}).DescribeTable(context.Background(), aws.DescribeTableInput{})
}

func TestOnlyTheNewestRunCounts(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: exploreID, Name: "Music"})
	p := pagetest.PageOf[*explorePage](b)
	slow := p.run()
	b.Press("Query").TypeIn("Artist", "Psy")
	b.Do(p.run())
	b.Do(slow)
	b.Shows("Items returned (1)", "Gangnam Style").Lacks("Pink Floyd")
}

func TestARunCanBeCancelled(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: exploreID, Name: "Music"})
	p := pagetest.PageOf[*explorePage](b)
	for _, way := range []func(){
		func() { b.Keys("esc") },
		func() { b.Press("Cancel run") },
	} {
		slow := p.run()
		b.Shows("◌ Running")
		way()
		b.Shows("⚠ Cancelled")
		b.Do(slow)
		b.Shows("⚠ Cancelled").Lacks("Pink Floyd")
		b.Press("Run").Shows("✓ Completed", "Pink Floyd")
	}
	if _, used := b.Page.Key(pagetest.Code("esc")); used {
		t.Error("esc does not lead back when nothing runs")
	}
	b.Press("Query").TypeIn("Artist", "Psy").Keys("esc")
	if p.Ring.Focused() != p.table || p.form.partition.Value() != "Psy" {
		t.Error("esc does not lead from a field to the results")
	}
}

func TestSearchFailures(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: exploreID, Name: "Music"})
	cloud.Refuse("Scan")
	b.Press("Add filter").TypeIn("Attribute name", "Year").TypeIn("Value", "1971").Press("Run")
	b.Shows("The search did not work. InternalServerError: It went wrong", "│ Year", "│ 1971")
	cloud.Allow()
	b.Press("Run").Shows("✓ Completed").Press("Remove").Press("Run").Shows("Items returned (3)")
	b.Press("Add filter").Press("Run").Shows("Enter the")
}

// TestNothingFoundForLong searches for an item far away: after some pages the
// search waits to be told to go on.
func TestNothingFoundForLong(t *testing.T) {
	t.Parallel()
	b := newBench(t, aws.Cloud{DynamoDB: &desert{pages: 60}}).Open(nav.Route{Page: exploreID, Name: "Desert"})
	b.Shows("◌ Nothing found so far", "Items scanned: 2600", "Items returned (0+)")
	b.Press("Retrieve next page").Shows("Items scanned: 5200")
	b.Press("Retrieve next page").Shows("✓ Completed", "Items scanned: 6000", "oasis", "Items returned (1)").Lacks("Retrieve next page")
}

// desert is a table whose only item found is on its last page.
type desert struct {
	aws.DynamoDB
	pages int
}

func (d *desert) DescribeTable(context.Context, aws.DescribeTableInput) (aws.DescribeTableOutput, error) {
	return aws.DescribeTableOutput{Table: aws.TableDescription{
		TableName: "Desert", TableStatus: aws.StatusActive,
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "id", KeyType: aws.KeyHash}},
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "id", AttributeType: aws.TypeN}},
	}}, nil
}

func (d *desert) Scan(_ context.Context, in aws.ScanInput) (aws.ScanOutput, error) {
	n := len(encodeKey(in.ExclusiveStartKey)) // the start key grows by a digit a page
	at := 0
	if n > 0 {
		at = n - len(`{"id":{"N":""}}`)
	}
	if at+1 >= d.pages {
		return aws.ScanOutput{ScannedCount: 100, Count: 1, Items: []aws.Item{{"id": aws.N("7"), "name": aws.S("oasis")}}}, nil
	}
	return aws.ScanOutput{ScannedCount: 100, LastEvaluatedKey: aws.Item{"id": aws.N(strings.Repeat("1", at+1))}}, nil
}

func TestDeleteItems(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: exploreID, Name: "Music"})
	b.Keys("home", "space", "down", "space", "d")
	ask := pagetest.Asked[nav.Confirm](b)
	if ask.Word != "" || !strings.Contains(ask.Text[0], "Delete 2 items from the table Music") || strings.Count(ask.Text[1], " · ") != 2 {
		t.Fatalf("%+v", ask)
	}
	var n atomic.Int32
	cloud.Fail(func(operation string, _ any) error {
		if operation == "DeleteItem" && n.Add(1) == 1 {
			return &aws.Error{Operation: operation, Code: "ThrottlingException", Message: "Slow down"}
		}
		return nil
	})
	b.Confirm().Shows("Items returned (2)")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Failure || told.Title != "1 of 2 items could not be deleted" || !strings.Contains(told.Text, "ThrottlingException: Slow down") {
		t.Errorf("%+v", told)
	}
	cloud.Allow()
	if marked := pagetest.PageOf[*explorePage](b).table.Marked(); len(marked) > 0 {
		t.Errorf("rows %v are still marked", marked)
	}
	b.Keys("d").Confirm().Keys("d").Confirm().Shows("Items returned (0)", "The table has no items.")
	if told := pagetest.Asked[nav.Notify](b); told.Title != "1 item deleted." {
		t.Errorf("%+v", told)
	}
	b.Sent = nil
	b.Keys("d", "y", "c", "enter")
	if len(b.Sent) > 0 {
		t.Errorf("without items there is something to do: %v", b.Sent)
	}
}

func TestCopyAndDuplicateAnItem(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeTable(t, cloud, defaultTable("Music", songs))
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("<Gangnam>"), "Year": aws.N("2012")})
	b := newBench(t, cloud).Open(nav.Route{Page: exploreID, Name: "Music"}).Keys("y")
	if got := pagetest.Asked[nav.Copy](b).Text; got != "{\n  \"Artist\": {\"S\": \"Psy\"},\n  \"Song\": {\"S\": \"<Gangnam>\"},\n  \"Year\": {\"N\": \"2012\"}\n}\n" {
		t.Errorf("copied %s", got)
	}
	b.Keys("c").Follow().Shows("Duplicate item", "<Gangnam>").Press("Create item").Shows("An item with the key Psy · <Gangnam> exists already.")
	b.TypeIn("Song", "Gentleman").Press("Create item").Follow().Shows("Items returned (2)", "Gentleman")
}

// TestActionsInANarrowTerminal lists under "Actions" what has no button there.
func TestActionsInANarrowTerminal(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	b.Width, b.Height = 78, 20
	b.Open(nav.Route{Page: exploreID, Name: "Music"}).Press("Actions").Pick("Duplicate item").Follow().Shows("Duplicate item")
}

func TestEditedItemsShowWhenTheyComeBack(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: exploreID, Name: "Music"})
	b.Press("Scan").Press("Add filter").TypeIn("Attribute name", "Year").Choose("Condition", "Exists").Press("Run")
	b.Do(pagetest.PageOf[*explorePage](b).Ring.Focus(pagetest.PageOf[*explorePage](b).table))
	b.Keys("end")
	put(t, cloud.Cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("New Face"), "Year": aws.N("2017")})
	current, _ := pagetest.PageOf[*explorePage](b).currentKey()
	b.Do(b.Page.Init())
	b.Shows("Items returned (4)", "New Face", "Exists")
	if again, _ := pagetest.PageOf[*explorePage](b).currentKey(); pagetest.PageOf[*explorePage](b).table.Current() != 2 || again == nil || current == nil {
		t.Errorf("the place is %d", pagetest.PageOf[*explorePage](b).table.Current())
	}
}

// TestExploreWaitsForItsTable opens a table that is still being created.
func TestExploreWaitsForItsTable(t *testing.T) {
	t.Parallel()
	slow, clock := slowSandbox(t)
	makeTable(t, slow, defaultTable("Music", songs))
	b := newBench(t, slow).Open(nav.Route{Page: exploreID, Name: "Music"}).Shows("Loading the table")
	b.Tick()
	b.Shows("Loading the table")
	clock.Pass(5 * 60e9)
	b.Tick()
	b.Shows("✓ Completed", "Items returned (0)")
}

// TestBindingsAreButtons presses each enabled binding's button by its label.
func TestBindingsAreButtons(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	b.Width = 150
	b.Open(nav.Route{Page: exploreID, Name: "Music"})
	for _, id := range []keys.ID{keys.Run, keys.Create, keys.Duplicate, keys.Delete, keys.AddRow, keys.Reset, keys.Refresh} {
		for _, binding := range b.Page.Bindings() {
			if binding.ID == id {
				b.Zone(binding.Label, component.RoleButton)
			}
		}
	}
}
