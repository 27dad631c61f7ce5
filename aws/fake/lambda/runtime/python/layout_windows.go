package python

import "path/filepath"

// stdlib is the standard library's folder in the home folder.
const stdlib = "Lib"

func (i *Interpreter) executable() string { return filepath.Join(i.home, "python.exe") }
