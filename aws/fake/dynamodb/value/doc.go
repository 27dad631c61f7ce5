// Package value holds DynamoDB's rules for values: which are valid, what form
// they are stored and given back in, how large they count, how they compare,
// and how they become bytes, both as keys in order and as stored items.
package value
