package dynamodb

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
)

// watched is a sandbox whose calls a test sees and can make fail.
type watched struct {
	aws.Cloud
	mu    sync.Mutex
	calls []string
	fail  func(operation string, in any) error
}

func watch(cloud aws.Cloud) *watched {
	w := &watched{}
	w.Cloud = aws.Intercept(cloud, func(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
		w.mu.Lock()
		w.calls = append(w.calls, op.Name)
		fail := w.fail
		w.mu.Unlock()
		if fail != nil {
			if err := fail(op.Name, in); err != nil {
				return nil, err
			}
		}
		return next(ctx)
	})
	return w
}

// count counts the calls of an operation.
func (w *watched) count(operation string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, call := range w.calls {
		if call == operation {
			n++
		}
	}
	return n
}

// refuse makes an operation fail.
func (w *watched) refuse(operation string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail = func(name string, _ any) error {
		if name == operation {
			return &aws.Error{Service: aws.ServiceDynamoDB, Operation: name, Code: "InternalServerError", Message: "It went wrong", Status: 500}
		}
		return nil
	}
}

// allow lets everything work again.
func (w *watched) allow() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail = nil
}

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// slowSandbox is a sandbox whose tables take a minute to be ready.
func slowSandbox(t *testing.T) (aws.Cloud, *clock) {
	t.Helper()
	c := &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
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
			b.width, b.height = size[0], size[1]
			b.open(route).view()
			for _, binding := range b.page.Bindings() {
				if binding.Disabled == "" && (binding.ID == keys.SwitchView || binding.ID == keys.AddRow || binding.ID == keys.Run) {
					b.do(binding.Run())
					b.view()
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
		screen := colours.ReplaceAllString(b.view().String(), "")
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
		b.open(route)
		check(route.Page)
	}
	b.open(nav.Route{Page: tableID, Name: "Evil"}).press("Items")
	check("preview")
	b.open(nav.Route{Page: exploreID, Name: "Evil"}).press("Query")
	check("query")
	b.open(edit).press("JSON view")
	check("JSON")
	b.press("Form").press("Save")
	if got := getItem(t, cloud, "Evil", aws.Item{"id" + evil: aws.S(evil)}); len(got) != 4 || got["name"+evil] != aws.S(evil) {
		t.Errorf("the item is %#v", got)
	}
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	cloud := watch(sandbox(t))
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: dashboardID}).shows("0 tables in this account")
	music(t, cloud.Cloud)
	b.keys("r").shows("1 table in this account", "✓ Active: 1")
	b.press("View tables")
	if open := asked[nav.Open](b); open.Route.Page != tablesID {
		t.Errorf("opened %v", open)
	}
	cloud.refuse("ListTables")
	b.keys("r").shows("The tables could not be read. InternalServerError: It went wrong", "1 table")
}

func TestErrorsAreExplained(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t))
	for _, id := range []string{exploreID, tableID, itemID, createIndexID} {
		b.open(nav.Route{Page: id, Name: "No-such-table"})
		if id != createIndexID {
			b.shows("ResourceNotFoundException")
		}
	}
	if component.Width(faultBlock(30, "It failed", errors.New("no connection")).Lines[0]) != 30 {
		t.Error("a fault is not as wide as its place")
	}
}
