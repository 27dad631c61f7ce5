package lambda

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"

	"awslab/aws/fake/lambda/deployment"
	"awslab/aws/fake/store"
)

// codeFolder keeps the functions' zip files, each under its SHA-256, and unpacks
// them when they are needed. What is unpacked lies in a folder of this run's
// own, so that nothing that a crash left half-written is ever taken for code.
//
//	zip/<SHA-256, hexadecimal>.zip     a function's code
//	zip/<run>*.part                    one that is arriving
//	run/<run>/<SHA-256, hexadecimal>/  the same, unpacked
type codeFolder struct {
	run                  string // a name of this run's own
	zips, runs, unpacked string
	// inUse tells which codes functions have.
	inUse func() (map[string]bool, error)

	mu     sync.Mutex // protects what follows
	pins   map[string]int
	opened map[string]*unpacking
}

// unpacking is one code's folder, being made or there.
type unpacking struct {
	done chan struct{}
	err  error // set when done is closed
}

func newCodeFolder(dir, run string, inUse func() (map[string]bool, error)) *codeFolder {
	runs := filepath.Join(dir, "run")
	return &codeFolder{
		run: run, zips: filepath.Join(dir, "zip"), runs: runs, unpacked: filepath.Join(runs, run), inUse: inUse,
		pins: map[string]int{}, opened: map[string]*unpacking{},
	}
}

// fileName is a code's name on disk: base64 has characters that files cannot.
func fileName(code string) string {
	sum, err := base64.StdEncoding.DecodeString(code)
	if err != nil || len(sum) != sha256.Size {
		return "none" // no code has this name
	}
	return hex.EncodeToString(sum)
}

// pin keeps a code from being swept until it is released.
func (c *codeFolder) pin(code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pins[code]++
}

func (c *codeFolder) release(code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pins[code]--; c.pins[code] == 0 {
		delete(c.pins, code)
	}
}

// errTooLong is a zip file with more bytes than were allowed.
var errTooLong = errors.New("the zip file is too long")

// add keeps a zip file of at most limit bytes, durably, and unpacks it, which
// shows whether it is sound. The code is pinned: the caller releases it, unless
// there was an error.
func (c *codeFolder) add(zip io.Reader, limit int64) (code string, size int64, err error) {
	if err := c.makeFolders(); err != nil {
		return "", 0, err
	}
	part, err := os.CreateTemp(c.zips, c.run+"-*.part")
	if err != nil {
		return "", 0, err
	}
	defer func() {
		if removed := os.Remove(part.Name()); err == nil && !errors.Is(removed, fs.ErrNotExist) {
			err = removed
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(part, sum), io.LimitReader(zip, limit+1))
	if err == nil && size > limit {
		err = errTooLong
	}
	if err == nil {
		err = part.Sync()
	}
	if err := errors.Join(err, part.Close()); err != nil {
		return "", 0, err
	}
	code = base64.StdEncoding.EncodeToString(sum.Sum(nil))
	c.pin(code)
	if err := c.settle(part.Name(), code); err != nil {
		c.release(code)
		return "", 0, err
	}
	return code, size, nil
}

// makeFolders makes the folder of zip files, durably, unless it is there.
func (c *codeFolder) makeFolders() error {
	if _, err := os.Stat(c.zips); err == nil {
		return nil
	}
	if err := os.MkdirAll(c.zips, 0o700); err != nil {
		return err
	}
	dir := filepath.Dir(c.zips)
	return errors.Join(syncFolder(dir), syncFolder(filepath.Dir(dir)))
}

// settle unpacks a zip file that arrived, and gives it its name. The code is
// pinned, so nothing sweeps it meanwhile.
func (c *codeFolder) settle(part, code string) error {
	_, err := c.folder(code, func() (*os.File, error) { return os.Open(part) }) //nolint:gosec // our own file
	if err != nil {
		return err
	}
	if err := os.Rename(part, c.zip(code)); err != nil {
		return err
	}
	return syncFolder(c.zips)
}

func (c *codeFolder) zip(code string) string {
	return filepath.Join(c.zips, fileName(code)+".zip")
}

// openZip opens a code's zip file.
func (c *codeFolder) openZip(code string) (io.ReadCloser, error) {
	return os.Open(c.zip(code))
}

// open gives the folder with a code, unpacked. The code must be pinned.
func (c *codeFolder) open(code string) (string, error) {
	return c.folder(code, func() (*os.File, error) { return os.Open(c.zip(code)) })
}

// folder unpacks a code unless it is unpacked; one goroutine does, others wait.
func (c *codeFolder) folder(code string, zip func() (*os.File, error)) (string, error) {
	dir := filepath.Join(c.unpacked, fileName(code))
	c.mu.Lock()
	u := c.opened[code]
	if u != nil {
		c.mu.Unlock()
		<-u.done
		return dir, u.err
	}
	u = &unpacking{done: make(chan struct{})}
	c.opened[code] = u
	c.mu.Unlock()

	if u.err = c.unpack(zip, dir); u.err != nil {
		c.mu.Lock()
		delete(c.opened, code)
		c.mu.Unlock()
	}
	close(u.done)
	return dir, u.err
}

// unpack unpacks a zip file beside its place and moves it there when whole.
func (c *codeFolder) unpack(open func() (*os.File, error), dir string) (err error) {
	zip, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zip.Close()) }()
	info, err := zip.Stat()
	if err != nil {
		return err
	}
	p, err := deployment.Open(zip, info.Size())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.unpacked, 0o700); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(c.unpacked, "*.part")
	if err != nil {
		return err
	}
	if err := p.Unpack(temporary); err != nil {
		return errors.Join(err, deployment.Remove(temporary))
	}
	if err := os.Rename(temporary, dir); err != nil {
		return errors.Join(err, deployment.Remove(temporary))
	}
	return os.Chmod(dir, 0o555) //nolint:gosec // a folder, and read-only
}

