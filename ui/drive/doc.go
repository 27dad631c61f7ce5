// Package drive drives the console as a person does, by what can be read on the
// screen. A Script says what to do in the words of the labels ("press Run"); a
// Player turns it, look by look, into the clicks and key presses that a person
// would make; a Session is an event loop without a terminal for tests, for
// proving labs, and for demonstrations.
//
// The same scripts serve the solution of a lab's step, "show me" on the real
// screen, and the tests: what a script can do, a person can do.
package drive
