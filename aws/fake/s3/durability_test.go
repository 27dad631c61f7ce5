package s3

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"awslab/aws"
)

// The test binary run again with these set is a writer on the folder.
const (
	writerFolder = "AWSLAB_TEST_WRITER_FOLDER"
	writerSeed   = "AWSLAB_TEST_WRITER_SEED"
)

// killRounds sets how many times the writer is killed.
const killRounds = "AWSLAB_TEST_KILLS"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerFolder); dir != "" {
		fmt.Fprintln(os.Stderr, runWriter(dir, os.Getenv(writerSeed)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// note is a line that the writer prints: before it does something, and, with
// Done, after that was acknowledged.
type note struct {
	Writer int
	Done   bool
	Key    string
	Size   int // of the content, which is pattern(Size); -1 is none
}

const (
	writers   = 4
	keysEach  = 10
	killsName = "kills"
)

// runWriter writes to the sandbox until it is killed.
func runWriter(dir, seed string) error {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return err
	}
	s, _, err := start(dir, options{seed: n})
	if err != nil {
		return err
	}
	failures := make(chan error)
	var printing sync.Mutex
	for number := range writers {
		w := writer{s, number, rand.New(rand.NewPCG(n, uint64(number))), &printing}
		go func() { failures <- w.run() }()
	}
	return <-failures
}

type writer struct {
	*sandbox
	number   int
	random   *rand.Rand
	printing *sync.Mutex
}

func (w writer) run() error {
	for {
		n, do := w.choose()
		if err := w.print(n); err != nil {
			return err
		}
		if err := do(context.Background()); err != nil {
			return err
		}
		n.Done = true
		if err := w.print(n); err != nil {
			return err
		}
	}
}

func (w writer) print(n note) error {
	line, err := json.Marshal(n)
	if err != nil {
		return err
	}
	w.printing.Lock()
	defer w.printing.Unlock()
	_, err = os.Stdout.Write(append(line, '\n'))
	return err
}

// choose picks something to write to a key of the writer's own, and says what
// will be.
func (w writer) choose() (note, func(context.Context) error) {
	n := note{Writer: w.number, Key: fmt.Sprintf("%d-%d", w.number, w.random.IntN(keysEach)), Size: w.random.IntN(3 * bufferSize)}
	if w.random.IntN(8) == 0 {
		n.Size = w.random.IntN(10)
	}
	switch w.random.IntN(8) {
	case 0:
		n.Size = -1
		return n, func(ctx context.Context) error {
			_, err := w.DeleteObject(ctx, aws.DeleteObjectInput{Bucket: killsName, Key: n.Key})
			return err
		}
	case 1, 2:
		return n, func(ctx context.Context) error { return w.multipart(ctx, n) }
	}
	return n, func(ctx context.Context) error {
		_, err := w.PutObject(ctx, aws.PutObjectInput{Bucket: killsName, Key: n.Key, Body: bytes.NewReader(pattern(n.Size))})
		return err
	}
}

// multipart writes an object of one part, and leaves a second upload behind.
func (w writer) multipart(ctx context.Context, n note) error {
	for _, complete := range []bool{false, true} {
		upload, err := w.CreateMultipartUpload(ctx, aws.CreateMultipartUploadInput{Bucket: killsName, Key: n.Key})
		if err != nil {
			return err
		}
		part, err := w.UploadPart(ctx, aws.UploadPartInput{Bucket: killsName, Key: n.Key, UploadID: upload.UploadID, PartNumber: 1, Body: bytes.NewReader(pattern(n.Size))})
		if err != nil {
			return err
		}
		if !complete {
			continue
		}
		_, err = w.CompleteMultipartUpload(ctx, aws.CompleteMultipartUploadInput{Bucket: killsName, Key: n.Key, UploadID: upload.UploadID,
			MultipartUpload: aws.CompletedMultipartUpload{Parts: []aws.CompletedPart{{PartNumber: 1, ETag: part.ETag}}}})
		if err != nil {
			return err
		}
	}
	return nil
}

// ledger is what the sandbox must hold.
type ledger struct {
	sizes  map[string]int
	begun  map[int]note // by writer, what may or may not have happened
	events int          // one for each object that was written
}

func TestKilledWriter(t *testing.T) {
	t.Parallel()
	rounds := 6
	if text := os.Getenv(killRounds); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		rounds = n
	}
	for name, versioning := range map[string]string{"one version": "", "all versions": versioningEnabled, "no more versions": versioningSuspended} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killWriters(t, rounds, versioning)
		})
	}
}

