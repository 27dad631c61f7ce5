package dynamodb

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"
)

// slowSandbox is a sandbox whose tables take a minute to be ready.
func slowSandbox(t *testing.T) (aws.Cloud, *pagetest.Clock) {
	t.Helper()
	c := pagetest.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	s, err := fake.Open(t.TempDir(), fake.Options{Now: c.Now, Delay: aws.Some(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud(), c
}

// routes are all pages, on the lab's table.
func routes(t *testing.T) []nav.Route {
	t.Helper()
	edit, err := address{Edit: aws.Item{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style")}}.route("Music")
	if err != nil {
		t.Fatal(err)
	}
	out := make([]nav.Route, 0, 2+2*len(Pages()))
	out = append(out, edit, nav.Route{Page: exploreID})
	for _, e := range Pages() {
		out = append(out, nav.Route{Page: e.ID, Name: "Music"}, nav.Route{Page: e.ID, Name: "No-such-table"})
	}
	return out
}

func TestPagesFitAllSizes(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	music(t, cloud)
	b := newBench(t, cloud)
	for _, route := range routes(t) {
		for _, size := range [][2]int{{78, 20}, {40, 10}, {20, 3}, {170, 55}, {300, 100}, {1, 1}} {
			b.Width, b.Height = size[0], size[1]
			b.Open(route).View()
			for _, binding := range b.Page.Bindings() {
				if binding.Disabled == "" && (binding.ID == keys.SwitchView || binding.ID == keys.AddRow || binding.ID == keys.Run) {
					b.Do(binding.Run())
					b.View()
				}
			}
		}
	}
}

// TestPagesKeepTheirPlaces has unique IDs and parents that lead to the top.
func TestPagesKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	byID := make(map[string]int)
	var navigation []string
	for i, e := range Pages() {
		if _, twice := byID[e.ID]; twice || e.Service != aws.ServiceDynamoDB || e.Title == "" || e.Summary == "" {
			t.Errorf("%+v", e)
		}
		byID[e.ID] = i
		if e.Nav != "" {
			navigation = append(navigation, e.Nav)
		}
	}
	if got := strings.Join(navigation, ", "); got != "Dashboard, Tables, Explore items" {
		t.Errorf("the side navigation is %s", got)
	}
	for _, c := range []struct {
		route nav.Route
		want  string
	}{
		{nav.Route{Page: itemID, Name: "Music", Detail: `{"edit":{"Artist":{"S":"Psy"}}}`}, "DynamoDB › Tables › Music › Explore items › Edit item"},
		{nav.Route{Page: itemID, Name: "Music"}, "DynamoDB › Tables › Music › Explore items › Create item"},
		{nav.Route{Page: exploreID, Name: "Music"}, "DynamoDB › Tables › Music › Explore items"},
		{nav.Route{Page: exploreID}, "DynamoDB › Explore items"},
		{nav.Route{Page: createTableID}, "DynamoDB › Tables › Create table"},
		{nav.Route{Page: createIndexID, Name: "Music"}, "DynamoDB › Tables › Music › Create index"},
	} {
		var crumbs []string
		for route, ok := c.route, true; ok; {
			entry := Pages()[byID[route.Page]]
			crumbs = append([]string{entry.Crumb(route)}, crumbs...)
			if entry.Parent == nil {
				break
			}
			route, ok = entry.Parent(route)
		}
		if got := strings.Join(crumbs, " › "); got != c.want {
			t.Errorf("%v: %s", c.route, got)
		}
	}
}

// TestEscapesStayOut shows values that would take over the terminal.
func TestEscapesStayOut(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	const evil = "\x1b[2J\x1b]52;c;eA==\x07\u202eabc\u009b31m\r\nx\x00"
	makeTable(t, cloud, defaultTable("Evil", keySchema{Partition: keyAttribute{"id" + evil, aws.TypeS}}))
	item := aws.Item{
		"id" + evil: aws.S(evil), "name" + evil: aws.S(evil), "list": aws.L{aws.S(evil), aws.M{evil: aws.S(evil)}}, "set": aws.SS{evil},
	}
	put(t, cloud, "Evil", item)
	colours := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	b := newBench(t, cloud)
	check := func(what string) {
		t.Helper()
		screen := colours.ReplaceAllString(b.View().String(), "")
		if at := strings.IndexAny(screen, "\x1b\x07\u202e\u009b\r\x00"); at >= 0 {
			t.Errorf("%s: %q", what, screen[max(0, at-20):min(len(screen), at+20)])
		}
	}
	edit, err := address{Edit: aws.Item{"id" + evil: aws.S(evil)}}.route("Evil")
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range []nav.Route{
		{Page: tablesID}, {Page: tableID, Name: "Evil"}, {Page: exploreID}, {Page: exploreID, Name: "Evil"}, edit,
		{Page: tableID, Name: evil}, {Page: exploreID, Name: evil}, {Page: itemID, Name: evil},
	} {
		b.Open(route)
		check(route.Page)
	}
	b.Open(nav.Route{Page: tableID, Name: "Evil"}).Press("Items")
	check("preview")
	b.Open(nav.Route{Page: exploreID, Name: "Evil"}).Press("Query")
	check("query")
	b.Open(edit).Press("JSON view")
	check("JSON")
	b.Press("Form").Press("Save")
	if got := getItem(t, cloud, "Evil", aws.Item{"id" + evil: aws.S(evil)}); len(got) != 4 || got["name"+evil] != aws.S(evil) {
		t.Errorf("the item is %#v", got)
	}
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: dashboardID}).Shows("0 tables in this account")
	music(t, cloud.Cloud)
	b.Keys("r").Shows("1 table in this account", "✓ Active: 1")
	b.Press("View tables")
	if open := pagetest.Asked[nav.Open](b); open.Route.Page != tablesID {
		t.Errorf("opened %v", open)
	}
	cloud.Refuse("ListTables")
	b.Keys("r").Shows("The tables could not be read. InternalServerError: It went wrong", "1 table")
}

func TestErrorsAreExplained(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t))
	for _, id := range []string{exploreID, tableID, itemID, createIndexID} {
		b.Open(nav.Route{Page: id, Name: "No-such-table"})
		if id != createIndexID {
			b.Shows("ResourceNotFoundException")
		}
	}
	if component.Width(page.Fault(30, "It failed", errors.New("no connection")).Lines[0]) != 30 {
		t.Error("a fault is not as wide as its place")
	}
}
