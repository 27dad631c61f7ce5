package dynamodb

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
)

// TestTheLabsSearchesInASmallTerminal folds the search panel away after each
// run; what is in it is still found by its label.
func TestTheLabsSearchesInASmallTerminal(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	b.width, b.height = 78, 20
	b.open(nav.Route{Page: exploreID, Name: "Music"}).shows("Items returned (3)")
	b.press("Query").typeIn("Artist", "Psy").press("Run").shows("▸ Scan or query items", "Query · Artist = Psy", "Items returned (1)", "RCUs consumed: 0.5")
	b.typeIn("Song", "G").shows("▾ Scan or query items").choose("Sort key condition", "Begins with").press("Run")
	b.shows("Query · Artist = Psy · Song begins with G", "Items returned (1)")
	b.press("Scan").press("Add filter").typeIn("Attribute name", "Year").choose("Type", "Number").typeIn("Value", "1971").keys("enter")
	b.shows("Items returned (1)", "John Lennon", "Scan · filter Year = 1971")
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
	b := newBench(t, cloud).open(nav.Route{Page: exploreID, Name: "Music"}).shows("Unseen")
	b.choose("Select a table or index", "Index - by-genre").press("Query").typeIn("Genre", "Rock").choose("Sort key condition", "Between")
	b.typeIn("Year", "1971").press("Run").shows("Between needs both values")
	b.typeIn("Year (upper value)", "x").keys("enter").shows("converted to a numeric")
	b.typeIn("Year (upper value)", "1973").press("Sort descending").keys("ctrl+s").press("Run")
	b.shows("Index: by-genre - Items returned (3)", "Genre (String)", "Year (Number)").lacks("Unseen", "1974", "1970")
	if text := b.text(); strings.Index(text, "1973  ") > strings.LastIndex(text, "1971  ") {
		t.Errorf("not descending:\n%s", text)
	}
	b.choose("Select attribute projection", "Specific attributes").typeIn("Specific attributes", "Year").press("Run").shows("Items returned (3)", "1972")
	b.press("Rock").keys("enter")
	if got := readAddress(asked[nav.Open](b).Route).Edit; encodeKey(got) != `{"Artist":{"S":"A"},"Song":{"S":"1"}}` {
		t.Errorf("the item opened is %s", encodeKey(got))
	}
}

// TestExploreReadsOnAtTheEnd walks through a table page by page, and back to
// rows that were let go meanwhile.
func TestExploreReadsOnAtTheEnd(t *testing.T) {
	t.Parallel()
	db := &shelfTable{shelf: shelf{ids: numbers(2000)}}
	b := newBench(t, aws.Cloud{DynamoDB: db}).open(nav.Route{Page: exploreID, Name: "Shelf"})
	p := pageOf[*explorePage](b)
	b.shows("Items returned (50+)", "The item with the number 0")
	p.results.budget = 10_000
	for range 100 {
		b.keys("end")
	}
	b.shows("Items returned (2000)", "✓ Completed · Items returned: 2000 · Items scanned: 2000", "number 1999")
	b.keys("home").shows("The item with the number 0", "The item with the number 20").lacks("loading")
	for range 10 {
		b.keys("pgdown")
	}
	b.lacks("loading")
	row := p.table.Current()
	b.shows(fmt.Sprintf("The item with the number %d", row), "Items scanned: 2000")
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
	b := newBench(t, cloud).open(nav.Route{Page: exploreID, Name: "Music"})
	p := pageOf[*explorePage](b)
	slow := p.run()
	b.press("Query").typeIn("Artist", "Psy")
	b.do(p.run())
	b.do(slow)
	b.shows("Items returned (1)", "Gangnam Style").lacks("Pink Floyd")
}

func TestARunCanBeCancelled(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).open(nav.Route{Page: exploreID, Name: "Music"})
	p := pageOf[*explorePage](b)
	for _, way := range []func(){
		func() { b.keys("esc") },
		func() { b.press("Cancel run") },
	} {
		slow := p.run()
		b.shows("◌ Running")
		way()
		b.shows("⚠ Cancelled")
		b.do(slow)
		b.shows("⚠ Cancelled").lacks("Pink Floyd")
		b.press("Run").shows("✓ Completed", "Pink Floyd")
	}
	if _, used := b.page.Key(codes["esc"]); used {
		t.Error("esc does not lead back when nothing runs")
	}
	b.press("Query").typeIn("Artist", "Psy").keys("esc")
	if p.ring.Focused() != p.table || p.form.partition.Value() != "Psy" {
		t.Error("esc does not lead from a field to the results")
	}
}

func TestSearchFailures(t *testing.T) {
	t.Parallel()
	cloud := watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: exploreID, Name: "Music"})
	cloud.refuse("Scan")
	b.press("Add filter").typeIn("Attribute name", "Year").typeIn("Value", "1971").press("Run")
	b.shows("The search did not work. InternalServerError: It went wrong", "│ Year", "│ 1971")
	cloud.allow()
	b.press("Run").shows("✓ Completed").press("Remove").press("Run").shows("Items returned (3)")
	b.press("Add filter").press("Run").shows("Enter the")
}

