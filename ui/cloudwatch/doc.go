// Package cloudwatch holds the console's pages of Amazon CloudWatch: log groups,
// their streams and events, and the metrics of functions.
package cloudwatch
