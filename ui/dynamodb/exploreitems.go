package dynamodb

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// current is the item of the current row.
func (p *explorePage) current() (aws.Item, bool) { return p.results.item(p.table.Current()) }

// goItem opens the item editor.
func (p *explorePage) goItem(a address) tea.Cmd {
	route, err := a.route(p.name)
	if err != nil {
		return nav.Failed("The item cannot be opened", err)
	}
	return nav.Send(nav.Open{Route: route})
}

// currentKey is the key of the current row's item.
func (p *explorePage) currentKey() (aws.Item, bool) {
	item, ok := p.current()
	if !ok {
		return nil, false
	}
	return p.results.search.TableKey.of(item)
}

func (p *explorePage) open() tea.Cmd {
	if key, ok := p.currentKey(); ok {
		return p.goItem(address{Edit: key})
	}
	return nil
}

func (p *explorePage) duplicate() tea.Cmd {
	if key, ok := p.currentKey(); ok {
		return p.goItem(address{Duplicate: key})
	}
	return nil
}

// copy puts the current item on the clipboard as DynamoDB JSON.
func (p *explorePage) copy() tea.Cmd {
	item, ok := p.current()
	if !ok {
		return nil
	}
	ordered := orderedItem{Item: item, Order: p.results.search.TableKey.names()}
	return nav.Send(nav.Copy{Text: formatItem(ordered, dynamoDBJSON), What: "the item as DynamoDB JSON"})
}

// mostNamed is how many items a confirmation names one by one.
const mostNamed = 8

// delete asks, and deletes the marked items, or the current one when none is marked.
func (p *explorePage) delete() tea.Cmd {
	rows := p.table.Marked()
	if len(rows) == 0 {
		rows = []int{p.table.Current()}
	}
	var items []aws.Item
	for _, row := range rows {
		item, ok := p.results.item(row)
		if !ok {
			return nav.Send(nav.Notify{
				Level: nav.Information, Title: "Some of the selected items are no longer in memory",
				Text: "Select fewer items, closer together.",
			})
		}
		items = append(items, item)
	}
	key := p.results.search.TableKey
	ask := fmt.Sprintf("Delete %s from the table %s permanently? This cannot be undone.", page.Counted(len(items), "item"), p.name)
	var names []string
	for i, item := range items {
		if i == mostNamed {
			names = append(names, fmt.Sprintf("and %d more", len(items)-i))
			break
		}
		names = append(names, key.text(item))
	}
	return nav.Send(nav.Confirm{
		Title: "Delete items", Text: []string{ask, strings.Join(names, ", ")}, Action: "Delete",
		Do: func() tea.Cmd { return p.deleteItems(items) },
	})
}

// deleteItems deletes items, each on its own, and tells which could not be.
func (p *explorePage) deleteItems(items []aws.Item) tea.Cmd {
	key := p.results.search.TableKey
	return page.Do(p.Env.Calls,
		func(ctx context.Context) ([]error, error) {
			return deleteEach(ctx, p.Env.Cloud.DynamoDB, p.name, key, items), nil
		},
		func(faults []error, _ error) tea.Cmd {
			p.table.ClearMarks()
			return tea.Batch(deleted(items, key, faults), p.refresh())
		})
}

// deleteEach deletes items, some at a time; the errors are in the items' order.
func deleteEach(ctx context.Context, db aws.DynamoDB, table string, key keySchema, items []aws.Item) []error {
	const atOnce = 8
	faults := make([]error, len(items))
	places := make(chan struct{}, atOnce)
	var wait sync.WaitGroup
	for i, item := range items {
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			k, ok := key.of(item)
			if !ok {
				faults[i] = errNoKey
				return
			}
			_, faults[i] = db.DeleteItem(ctx, aws.DeleteItemInput{
				TableName: table, Key: k, ReturnConsumedCapacity: aws.CapacityTotal,
			})
		})
	}
	wait.Wait()
	return faults
}

var errNoKey = errors.New("the item came without its key")

// deleted tells what became of the items.
func deleted(items []aws.Item, key keySchema, faults []error) tea.Cmd {
	var failed []string
	var first error
	for i, err := range faults {
		if err == nil {
			continue
		}
		if first == nil {
			first = err
		}
		failed = append(failed, component.Clean(key.text(items[i])+": "+page.Explain(err)[0]))
	}
	if len(failed) == 0 {
		return nav.Done(page.Counted(len(items), "item") + " deleted.")
	}
	title := fmt.Sprintf("%d of %s could not be deleted", len(failed), page.Counted(len(items), "item"))
	if len(failed) == 1 && len(items) == 1 {
		title = "The item could not be deleted"
	}
	const most = 10
	if len(failed) > most {
		failed = append(failed[:most:most], fmt.Sprintf("and %d more", len(failed)-most))
	}
	return nav.Send(nav.Notify{Level: nav.Failure, Title: title, Text: strings.Join(failed, "\n"), Err: first})
}
