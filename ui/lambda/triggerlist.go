package lambda

import (
	"context"

	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// showTriggers shows the triggers and the statements that were read.
func (t *configurationTab) showTriggers() {
	rows := make([]component.ListRow, len(t.page.triggers))
	for i, g := range t.page.triggers {
		rows[i] = component.ListRow{Key: g.key(), Cells: triggerCells(g)}
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

func triggerCells(g trigger) []component.Cell {
	cells := []component.Cell{{Text: "S3: " + component.Clean(g.bucket), Style: theme.Link}, {}, {}, {}, component.StatusCell(component.StatusSuccess, "Enabled")}
	if n := g.notification; n != nil {
		cells[1].Text = component.Clean(eventText(n.Events))
		cells[2].Text, cells[3].Text = component.Clean(n.Filter.Prefix()), component.Clean(n.Filter.Suffix())
	}
	if g.warning() != "" {
		cells[4] = component.StatusCell(component.StatusWarning, "Does not work")
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

// currentTrigger is the trigger whose row is marked.
func (t *configurationTab) currentTrigger() (trigger, bool) {
	key := t.triggers.At(t.triggerRow.Current()).Key
	for _, g := range t.page.triggers {
		if g.key() == key {
			return g, true
		}
	}
	return trigger{}, false
}

func (t *configurationTab) openBucket() tea.Cmd {
	g, ok := t.currentTrigger()
	if !ok {
		return nil
	}
	return nav.Go("s3/bucket", g.bucket, "")
}

// confirmDeleteTrigger asks, and takes the current trigger away.
func (t *configurationTab) confirmDeleteTrigger() tea.Cmd {
	g, ok := t.currentTrigger()
	if !ok {
		return nil
	}
	f, others := t.page, t.page.triggers
	return nav.Send(nav.Confirm{
		Title: "Delete trigger",
		Text: []string{
			"Delete the trigger " + g.bucket + "? The bucket's events no longer set off " + f.name + ".",
			"The notification is taken from the bucket, and the permission from the function. The bucket and its objects stay.",
		},
		Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(f.Env.Calls,
				func(ctx context.Context) (struct{}, error) {
					return struct{}{}, deleteTrigger(ctx, f.Env.Cloud, f.name, g, others)
				},
				func(_ struct{}, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The trigger "+g.bucket+" was not deleted", err), f.readTriggers())
					}
					return tea.Batch(nav.Done("The trigger "+g.bucket+" was deleted."), f.readTriggers())
				})
		},
	})
}
