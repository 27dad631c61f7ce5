package python

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// version is that of the embedded CPython.
const version = "3.14.6"

// ErrUnsupported says that there is no embedded CPython for this platform.
var ErrUnsupported = errors.New("no Python is embedded for " + runtime.GOOS + "/" + runtime.GOARCH)

// library is what stands around the interpreter, in Python: main.py, the
// bootstrap and the stand-ins for packages.
//
//go:embed library/*.py library/*/*.py library/*/*/*.py
var library embed.FS

// Interpreter is a CPython that is unpacked and ready to run functions.
type Interpreter struct {
	home string // folder
}

// Prepare gives the interpreter that lies in the folder cache, and unpacks it
// there if it is the first to ask: some 55 MB and about two seconds. How far it
// is, as a part of a total, is told to progress, which may be nil. Other processes may do the same at the same time. The folders of other
// versions are removed once nobody has asked for them for a day.
//
// When ctx ends it stops, leaves nothing behind and gives ctx's error. On a
// platform without an embedded CPython the error is [ErrUnsupported].
func Prepare(ctx context.Context, cache string, progress func(done, total int64)) (*Interpreter, error) {
	if !Supported {
		return nil, ErrUnsupported
	}
	if progress == nil {
		progress = func(int64, int64) {}
	}
	list, err := readManifest(embedded)
	if err != nil {
		return nil, err
	}
	if cache, err = filepath.Abs(cache); err != nil {
		return nil, fmt.Errorf("preparing Python: %w", err)
	}
	name, err := folderName(list)
	if err != nil {
		return nil, err
	}
	i := &Interpreter{home: filepath.Join(cache, name)}
	if _, err := os.Stat(i.home); errors.Is(err, fs.ErrNotExist) {
		if err := i.install(ctx, list.Files, progress); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, fmt.Errorf("preparing Python: %w", err)
	}
	// The time of the folder says when it was last asked for; without the right
	// to set it, it is merely removed early by another version.
	now := time.Now()
	_ = os.Chtimes(i.home, now, now)
	sweep(cache, name, now)
	return i, nil
}

// Installed gives the interpreter that lies in the folder cache, if one does.
func Installed(cache string) (*Interpreter, bool) {
	list, err := readManifest(embedded)
	if err != nil {
		return nil, false
	}
	name, err := folderName(list)
	if err != nil {
		return nil, false
	}
	home := filepath.Join(cache, name)
	info, err := os.Stat(home)
	return &Interpreter{home: home}, err == nil && info.IsDir()
}

// folderName is a name that changes with whatever the folder holds.
func folderName(list manifest) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, list.ContentHash, strings.Join(unneeded, " "))
	err := fs.WalkDir(library, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := library.ReadFile(name)
		fmt.Fprintln(sum, name, len(data))
		sum.Write(data)
		return err
	})
	return "python-" + version + "-" + hex.EncodeToString(sum.Sum(nil)[:6]), err
}

// install makes the folder: under another name first, so that it is complete
// when it appears.
func (i *Interpreter) install(ctx context.Context, list []file, progress func(done, total int64)) (err error) {
	if err := os.MkdirAll(filepath.Dir(i.home), 0o750); err != nil {
		return fmt.Errorf("preparing Python: %w", err)
	}
	temporary, err := os.MkdirTemp(filepath.Dir(i.home), "python-unfinished-")
	if err != nil {
		return fmt.Errorf("preparing Python: %w", err)
	}
	defer func() {
		if left := os.RemoveAll(temporary); left != nil {
			err = errors.Join(err, fmt.Errorf("removing what was unpacked of Python: %w", left))
		}
	}()
	work := newEffort(list, progress)
	if err := unpack(ctx, embedded, list, temporary, work.unpacked); err != nil {
		return err
	}
	if err := os.CopyFS(temporary, library); err != nil {
		return fmt.Errorf("unpacking Python: %w", err)
	}
	if err := (&Interpreter{home: temporary}).compile(ctx, work.compiled); err != nil {
		return err
	}
	work.finish()
	if err := os.Rename(temporary, i.home); err != nil {
		if _, found := os.Stat(i.home); found != nil {
			return fmt.Errorf("preparing Python: %w", err)
		}
		// Another process was faster, and its folder holds the same.
	}
	return nil
}

// sweep removes the folders of other versions, and what killed processes left
// unfinished, when nobody touched them for a day. What cannot be removed is
// left for the next time.
func sweep(cache, keep string, now time.Time) {
	entries, err := os.ReadDir(cache)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.Name() == keep || !strings.HasPrefix(entry.Name(), "python-") {
			continue
		}
		if info, err := entry.Info(); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(filepath.Join(cache, entry.Name()))
		}
	}
}

// Command gives the program and arguments that run the bootstrap: unbuffered,
// so that a function that is killed has said what it said, in UTF-8, without
// the user's own packages, and without writing bytecode.
func (i *Interpreter) Command() []string {
	return []string{i.executable(), "-u", "-P", "-s", "-B", "-X", "utf8", filepath.Join(i.home, "library", "main.py")}
}

// Folders gives what a confined process must be able to read and execute.
func (i *Interpreter) Folders() []string { return []string{i.home} }

// Version names the interpreter, such as "CPython 3.14.6".
func (i *Interpreter) Version() string { return "CPython " + version }
