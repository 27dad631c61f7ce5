package dynamodb

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// itemPage is the item editor: a form, or JSON.
type itemPage struct {
	page.Panel
	table   string
	address address
	key     keySchema
	form    *itemForm
	editor  *component.Editor
	views   *component.Tabs
	typed   *component.Checkbox

	loaded   bool
	saving   bool
	changed  bool   // before the view was switched last
	baseline string // what the view held when nothing was changed
	note     string // what is wrong with the item as a whole
	fault    error  // of the service
	lost     error  // the item could not be read
}

// The two views.
const (
	formView = 0
	jsonView = 1
)

func newItemPage(env page.Env, route nav.Route) page.Page {
	p := &itemPage{
		Panel: page.NewPanel(env), table: route.Name, address: readAddress(route),
		editor: component.NewEditor(),
		views:  component.NewTabs("Form", "JSON view"),
		typed:  component.NewCheckbox("View DynamoDB JSON"),
	}
	p.editor.Label, p.editor.Language = "Attributes", "json"
	p.editor.Changed = func() tea.Cmd {
		p.editor.ClearError()
		p.note, p.fault = "", nil
		return nil
	}
	p.typed.Set(true)
	p.typed.Changed = p.switchNotation
	p.views.Changed = func(int) tea.Cmd { return p.switched() }
	p.form = newItemForm(keySchema{}, orderedItem{}, p.refocus)
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *itemPage) Title() string { return p.address.title() }

// loadedItem is what the editor starts with.
type loadedItem struct {
	key  keySchema
	item aws.Item
}

// Init reads the table's key, and the item; once, since what is in the form
// must not be lost.
func (p *itemPage) Init() tea.Cmd {
	if p.loaded {
		return nil
	}
	return page.Latest(p.Env.Calls, "load",
		func(ctx context.Context) (loadedItem, error) {
			return loadItem(ctx, p.Env.Cloud.DynamoDB, p.table, p.address.key())
		},
		func(l loadedItem, err error) tea.Cmd {
			if p.lost = err; err != nil {
				return nil
			}
			p.loaded, p.key = true, l.key
			return p.start(orderedItem{Item: l.item, Order: l.key.names()})
		})
}

var errItemGone = errors.New("There is no item with this key any more; it has been deleted meanwhile")

func loadItem(ctx context.Context, db aws.DynamoDB, table string, key aws.Item) (loadedItem, error) {
	out, err := db.DescribeTable(ctx, aws.DescribeTableInput{TableName: table})
	if err != nil {
		return loadedItem{}, err
	}
	l := loadedItem{key: tableKey(out.Table)}
	if key == nil {
		return l, nil
	}
	got, err := db.GetItem(ctx, aws.GetItemInput{TableName: table, Key: key, ConsistentRead: true, ReturnConsumedCapacity: aws.CapacityTotal})
	if err == nil && got.Item == nil {
		err = errItemGone
	}
	l.item = got.Item
	return l, err
}

// start shows an item; one with too many values for a form as JSON.
func (p *itemPage) start(item orderedItem) tea.Cmd {
	p.changed, p.note, p.fault = false, "", nil
	if countValues(aws.M(item.Item)) > mostFields {
		p.views.SetActive(jsonView)
		p.write(item)
	} else {
		p.views.SetActive(formView)
		p.form = newItemForm(p.key, item, p.refocus)
	}
	p.baseline = p.state()
	p.arrange()
	return p.focusFirst()
}

// focusFirst goes to where editing starts in the view that shows.
func (p *itemPage) focusFirst() tea.Cmd {
	if p.inJSON() {
		return p.Ring.Focus(p.editor)
	}
	return p.Ring.Focus(p.form.fields[p.firstField()].entry())
}

// firstField is where editing starts: at the key of a new item, behind the key
// of one that exists.
func (p *itemPage) firstField() int {
	n := len(p.key.names())
	if p.address.Edit != nil && n < len(p.form.fields) {
		return n
	}
	return 0
}

// refocus goes to a control after the form has changed; to the view's tabs for none.
func (p *itemPage) refocus(c component.Control) tea.Cmd {
	p.arrange()
	if c == nil {
		c = p.views
	}
	return p.Ring.Focus(c)
}

// inJSON reports whether the JSON view shows.
func (p *itemPage) inJSON() bool { return p.views.Active() == jsonView }

func (p *itemPage) notation() notation { return notation(p.typed.On()) }

// write puts an item into the JSON view.
func (p *itemPage) write(item orderedItem) {
	p.editor.SetValue(formatItem(item, p.notation()))
	p.editor.ClearError()
}

// state is what the current view holds.
func (p *itemPage) state() string {
	if p.inJSON() {
		return p.editor.Value()
	}
	return p.form.state()
}

func (p *itemPage) dirty() bool { return p.loaded && (p.changed || p.state() != p.baseline) }

// Unsaved says what would be lost.
func (p *itemPage) Unsaved() string {
	if !p.dirty() {
		return ""
	}
	if p.address.Edit != nil {
		return "Your changes to the item " + p.key.text(p.address.Edit) + " have not been saved."
	}
	return "The item has not been created; what you entered for it would be lost."
}

