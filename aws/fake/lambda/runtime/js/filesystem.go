package js

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"

	"modernc.org/quickjs"
)

// fileSystem is what a function sees of files: its package, read-only, at /var/task and a folder of its own at /tmp.
// Nothing else exists, and symbolic links lead nowhere outside.
type fileSystem struct {
	mounts []mount
}

type mount struct {
	at       string
	root     *os.Root
	writable bool
}

func newFileSystem(task, tmp string) (*fileSystem, error) {
	f := &fileSystem{mounts: []mount{{at: "/var/task"}, {at: "/tmp", writable: true}}}
	for i, dir := range []string{task, tmp} {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		f.mounts[i].root = root
	}
	return f, nil
}

// find is the mount that holds an absolute path of the function, and the path inside it.
func (f *fileSystem) find(args []any, i int) (mount, string, error) {
	name := path.Clean("/" + text(args, i))
	for _, m := range f.mounts {
		if name == m.at {
			return m, ".", nil
		}
		if rest, ok := strings.CutPrefix(name, m.at+"/"); ok {
			return m, rest, nil
		}
	}
	return mount{}, "", syscall.ENOENT
}

// findWritable is find for a change.
func (f *fileSystem) findWritable(args []any, i int) (mount, string, error) {
	m, name, err := f.find(args, i)
	if err == nil && !m.writable {
		err = syscall.EROFS
	}
	return m, name, err
}

// hostFunctions are the prelude's file operations; their errors are thrown as Node's error codes.
func (f *fileSystem) hostFunctions() map[string]quickjs.HostFunc {
	functions := map[string]quickjs.HostFunc{
		"readFile":  f.readFile,
		"writeFile": f.writeFile,
		"stat":      f.stat,
		"readdir":   f.readdir,
		"mkdir":     f.mkdir,
		"remove":    f.remove,
		"rename":    f.rename,
	}
	for name, operation := range functions {
		functions[name] = func(args []any) (any, error) {
			result, err := operation(args)
			if err != nil {
				return nil, errors.New(errorCode(err))
			}
			return result, nil
		}
	}
	return functions
}

// readFile(path) gives the content as base64.
func (f *fileSystem) readFile(args []any) (any, error) {
	m, name, err := f.find(args, 0)
	if err != nil {
		return nil, err
	}
	data, err := m.root.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return toBase64(data), nil
}

// writeFile(path, content, append, exclusive) writes base64.
func (f *fileSystem) writeFile(args []any) (any, error) {
	m, name, err := f.findWritable(args, 0)
	if err != nil {
		return nil, err
	}
	mode := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if truth(args, 2) {
		mode = os.O_WRONLY | os.O_CREATE | os.O_APPEND
	}
	if truth(args, 3) {
		mode |= os.O_EXCL
	}
	file, err := m.root.OpenFile(name, mode, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = file.Write(fromBase64(args, 1))
	return nil, cmp.Or(err, file.Close())
}

// stat(path, link) gives [kind, size, modified in ms, permission bits]; kind is file, dir or link.
func (f *fileSystem) stat(args []any) (any, error) {
	m, name, err := f.find(args, 0)
	if err != nil {
		return nil, err
	}
	stat := m.root.Stat
	if truth(args, 1) {
		stat = m.root.Lstat
	}
	info, err := stat(name)
	if err != nil {
		return nil, err
	}
	return []any{kind(info.Mode()), float64(info.Size()), float64(info.ModTime().UnixMilli()), int(info.Mode().Perm())}, nil
}

func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "dir"
	case mode&fs.ModeSymlink != 0:
		return "link"
	}
	return "file"
}

// readdir(path) gives alternating names and kinds, sorted by name.
func (f *fileSystem) readdir(args []any) (any, error) {
	m, name, err := f.find(args, 0)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(m.root.FS(), name)
	if err != nil {
		return nil, err
	}
	list := []any{}
	for _, entry := range entries {
		list = append(list, entry.Name(), kind(entry.Type()))
	}
	return list, nil
}

// mkdir(path, parents) makes a folder, with its parents when asked.
func (f *fileSystem) mkdir(args []any) (any, error) {
	m, name, err := f.findWritable(args, 0)
	if err != nil {
		return nil, err
	}
	if truth(args, 1) {
		return nil, m.root.MkdirAll(name, 0o700)
	}
	return nil, m.root.Mkdir(name, 0o700)
}

// remove(path, all) removes a file or an empty folder, or everything below it.
func (f *fileSystem) remove(args []any) (any, error) {
	m, name, err := f.findWritable(args, 0)
	if err != nil {
		return nil, err
	}
	if truth(args, 1) {
		return nil, m.root.RemoveAll(name)
	}
	return nil, m.root.Remove(name)
}

// rename(from, to) moves a file or folder inside /tmp.
func (f *fileSystem) rename(args []any) (any, error) {
	from, old, err := f.findWritable(args, 0)
	if err != nil {
		return nil, err
	}
	_, name, err := f.findWritable(args, 1)
	if err != nil {
		return nil, err
	}
	return nil, from.root.Rename(old, name)
}

// errorCodes are Node's names of the errors a file operation may meet.
var errorCodes = []struct {
	err  error
	code string
}{
	{fs.ErrNotExist, "ENOENT"},
	{fs.ErrExist, "EEXIST"},
	{fs.ErrPermission, "EACCES"},
	{syscall.EROFS, "EROFS"},
	{syscall.EISDIR, "EISDIR"},
	{syscall.ENOTDIR, "ENOTDIR"},
	{syscall.ENOTEMPTY, "ENOTEMPTY"},
	{syscall.ENOSPC, "ENOSPC"},
	{syscall.ENAMETOOLONG, "ENAMETOOLONG"},
}

func errorCode(err error) string {
	// Removing a folder that is not empty is also fs.ErrExist.
	if errors.Is(err, syscall.ENOTEMPTY) {
		return "ENOTEMPTY"
	}
	for _, known := range errorCodes {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	return "EIO"
}
