//go:build unix

package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	goruntime "runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// What a worker tells its parent, a line each, over its standard input, which
// is a socket.
const (
	sayPID     = "pid "     // the process of the program
	sayExit    = "exit "    // how the program ended
	sayRefused = "refused " // why it could not be started
)

// controlFD is the worker's socket to its parent.
const controlFD = 0

// say tells the parent something. A parent that is gone need not be told.
func say(what, text string) {
	_, _ = unix.Write(controlFD, []byte(what+text+"\n"))
}

// work does what the plan on the standard input says.
func work() error {
	var p plan
	if err := json.NewDecoder(os.Stdin).Decode(&p); err != nil {
		return fmt.Errorf("a function's worker got no plan: %w", err)
	}
	if err := limits(p.Confine != nil); err != nil {
		return err
	}
	if p.Confine != nil {
		if err := confine(*p.Confine); err != nil {
			say(sayRefused, err.Error())
			return nil
		}
	}
	switch {
	case p.Check != nil:
		return p.Check.work()
	case p.QuickJS:
		return becomeQuickJS(p)
	case len(p.Args) == 0:
		return nil
	case p.Confine != nil:
		return become(p)
	}
	return keep(p)
}

// limits sets what a process may open and, where that counts nobody else's,
// how many it may start: as many as in Lambda. Nothing dumps core.
func limits(confined bool) error {
	if err := lower(unix.RLIMIT_CORE, 0); err != nil {
		return err
	}
	if !confined {
		return nil
	}
	if err := lower(unix.RLIMIT_NPROC, 1024); err != nil {
		return err
	}
	return lower(unix.RLIMIT_NOFILE, 1024)
}

func lower(resource int, most uint64) error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(resource, &limit); err != nil {
		return err
	}
	limit.Cur, limit.Max = min(limit.Cur, most), min(limit.Max, most)
	return unix.Setrlimit(resource, &limit)
}

// become replaces this process by the program.
func become(p plan) error {
	if err := unix.Chdir(p.Dir); err != nil {
		return err
	}
	null, err := unix.Open(os.DevNull, unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	control, err := unix.FcntlInt(controlFD, unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return err
	}
	if err := duplicate(null, controlFD); err != nil {
		return err
	}
	err = whenFree(func() error {
		return syscall.Exec(p.Args[0], p.Args, p.Env) //nolint:gosec // the function's own program
	})
	_, _ = unix.Write(control, []byte(sayRefused+"fork/exec "+p.Args[0]+": "+err.Error()+"\n"))
	return nil
}

// whenFree starts a program, again and again for a while when its file is
// still open for writing: by another process that our parent started while it
// unpacked the file, and that has not gone on to its own program yet.
func whenFree(start func() error) error {
	for wait := time.Millisecond; ; wait *= 2 {
		err := start()
		if !errors.Is(err, syscall.ETXTBSY) || wait > time.Second {
			return err
		}
		time.Sleep(wait)
	}
}

// keep runs the program and waits for it. When it ends, or the parent does or
// asks for it, keep ends all that the program started and removes its folder.
func keep(p plan) error {
	goruntime.LockOSThread() // the program dies with the thread that started it
	if err := adoptOrphans(); err != nil {
		return err
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if p.Restrict != nil {
		if err := restrict(*p.Restrict); err != nil {
			return err
		}
	}
	var pid int
	err = whenFree(func() (err error) {
		pid, err = syscall.ForkExec(p.Args[0], p.Args, &syscall.ProcAttr{ //nolint:gosec // the function's own program
			Dir: p.Dir, Env: p.Env, Files: []uintptr{null.Fd(), 1, 2}, Sys: keptAttributes(),
		})
		return err
	})
	if err != nil {
		say(sayRefused, "fork/exec "+p.Args[0]+": "+err.Error())
		return free(func() error { return os.RemoveAll(p.Temp) })
	}
	say(sayPID, fmt.Sprint(pid))
	go func() {
		awaitEOF()
		endTree(pid)
	}()
	status := reap(pid)
	return free(func() error {
		endTree(pid)
		for reap(-1) != "" {
			endTree(pid) // what was handed to us in between
		}
		say(sayExit, status)
		return os.RemoveAll(p.Temp)
	})
}

// free runs f on another OS thread than that which the program's rules hold
// for.
func free(f func() error) error {
	done := make(chan error)
	go func() { done <- f() }()
	return <-done
}

// awaitEOF returns when the parent has closed its end or is gone.
func awaitEOF() {
	buffer := make([]byte, 16)
	for {
		if n, err := unix.Read(controlFD, buffer); n <= 0 && err != unix.EINTR {
			return
		}
	}
}

// reap waits for the end of a child and says how it ended; other children that
// end before are taken too. With -1 it waits for any. "" says that there is none.
func reap(pid int) string {
	for {
		var status syscall.WaitStatus
		ended, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return ""
		case pid < 0 || ended == pid:
			return describeEnd(status)
		}
	}
}

// describeEnd says it as os.ProcessState does.
func describeEnd(status syscall.WaitStatus) string {
	if status.Signaled() {
		return "signal: " + status.Signal().String()
	}
	return fmt.Sprint("exit status ", status.ExitStatus())
}

// endTree kills the program's process group and, where they can be found, all
// other processes that came of it.
func endTree(pid int) {
	_ = unix.Kill(-pid, unix.SIGKILL) // gone already, if it fails
	for _, descendant := range descendants(os.Getpid()) {
		_ = unix.Kill(descendant, unix.SIGKILL)
	}
}
