package dynamodb

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// bench runs a page against a real sandbox, as the shell would: it presses and
// types by what is on the screen, and runs what the page returns to its end.
type bench struct {
	t             *testing.T
	env           page.Env
	page          page.Page
	width, height int
	waiting       []func() tea.Msg // what the page waits for
	sent          []tea.Msg        // what the page asked of the shell
}

// sandbox opens a sandbox whose tables are ready at once.
func sandbox(t testing.TB) aws.Cloud {
	t.Helper()
	s, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some(time.Duration(0))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud()
}

func newBench(t *testing.T, cloud aws.Cloud) *bench {
	t.Helper()
	return &bench{t: t, env: page.Env{Cloud: cloud, Now: time.Now}, width: 100, height: 40}
}

// open shows a page, as the shell does for a route.
func (b *bench) open(route nav.Route) *bench {
	b.t.Helper()
	return b.openFor(b.t, route)
}

func (b *bench) openFor(t testing.TB, route nav.Route) *bench {
	t.Helper()
	calls := page.NewCalls(context.Background())
	calls.Tick = func(_ time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
		b.waiting = append(b.waiting, func() tea.Msg { return then(time.Time{}) })
		return nil
	}
	t.Cleanup(calls.Close)
	b.env.Calls, b.waiting, b.sent = calls, nil, nil
	for _, e := range Pages() {
		if e.ID == route.Page {
			b.page = e.New(b.env, route)
			b.do(b.page.Init())
			return b
		}
	}
	t.Fatalf("no page %q", route.Page)
	return nil
}

// pageOf is the page as what it is.
func pageOf[P page.Page](b *bench) P {
	p, ok := b.page.(P)
	if !ok {
		panic("the page is another")
	}
	return p
}

// do runs a command, and what follows from it, to the end.
func (b *bench) do(cmd tea.Cmd) {
	for _, next := range b.step(cmd) {
		b.do(next)
	}
}

// step runs one command, and gives what follows from it.
func (b *bench) step(cmd tea.Cmd) []tea.Cmd {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		return msg
	case page.Answer:
		return []tea.Cmd{msg.Apply()}
	default:
		b.sent = append(b.sent, msg)
	}
	return nil
}

// tick lets the time pass that the page waits for.
func (b *bench) tick() {
	b.t.Helper()
	waiting := b.waiting
	b.waiting = nil
	for _, then := range waiting {
		b.do(then)
	}
}

func (b *bench) view() component.Block {
	b.t.Helper()
	v := b.page.View(b.width, b.height)
	if v.Width != b.width || len(v.Lines) != b.height {
		b.t.Fatalf("View(%d, %d) is %d × %d", b.width, b.height, v.Width, len(v.Lines))
	}
	for i, line := range v.Lines {
		if n := ansi.StringWidth(line); n != b.width {
			b.t.Fatalf("line %d is %d cells wide, not %d: %q", i, n, b.width, line)
		}
	}
	return v
}

func (b *bench) text() string { return ansi.Strip(b.view().String()) }

// zone finds the last zone of the roles with a label, as a driver does.
func (b *bench) zone(label string, roles ...component.Role) component.Zone {
	b.t.Helper()
	for range 3 {
		best, quality := component.Zone{}, 0
		for _, z := range b.view().Zones {
			for _, role := range roles {
				switch {
				case z.Role != role:
				case z.Label == label:
					best, quality = z, 2
				case strings.HasPrefix(z.Label, label) && quality < 2:
					best, quality = z, 1
				}
			}
		}
		if quality == 0 {
			break
		}
		if best.Reveal == nil {
			return best
		}
		b.do(best.Reveal())
	}
	b.t.Fatalf("no %v %q in sight on\n%s\n%v", roles, label, b.text(), b.labels())
	return component.Zone{}
}

func (b *bench) labels() string {
	zones := b.view().Zones
	out := make([]string, len(zones))
	for i, z := range zones {
		out[i] = fmt.Sprintf("%s %q", z.Role, z.Label)
	}
	return strings.Join(out, ", ")
}

var pressable = []component.Role{
	component.RoleButton, component.RoleLink, component.RoleTab, component.RoleRadio, component.RoleCheckbox,
	component.RoleSelect, component.RoleOption, component.RoleRow,
}

// press clicks on what has a label.
func (b *bench) press(label string) *bench {
	b.t.Helper()
	z := b.zone(label, pressable...)
	b.do(z.Click(0, 0))
	return b
}

// typeIn replaces the text of a field.
func (b *bench) typeIn(label, text string) *bench {
	b.t.Helper()
	z := b.zone(label, component.RoleField, component.RoleText)
	b.do(z.Click(0, 0))
	b.keys("end", "ctrl+u")
	for _, r := range text {
		b.key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return b
}

// choose picks an option of a select.
func (b *bench) choose(label, option string) *bench {
	b.t.Helper()
	z := b.zone(label, component.RoleSelect)
	b.do(z.Click(0, 0))
	o := b.zone(option, component.RoleOption)
	b.do(o.Click(0, 0))
	return b
}

// codes are the keys that tests press by name.
var codes = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "end": {Code: tea.KeyEnd},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome},
	"space": {Code: tea.KeySpace, Text: " "}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"ctrl+s": {Code: 's', Mod: tea.ModCtrl}, "ctrl+d": {Code: 'd', Mod: tea.ModCtrl}, "ctrl+t": {Code: 't', Mod: tea.ModCtrl},
}

