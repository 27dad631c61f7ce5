// Package deployment reads deployment packages: the zip files that hold the
// code of functions. It trusts nothing in them.
package deployment

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
)

// What a package may hold.
const (
	MaxUnzipped = 262144000 // bytes of all files together; a package must be smaller
	maxEntries  = 100_000
	maxPath     = 1024 // bytes
	maxName     = 255  // bytes of one part of a path
)

// The ways in which a package is refused; test for one with errors.Is.
var (
	ErrBroken = errors.New("the file is not a zip file that can be read")
	ErrUnsafe = errors.New("the zip file holds an entry that may not be unpacked")
	ErrTooBig = errors.New("the zip file holds too much")
)

// refusal is an entry that was refused, and why.
type refusal struct {
	class error
	entry string
	why   string
}

func (r *refusal) Error() string { return fmt.Sprintf("%v: %q %s", r.class, r.entry, r.why) }

func (r *refusal) Unwrap() error { return r.class }

// Reason is what was wrong with which entry, for a person to read; "" when err
// has none.
func Reason(err error) string {
	var r *refusal
	if !errors.As(err, &r) {
		return ""
	}
	return fmt.Sprintf("%q %s", r.entry, r.why)
}

// Package is a zip file whose directory was read and found safe.
type Package struct {
	files   []file
	folders []string // parents before what is in them
}

type file struct {
	path  string // local to where it is unpacked, with the system's separators
	entry *zip.File
}

// Open reads a zip file's directory. It refuses paths that are absolute or lead
// out, links and devices, two entries of one name, a name that is both a file
// and a folder, and encrypted entries.
func Open(r io.ReaderAt, size int64) (*Package, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if len(archive.File) > maxEntries {
		return nil, &refusal{ErrTooBig, archive.File[maxEntries].Name, fmt.Sprintf("is one of more than %d entries", maxEntries)}
	}
	p := &Package{}
	known := names{}
	for _, entry := range archive.File {
		if err := p.add(entry, known); err != nil {
			return nil, err
		}
	}
	return p, p.checkSize()
}

// add takes in one entry.
func (p *Package) add(entry *zip.File, known names) error {
	refuse := func(why string) error { return &refusal{ErrUnsafe, entry.Name, why} }
	name, folder := strings.CutSuffix(entry.Name, "/")
	path := filepath.FromSlash(name)
	if name == "." && folder {
		return nil
	}
	switch mode := entry.Mode(); {
	case !filepath.IsLocal(path) || filepath.Clean(path) != path && !strings.HasPrefix(name, "./"):
		return refuse("is not a path within the package")
	case len(name) > maxPath || strings.ContainsRune(name, 0):
		return refuse("is not a path that can be unpacked")
	case mode&fs.ModeSymlink != 0:
		return refuse("is a symbolic link")
	case !folder && !mode.IsRegular() && !mode.IsDir():
		return refuse("is no regular file")
	case entry.Flags&1 != 0:
		return refuse("is encrypted")
	}
	path = filepath.Clean(path)
	for part := range strings.SplitSeq(path, string(filepath.Separator)) {
		if len(part) > maxName {
			return refuse("has a name that is too long")
		}
	}
	folder = folder || entry.Mode().IsDir()
	folders, ok := known.add(path, folder)
	if !ok {
		return refuse("is there twice")
	}
	p.folders = append(p.folders, folders...)
	if !folder {
		p.files = append(p.files, file{path, entry})
	}
	return nil
}

// checkSize believes the directory's sizes, so that a package that admits to be
// too big costs nothing; Unpack counts what is really there.
func (p *Package) checkSize() error {
	var total uint64
	for _, f := range p.files {
		total += min(f.entry.UncompressedSize64, MaxUnzipped)
		if total >= MaxUnzipped {
			return ErrTooBig
		}
	}
	return nil
}

// names are the paths of a package: true for a folder.
type names map[string]bool

// add notes a path, and the folders above it: those that are new are returned,
// the outermost first. It is not ok when the path is taken.
func (n names) add(path string, folder bool) (made []string, ok bool) {
	was, taken := n[path]
	if taken && (!folder || !was) {
		return nil, false
	}
	for parent := filepath.Dir(path); parent != "."; parent = filepath.Dir(parent) {
		isFolder, known := n[parent]
		if known && !isFolder {
			return nil, false
		}
		if known {
			break
		}
		n[parent] = true
		made = append([]string{parent}, made...)
	}
	if folder && !taken {
		made = append(made, path)
	}
	n[path] = folder
	return made, true
}
