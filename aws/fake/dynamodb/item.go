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
		r := request{
			table: in.TableName, condition: in.ConditionExpression, names: in.ExpressionAttributeNames, values: in.ExpressionAttributeValues,
			onFailure: in.ReturnValuesOnConditionCheckFailure, expected: in.Expected, operator: in.ConditionalOperator,
		}
		asked := returning{in.ReturnValues, in.ReturnConsumedCapacity, in.ReturnItemCollectionMetrics}
		if err := checkWrite(ctx, r, asked); err != nil {
			return out, err
		}
		a, err := newPut(wordedCounting, r, in.Item)
		if err != nil {
			return out, err
		}
		done, err := s.replace(ctx, a, asked)
		return aws.PutItemOutput{Attributes: done.old, ConsumedCapacity: done.capacity, ItemCollectionMetrics: done.metrics}, err
	})
}

// UpdateItem changes some attributes of an item, creating it if missing.
func (s *Service) UpdateItem(ctx context.Context, in aws.UpdateItemInput) (aws.UpdateItemOutput, error) {
	return answer(ctx, s, "UpdateItem", func() (out aws.UpdateItemOutput, err error) {
		r := request{
			table: in.TableName, condition: in.ConditionExpression, update: in.UpdateExpression,
			names: in.ExpressionAttributeNames, values: in.ExpressionAttributeValues,
			onFailure: in.ReturnValuesOnConditionCheckFailure, expected: in.Expected, operator: in.ConditionalOperator, updates: in.AttributeUpdates,
		}
		asked := returning{in.ReturnValues, in.ReturnConsumedCapacity, in.ReturnItemCollectionMetrics}
		if err := checkItemTable(ctx, r.table); err != nil {
			return out, err
		}
		if err := checkUpdateReturns(in.ReturnValues); err != nil {
			return out, err
		}
		if err := checkWrite(ctx, r, asked); err != nil {
			return out, err
		}
		a, err := newKeyed(actUpdate, wordedCounting, r, in.Key)
		if err != nil {
			return out, err
		}
		done, err := s.write(ctx, a, asked)
		return aws.UpdateItemOutput{Attributes: done.attributes(in.ReturnValues), ConsumedCapacity: done.capacity, ItemCollectionMetrics: done.metrics}, err
	})
}

// DeleteItem deletes one item by its key; a missing one is no error.
func (s *Service) DeleteItem(ctx context.Context, in aws.DeleteItemInput) (aws.DeleteItemOutput, error) {
	return answer(ctx, s, "DeleteItem", func() (out aws.DeleteItemOutput, err error) {
		r := request{
			table: in.TableName, condition: in.ConditionExpression, names: in.ExpressionAttributeNames, values: in.ExpressionAttributeValues,
			onFailure: in.ReturnValuesOnConditionCheckFailure, expected: in.Expected, operator: in.ConditionalOperator,
		}
		asked := returning{in.ReturnValues, in.ReturnConsumedCapacity, in.ReturnItemCollectionMetrics}
		if err := checkWrite(ctx, r, asked); err != nil {
			return out, err
		}
		a, err := newKeyed(actDelete, wordedCounting, r, in.Key)
		if err != nil {
			return out, err
		}
		done, err := s.replace(ctx, a, asked)
		return aws.DeleteItemOutput{Attributes: done.old, ConsumedCapacity: done.capacity, ItemCollectionMetrics: done.metrics}, err
	})
}

// returning is what a write of one item gives back.
type returning struct {
	values   aws.ReturnValues
	capacity aws.ReturnConsumedCapacity
	metrics  aws.ReturnItemCollectionMetrics
}

// written is what a write of one item did, and what was asked to know of it.
type written struct {
	effect
	old      aws.Item // of a put or a delete
	used     usage
	capacity *aws.ConsumedCapacity
	metrics  *aws.ItemCollectionMetrics
}

// attributes are what an update gives back.
func (w written) attributes(returns aws.ReturnValues) aws.Item {
	switch returns {
	case aws.ReturnAllOld:
		return w.before
	case aws.ReturnAllNew:
		return w.now
	case aws.ReturnUpdatedOld:
		return w.updated.Old()
	case aws.ReturnUpdatedNew:
		return w.updated.New()
	case aws.ReturnNone:
	}
	return nil
}

