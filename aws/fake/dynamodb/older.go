package dynamodb

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/value"
)

// parameter is a member of a request that is there or not.
type parameter struct {
	name  string
	given bool
}

func givenNames(parameters []parameter) []string {
	var names []string
	for _, p := range parameters {
		if p.given {
			names = append(names, p.name)
		}
	}
	return names
}

// checkMixed refuses a request that has parameters of the older form together
// with expressions.
func checkMixed(older, expressions []parameter) error {
	before, now := givenNames(older), givenNames(expressions)
	if len(before) == 0 || len(now) == 0 {
		return nil
	}
	return value.Faultf("Can not use both expression and non-expression parameters in the same request: "+
		"Non-expression parameters: {%s} Expression parameters: {%s}", strings.Join(before, ", "), strings.Join(now, ", "))
}

// faultyParameter is a fault that the operation words as its own.
func faultyParameter(format string, args ...any) error {
	return value.Faultf(invalidParameters+format, args...)
}

// noValues is the fault of values that have no expression to stand in; those of
// the request that could be one are named in the older wording.
func noValues(expressions ...string) error {
	verb := "is"
	if len(expressions) > 1 {
		verb = "are"
	}
	const text = "ExpressionAttributeValues can only be specified when using expressions"
	return &value.Fault{Text: text, Older: fmt.Sprintf("%s: %s %s null", text, strings.Join(expressions, " and "), verb)}
}

// comparisonOperators are those of the older form, in the order DynamoDB prints.
var comparisonOperators = []aws.ComparisonOperator{
	aws.CompareIn, aws.CompareNull, aws.CompareBetween, aws.CompareLess, aws.CompareNotContains, aws.CompareEqual, aws.CompareGreater,
	aws.CompareNotNull, aws.CompareNotEqual, aws.CompareLessEqual, aws.CompareBeginsWith, aws.CompareGreaterEqual, aws.CompareContains,
}

// The members of the older form.
func (m *members) conditionalOperator(operator aws.ConditionalOperator) {
	enum(m, operator, "conditionalOperator", aws.ConditionalOr, aws.ConditionalAnd)
}

func (m *members) conditions(conditions map[string]aws.Condition, member string) {
	for _, name := range slices.Sorted(maps.Keys(conditions)) {
		at := fmt.Sprintf("%s.%s.member.comparisonOperator", member, name)
		m.required(string(conditions[name].ComparisonOperator), at)
		enum(m, conditions[name].ComparisonOperator, at, comparisonOperators...)
	}
}

func (m *members) expected(expected map[string]aws.ExpectedAttributeValue) {
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		enum(m, expected[name].ComparisonOperator, fmt.Sprintf("expected.%s.member.comparisonOperator", name), comparisonOperators...)
	}
}

func (m *members) updates(updates map[string]aws.AttributeValueUpdate) {
	for _, name := range slices.Sorted(maps.Keys(updates)) {
		enum(m, updates[name].Action, fmt.Sprintf("attributeUpdates.%s.member.action", name), aws.ActionAdd, aws.ActionPut, aws.ActionDelete)
	}
}

// mostAttributes is how many attributes the older form of a projection names.
const mostAttributes = 255

func (m *members) attributesToGet(names []string) {
	if names != nil {
		m.length(len(names), "'["+strings.Join(names, ", ")+"]'", "attributesToGet", 1, mostAttributes)
	}
}

