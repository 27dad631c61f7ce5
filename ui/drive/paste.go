package drive

import (
	"fmt"
	"slices"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

const pasteVerb = "paste"

// Give is the script with what its paste lines paste, by name, in the place of
// the names. A name of which there is nothing is a fault of its line.
func (s Script) Give(text func(name string) (string, bool)) (Script, []*SyntaxError) {
	var faults []*SyntaxError
	out := slices.Clone(s)
	for i, line := range out {
		if line.Verb != pasteVerb {
			continue
		}
		given, ok := text(line.Args[1])
		if !ok {
			faults = append(faults, &SyntaxError{line.Number, fmt.Sprintf("there is no code %q to paste", line.Args[1])})
			continue
		}
		out[i].Args = []string{line.Args[0], given}
	}
	return out, faults
}

func pasteGoals(args []string) []goal {
	field := target{what: "field", roles: []component.Role{component.RoleText}, label: args[0], repeated: true}
	return []goal{&pasteGoal{target: field, text: args[1]}}
}

// pasteGoal selects the whole text of a field of several lines, and pastes
// another one over it.
type pasteGoal struct {
	target          target
	text            string
	clicked, pasted bool
}

func (g *pasteGoal) try(frame component.Block) attempt {
	z, miss, ok := reach(frame, g.target)
	switch {
	case !ok:
		return miss
	case g.pasted && z.Value != g.text:
		return attempt{missing: fmt.Sprintf("the field %q holds another text after pasting", z.Label)}
	case g.pasted:
		return attempt{reached: true}
	case !g.clicked && !z.Focused:
		a := click(frame, z)
		g.clicked = a.missing == ""
		return a
	}
	g.pasted = true
	return attempt{inputs: []tea.Msg{tea.KeyPressMsg{Code: 'a', Mod: tea.ModCtrl}, tea.PasteMsg{Content: g.text}}}
}
