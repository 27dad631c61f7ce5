package dynamodb

import (
	"fmt"
	"strconv"
	"time"

	"awslab/ui/page"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"
)

// View draws the page.
func (p *tablePage) View(width, height int) component.Block {
	p.arrange()
	head := component.Stack(width, p.Heading(width, component.Clean(p.name), p.actions()), p.Ring.View(p.tabs, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The table could not be read", p.fault))
	}
	if !p.loaded {
		return component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading"))).Fit(width, height)
	}
	room := max(3, height-head.Height())
	var body component.Block
	switch p.tabs.Active() {
	case tabIndexes:
		p.index.Height = room
		p.index.Empty = []string{"The table has no indexes.", "n makes one: Create index."}
		body = p.Ring.View(p.index, width)
	case tabItems:
		body = p.itemsView(width, room)
	case tabStream:
		body = p.stream.draw(width, room)
	default:
		body = p.Scroll.View(p.settingsView(width), room)
	}
	return component.Stack(width, head, body).Fit(width, height)
}

func (p *tablePage) settingsView(width int) component.Block {
	t, key := p.table, tableKey(p.table)
	columns := max(1, min(4, width/26))
	general := component.KeyValues(width-4, columns,
		component.Pair{Label: "Partition key", Value: keyText(key.Partition)},
		component.Pair{Label: "Sort key", Value: keyText(key.Sort)},
		component.Pair{Label: "Capacity mode", Value: capacityText(t)},
		component.Pair{Label: "Table status", Value: component.Status(statusKind(t.TableStatus), statusName(t.TableStatus))},
		component.Pair{Label: "Table class", Value: className(t)},
		component.Pair{Label: "Item count", Value: strconv.FormatInt(t.ItemCount, 10)},
		component.Pair{Label: "Table size", Value: sizeText(t.TableSizeBytes)},
		component.Pair{Label: "Average item size", Value: averageSize(t)},
		component.Pair{Label: "Created", Value: t.CreationDateTime.Local().Format(time.DateTime)},
	)
	arn := component.KeyValues(width-4, 1, component.Pair{Label: "Amazon Resource Name (ARN)", Value: t.TableArn})
	p.protect.Label = "Turn on"
	state := component.Status(component.StatusStopped, "Off")
	if t.DeletionProtectionEnabled {
		p.protect.Label, state = "Turn off", component.Status(component.StatusSuccess, "On")
	}
	protection := component.Stack(width-4, component.Text(width-4, state),
		page.Styled(width-4, theme.Faint, "While it is on, the table cannot be deleted."), p.Ring.View(p.protect, p.protect.Natural()))
	return component.Stack(width,
		component.Container(width, "General information", nil, component.Stack(width-4, general, arn)),
		component.Container(width, "Deletion protection", nil, protection),
		page.TagsBox(width, maxTags, p.tags.all, p.tags.fault))
}

// averageSize is the mean size of a table's items.
func averageSize(t aws.TableDescription) string {
	if t.ItemCount == 0 {
		return "0 bytes"
	}
	return sizeText(t.TableSizeBytes / t.ItemCount)
}

// itemsView is the items summary.
func (p *tablePage) itemsView(width, height int) component.Block {
	live := ""
	switch {
	case p.counting:
		live = fmt.Sprintf("counting: %d so far", p.counted)
	case p.exact:
		live = fmt.Sprintf("live: %s", page.Counted(p.counted, "item"))
	}
	pairs := component.KeyValues(width, max(1, min(3, width/26)),
		component.Pair{Label: "Item count", Value: strconv.FormatInt(p.table.ItemCount, 10)},
		component.Pair{Label: "Table size", Value: sizeText(p.table.TableSizeBytes)},
		component.Pair{Label: "Average item size", Value: averageSize(p.table)})
	head := component.Stack(width, pairs,
		page.Styled(width, theme.Faint, "AWS brings these up to date about every six hours."),
		component.Row(width, 2, p.Ring.View(p.count, p.count.Natural()), component.Text(40, live)),
		component.Text(width, theme.Heading.Render("Items preview")+theme.Faint.Render("  the first "+strconv.Itoa(previewItems)+"; enter explores them all")))
	p.preview.Height = max(2, height-head.Height())
	p.preview.Empty = []string{"The table has no items."}
	return component.Stack(width, head, p.Ring.View(p.preview, width))
}
