package dynamodb

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
)

// search is what the panel "Scan or query items" asks for.
type search struct {
	Table      string
	TableKey   keySchema
	Index      string    // "" for the table itself
	Key        keySchema // of the table, or of the index
	Query      bool      // else a scan
	Partition  string    // the partition key's value, for a query
	Sort       condition // on the sort key, for a query; no Op for none
	Descending bool
	Projection []string // attributes; nil for all
	Filters    []filter
	PageSize   int
}

// condition compares an attribute with a value, or with two for Between.
type condition struct {
	Op           operator
	Value, Upper string
}

// filter is one of the panel's filters.
type filter struct {
	Name string
	Type aws.AttributeType
	condition
}

// operator is a comparison, named by what it is in an expression.
type operator string

// The operators.
const (
	opEqual        operator = "="
	opNotEqual     operator = "<>"
	opLessEqual    operator = "<="
	opLess         operator = "<"
	opGreaterEqual operator = ">="
	opGreater      operator = ">"
	opBetween      operator = "BETWEEN"
	opExists       operator = "attribute_exists"
	opNotExists    operator = "attribute_not_exists"
	opContains     operator = "contains"
	opNotContains  operator = "NOT contains"
	opBeginsWith   operator = "begins_with"
)

// operatorName is an operator with the console's words for it.
type operatorName struct {
	Op   operator
	Name string
}

// sortOperators are the conditions on a sort key, in the console's order.
func sortOperators() []operatorName {
	return []operatorName{
		{opEqual, "Equal to"}, {opLessEqual, "Less than or equal to"}, {opLess, "Less than"},
		{opGreaterEqual, "Greater than or equal to"}, {opGreater, "Greater than"},
		{opBetween, "Between"}, {opBeginsWith, "Begins with"},
	}
}

// filterOperators are the conditions of a filter, in the console's order.
func filterOperators() []operatorName {
	return []operatorName{
		{opEqual, "Equal to"}, {opNotEqual, "Not equal to"}, {opLessEqual, "Less than or equal to"},
		{opLess, "Less than"}, {opGreaterEqual, "Greater than or equal to"}, {opGreater, "Greater than"},
		{opBetween, "Between"}, {opExists, "Exists"}, {opNotExists, "Not exists"},
		{opContains, "Contains"}, {opNotContains, "Not contains"}, {opBeginsWith, "Begins with"},
	}
}

// filterTypes are the types of a filter's value.
func filterTypes() []aws.AttributeType {
	return []aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB, aws.TypeBOOL, aws.TypeNULL}
}

// takesValue reports whether an operator compares with anything.
func (o operator) takesValue() bool { return o != opExists && o != opNotExists }

// fault is what is wrong with one field of the search.
type fault struct {
	Field   string // the field's label: an attribute's name, "Filter 2", …
	Message string
}

// expressions collects placeholders for names and values, so that reserved
// words and odd characters never matter.
type expressions struct {
	names  map[string]string
	values aws.Item
	by     map[string]string // placeholder by attribute name
	faults []fault
}

func newExpressions() *expressions {
	return &expressions{names: make(map[string]string), values: make(aws.Item), by: make(map[string]string)}
}

// name is the placeholder of an attribute.
func (e *expressions) name(attribute string) string {
	if p, ok := e.by[attribute]; ok {
		return p
	}
	p := "#n" + strconv.Itoa(len(e.by))
	e.by[attribute], e.names[p] = p, attribute
	return p
}

// value is the placeholder of a value, whose fault is reported at a field.
func (e *expressions) value(field string, kind aws.AttributeType, text string) string {
	v, err := parseScalar(kind, text)
	if err != nil {
		e.faults = append(e.faults, fault{field, err.Error()})
	}
	p := ":v" + strconv.Itoa(len(e.values))
	e.values[p] = v
	return p
}

// compare writes one comparison.
func (e *expressions) compare(field, attribute string, kind aws.AttributeType, c condition) string {
	name := e.name(attribute)
	if !c.Op.takesValue() {
		return fmt.Sprintf("%s(%s)", c.Op, name)
	}
	value := e.value(field, kind, c.Value)
	switch c.Op {
	case opBetween:
		return fmt.Sprintf("%s BETWEEN %s AND %s", name, value, e.value(field+upperValue, kind, c.Upper))
	case opContains, opNotContains, opBeginsWith:
		return fmt.Sprintf("%s(%s, %s)", c.Op, name, value)
	default:
		return fmt.Sprintf("%s %s %s", name, c.Op, value)
	}
}

