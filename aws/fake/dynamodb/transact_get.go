package dynamodb

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// transactionRate is how often a transaction counts what it reads and writes.
const transactionRate = 2

// TransactGetItems reads up to 100 items as of one moment.
func (s *Service) TransactGetItems(ctx context.Context, in aws.TransactGetItemsInput) (aws.TransactGetItemsOutput, error) {
	return answer(ctx, s, "TransactGetItems", func() (out aws.TransactGetItemsOutput, err error) {
		var m members
		lengthEchoed(&m, in.TransactItems, "TransactGetItem", "transactItems", mostGets)
		m.consumedCapacity(in.ReturnConsumedCapacity)
		for _, item := range in.TransactItems {
			m.transactTable(item.Get.TableName)
		}
		if err := m.err(); err != nil {
			return out, err
		}
		gets := make([]get, len(in.TransactItems))
		for n, item := range in.TransactItems {
			if gets[n], err = newGet(wordedOlder, item.Get.TableName, item.Get.Key,
				projecting{text: item.Get.ProjectionExpression, names: item.Get.ExpressionAttributeNames}); err != nil {
				return out, err
			}
		}
		var used usages
		err = s.store.View(func(r *store.Reader) error {
			out.Responses, used, err = s.readAll(ctx, r, gets)
			return err
		})
		if err != nil {
			return aws.TransactGetItemsOutput{}, err
		}
		out.ConsumedCapacity = used.reportTransaction(in.ReturnConsumedCapacity, aws.Reads)
		return out, nil
	})
}

func (m *members) transactTable(name string) {
	if name == "" {
		m.addUnnamed("TableName", "Member must have length greater than or equal to 1")
		return
	}
	m.name(name, "tableName", 1)
}

// readAll reads the items of a transaction.
func (s *Service) readAll(ctx context.Context, r *store.Reader, gets []get) ([]aws.ItemResponse, usages, error) {
	reasons := newReasons(len(gets))
	responses := make([]aws.ItemResponse, len(gets))
	var used usages
	seen := make(map[string]bool, len(gets))
	for n, g := range gets {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		item, size, err := g.read(s, r)
		if err != nil {
			if err := reasons.note(n, err); err != nil {
				return nil, nil, err
			}
			continue
		}
		key, err := g.entryID(s, r)
		if err != nil {
			return nil, nil, err
		}
		if seen[key] {
			return nil, nil, invalid(twoOnOne)
		}
		seen[key] = true
		responses[n].Item = item
		used.add(g.table, usage{table: readUnits(size, true) * transactionRate})
	}
	return responses, used, reasons.err()
}

const twoOnOne = "Transaction request cannot include multiple operations on one item"

// entryID tells the item read apart from all others.
func (g get) entryID(s *Service, r *store.Reader) (string, error) {
	t, err := s.inService(r, g.table)
	if err != nil {
		return "", err
	}
	key, err := t.entryKey(g.key)
	return g.table + "/" + string(key), err
}

// reasons are why a transaction was canceled, by action.
type reasons []aws.CancellationReason

func newReasons(n int) reasons {
	r := make(reasons, n)
	for i := range r {
		r[i].Code = "None"
	}
	return r
}

// note takes the failure of one action as the reason for canceling; one that
// fails the whole request at once is returned.
func (r reasons) note(n int, err error) error {
	var failure *aws.Error
	if !errors.As(err, &failure) || errors.Is(err, errEmptyKey) {
		return err
	}
	switch failure.Code {
	case "ConditionalCheckFailedException":
		r[n] = aws.CancellationReason{Code: "ConditionalCheckFailed", Message: failure.Message, Item: failure.Item}
	case "DuplicateItemException":
		r[n] = aws.CancellationReason{Code: "DuplicateItem", Message: failure.Message, Item: failure.Item}
	case "ValidationException":
		r[n] = aws.CancellationReason{Code: "ValidationError", Message: failure.Message}
	default:
		return err
	}
	return nil
}

// err is a TransactionCanceledException if there is any reason for it.
func (r reasons) err() error {
	codes := ""
	canceled := false
	for n, reason := range r {
		if n > 0 {
			codes += ", "
		}
		codes += reason.Code
		canceled = canceled || reason.Code != "None"
	}
	if !canceled {
		return nil
	}
	return &aws.Error{
		Code:    "TransactionCanceledException",
		Message: "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]",
		Reasons: r,
	}
}

// reportTransaction is the report of a transaction, which also says whether the
// units are of reads or of writes.
func (u usages) reportTransaction(mode aws.ReturnConsumedCapacity, access aws.Access) []aws.ConsumedCapacity {
	out := u.report(mode)
	for n := range out {
		c := &out[n]
		whole := capacityOf(c.CapacityUnits, access)
		c.ReadCapacityUnits, c.WriteCapacityUnits = whole.ReadCapacityUnits, whole.WriteCapacityUnits
		if c.Table != nil {
			*c.Table = capacityOf(c.Table.CapacityUnits, access)
		}
		for _, shares := range []map[string]aws.Capacity{c.LocalSecondaryIndexes, c.GlobalSecondaryIndexes} {
			for name, share := range shares {
				shares[name] = capacityOf(share.CapacityUnits, access)
			}
		}
	}
	return out
}

func capacityOf(units float64, access aws.Access) aws.Capacity {
	if access == aws.Reads {
		return aws.Capacity{CapacityUnits: units, ReadCapacityUnits: units}
	}
	return aws.Capacity{CapacityUnits: units, WriteCapacityUnits: units}
}
