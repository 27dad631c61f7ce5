package drive_test

import (
	"fmt"
	"testing"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

// asker is a console with a button that asks, and answers otherwise the third time.
type asker struct {
	asked int
	frame component.Block
}

func (a *asker) Init() tea.Cmd          { return nil }
func (a *asker) Frame() component.Block { return a.frame }
func (a *asker) Busy() bool             { return false }

func (a *asker) View() tea.View {
	answer := "200 OK"
	if a.asked >= 3 {
		answer = "502 Bad Gateway"
	}
	button := component.Text(20, "[ Send again ]").All(component.Zone{
		Role: component.RoleButton, Label: "Send again", Click: func(int, int) tea.Cmd { a.asked++; return nil },
	})
	a.frame = component.Stack(20, button, component.Text(20, answer))
	return tea.NewView(a.frame.String())
}

func (a *asker) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if msg, ok := msg.(tea.MouseClickMsg); ok {
		if z, ok := a.frame.At(msg.X, msg.Y, func(z component.Zone) bool { return z.Click != nil }); ok {
			return a, z.Click(msg.X, msg.Y)
		}
	}
	return a, nil
}

func TestPressesUntilItIsSo(t *testing.T) {
	t.Parallel()
	for text, presses := range map[string]int{"200 OK": 0, "502": 3} {
		console := &asker{}
		if err := start(t, console).Run(fmt.Sprintf("repeat \"Send again\" %q", text)); err != nil {
			t.Error(err)
		}
		if console.asked != presses {
			t.Errorf("pressed %d times for %s, not %d", console.asked, text, presses)
		}
	}
	if err := start(t, &asker{}).Run(`repeat "Send" "200 OK"`); err != nil {
		t.Error(err)
	}
	if err := start(t, newShop()).Run(`repeat "Send again" "200 OK"`); !has(err, `no button "Send again" here`) {
		t.Error(err)
	}
}
