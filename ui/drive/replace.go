package drive

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

func replaceGoals(args []string) []goal {
	return []goal{&replaceGoal{target: fieldTarget(args[0]), old: args[1], replacement: args[2]}}
}

// replaceGoal goes to a text within a field, deletes it, and types another one.
type replaceGoal struct {
	target           target
	old, replacement string
	clicked, typing  bool
	want             string // the field's whole text afterwards
}

func (g *replaceGoal) try(frame component.Block) attempt {
	z, miss, ok := reach(frame, g.target)
	switch {
	case !ok:
		return miss
	case g.typing && z.Value != g.want:
		return attempt{missing: fmt.Sprintf("the field %q holds another text after typing %q", z.Label, g.replacement)}
	case g.typing:
		return attempt{reached: true}
	case !g.clicked && !z.Focused:
		a := click(frame, z)
		g.clicked = a.missing == ""
		return a
	}
	before, after, found := strings.Cut(z.Value, g.old)
	if !found {
		return attempt{missing: fmt.Sprintf("the field %q does not hold %q", z.Label, g.old)}
	}
	g.typing, g.want = true, before+g.replacement+after
	return attempt{inputs: append(g.way(z, before), Typing(g.replacement)...)}
}

// way is the keys that lead from anywhere in the field to the end of a text that
// it begins with, and that then delete the old one.
func (g *replaceGoal) way(field component.Zone, before string) []tea.Msg {
	lines := strings.Split(before, "\n")
	start := tea.KeyPressMsg{Code: tea.KeyHome}
	if field.Role == component.RoleText {
		start.Mod = tea.ModCtrl
	}
	out := []tea.Msg{start}
	press := func(code rune, times int) {
		for range times {
			out = append(out, tea.KeyPressMsg{Code: code})
		}
	}
	press(tea.KeyDown, len(lines)-1)
	press(tea.KeyRight, utf8.RuneCountInString(lines[len(lines)-1]))
	press(tea.KeyDelete, utf8.RuneCountInString(g.old))
	return out
}
