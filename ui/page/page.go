// Package page says what a page of the console is, and how it calls services
// without ever blocking: calls run beside the program, with a context that ends
// when the page goes, and an answer that comes too late is dropped.
package page

import (
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// Page is one screen of the console. Only the program's Update calls it; it
// does no I/O of its own but returns commands.
type Page interface {
	// Init starts loading what the page shows. It is called again when the page
	// comes back to the front, so that what changed meanwhile shows; the page
	// keeps its place, filter and order.
	Init() tea.Cmd
	// Key offers a key press before any binding sees it, and reports whether the
	// page's focused control used it. The bindings come after: the page's own,
	// then the shell's.
	Key(tea.KeyPressMsg) (tea.Cmd, bool)
	// Paste offers pasted text to the focused control.
	Paste(text string) tea.Cmd
	// View draws the page, exactly width by height.
	View(width, height int) component.Block
	// Bindings lists what can be done now, the main thing first.
	Bindings() []keys.Binding
	// Title is the page's own crumb, "Explore items".
	Title() string
	// Editing reports whether typed letters are text now, so that the footer
	// shows no shortcuts that would be typed.
	Editing() bool
	// Unsaved says what would be lost if the page went now; "" for nothing.
	Unsaved() string
}

// Introduced is a page about a resource whose route holds an id: it tells the
// name that people know the resource by, for the breadcrumbs.
type Introduced interface {
	// Resource is the name; "" while it is not known.
	Resource() string
}

// Env is what a page gets to work with.
type Env struct {
	Cloud aws.Cloud
	Calls *Calls
	Now   func() time.Time
	// Home is the user's home folder, and Folder where local files are picked
	// and saved until the user goes elsewhere.
	Home, Folder string
	// Gallery shows pictures; nil shows them as half blocks.
	Gallery *component.Gallery
	// Keep keeps small things of the console's own from one run to the next.
	Keep Keeper
}

// Keeper keeps small things under names. Its methods do I/O: they belong into
// commands.
type Keeper interface {
	// Kept gives what is kept under a name; nil when nothing is.
	Kept(name string) ([]byte, error)
	// Put keeps something in place of what was there before.
	Put(name string, data []byte) error
}

// Entry is one row of a service's page table.
type Entry struct {
	ID      string      // "dynamodb/tables"
	Service aws.Service // "" for the console's own pages
	Title   string      // in the palette and the menus
	Nav     string      // its label in the side navigation; "" when it has none there
	Heading string      // the heading of the side navigation above it; "" for none
	Summary string      // one line for the services menu and the palette
	Named   bool        // it is about one resource, whose name the route holds
	// Parent is the route one up, for breadcrumbs and Back; false at the top.
	Parent func(nav.Route) (nav.Route, bool)
	// Crumb is the page's crumb for a route.
	Crumb func(nav.Route) string
	New   func(Env, nav.Route) Page
}
