// Package dynamodb holds the console's DynamoDB pages: dashboard, tables,
// create table, one table's settings and indexes, explore items, and the item
// editor, with the words and the order of the AWS Management Console.
//
// What the pages compute is in functions of its own, apart from how they look:
// schema.go and newtable.go build tables from forms, search.go builds scans and
// queries, results.go keeps their pages, json.go and jsonview.go read and write
// items as text, itemform.go as fields.
package dynamodb
