package store

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// files counts the files in the folder of the blobs.
func files(t *testing.T, o *Objects) int {
	t.Helper()
	found, err := os.ReadDir(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

// settled waits until no spares are being made, and gives how many there are.
func settled(o *Objects) int {
	o.spares.maker.Wait()
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.spares.ready)
}

func TestSparesGrowWithUse(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	if n := settled(o); n != 0 {
		t.Fatalf("%d blobs were made before one was written", n)
	}
	last := 0
	for n := range 300 {
		b := written(t, o, "content")
		b.Release()
		now := settled(o)
		if now > mostSpares || now > 2*(n+1) {
			t.Fatalf("%d spares after %d blobs", now, n+1)
		}
		last = max(last, now)
	}
	if last != mostSpares/2 { // the rest is for old blobs' files
		t.Errorf("there were %d spares at most, want %d", last, mostSpares/2)
	}
	o.Close()
	if n := files(t, o); n != 300 {
		t.Errorf("%d files are left, want those of the blobs", n)
	}
	written(t, o, "after the end").Release()
	if n := settled(o); n != 0 {
		t.Errorf("%d spares were made after the end", n)
	}
	o.Close()
}

func TestSparesAreNotSwept(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	written(t, o, "left").Release()
	if settled(o) == 0 {
		t.Fatal("there are no spares")
	}
	none := func(BlobID) (bool, error) { return false, nil }
	if err := o.Sweep(nil, none); err != nil {
		t.Fatal(err)
	}
	b := written(t, o, "content")
	if !b.named || !exists(t, o, b.ID) {
		t.Error("the spare was swept")
	}
	o.Close()
	if n := files(t, o); n != 1 {
		t.Errorf("%d files are left, want the blob's", n)
	}
}

// TestOldBlobBecomesASpare looks into the file of a blob that was removed, as a
// spare and with the content of the next one.
func TestOldBlobBecomesASpare(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("what was there before ", 10)
	for name, test := range map[string]struct {
		old, next string
		left      int64 // bytes of the old content in the spare
	}{
		"a shorter one":        {long, "short", int64(len(long))},
		"a longer one":         {"short", long, 5},
		"one as long":          {"first", "other", 5},
		"as much as is left":   {strings.Repeat("x", mostLeft), "short", mostLeft},
		"more than is left":    {strings.Repeat("x", mostLeft+1), "short", 0},
		"one without anything": {"", "short", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := OpenObjects(t.TempDir(), nil)
			defer o.Close()
			removed := recycled(t, o, test.old)
			if removed.Size() != test.left {
				t.Errorf("%d bytes are left in the spare, want %d", removed.Size(), test.left)
			}
			for range 2 * mostSpares {
				b := written(t, o, test.next)
				b.Release()
				settled(o)
				now, err := os.Stat(o.Path(b.ID))
				if err != nil {
					t.Fatal(err)
				}
				content, err := os.ReadFile(o.Path(b.ID))
				if err != nil || string(content) != test.next {
					t.Fatalf("blob %s has %q, %v", b.ID, content, err)
				}
				if os.SameFile(removed, now) {
					return
				}
			}
			t.Error("its file was never used again")
		})
	}
}

// recycled removes a blob when a spare is wanted, and gives what its file is then.
func recycled(t *testing.T, o *Objects, content string) os.FileInfo {
	t.Helper()
	old := written(t, o, content)
	old.Release()
	for settled(o) >= o.spares.want { // until there is one less than is wanted
		old = written(t, o, content)
		old.Release()
	}
	before, err := os.Stat(o.Path(old.ID))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Remove(old.ID); err != nil {
		t.Fatal(err)
	}
	settled(o)
	if exists(t, o, old.ID) {
		t.Error("the blob still has its name")
	}
	for _, b := range slices.Concat(o.spares.ready, o.spares.fresh) {
		if now, err := os.Stat(o.Path(b.ID)); err != nil || os.SameFile(before, now) {
			return now
		}
	}
	t.Fatal("its file is no spare")
	return nil
}

