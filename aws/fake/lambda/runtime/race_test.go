//go:build race

package runtime_test

// raced: the race detector makes the embedded engine some thirty times slower.
const raced = true
