package expr

import (
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Kind is what an expression is for, by the name of its parameter.
type Kind string

// The five kinds.
const (
	ConditionExpression    Kind = "ConditionExpression"
	FilterExpression       Kind = "FilterExpression"
	KeyConditionExpression Kind = "KeyConditionExpression"
	ProjectionExpression   Kind = "ProjectionExpression"
	UpdateExpression       Kind = "UpdateExpression"
)

// faultf makes a fault of an expression of this kind.
func (k Kind) faultf(format string, args ...any) *value.Fault {
	return value.Faultf("Invalid %s: %s", k, fmt.Sprintf(format, args...))
}

// rank orders the faults that an expression may have at once: DynamoDB tells
// only the first, and looks for them in this order.
type rank int

const (
	rankGroup rank = iota // redundant parentheses
	rankFunction
	rankMisuse
	rankReserved
	rankSection
	rankLimit
	rankCondition // the fault of the first condition that has one of those below
	rankUndefined
	rankPath
	rankCount
	rankDistinct
	rankType
	ranks
)

// faults holds the first fault of each rank.
type faults [ranks]*value.Fault

func (f *faults) report(r rank, fault *value.Fault) {
	if f[r] == nil {
		f[r] = fault
	}
}

// settle ends one condition: its own fault, if any, precedes those of the
// conditions to come.
func (f *faults) settle() {
	for r := rankCondition + 1; r < ranks; r++ {
		if f[r] != nil {
			f.report(rankCondition, f[r])
			f[r] = nil
		}
	}
}

// first is the fault to tell, nil if there is none.
func (f *faults) first() error {
	for _, fault := range f {
		if fault != nil {
			return fault
		}
	}
	return nil
}

func asFault(err error) *value.Fault {
	var fault *value.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return value.Faultf("%s", err.Error())
}

// wrongType is the fault of a value that an operator or function cannot take.
func (k Kind) wrongType(function string, t aws.AttributeType) *value.Fault {
	return k.faultf("Incorrect operand type for operator or function; operator or function: %s, operand type: %s", function, t)
}
