// Package partiql reads statements of PartiQL as DynamoDB takes them: SELECT,
// INSERT, UPDATE and DELETE of one table, and EXISTS for transactions. It runs
// none; what a statement says of conditions and changes becomes text of
// DynamoDB's expression language, so that there is one evaluator.
package partiql