// item is what the current view says; nil when it says no item, and then what
// is wrong is shown.
func (p *itemPage) item(draft bool) (orderedItem, tea.Cmd, bool) {
	if p.inJSON() {
		item, fault := parseItem(p.editor.Value(), p.notation())
		if fault != nil {
			p.editor.MarkError(fault.Line, fault.Column, fault.Message)
			p.note = "The JSON has a fault at " + fault.Error()
			return item, p.Ring.Focus(p.editor), false
		}
		return item, nil, true
	}
	item, fault := p.form.item(draft)
	if fault != nil {
		p.note = fault.Message
		return item, p.Ring.Focus(fault.Control), false
	}
	return item, nil, true
}

// switched carries the item over to the view that was just chosen; when it has
// a fault, the view before stays.
func (p *itemPage) switched() tea.Cmd {
	to := p.views.Active()
	if !p.loaded {
		return nil
	}
	p.views.SetActive(jsonView - to)
	p.changed = p.dirty()
	p.note, p.fault = "", nil
	item, cmd, ok := p.item(true)
	if !ok {
		return cmd
	}
	if to == formView && countValues(aws.M(item.Item)) > mostFields {
		p.note = "The item has too many values for the form; it is edited as JSON."
		return nil
	}
	p.views.SetActive(to)
	if to == formView {
		p.form = newItemForm(p.key, item, p.refocus)
	} else {
		p.typed.Set(p.typed.On() || plainFault(item.Item) != "")
		p.write(item)
	}
	p.baseline = p.state()
	onTabs := p.Ring.Focused() == component.Control(p.views)
	p.arrange()
	if onTabs {
		return nil // the user goes through the views by the arrow keys
	}
	return p.focusFirst()
}

// switchNotation rewrites the JSON in the notation that was just chosen; when
// it has a fault, or plain JSON cannot say it, the notation before stays.
func (p *itemPage) switchNotation() tea.Cmd {
	to := p.typed.On()
	p.typed.Set(!to)
	wasDirty := p.dirty()
	item, cmd, ok := p.item(true)
	if !ok {
		return cmd
	}
	if reason := plainFault(item.Item); reason != "" && !to {
		return nav.Send(nav.Notify{Level: nav.Information, Title: "Plain JSON cannot say this item", Text: reason})
	}
	p.typed.Set(to)
	p.note = ""
	p.write(item)
	p.changed, p.baseline = wasDirty, p.state()
	return nil
}

// movesKey reports whether saving would give an existing item another key.
func (p *itemPage) movesKey() bool {
	if p.address.Edit == nil || !p.loaded || p.inJSON() {
		return false
	}
	for _, f := range p.form.fields {
		if f.part != "" && f.shown() != scalarText(p.address.Edit[f.fixed]) {
			return true
		}
	}
	return false
}

// Key offers a key to the focused control.
func (p *itemPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// arrange puts the controls that are shown in their order.
func (p *itemPage) arrange() {
	all := []component.Control{p.views}
	bindings := p.Bindings()
	if p.inJSON() {
		all = append(all, p.typed)
		all = append(all, p.ButtonsOf(bindings, keys.Editor)...)
		all = append(all, p.editor)
	} else {
		all = append(all, p.ButtonsOf(bindings, keys.AddRow)...)
		all = append(all, p.form.controls()...)
	}
	p.Ring.Set(append(all, p.ButtonsOf(bindings, keys.Cancel, keys.Copy, keys.Save, keys.SaveClose)...)...)
}

// View draws the page: the item scrolls, its faults and buttons stay in sight.
func (p *itemPage) View(width, height int) component.Block {
	p.arrange()
	title := component.Text(width, theme.Title.Render(p.address.title())+theme.Faint.Render("  in the table "+component.Clean(p.table)))
	if !p.loaded {
		text := component.Text(width, theme.Info.Render("◌ Loading"))
		if p.lost != nil {
			text = page.Fault(width, "The item cannot be shown", p.lost)
		}
		return component.Stack(width, title, text).Fit(width, height)
	}
	bindings := p.Bindings()
	tools := p.tools(width, bindings)
	foot := p.foot(width, bindings)
	room := max(3, height-title.Height()-tools.Height()-foot.Height())
	var body component.Block
	if p.inJSON() {
		p.editor.Height = room
		body = p.Ring.View(p.editor, width).Fit(width, room)
	} else {
		body = p.Scroll.View(p.form.view(&p.Panel, width), room)
	}
	return component.Stack(width, title, tools, body, foot).Fit(width, height)
}

// tools draws the choice of the view, and what goes with the view.
func (p *itemPage) tools(width int, bindings []keys.Binding) component.Block {
	blocks := []component.Block{p.Ring.View(p.views, min(30, width))}
	if p.inJSON() {
		blocks = append(blocks, p.Ring.View(p.typed, 26))
		blocks = append(blocks, p.Show(p.ButtonsOf(bindings, keys.Editor)...)...)
	} else {
		blocks = append(blocks, p.Show(p.ButtonsOf(bindings, keys.AddRow)...)...)
	}
	return component.Row(width, 2, blocks...)
}

// foot is what is wrong, and the buttons.
func (p *itemPage) foot(width int, bindings []keys.Binding) component.Block {
	var faults []string
	if p.note != "" {
		faults = append(faults, component.Clean(p.note))
	}
	foot := p.Foot(width, faults, p.fault, "The item was not saved", p.ButtonsOf(bindings, keys.Cancel, keys.Copy, keys.Save, keys.SaveClose))
	if p.movesKey() {
		foot = component.Stack(width, page.Styled(width, theme.Warning,
			"⚠ The key is another now: saving makes a new item with it and deletes the item "+component.Clean(p.key.text(p.address.Edit))+", both or neither."), foot)
	}
	return foot
}
