//go:build !windows

package python

import "path/filepath"

// stdlib is the standard library's folder in the home folder.
const stdlib = "lib/python3.14"

func (i *Interpreter) executable() string { return filepath.Join(i.home, "bin", "python3.14") }
