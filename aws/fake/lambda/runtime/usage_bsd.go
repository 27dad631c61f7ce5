//go:build unix && !linux

package runtime

import (
	"bytes"
	"os/exec"
	"strconv"
	"sync/atomic"
	"time"
)

// askEvery is how often ps is asked: it takes milliseconds.
const askEvery = 200 * time.Millisecond

// usage is the memory of a process, or of the process group that a keeper
// keeps.
type usage struct {
	root    int
	kept    bool
	program atomic.Int64 // the keeper's child, whose number the group has too

	asked time.Time
	bytes int64
}

// now returns the resident bytes as ps gave them, at most a fifth of a second
// ago.
func (u *usage) now() int64 {
	if time.Since(u.asked) < askEvery {
		return u.bytes
	}
	return u.ask()
}

func (u *usage) ask() int64 {
	group := u.root
	if u.kept {
		group = int(u.program.Load())
	}
	u.asked = time.Now()
	if group == 0 {
		return 0
	}
	output, err := exec.Command("/bin/ps", "-A", "-o", "pgid=,rss=").Output() //nolint:noctx // ends at once
	if err != nil {
		return u.bytes
	}
	u.bytes = groupBytes(output, strconv.Itoa(group))
	return u.bytes
}

// groupBytes adds up what ps lists for a process group, in kilobytes.
func groupBytes(list []byte, group string) int64 {
	var total int64
	for line := range bytes.Lines(list) {
		fields := bytes.Fields(line)
		if len(fields) != 2 || string(fields[0]) != group {
			continue
		}
		if kilobytes, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
			total += kilobytes << 10
		}
	}
	return total
}

// most returns the last figure, or asks for the first.
func (u *usage) most() int64 {
	if u.asked.IsZero() {
		return u.ask()
	}
	return u.bytes
}

func (u *usage) close() {}
