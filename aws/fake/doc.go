// Package fake is an AWS on this machine, for learning: a Cloud that keeps real
// data in one folder, validates, fails and bills as AWS does, and needs no
// account and no network.
package fake
