// Package cloudwatch is Amazon CloudWatch's metrics kept in a store: what
// functions and APIs record, and what clients put, aggregated by the minute and
// kept for 15 days, and reading it by statistics, periods and metric math.
package cloudwatch
