package dynamodb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Beginnings that DynamoDB's messages share.
const (
	invalidParameters = "One or more parameter values were invalid: "
	oneFault          = "1 validation error detected: "
)

// invalid is a ValidationException.
func invalid(format string, args ...any) error {
	return &aws.Error{Code: "ValidationException", Message: fmt.Sprintf(format, args...)}
}

func invalidParameter(format string, args ...any) error {
	return invalid(invalidParameters+format, args...)
}

func notFound(format string, args ...any) error {
	return &aws.Error{Code: "ResourceNotFoundException", Message: fmt.Sprintf(format, args...)}
}

func inUse(format string, args ...any) error {
	return &aws.Error{Code: "ResourceInUseException", Message: fmt.Sprintf(format, args...)}
}

// wording is the way in which an operation words the faults of values and
// expressions; DynamoDB has moved operation by operation from one to another.
type wording int

const (
	wordedOlder    wording = iota // Scan, BatchWriteItem, transactions
	wordedBare                    // GetItem, BatchGetItem, Query
	wordedCounting                // PutItem, UpdateItem, DeleteItem: "1 validation error detected: …"
)

// fault turns a fault of a value or an expression into a ValidationException;
// any other error stays as it is.
func (w wording) fault(err error) error {
	var fault *value.Fault
	if !errors.As(err, &fault) {
		return err
	}
	switch w {
	case wordedCounting:
		return invalid("%s%s", oneFault, fault.Text)
	case wordedBare:
		return invalid("%s", fault.Text)
	case wordedOlder:
	}
	return invalid("%s", fault.Older)
}

// bare is the wording without the count, for what is found only when the stored
// item is at hand.
func (w wording) bare() wording { return min(w, wordedBare) }

// members collects the faults in the members of a request, which DynamoDB
// reports together.
type members []string

func (m *members) add(value, member, constraint string) {
	*m = append(*m, fmt.Sprintf("Value %s at '%s' failed to satisfy constraint: %s", value, member, constraint))
}

// lacking reports whether the request lacks a member that DynamoDB requires, and
// adds that.
func (m *members) lacking(ctx context.Context, member string) bool {
	if !aws.Absent(ctx, member) {
		return false
	}
	m.add("null", member, "Member must not be null")
	return true
}

func (m *members) addUnnamed(member, constraint string) {
	*m = append(*m, fmt.Sprintf("Value at '%s' failed to satisfy constraint: %s", member, constraint))
}

// echoed is a list as DynamoDB's older messages show one: its elements by their
// class and a hash.
func echoed[T any](class string, list []T) string {
	shown := make([]string, len(list))
	for n, element := range list {
		hash := fnv.New32a()
		_ = json.NewEncoder(hash).Encode(element) // what cannot be written has a hash, too
		shown[n] = fmt.Sprintf("com.amazonaws.dynamodb.v20120810.%s@%x", class, hash.Sum32())
	}
	return "[" + strings.Join(shown, ", ") + "]"
}

// lengthEchoed checks a length in the older wording, which shows the list.
func lengthEchoed[T any](m *members, list []T, class, member string, most int) {
	if len(list) == 0 || len(list) > most {
		m.length(len(list), "'"+echoed(class, list)+"'", member, 1, most)
	}
}

func (m members) err() error {
	switch len(m) {
	case 0:
		return nil
	case 1:
		return invalid("%s%s", oneFault, m[0])
	}
	return invalid("%d validation errors detected: %s", len(m), strings.Join(m, "; "))
}

// nameCharacters are those of the names of tables and indexes.
var nameCharacters = regexp.MustCompile(`^[a-zA-Z0-9_.-]+$`)

// name checks the name of a table or index; shortest is 3 where one is made or
// managed, 1 where items are.
func (m *members) name(name, member string, shortest int) {
	if !nameCharacters.MatchString(name) {
		m.add("'"+name+"'", member, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
	}
	m.length(len(name), "'"+name+"'", member, shortest, 255)
}

func (m *members) length(length int, value, member string, shortest, longest int) {
	switch {
	case length < shortest:
		m.add(value, member, fmt.Sprintf("Member must have length greater than or equal to %d", shortest))
	case length > longest:
		m.add(value, member, fmt.Sprintf("Member must have length less than or equal to %d", longest))
	}
}

// enum checks a member that may be left out.
func enum[T ~string](m *members, value T, member string, allowed ...T) {
	if value == "" {
		return
	}
	words := make([]string, len(allowed))
	for n, word := range allowed {
		if word == value {
			return
		}
		words[n] = string(word)
	}
	m.add("'"+string(value)+"'", member, "Member must satisfy enum value set: ["+strings.Join(words, ", ")+"]")
}

// The enumerations that several operations have, in the order DynamoDB prints.
func (m *members) consumedCapacity(value aws.ReturnConsumedCapacity) {
	enum(m, value, "returnConsumedCapacity", aws.CapacityIndexes, aws.CapacityTotal, aws.CapacityNone)
}

func (m *members) returnValues(value aws.ReturnValues) {
	enum(m, value, "returnValues", aws.ReturnAllNew, aws.ReturnUpdatedOld, aws.ReturnAllOld, aws.ReturnNone, aws.ReturnUpdatedNew)
}

func (m *members) collectionMetrics(value aws.ReturnItemCollectionMetrics) {
	enum(m, value, "returnItemCollectionMetrics", aws.MetricsSize, aws.MetricsNone)
}

func (m *members) onFailure(value aws.ReturnValuesOnConditionCheckFailure) {
	enum(m, value, "returnValuesOnConditionCheckFailure", aws.OnFailureAllOld, aws.OnFailureNone)
}

func (m *members) choice(value aws.Select) {
	enum(m, value, "select", aws.SelectSpecificAttributes, aws.SelectCount, aws.SelectAllAttributes, aws.SelectAllProjectedAttributes)
}
