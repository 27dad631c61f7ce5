package js

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/quickjs"
)

//go:embed prelude/*.js
var preludeFiles embed.FS

// preludeOrder names the prelude's files in the order in which they build on each other.
var preludeOrder = []string{
	"host", "errors", "timers", "text", "inspect", "inspectkinds", "inspectlayout", "format", "path", "buffer", "url",
	"events", "filesystem", "crypto", "util", "fetch", "clone", "intl", "process", "caught", "modules", "check", "main",
}

// preludeSource is the whole prelude as one script: each file a part of one function, with the contract among them.
func preludeSource() (string, error) {
	var s strings.Builder
	s.WriteString("(() => { 'use strict';\n")
	for _, name := range preludeOrder {
		if name == "main" {
			s.Write(contractSource)
		}
		part, err := preludeFiles.ReadFile("prelude/" + name + ".js")
		if err != nil {
			return "", err
		}
		s.Write(part)
	}
	s.WriteString("})();\n")
	return s.String(), nil
}

// prelude is the compiled prelude, from the cache folder when it is there and whole; compiling takes about as long as the rest of a start.
func prelude(vm *quickjs.VM, cache string) ([]byte, error) {
	source, err := preludeSource()
	if err != nil {
		return nil, err
	}
	file := ""
	if cache != "" {
		key := sha256.Sum256([]byte(EngineName + "\x00" + quickjs.Version() + "\x00" + runtime.GOARCH + "\x00" + source))
		file = filepath.Join(cache, "prelude-"+hex.EncodeToString(key[:16])+".qjsc")
		if code, ok := readCache(file); ok {
			return code, nil
		}
	}
	code, err := vm.Compile(source, quickjs.EvalGlobal)
	if err != nil {
		return nil, fmt.Errorf("prelude: %w", describe(err))
	}
	if file != "" {
		// A cache that cannot be written (a read-only file system) only costs time.
		_ = writeCache(file, code)
	}
	return code, nil
}

// Cache compiles the prelude into dir, made if missing, so that workers with AWSLAB_JS_CACHE=dir start faster; it is
// quick when that was done before.
func Cache(dir string) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, vm.Close()) }()
	_, err = prelude(vm, dir)
	return err
}

// A cache file is the SHA-256 of the bytecode, then the bytecode: the engine does not check what it runs.

func readCache(file string) ([]byte, bool) {
	data, err := os.ReadFile(file) //nolint:gosec // in the cache folder, named by a hash
	if err != nil || len(data) <= sha256.Size {
		return nil, false
	}
	code := data[sha256.Size:]
	return code, sha256.Sum256(code) == [sha256.Size]byte(data[:sha256.Size])
}

// writeCache writes under a name of its own and renames, so that nobody sees half a file.
func writeCache(file string, code []byte) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temporary.Name()))
		}
	}()
	sum := sha256.Sum256(code)
	_, err = temporary.Write(append(sum[:], code...))
	if err := errors.Join(err, temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}
