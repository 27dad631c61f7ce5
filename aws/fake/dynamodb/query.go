package dynamodb

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/value"
)

// Query reads the items of one partition in sort-key order, up to Limit items
// or 1 MB a page.
func (s *Service) Query(ctx context.Context, in aws.QueryInput) (aws.QueryOutput, error) {
	return answer(ctx, s, "Query", func() (out aws.QueryOutput, err error) {
		if err := checkQuery(ctx, in); err != nil {
			return out, err
		}
		rd, condition, err := parseQuery(in)
		if err != nil {
			return out, wordedBare.fault(err)
		}
		p, used, err := s.readPage(ctx, rd, in.TableName, in.IndexName, in.ExclusiveStartKey, func(src source, start aws.Item) (span, error) {
			return rd.partition(src, condition, start)
		})
		if err != nil {
			return out, wordedBare.fault(err)
		}
		return aws.QueryOutput{
			Items: p.items, Count: p.count, ScannedCount: p.scanned, LastEvaluatedKey: p.last,
			ConsumedCapacity: used.report(in.TableName, in.ReturnConsumedCapacity),
		}, nil
	})
}

func checkQuery(ctx context.Context, in aws.QueryInput) error {
	if err := checkItemTable(ctx, in.TableName); err != nil {
		return err
	}
	if o := in.ConditionalOperator; o != "" && o != aws.ConditionalAnd && o != aws.ConditionalOr {
		// Told alone, in words of its own.
		return invalid("Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]")
	}
	var m members
	m.consumedCapacity(in.ReturnConsumedCapacity)
	m.choice(in.Select)
	if in.IndexName != "" {
		m.name(in.IndexName, "indexName", 3)
	}
	m.attributesToGet(in.AttributesToGet)
	m.conditions(in.KeyConditions, "keyConditions")
	m.conditions(in.QueryFilter, "queryFilter")
	if limit, given := in.Limit.Get(); given && limit < 1 {
		m.addUnnamed("Limit", "Member must have value greater than or equal to 1")
	}
	return m.err()
}

