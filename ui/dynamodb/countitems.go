package dynamodb

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// countItems counts the table's items by scanning it, page after page; a
// second press gives up.
func (p *tablePage) countItems() tea.Cmd {
	if p.counting {
		p.Env.Calls.Cancel("count")
		p.counting = false
		return nil
	}
	p.counting, p.exact, p.counted = true, false, 0
	return p.countFrom(nil)
}

func (p *tablePage) countFrom(start aws.Item) tea.Cmd {
	return page.Latest(p.Env.Calls, "count",
		func(ctx context.Context) (aws.ScanOutput, error) {
			return p.Env.Cloud.DynamoDB.Scan(ctx, aws.ScanInput{
				TableName: p.name, Select: aws.SelectCount, ExclusiveStartKey: start, ReturnConsumedCapacity: aws.CapacityTotal,
			})
		},
		func(out aws.ScanOutput, err error) tea.Cmd {
			if err != nil {
				p.counting = false
				return nav.Failed("The items could not be counted", err)
			}
			p.counted += out.Count
			if out.LastEvaluatedKey != nil {
				return p.countFrom(out.LastEvaluatedKey)
			}
			p.counting, p.exact = false, true
			return nil
		})
}
