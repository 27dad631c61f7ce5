package dynamodb

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/partiql"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// selection is a SELECT made ready to read one table or index.
type selection struct {
	reading
	// partitions are what is read, one after the other; nil is everything.
	partitions []*expr.KeyCondition
	paths      []partiql.Path // what is given of each item; nil is all
}

// position is where a page ended: in which partition, and after which key, nil
// for its beginning. A NextToken is one, with what it belongs to.
type position struct {
	Partition int
	Key       aws.Item `json:",omitempty"`
	Digest    []byte   // of the statement and its parameters
}

// selectPage runs a SELECT.
func (s *Service) selectPage(ctx context.Context, statement *partiql.Statement, in aws.ExecuteStatementInput) (out aws.ExecuteStatementOutput, err error) {
	digest, err := statementDigest(in)
	if err != nil {
		return out, err
	}
	at, err := parseToken(in.NextToken, digest)
	if err != nil {
		return out, err
	}
	var used usage
	out.Items, used, err = s.selectItems(ctx, statement, reading{consistent: in.ConsistentRead, limit: in.Limit.Or(0)}, &at)
	if err != nil {
		return aws.ExecuteStatementOutput{}, selectFault(err)
	}
	out.ConsumedCapacity = used.report(statement.Table, in.ReturnConsumedCapacity)
	if at.Partition < 0 {
		return out, nil
	}
	out.LastEvaluatedKey = at.Key
	out.NextToken, err = at.token(digest)
	return out, err
}

// selectItems reads one page of a SELECT from a position on, which moves.
func (s *Service) selectItems(ctx context.Context, statement *partiql.Statement, rd reading, at *position) (items []aws.Item, used usage, err error) {
	err = s.store.View(func(r *store.Reader) error {
		src, err := s.source(r, statement.Table, statement.Index, rd.consistent)
		if err != nil {
			return err
		}
		sel, err := newSelection(statement, src, rd)
		if err != nil {
			return err
		}
		items, used, err = sel.run(ctx, r, src, at)
		return err
	})
	return items, used, err
}

// selectFault words a fault as that of a SELECT.
func selectFault(err error) error {
	err = statementFault(err)
	var failure *aws.Error
	switch {
	case !errors.As(err, &failure):
	case failure.Message == globalConsistency:
		failure.Message = "Strongly consistent read is not supported on Global Secondary Indexes"
	case strings.HasPrefix(failure.Message, noIndex):
		failure.Message = noIndex
	}
	return err
}

// statementDigest tells a request apart from others.
func statementDigest(in aws.ExecuteStatementInput) ([]byte, error) {
	body, err := json.Marshal([]any{in.Statement, in.Parameters})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return sum[:12], nil
}

func parseToken(token string, digest []byte) (at position, err error) {
	if token == "" {
		return at, nil
	}
	body, err := base64.StdEncoding.DecodeString(token)
	if err != nil || json.Unmarshal(body, &at) != nil || at.Partition < 0 {
		return at, invalid("Invalid NextToken")
	}
	if !slices.Equal(at.Digest, digest) {
		return at, invalid("NextToken does not match request")
	}
	return at, nil
}

func (p position) token(digest []byte) (string, error) {
	p.Digest = digest
	body, err := json.Marshal(p)
	return base64.StdEncoding.EncodeToString(body), err
}

// newSelection decides how a SELECT reads its source: by the partition key, if
// the condition says its value or values, narrowed by the sort key; else all.
// What is left of the condition filters.
func newSelection(statement *partiql.Statement, src source, rd reading) (*selection, error) {
	sel := &selection{reading: rd, paths: statement.Paths}
	sel.statement = true
	rest := partiql.Conjuncts(statement.Where)
	of, rest := taken(rest, src.key.partition.name, partitionTerms)
	var by []expr.Comparison
	if of != nil && src.key.sort.name != "" {
		by, rest = taken(rest, src.key.sort.name, sortTerm)
	}
	for _, term := range of {
		sel.partitions = append(sel.partitions, expr.CompareKeys(append([]expr.Comparison{term}, by...)))
	}
	if err := sel.order(statement.Order, src); err != nil {
		return nil, err
	}
	if condition := partiql.Join(rest); condition != nil {
		var err error
		if sel.filter, err = parseFilter(condition); err != nil {
			return nil, err
		}
	}
	names := sel.roots()
	if names != nil {
		sel.projection = expr.ProjectNames(names)
	}
	return sel, sel.checkProjected(src.index, names)
}

