package store

import (
	"errors"
	"os"
	"sync"
	"testing"
)

// written writes a blob and makes it durable.
func written(t *testing.T, o *Objects, content string) *Blob {
	t.Helper()
	b, err := o.Create()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	return b
}

func exists(t *testing.T, o *Objects, id BlobID) bool {
	t.Helper()
	o.spares.maker.Wait() // it may be about to use the file for another
	_, err := os.Stat(o.Path(id))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

func TestPinnedBlobStays(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	b := written(t, o, "content")
	b.Release()
	for range 2 {
		if !o.Pin(b.ID) {
			t.Fatal("the blob cannot be pinned")
		}
	}
	if err := o.Remove(b.ID); err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{true, false} {
		if !exists(t, o, b.ID) {
			t.Error("the blob went while it was pinned")
		}
		if err := o.Unpin(b.ID); err != nil {
			t.Fatal(err)
		}
		if exists(t, o, b.ID) != want {
			t.Errorf("the blob is there: %v, want %v", !want, want)
		}
	}
	if !o.Pin(b.ID) {
		t.Error("a blob that is gone, not going, can be pinned: opening it tells")
	}
	if _, err := o.Open(b.ID, 7); !errors.Is(err, ErrBlob) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening it gives %v", err)
	}
}

func TestDiscardedBlob(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	sealed := written(t, o, "content")
	unsealed, err := o.Create()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []*Blob{sealed, unsealed} {
		if !exists(t, o, b.ID) {
			t.Error("the blob is not there")
		}
		if err := b.Discard(); err != nil {
			t.Error(err)
		}
		if exists(t, o, b.ID) {
			t.Error("the blob is still there")
		}
	}
}

func TestSweepKeepsWhatIsKnown(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	nothing := func(BlobID) (bool, error) { return false, errors.New("nothing was written yet") }
	if err := o.Sweep(nil, nothing); err != nil {
		t.Errorf("sweeping no folder gives %v", err)
	}
	known, writing, left := written(t, o, "known"), written(t, o, "writing"), written(t, o, "left")
	known.Release()
	left.Release()
	knows := func(id BlobID) (bool, error) { return id == known.ID, nil }
	stopped := make(chan struct{})
	close(stopped)
	if err := o.Sweep(stopped, knows); err != nil || !exists(t, o, left.ID) {
		t.Errorf("a sweep that was stopped gives %v", err)
	}
	if err := o.Sweep(nil, knows); err != nil {
		t.Fatal(err)
	}
	if !exists(t, o, known.ID) || !exists(t, o, writing.ID) || exists(t, o, left.ID) {
		t.Error("the sweep did not delete just the leftover")
	}
	if err := o.Sweep(nil, nothing); err == nil {
		t.Error("the sweep does not tell that it could not ask")
	}
}

func TestBlobsAtOnce(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			b, err := o.Create()
			if err == nil {
				err = b.Seal()
			}
			if err != nil {
				t.Error(err)
				return
			}
			b.Release()
		})
	}
	group.Wait()
	o.Close()
	if n := files(t, o); n != 50 {
		t.Errorf("there are %d blobs, want 50", n)
	}
}
