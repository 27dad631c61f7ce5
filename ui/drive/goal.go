package drive

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

// goal is a part of a line that takes one or more inputs to reach. It is tried
// at each look and says what to do next; it does not change while its attempt
// misses something.
type goal interface {
	try(frame component.Block) attempt
}

// attempt is what a goal makes of a look at the screen.
type attempt struct {
	inputs  []tea.Msg
	reveal  func() tea.Cmd // scroll the target into view, and look again
	caption string
	reached bool   // with these inputs the goal is reached
	missing string // what is not there (yet); "" when nothing is missing
	// among are the roles whose labels help to say what is there instead.
	among []component.Role
	label string
}

// unreached is the attempt as a step on the way to a goal.
func (a attempt) unreached() attempt {
	a.reached = false
	return a
}

// The roles that something to press can have.
var pressable = []component.Role{
	component.RoleButton, component.RoleLink, component.RoleTab, component.RoleOption,
	component.RoleRadio, component.RoleCheckbox, component.RoleHeader, component.RoleSelect,
}

// The roles that a step of a path can have.
var walkable = []component.Role{
	component.RoleLink, component.RoleRow, component.RoleTab, component.RoleButton, component.RoleOption,
}

// What a person does to find the way: the label of the button that opens the
// services menu, and the key that brings the side navigation where there is no
// room for it beside the page.
const (
	ServicesLabel = "≡ Services"
	SideNavKey    = "ctrl+b"
)

// searching is for how many looks a link may be missing before the side
// navigation is brought to look for it there.
const searching = 5

func openGoals(args []string) []goal {
	goals := make([]goal, 0, 1+len(args))
	goals = append(goals,
		&clickGoal{target: target{what: "button", roles: []component.Role{component.RoleButton, component.RoleLink}, label: ServicesLabel}},
		&clickGoal{target: target{what: "service", roles: []component.Role{component.RoleOption, component.RoleLink, component.RoleRow, component.RoleButton}, label: args[0]}},
	)
	for _, name := range args[1:] {
		goals = append(goals, &walkGoal{target: target{what: "link, row, tab or button", roles: walkable, label: name}})
	}
	return goals
}

func pressGoals(args []string) []goal {
	return []goal{&clickGoal{target: target{what: "button", roles: pressable, label: args[0]}}}
}

func chooseGoals(args []string) []goal {
	roles := []component.Role{component.RoleRadio, component.RoleCheckbox, component.RoleTab, component.RoleOption}
	return []goal{&clickGoal{target: target{what: "choice", roles: roles, label: args[0]}, unless: "on"}}
}

func selectGoals(args []string) []goal {
	chosen := args[1]
	return []goal{
		&clickGoal{target: target{what: "drop-down", roles: []component.Role{component.RoleSelect}, label: args[0], repeated: true}, unless: chosen},
		&clickGoal{target: target{what: "option", roles: []component.Role{component.RoleOption}, label: chosen}, of: &target{
			roles: []component.Role{component.RoleSelect}, label: args[0], repeated: true,
		}, unless: chosen},
	}
}

func typeGoals(args []string) []goal {
	return []goal{&typeGoal{target: fieldTarget(args[0]), value: args[1]}}
}

func fieldTarget(label string) target {
	return target{what: "field", roles: []component.Role{component.RoleField, component.RoleText}, label: label, repeated: true}
}

func rowGoals(args []string) []goal { return []goal{&walkGoal{target: rowTarget(args[0])}} }

func markGoals(args []string) []goal { return []goal{&markGoal{target: rowTarget(args[0])}} }

func unfoldGoals(args []string) []goal { return []goal{&clickGoal{target: rowTarget(args[0])}} }

func rowTarget(text string) target {
	return target{what: "row", roles: []component.Role{component.RoleRow}, label: text, within: true}
}

