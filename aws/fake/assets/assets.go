// Package assets holds the files that a lab hands out to its learners: the same
// bytes each time.
package assets

import (
	"archive/zip"
	"bytes"
	_ "embed" // for the picture and the function's code
	"slices"
	"sync"
	"time"
)

// The names that the files go by in the lab.
const (
	HappyFaceName       = "HappyFace.jpg"
	CreateThumbnailName = "CreateThumbnail.zip"
)

// HappyFace is the lab's picture: a JPEG of 800×600 pixels, which the package's
// tests draw. The bytes are the caller's.
func HappyFace() []byte { return slices.Clone(happyFace) }

//go:embed HappyFace.jpg
var happyFace []byte

//go:embed CreateThumbnail.py
var createThumbnailPy []byte

// packed is the time that a file in the zip bears. It is fixed, so that the
// zip's hash says which code it holds, not when it was packed.
var packed = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// CreateThumbnail is the lab's function: a zip with CreateThumbnail.py, whose
// handler is CreateThumbnail.handler. The bytes are the caller's.
func CreateThumbnail() []byte { return slices.Clone(createThumbnail()) }

var createThumbnail = sync.OnceValue(func() []byte {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	// Stored as it is, the code is the same bytes whatever a compressor does.
	header := &zip.FileHeader{Name: "CreateThumbnail.py", Method: zip.Store, Modified: packed}
	header.SetMode(0o644)
	entry, err := w.CreateHeader(header)
	must(err)
	_, err = entry.Write(createThumbnailPy)
	must(err)
	must(w.Close())
	return file.Bytes()
})

// must is for writing what is known beforehand to a buffer, which cannot fail.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
