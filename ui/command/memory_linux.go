package command

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
)

// giveBack returns to the system the memory that only the start, or a burst of
// work, needed: the heap's free part, and those pages of the program's own file
// that were read so far. Pages that are needed again come back from the system's
// cache of the file.
func giveBack() error {
	debug.FreeOSMemory()
	mapped, err := programPages()
	if err != nil {
		return fmt.Errorf("find the program's pages: %w", err)
	}
	var errs []error
	for _, m := range mapped {
		if _, _, errno := syscall.Syscall(syscall.SYS_MADVISE, m.start, m.end-m.start, syscall.MADV_DONTNEED); errno != 0 {
			errs = append(errs, fmt.Errorf("give back the program's pages: %w", errno))
		}
	}
	return errors.Join(errs...)
}

// mapping is a part of the program's file in this process's memory.
type mapping struct{ start, end uintptr }

// programPages lists the mappings of the program's file that nothing was ever
// written to: their pages are the file's, and lose nothing when they are dropped.
func programPages() (unwritten []mapping, err error) {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return nil, err
	}
	file, err := os.Open("/proc/self/smaps")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var current mapping
	ours := false
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) >= 5 && !strings.HasSuffix(fields[0], ":"):
			writable := strings.Contains(fields[1], "w")
			ours = !writable && strings.HasSuffix(lines.Text(), " "+program)
			if _, err := fmt.Sscanf(fields[0], "%x-%x", &current.start, &current.end); err != nil {
				return nil, fmt.Errorf("%q: %w", fields[0], err)
			}
		case ours && len(fields) >= 2 && fields[0] == "Anonymous:" && fields[1] == "0":
			unwritten = append(unwritten, current)
		}
	}
	return unwritten, lines.Err()
}
