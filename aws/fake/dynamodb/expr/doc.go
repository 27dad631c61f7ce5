// Package expr is DynamoDB's expression language: conditions and filters, key
// conditions, projections and updates, parsed, checked and evaluated as
// DynamoDB does, with its messages.
package expr
