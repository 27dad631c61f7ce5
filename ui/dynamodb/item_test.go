package dynamodb

import (
	"reflect"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

var gangnam = aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style")}

// editing opens the lab's third song in the editor.
func editing(t *testing.T, cloud aws.Cloud) *pagetest.Bench {
	t.Helper()
	route, err := address{Edit: gangnam}.route("Music")
	if err != nil {
		t.Fatal(err)
	}
	return newBench(t, cloud).Open(route)
}

// TestAnItemOfAllTypes makes one value of each type by hand.
func TestAnItemOfAllTypes(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: itemID, Name: "Music"})
	b.TypeIn("Artist", "A").TypeIn("Song", "B")
	add := func(kind, name string) *pagetest.Bench {
		return b.Press("Add new attribute").Pick(kind).TypeIn("Attribute name", name)
	}
	add("String", "s").TypeIn("s", "text")
	add("Number", "n").TypeIn("n", "12345678901234567890123456789012345678")
	add("Binary", "b").TypeIn("b", "aGVsbG8=")
	add("Boolean", "yes").Choose("yes", "false")
	add("Null", "nothing")
	add("String set", "ss").Press("Add value").TypeIn("ss[0]", "x").Press("Add value").TypeIn("ss[1]", "y")
	add("Map", "m")
	b.Keys("tab", "enter").Pick("List").TypeIn("Attribute name", "l").Keys("tab", "enter").Pick("Number").TypeIn("m.l[0]", "1.50")
	add("Number set", "gone").Keys("ctrl+d")
	b.Lacks("Number set").Press("Create item").Follow()
	want := aws.Item{
		"Artist": aws.S("A"), "Song": aws.S("B"), "s": aws.S("text"), "n": aws.N("12345678901234567890123456789012345678"),
		"b": aws.B("hello"), "yes": aws.BOOL(false), "nothing": aws.NULL(true), "ss": aws.SS{"x", "y"},
		"m": aws.M{"l": aws.L{aws.N("1.5")}},
	}
	if got := getItem(t, cloud, "Music", aws.Item{"Artist": aws.S("A"), "Song": aws.S("B")}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v", got)
	}
}

func TestItemFormFaults(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	music(t, cloud.Cloud)
	puts := cloud.Count("PutItem")
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: itemID, Name: "Music"})
	b.Width = 150
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
	b.Press("Create item").Shows("Enter a value: a key attribute cannot be empty")
	b.TypeIn("Artist", "Psy").TypeIn("Song", "Song ").Shows("⚠ There is a space at the end: it counts")
	b.Press("Add new attribute").Pick("Number").Press("Create item").Shows("Enter the attribute's name")
	b.TypeIn("Attribute name", "Artist").Press("Create item").Shows(`There is another attribute named "Artist"`)
	b.TypeIn("Name of Artist", "Year").TypeIn("Year", "MMXII").Press("Create item").Shows("The parameter cannot be converted to a numeric value: MMXII")
	b.TypeIn("Year", strings.Repeat("1", 39)).Press("Create item").Shows("more than 38 significant digits")
	b.TypeIn("Year", "2012").Press("Add new attribute").Pick("Number set").TypeIn("Attribute name", "set").Press("Create item")
	b.Shows("set: One or more parameter values were invalid: An number set  may not be empty")
	b.Press("Add value").TypeIn("set[0]", "1").Press("Add value").TypeIn("set[1]", "1.0").Press("Create item").Shows("1.0 is there twice")
	if n := cloud.Count("PutItem"); n != puts {
		t.Errorf("%d items were sent", n-puts)
	}
	if b.Page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.TypeIn("set[1]", "2")
	cloud.Refuse("PutItem")
	b.Press("Create item").Shows("The item was not saved. InternalServerError: It went wrong", "2012", "Song ")
	cloud.Allow()
	b.Press("Create item")
	if pagetest.Asked[nav.Replace](b).Route != (nav.Route{Page: exploreID, Name: "Music"}) || b.Page.Unsaved() != "" {
		t.Errorf("%v, %q", b.Sent, b.Page.Unsaved())
	}
}

func TestNobodyOverwritesUnknowingly(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: itemID, Name: "Music"})
	b.TypeIn("Artist", "Psy").TypeIn("Song", "Gangnam Style").Press("Create item").Shows("An item with the key Psy · Gangnam Style exists already.")
	if len(getItem(t, cloud, "Music", gangnam)) != 5 {
		t.Error("the item was overwritten")
	}
	b = editing(t, cloud)
	if _, err := cloud.DynamoDB.DeleteItem(t.Context(), aws.DeleteItemInput{TableName: "Music", Key: gangnam}); err != nil {
		t.Fatal(err)
	}
	b.Press("Save and close").Shows("The item is no longer there: it was deleted meanwhile.")
	b.Open(mustRoute(t, address{Edit: gangnam})).Shows("There is no item with this key any more")
}

func mustRoute(t *testing.T, a address) nav.Route {
	t.Helper()
	route, err := a.route("Music")
	if err != nil {
		t.Fatal(err)
	}
	return route
}

