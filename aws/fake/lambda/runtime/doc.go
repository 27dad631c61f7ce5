// Package runtime runs functions the way Lambda does. An execution environment
// is one OS process that speaks the Lambda Runtime API to a server of ours;
// [Engines] starts such processes for each runtime, [Environment] hands them
// events one at a time and says what came of each.
//
// The server of an environment also answers for AWS itself, so that the one
// address a function knows (AWS_LAMBDA_RUNTIME_API, and AWS_ENDPOINT_URL with
// http:// before it) is all that it needs to reach.
//
// Where the system lets it, a function is confined (Linux namespaces): it
// reaches no network but that server, sees the system's programs and its own
// code read-only and nothing else, and has a /tmp of its own. Where only
// Landlock is to be had, its files and its TCP connections are limited to the
// same. Elsewhere it is a process with a clean environment and a folder of its
// own for temporary files. A confined function is the first process of its
// namespace: signals that it sends itself do nothing, which is otherwise in
// Lambda.
//
// No function process outlives the program that started it, not even when that
// is killed. On Linux, confined functions and all that they fork are one PID
// namespace, which the kernel ends with its first process; unconfined ones
// have a keeper, to which the kernel hands their orphans and which ends them
// when its parent is gone. On Windows a job object does it. On other systems
// the keeper ends the process group: a process that made itself a session of
// its own gets away.
//
// A program that uses this package calls [Worker] first in main, and its tests
// in TestMain: the keepers and the confined processes begin as this program.
package runtime
