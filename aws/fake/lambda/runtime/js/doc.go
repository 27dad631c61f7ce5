// Package js runs Node.js functions: in an embedded QuickJS with a Node prelude of our own (Worker), or in the
// host's node through a bootstrap script (NodeBootstrap). Both speak the Lambda Runtime API and share one
// description of what AWS's runtime does (contract.js): handler resolution, context, log lines, error shapes.
package js

import (
	_ "embed"
	"slices"
)

// EngineName is the embedded engine, as the screen names it.
const EngineName = "QuickJS 2026-06-04"

//go:embed contract.js
var contractSource []byte

//go:embed node/bootstrap.mjs
var nodeSource []byte

// NodeBootstrap is the ES module that a host node (18 or later) runs to serve a function: `node bootstrap.mjs` with
// AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT and _HANDLER in its environment.
var NodeBootstrap = slices.Concat(contractSource, nodeSource)