func keyGoals(args []string) []goal {
	var inputs []tea.Msg
	for _, name := range args {
		if key, err := ParseKey(name); err == nil { // Parse has refused the others
			inputs = append(inputs, key)
		}
	}
	return []goal{keyGoal{inputs}}
}

func waitGoals(args []string) []goal { return []goal{waitGoal{args[0]}} }

func sayGoals(args []string) []goal { return []goal{sayGoal{args[0]}} }

// confirmGoals looks for the field by the word that its label asks for, so that
// a page's own field is not taken for it while the dialog is on its way.
func confirmGoals(args []string) []goal {
	field := fieldTarget(args[0])
	field.within = true
	return []goal{&typeGoal{target: field, value: args[0]}, confirmGoal{}}
}

// clickGoal clicks on a zone.
type clickGoal struct {
	target target
	unless string  // the zone's value with which there is nothing to do
	of     *target // the zone whose value that is, if another
}

func (g *clickGoal) try(frame component.Block) attempt {
	if g.of != nil {
		if z, ok := g.of.find(frame); ok && z.Value == g.unless {
			return attempt{reached: true}
		}
	}
	z, miss, ok := reach(frame, g.target)
	if !ok {
		return miss
	}
	if g.unless != "" && z.Value == g.unless {
		return attempt{reached: true}
	}
	a := click(frame, z)
	a.reached = a.missing == ""
	return a
}

// walkGoal follows what leads on; a row takes a click to be the current one,
// and then enter.
type walkGoal struct {
	target  target
	clicked bool
	misses  int
}

func (g *walkGoal) try(frame component.Block) attempt {
	z, miss, ok := reach(frame, g.target)
	switch {
	case ok && z.Role == component.RoleRow && z.Focused:
		return attempt{inputs: []tea.Msg{tea.KeyPressMsg{Code: tea.KeyEnter}}, reached: true}
	case g.clicked:
		return attempt{reached: true} // the click has opened it
	case !ok:
		if g.misses++; g.misses == searching && miss.reveal == nil {
			return keyGoals([]string{SideNavKey})[0].try(frame).unreached()
		}
		return miss
	}
	a := click(frame, z)
	if g.clicked = a.missing == ""; g.clicked {
		a.reached = z.Role != component.RoleRow
	}
	return a
}

// markGoal ticks a row: by its box, or with the space bar where it has none.
type markGoal struct {
	target  target
	clicked bool
}

func (g *markGoal) try(frame component.Block) attempt {
	z, miss, ok := reach(frame, g.target)
	if !ok {
		return miss
	}
	if box, ok := boxOf(frame, z); ok {
		if box.Value == "on" {
			return attempt{reached: true}
		}
		a := click(frame, box)
		a.reached = a.missing == ""
		return a
	}
	if !g.clicked && !z.Focused {
		a := click(frame, z)
		g.clicked = a.missing == ""
		return a
	}
	return attempt{inputs: []tea.Msg{typed(" ")}, reached: true}
}

// boxOf finds the checkbox within a row.
func boxOf(frame component.Block, row component.Zone) (component.Zone, bool) {
	for _, z := range zonesOf(frame, component.RoleCheckbox) {
		if inside(z, []component.Zone{row}) && z.Reveal == nil {
			return z, true
		}
	}
	return component.Zone{}, false
}

// typeGoal gives a field the focus, empties it, types, and sees that the field
// holds what was typed.
type typeGoal struct {
	target  target
	value   string
	clicked bool
	typing  bool
	rest    []tea.Msg
	slow    bool // one character a look
}

func (g *typeGoal) try(frame component.Block) attempt {
	z, miss, ok := reach(frame, g.target)
	switch {
	case g.typing && len(g.rest) > 0:
		return attempt{inputs: g.next()}
	case g.typing:
		if ok && z.Role == component.RoleField && z.Value != g.value {
			return attempt{missing: fmt.Sprintf("the field %q holds %q after typing %q", z.Label, z.Value, g.value)}
		}
		return attempt{reached: true}
	case !ok:
		return miss
	case !g.clicked && !z.Focused:
		a := click(frame, z)
		g.clicked = a.missing == ""
		return a
	}
	g.typing = true
	if z.Role == component.RoleField && z.Value == g.value {
		return attempt{reached: true}
	}
	g.rest = Typing(g.value)
	return attempt{inputs: append(clearing(z), g.next()...)}
}

