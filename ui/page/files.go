package page

import (
	"context"
	"os"
	"path/filepath"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

// NewFilePicker makes a picker of local files that lists folders in commands of
// the page's. It starts in the page's folder when the page calls
// picker.Open(picker.Dir()), in Init.
func NewFilePicker(env Env) *component.FilePicker {
	p := component.NewFilePicker(env.Home)
	p.Location = env.Now().Location()
	p.Read = func(path string) tea.Cmd {
		return Latest(env.Calls, "files",
			func(context.Context) ([]component.FileEntry, error) { return listFiles(path) },
			func(entries []component.FileEntry, err error) tea.Cmd { return p.SetEntries(path, entries, err) })
	}
	p.SetDir(env.Folder)
	return p
}

// listFiles lists a folder; component.ErrIsFile when the path is a file.
func listFiles(path string) ([]component.FileEntry, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, component.ErrIsFile
	}
	listed, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	entries := make([]component.FileEntry, 0, len(listed))
	for _, one := range listed {
		entry := component.FileEntry{Name: one.Name(), Folder: one.IsDir()}
		// Stat follows links: what a link leads to is what will be read.
		switch info, err := os.Stat(filepath.Join(path, one.Name())); {
		case err != nil:
			entry.Problem = "It cannot be read."
		default:
			entry.Folder, entry.Size, entry.Modified = info.IsDir(), info.Size(), info.ModTime()
			if !entry.Folder && !info.Mode().IsRegular() {
				entry.Problem = "It is no file."
			}
		}
		entries = append(entries, entry)
	}
	return entries, nil
}