// TestSparesAreNeverMoreThanWanted removes blobs while the files of others become
// spares.
func TestSparesAreNeverMoreThanWanted(t *testing.T) {
	t.Parallel()
	begun, gate := make(chan struct{}, 1), make(chan struct{})
	o := OpenObjects(t.TempDir(), func(name string, flag int, mode os.FileMode) (*os.File, error) {
		if flag == os.O_WRONLY { // the file of an old blob
			select {
			case begun <- struct{}{}:
			default:
			}
			<-gate
		}
		return os.OpenFile(name, flag, mode)
	})
	var blobs []BlobID
	write := func() {
		b := written(t, o, "content")
		b.Release()
		blobs = append(blobs, b.ID)
	}
	for range 4 * mostSpares {
		write()
		settled(o)
	}
	for settled(o) > mostSpares/2 { // so few that as many more are wanted
		write()
	}
	if err := o.Remove(blobs[:mostSpares]...); err != nil {
		t.Fatal(err)
	}
	<-begun
	if err := o.Remove(blobs[mostSpares:]...); err != nil {
		t.Fatal(err)
	}
	close(gate)
	settled(o)
	if n := files(t, o); n != mostSpares {
		t.Errorf("%d files are left, want those of %d spares", n, mostSpares)
	}
	o.Close()
	if n := files(t, o); n != 0 {
		t.Errorf("%d files are left in the end", n)
	}
}

// TestSparesOnAFailingDisk fails when files are made, and heals.
func TestSparesOnAFailingDisk(t *testing.T) {
	t.Parallel()
	var failing atomic.Bool
	o := OpenObjects(t.TempDir(), func(name string, flag int, mode os.FileMode) (*os.File, error) {
		if failing.Load() {
			return nil, &os.PathError{Op: "open", Path: name, Err: syscall.ENOSPC}
		}
		return os.OpenFile(name, flag, mode)
	})
	written(t, o, "content").Release()
	failing.Store(true)
	failures := 0
	for range 2 * mostSpares {
		b, err := o.Create()
		switch {
		case errors.Is(err, ErrFull):
			failures++
		case err != nil:
			t.Fatal(err)
		default: // a spare
			if err := b.Discard(); err != nil {
				t.Error(err)
			}
		}
		settled(o)
	}
	if failures == 0 {
		t.Error("nobody was told that the disk is full")
	}
	failing.Store(false)
	for range 4 {
		written(t, o, "content").Release()
		settled(o)
	}
	if settled(o) == 0 {
		t.Error("no spares are made on a disk that is well again")
	}
	o.Close()
	if n := files(t, o); n != 5 {
		t.Errorf("%d files are left, want 5", n)
	}
}

// TestBlobsComeAndGo writes, reads and removes from many sides at once.
func TestBlobsComeAndGo(t *testing.T) {
	t.Parallel()
	o := OpenObjects(t.TempDir(), nil)
	var group sync.WaitGroup
	for writer := range 8 {
		group.Go(func() {
			for n := range 100 {
				content := bytes.Repeat([]byte{byte(writer), byte(n)}, 1+n*writer)
				b, err := o.Create()
				if err == nil {
					_, err = b.Write(content)
				}
				if err == nil {
					err = b.Seal()
				}
				if err != nil {
					t.Error(err)
					return
				}
				b.Release()
				if !o.Pin(b.ID) {
					t.Error("the blob cannot be pinned")
					return
				}
				var read []byte
				f, err := o.Open(b.ID, int64(len(content)))
				if err == nil {
					read, err = io.ReadAll(f)
					err = errors.Join(err, f.Close())
				}
				if err != nil || !bytes.Equal(read, content) {
					t.Errorf("read %d bytes of %d, %v", len(read), len(content), err)
				}
				if err := errors.Join(o.Remove(b.ID), o.Unpin(b.ID)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	o.Close()
	if n := files(t, o); n != 0 {
		t.Errorf("%d files are left", n)
	}
}