func (g *typeGoal) next() []tea.Msg {
	n := len(g.rest)
	if g.slow {
		n = min(1, n)
	}
	inputs := g.rest[:n]
	g.rest = g.rest[n:]
	return inputs
}

// clearing empties a field from its end. An editor of several lines takes more
// keys to reach its end, and has a line end for each of its characters at most.
func clearing(z component.Zone) []tea.Msg {
	if z.Value == "" {
		return nil
	}
	end := tea.KeyPressMsg{Code: tea.KeyEnd}
	if z.Role == component.RoleText {
		end.Mod = tea.ModCtrl
	}
	inputs := []tea.Msg{end}
	for range utf8.RuneCountInString(z.Value) {
		inputs = append(inputs, tea.KeyPressMsg{Code: tea.KeyBackspace})
	}
	return inputs
}

// keyGoal presses keys.
type keyGoal struct{ inputs []tea.Msg }

func (g keyGoal) try(component.Block) attempt { return attempt{inputs: g.inputs, reached: true} }

// waitGoal looks for a text on the page.
type waitGoal struct{ text string }

func (g waitGoal) try(frame component.Block) attempt {
	if strings.Contains(PageText(frame), g.text) {
		return attempt{reached: true}
	}
	return attempt{missing: fmt.Sprintf("no text %q on the page", g.text)}
}

// sayGoal shows a caption.
type sayGoal struct{ caption string }

func (g sayGoal) try(component.Block) attempt { return attempt{caption: g.caption, reached: true} }

// confirmGoal presses the button of a dialog that does not leave it.
type confirmGoal struct{}

func (confirmGoal) try(frame component.Block) attempt {
	var found component.Zone
	reason, asides := "no confirming button here", zonesOf(frame, Aside)
	for _, z := range frame.Zones {
		switch {
		case z.Role != component.RoleButton || strings.EqualFold(z.Label, "Cancel") || z.Label == ServicesLabel || inside(z, asides):
		case z.Disabled != "":
			reason = fmt.Sprintf("the button %q is disabled: %s", z.Label, z.Disabled)
		default:
			found = z
		}
	}
	if found.Role == "" {
		return attempt{missing: reason, among: []component.Role{component.RoleButton}}
	}
	a := click(frame, found)
	a.reached = a.missing == ""
	return a
}

// reach finds the target's zone, in sight and enabled, or says what to do or
// what is missing.
func reach(frame component.Block, t target) (component.Zone, attempt, bool) {
	z, ok := t.find(frame)
	switch {
	case !ok:
		return z, attempt{missing: fmt.Sprintf("no %s %q here", t.what, t.label), among: t.roles, label: t.label}, false
	case z.Disabled != "":
		return z, attempt{missing: fmt.Sprintf("the %s %q is disabled: %s", t.what, z.Label, z.Disabled)}, false
	case z.Reveal != nil:
		return z, attempt{reveal: z.Reveal, missing: fmt.Sprintf("the %s %q is out of sight", t.what, z.Label)}, false
	}
	return z, attempt{}, true
}

// click presses and releases the left button on a zone.
func click(frame component.Block, z component.Zone) attempt {
	at, ok := cell(frame, z)
	if !ok {
		return attempt{missing: fmt.Sprintf("the %s %q cannot be clicked: something covers it", z.Role, z.Label)}
	}
	return attempt{inputs: []tea.Msg{
		tea.MouseClickMsg{X: at.X, Y: at.Y, Button: tea.MouseLeft},
		tea.MouseReleaseMsg{X: at.X, Y: at.Y, Button: tea.MouseLeft},
	}}
}
