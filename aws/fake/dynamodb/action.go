package dynamodb

import (
	"errors"

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
	// wantOnFailure asks for the item as it is when the condition does not hold.
	wantOnFailure bool
	// older says that the update is of the older form, which words a fault otherwise.
	older bool
	// inserts says that a put is an INSERT, whose condition is that the item is new.
	inserts bool
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
	update    string
	names     map[string]string
	values    aws.Item
	onFailure aws.ReturnValuesOnConditionCheckFailure
	statement bool // of PartiQL, from which the expressions are written
	// The older forms of condition and update.
	expected map[string]aws.ExpectedAttributeValue
	operator aws.ConditionalOperator // of expected
	updates  map[string]aws.AttributeValueUpdate
}

// checkForms refuses a request of both forms at once.
func (r *request) checkForms() error {
	if r.expected == nil && r.updates == nil {
		return nil
	}
	return checkMixed(
		[]parameter{{"AttributeUpdates", r.updates != nil}, {"Expected", r.expected != nil}},
		[]parameter{{"UpdateExpression", r.update != ""}, {"ConditionExpression", r.condition != ""}})
}

// newPut checks a put as far as the request alone allows.
func newPut(w wording, r request, item aws.Item) (*action, error) {
	if err := r.checkForms(); err != nil {
		return nil, w.fault(err)
	}
	item, err := value.NormalizeItem(item)
	if err != nil {
		return nil, w.fault(err)
	}
	a := &action{kind: actPut, worded: w, table: r.table, item: item, size: value.ItemSize(item)}
	if a.size > value.MaxItemSize {
		return nil, invalid("Item size has exceeded the maximum allowed size")
	}
	a.raw = encodeEntry(item, a.size)
	return a, a.parse(r)
}

// newKeyed checks an action on a key as far as the request alone allows.
func newKeyed(kind actionKind, w wording, r request, key aws.Item) (*action, error) {
	if err := r.checkForms(); err != nil {
		return nil, w.fault(err)
	}
	key, err := value.NormalizeItem(key)
	if err != nil {
		return nil, w.fault(err)
	}
	a := &action{kind: kind, worded: w, table: r.table, key: key}
	return a, a.parse(r)
}

// parse reads the action's expressions.
func (a *action) parse(r request) error {
	a.wantOnFailure = r.onFailure == aws.OnFailureAllOld
	if err := a.parseFaults(r); err != nil {
		return a.worded.fault(err)
	}
	return nil
}

func (a *action) parseFaults(r request) (err error) {
	if r.condition == "" && r.update == "" {
		return a.parseOlder(r)
	}
	p := expr.NewPlaceholders(r.names, r.values)
	if r.statement {
		p.Unbounded()
	}
	if err := p.Err(); err != nil {
		return err
	}
	if r.update != "" {
		if a.update, err = expr.ParseUpdate(r.update, p); err != nil {
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

// parseOlder reads a request without expressions.
func (a *action) parseOlder(r request) (err error) {
	takers := []string{"ConditionExpression"}
	if a.kind == actUpdate {
		takers = []string{"UpdateExpression", "ConditionExpression"}
	}
	if err := noExpressions(r.names, r.values, takers...); err != nil {
		return err
	}
	if a.update, err = olderUpdate(r.updates); err != nil {
		return err
	}
	a.older = a.update != nil
	a.condition, err = olderCondition(r.expected, r.operator)
	return err
}

// noExpressions refuses placeholders that have no expression to stand in; takers
// are the request's expressions in which values can stand.
func noExpressions(names map[string]string, values aws.Item, takers ...string) error {
	switch {
	case names != nil:
		return value.Faultf("ExpressionAttributeNames can only be specified when using expressions")
	case values != nil:
		return noValues(takers...)
	}
	return nil
}

// target finds the action's table and entry, checking the key.
func (a *action) target(s *Service, r *store.Reader) (c change, err error) {
	if c.table, err = s.inService(r, a.table); err != nil {
		return c, err
	}
	c.at = s.now()
	if a.kind == actPut {
		if err := c.table.checkItem(a.item); err != nil {
			return c, err
		}
		c.key, err = c.table.entryKey(a.item)
		c.partition = a.item[c.table.key.partition.name]
		return c, err
	}
	if err := c.table.checkKey(a.key); err != nil {
		return c, err
	}
	c.key, err = c.table.entryKey(a.key)
	c.partition = a.key[c.table.key.partition.name]
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
	if a.wantBefore || a.update != nil || a.condition != nil || c.table.follows() {
		if e.before, err = entry.item(); err != nil {
			return e, err
		}
	}
	if a.condition != nil && !a.condition.Match(e.before) {
		return e, a.conditionFailed(e.before)
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
			return a.updateFault(err)
		}
		if e.before == nil && a.update.TakesOnly() {
			e.now = nil
			return nil
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

// conditionFailed is the error of a condition that does not hold for an item.
func (a *action) conditionFailed(item aws.Item) error {
	failure := &aws.Error{Code: "ConditionalCheckFailedException", Message: "The conditional request failed"}
	if a.inserts {
		failure = &aws.Error{Code: "DuplicateItemException", Message: "Duplicate primary key exists in table"}
	}
	if a.wantOnFailure {
		failure.Item = item
	}
	return failure
}

// updateFault words the fault of an update that does not go with the item.
func (a *action) updateFault(err error) error {
	if a.older && errors.Is(err, expr.ErrOperand) {
		return invalid("Type mismatch for attribute to update")
	}
	return a.worded.bare().fault(err)
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