// parseQuery reads the query's expressions.
func parseQuery(in aws.QueryInput) (reading, *expr.KeyCondition, error) {
	rd := reading{
		choice: in.Select, limit: in.Limit.Or(0), consistent: in.ConsistentRead,
		backward: !in.ScanIndexForward.Or(true),
	}
	if err := checkQueryForms(in); err != nil {
		return rd, nil, err
	}
	p, err := rd.parse(asking{
		filter: in.FilterExpression, projection: in.ProjectionExpression, keys: in.KeyConditionExpression,
		names: in.ExpressionAttributeNames, values: in.ExpressionAttributeValues, takers: []string{"FilterExpression", "KeyConditionExpression"},
		olderFilter: in.QueryFilter, operator: in.ConditionalOperator, attributes: in.AttributesToGet, filterName: "QueryFilter",
	})
	if err != nil {
		return rd, nil, err
	}
	if in.KeyConditions == nil && in.KeyConditionExpression == "" {
		return rd, nil, value.Faultf("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
	}
	if err := checkChoice(in.Select, projectionName(in.ProjectionExpression, in.AttributesToGet), in.IndexName, oneFault); err != nil {
		return rd, nil, err
	}
	condition, err := parseKeyCondition(in, p)
	if err != nil || p == nil {
		return rd, condition, err
	}
	return rd, condition, p.Unused()
}

// checkQueryForms refuses a query of both forms at once; KeyConditions may go
// with the other expressions.
func checkQueryForms(in aws.QueryInput) error {
	return checkMixed(
		[]parameter{
			{"AttributesToGet", in.AttributesToGet != nil}, {"QueryFilter", in.QueryFilter != nil}, {"ConditionalOperator", in.ConditionalOperator != ""},
			{"KeyConditions", in.KeyConditions != nil && in.KeyConditionExpression != ""},
		},
		[]parameter{
			{"ProjectionExpression", in.ProjectionExpression != ""}, {"FilterExpression", in.FilterExpression != ""},
			{"KeyConditionExpression", in.KeyConditionExpression != ""},
		})
}

// parseKeyCondition reads the key condition of either form.
func parseKeyCondition(in aws.QueryInput, p *expr.Placeholders) (*expr.KeyCondition, error) {
	if in.KeyConditionExpression != "" {
		return expr.ParseKeyCondition(in.KeyConditionExpression, p)
	}
	list, err := comparisons(in.KeyConditions)
	if err != nil {
		return nil, err
	}
	if len(list) != 1 && len(list) != 2 {
		return nil, invalid("Conditions can be of length 1 or 2 only")
	}
	return expr.CompareKeys(list), nil
}

// asking is what Query and Scan have in common in the API, in both forms.
type asking struct {
	filter, projection string
	keys               string // of a Query
	names              map[string]string
	values             aws.Item
	takers             []string // the expressions in which values can stand
	olderFilter        map[string]aws.Condition
	operator           aws.ConditionalOperator
	attributes         []string
	filterName         string // of the older filter
}

// parse reads the filter and the projection, and gives the placeholders for
// what else has to be read; nil if there are no expressions.
func (rd *reading) parse(in asking) (p *expr.Placeholders, err error) {
	if in.filter == "" && in.keys == "" && in.values != nil {
		return nil, noValues(in.takers...)
	}
	if in.filter == "" && in.projection == "" && in.keys == "" {
		if err := noExpressions(in.names, nil); err != nil {
			return nil, err
		}
		return nil, rd.parseOlder(in)
	}
	p = expr.NewPlaceholders(in.names, in.values)
	if err := p.Err(); err != nil {
		return nil, err
	}
	if in.filter != "" {
		if rd.filter, err = expr.ParseCondition(expr.FilterExpression, in.filter, p); err != nil {
			return nil, err
		}
	}
	if in.projection != "" {
		rd.projection, err = expr.ParseProjection(in.projection, p)
	}
	return p, err
}

func (rd *reading) parseOlder(in asking) (err error) {
	if rd.projection, err = namedProjection(in.attributes); err != nil {
		return err
	}
	rd.filterName = in.filterName
	rd.filter, err = olderFilter(in.olderFilter, in.operator)
	return err
}

// projectionName names the parameter that has the projection; "" if there is none.
func projectionName(expression string, older []string) string {
	switch {
	case expression != "":
		return "ProjectionExpression"
	case older != nil:
		return "AttributesToGet"
	}
	return ""
}

// checkChoice checks that Select, the parameter with the projection and the
// index go together; prefix is what Query, but not Scan, puts before one of the
// messages.
func checkChoice(choice aws.Select, projection, index, prefix string) error {
	switch {
	case choice == aws.SelectSpecificAttributes && projection == "":
		return invalid("%sMust specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES", prefix)
	case choice == aws.SelectCount && projection != "":
		return invalid("Cannot specify the %s when choosing to get only the Count", projection)
	case choice != "" && choice != aws.SelectSpecificAttributes && projection != "":
		return invalid("Cannot specify the %s when choosing to get %s", projection, choice)
	case choice == aws.SelectAllProjectedAttributes && index == "":
		return invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
	}
	return nil
}

// partition finds the span that a key condition describes, from after start on.
func (rd reading) partition(src source, condition *expr.KeyCondition, start aws.Item) (span, error) {
	of, by, err := src.terms(condition)
	if err != nil {
		return span{}, err
	}
	if err := rd.checkFilter(src); err != nil {
		return span{}, err
	}
	if err := rd.checkIndexChoice(src); err != nil {
		return span{}, err
	}
	prefix, err := appendPartition(nil, of.Values[0])
	if err != nil {
		return span{}, err
	}
	within := span{prefix, after(prefix)}
	whole := within
	if by != nil {
		if within, err = narrow(within, *by); err != nil {
			return span{}, err
		}
	}
	if start == nil {
		return within, nil
	}
	key, err := src.startKey(start)
	switch {
	case err != nil:
		return span{}, err
	case !whole.holds(key):
		return span{}, invalid("The provided starting key is outside query boundaries based on provided conditions")
	case !within.holds(key):
		return span{}, invalid("The provided starting key does not match the range key predicate")
	}
	within.startAfter(key, rd.backward)
	return within, nil
}

// terms finds the condition of the partition key and that of the sort key, nil
// if there is none, and checks them against the schema.
func (src source) terms(condition *expr.KeyCondition) (of, by *expr.KeyTerm, err error) {
	for n := range condition.Terms {
		switch term := &condition.Terms[n]; term.Attribute {
		case src.key.partition.name:
			of = term
		case src.key.sort.name:
			by = term
		}
	}
	switch {
	case len(condition.Terms) > 2:
		return nil, nil, invalid("The number of query conditions (%d) exceeds the number of key attributes defined in the schema (%d)",
			len(condition.Terms), len(src.key.attributes()))
	case of == nil:
		return nil, nil, invalid("Query condition missed key schema element: %s", src.key.partition.name)
	case len(condition.Terms) > 1 && src.key.sort.name == "":
		return nil, nil, invalid("Query key condition not supported")
	case len(condition.Terms) > 1 && by == nil:
		return nil, nil, invalid("Query condition missed key schema element: %s", src.key.sort.name)
	}
	if of.Op == expr.KeyUnknown || by != nil && by.Op == expr.KeyUnknown {
		return nil, nil, invalid("Attempted conditional constraint is not an indexable operation")
	}
	if err := checkTerm(of, src.key.partition); err != nil {
		return nil, nil, err
	}
	if of.Op != expr.KeyEqual {
		return nil, nil, invalid("Query key condition not supported")
	}
	if by != nil {
		err = checkTerm(by, src.key.sort)
	}
	return of, by, err
}

func checkTerm(term *expr.KeyTerm, a keyAttribute) error {
	for _, v := range term.Values {
		if v.Type() != a.kind {
			return invalidParameter("Condition parameter type does not match schema type")
		}
	}
	for _, v := range term.Values {
		if length, word := keyLength(v); length == 0 && term.Op != expr.KeyBeginsWith {
			return emptyKey("The AttributeValue for a key attribute cannot contain an empty %s value. Key: %s", word, a.name)
		}
	}
	return nil
}

// checkFilter refuses a filter on the keys that the query is by.
func (rd reading) checkFilter(src source) error {
	if rd.filter == nil || rd.statement {
		return nil
	}
	names := rd.filter.Attributes()
	for _, k := range src.key.attributes() {
		if slices.Contains(names, k.name) {
			return invalid("%s can only contain non-primary key attributes: Primary key attribute: %s", cmp.Or(rd.filterName, "Filter Expression"), k.name)
		}
	}
	return nil
}

// narrow narrows a partition's span by a condition on the sort key.
func narrow(within span, by expr.KeyTerm) (span, error) {
	prefix := within.from
	if by.Op == expr.KeyBeginsWith {
		start, err := value.AppendKeyPrefix(slices.Clone(prefix), by.Values[0])
		return span{start, after(start)}, err
	}
	// The first and, with BETWEEN, the last of the sort keys.
	first, err := value.AppendKey(slices.Clone(prefix), by.Values[0])
	if err != nil {
		return span{}, err
	}
	last, err := value.AppendKey(slices.Clone(prefix), by.Values[len(by.Values)-1])
	if err != nil {
		return span{}, err
	}
	switch by.Op {
	default:
		return within, fmt.Errorf("key condition %q is not known", by.Op)
	case expr.KeyEqual:
		return span{first, after(first)}, nil
	case expr.KeyLess:
		return span{prefix, first}, nil
	case expr.KeyLessEqual:
		return span{prefix, after(first)}, nil
	case expr.KeyGreater:
		return span{after(first), within.to}, nil
	case expr.KeyGreaterEqual:
		return span{first, within.to}, nil
	case expr.KeyBetween:
		return span{first, after(last)}, nil
	}
}
