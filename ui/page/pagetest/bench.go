// Package pagetest runs pages as the shell does, for their tests: it presses and
// types by what is on the screen, and runs what a page returns to its end.
package pagetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Bench runs a page against a real sandbox, as the shell would: it presses and
// types by what is on the screen, and runs what the page returns to its end.
type Bench struct {
	Env           page.Env
	Page          page.Page
	Width, Height int
	Sent          []tea.Msg // what the page asked of the shell

	t       testing.TB
	pages   []page.Entry
	waiting []func() tea.Msg // what the page waits for
}

// New makes a bench for the pages of a table.
func New(t testing.TB, pages []page.Entry, cloud aws.Cloud) *Bench {
	t.Helper()
	return &Bench{t: t, pages: pages, Env: page.Env{Cloud: cloud, Now: time.Now}, Width: 100, Height: 40}
}

// Open shows a page, as the shell does for a route.
func (b *Bench) Open(route nav.Route) *Bench {
	t := b.t
	t.Helper()
	calls := page.NewCalls(context.Background())
	calls.Tick = func(_ time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
		b.waiting = append(b.waiting, func() tea.Msg { return then(time.Time{}) })
		return nil
	}
	t.Cleanup(calls.Close)
	b.Env.Calls, b.waiting, b.Sent = calls, nil, nil
	for _, e := range b.pages {
		if e.ID == route.Page {
			b.Page = e.New(b.Env, route)
			b.Do(b.Page.Init())
			return b
		}
	}
	t.Fatalf("no page %q", route.Page)
	return nil
}

// PageOf is the page as what it is.
func PageOf[P page.Page](b *Bench) P {
	p, ok := b.Page.(P)
	if !ok {
		panic("the page is another")
	}
	return p
}

// Do runs a command, and what follows from it, to the end.
func (b *Bench) Do(cmd tea.Cmd) {
	for _, next := range b.Step(cmd) {
		b.Do(next)
	}
}

// Step runs one command, and gives what follows from it.
func (b *Bench) Step(cmd tea.Cmd) []tea.Cmd {
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
		b.Sent = append(b.Sent, msg)
	}
	return nil
}

// Tick lets the time pass that the page waits for.
func (b *Bench) Tick() {
	b.t.Helper()
	waiting := b.waiting
	b.waiting = nil
	for _, then := range waiting {
		b.Do(then)
	}
}

// View draws the page, and fails unless it is of the size asked for.
func (b *Bench) View() component.Block {
	b.t.Helper()
	v := b.Page.View(b.Width, b.Height)
	if v.Width != b.Width || len(v.Lines) != b.Height {
		b.t.Fatalf("View(%d, %d) is %d × %d", b.Width, b.Height, v.Width, len(v.Lines))
	}
	for i, line := range v.Lines {
		if n := ansi.StringWidth(line); n != b.Width {
			b.t.Fatalf("line %d is %d cells wide, not %d: %q", i, n, b.Width, line)
		}
	}
	return v
}

// Text is what the page shows, without its styles.
func (b *Bench) Text() string { return ansi.Strip(b.View().String()) }

// Zone finds the last zone of the roles with a label, as a driver does.
func (b *Bench) Zone(label string, roles ...component.Role) component.Zone {
	b.t.Helper()
	for range 3 {
		best, quality := component.Zone{}, 0
		for _, z := range b.View().Zones {
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
		b.Do(best.Reveal())
	}
	b.t.Fatalf("no %v %q in sight on\n%s\n%v", roles, label, b.Text(), b.labels())
	return component.Zone{}
}

func (b *Bench) labels() string {
	zones := b.View().Zones
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

// Press clicks on what has a label.
func (b *Bench) Press(label string) *Bench {
	b.t.Helper()
	z := b.Zone(label, pressable...)
	b.Do(z.Click(0, 0))
	return b
}

// TypeIn replaces the text of a field.
func (b *Bench) TypeIn(label, text string) *Bench {
	b.t.Helper()
	z := b.Zone(label, component.RoleField, component.RoleText)
	b.Do(z.Click(0, 0))
	b.Keys("end", "ctrl+u")
	for _, r := range text {
		b.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return b
}

// Choose picks an option of a select.
func (b *Bench) Choose(label, option string) *Bench {
	b.t.Helper()
	z := b.Zone(label, component.RoleSelect)
	b.Do(z.Click(0, 0))
	o := b.Zone(option, component.RoleOption)
	b.Do(o.Click(0, 0))
	return b
}

// Code is a key by its name.
func Code(name string) tea.KeyPressMsg { return codes[name] }

// codes are the keys that tests press by name.
var codes = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "end": {Code: tea.KeyEnd},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome},
	"space": {Code: tea.KeySpace, Text: " "}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"ctrl+s": {Code: 's', Mod: tea.ModCtrl}, "ctrl+d": {Code: 'd', Mod: tea.ModCtrl}, "ctrl+t": {Code: 't', Mod: tea.ModCtrl},
}

// Keys presses keys by name: those of the table, or single characters.
func (b *Bench) Keys(names ...string) *Bench {
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
		b.Key(msg)
	}
	return b
}

// Key offers a key to the page, then to its bindings.
func (b *Bench) Key(msg tea.KeyPressMsg) {
	b.t.Helper()
	cmd, used := b.Page.Key(msg)
	if used {
		b.Do(cmd)
		return
	}
	for _, binding := range b.Page.Bindings() {
		if binding.Match(msg) && binding.Disabled == "" {
			b.Do(binding.Run())
			return
		}
	}
}

// Shows fails unless the text is on the screen.
func (b *Bench) Shows(texts ...string) *Bench {
	b.t.Helper()
	screen := b.Text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			b.t.Fatalf("%q is not on the screen:\n%s", text, screen)
		}
	}
	return b
}

// Lacks fails if a text is on the screen.
func (b *Bench) Lacks(texts ...string) *Bench {
	b.t.Helper()
	screen := b.Text()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			b.t.Fatalf("%q is on the screen:\n%s", text, screen)
		}
	}
	return b
}

// Asked gives the newest message of a type that the page sent.
func Asked[T tea.Msg](b *Bench) T {
	b.t.Helper()
	for i := len(b.Sent) - 1; i >= 0; i-- {
		if msg, ok := b.Sent[i].(T); ok {
			return msg
		}
	}
	var none T
	b.t.Fatalf("the page sent no %T, but %#v; it shows\n%s", none, b.Sent, b.Text())
	return none
}

// Follow opens the page that the page asked for last.
func (b *Bench) Follow() *Bench {
	b.t.Helper()
	for i := len(b.Sent) - 1; i >= 0; i-- {
		switch msg := b.Sent[i].(type) {
		case nav.Open:
			return b.Open(msg.Route)
		case nav.Replace:
			return b.Open(msg.Route)
		}
	}
	b.t.Fatalf("the page asked for no other; it sent %#v and shows\n%s", b.Sent, b.Text())
	return nil
}

// Pick chooses from the list that the page asked to show.
func (b *Bench) Pick(label string) *Bench {
	b.t.Helper()
	for _, choice := range Asked[nav.Choose](b).Options {
		if choice.Label == label {
			b.Do(choice.Do())
			return b
		}
	}
	b.t.Fatalf("no choice %q", label)
	return nil
}

// Confirm says yes to what the page asked.
func (b *Bench) Confirm() *Bench {
	b.t.Helper()
	ask := Asked[nav.Confirm](b)
	b.Sent = nil
	b.Do(ask.Do())
	return b
}
