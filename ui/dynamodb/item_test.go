package dynamodb

import (
	"reflect"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

var gangnam = aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style")}

// editing opens the lab's third song in the editor.
func editing(t *testing.T, cloud aws.Cloud) *bench {
	t.Helper()
	route, err := address{Edit: gangnam}.route("Music")
	if err != nil {
		t.Fatal(err)
	}
	return newBench(t, cloud).open(route)
}

// TestAnItemOfAllTypes makes one value of each type by hand.
func TestAnItemOfAllTypes(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).open(nav.Route{Page: itemID, Name: "Music"})
	b.typeIn("Artist", "A").typeIn("Song", "B")
	add := func(kind, name string) *bench {
		return b.press("Add new attribute").pick(kind).typeIn("Attribute name", name)
	}
	add("String", "s").typeIn("s", "text")
	add("Number", "n").typeIn("n", "12345678901234567890123456789012345678")
	add("Binary", "b").typeIn("b", "aGVsbG8=")
	add("Boolean", "yes").choose("yes", "false")
	add("Null", "nothing")
	add("String set", "ss").press("Add value").typeIn("ss[0]", "x").press("Add value").typeIn("ss[1]", "y")
	add("Map", "m")
	b.keys("tab", "enter").pick("List").typeIn("Attribute name", "l").keys("tab", "enter").pick("Number").typeIn("m.l[0]", "1.50")
	add("Number set", "gone").keys("ctrl+d")
	b.lacks("Number set").press("Create item").follow()
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
	cloud := watch(sandbox(t))
	music(t, cloud.Cloud)
	puts := cloud.count("PutItem")
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: itemID, Name: "Music"})
	b.width = 150
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
	b.press("Create item").shows("Enter a value: a key attribute cannot be empty")
	b.typeIn("Artist", "Psy").typeIn("Song", "Song ").shows("⚠ There is a space at the end: it counts")
	b.press("Add new attribute").pick("Number").press("Create item").shows("Enter the attribute's name")
	b.typeIn("Attribute name", "Artist").press("Create item").shows(`There is another attribute named "Artist"`)
	b.typeIn("Name of Artist", "Year").typeIn("Year", "MMXII").press("Create item").shows("The parameter cannot be converted to a numeric value: MMXII")
	b.typeIn("Year", strings.Repeat("1", 39)).press("Create item").shows("more than 38 significant digits")
	b.typeIn("Year", "2012").press("Add new attribute").pick("Number set").typeIn("Attribute name", "set").press("Create item")
	b.shows("set: One or more parameter values were invalid: An number set  may not be empty")
	b.press("Add value").typeIn("set[0]", "1").press("Add value").typeIn("set[1]", "1.0").press("Create item").shows("1.0 is there twice")
	if n := cloud.count("PutItem"); n != puts {
		t.Errorf("%d items were sent", n-puts)
	}
	if b.page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.typeIn("set[1]", "2")
	cloud.refuse("PutItem")
	b.press("Create item").shows("The item was not saved. InternalServerError: It went wrong", "2012", "Song ")
	cloud.allow()
	b.press("Create item")
	if asked[nav.Replace](b).Route != (nav.Route{Page: exploreID, Name: "Music"}) || b.page.Unsaved() != "" {
		t.Errorf("%v, %q", b.sent, b.page.Unsaved())
	}
}