func TestChangingTheKeyMovesTheItem(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := editing(t, cloud).TypeIn("Song", "Gentleman").Shows("⚠ The key is another now").Press("Save")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Title != "Change the item's key?" || ask.Action != "Save" {
		t.Errorf("%+v", ask)
	}
	if len(getItem(t, cloud, "Music", gangnam)) == 0 {
		t.Error("saved before the answer")
	}
	b.Confirm().Lacks("The key is another now")
	moved := getItem(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gentleman")})
	if len(getItem(t, cloud, "Music", gangnam)) != 0 || moved["Year"] != aws.N("2011") {
		t.Errorf("moved to %v", moved)
	}
	b.TypeIn("Artist", "Pink Floyd").TypeIn("Song", "Money").Press("Save").Confirm().Shows("An item with the key Pink Floyd · Money exists already.")
	b.TypeIn("Artist", "Psy").TypeIn("Song", "Gentleman").TypeIn("Year", "2013").Press("Save").Shows("2013")
	if pagetest.Asked[nav.Notify](b).Title != "The item has been saved." || b.Page.Unsaved() != "" {
		t.Errorf("%v %q", b.Sent, b.Page.Unsaved())
	}
}

func TestJSONView(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := editing(t, cloud).Press("JSON view").Shows(`"LengthSeconds": {"N": "219"}`)
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
	b.Press("View DynamoDB JSON").Shows(`"LengthSeconds": 219`)
	p := pagetest.PageOf[*itemPage](b)
	edit := func(from, to string) {
		t.Helper()
		text := strings.Replace(p.editor.Value(), from, to, 1)
		if text == p.editor.Value() {
			t.Fatalf("%q is not in %s", from, text)
		}
		p.editor.SetValue(text)
	}
	edit("219", "219,\n \"Tags\": [\"k-pop\", {\"a\": null}]")
	if b.Page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.Press("Form").Shows("Tags", "k-pop").Press("JSON view").Shows(`"Tags": [`)
	edit("2011", "2011x")
	b.Press("Save").Shows("The JSON has a fault at line").Press("Form").Shows("The JSON has a fault at line", "2011x")
	b.Press("View DynamoDB JSON").Shows("2011x", "[ ] View DynamoDB JSON")
	edit("2011x", "2012")
	b.Press("Save").Lacks("fault")
	got := getItem(t, cloud, "Music", gangnam)
	if got["Year"] != aws.N("2012") || !reflect.DeepEqual(got["Tags"], aws.L{aws.S("k-pop"), aws.M{"a": aws.NULL(true)}}) {
		t.Errorf("got %v", got)
	}
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
}

func TestPlainJSONSaysWhatItCannot(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeTable(t, cloud, defaultTable("Music", songs))
	item := gangnam.Clone()
	item["Tags"] = aws.SS{"a"}
	put(t, cloud, "Music", item)
	b := editing(t, cloud).Press("JSON view").Press("View DynamoDB JSON").Shows("[x] View DynamoDB JSON", `{"SS": ["a"]}`)
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "Tags holds a String set") {
		t.Errorf("%+v", told)
	}
}

func TestItemsInTheUsersEditor(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := editing(t, cloud)
	b.Key(tea.KeyPressMsg{Code: 'e', Mod: tea.ModCtrl})
	edit := pagetest.Asked[nav.EditText](b)
	if edit.Name != "item.json" || !strings.Contains(edit.Text, `"Year": {"N": "2011"}`) {
		t.Errorf("%+v", edit)
	}
	b.Do(edit.Done(strings.Replace(edit.Text, "2011", "2012", 1)))
	b.Shows("2012").Press("Save and close").Follow().Shows("2012")
}

func TestManyValuesAreEditedAsJSON(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeTable(t, cloud, defaultTable("Music", songs))
	item := gangnam.Clone()
	many := make(aws.L, mostFields)
	for i := range many {
		many[i] = aws.BOOL(true)
	}
	item["Many"] = many
	put(t, cloud, "Music", item)
	b := editing(t, cloud).Shows("View DynamoDB JSON", `"Many": {"L": [`).Press("Form").Shows("The item has too many values for the form", `"Many": {"L": [`)
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
}

// TestItemsSurviveTheForm shows drawn items in the form and reads them back.
func TestItemsSurviveTheForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		item := attributes(t, 0, true)
		item["Artist"], item["Song"] = aws.S("line\nbreak \x1b[2J"), aws.S("x")
		form := newItemForm(songs, orderedItem{Item: item}, func(component.Control) tea.Cmd { return nil })
		p := page.NewPanel(page.Env{})
		for _, width := range []int{78, 40, 200} {
			form.view(&p, width)
		}
		back, fault := form.item(false)
		if fault != nil {
			t.Fatal(fault.Message)
		}
		if !reflect.DeepEqual(back.Item, item) {
			t.Fatalf("%#v became %#v", item, back.Item)
		}
		if back.Order[0] != "Artist" || back.Order[1] != "Song" {
			t.Fatalf("the order is %v", back.Order)
		}
	})
}
