// Package iam is AWS Identity and Access Management kept in a store: roles,
// their trust policies, inline and managed policies, with IAM's limits and
// wording. It also says what a role may do, as AWS does for the functions that
// run with it: Assume gives a session, Authorize decides, and As is a Cloud
// that does only what a session's role allows.
//
// A change of a role's policies counts at the very next call; nothing of a
// decision is kept.
package iam