// checkProjected refuses attributes that the index does not hold: of a global
// one's items, and of the filter when the index is read by its partition key.
func (sel *selection) checkProjected(i *index, names []string) error {
	if i == nil || i.projected == nil {
		return nil
	}
	absent := func(names []string) string {
		return strings.Join(slices.DeleteFunc(slices.Clone(names), i.holds), ", ")
	}
	if missing := absent(names); missing != "" && i.Global {
		return invalidParameter("Global secondary index %s does not project [%s]", i.Name, missing)
	}
	if sel.filter == nil || sel.partitions == nil {
		return nil
	}
	if missing := absent(sel.filter.Attributes()); missing != "" {
		return invalidParameter("Secondary index %s does not project one or more filter attributes: [%s]", i.Name, missing)
	}
	return nil
}

// parseFilter makes a filter of a statement's condition.
func parseFilter(condition partiql.Condition) (*expr.Condition, error) {
	var text partiql.Text
	written := text.Condition(condition)
	p := expr.NewPlaceholders(text.Names, text.Values).Unbounded()
	if err := p.Err(); err != nil {
		return nil, err
	}
	return expr.ParseCondition(expr.FilterExpression, written, p)
}

// taken finds the first condition that is one of an attribute, and takes it out
// of the list.
func taken(conditions []partiql.Condition, name string, terms func(partiql.Condition, string) []expr.Comparison) (found []expr.Comparison, rest []partiql.Condition) {
	for n, c := range conditions {
		if found := terms(c, name); found != nil {
			return found, slices.Delete(slices.Clone(conditions), n, n+1)
		}
	}
	return nil, conditions
}

// partitionTerms are the values that a condition gives a partition key, each
// once: of an equality, of IN, or of these joined by OR.
func partitionTerms(c partiql.Condition, name string) []expr.Comparison {
	var values []aws.AttributeValue
	switch c := c.(type) {
	case partiql.Comparison:
		if of, v := equality(c); of == name {
			values = append(values, v)
		}
	case partiql.In:
		if at, ok := c.Of.(partiql.Path); ok && at.Attribute(name) {
			values = literals(c.List)
		}
	case partiql.Or:
		left, right := partitionTerms(c.Left, name), partitionTerms(c.Right, name)
		if left == nil || right == nil {
			return nil
		}
		for _, term := range append(left, right...) {
			values = append(values, term.Values[0])
		}
	}
	var terms []expr.Comparison
	for n, v := range values {
		if !slices.ContainsFunc(values[:n], func(other aws.AttributeValue) bool { return value.Equal(other, v) }) {
			terms = append(terms, expr.Comparison{Attribute: name, Operator: aws.CompareEqual, Values: []aws.AttributeValue{v}})
		}
	}
	return terms
}

// literals are the values of operands that all are; nil otherwise.
func literals(operands []partiql.Operand) []aws.AttributeValue {
	values := make([]aws.AttributeValue, 0, len(operands))
	for _, o := range operands {
		literal, ok := o.(partiql.Literal)
		if !ok {
			return nil
		}
		values = append(values, literal.Value)
	}
	return values
}

// sortTerm is a condition of a sort key that finds a range of keys.
func sortTerm(c partiql.Condition, name string) []expr.Comparison {
	var of partiql.Operand
	var with []partiql.Operand
	var operator aws.ComparisonOperator
	switch c := c.(type) {
	case partiql.Comparison:
		of, with, operator = c.Left, []partiql.Operand{c.Right}, rangeOperators[c.Operator]
	case partiql.Between:
		of, with, operator = c.Of, []partiql.Operand{c.Low, c.High}, aws.CompareBetween
	case partiql.Call:
		if c.Function != "begins_with" || len(c.Operands) != 2 {
			return nil
		}
		of, with, operator = c.Operands[0], c.Operands[1:], aws.CompareBeginsWith
	}
	at, ok := of.(partiql.Path)
	values := literals(with)
	if !ok || !at.Attribute(name) || operator == "" || values == nil || !inOrder(values) {
		return nil
	}
	return []expr.Comparison{{Attribute: name, Operator: operator, Values: values}}
}

