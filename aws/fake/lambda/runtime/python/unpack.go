package python

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// manifest is the list of the embedded files.
type manifest struct {
	ContentHash string `json:"contentHash"` // SHA-256 in hex
	Files       []file `json:"files"`
}

// file is one entry of the manifest.
type file struct {
	Name       string      `json:"name"` // slash-separated, from the root of the tree
	Size       int64       `json:"size"` // unpacked, in bytes
	Mode       fs.FileMode `json:"perm"`
	Compressed bool        `json:"compressed"` // stored as Name.gz
}

// readManifest gives the list of a tree, reduced to what functions need.
func readManifest(tree fs.FS) (manifest, error) {
	var list manifest
	data, err := fs.ReadFile(tree, "files.json")
	if err != nil {
		return list, fmt.Errorf("reading the list of Python's files: %w", err)
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return list, fmt.Errorf("reading the list of Python's files: %w", err)
	}
	kept := list.Files[:0]
	for _, f := range list.Files {
		// The list of a tree packed on Windows has backslashes.
		f.Name = strings.ReplaceAll(f.Name, `\`, "/")
		if f.Mode.IsRegular() && needed(f.Name) {
			kept = append(kept, f)
		}
	}
	list.Files = kept
	return list, nil
}

// unneeded are the names, anywhere in a path, of what no function can use: a
// console program has no Tk, and the executable holds all of libpython.
var unneeded = []string{
	"config-3.*", "libpython3*", "libtcl*", "itcl*", "thread*.*.*", "tcl", "tcl8*", "tk8*",
	"_tkinter.*", "tkinter", "idlelib", "turtle.py", "turtledemo", "ensurepip", "pythonw.exe",
	"_test*", "_ctypes_test.*", "xx*", "pydoc_data", "__phello__", "pip", "pip-*",
}

// needed tells whether a file is unpacked. Of bin only the executable is: the
// rest are scripts and links.
func needed(name string) bool {
	parts := strings.Split(name, "/")
	if parts[0] == "bin" {
		return strings.HasPrefix(parts[1], "python3.") && !strings.HasSuffix(name, "-config")
	}
	for _, part := range parts {
		for _, pattern := range unneeded {
			if match, err := path.Match(pattern, part); err != nil || match {
				return false
			}
		}
	}
	return true
}

// unpack writes the files of a list into a folder, and tells how many bytes it
// has written. It stops when ctx ends.
func unpack(ctx context.Context, tree fs.FS, list []file, folder string, progress func(done int64)) error {
	var done int64
	for _, f := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := unpackFile(tree, f, filepath.Join(folder, filepath.FromSlash(f.Name))); err != nil {
			return fmt.Errorf("unpacking Python: %w", err)
		}
		done += f.Size
		progress(done)
	}
	return nil
}

func unpackFile(tree fs.FS, f file, target string) (err error) {
	stored := f.Name
	if f.Compressed {
		stored += ".gz"
	}
	in, err := tree.Open(stored)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	var from io.Reader = in
	if f.Compressed {
		if from, err = gzip.NewReader(in); err != nil {
			return fmt.Errorf("%s: %w", stored, err)
		}
	}
	return write(target, io.LimitReader(from, f.Size+1), f.Mode.Perm()&0o755, f.Size)
}

// write makes a file, and the folders above it, of size bytes that it reads.
func write(target string, from io.Reader, mode fs.FileMode, size int64) (err error) {
	if err := os.MkdirAll(filepath.Dir(target), 0o750); err != nil {
		return err
	}
	out, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode) //nolint:gosec // a name of the embedded list
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	n, err := io.Copy(out, from)
	if err == nil && n != size {
		err = fmt.Errorf("%s: %d bytes instead of %d", target, n, size)
	}
	return err
}
