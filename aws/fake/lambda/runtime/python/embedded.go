//go:build (linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64)

package python

import (
	"io/fs"
	_ "unsafe" // for go:linkname

	_ "github.com/kluctl/go-embed-python/python" // carries the files
)

// Supported says whether the program carries a CPython for this platform.
const Supported = true

// embedded is the module's file tree. The module only offers to unpack all of
// it in one go: 144 MB, three copies of the executable among them, without
// progress and without a way to stop. So its variable is read directly.
//
//go:linkname embedded github.com/kluctl/go-embed-python/python/internal/data.Data
var embedded fs.FS
