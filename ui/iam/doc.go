// Package iam holds the console's pages of AWS Identity and Access Management:
// roles, what they may do, and the policies that say so.
package iam
