package lambda

import (
	"context"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// showTriggers shows the triggers and the statements that were read.
func (t *configurationTab) showTriggers() {
	rows := make([]component.ListRow, len(t.page.triggers))
	for i, g := range t.page.triggers {
		rows[i] = component.ListRow{Key: rowKey(g), Cells: triggerCells(g)}
	}
	t.triggers.Set(rows)
	rows = make([]component.ListRow, len(t.page.statements))
	for i, s := range t.page.statements {
		rows[i] = component.ListRow{Key: s.Sid, Cells: []component.Cell{
			{Text: component.Clean(s.Sid)}, {Text: component.Clean(s.principal())}, {Text: component.Clean(joined(s.Action))}, {Text: component.Clean(s.source())},
		}}
	}
	t.statements.Set(rows)
	t.showDocument()
}

// triggerColumns are those of the triggers' table: the details get what they
// need, within reason.
func (t *configurationTab) triggerColumns() []component.Column {
	const least, most = 20, 64
	cells := least
	for _, g := range t.page.triggers {
		cells = max(cells, component.Width(component.Clean(g.about())))
	}
	return []component.Column{{Title: "Trigger"}, {Title: "Details", Width: min(cells, most)}, {Title: "State"}}
}

func triggerCells(g trigger) []component.Cell {
	cells := []component.Cell{
		{Text: g.source() + ": " + component.Clean(g.name()), Style: theme.Link}, {Text: component.Clean(g.about())},
		component.StatusCell(component.StatusSuccess, "Enabled"),
	}
	if g.warning() != "" {
		cells[2] = component.StatusCell(component.StatusWarning, "Does not work")
	}
	return cells
}

// showDocument shows the current statement as it is written.
func (t *configurationTab) showDocument() {
	sid, text := t.statements.At(t.statement.Current()).Key, ""
	for _, s := range t.page.statements {
		if s.Sid == sid {
			text = s.text
		}
	}
	if t.document.Value() != text {
		t.document.SetValue(text)
	}
}

// currentTrigger is the trigger whose row is marked; nil for none.
func (t *configurationTab) currentTrigger() trigger {
	key := t.triggers.At(t.triggerRow.Current()).Key
	for _, g := range t.page.triggers {
		if rowKey(g) == key {
			return g
		}
	}
	return nil
}

// rowKey tells a trigger from those of all services.
func rowKey(g trigger) string { return g.source() + " " + g.key() }

// goTo marks the first trigger of a service.
func (t *configurationTab) goTo(source string) {
	t.sections.SetActive(sectionTriggers)
	for i := range t.triggers.Len() {
		for _, g := range t.page.triggers {
			if g.source() == source && rowKey(g) == t.triggers.At(i).Key {
				t.triggerRow.SetCurrent(i)
				return
			}
		}
	}
}

// currentURL is the URL of the current trigger; when it has none, why, or "" for
// triggers of kinds that have no URLs.
func (t *configurationTab) currentURL() (url, why string) {
	if v, ok := t.currentTrigger().(visitable); ok {
		return v.address()
	}
	return "", ""
}

// triggerBindings lists what can be done with the current trigger.
func (t *configurationTab) triggerBindings() []keys.Binding {
	g := t.currentTrigger()
	if g == nil {
		const none = "There is no trigger."
		return []keys.Binding{
			keys.Bind(keys.Delete, t.confirmDeleteTrigger).Unless(none),
			keys.Bind(keys.Open, t.openSource).As("open what sets it off").Unless(none),
		}
	}
	all := []keys.Binding{
		keys.Bind(keys.Delete, t.confirmDeleteTrigger).Unless(g.kept()),
		keys.Bind(keys.Open, t.openSource).As("open " + g.name()),
	}
	if v, ok := g.(visitable); ok {
		_, why := v.address()
		all = append(all,
			keys.Bind(keys.Explore, t.openURL).As("Open URL").Unless(why),
			keys.Bind(keys.Duplicate, t.copyURL).As("Copy URL").Unless(why),
			keys.Bind(keys.Browse, t.browse).Unless(why))
	}
	return all
}

// openSource goes to the page of what sets the function off.
func (t *configurationTab) openSource() tea.Cmd {
	g := t.currentTrigger()
	if g == nil {
		return nil
	}
	return nav.Send(nav.Open{Route: g.home()})
}

func (t *configurationTab) openURL() tea.Cmd {
	url, _ := t.currentURL()
	return nav.Go("web/visit", url, "")
}

func (t *configurationTab) copyURL() tea.Cmd {
	url, _ := t.currentURL()
	return nav.Send(nav.Copy{Text: url, What: "the URL"})
}

func (t *configurationTab) browse() tea.Cmd {
	url, _ := t.currentURL()
	return nav.Send(nav.Browse{URL: url})
}

// confirmDeleteTrigger asks, and takes the current trigger away.
func (t *configurationTab) confirmDeleteTrigger() tea.Cmd {
	g := t.currentTrigger()
	if g == nil {
		return nil
	}
	f, others := t.page, t.page.triggers
	return nav.Send(nav.Confirm{
		Title:  "Delete trigger",
		Text:   append([]string{"Delete the trigger " + g.name() + " of " + f.name + "?"}, g.farewell()...),
		Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(f.Env.Calls,
				func(ctx context.Context) (struct{}, error) {
					return struct{}{}, deleteTrigger(ctx, f.Env.Cloud, f.name, g, others)
				},
				func(_ struct{}, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The trigger "+g.name()+" was not deleted", err), f.readTriggers())
					}
					return tea.Batch(nav.Done("The trigger "+g.name()+" was deleted."), f.readTriggers())
				})
		},
	})
}
