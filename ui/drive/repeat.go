package drive

import (
	"fmt"
	"strings"

	"awslab/ui/component"
)

// The patience of a repeatGoal: for how many looks it waits for the text after
// a press, and how often it presses.
const (
	looksBetween = 5
	mostPresses  = 60
)

func repeatGoals(args []string) []goal {
	button := target{what: "button", roles: []component.Role{component.RoleButton}, label: args[0]}
	return []goal{&repeatGoal{button: button, text: args[1]}}
}

// repeatGoal presses a button until a text is on the page: for what takes a
// while to be so, and is seen only by asking again.
type repeatGoal struct {
	button         target
	text           string
	looks, presses int
}

func (g *repeatGoal) try(frame component.Block) attempt {
	if strings.Contains(PageText(frame), g.text) {
		return attempt{reached: true}
	}
	missing := attempt{missing: fmt.Sprintf("no text %q on the page, after %d times", g.text, g.presses)}
	if g.looks++; g.looks <= looksBetween || g.presses == mostPresses {
		return missing
	}
	z, miss, ok := reach(frame, g.button)
	if !ok {
		return miss
	}
	a := click(frame, z)
	if a.missing == "" {
		g.looks = 0
		g.presses++
	}
	return a
}
