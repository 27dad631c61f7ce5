package aws

import (
	"slices"
	"strings"
	"unicode"
)

// ExecuteStatementInput is one statement of PartiQL.
type ExecuteStatementInput struct {
	Statement                           string                              // 1 to 8,192 characters
	Parameters                          Values                              `json:",omitempty"` // for its question marks, in order
	ConsistentRead                      bool                                `json:",omitempty"`
	NextToken                           string                              `json:",omitempty"` // of the page before
	Limit                               Option[int]                         `json:",omitzero"`  // items read a page, before the filter; 1 or more
	ReturnConsumedCapacity              ReturnConsumedCapacity              `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// ExecuteStatementOutput is a page of a SELECT's items, or what RETURNING asked for.
type ExecuteStatementOutput struct {
	Items            []Item            `json:",omitzero"` // nil if the statement gives none
	NextToken        string            `json:",omitempty"`
	LastEvaluatedKey Item              `json:",omitempty"` // where the page ended; nil when this was the last
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// BatchStatementRequest is one statement of a batch.
type BatchStatementRequest struct {
	Statement                           string
	Parameters                          Values                              `json:",omitempty"`
	ConsistentRead                      bool                                `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// BatchExecuteStatementInput holds up to 25 statements, all of which read, or
// all of which write, one item each.
type BatchExecuteStatementInput struct {
	Statements             []BatchStatementRequest
	ReturnConsumedCapacity ReturnConsumedCapacity `json:",omitempty"`
}

// BatchStatementError is why one statement of a batch failed.
type BatchStatementError struct {
	Code    string // "ConditionalCheckFailed", "ValidationError", …
	Message string
	Item    Item `json:",omitempty"`
}

// BatchStatementResponse is what became of one statement.
type BatchStatementResponse struct {
	Error     *BatchStatementError `json:",omitempty"`
	TableName string               `json:",omitempty"`
	Item      Item                 `json:",omitempty"`
}

// BatchExecuteStatementOutput answers in the order asked.
type BatchExecuteStatementOutput struct {
	Responses        []BatchStatementResponse
	ConsumedCapacity []ConsumedCapacity `json:",omitempty"`
}

// ParameterizedStatement is one statement of a transaction.
type ParameterizedStatement struct {
	Statement                           string
	Parameters                          Values                              `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// ExecuteTransactionInput holds up to 100 statements of different items, all of
// which read or all of which write. A repeated ClientRequestToken within ten
// minutes does nothing again.
type ExecuteTransactionInput struct {
	TransactStatements     []ParameterizedStatement
	ClientRequestToken     string                 `json:",omitempty"`
	ReturnConsumedCapacity ReturnConsumedCapacity `json:",omitempty"`
}

// ExecuteTransactionOutput answers in the order asked; writes have empty answers.
type ExecuteTransactionOutput struct {
	Responses        []ItemResponse
	ConsumedCapacity []ConsumedCapacity `json:",omitempty"`
}

func (in ExecuteStatementInput) reads() bool { return onlyReads(in.Statement) }

func (in BatchExecuteStatementInput) reads() bool {
	return len(in.Statements) > 0 && !slices.ContainsFunc(in.Statements, func(s BatchStatementRequest) bool { return !onlyReads(s.Statement) })
}

func (in ExecuteTransactionInput) reads() bool {
	return len(in.TransactStatements) > 0 &&
		!slices.ContainsFunc(in.TransactStatements, func(s ParameterizedStatement) bool { return !onlyReads(s.Statement) })
}

// onlyReads reports whether a statement of PartiQL begins as one that leaves
// everything as it was. One that begins otherwise, with a comment for instance, may
// be one all the same.
func onlyReads(statement string) bool {
	statement = strings.TrimSpace(statement)
	end := strings.IndexFunc(statement, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$' })
	if end < 0 {
		return false // there is more to any
	}
	verb := statement[:end]
	return strings.EqualFold(verb, "SELECT") || strings.EqualFold(verb, "EXISTS")
}