// inOrder reports whether values are bounds that something can be between.
func inOrder(values []aws.AttributeValue) bool {
	if len(values) < 2 {
		return true
	}
	order, comparable := value.Compare(values[0], values[1])
	return comparable && order <= 0
}

// rangeOperators are the comparisons that find a range of keys.
var rangeOperators = map[string]aws.ComparisonOperator{
	"=": aws.CompareEqual, "<": aws.CompareLess, "<=": aws.CompareLessEqual, ">": aws.CompareGreater, ">=": aws.CompareGreaterEqual,
}

// order puts the partitions in order, and decides on the direction.
func (sel *selection) order(by []partiql.Ordering, src source) error {
	if len(by) == 0 {
		return nil
	}
	if sel.partitions == nil {
		return invalid("Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")
	}
	for n, o := range by {
		switch {
		case o.Path.Attribute(src.key.partition.name):
			sel.sortPartitions(o.Descending)
		case src.key.sort.name == "" || !o.Path.Attribute(src.key.sort.name):
			return invalid("Variable reference %s in ORDER BY clause must be part of the primary key", o.Path.Leaf())
		case n == 0 && len(sel.partitions) > 1:
			return invalid("The partition key must be first in ORDER BY clause when several of its values are selected")
		default:
			sel.backward = o.Descending
		}
	}
	return nil
}

func (sel *selection) sortPartitions(descending bool) {
	slices.SortStableFunc(sel.partitions, func(a, b *expr.KeyCondition) int {
		order, _ := value.Compare(a.Terms[0].Values[0], b.Terms[0].Values[0])
		if descending {
			return -order
		}
		return order
	})
}

// roots are the attributes that the paths are in, each once.
func (sel *selection) roots() []string {
	var names []string
	for _, p := range sel.paths {
		if !slices.Contains(names, p[0].Name) {
			names = append(names, p[0].Name)
		}
	}
	return names
}

// run reads one page from a position on, which moves to where the page ended, or
// to before the beginning when there is no more.
func (sel *selection) run(ctx context.Context, r *store.Reader, src source, at *position) (items []aws.Item, used usage, err error) {
	items = []aws.Item{}
	limit, size := sel.limit, 0
	for count := max(1, len(sel.partitions)); at.Partition < count; at.Partition++ {
		if sel.limit > 0 && limit == 0 || size >= pageSize {
			return items, used, nil
		}
		within, err := sel.span(src, *at)
		if err != nil {
			return nil, used, err
		}
		rd := sel.reading
		rd.limit, rd.spent = limit, size
		p, err := rd.read(ctx, r, src, within)
		if err != nil {
			return nil, used, err
		}
		for _, item := range p.items {
			items = append(items, given(item, sel.paths))
		}
		used.add(p.usage(src, rd.consistent))
		limit, size, at.Key = limit-p.scanned, size+p.size, p.last
		if p.last != nil {
			return items, used, nil
		}
	}
	at.Partition = -1
	return items, used, nil
}

// span is what is read of a partition, or of everything, from a position on.
func (sel *selection) span(src source, at position) (span, error) {
	if sel.partitions == nil {
		return sel.segment(src, aws.ScanInput{}, at.Key)
	}
	return sel.partition(src, sel.partitions[at.Partition], at.Key)
}

// given are the parts of an item that paths lead to, by their last names; all
// of it without paths.
func given(item aws.Item, paths []partiql.Path) aws.Item {
	if paths == nil {
		return item
	}
	out := make(aws.Item, len(paths))
	for _, p := range paths {
		if v := p.Find(item); v != nil {
			out[p.Leaf()] = v
		}
	}
	return out
}
