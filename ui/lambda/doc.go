// Package lambda holds the console's pages of AWS Lambda: functions, their code
// and settings, what sets them off, how they are tested and how they fare.
package lambda