// sweep deletes what no function has and nobody pinned: zip files, what is
// unpacked, and what earlier runs left. A failure leaves something for the next
// sweep.
func (c *codeFolder) sweep() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, err := c.inUse()
	if err != nil {
		return err
	}
	for code := range c.pins {
		kept[code] = true
	}
	names := make(map[string]bool, len(kept))
	for code := range kept {
		names[fileName(code)] = true
	}
	var errs []error
	for _, name := range list(c.zips) {
		if zip, ok := strings.CutSuffix(name, ".zip"); ok && !names[zip] {
			errs = append(errs, os.Remove(filepath.Join(c.zips, name)))
		}
	}
	for code, u := range c.opened {
		select {
		case <-u.done:
		default:
			continue // being unpacked
		}
		if !kept[code] {
			delete(c.opened, code)
			errs = append(errs, deployment.Remove(filepath.Join(c.unpacked, fileName(code))))
		}
	}
	return errors.Join(errs...)
}

// clear deletes what earlier runs left behind. What can't be deleted now is left
// for the next run, here and in close.
func (c *codeFolder) clear() {
	for _, name := range list(c.zips) {
		if strings.HasSuffix(name, ".part") && !strings.HasPrefix(name, c.run) {
			_ = os.Remove(filepath.Join(c.zips, name))
		}
	}
	for _, run := range list(c.runs) {
		if run != c.run {
			_ = deployment.Remove(filepath.Join(c.runs, run))
		}
	}
}

// close deletes what is unpacked, in this run and those before.
func (c *codeFolder) close() {
	c.clear()
	_ = deployment.Remove(c.unpacked)
}

// list names what is in a folder; a missing one holds nothing.
func list(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// syncFolder makes a new name in a folder durable. Windows has no such call.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir) //nolint:gosec // our own folder
	if err != nil {
		return err
	}
	// Some file systems refuse to sync a folder (EINVAL); they need not.
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

func tooLong() error {
	return badParameter("Unzipped size must be smaller than %d bytes", deployment.MaxUnzipped)
}

// codeFault words what is wrong with a zip file as Lambda does; where Lambda
// would say less than what helps, the reason follows.
func codeFault(err error) error {
	const unzip = "Could not unzip uploaded file. Please check your file, then try to upload again."
	reason := deployment.Reason(err)
	switch {
	case errors.Is(err, deployment.ErrTooBig) && reason == "":
		return tooLong()
	case errors.Is(err, deployment.ErrUnsafe), errors.Is(err, deployment.ErrTooBig):
		return badParameter("%s (%s)", unzip, reason)
	case errors.Is(err, deployment.ErrBroken):
		return badParameter(unzip)
	}
	return fmt.Errorf("keep the function's code: %w", err)
}

// inUse lists the codes that functions have.
func (s *Service) inUse() (map[string]bool, error) {
	kept := map[string]bool{}
	err := s.store.View(func(r *store.Reader) error {
		return s.each(r, "", func(f *function) bool {
			kept[f.Settings.Code] = true
			if f.Before != nil && f.busy(s.now()) {
				kept[f.Before.Code] = true
			}
			return true
		})
	})
	return kept, err
}
