package runtime

import (
	"os"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// adoptOrphans makes the kernel hand this process what its descendants leave.
func adoptOrphans() error {
	return unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
}

func keptAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func duplicate(from, to int) error { return unix.Dup3(from, to, 0) }

// descendants lists the children of a process, their children and so on.
func descendants(pid int) []int {
	var all []int
	for _, child := range children(pid) {
		all = append(append(all, child), descendants(child)...)
	}
	return all
}

// children lists the children of all threads of a process.
func children(pid int) []int {
	tasks := "/proc/" + strconv.Itoa(pid) + "/task"
	folder, err := os.Open(tasks) //nolint:gosec // the kernel's
	if err != nil {
		return nil // it has ended
	}
	threads, _ := folder.Readdirnames(-1)
	_ = folder.Close() // it was only read
	var all []int
	for _, thread := range threads {
		list, err := os.ReadFile(tasks + "/" + thread + "/children") //nolint:gosec // the kernel's
		if err != nil {
			continue
		}
		for _, word := range strings.Fields(string(list)) {
			if child, err := strconv.Atoi(word); err == nil {
				all = append(all, child)
			}
		}
	}
	return all
}
