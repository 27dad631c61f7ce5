// Package check evaluates the check lines of labs: expressions over the state
// of a Cloud and over the calls that a trail has recorded. A check that does not
// hold says what it expected, what it found instead, and for which of the causes
// in one table, so that the guide can tell the learner what to do.
//
// Checks only read, leave no trace in the trail when they are given the Cloud
// below it, and end with their context. What a lab does not ask for never fails
// a check: other tables, more attributes, calls made by other programs.
package check
