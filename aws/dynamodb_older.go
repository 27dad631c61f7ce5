package aws

// ConditionalOperator joins the conditions of the older request forms.
type ConditionalOperator string

// The two operators; none is AND.
const (
	ConditionalAnd ConditionalOperator = "AND"
	ConditionalOr  ConditionalOperator = "OR"
)

// ComparisonOperator is what a condition of the older request forms asks of an
// attribute.
type ComparisonOperator string

// The thirteen operators.
const (
	CompareEqual        ComparisonOperator = "EQ"
	CompareNotEqual     ComparisonOperator = "NE"
	CompareLess         ComparisonOperator = "LT"
	CompareLessEqual    ComparisonOperator = "LE"
	CompareGreater      ComparisonOperator = "GT"
	CompareGreaterEqual ComparisonOperator = "GE"
	CompareBetween      ComparisonOperator = "BETWEEN" // two values
	CompareIn           ComparisonOperator = "IN"      // one value or more
	CompareBeginsWith   ComparisonOperator = "BEGINS_WITH"
	CompareContains     ComparisonOperator = "CONTAINS"
	CompareNotContains  ComparisonOperator = "NOT_CONTAINS"
	CompareNull         ComparisonOperator = "NULL"     // the attribute is absent; no value
	CompareNotNull      ComparisonOperator = "NOT_NULL" // the attribute is there; no value
)

// Condition is what KeyConditions, QueryFilter and ScanFilter ask of one
// attribute; today's requests say it in an expression.
type Condition struct {
	AttributeValueList Values `json:",omitempty"`
	ComparisonOperator ComparisonOperator
}

// ExpectedAttributeValue is what Expected asks of one attribute: a comparison,
// or that it has the value, or, with Exists false, that it is absent.
type ExpectedAttributeValue struct {
	Value              Value              `json:",omitzero"`
	Exists             Option[bool]       `json:",omitzero"` // true unless given
	ComparisonOperator ComparisonOperator `json:",omitempty"`
	AttributeValueList Values             `json:",omitempty"`
}

// AttributeAction is what AttributeUpdates does to one attribute.
type AttributeAction string

// The three actions; none is PUT.
const (
	ActionPut    AttributeAction = "PUT"    // set it
	ActionAdd    AttributeAction = "ADD"    // add to a number, a set or a list
	ActionDelete AttributeAction = "DELETE" // remove it, or, with a value, members of a set
)

// AttributeValueUpdate is one change of AttributeUpdates.
type AttributeValueUpdate struct {
	Value  Value           `json:",omitzero"` // not with a DELETE of the whole attribute
	Action AttributeAction `json:",omitempty"`
}