// keys presses keys by name: those of the table, or single characters.
func (b *bench) keys(names ...string) *bench {
	b.t.Helper()
	for _, name := range names {
		msg, ok := codes[name]
		if !ok {
			r := []rune(name)
			if len(r) != 1 {
				b.t.Fatalf("no key %q", name)
			}
			msg = tea.KeyPressMsg{Code: r[0], Text: name}
		}
		b.key(msg)
	}
	return b
}

// key offers a key to the page, then to its bindings.
func (b *bench) key(msg tea.KeyPressMsg) {
	b.t.Helper()
	cmd, used := b.page.Key(msg)
	if used {
		b.do(cmd)
		return
	}
	for _, binding := range b.page.Bindings() {
		if binding.Match(msg) && binding.Disabled == "" {
			b.do(binding.Run())
			return
		}
	}
}

// shows fails unless the text is on the screen.
func (b *bench) shows(texts ...string) *bench {
	b.t.Helper()
	screen := b.text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			b.t.Fatalf("%q is not on the screen:\n%s", text, screen)
		}
	}
	return b
}

// lacks fails if a text is on the screen.
func (b *bench) lacks(texts ...string) *bench {
	b.t.Helper()
	screen := b.text()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			b.t.Fatalf("%q is on the screen:\n%s", text, screen)
		}
	}
	return b
}

// asked gives the newest message of a type that the page sent.
func asked[T tea.Msg](b *bench) T {
	b.t.Helper()
	for i := len(b.sent) - 1; i >= 0; i-- {
		if msg, ok := b.sent[i].(T); ok {
			return msg
		}
	}
	var none T
	b.t.Fatalf("the page sent no %T, but %#v; it shows\n%s", none, b.sent, b.text())
	return none
}

// follow opens the page that the page asked for last.
func (b *bench) follow() *bench {
	b.t.Helper()
	for i := len(b.sent) - 1; i >= 0; i-- {
		switch msg := b.sent[i].(type) {
		case nav.Open:
			return b.open(msg.Route)
		case nav.Replace:
			return b.open(msg.Route)
		}
	}
	b.t.Fatalf("the page asked for no other; it sent %#v and shows\n%s", b.sent, b.text())
	return nil
}

// pick chooses from the list that the page asked to show.
func (b *bench) pick(label string) *bench {
	b.t.Helper()
	for _, choice := range asked[nav.Choose](b).Options {
		if choice.Label == label {
			b.do(choice.Do())
			return b
		}
	}
	b.t.Fatalf("no choice %q", label)
	return nil
}

// confirm says yes to what the page asked.
func (b *bench) confirm() *bench {
	b.t.Helper()
	ask := asked[nav.Confirm](b)
	b.sent = nil
	b.do(ask.Do())
	return b
}

// music makes the lab's table with its three songs.
func music(t testing.TB, cloud aws.Cloud) {
	t.Helper()
	makeTable(t, cloud, defaultTable("Music", keySchema{keyAttribute{"Artist", aws.TypeS}, keyAttribute{"Song", aws.TypeS}}))
	for _, item := range []aws.Item{
		{"Artist": aws.S("Pink Floyd"), "Song": aws.S("Money"), "Album": aws.S("The Dark Side of the Moon"), "Year": aws.N("1973")},
		{"Artist": aws.S("John Lennon"), "Song": aws.S("Imagine"), "Album": aws.S("Imagine"), "Year": aws.N("1971"), "Genre": aws.S("Soft rock")},
		{"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style"), "Album": aws.S("Psy 6 (Six Rules), Part 1"), "Year": aws.N("2011"), "LengthSeconds": aws.N("219")},
	} {
		put(t, cloud, "Music", item)
	}
}

func put(t testing.TB, cloud aws.Cloud, table string, item aws.Item) {
	t.Helper()
	if _, err := cloud.DynamoDB.PutItem(t.Context(), aws.PutItemInput{TableName: table, Item: item}); err != nil {
		t.Fatal(err)
	}
}

func makeTable(t testing.TB, cloud aws.Cloud, table newTable) {
	t.Helper()
	if _, err := cloud.DynamoDB.CreateTable(t.Context(), table.input()); err != nil {
		t.Fatal(err)
	}
}

func getItem(t testing.TB, cloud aws.Cloud, table string, key aws.Item) aws.Item {
	t.Helper()
	out, err := cloud.DynamoDB.GetItem(t.Context(), aws.GetItemInput{TableName: table, Key: key, ConsistentRead: true})
	if err != nil {
		t.Fatal(err)
	}
	return out.Item
}
