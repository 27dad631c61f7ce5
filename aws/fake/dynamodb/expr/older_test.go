package expr_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/value"
)

// scalars are a few values of three types, so that equal ones meet.
func scalars() *rapid.Generator[aws.AttributeValue] {
	return rapid.SampledFrom([]aws.AttributeValue{aws.S("a"), aws.S("ab"), aws.S("b"), aws.N("1"), aws.N("2"), aws.N("10"), aws.B{1}, aws.B{1, 2}})
}

// forms are the operators of the older form, with how an expression says the same.
func forms() map[aws.ComparisonOperator]string {
	return map[aws.ComparisonOperator]string{
		aws.CompareEqual: "A = :0", aws.CompareNotEqual: "A <> :0", aws.CompareLess: "A < :0", aws.CompareLessEqual: "A <= :0",
		aws.CompareGreater: "A > :0", aws.CompareGreaterEqual: "A >= :0", aws.CompareBetween: "A BETWEEN :0 AND :1", aws.CompareIn: "A IN (:0, :1)",
		aws.CompareBeginsWith: "begins_with(A, :0)", aws.CompareContains: "contains(A, :0)", aws.CompareNotContains: "attribute_exists(A) AND NOT contains(A, :0)",
		aws.CompareNull: "attribute_not_exists(A)", aws.CompareNotNull: "attribute_exists(A)",
	}
}

// TestOlderConditionsAreExpressions holds each operator against the expression
// that says the same, on any item.
func TestOlderConditionsAreExpressions(t *testing.T) {
	t.Parallel()
	for operator, text := range forms() {
		rapid.Check(t, func(t *rapid.T) {
			values := aws.Item{}
			var list []aws.AttributeValue
			for _, key := range []string{":0", ":1"} {
				if strings.Contains(text, key) {
					values[key] = scalars().Draw(t, key)
					list = append(list, values[key])
				}
			}
			parsed, err := expr.ParseCondition(expr.ConditionExpression, text, expr.NewPlaceholders(nil, none(values)))
			if err != nil {
				t.Skip("the values do not go with the operator")
			}
			item := aws.Item{"B": aws.S("a")}
			if rapid.Bool().Draw(t, "there") {
				item["A"] = rapid.OneOf(scalars(), rapid.Just[aws.AttributeValue](aws.SS{"a", "b"}), rapid.Just[aws.AttributeValue](aws.L{aws.N("1")})).Draw(t, "value")
			}
			older := expr.CompareAll([]expr.Comparison{{Attribute: "A", Operator: operator, Values: list}}, "")
			if got, want := older.Match(item), parsed.Match(item); got != want {
				t.Fatalf("%s of %v on %v is %t, the expression %t", operator, list, item, got, want)
			}
		})
	}
}

// none is nil for no values, as a request without them has it.
func none(values aws.Item) aws.Item {
	if len(values) == 0 {
		return nil
	}
	return values
}

// TestOlderUpdatesAreExpressions holds each action against the clause that does
// the same.
func TestOlderUpdatesAreExpressions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		action  aws.AttributeAction
		operand aws.AttributeValue
		text    string
	}{
		{"", aws.S("x"), "SET A = :0"}, {aws.ActionPut, aws.N("1"), "SET A = :0"}, {aws.ActionDelete, nil, "REMOVE A"},
		{aws.ActionAdd, aws.N("2"), "ADD A :0"}, {aws.ActionAdd, aws.SS{"b", "c"}, "ADD A :0"}, {aws.ActionDelete, aws.SS{"a", "b"}, "DELETE A :0"},
		{aws.ActionAdd, aws.L{aws.S("z")}, "SET A = list_append(A, :0)"},
	} {
		values := aws.Item{}
		if c.operand != nil {
			values[":0"] = c.operand
		}
		parsed, err := expr.ParseUpdate(c.text, expr.NewPlaceholders(nil, none(values)))
		if err != nil {
			t.Fatal(err)
		}
		older := expr.UpdateAll(map[string]aws.AttributeValueUpdate{"A": {Action: c.action, Value: aws.Value{AttributeValue: c.operand}}})
		for _, there := range []aws.AttributeValue{aws.S("s"), aws.N("40"), aws.SS{"a", "b"}, aws.L{aws.N("1")}} {
			item := aws.Item{"A": there}
			want, _, fault := parsed.Apply(item)
			got, changed, err := older.Apply(item)
			if (err == nil) != (fault == nil) || !reflect.DeepEqual(got, want) {
				t.Errorf("%s of %v to %v: %v, %v; the expression: %v, %v", c.action, c.operand, there, got, err, want, fault)
			}
			if err == nil && !value.Equal(changed.Old()["A"], there) {
				t.Errorf("%s of %v to %v: old is %v", c.action, c.operand, there, changed.Old())
			}
		}
	}
}