// killWriters has writers killed, round after round, in a bucket of some versioning.
func killWriters(t *testing.T, rounds int, versioning string) {
	t.Helper()
	dir := t.TempDir()
	l := ledger{sizes: map[string]int{}}
	l.visit(t, dir, func(s *sandbox) {
		s.bucketOf(t, killsName)
		if versioning != "" {
			must(t, s.PutBucketVersioning, aws.PutBucketVersioningInput{Bucket: killsName, VersioningConfiguration: aws.VersioningConfiguration{Status: versioning}})
		}
		s.notify(t, killsName, configuration("all", "f", aws.EventObjectCreated))
	})
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		l.begun = map[int]note{}
		l.writeAndKill(t, dir, round, 1+random.IntN(100))
		l.visit(t, dir, func(s *sandbox) { l.check(t, s) })
		if t.Failed() {
			t.Fatalf("after kill %d", round+1)
		}
	}
}

// visit opens the sandbox, does something and closes it again.
func (l *ledger) visit(t *testing.T, dir string, do func(*sandbox)) {
	t.Helper()
	s, stop, err := start(dir, options{})
	if err != nil {
		t.Fatal(err)
	}
	do(s)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

// writeAndKill runs a writer, kills it after so many lines, and notes all that
// it printed.
func (l *ledger) writeAndKill(t *testing.T, dir string, seed, lines int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), writerFolder+"="+dir, fmt.Sprintf("%s=%d", writerSeed, 1+seed))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(out)
	for n := 0; ; n++ {
		if n == lines {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		line, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) { // a line cut off says nothing
			break
		}
		var said note
		if err == nil {
			err = json.Unmarshal(line, &said)
		}
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if said.Done {
			l.sizes[said.Key] = said.Size
			delete(l.begun, said.Writer)
			if said.Size >= 0 {
				l.events++
			}
		} else {
			l.begun[said.Writer] = said
		}
	}
	if err := c.Wait(); c.ProcessState.Exited() {
		t.Fatalf("the writer ended by itself: %v", err)
	}
}

// check compares the sandbox with the ledger. What was begun is there in whole
// or not at all; either way the ledger takes it as it is.
func (l *ledger) check(t *testing.T, s *sandbox) {
	t.Helper()
	found := map[string]int{}
	for _, o := range must(t, s.ListObjectsV2, aws.ListObjectsV2Input{Bucket: killsName}).Contents {
		found[o.Key] = int(o.Size)
	}
	for _, n := range l.begun {
		if size, there := found[n.Key]; there && size == n.Size || !there && n.Size < 0 {
			l.sizes[n.Key] = n.Size
		}
	}
	for key, want := range l.sizes {
		size, there := found[key]
		if !there {
			size = -1
		}
		if size != want {
			t.Errorf("%s has %d bytes, want %d", key, size, want)
		}
		delete(found, key)
	}
	for key := range found {
		t.Errorf("%s is there, and nobody wrote it", key)
	}
	events := len(s.queue(t, functionName+"f"))
	if events < l.events || events > l.events+len(l.begun) {
		t.Errorf("there are %d events, want %d and at most %d more", events, l.events, len(l.begun))
	}
	l.events = events
	<-s.swept
	s.wantBlobs(t, s.versionsWhole(t)+s.partsLeft(t))
}

// versionsWhole reads all versions to their ends, and counts those that have a blob.
func (s *sandbox) versionsWhole(t *testing.T) (blobs int) {
	t.Helper()
	for in := (aws.ListObjectVersionsInput{Bucket: killsName}); ; {
		page := must(t, s.ListObjectVersions, in)
		for _, v := range page.Versions {
			out := must(t, s.GetObject, aws.GetObjectInput{Bucket: killsName, Key: v.Key, VersionID: v.VersionID})
			if content := read(t, out.Body); content != string(pattern(int(v.Size))) {
				t.Errorf("%s, version %s of %d bytes, is damaged", v.Key, v.VersionID, v.Size)
			}
			if v.Size > 0 {
				blobs++
			}
		}
		if !page.IsTruncated {
			return blobs
		}
		in.KeyMarker, in.VersionIDMarker = page.NextKeyMarker, page.NextVersionIDMarker
	}
}

// partsLeft counts the parts of uploads under way that have a blob.
func (s *sandbox) partsLeft(t *testing.T) (blobs int) {
	t.Helper()
	for in := (aws.ListMultipartUploadsInput{Bucket: killsName}); ; {
		page := must(t, s.ListMultipartUploads, in)
		for _, u := range page.Uploads {
			for _, p := range must(t, s.ListParts, aws.ListPartsInput{Bucket: killsName, Key: u.Key, UploadID: u.UploadID}).Parts {
				if p.Size > 0 {
					blobs++
				}
			}
		}
		if !page.IsTruncated {
			return blobs
		}
		in.KeyMarker, in.UploadIDMarker = page.NextKeyMarker, page.NextUploadIDMarker
	}
}
