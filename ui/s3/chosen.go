package s3

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
	"unicode/utf8"
)

// chosen is a local file that is to be uploaded.
type chosen struct {
	path     string // where it is
	name     string // of the object, below the destination: "x.jpg", "folder/x.jpg"
	size     int64
	modified time.Time
	problem  string // why it cannot be uploaded; "" when it can
}

// folder is the folder below the destination that the object goes into.
func (c chosen) folder() string {
	if dir := path.Dir(c.name); dir != "." {
		return dir + "/"
	}
	return "-"
}

// mostChosen bounds how many files one upload takes.
const mostChosen = 10_000

// errTooMany tells that more files were chosen than one upload takes.
var errTooMany = fmt.Errorf("an upload takes up to %d files: choose fewer, or folders one by one", mostChosen)

// choose looks at files, and at all files below folders. What cannot be read is
// among the answers, with its problem.
func choose(ctx context.Context, paths []string) ([]chosen, error) {
	var out []chosen
	add := func(c chosen) error {
		if len(out) == mostChosen {
			return errTooMany
		}
		out = append(out, c)
		return ctx.Err()
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			err = add(chosen{path: p, name: filepath.Base(p), problem: reason(err)})
		case info.IsDir():
			err = walk(p, add)
		default:
			err = add(look(p, filepath.Base(p), info))
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// walk adds all files below a folder. Links to files are followed; links to
// folders are not, since they may lead round in circles.
func walk(root string, add func(chosen) error) error {
	base := filepath.Base(root)
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		below, relErr := filepath.Rel(root, p)
		if relErr != nil {
			return relErr
		}
		name := path.Join(base, filepath.ToSlash(below))
		switch {
		case err != nil:
			if err = add(chosen{path: p, name: name, problem: reason(err)}); err == nil && d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return err
		case d.IsDir():
			return nil
		}
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return add(chosen{path: p, name: name, problem: reason(err)})
		case info.IsDir():
			return add(chosen{path: p, name: name, problem: "It is a link to a folder."})
		}
		return add(look(p, name, info))
	})
}

// look is a file as it is found.
func look(p, name string, info fs.FileInfo) chosen {
	c := chosen{path: p, name: name, size: info.Size(), modified: info.ModTime()}
	switch {
	case !info.Mode().IsRegular():
		c.problem = "It is no file."
	case !utf8.ValidString(name):
		c.problem = "Its name is not UTF-8, as keys are."
	}
	return c
}
