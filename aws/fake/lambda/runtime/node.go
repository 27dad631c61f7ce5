package runtime

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"strconv"
	"strings"
	"time"
)

// oldestNode is the first version of node that the bootstrap runs on.
const oldestNode = 18

// node is the host's, if it has one.
type node struct {
	path    string // of the program itself, not of a version manager's stand-in
	version string // "v22.11.0"
}

// findNode looks for a node that serves, once. Without one the path is empty.
func (e *Engines) findNode(ctx context.Context) node {
	found, err := e.node.get(func() (node, error) {
		path := e.options.Path
		if path == "" {
			path = os.Getenv("PATH")
		}
		for _, folder := range filepath.SplitList(path) {
			if found, err := askNode(ctx, filepath.Join(folder, nodeFile)); err == nil {
				return found, nil
			}
		}
		return node{}, ctx.Err()
	})
	if err != nil {
		return node{}
	}
	return found
}

// askNode asks a program whether it is a node that serves.
func askNode(ctx context.Context, path string) (node, error) {
	if !filepath.IsAbs(path) {
		return node{}, errors.New("the path is relative")
	}
	if _, err := os.Stat(path); err != nil { //nolint:gosec // a folder of the user's PATH
		return node{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, path, "-p", `process.version + "\n" + process.execPath`) //nolint:gosec // a node of the user's PATH
	command.WaitDelay = time.Second
	output, err := command.Output()
	if err != nil {
		return node{}, err
	}
	version, program, _ := strings.Cut(strings.TrimSpace(string(output)), "\n")
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	if number, err := strconv.Atoi(major); err != nil || number < oldestNode {
		return node{}, fmt.Errorf("node %s is too old", version)
	}
	return node{path: strings.TrimSpace(program), version: strings.TrimSpace(version)}, nil
}

// describeJS says what runs nodejs functions.
func (e *Engines) describeJS() Engine {
	switch e.options.JSEngine {
	case "quickjs":
		return Engine{Name: quickJSName(), Runs: true}
	case "auto", "node":
		if found := e.findNode(context.Background()); found.path != "" {
			return Engine{Name: "Node.js " + strings.TrimPrefix(found.version, "v") + " (this computer's)", Runs: true}
		}
		if e.options.JSEngine == "auto" {
			return Engine{Name: quickJSName(), Runs: true}
		}
		return Engine{Why: fmt.Sprintf("no node of version %d or later was found on this computer", oldestNode)}
	}
	return Engine{Why: "there is no JavaScript engine of the name " + e.options.JSEngine}
}

// cached writes a file into the cache, unless it is there, and returns its
// path. Other processes may do the same at the same time.
func (e *Engines) cached(folder, name string, content []byte) (string, error) {
	folder = filepath.Join(e.options.Cache, folder, fmt.Sprintf("%x", sha256.Sum256(content))[:16])
	path := filepath.Join(folder, name)
	if present, err := os.ReadFile(path); err == nil && bytes.Equal(present, content) { //nolint:gosec // our own cache
		return path, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	temporary, err := os.CreateTemp(folder, name)
	if err != nil {
		return "", err
	}
	_, err = temporary.Write(content)
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(temporary.Name()))
	}
	return path, nil
}

// platform names this system and CPU as Go does: "linux/amd64".
func platform() string { return goruntime.GOOS + "/" + goruntime.GOARCH }
