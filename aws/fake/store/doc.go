// Package store keeps a sandbox's data: ordered keys in named buckets, in one
// bbolt file, changed by transactions.
//
// A write is durable when Update returns: its bytes have been synced to disk.
// Writers that come at the same time share one sync, so that many of them
// together are far faster than one; a lone writer never waits for company.
// Readers see one moment of the data and never wait for writers.
package store
