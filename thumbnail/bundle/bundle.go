// Package bundle packs the thumbnail function for AWS: its Go program, built by
// the Go tool, as the .zip file that Lambda's provided.al2023 takes.
package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// program is the function's import path.
const program = "awslab/thumbnail/lambda"

// ErrNoSource is a place without the function's source, or without the Go tool.
var ErrNoSource = errors.New("the function's Go source and the Go tool are needed to build it")

// Available reports whether Build can be tried in a folder: the Go tool is there, and
// finds the source.
func Available(ctx context.Context, folder string) bool {
	tool, err := exec.LookPath("go")
	if err != nil {
		return false
	}
	find := exec.CommandContext(ctx, tool, "list", program) //nolint:gosec // the Go tool of the user's PATH
	find.Dir = folder
	return find.Run() == nil
}

// Build builds the function for Linux on an architecture of Go's ("amd64",
// "arm64"), in the folder of the module, and packs it. It takes some seconds the
// first time. The error is ErrNoSource where it cannot be built at all.
func Build(ctx context.Context, folder, architecture string) (packed []byte, err error) {
	tool, err := exec.LookPath("go")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoSource, err)
	}
	out, err := os.MkdirTemp("", "awslab-bundle-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(out)) }()
	bootstrap := filepath.Join(out, "bootstrap")
	build := exec.CommandContext(ctx, tool, "build", "-tags", "lambda.norpc", "-ldflags", "-s -w", "-o", bootstrap, program) //nolint:gosec // the Go tool of the user's PATH
	build.Dir = folder
	build.Env = append(os.Environ(), "GOOS=linux", "GOARCH="+architecture, "CGO_ENABLED=0")
	build.WaitDelay = time.Second // its compilers may outlive it when it is given up
	if said, err := build.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %w: %s", ErrNoSource, err, bytes.TrimSpace(said))
	}
	content, err := os.ReadFile(bootstrap) // #nosec G304 -- it was just built
	if err != nil {
		return nil, err
	}
	return pack(content)
}

// pack makes the .zip file of a program. The same program gives the same bytes.
func pack(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	header := &zip.FileHeader{Name: "bootstrap", Method: zip.Deflate}
	header.SetMode(0o755)
	entry, err := archive.CreateHeader(header)
	if err == nil {
		_, err = entry.Write(content)
	}
	err = errors.Join(err, archive.Close())
	return packed.Bytes(), err
}
