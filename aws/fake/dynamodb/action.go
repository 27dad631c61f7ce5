package dynamodb

import (
	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// action is one write of one item, on its own or in a transaction: a put, an
// update, a delete, or only the check of a condition. What can be checked
// without the table has been.
type action struct {
	kind      actionKind
	worded    wording
	table     string
	key       aws.Item // but of a put
	item      aws.Item // of a put
	size      int      // of a put
	raw       []byte   // of a put: its entry
	update    *expr.Update
	condition *expr.Condition
	// wantBefore asks for the item as it was.
	wantBefore bool
}

type actionKind int

const (
	actPut actionKind = iota
	actUpdate
	actDelete
	actCheck
)

// effect is what an action will do, or why it must not.
type effect struct {
	change
	updated expr.UpdatedPaths
}

// request is what actions have in common in the API.
type request struct {
	table     string
	condition string
	names     map[string]string
	values    aws.Item
}

// newPut checks a put as far as the request alone allows.
func newPut(w wording, r request, item aws.Item) (*action, error) {
	item, err := value.NormalizeItem(item)
	if err != nil {
		return nil, w.fault(err)
	}
	a := &action{kind: actPut, worded: w, table: r.table, item: item, size: value.ItemSize(item)}
	if a.size > value.MaxItemSize {
		return nil, invalid("Item size has exceeded the maximum allowed size")
	}
	a.raw = encodeEntry(item, a.size)
	return a, a.parse(r, "")
}

// newKeyed checks an action on a key as far as the request alone allows.
func newKeyed(kind actionKind, w wording, r request, key aws.Item, update string) (*action, error) {
	key, err := value.NormalizeItem(key)
	if err != nil {
		return nil, w.fault(err)
	}
	a := &action{kind: kind, worded: w, table: r.table, key: key}
	return a, a.parse(r, update)
}

// parse reads the action's expressions.
func (a *action) parse(r request, update string) error {
	if err := a.parseFaults(r, update); err != nil {
		return a.worded.fault(err)
	}
	return nil
}

func (a *action) parseFaults(r request, update string) (err error) {
	if r.condition == "" && update == "" {
		return noExpressions(r.names, r.values)
	}
	p := expr.NewPlaceholders(r.names, r.values)
	if err := p.Err(); err != nil {
		return err
	}
	if update != "" {
		if a.update, err = expr.ParseUpdate(update, p); err != nil {
			return err
		}
	}
	if r.condition != "" {
		if a.condition, err = expr.ParseCondition(expr.ConditionExpression, r.condition, p); err != nil {
			return err
		}
	}
	return p.Unused()
}

// noExpressions refuses placeholders that have no expression to stand in.
func noExpressions(names map[string]string, values aws.Item) error {
	switch {
	case len(names) > 0:
		return value.Faultf("ExpressionAttributeNames can only be specified when using expressions")
	case len(values) > 0:
		return value.Faultf("ExpressionAttributeValues can only be specified when using expressions")
	}
	return nil
}

// target finds the action's table and entry, checking the key.
func (a *action) target(s *Service, r *store.Reader) (c change, err error) {
	if c.table, err = s.inService(r, a.table); err != nil {
		return c, err
	}
	if a.kind == actPut {
		if err := c.table.checkItem(a.item); err != nil {
			return c, err
		}
		c.key, err = c.table.entryKey(a.item)
		return c, err
	}
	if err := c.table.checkKey(a.key); err != nil {
		return c, err
	}
	c.key, err = c.table.entryKey(a.key)
	return c, err
}

// resolve works out what the action will do to a target; a condition that does
// not hold is an error, beside which the effect tells the item as it is.
func (a *action) resolve(r *store.Reader, c change) (effect, error) {
	e := effect{change: c}
	if err := a.checkUpdate(c.table); err != nil {
		return e, err
	}
	entry, err := c.table.Space.read(r, c.key)
	if err != nil {
		return e, err
	}
	e.sizeBefore = entry.size
	if a.wantBefore || a.update != nil || a.condition != nil || len(c.table.indexes) > 0 {
		if e.before, err = entry.item(); err != nil {
			return e, err
		}
	}
	if a.condition != nil && !a.condition.Match(e.before) {
		return e, conditionFailed()
	}
	return e, a.outcome(&e, entry)
}

// outcome fills in the item as it will be.
func (a *action) outcome(e *effect, before stored) (err error) {
	switch a.kind {
	case actPut:
		e.now, e.sizeNow, e.raw = a.item, a.size, a.raw
	case actCheck:
		e.now, e.sizeNow = e.before, e.sizeBefore
	case actUpdate:
		if e.before == nil {
			// Without an expression the item was not needed before.
			if e.before, err = before.item(); err != nil {
				return err
			}
		}
		return a.applyUpdate(e)
	case actDelete: // nothing is left
	}
	return nil
}

func (a *action) applyUpdate(e *effect) (err error) {
	e.now = e.before
	if e.now == nil {
		e.now = a.key
	}
	if a.update != nil {
		if e.now, e.updated, err = a.update.Apply(e.now); err != nil {
			return a.worded.bare().fault(err)
		}
	}
	if err := e.table.checkUpdatedIndexKeys(e.before, e.now); err != nil {
		return err
	}
	if e.sizeNow = value.ItemSize(e.now); e.sizeNow > value.MaxItemSize {
		return invalid("Item size to update has exceeded the maximum allowed size")
	}
	return nil
}

// checkUpdate refuses an update of a key attribute.
func (a *action) checkUpdate(t *table) error {
	if a.update == nil {
		return nil
	}
	for _, name := range a.update.Attributes() {
		if t.key.has(name) {
			return invalidParameter("Cannot update attribute %s. This attribute is part of the key", name)
		}
	}
	return nil
}

// checkUpdatedIndexKeys checks the index keys that an update set.
func (t *table) checkUpdatedIndexKeys(before, now aws.Item) error {
	for _, i := range t.indexes {
		for n, k := range i.key.attributes() {
			v := now[k.name]
			if v == nil || before[k.name] != nil && value.Equal(before[k.name], v) {
				continue
			}
			if v.Type() != k.kind {
				return invalidParameter("Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s",
					k.name, k.kind, v.Type(), i.Name)
			}
			if length, word := keyLength(v); length == 0 {
				return emptyKey("The update expression attempted to update a secondary index key "+
					"to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty %s value.", word)
			}
			if err := i.checkIndexValue(k.name, v, n == 0); err != nil {
				return err
			}
		}
	}
	return nil
}
