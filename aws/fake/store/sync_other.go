//go:build !linux

package store

import "os"

// syncContent makes a file's content and size durable.
func syncContent(f *os.File) error { return f.Sync() }
