package expr

import (
	"maps"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Update is a parsed UpdateExpression.
type Update struct{ changes tree[change] }

// UpdatedPaths tells what an update came upon and made at the paths it names.
type UpdatedPaths struct {
	changes  *tree[change]
	old, new aws.Item
}

// Old is what UPDATED_OLD returns: what there was at the paths, nil if nothing.
func (u UpdatedPaths) Old() aws.Item { return u.project(u.old) }

// New is what UPDATED_NEW returns: what there is now at the paths, nil if
// nothing.
func (u UpdatedPaths) New() aws.Item { return u.project(u.new) }

func (u UpdatedPaths) project(item aws.Item) aws.Item {
	if u.changes == nil {
		return nil
	}
	if out := u.changes.projectMap(aws.M(item)); len(out) > 0 {
		return aws.Item(out)
	}
	return nil
}

// Attributes lists the top-level attributes that the update changes, sorted.
func (u *Update) Attributes() []string { return u.changes.attributes() }

// TakesOnly reports whether the update only takes away: attributes, or members of
// sets. Of an item that does not exist, it makes none.
func (u *Update) TakesOnly() bool { return takesOnly(&u.changes) }

func takesOnly(t *tree[change]) bool {
	if t.leaf != nil {
		return t.leaf.clause == removeClause || t.leaf.clause == deleteClause
	}
	return !slices.ContainsFunc(t.children, func(b branch[change]) bool { return !takesOnly(b.tree) })
}

// Apply gives the item as the update makes it, and what changed. The item
// itself stays as it is, and every operand is taken from it; nil is an item
// that does not exist. An update that does not go with the item is a
// *value.Fault.
func (u *Update) Apply(item aws.Item) (updated aws.Item, changed UpdatedPaths, err error) {
	updated, err = updateMap(&u.changes, item, item)
	if err != nil {
		return nil, UpdatedPaths{}, err
	}
	for _, b := range u.changes.children {
		if b.tree.leaf != nil {
			continue // no deeper than what it is made of
		}
		if err := value.CheckNesting(updated[b.step.name]); err != nil {
			return nil, UpdatedPaths{}, err
		}
	}
	return updated, UpdatedPaths{changes: &u.changes, old: item, new: updated}, nil
}

// change is what an update does at one path.
type change struct {
	clause  clause
	term    term               // of SET
	operand aws.AttributeValue // of ADD and DELETE
}

// apply gives what becomes of the value at the path, in which nil stands for
// none.
func (c *change) apply(v aws.AttributeValue, item aws.Item) (aws.AttributeValue, error) {
	switch c.clause {
	case setClause:
		return c.term.evaluate(item)
	case addClause:
		return c.add(v)
	case deleteClause:
		if v == nil {
			return nil, nil
		}
		return wantSet(value.Difference(v, c.operand))
	default: // removeClause
		return nil, nil
	}
}

func (c *change) add(v aws.AttributeValue) (aws.AttributeValue, error) {
	if v == nil {
		return c.operand, nil
	}
	augend, ok := v.(aws.N)
	addend, also := c.operand.(aws.N)
	if ok && also {
		sum, err := value.Add(augend, addend)
		if err != nil {
			return nil, err
		}
		return sum, nil
	}
	list, ok := v.(aws.L)
	more, also := c.operand.(aws.L) // in the older request form only
	if ok && also {
		return slices.Concat(list, more), nil
	}
	return wantSet(value.Union(v, c.operand))
}

// wantSet refuses an operation that had no two sets of one type.
func wantSet(set aws.AttributeValue, ok bool) (aws.AttributeValue, error) {
	if !ok {
		return nil, ErrOperand
	}
	return set, nil
}

// updateValue makes the changes of t in v, in a copy of it.
func updateValue(t *tree[change], v aws.AttributeValue, item aws.Item) (aws.AttributeValue, error) {
	if t.leaf != nil {
		return t.leaf.apply(v, item)
	}
	switch v := v.(type) {
	case aws.M:
		if !t.children[0].step.isIndex() {
			return updateMap(t, v, item)
		}
	case aws.L:
		if t.children[0].step.isIndex() {
			return updateList(t, v, item)
		}
	}
	return nil, value.Faultf("The document path provided in the update expression is invalid for update")
}

func updateMap[M ~map[string]aws.AttributeValue](t *tree[change], m M, item aws.Item) (M, error) {
	out := maps.Clone(m)
	if out == nil {
		out = make(M, len(t.children))
	}
	for _, b := range t.children {
		v, err := updateValue(b.tree, m[b.step.name], item)
		if err != nil {
			return nil, err
		}
		if v == nil {
			delete(out, b.step.name)
		} else {
			out[b.step.name] = v
		}
	}
	return out, nil
}

// updateList changes elements by their old places: those removed close up
// only afterwards, and what is set beyond the end is appended in order.
func updateList(t *tree[change], list aws.L, item aws.Item) (aws.L, error) {
	out := make(aws.L, 0, len(list)+len(t.children))
	next := 0
	for _, b := range t.children {
		if end := min(b.step.index, len(list)); next < end {
			out = append(out, list[next:end]...)
			next = end
		}
		v, err := updateValue(b.tree, b.step.from(list), item)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out = append(out, v)
		}
		next = max(next, min(b.step.index+1, len(list)))
	}
	return append(out, list[next:]...), nil
}
