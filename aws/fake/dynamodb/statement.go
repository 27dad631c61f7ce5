package dynamodb

import (
	"context"
	"errors"
	"regexp"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/partiql"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// longestStatement is the length of a statement of PartiQL, in characters.
const longestStatement = 8192

// ExecuteStatement runs one statement of PartiQL: a SELECT as a Query or, if it
// does not say of which partitions, a Scan; the others as the operation that
// writes one item.
func (s *Service) ExecuteStatement(ctx context.Context, in aws.ExecuteStatementInput) (aws.ExecuteStatementOutput, error) {
	return answer(ctx, s, "ExecuteStatement", func() (out aws.ExecuteStatementOutput, err error) {
		var m members
		m.statement(in.Statement, "statement")
		m.consumedCapacity(in.ReturnConsumedCapacity)
		m.onFailure(in.ReturnValuesOnConditionCheckFailure)
		if limit, given := in.Limit.Get(); given {
			m.number(int64(limit), "limit", 1, 0)
		}
		if err := m.err(); err != nil {
			return out, err
		}
		statement, err := parseStatement(in.Statement, in.Parameters)
		if err != nil {
			return out, err
		}
		if statement.Verb.Reads() {
			return s.selectPage(ctx, statement, in)
		}
		if in.NextToken != "" {
			return out, invalid("NextToken is only valid on a SELECT statement")
		}
		done, err := s.writeStatement(ctx, statement, in.ReturnValuesOnConditionCheckFailure, in.ReturnConsumedCapacity)
		if err == nil {
			out = aws.ExecuteStatementOutput{Items: done.returned(statement), ConsumedCapacity: done.capacity}
		}
		return out, err
	})
}

func (m *members) statement(text, member string) {
	m.length(utf8.RuneCountInString(text), "'"+text+"'", member, 1, longestStatement)
}

// parseStatement reads a statement and its parameters.
func parseStatement(text string, parameters aws.Values) (*partiql.Statement, error) {
	normal := make([]aws.AttributeValue, len(parameters))
	for n, v := range parameters {
		var err error
		if normal[n], err = value.Normalize(v); err != nil {
			return nil, wordedOlder.fault(err)
		}
	}
	statement, err := partiql.Parse(text, normal)
	if err != nil {
		return nil, wordedOlder.fault(err)
	}
	if !statement.Verb.Reads() && statement.Index != "" {
		return nil, invalid("This operation is not supported on an index")
	}
	if r := statement.Returning; statement.Verb == partiql.Delete && r != "" && r != partiql.AllOld {
		return nil, invalid("Invalid returning clause: RETURNING %s *. Only RETURNING ALL OLD * is allowed in DELETE statements.", r)
	}
	return statement, nil
}

// expressionName is how a fault of an expression begins, which statements have
// not of their own.
var expressionName = regexp.MustCompile(`^Invalid [A-Za-z]+Expression: `)

// statementFault words a fault as that of a statement.
func statementFault(err error) error {
	err = wordedOlder.fault(err)
	var failure *aws.Error
	if !errors.As(err, &failure) || failure.Code != "ValidationException" {
		return err
	}
	worded := *failure
	worded.Message = expressionName.ReplaceAllString(failure.Message, "")
	return &worded
}

// writeStatement runs a statement that writes.
func (s *Service) writeStatement(ctx context.Context, statement *partiql.Statement, onFailure aws.ReturnValuesOnConditionCheckFailure, capacity aws.ReturnConsumedCapacity) (written, error) {
	if statement.Verb == partiql.Exists {
		return written{}, invalid("EXISTS is only supported within ExecuteTransaction")
	}
	a, err := s.statementAction(statement, onFailure)
	if err != nil {
		return written{}, err
	}
	a.wantBefore = statement.Returning != ""
	return s.write(ctx, a, returning{capacity: capacity})
}

// returned are the items that a RETURNING clause asks for; none without one.
func (w written) returned(statement *partiql.Statement) []aws.Item {
	var item aws.Item
	switch statement.Returning {
	case partiql.AllOld:
		item = w.before
	case partiql.AllNew:
		item = w.now
	case partiql.ModifiedOld:
		item = w.updated.Old()
	case partiql.ModifiedNew:
		item = w.updated.New()
	default: // nothing is asked for
	}
	if item == nil {
		return []aws.Item{}
	}
	return []aws.Item{item}
}

// statementAction makes an action of a statement that writes, or of an EXISTS.
func (s *Service) statementAction(statement *partiql.Statement, onFailure aws.ReturnValuesOnConditionCheckFailure) (*action, error) {
	key, err := s.keyOf(statement.Table)
	if err != nil {
		return nil, err
	}
	a, err := newStatementAction(statement, key, onFailure)
	if err != nil {
		return nil, statementFault(err)
	}
	return a, nil
}

// keyOf is the primary key of a table whose items can be worked with.
func (s *Service) keyOf(table string) (key keySchema, err error) {
	err = s.store.View(func(r *store.Reader) error {
		t, err := s.inService(r, table)
		if err == nil {
			key = t.key
		}
		return err
	})
	return key, err
}

func newStatementAction(statement *partiql.Statement, schema keySchema, onFailure aws.ReturnValuesOnConditionCheckFailure) (*action, error) {
	var text partiql.Text
	r := request{table: statement.Table, onFailure: onFailure, statement: true}
	there := partiql.Call{Function: "attribute_exists", Operands: []partiql.Operand{partiql.Path{{Name: schema.partition.name}}}}
	if statement.Verb == partiql.Insert {
		r.condition = text.Condition(partiql.Not{Of: there})
		r.names = text.Names
		a, err := newPut(wordedOlder, r, statement.Item)
		if err == nil {
			a.inserts = true
		}
		return a, err
	}
	key, rest, err := pinned(statement.Where, schema)
	if err != nil {
		return nil, err
	}
	condition := partiql.Join(rest)
	kind := actDelete
	switch statement.Verb {
	case partiql.Update:
		kind, condition = actUpdate, partiql.Join(append([]partiql.Condition{there}, rest...))
		r.update = text.Update(statement.Changes)
	case partiql.Exists:
		kind, condition = actCheck, partiql.Join(append([]partiql.Condition{there}, rest...))
	default:
		if condition != nil { // asked only of an item that is there
			condition = partiql.Or{Left: partiql.Not{Of: there}, Right: condition}
		}
	}
	if condition != nil {
		r.condition = text.Condition(condition)
	}
	r.names, r.values = text.Names, text.Values
	return newKeyed(kind, wordedOlder, r, key)
}

// pinned takes the primary key out of a condition that says all of it with
// equalities, and gives what else the condition says.
func pinned(where partiql.Condition, schema keySchema) (key aws.Item, rest []partiql.Condition, err error) {
	key = make(aws.Item, 2)
	for _, c := range partiql.Conjuncts(where) {
		name, v := equality(c)
		if schema.has(name) && key[name] == nil {
			key[name] = v
		} else {
			rest = append(rest, c)
		}
	}
	if len(key) < len(schema.attributes()) {
		return nil, nil, invalid("Where clause does not contain a mandatory equality on all key attributes")
	}
	return key, rest, nil
}

// wholeKey is pinned for a SELECT that must read one item, beside whose key only
// comparisons can stand.
func wholeKey(where partiql.Condition, schema keySchema) (key aws.Item, rest []partiql.Condition, err error) {
	key, rest, err = pinned(where, schema)
	for _, c := range rest {
		if _, ok := c.(partiql.Comparison); !ok {
			return nil, nil, invalid("a condition is no comparison")
		}
	}
	return key, rest, err
}

// equality takes a condition that an attribute has a value apart; "" if it is
// another one.
func equality(c partiql.Condition) (name string, v aws.AttributeValue) {
	comparison, ok := c.(partiql.Comparison)
	if !ok || comparison.Operator != "=" {
		return "", nil
	}
	of, with := comparison.Left, comparison.Right
	if _, swapped := of.(partiql.Literal); swapped {
		of, with = with, of
	}
	at, ok := of.(partiql.Path)
	literal, also := with.(partiql.Literal)
	if !ok || !also || len(at) != 1 {
		return "", nil
	}
	return at[0].Name, literal.Value
}
