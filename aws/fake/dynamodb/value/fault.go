package value

import (
	"fmt"

	"awslab/aws"
)

// Fault is a value or an expression that DynamoDB refuses, in the words it
// uses: the message of a ValidationException, before any prefix that the
// operation puts in front of it.
type Fault struct {
	// Text is the wording of the operations that validate in the newer way:
	// PutItem, UpdateItem and DeleteItem (which put "1 validation error
	// detected: " in front), GetItem, BatchGetItem and Query (which do not).
	Text string
	// Older is the wording of Scan, BatchWriteItem and transactions; the same
	// as Text unless DynamoDB worded it otherwise before.
	Older string
}

// Error gives the newer wording.
func (f *Fault) Error() string { return f.Text }

// Faultf makes a fault that has one wording.
func Faultf(format string, args ...any) *Fault {
	text := fmt.Sprintf(format, args...)
	return &Fault{Text: text, Older: text}
}

// OfPlaceholder gives the fault as it reads when the value is that of an
// expression's placeholder: only the older wording names the placeholder.
func (f *Fault) OfPlaceholder(key string) *Fault {
	if f.Text == nestingText {
		return f
	}
	older := fmt.Sprintf("ExpressionAttributeValues contains invalid value: %s for key %s", f.Older, key)
	return &Fault{Text: f.Text, Older: older}
}

// parameterPrefix starts the message of many a fault.
const parameterPrefix = "One or more parameter values were invalid: "

const nestingText = "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"

func notNumeric(text string) *Fault {
	const words = "The parameter cannot be converted to a numeric value"
	fault := Faultf("%s: %s", words, text)
	if text == "" {
		fault.Older = words
	}
	return fault
}

func overflow() *Fault {
	return Faultf("Number overflow. Attempting to store a number with magnitude larger than supported range")
}

func underflow() *Fault {
	return Faultf("Number underflow. Attempting to store a number with magnitude smaller than supported range")
}

func tooPrecise() *Fault {
	return Faultf("Attempting to store more than 38 significant digits in a Number")
}

func noValue() *Fault { return Faultf("%s", aws.ErrNoType.Error()) }

func falseNull() *Fault {
	return Faultf(parameterPrefix + "Null attribute value types must have the value of true")
}

func tooDeep() *Fault { return Faultf(nestingText) }
