package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"
)

// The classes of failure; test for one with errors.Is. What a caller gets is an
// *Error, which also says which file and what to do next.
var (
	ErrInUse      = errors.New("another process has the sandbox open")
	ErrReadOnly   = errors.New("the sandbox folder cannot be written to")
	ErrNotFolder  = errors.New("the path is a file, not a folder")
	ErrNoParent   = errors.New("the sandbox folder cannot be made")
	ErrFull       = errors.New("the disk is full")
	ErrCorrupt    = errors.New("the sandbox file is damaged")
	ErrNotSandbox = errors.New("the file is not a sandbox")
	ErrNewer      = errors.New("the sandbox was made by a newer version")
	ErrClosed     = errors.New("the sandbox is closed")
	ErrDisk       = errors.New("the disk did not read or write")
)

// Error is a failure of the store: its class, the path it happened at, and the
// error of the system below, if any.
type Error struct {
	Class error
	Path  string
	Cause error
}

// Error says what happened, where, and what to do next.
func (e *Error) Error() string {
	text := fmt.Sprintf("%v: %s", e.Class, e.Path)
	if e.Cause != nil {
		text += fmt.Sprintf(" (%v)", e.Cause)
	}
	if next := advice[e.Class]; next != "" {
		text += "; " + next
	}
	return text
}

// Unwrap gives the class and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Class}
	}
	return []error{e.Class, e.Cause}
}

// advice is what to do next, by class.
var advice = map[error]string{
	ErrInUse:      "close the other one, or choose another folder",
	ErrReadOnly:   "allow writing there, or choose another folder",
	ErrNotFolder:  "choose another folder",
	ErrNoParent:   "choose another folder",
	ErrNotSandbox: "choose another folder",
	ErrFull:       "free some space and try again; nothing that was acknowledged is lost",
	ErrCorrupt:    "restore the folder from a copy, or reset the sandbox",
	ErrNewer:      "update awslab, or choose another folder",
	ErrDisk:       "check the disk and try again; nothing that was acknowledged is lost",
}

// classified wraps an error of bbolt or the system as an *Error of its class.
func classified(path string, err error) error {
	var done *Error
	if err == nil || errors.As(err, &done) {
		return err
	}
	return &Error{Class: classOf(err), Path: path, Cause: err}
}

func classOf(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return ErrInUse
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen), errors.Is(err, os.ErrClosed):
		return ErrClosed
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch):
		return ErrNotSandbox
	case errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, errFault):
		return ErrCorrupt
	case isFull(err):
		return ErrFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	}
	return ErrDisk
}

// isFull recognises a full disk, quota or file-size limit. bbolt flattens the
// error to text when growing its file fails, hence the second test.
func isFull(err error) bool {
	full := []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	for _, f := range full {
		if errors.Is(err, f) || strings.Contains(err.Error(), f.Error()) {
			return true
		}
	}
	return false
}

// errFault is a panic or memory fault that reading a damaged file caused.
var errFault = errors.New("reading the file faulted")
