// Package keys is the one table of what can be done by a key: the footer, the
// help screen, the palette, the buttons on the pages, the driver and the
// README's key list all read it.
package keys

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// ID names an action of the table.
type ID string

// Group is where an action belongs in the help screen.
type Group string

// The groups, in the order in which help shows them.
const (
	Everywhere Group = "Everywhere"
	Lists      Group = "Lists and tables"
	Pages      Group = "Pages and forms"
	Guide      Group = "The lab guide"
)

// Groups lists the groups in their order.
func Groups() []Group { return []Group{Everywhere, Lists, Pages, Guide} }

// Action is one row of the table.
type Action struct {
	ID        ID
	Keys      []string // as Bubble Tea spells them; the first is the one shown
	Label     string   // the words on its button
	Help      string   // one line for the help screen
	Group     Group
	Dangerous bool // it deletes or overwrites
	Quiet     bool // too ordinary for the footer
}

// Binding is an action at work on the page that is shown.
type Binding struct {
	Action
	Disabled string // why it cannot be done now; "" when it can
	Primary  bool   // the page's main action
	Run      func() tea.Cmd
}

// Actions lists the table.
func Actions() []Action { return slices.Clone(table) }

// Lookup finds an action; it panics on an unknown ID, which a test would meet
// before any user.
func Lookup(id ID) Action {
	for _, a := range table {
		if a.ID == id {
			return a
		}
	}
	panic("keys: no action " + string(id))
}

// Bind puts an action to work.
func Bind(id ID, run func() tea.Cmd) Binding {
	return Binding{Action: Lookup(id), Run: run}
}

// As gives the binding the words of its page ("Create table").
func (b Binding) As(label string) Binding {
	b.Label = label
	return b
}

// Unless disables the binding when the reason is not empty.
func (b Binding) Unless(reason string) Binding {
	b.Disabled = reason
	return b
}

// Main marks the page's main action.
func (b Binding) Main() Binding {
	b.Primary = true
	return b
}

// InForm puts the keys first that no text field takes, so that the button in a
// form shows one that works while a field is being edited.
func (b Binding) InForm() Binding {
	b.Keys = slices.Clone(b.Keys)
	slices.SortStableFunc(b.Keys, func(x, y string) int {
		switch tx, ty := Typed(x), Typed(y); {
		case tx == ty:
			return 0
		case tx:
			return 1
		}
		return -1
	})
	return b
}

// Match reports whether a key press is one of the action's keys.
func (a Action) Match(msg tea.KeyPressMsg) bool {
	return slices.Contains(a.Keys, msg.String())
}

// Typed reports whether the key is one that a text field takes as text or for
// moving in it; such keys are no shortcuts while a field is being edited.
func Typed(key string) bool {
	name := strings.TrimPrefix(key, "shift+")
	switch name {
	case "space", "left", "right", "home", "end", "backspace", "delete":
		return true
	}
	return len([]rune(name)) == 1
}

// Name writes a key for people: "ctrl+k", "enter", "↑".
func Name(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	case "delete":
		return "Del"
	}
	if len(key) > 1 && key[0] == 'f' && key[1] >= '0' && key[1] <= '9' {
		return strings.ToUpper(key)
	}
	return key
}

// Markdown writes the table as the rows of the README's key list.
func Markdown() []string {
	var out []string
	for _, g := range Groups() {
		for _, a := range table {
			if a.Group != g {
				continue
			}
			names := make([]string, len(a.Keys))
			for i, k := range a.Keys {
				names[i] = "`" + Name(k) + "`"
			}
			out = append(out, "| "+string(g)+" | "+strings.Join(names, " ")+" | "+a.Help+" |")
		}
	}
	return out
}
