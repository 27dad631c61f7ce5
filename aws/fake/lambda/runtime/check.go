package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"
)

// The bounds of a check: of the file in bytes, and of the time. A file of 20 KB takes some 30 ms, nearly all of it
// the start of a process.
const (
	largestChecked = 3 << 20
	checkLimit     = 5 * time.Second
)

// SyntaxFault is where a file of a function's code cannot be read.
type SyntaxFault struct {
	Line, Column int // from 1; the column in bytes, 0 where it is not known
	Message      string
}

// Check reads a file of a function's code as the runtime would, without running it, in a process of its own, and
// gives the first place where the syntax is wrong. It gives nil where none is, and where nothing here can tell: for
// other runtimes and other kinds of files, for files of more than 3 MB, and as long as Python is not unpacked. It
// takes at most some seconds, and ends with ctx.
func (e *Engines) Check(ctx context.Context, runtime, file string, source []byte) (*SyntaxFault, error) {
	if len(source) > largestChecked {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	var fault *SyntaxFault
	var err error
	switch family := familyOf(runtime); {
	case family == familyNode && checksJS(file):
		fault, err = e.checkJS(ctx, file, source)
	case family == familyPython && checksPython(file):
		if python, ready := e.readyPython(); ready {
			fault, err = told(python.Check(ctx, file), source)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", file, err)
	}
	if fault != nil {
		fault.settle(string(source))
	}
	return fault, nil
}

// checking is what a worker is to read.
type checking struct {
	File   string // its path in the package
	Source string
	Cache  string // of the compiled prelude
	Empty  string // a folder with nothing in it
}

// checkJS reads a file with the embedded QuickJS, whatever runs the functions.
func (e *Engines) checkJS(ctx context.Context, file string, source []byte) (fault *SyntaxFault, err error) {
	if err := e.prepareJS(); err != nil {
		return nil, err
	}
	path, err := workerProgram()
	if err != nil {
		return nil, err
	}
	empty, err := os.MkdirTemp("", "awslab-check-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(empty)) }()
	work, err := json.Marshal(plan{Check: &checking{
		File: file, Source: string(source), Cache: filepath.Join(e.options.Cache, "js"), Empty: empty,
	}})
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, path) //nolint:gosec // this program
	command.Args = []string{"awslab-check"}
	command.Env = append(workerPairs(), roleVariable+"="+roleWorker)
	return told(command, work)
}

// told runs a program that tells a fault, its column in characters, or null, as JSON.
func told(command *exec.Cmd, input []byte) (fault *SyntaxFault, err error) {
	var complaint bytes.Buffer
	command.Stdin, command.Stderr = bytes.NewReader(input), &complaint
	command.WaitDelay = time.Second
	output, err := command.Output()
	if err != nil {
		const most = 300
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(complaint.Bytes()[:min(complaint.Len(), most)]))
	}
	err = json.Unmarshal(output, &fault)
	return fault, err
}

// work reads the file and tells what came of it. It ends the process when that takes too long: there may be nobody
// left to do it.
func (c checking) work() error {
	time.AfterFunc(2*checkLimit, func() { os.Exit(1) })
	fault, err := readJS(c)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(fault)
}

// settle puts a place told in characters into the text. What is missing at the end is missing where the text ends,
// not in the empty lines after it.
func (f *SyntaxFault) settle(source string) {
	const byteOrderMark = "\uFEFF"
	lines := strings.Split(source, "\n")
	last := len(lines)
	for last > 1 && strings.TrimSpace(lines[last-1]) == "" {
		last--
	}
	if f.Line > last {
		f.Line, f.Column = last, utf8.RuneCountInString(strings.TrimRight(lines[last-1], " \t\r"))+1
	}
	f.Line = max(1, f.Line)
	if f.Column < 1 {
		f.Column = 0
		return
	}
	line := strings.TrimSuffix(lines[f.Line-1], "\r")
	at := 0
	if f.Line == 1 && strings.HasPrefix(line, byteOrderMark) {
		at = len(byteOrderMark)
	}
	for range f.Column - 1 {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	f.Column = at + 1
}
