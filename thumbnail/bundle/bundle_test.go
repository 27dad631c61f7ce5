package bundle_test

import (
	"archive/zip"
	"bytes"
	"context"
	"debug/elf"
	"errors"
	"io"
	"os/exec"
	"runtime"
	"testing"

	"awslab/thumbnail/bundle"
)

func TestBuild(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no Go tool here")
	}
	machine, ok := map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[runtime.GOARCH]
	if !ok {
		t.Skip("Lambda runs on no computer like this one")
	}
	if !bundle.Available(t.Context(), ".") {
		t.Error("it cannot be built here")
	}
	packed, err := bundle.Build(t.Context(), ".", runtime.GOARCH)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil || len(archive.File) != 1 {
		t.Fatalf("%v, %v", archive, err)
	}
	f := archive.File[0]
	if f.Name != "bootstrap" || f.Mode().Perm() != 0o755 {
		t.Errorf("it holds %s with the mode %v", f.Name, f.Mode())
	}
	content, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	program, err := io.ReadAll(content)
	if err := errors.Join(err, content.Close()); err != nil {
		t.Fatal(err)
	}
	built, err := elf.NewFile(bytes.NewReader(program))
	if err != nil || built.Machine != machine {
		t.Errorf("the program is %+v, %v", built, err)
	}
}

func TestBuildElsewhere(t *testing.T) {
	t.Parallel()
	if _, err := bundle.Build(t.Context(), t.TempDir(), "amd64"); !errors.Is(err, bundle.ErrNoSource) {
		t.Errorf("without the source it gives %v", err)
	}
	if bundle.Available(t.Context(), t.TempDir()) {
		t.Error("without the source it can be built")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bundle.Build(ctx, ".", "amd64"); !errors.Is(err, context.Canceled) && !errors.Is(err, bundle.ErrNoSource) {
		t.Errorf("given up, it gives %v", err)
	}
}
