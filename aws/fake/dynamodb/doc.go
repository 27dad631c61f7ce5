// Package dynamodb is Amazon DynamoDB kept in a store: tables and their
// secondary indexes, items, and the operations on them, with DynamoDB's
// validation, order, paging, capacity figures and wording.
//
// Items lie in key order (a hash of the partition key, the partition key, the
// sort key), and so do the entries of each index, which hold the projected
// attributes. A Query is a seek and a range; a Scan is in hash order, as on
// AWS. Indexes and item counts change in the transaction that changes the item.
//
// A table's stream is a space of its own: a record for each change of an item,
// numbered and written in the transaction that changes the item.
//
// States that pass (CREATING, UPDATING, DELETING) are a state and the time when
// it ends; nothing runs in the background. Items that expire, records that are a
// day old, and tables that are gone are swept away by the operations that come after.
package dynamodb
