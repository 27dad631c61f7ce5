package dynamodb

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// mostWrites is how many items one BatchWriteItem may name.
const mostWrites = 25

// BatchWriteItem puts and deletes up to 25 items. Here, unlike on AWS, all of
// them take effect together; callers must not count on it.
func (s *Service) BatchWriteItem(ctx context.Context, in aws.BatchWriteItemInput) (aws.BatchWriteItemOutput, error) {
	return answer(ctx, s, "BatchWriteItem", func() (out aws.BatchWriteItemOutput, err error) {
		if err := checkBatchWrite(in); err != nil {
			return out, err
		}
		actions, err := parseBatchWrite(in)
		if err != nil {
			return out, err
		}
		var used usages
		sizes := collections{wanted: in.ReturnItemCollectionMetrics == aws.MetricsSize}
		err = s.store.Update(func(w *store.Writer) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			used, err = s.writeAll(w, actions, &sizes)
			return err
		})
		out.UnprocessedItems = make(map[string][]aws.WriteRequest)
		out.ConsumedCapacity = used.report(in.ReturnConsumedCapacity)
		out.ItemCollectionMetrics = sizes.byTable
		return out, err
	})
}

func checkBatchWrite(in aws.BatchWriteItemInput) error {
	var enums, m members
	enums.consumedCapacity(in.ReturnConsumedCapacity)
	enums.collectionMetrics(in.ReturnItemCollectionMetrics)
	if err := enums.err(); err != nil {
		return err // reported alone, before the tables' names
	}
	if len(in.RequestItems) == 0 {
		return invalid("The requestItems parameter is required for BatchWriteItem")
	}
	m.tableKeys(in.RequestItems)
	total, unfit := 0, false
	for _, writes := range in.RequestItems {
		total += len(writes)
		unfit = unfit || len(writes) == 0 || len(writes) > mostWrites
	}
	if unfit {
		m.add("'"+echoedWrites(in.RequestItems)+"'", "requestItems", "Map value must satisfy constraint: "+
			"[Member must have length less than or equal to 25, Member must have length greater than or equal to 1]")
	}
	if err := m.err(); err != nil {
		return err
	}
	if total > mostWrites {
		return invalid("Too many items requested for the BatchWriteItem call")
	}
	return nil
}

// echoedWrites is a batch as DynamoDB's messages show it.
func echoedWrites(items map[string][]aws.WriteRequest) string {
	tables := make([]string, 0, len(items))
	for _, table := range slices.Sorted(maps.Keys(items)) {
		tables = append(tables, table+"="+echoed("WriteRequest", items[table]))
	}
	return "{" + strings.Join(tables, ", ") + "}"
}

func parseBatchWrite(in aws.BatchWriteItemInput) ([]*action, error) {
	var actions []*action
	for _, table := range slices.Sorted(maps.Keys(in.RequestItems)) {
		for _, write := range in.RequestItems[table] {
			var a *action
			var err error
			switch {
			case (write.PutRequest == nil) == (write.DeleteRequest == nil):
				err = invalid("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")
			case write.PutRequest != nil:
				a, err = newPut(wordedOlder, request{table: table}, write.PutRequest.Item)
			default:
				a, err = newKeyed(actDelete, wordedOlder, request{table: table}, write.DeleteRequest.Key)
			}
			if err != nil {
				return nil, err
			}
			actions = append(actions, a)
		}
	}
	return actions, nil
}

// writeAll does the actions of a batch.
func (s *Service) writeAll(w *store.Writer, actions []*action, sizes *collections) (usages, error) {
	var used usages
	var sum tally
	seen := make(map[string]bool, len(actions))
	targets := make([]change, len(actions))
	for n, a := range actions {
		c, err := a.target(s, &w.Reader)
		if err != nil {
			return nil, batchKeyFault(a, c, err)
		}
		id := a.table + "/" + string(c.key)
		if seen[id] {
			return nil, invalid("Provided list of item keys contains duplicates")
		}
		seen[id] = true
		targets[n] = c
	}
	for n, a := range actions {
		e, err := a.resolve(&w.Reader, targets[n])
		if err != nil {
			return nil, err
		}
		units, err := e.stage(w, &sum)
		if err != nil {
			return nil, err
		}
		used.add(a.table, units)
		if err := sizes.add(&w.Reader, e.change); err != nil {
			return nil, err
		}
	}
	sum.save(w)
	return used, nil
}

// batchKeyFault words a fault of a put's key as a batch does: as that of a key.
func batchKeyFault(a *action, c change, err error) error {
	if a.kind != actPut || c.table == nil || errors.Is(err, errEmptyKey) {
		return err
	}
	for _, k := range c.table.key.attributes() {
		if v := a.item[k.name]; v == nil || v.Type() != k.kind {
			return invalid(mismatch)
		}
	}
	return err
}

// usages are what an operation used of several tables, in the order in which
// they were first named.
type usages []tableUsage

type tableUsage struct {
	table string
	used  usage
}

func (u *usages) add(table string, used usage) {
	for n := range *u {
		if (*u)[n].table == table {
			(*u)[n].used.add(used)
			return
		}
	}
	*u = append(*u, tableUsage{table, used})
}

func (u usages) report(mode aws.ReturnConsumedCapacity) []aws.ConsumedCapacity {
	var out []aws.ConsumedCapacity
	for _, t := range u {
		if report := t.used.report(t.table, mode); report != nil {
			out = append(out, *report)
		}
	}
	return out
}
