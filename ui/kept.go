package ui

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"awslab/ui/file"
)

// Folder keeps small things of the console's own, each in a file of a folder. It
// implements page.Keeper.
type Folder struct{ path string }

// OpenFolder keeps things in a folder, which is made when the first comes.
func OpenFolder(path string) *Folder { return &Folder{path} }

// Kept gives what is kept under a name; nil when nothing is.
func (f *Folder) Kept(name string) ([]byte, error) {
	data, err := os.ReadFile(f.file(name)) // #nosec G304 -- a file of the sandbox's own folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// Put keeps something in place of what was there before.
func (f *Folder) Put(name string, data []byte) error {
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return err
	}
	return file.Replace(f.file(name), data)
}

// file is the file of a name: any name makes one, and no two the same.
func (f *Folder) file(name string) string {
	return filepath.Join(f.path, url.PathEscape(name)+".json")
}

// shortMemory keeps things while the console runs, where there is no folder.
type shortMemory struct {
	mu   sync.Mutex
	kept map[string][]byte
}

func (m *shortMemory) Kept(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.kept[name], nil
}

func (m *shortMemory) Put(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = make(map[string][]byte)
	}
	m.kept[name] = data
	return nil
}
