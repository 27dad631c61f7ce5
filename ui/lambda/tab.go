package lambda

import (
	"awslab/ui/component"
	"awslab/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// tab is one tab of the function page. The page shows its bindings beside its
// own, and leaves out its own where the tab has the same action.
type tab interface {
	// Init starts loading what the tab shows: it has come to the front, or the
	// function was read again. It is called again and again, and loads no more
	// than has changed.
	Init() tea.Cmd
	// Controls lists what can have the focus, in order.
	Controls() []component.Control
	// View draws the tab. The height is what is left on the screen; the page
	// scrolls a block that is higher.
	View(width, height int) component.Block
	// Bindings lists what can be done, the main thing first.
	Bindings() []keys.Binding
	// Unsaved says what would be lost if the page went now; "" for nothing.
	Unsaved() string
	// Key is offered a key press before the focused control.
	Key(tea.KeyPressMsg) (tea.Cmd, bool)
}
