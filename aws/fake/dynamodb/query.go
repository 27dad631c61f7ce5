package dynamodb

import (
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
		if err := checkQuery(in); err != nil {
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

func checkQuery(in aws.QueryInput) error {
	if err := checkItemTable(in.TableName); err != nil {
		return err
	}
	var m members
	m.consumedCapacity(in.ReturnConsumedCapacity)
	m.choice(in.Select)
	if in.IndexName != "" {
		m.name(in.IndexName, "indexName", 3)
	}
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
	if in.KeyConditionExpression == "" {
		return rd, nil, value.Faultf("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
	}
	p := expr.NewPlaceholders(in.ExpressionAttributeNames, in.ExpressionAttributeValues)
	if err := p.Err(); err != nil {
		return rd, nil, err
	}
	if err := rd.parse(p, in.FilterExpression, in.ProjectionExpression); err != nil {
		return rd, nil, err
	}
	if err := checkChoice(in.Select, in.ProjectionExpression, in.IndexName, oneFault); err != nil {
		return rd, nil, err
	}
	condition, err := expr.ParseKeyCondition(in.KeyConditionExpression, p)
	if err != nil {
		return rd, nil, err
	}
	return rd, condition, p.Unused()
}

// parse reads the expressions that Query and Scan share.
func (rd *reading) parse(p *expr.Placeholders, filter, projection string) (err error) {
	if filter != "" {
		if rd.filter, err = expr.ParseCondition(expr.FilterExpression, filter, p); err != nil {
			return err
		}
	}
	if projection != "" {
		if rd.projection, err = expr.ParseProjection(projection, p); err != nil {
			return err
		}
	}
	return nil
}

// checkChoice checks that Select, the projection and the index go together;
// prefix is what Query, but not Scan, puts before one of the messages.
func checkChoice(choice aws.Select, projection, index, prefix string) error {
	switch {
	case choice == aws.SelectSpecificAttributes && projection == "":
		return invalid("%sMust specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES", prefix)
	case choice == aws.SelectCount && projection != "":
		return invalid("Cannot specify the ProjectionExpression when choosing to get only the Count")
	case choice != "" && choice != aws.SelectSpecificAttributes && projection != "":
		return invalid("Cannot specify the ProjectionExpression when choosing to get %s", choice)
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
	case of == nil:
		return nil, nil, invalid("Query condition missed key schema element: %s", src.key.partition.name)
	case len(condition.Terms) > 1 && src.key.sort.name == "":
		return nil, nil, invalid("Query key condition not supported")
	case len(condition.Terms) > 1 && by == nil:
		return nil, nil, invalid("Query condition missed key schema element: %s", src.key.sort.name)
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
	if rd.filter == nil {
		return nil
	}
	names := rd.filter.Attributes()
	for _, k := range src.key.attributes() {
		if slices.Contains(names, k.name) {
			return invalid("Filter Expression can only contain non-primary key attributes: Primary key attribute: %s", k.name)
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