// namedProjection reads AttributesToGet; nil is all attributes.
func namedProjection(names []string) (*expr.Projection, error) {
	for n, name := range names {
		if slices.Contains(names[:n], name) {
			return nil, faultyParameter("Duplicate value in attribute name: %s", name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return expr.ProjectNames(names), nil
}

// comparisons reads conditions, in the order of their attributes' names.
func comparisons(conditions map[string]aws.Condition) ([]expr.Comparison, error) {
	out := make([]expr.Comparison, 0, len(conditions))
	for _, name := range slices.Sorted(maps.Keys(conditions)) {
		c, err := newComparison(name, conditions[name].ComparisonOperator, conditions[name].AttributeValueList)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// olderFilter reads QueryFilter or ScanFilter; nil when there is none.
func olderFilter(conditions map[string]aws.Condition, operator aws.ConditionalOperator) (*expr.Condition, error) {
	list, err := comparisons(conditions)
	if err != nil {
		return nil, err
	}
	return joined(list, operator)
}

func joined(list []expr.Comparison, operator aws.ConditionalOperator) (*expr.Condition, error) {
	switch {
	case len(list) > 0:
		return expr.CompareAll(list, operator), nil
	case operator != "":
		return nil, faultyParameter("ConditionalOperator cannot be used without Filter or Expected")
	}
	return nil, nil
}

// newComparison checks the values of a comparison and normalises them.
func newComparison(name string, operator aws.ComparisonOperator, values []aws.AttributeValue) (expr.Comparison, error) {
	c := expr.Comparison{Attribute: name, Operator: operator}
	for _, v := range values {
		normal, err := value.Normalize(v)
		if err != nil {
			return c, err
		}
		c.Values = append(c.Values, normal)
	}
	if !takes(operator, len(values)) {
		return c, faultyParameter("Invalid number of argument(s) for the %s ComparisonOperator", operator)
	}
	for _, v := range c.Values {
		if v.Type() != c.Values[0].Type() {
			return c, faultyParameter("AttributeValues inside AttributeValueList must be of same type")
		}
	}
	for _, v := range c.Values {
		if !comparesWith(operator, v.Type()) {
			return c, faultyParameter("ComparisonOperator %s is not valid for %s AttributeValue type", operator, v.Type())
		}
	}
	if operator == aws.CompareBetween {
		if order, _ := value.Compare(c.Values[0], c.Values[1]); order > 0 {
			return c, value.Faultf("The BETWEEN condition was provided a range where the lower bound is greater than the upper bound")
		}
	}
	return c, nil
}

// takes reports whether an operator is given as many values as it compares with.
func takes(operator aws.ComparisonOperator, values int) bool {
	switch operator {
	case aws.CompareNull, aws.CompareNotNull:
		return values == 0
	case aws.CompareBetween:
		return values == 2
	case aws.CompareIn:
		return values > 0
	default:
		return values == 1
	}
}

// comparesWith reports whether an operator compares with values of a type.
func comparesWith(operator aws.ComparisonOperator, t aws.AttributeType) bool {
	switch operator {
	case aws.CompareEqual, aws.CompareNotEqual:
		return true
	case aws.CompareBeginsWith:
		return t == aws.TypeS || t == aws.TypeB
	default:
		return t == aws.TypeS || t == aws.TypeN || t == aws.TypeB
	}
}

// olderCondition reads Expected; nil when there is none.
func olderCondition(expected map[string]aws.ExpectedAttributeValue, operator aws.ConditionalOperator) (*expr.Condition, error) {
	list := make([]expr.Comparison, 0, len(expected))
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		c, err := expectation(name, expected[name])
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return joined(list, operator)
}

// expectation reads what is expected of one attribute.
func expectation(name string, e aws.ExpectedAttributeValue) (expr.Comparison, error) {
	exists, existsGiven := e.Exists.Get()
	single := e.Value.AttributeValue != nil
	switch {
	case e.AttributeValueList != nil && single:
		return expr.Comparison{}, faultyParameter("Value and AttributeValueList cannot be used together for Attribute: %s", name)
	case e.ComparisonOperator != "" && existsGiven:
		return expr.Comparison{}, faultyParameter("Exists and ComparisonOperator cannot be used together for Attribute: %s", name)
	case e.ComparisonOperator != "":
		return compared(name, e)
	case e.AttributeValueList != nil:
		return expr.Comparison{}, faultyParameter("AttributeValueList can only be used with a ComparisonOperator for Attribute: %s", name)
	case existsGiven && !exists && single:
		return expr.Comparison{}, faultyParameter("Value cannot be used when Exists is false for Attribute: %s", name)
	case existsGiven && !exists:
		return newComparison(name, aws.CompareNull, nil)
	case !single && existsGiven:
		return expr.Comparison{}, faultyParameter("Value must be provided when Exists is true for Attribute: %s", name)
	case !single:
		return expr.Comparison{}, faultyParameter("Value must be provided when Exists is null for Attribute: %s", name)
	}
	return newComparison(name, aws.CompareEqual, []aws.AttributeValue{e.Value.AttributeValue})
}

func compared(name string, e aws.ExpectedAttributeValue) (expr.Comparison, error) {
	values := []aws.AttributeValue(e.AttributeValueList)
	if e.Value.AttributeValue != nil {
		values = []aws.AttributeValue{e.Value.AttributeValue}
	}
	if values == nil && e.ComparisonOperator != aws.CompareNull && e.ComparisonOperator != aws.CompareNotNull {
		return expr.Comparison{}, faultyParameter("Value or AttributeValueList must be used with ComparisonOperator: %s for Attribute: %s", e.ComparisonOperator, name)
	}
	return newComparison(name, e.ComparisonOperator, values)
}

// olderUpdate reads AttributeUpdates; nil when there are none.
func olderUpdate(updates map[string]aws.AttributeValueUpdate) (*expr.Update, error) {
	if len(updates) == 0 {
		return nil, nil
	}
	normal := make(map[string]aws.AttributeValueUpdate, len(updates))
	for _, name := range slices.Sorted(maps.Keys(updates)) {
		u := updates[name]
		if err := checkOlderUpdate(&u); err != nil {
			return nil, err
		}
		normal[name] = u
	}
	return expr.UpdateAll(normal), nil
}

// checkOlderUpdate checks that a change's value goes with its action, and
// normalises it.
func checkOlderUpdate(u *aws.AttributeValueUpdate) (err error) {
	if u.Value.AttributeValue == nil {
		if u.Action != aws.ActionDelete {
			return faultyParameter("Only DELETE action is allowed when no attribute value is specified")
		}
		return nil
	}
	if u.Value.AttributeValue, err = value.Normalize(u.Value.AttributeValue); err != nil {
		return err
	}
	t := u.Value.Type()
	set := t == aws.TypeSS || t == aws.TypeNS || t == aws.TypeBS
	switch {
	case u.Action == aws.ActionDelete && !set:
		return faultyParameter("DELETE action with value is not supported for the type %s", t)
	case u.Action == aws.ActionAdd && !set && t != aws.TypeN && t != aws.TypeL:
		return faultyParameter("ADD action is not supported for the type %s", t)
	}
	return nil
}