// keyCondition writes the key condition of a query.
func (s search) keyCondition(e *expressions) string {
	key := s.Key.Partition
	if s.Partition == "" {
		e.faults = append(e.faults, fault{key.Name, "A query needs a value here"})
		return ""
	}
	text := e.compare(key.Name, key.Name, key.Type, condition{Op: opEqual, Value: s.Partition})
	if s.Sort.Op == "" || s.Key.Sort.Name == "" {
		return text
	}
	sort := s.Key.Sort
	if s.Sort.Op == opBetween && s.Sort.Upper == "" {
		e.faults = append(e.faults, fault{sort.Name + upperValue, "Between needs both values"})
		return text
	}
	return text + " AND " + e.compare(sort.Name, sort.Name, sort.Type, s.Sort)
}

// filterText writes the filters, all of which must hold.
func (s search) filterText(e *expressions) string {
	all := make([]string, 0, len(s.Filters))
	for i, f := range s.Filters {
		field := filterField(i)
		switch {
		case f.Name == "":
			e.faults = append(e.faults, fault{field, "Enter the attribute's name"})
		case s.Query && s.Key.has(f.Name):
			e.faults = append(e.faults, fault{field, f.Name + " is part of the key: a query's filter can only contain other attributes"})
		}
		all = append(all, e.compare(field, f.Name, f.Type, f.condition))
	}
	return strings.Join(all, " AND ")
}

// upperValue follows a field's name where the upper value of Between is meant.
const upperValue = " (upper value)"

// filterField names a filter in faults.
func filterField(i int) string { return "Filter " + strconv.Itoa(i+1) }

// projectionText writes the projection. The key of the table and of the index
// always come along, or the items could not be opened.
func (s search) projectionText(e *expressions) string {
	if s.Projection == nil {
		return ""
	}
	var all []string
	seen := make(map[string]bool)
	for _, name := range slices.Concat(s.Key.names(), s.TableKey.names(), s.Projection) {
		if name != "" && !seen[name] {
			seen[name] = true
			all = append(all, e.name(name))
		}
	}
	return strings.Join(all, ", ")
}

// limit is how many items a page reads. With filters a page reads up to 1 MB,
// since a page's worth of items may be far apart.
func (s search) limit() aws.Option[int] {
	if len(s.Filters) > 0 {
		return aws.Option[int]{}
	}
	return aws.Some(s.PageSize)
}

// scan is the search as a Scan.
func (s search) scan() (aws.ScanInput, []fault) {
	e := newExpressions()
	in := aws.ScanInput{
		TableName: s.Table, IndexName: s.Index, Limit: s.limit(),
		FilterExpression: s.filterText(e), ProjectionExpression: s.projectionText(e),
		ReturnConsumedCapacity: aws.CapacityTotal,
	}
	in.ExpressionAttributeNames, in.ExpressionAttributeValues = e.maps()
	return in, e.faults
}

// query is the search as a Query.
func (s search) query() (aws.QueryInput, []fault) {
	e := newExpressions()
	in := aws.QueryInput{
		TableName: s.Table, IndexName: s.Index, Limit: s.limit(),
		KeyConditionExpression: s.keyCondition(e),
		FilterExpression:       s.filterText(e), ProjectionExpression: s.projectionText(e),
		ReturnConsumedCapacity: aws.CapacityTotal,
	}
	if s.Descending {
		in.ScanIndexForward = aws.Some(false)
	}
	in.ExpressionAttributeNames, in.ExpressionAttributeValues = e.maps()
	return in, e.faults
}

// maps gives the placeholders; nil where there are none, as AWS wants it.
func (e *expressions) maps() (map[string]string, aws.Item) {
	names, values := e.names, e.values
	if len(names) == 0 {
		names = nil
	}
	if len(values) == 0 {
		values = nil
	}
	return names, values
}

// check lists what is wrong with the search.
func (s search) check() []fault {
	if s.Query {
		_, faults := s.query()
		return faults
	}
	_, faults := s.scan()
	return faults
}
