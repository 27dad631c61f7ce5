package runtime

import (
	"bytes"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

// usage is the memory of a process and its descendants.
type usage struct {
	root    int          // the process that was started
	kept    bool         // it is a keeper, and not counted
	program atomic.Int64 // the keeper's child

	mu     sync.Mutex // protects status
	status *os.File   // /proc/…/status of the program
	gone   bool
}

// now returns the resident bytes of all the processes.
func (u *usage) now() int64 {
	var total int64
	if !u.kept {
		total = resident(u.root)
	}
	for _, pid := range descendants(u.root) {
		total += resident(pid)
	}
	return total
}

func resident(pid int) int64 {
	content, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0 // it has ended
	}
	fields := bytes.Fields(content)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// most returns how many resident bytes the program's process ever had.
func (u *usage) most() int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.gone {
		return 0
	}
	if !u.open() {
		return u.now() // the keeper has not told yet
	}
	buffer := make([]byte, 4<<10)
	n, err := u.status.ReadAt(buffer, 0)
	if n == 0 && err != nil {
		return 0
	}
	return highWater(buffer[:n])
}

// open opens the status file of the program, which stays that of this process
// even when its number is used again.
func (u *usage) open() bool {
	if u.status != nil {
		return true
	}
	pid := u.root
	if u.kept {
		if pid = int(u.program.Load()); pid == 0 {
			return false
		}
	}
	file, err := os.Open("/proc/" + strconv.Itoa(pid) + "/status")
	u.status = file
	return err == nil
}

// highWater reads the line "VmHWM:     1234 kB".
func highWater(status []byte) int64 {
	_, rest, found := bytes.Cut(status, []byte("\nVmHWM:"))
	fields := bytes.Fields(rest)
	if !found || len(fields) == 0 {
		return 0
	}
	kilobytes, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}

func (u *usage) close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.gone = true
	if u.status != nil {
		_ = u.status.Close() // it was only read
	}
}
