package dynamodb

import (
	"context"
	"errors"
	"reflect"

	"awslab/aws"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// Bindings lists what can be done.
func (p *itemPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case !p.loaded:
		wait = "The item is not there yet."
	case p.saving:
		wait = "The item is being saved."
	}
	all := []keys.Binding{
		keys.Bind(keys.Save, func() tea.Cmd { return p.save(p.address.Edit == nil) }).Unless(wait).Main(),
	}
	if p.address.Edit != nil {
		all = append(all, keys.Bind(keys.SaveClose, func() tea.Cmd { return p.save(true) }).Unless(wait))
	} else {
		all[0] = all[0].As("Create item")
	}
	all = append(all,
		keys.Bind(keys.SwitchView, p.otherView).Unless(wait),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
		keys.Bind(keys.Editor, p.edit).Unless(wait),
		keys.Bind(keys.Copy, p.copy).As("Copy JSON").Unless(wait).InForm(),
	)
	if p.inJSON() {
		return all
	}
	noRemove := "The focus is on no attribute that can be removed."
	if f := p.form.owner(p.Ring.Focused()); f != nil && f.part == "" {
		noRemove = ""
	}
	return append(all,
		keys.Bind(keys.AddRow, p.addAttribute).As("Add new attribute").Unless(wait),
		keys.Bind(keys.RemoveRow, p.removeAttribute).Unless(noRemove))
}

func (p *itemPage) addAttribute() tea.Cmd { return chooseType("Add new attribute", p.form.add) }

func (p *itemPage) removeAttribute() tea.Cmd {
	if f := p.form.owner(p.Ring.Focused()); f != nil {
		return p.form.remove(f)
	}
	return nil
}

func (p *itemPage) otherView() tea.Cmd {
	p.views.SetActive(jsonView - p.views.Active())
	return p.switched()
}

// edit opens the item's JSON in the user's own editor.
func (p *itemPage) edit() tea.Cmd {
	if !p.inJSON() {
		if cmd := p.otherView(); !p.inJSON() {
			return cmd
		}
	}
	return nav.Send(nav.EditText{Text: p.editor.Value(), Name: "item.json", Done: func(text string) tea.Cmd {
		p.editor.SetValue(text)
		p.editor.ClearError()
		p.note, p.fault = "", nil
		return nil
	}})
}

// copy puts the item on the clipboard, in the notation of the JSON view.
func (p *itemPage) copy() tea.Cmd {
	item, cmd, ok := p.item(true)
	if !ok {
		return cmd
	}
	in, what := p.notation(), "the item as DynamoDB JSON"
	if in == plainJSON && plainFault(item.Item) == "" {
		what = "the item as JSON"
	} else {
		in = dynamoDBJSON
	}
	return nav.Send(nav.Copy{Text: formatItem(item, in), What: what})
}

// save writes the item, and closes the page when close is true. When that
// fails the page keeps all that was entered.
func (p *itemPage) save(closing bool) tea.Cmd {
	p.note, p.fault = "", nil
	ordered, cmd, ok := p.item(false)
	if !ok {
		return cmd
	}
	if p.address.Edit == nil || !p.moved(ordered.Item) {
		return p.send(ordered, closing)
	}
	return nav.Send(nav.Confirm{
		Title: "Change the item's key?",
		Text: []string{
			"An item's key cannot be changed in place. Saving makes a new item with the key " + p.key.text(ordered.Item) +
				" and deletes the one with the key " + p.key.text(p.address.Edit) + ", in one transaction.",
		},
		Action: "Save",
		Do:     func() tea.Cmd { return p.send(ordered, closing) },
	})
}

// moved reports whether an item has another key than the one being edited.
func (p *itemPage) moved(item aws.Item) bool {
	key, ok := p.key.of(item)
	return ok && !reflect.DeepEqual(key, p.address.Edit)
}

// send writes the item.
func (p *itemPage) send(ordered orderedItem, closing bool) tea.Cmd {
	write := writeItem(p.table, p.key, p.address.Edit, ordered.Item)
	p.saving = true
	return page.Latest(p.Env.Calls, "save",
		func(ctx context.Context) (struct{}, error) { return struct{}{}, write(ctx, p.Env.Cloud.DynamoDB) },
		func(_ struct{}, err error) tea.Cmd {
			p.saving = false
			if err != nil {
				p.note, p.fault = saveFault(p.key, p.address.Edit, ordered.Item, err)
				return nil
			}
			return p.saved(ordered, closing)
		})
}

// saved goes on after a save.
func (p *itemPage) saved(item orderedItem, closing bool) tea.Cmd {
	p.changed, p.baseline = false, p.state()
	done := "The item has been saved."
	if p.address.Edit == nil {
		done = "The item has been created."
	} else if key, ok := p.key.of(item.Item); ok {
		p.address.Edit = key
	}
	if !closing {
		return nav.Done(done)
	}
	return tea.Batch(nav.Done(done), nav.Send(nav.Replace{Route: nav.Route{Page: exploreID, Name: p.table}}))
}

// write is a call that saves an item.
type write func(context.Context, aws.DynamoDB) error

// writeItem makes the call that saves an item: a new one, which must not be
// there yet, or one in the place of the item with the key old. When its key is
// another now, the old item goes in the same transaction.
func writeItem(table string, key keySchema, old, item aws.Item) write {
	names := map[string]string{"#k": key.Partition.Name}
	const absent, present = "attribute_not_exists(#k)", "attribute_exists(#k)"
	now, ok := key.of(item)
	if old != nil && ok && !reflect.DeepEqual(now, old) {
		return func(ctx context.Context, db aws.DynamoDB) error {
			_, err := db.TransactWriteItems(ctx, aws.TransactWriteItemsInput{
				TransactItems: []aws.TransactWriteItem{
					{Delete: &aws.Delete{TableName: table, Key: old, ConditionExpression: present, ExpressionAttributeNames: names}},
					{Put: &aws.Put{TableName: table, Item: item, ConditionExpression: absent, ExpressionAttributeNames: names}},
				},
				ReturnConsumedCapacity: aws.CapacityTotal,
			})
			return err
		}
	}
	condition := absent
	if old != nil {
		condition = present
	}
	return func(ctx context.Context, db aws.DynamoDB) error {
		_, err := db.PutItem(ctx, aws.PutItemInput{
			TableName: table, Item: item, ConditionExpression: condition, ExpressionAttributeNames: names,
			ReturnConsumedCapacity: aws.CapacityTotal,
		})
		return err
	}
}

// saveFault tells what a failed save means: a note where the item's condition
// did not hold, else the service's fault.
func saveFault(key keySchema, old, item aws.Item, err error) (string, error) {
	taken := "An item with the key " + key.text(item) + " exists already. Nothing was overwritten: change the key, or edit that item."
	const gone = "The item is no longer there: it was deleted meanwhile. Nothing was written; to make it anew, duplicate or create it."
	var fault *aws.Error
	switch {
	case errors.Is(err, aws.ErrCondition) && old == nil:
		return taken, nil
	case errors.Is(err, aws.ErrCondition):
		return gone, nil
	case errors.Is(err, aws.ErrCanceled) && errors.As(err, &fault) && len(fault.Reasons) == 2:
		const failed = "ConditionalCheckFailed"
		switch {
		case fault.Reasons[0].Code == failed:
			return gone, nil
		case fault.Reasons[1].Code == failed:
			return taken, nil
		}
	}
	return "", err
}