// TestNothingFoundForLong searches for an item far away: after some pages the
// search waits to be told to go on.
func TestNothingFoundForLong(t *testing.T) {
	t.Parallel()
	b := newBench(t, aws.Cloud{DynamoDB: &desert{pages: 60}}).open(nav.Route{Page: exploreID, Name: "Desert"})
	b.shows("◌ Nothing found so far", "Items scanned: 2600", "Items returned (0+)")
	b.press("Retrieve next page").shows("Items scanned: 5200")
	b.press("Retrieve next page").shows("✓ Completed", "Items scanned: 6000", "oasis", "Items returned (1)").lacks("Retrieve next page")
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
	cloud := watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: exploreID, Name: "Music"})
	b.keys("home", "space", "down", "space", "d")
	ask := asked[nav.Confirm](b)
	if ask.Word != "" || !strings.Contains(ask.Text[0], "Delete 2 items from the table Music") || strings.Count(ask.Text[1], " · ") != 2 {
		t.Fatalf("%+v", ask)
	}
	n := 0
	cloud.fail = func(operation string, _ any) error {
		if operation != "DeleteItem" {
			return nil
		}
		cloud.mu.Lock()
		defer cloud.mu.Unlock()
		if n++; n == 1 {
			return &aws.Error{Operation: operation, Code: "ThrottlingException", Message: "Slow down"}
		}
		return nil
	}
	b.confirm().shows("Items returned (2)")
	if told := asked[nav.Notify](b); told.Level != nav.Failure || told.Title != "1 of 2 items could not be deleted" || !strings.Contains(told.Text, "ThrottlingException: Slow down") {
		t.Errorf("%+v", told)
	}
	cloud.allow()
	if marked := pageOf[*explorePage](b).table.Marked(); len(marked) > 0 {
		t.Errorf("rows %v are still marked", marked)
	}
	b.keys("d").confirm().keys("d").confirm().shows("Items returned (0)", "The table has no items.")
	if told := asked[nav.Notify](b); told.Title != "1 item deleted." {
		t.Errorf("%+v", told)
	}
	b.sent = nil
	b.keys("d", "y", "c", "enter")
	if len(b.sent) > 0 {
		t.Errorf("without items there is something to do: %v", b.sent)
	}
}

func TestCopyAndDuplicateAnItem(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeTable(t, cloud, defaultTable("Music", songs))
	put(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("<Gangnam>"), "Year": aws.N("2012")})
	b := newBench(t, cloud).open(nav.Route{Page: exploreID, Name: "Music"}).keys("y")
	if got := asked[nav.Copy](b).Text; got != "{\n  \"Artist\": {\"S\": \"Psy\"},\n  \"Song\": {\"S\": \"<Gangnam>\"},\n  \"Year\": {\"N\": \"2012\"}\n}\n" {
		t.Errorf("copied %s", got)
	}
	b.keys("c").follow().shows("Duplicate item", "<Gangnam>").press("Create item").shows("An item with the key Psy · <Gangnam> exists already.")
	b.typeIn("Song", "Gentleman").press("Create item").follow().shows("Items returned (2)", "Gentleman")
}

// TestActionsInANarrowTerminal lists under "Actions" what has no button there.
func TestActionsInANarrowTerminal(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	b.width, b.height = 78, 20
	b.open(nav.Route{Page: exploreID, Name: "Music"}).press("Actions").pick("Duplicate item").follow().shows("Duplicate item")
}

func TestEditedItemsShowWhenTheyComeBack(t *testing.T) {
	t.Parallel()
	cloud := watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: exploreID, Name: "Music"})
	b.press("Scan").press("Add filter").typeIn("Attribute name", "Year").choose("Condition", "Exists").press("Run")
	b.do(pageOf[*explorePage](b).ring.Focus(pageOf[*explorePage](b).table))
	b.keys("end")
	put(t, cloud.Cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("New Face"), "Year": aws.N("2017")})
	current, _ := pageOf[*explorePage](b).currentKey()
	b.do(b.page.Init())
	b.shows("Items returned (4)", "New Face", "Exists")
	if again, _ := pageOf[*explorePage](b).currentKey(); pageOf[*explorePage](b).table.Current() != 2 || again == nil || current == nil {
		t.Errorf("the place is %d", pageOf[*explorePage](b).table.Current())
	}
}

// TestExploreWaitsForItsTable opens a table that is still being created.
func TestExploreWaitsForItsTable(t *testing.T) {
	t.Parallel()
	slow, clock := slowSandbox(t)
	makeTable(t, slow, defaultTable("Music", songs))
	b := newBench(t, slow).open(nav.Route{Page: exploreID, Name: "Music"}).shows("Loading the table")
	b.tick()
	b.shows("Loading the table")
	clock.pass(5 * 60e9)
	b.tick()
	b.shows("✓ Completed", "Items returned (0)")
}

// TestBindingsAreButtons presses each enabled binding's button by its label.
func TestBindingsAreButtons(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	b.width = 150
	b.open(nav.Route{Page: exploreID, Name: "Music"})
	for _, id := range []keys.ID{keys.Run, keys.Create, keys.Duplicate, keys.Delete, keys.AddRow, keys.Reset, keys.Refresh} {
		for _, binding := range b.page.Bindings() {
			if binding.ID == id {
				b.zone(binding.Label, component.RoleButton)
			}
		}
	}
}
