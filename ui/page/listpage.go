package page

import (
	"fmt"
	"strconv"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// ListPage is a page that lists things of one kind, with a filter. A page embeds
// it, and adds Init and Bindings.
type ListPage struct {
	Panel
	List   *component.List
	Table  *component.Table
	filter *component.TextField
	words  ListWords
	// bindings are the page's own.
	bindings func() []keys.Binding
	loaded   bool
	fault    error // of reading
}

// ListWords is what a list's page says.
type ListWords struct {
	Title     string // "Functions"
	One, Many string // "function", "functions"
	About     string // what they are, under the title; may be ""
	None      string // where there are none: what to do
}

// NewListPage makes a page that lists nothing yet. open opens the thing whose row
// has the key.
func NewListPage(env Env, words ListWords, open func(key string) tea.Cmd, columns ...component.Column) *ListPage {
	p := &ListPage{Panel: NewPanel(env), List: component.NewList(), filter: component.NewTextField("Find " + words.Many), words: words}
	p.Table = component.NewTable(p.List, func() []component.Column { return columns })
	p.Table.Sortable = true
	p.Table.Open = func(row int) tea.Cmd { return open(p.List.At(row).Key) }
	FilterList(&p.Panel, words.Many, p.filter, p.List, p.Table)
	return p
}

// Begin takes the page's own bindings, and gives the table the focus.
func (p *ListPage) Begin(bindings func() []keys.Binding) {
	p.bindings = bindings
	p.arrange()
	p.Ring.Focus(p.Table)
}

// Title is the page's crumb.
func (p *ListPage) Title() string { return p.words.Title }

// Current is the key of the row that is marked; "" when there is none.
func (p *ListPage) Current() string { return p.List.At(p.Table.Current()).Key }

// Missing says why nothing can be done with the row that is marked; "" when there
// is one.
func (p *ListPage) Missing() string {
	if p.Current() == "" {
		return "There is no " + p.words.One + " here."
	}
	return ""
}

// Find gives the filter the focus.
func (p *ListPage) Find() tea.Cmd { return p.Ring.Focus(p.filter) }

// Show shows the rows that were read, or the fault of reading them.
func (p *ListPage) Show(rows []component.ListRow, err error) {
	if p.fault = err; err == nil {
		p.loaded = true
		p.List.Set(rows)
	}
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *ListPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := LeaveFilter(&p.Panel, msg, p.filter, p.List, p.Table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *ListPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.bindings(), keys.Refresh, keys.Delete, keys.Create)
	p.Ring.Set(append([]component.Control{p.Table, p.filter}, buttons...)...)
	return buttons
}

// CountedTitle is a list's title with how many rows it has, and how many of them the filter
// leaves; without a count before they were read.
func CountedTitle(title string, list *component.List, loaded bool) string {
	shown, total := list.Len(), list.Total()
	switch {
	case !loaded:
		return title
	case shown != total:
		return fmt.Sprintf("%s (%d/%d)", title, shown, total)
	}
	return fmt.Sprintf("%s (%d)", title, total)
}

// View draws the page.
func (p *ListPage) View(width, height int) component.Block {
	parts := []component.Block{p.Heading(width, CountedTitle(p.words.Title, p.List, p.loaded), p.arrange())}
	if p.words.About != "" {
		parts = append(parts, Styled(width, theme.Faint, p.words.About))
	}
	parts = append(parts, p.Ring.View(p.filter, width))
	if p.fault != nil {
		parts = append(parts, Fault(width, "The "+p.words.Many+" could not be read", p.fault))
	}
	head := component.Stack(width, parts...)
	p.Table.Empty = p.empty()
	p.Table.Loading = !p.loaded && p.fault == nil
	p.Table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.Table, width)).Fit(width, height)
}

func (p *ListPage) empty() []string {
	switch {
	case !p.loaded:
		return nil
	case p.filter.Value() != "":
		return []string{"No " + p.words.One + " contains " + strconv.Quote(component.Clean(p.filter.Value())) + ".", "esc shows all " + p.words.Many + " again."}
	}
	return []string{"There are no " + p.words.Many + " to show.", p.words.None}
}
