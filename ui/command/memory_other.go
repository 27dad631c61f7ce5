//go:build !linux

package command

import "runtime/debug"

// giveBack returns to the system the memory that only the start, or a burst of
// work, needed.
func giveBack() error {
	debug.FreeOSMemory()
	return nil
}