func TestNobodyOverwritesUnknowingly(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud).open(nav.Route{Page: itemID, Name: "Music"})
	b.typeIn("Artist", "Psy").typeIn("Song", "Gangnam Style").press("Create item").shows("An item with the key Psy · Gangnam Style exists already.")
	if len(getItem(t, cloud, "Music", gangnam)) != 5 {
		t.Error("the item was overwritten")
	}
	b = editing(t, cloud)
	if _, err := cloud.DynamoDB.DeleteItem(t.Context(), aws.DeleteItemInput{TableName: "Music", Key: gangnam}); err != nil {
		t.Fatal(err)
	}
	b.press("Save and close").shows("The item is no longer there: it was deleted meanwhile.")
	b.open(mustRoute(t, address{Edit: gangnam})).shows("There is no item with this key any more")
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
	b := editing(t, cloud).typeIn("Song", "Gentleman").shows("⚠ The key is another now").press("Save")
	if ask := asked[nav.Confirm](b); ask.Title != "Change the item's key?" || ask.Action != "Save" {
		t.Errorf("%+v", ask)
	}
	if len(getItem(t, cloud, "Music", gangnam)) == 0 {
		t.Error("saved before the answer")
	}
	b.confirm().lacks("The key is another now")
	moved := getItem(t, cloud, "Music", aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gentleman")})
	if len(getItem(t, cloud, "Music", gangnam)) != 0 || moved["Year"] != aws.N("2011") {
		t.Errorf("moved to %v", moved)
	}
	b.typeIn("Artist", "Pink Floyd").typeIn("Song", "Money").press("Save").confirm().shows("An item with the key Pink Floyd · Money exists already.")
	b.typeIn("Artist", "Psy").typeIn("Song", "Gentleman").typeIn("Year", "2013").press("Save").shows("2013")
	if asked[nav.Notify](b).Title != "The item has been saved." || b.page.Unsaved() != "" {
		t.Errorf("%v %q", b.sent, b.page.Unsaved())
	}
}

func TestJSONView(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := editing(t, cloud).press("JSON view").shows(`"LengthSeconds": {"N": "219"}`)
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
	b.press("View DynamoDB JSON").shows(`"LengthSeconds": 219`)
	p := pageOf[*itemPage](b)
	edit := func(from, to string) {
		t.Helper()
		text := strings.Replace(p.editor.Value(), from, to, 1)
		if text == p.editor.Value() {
			t.Fatalf("%q is not in %s", from, text)
		}
		p.editor.SetValue(text)
	}
	edit("219", "219,\n \"Tags\": [\"k-pop\", {\"a\": null}]")
	if b.page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.press("Form").shows("Tags", "k-pop").press("JSON view").shows(`"Tags": [`)
	edit("2011", "2011x")
	b.press("Save").shows("The JSON has a fault at line").press("Form").shows("The JSON has a fault at line", "2011x")
	b.press("View DynamoDB JSON").shows("2011x", "[ ] View DynamoDB JSON")
	edit("2011x", "2012")
	b.press("Save").lacks("fault")
	got := getItem(t, cloud, "Music", gangnam)
	if got["Year"] != aws.N("2012") || !reflect.DeepEqual(got["Tags"], aws.L{aws.S("k-pop"), aws.M{"a": aws.NULL(true)}}) {
		t.Errorf("got %v", got)
	}
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
}

func TestPlainJSONSaysWhatItCannot(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeTable(t, cloud, defaultTable("Music", songs))
	item := gangnam.Clone()
	item["Tags"] = aws.SS{"a"}
	put(t, cloud, "Music", item)
	b := editing(t, cloud).press("JSON view").press("View DynamoDB JSON").shows("[x] View DynamoDB JSON", `{"SS": ["a"]}`)
	if told := asked[nav.Notify](b); !strings.Contains(told.Text, "Tags holds a String set") {
		t.Errorf("%+v", told)
	}
}

func TestItemsInTheUsersEditor(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := editing(t, cloud)
	b.key(tea.KeyPressMsg{Code: 'e', Mod: tea.ModCtrl})
	edit := asked[nav.EditText](b)
	if edit.Name != "item.json" || !strings.Contains(edit.Text, `"Year": {"N": "2011"}`) {
		t.Errorf("%+v", edit)
	}
	b.do(edit.Done(strings.Replace(edit.Text, "2011", "2012", 1)))
	b.shows("2012").press("Save and close").follow().shows("2012")
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
	b := editing(t, cloud).shows("View DynamoDB JSON", `"Many": {"L": [`).press("Form").shows("The item has too many values for the form", `"Many": {"L": [`)
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
}

// TestItemsSurviveTheForm shows drawn items in the form and reads them back.
func TestItemsSurviveTheForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		item := attributes(t, 0, true)
		item["Artist"], item["Song"] = aws.S("line\nbreak \x1b[2J"), aws.S("x")
		form := newItemForm(songs, orderedItem{Item: item}, func(component.Control) tea.Cmd { return nil })
		p := newPanel(page.Env{})
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