// replace does a put or a delete, which give back the old item only.
func (s *Service) replace(ctx context.Context, a *action, asked returning) (written, error) {
	if err := onlyOld(asked.values); err != nil {
		return written{}, err
	}
	a.wantBefore = asked.values == aws.ReturnAllOld
	done, err := s.write(ctx, a, asked)
	if err == nil && a.wantBefore {
		done.old = done.before
	}
	return done, err
}

// write does one action in a transaction of its own.
func (s *Service) write(ctx context.Context, a *action, asked returning) (done written, err error) {
	err = s.store.Update(func(w *store.Writer) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := a.target(s, &w.Reader)
		if err != nil {
			return err
		}
		if done.effect, err = a.resolve(&w.Reader, c); err != nil {
			return err
		}
		var t tally
		if done.used, err = done.stage(w, &t); err != nil {
			return err
		}
		t.save(w)
		done.capacity = done.used.report(a.table, asked.capacity)
		if asked.metrics == aws.MetricsSize {
			done.metrics, err = done.collection(&w.Reader)
		}
		return err
	})
	if err != nil {
		return written{}, err
	}
	return done, nil
}

// GetItem reads one item by its key.
func (s *Service) GetItem(ctx context.Context, in aws.GetItemInput) (aws.GetItemOutput, error) {
	return answer(ctx, s, "GetItem", func() (out aws.GetItemOutput, err error) {
		if err := checkRead(ctx, in); err != nil {
			return out, err
		}
		g, err := newGet(wordedBare, in.TableName, in.Key, projecting{in.ProjectionExpression, in.ExpressionAttributeNames, in.AttributesToGet})
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
func newGet(w wording, table string, key aws.Item, p projecting) (g get, err error) {
	g.table = table
	if err := p.checkForms(); err != nil {
		return g, w.fault(err)
	}
	if g.key, err = value.NormalizeItem(key); err != nil {
		return g, w.fault(err)
	}
	g.projection, err = p.parse()
	return g, w.fault(err)
}

// projecting is a projection that stands alone, in either form; without one all
// attributes are read.
type projecting struct {
	text  string
	names map[string]string
	older []string // AttributesToGet
}

func (p projecting) checkForms() error {
	return checkMixed([]parameter{{"AttributesToGet", p.older != nil}}, []parameter{{"ProjectionExpression", p.text != ""}})
}

func (p projecting) parse() (*expr.Projection, error) {
	if p.text == "" {
		if err := noExpressions(p.names, nil); err != nil {
			return nil, err
		}
		return namedProjection(p.older)
	}
	placeholders := expr.NewPlaceholders(p.names, nil)
	if err := placeholders.Err(); err != nil {
		return nil, err
	}
	projection, err := expr.ParseProjection(p.text, placeholders)
	if err != nil {
		return nil, err
	}
	return projection, placeholders.Unused()
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
func checkWrite(ctx context.Context, r request, asked returning) error {
	if err := checkItemTable(ctx, r.table); err != nil {
		return err
	}
	var m members
	m.consumedCapacity(asked.capacity)
	m.collectionMetrics(asked.metrics)
	m.returnValues(asked.values)
	m.onFailure(r.onFailure)
	m.conditionalOperator(r.operator)
	m.expected(r.expected)
	m.updates(r.updates)
	return m.err()
}

func checkRead(ctx context.Context, in aws.GetItemInput) error {
	if err := checkItemTable(ctx, in.TableName); err != nil {
		return err
	}
	var m members
	m.consumedCapacity(in.ReturnConsumedCapacity)
	m.attributesToGet(in.AttributesToGet)
	return m.err()
}

// checkItemTable checks the table's name where items are worked with.
func checkItemTable(ctx context.Context, name string) error {
	var m members
	switch {
	case m.lacking(ctx, "tableName"):
	case name == "":
		m.addUnnamed("TableName", "Member must have length greater than or equal to 1")
	default:
		m.name(name, "tableName", 1)
	}
	return m.err()
}

// checkUpdateReturns refuses unknown return values, by themselves and in words
// that only UpdateItem has.
func checkUpdateReturns(returns aws.ReturnValues) error {
	switch returns {
	case "", aws.ReturnNone, aws.ReturnAllOld, aws.ReturnAllNew, aws.ReturnUpdatedOld, aws.ReturnUpdatedNew:
		return nil
	}
	return invalid(oneFault + "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]")
}

// onlyOld refuses the return values that only updates have.
func onlyOld(returns aws.ReturnValues) error {
	if returns == "" || returns == aws.ReturnNone || returns == aws.ReturnAllOld {
		return nil
	}
	return invalid("ReturnValues can only be ALL_OLD or NONE")
}
