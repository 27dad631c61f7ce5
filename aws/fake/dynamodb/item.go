package dynamodb

import (
	"context"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// PutItem writes a whole item, replacing one with the same key.
func (s *Service) PutItem(ctx context.Context, in aws.PutItemInput) (aws.PutItemOutput, error) {
	return answer(ctx, s, "PutItem", func() (out aws.PutItemOutput, err error) {
		if err := checkWrite(in.TableName, in.ReturnValues, in.ReturnConsumedCapacity); err != nil {
			return out, err
		}
		a, err := newPut(wordedCounting, request{in.TableName, in.ConditionExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues}, in.Item)
		if err != nil {
			return out, err
		}
		if err := onlyOld(in.ReturnValues); err != nil {
			return out, err
		}
		a.wantBefore = in.ReturnValues == aws.ReturnAllOld
		e, used, err := s.write(ctx, a)
		if a.wantBefore {
			out.Attributes = e.before
		}
		out.ConsumedCapacity = used.report(in.TableName, in.ReturnConsumedCapacity)
		return out, err
	})
}

// UpdateItem changes some attributes of an item, creating it if missing.
func (s *Service) UpdateItem(ctx context.Context, in aws.UpdateItemInput) (aws.UpdateItemOutput, error) {
	return answer(ctx, s, "UpdateItem", func() (out aws.UpdateItemOutput, err error) {
		if err := checkWrite(in.TableName, in.ReturnValues, in.ReturnConsumedCapacity); err != nil {
			return out, err
		}
		a, err := newKeyed(actUpdate, wordedCounting, request{in.TableName, in.ConditionExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues}, in.Key, in.UpdateExpression)
		if err != nil {
			return out, err
		}
		e, used, err := s.write(ctx, a)
		if err != nil {
			return out, err
		}
		switch in.ReturnValues {
		case aws.ReturnAllOld:
			out.Attributes = e.before
		case aws.ReturnAllNew:
			out.Attributes = e.now
		case aws.ReturnUpdatedOld:
			out.Attributes = e.updated.Old()
		case aws.ReturnUpdatedNew:
			out.Attributes = e.updated.New()
		case aws.ReturnNone:
		}
		out.ConsumedCapacity = used.report(in.TableName, in.ReturnConsumedCapacity)
		return out, nil
	})
}

// DeleteItem deletes one item by its key; a missing one is no error.
func (s *Service) DeleteItem(ctx context.Context, in aws.DeleteItemInput) (aws.DeleteItemOutput, error) {
	return answer(ctx, s, "DeleteItem", func() (out aws.DeleteItemOutput, err error) {
		if err := checkWrite(in.TableName, in.ReturnValues, in.ReturnConsumedCapacity); err != nil {
			return out, err
		}
		a, err := newKeyed(actDelete, wordedCounting, request{in.TableName, in.ConditionExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues}, in.Key, "")
		if err != nil {
			return out, err
		}
		if err := onlyOld(in.ReturnValues); err != nil {
			return out, err
		}
		a.wantBefore = in.ReturnValues == aws.ReturnAllOld
		e, used, err := s.write(ctx, a)
		if a.wantBefore {
			out.Attributes = e.before
		}
		out.ConsumedCapacity = used.report(in.TableName, in.ReturnConsumedCapacity)
		return out, err
	})
}

// write does one action in a transaction of its own.
func (s *Service) write(ctx context.Context, a *action) (e effect, used usage, err error) {
	err = s.store.Update(func(w *store.Writer) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := a.target(s, &w.Reader)
		if err != nil {
			return err
		}
		if e, err = a.resolve(&w.Reader, c); err != nil {
			return err
		}
		var t tally
		if used, err = e.stage(w, &t); err != nil {
			return err
		}
		t.save(w)
		return nil
	})
	return e, used, err
}

// GetItem reads one item by its key.
func (s *Service) GetItem(ctx context.Context, in aws.GetItemInput) (aws.GetItemOutput, error) {
	return answer(ctx, s, "GetItem", func() (out aws.GetItemOutput, err error) {
		if err := checkRead(in.TableName, in.ReturnConsumedCapacity); err != nil {
			return out, err
		}
		g, err := newGet(wordedBare, in.TableName, in.Key, in.ProjectionExpression, in.ExpressionAttributeNames)
		if err != nil {
			return out, err
		}
		var size int
		err = s.store.View(func(r *store.Reader) error {
			out.Item, size, err = g.read(s, r)
			return err
		})
		used := usage{table: readUnits(size, in.ConsistentRead)}
		out.ConsumedCapacity = used.report(in.TableName, in.ReturnConsumedCapacity)
		return out, err
	})
}

// get is one read of one item.
type get struct {
	table      string
	key        aws.Item
	projection *expr.Projection
}

// newGet checks a read as far as the request alone allows.
func newGet(w wording, table string, key aws.Item, projection string, names map[string]string) (g get, err error) {
	g.table = table
	if g.key, err = value.NormalizeItem(key); err != nil {
		return g, w.fault(err)
	}
	g.projection, err = parseProjection(projection, names)
	return g, w.fault(err)
}

// parseProjection reads a projection that stands alone; "" is all attributes.
func parseProjection(text string, names map[string]string) (*expr.Projection, error) {
	if text == "" {
		return nil, noExpressions(names, nil)
	}
	p := expr.NewPlaceholders(names, nil)
	if err := p.Err(); err != nil {
		return nil, err
	}
	projection, err := expr.ParseProjection(text, p)
	if err != nil {
		return nil, err
	}
	return projection, p.Unused()
}

// read reads the item, and the size of all of it.
func (g get) read(s *Service, r *store.Reader) (aws.Item, int, error) {
	t, err := s.inService(r, g.table)
	if err != nil {
		return nil, 0, err
	}
	if err := t.checkKey(g.key); err != nil {
		return nil, 0, err
	}
	key, err := t.entryKey(g.key)
	if err != nil {
		return nil, 0, err
	}
	entry, err := t.Space.read(r, key)
	if err != nil {
		return nil, 0, err
	}
	item, err := entry.item()
	if item != nil && g.projection != nil {
		item = g.projection.Apply(item)
	}
	return item, entry.size, err
}

// checkWrite checks the members that all writes of one item share.
func checkWrite(table string, returns aws.ReturnValues, capacity aws.ReturnConsumedCapacity) error {
	if err := checkItemTable(table); err != nil {
		return err
	}
	var m members
	m.consumedCapacity(capacity)
	m.returnValues(returns)
	return m.err()
}

func checkRead(table string, capacity aws.ReturnConsumedCapacity) error {
	if err := checkItemTable(table); err != nil {
		return err
	}
	var m members
	m.consumedCapacity(capacity)
	return m.err()
}

// checkItemTable checks the table's name where items are worked with.
func checkItemTable(name string) error {
	var m members
	if name == "" {
		m.addUnnamed("TableName", "Member must have length greater than or equal to 1")
		return m.err()
	}
	m.name(name, "tableName", 1)
	return m.err()
}

// onlyOld refuses the return values that only updates have.
func onlyOld(returns aws.ReturnValues) error {
	if returns == "" || returns == aws.ReturnNone || returns == aws.ReturnAllOld {
		return nil
	}
	return invalid("ReturnValues can only be ALL_OLD or NONE")
}
