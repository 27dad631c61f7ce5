//go:build !((linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64))

package python

import "io/fs"

// Supported says whether the program carries a CPython for this platform.
const Supported = false

var embedded fs.FS
