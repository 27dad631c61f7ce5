package python

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compile byte-compiles all modules, and tells the name of each before it.
// Functions cannot write where the modules lie, so this is done once and for
// all; and the files never change, so Python needs not compare them with their
// sources.
func (i *Interpreter) compile(ctx context.Context, next func(name string)) error {
	cmd := exec.CommandContext(ctx, i.executable(), "-u", "-I", "-S", "-m", "compileall", //nolint:gosec // the interpreter just unpacked
		"--invalidation-mode", "unchecked-hash", stdlib, "library")
	cmd.Dir = i.home
	cmd.Env = []string{"SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	output, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("compiling Python's modules: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the embedded Python does not run here: %w", err)
	}
	said, readErr := listen(output, next)
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("the embedded Python does not run here: %w: %s %s", err, said, strings.TrimSpace(complaint.String()))
	case readErr != nil:
		return fmt.Errorf("compiling Python's modules: %w", readErr)
	}
	return nil
}

// listen reads what compileall says: lines like "Compiling 'lib/abc.py'...", of
// which the names are passed on, and complaints, of which the last is given back.
func listen(output io.Reader, next func(name string)) (complaint string, err error) {
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		name, found := strings.CutPrefix(lines.Text(), "Compiling '")
		if found {
			next(filepath.ToSlash(strings.TrimSuffix(name, "'...")))
		} else if !strings.HasPrefix(lines.Text(), "Listing ") {
			complaint = lines.Text()
		}
	}
	return complaint, lines.Err()
}

// compileCost is how much longer it takes to compile a byte of source than to
// unpack one: about 120 and 8 ns on the machine where it was measured.
const compileCost = 15

// effort measures how far the preparation is, in the time of unpacking a byte.
type effort struct {
	tell                    func(done, total int64)
	sources                 map[string]int64 // bytes, by the name of the module's file
	bytes, compiling, total int64
}

func newEffort(list []file, tell func(done, total int64)) *effort {
	e := &effort{tell: tell, sources: map[string]int64{}}
	for _, f := range list {
		e.total += f.Size
		if strings.HasSuffix(f.Name, ".py") {
			e.sources[f.Name] = f.Size
			e.total += f.Size * compileCost
		}
	}
	return e
}

// unpacked notes how many bytes have been unpacked.
func (e *effort) unpacked(bytes int64) {
	e.bytes = bytes
	e.tell(e.bytes, e.total)
}

// compiled notes that the modules before this one have been compiled.
func (e *effort) compiled(name string) {
	e.tell(e.bytes+e.compiling, e.total)
	e.compiling += e.sources[name] * compileCost
}

func (e *effort) finish() { e.tell(e.total, e.total) }
