package awstest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
)

// record is the file in which a run writes down what it makes, before it does: a
// JSON object a line. A run that is killed leaves the file, and the next one deletes
// what it says. When all is deleted there is no file.
type record struct {
	path, account, region string

	mu   sync.Mutex
	file *os.File
	left []thing // written down and not deleted
}

// entry is one line.
type entry struct {
	Account string // twelve digits
	Region  string
	Kind    string // "table"
	Name    string
	Deleted bool `json:",omitempty"` // it was written down before and is deleted
}

// openRecord opens the record of an account and region, or begins one.
func openRecord(path, account, region string) (*record, error) {
	r := &record{path: path, account: account, region: region}
	content, err := os.ReadFile(path) //nolint:gosec // whoever runs the suite names it
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lines := bytes.SplitAfter(content, []byte("\n"))
	// Of a line that was not finished nothing was made.
	for n, line := range lines[:len(lines)-1] {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("%s:%d is no record of a contract run: %w", path, n+1, err)
		}
		if e.Account != account || e.Region != region {
			return nil, fmt.Errorf("%s is the record of account %s in %s, not of %s in %s", path, e.Account, e.Region, account, region)
		}
		i := slices.IndexFunc(kinds(), func(k *kind) bool { return k.title == e.Kind })
		if i < 0 {
			return nil, fmt.Errorf("%s:%d is of an unknown kind, %q", path, n+1, e.Kind)
		}
		u := thing{kinds()[i], e.Name}
		if r.left = slices.DeleteFunc(r.left, func(t thing) bool { return t == u }); !e.Deleted {
			r.left = append(r.left, u)
		}
	}
	if r.file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600); err != nil { //nolint:gosec // the same
		return nil, err
	}
	whole := int64(len(content) - len(lines[len(lines)-1]))
	_, err = r.file.Seek(whole, io.SeekStart)
	if err := errors.Join(err, r.file.Truncate(whole)); err != nil {
		return nil, errors.Join(err, r.file.Close())
	}
	return r, nil
}

// add writes down what is about to be made; when it returns, the disk has it.
func (r *record) add(u thing) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = append(r.left, u)
	return r.write(u, false)
}

// deleted writes down that something is no more.
func (r *record) deleted(u thing) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = slices.DeleteFunc(r.left, func(t thing) bool { return t == u })
	return r.write(u, true)
}

func (r *record) write(u thing, deleted bool) error {
	line, err := json.Marshal(entry{r.account, r.region, u.kind.title, u.name, deleted})
	if err != nil {
		return err
	}
	if _, err := r.file.Write(append(line, '\n')); err != nil {
		return err
	}
	return r.file.Sync()
}

// remaining are the things that were written down and not deleted.
func (r *record) remaining() []thing {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.left)
}

// close ends the record; it goes when nothing is left of what it says.
func (r *record) close() error {
	if err := r.file.Close(); err != nil || len(r.remaining()) > 0 {
		return err
	}
	return os.Remove(r.path)
}
