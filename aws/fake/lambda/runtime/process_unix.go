//go:build unix

package runtime

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// systemPath is PATH as in Lambda, as far as it exists here.
	systemPath = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin"
	nodeFile   = "node"
	// keeperLimit is how long a keeper may take to end what it keeps.
	keeperLimit = 3 * time.Second
)

func systemVariables(place) map[string]string { return nil }

// workerPairs: a worker needs no variable beside its role.
func workerPairs() []string { return nil }

func executable(info os.FileInfo) bool { return info.Mode().Perm()&0o111 != 0 }

// spawn starts this program as a worker with a plan. The caller says how it is
// stopped and goes on with follow.
func (e *Engines) spawn(work plan, attributes *syscall.SysProcAttr) (*process, *net.UnixConn, error) {
	path, err := workerProgram()
	if err != nil {
		return nil, nil, err
	}
	conn, theirs, err := socketPair()
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = theirs.Close() }() // nothing was written to it here
	command := exec.Command(path)         //nolint:noctx,gosec // this program; it ends when the environment does
	command.Args = []string{"awslab-function"}
	command.Env = []string{roleVariable + "=" + roleWorker}
	command.Dir, command.Stdin, command.SysProcAttr = "/", theirs, attributes
	p, started, err := outputs(command)
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	err = e.starter.run(command.Start)
	started()
	if err != nil {
		p.closeOutputs()
		return nil, nil, errors.Join(err, conn.Close())
	}
	p.usage.root = command.Process.Pid
	p.stop = func() { _ = command.Process.Kill() } // it has ended, if it fails
	if err := json.NewEncoder(conn).Encode(work); err != nil {
		p.abandon(conn)
		return nil, nil, err
	}
	return p, conn, nil
}

// abandon ends a process that did not become what it should.
func (p *process) abandon(conn *net.UnixConn) {
	p.kill()
	_ = p.command.Wait() // killed
	_ = conn.Close()
	p.closeOutputs()
}

// follow takes what the worker tells until it ends, and records its end.
func (p *process) follow(conn *net.UnixConn) {
	var exit string
	told := make(chan struct{})
	go func() {
		defer close(told)
		lines := bufio.NewScanner(conn)
		for lines.Scan() {
			if pid, ok := strings.CutPrefix(lines.Text(), sayPID); ok {
				if number, err := strconv.Atoi(pid); err == nil {
					p.usage.program.Store(int64(number))
				}
			} else if text, ok := strings.CutPrefix(lines.Text(), sayExit); ok {
				exit = text
			} else if text, ok := strings.CutPrefix(lines.Text(), sayRefused); ok {
				p.refused = text
			}
		}
	}()
	go func() {
		_ = p.command.Wait() // its state says the same
		<-told
		_ = conn.Close() // nothing is to be written any more
		p.finished(exit)
	}()
}

// beginPlain starts a process that is not confined: a QuickJS worker by
// itself, since no code of its can fork; any other program with a keeper.
func (e *Engines) beginPlain(work plan) (*process, error) {
	p, conn, err := e.spawn(work, &syscall.SysProcAttr{Setsid: true})
	if err != nil {
		return nil, err
	}
	if !work.QuickJS {
		p.usage.kept = true
		p.stop = func() { p.askKeeper(conn) }
	}
	p.follow(conn)
	return p, nil
}

// askKeeper asks the keeper to end what it keeps, and does it itself as well
// as it can when the keeper does not.
func (p *process) askKeeper(conn *net.UnixConn) {
	_ = conn.CloseWrite() // the keeper is gone, if it fails
	limit := time.AfterFunc(keeperLimit, func() {
		if program := int(p.usage.program.Load()); program > 0 {
			_ = unix.Kill(-program, unix.SIGKILL)
		}
		_ = p.command.Process.Kill()
	})
	go func() {
		<-p.done
		limit.Stop()
	}()
}

// socketPair makes the socket between a worker and its parent.
func socketPair() (ours *net.UnixConn, theirs *os.File, err error) {
	syscall.ForkLock.RLock()
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err == nil {
		unix.CloseOnExec(pair[0])
		unix.CloseOnExec(pair[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, nil, err
	}
	file := os.NewFile(uintptr(pair[0]), "control")
	theirs = os.NewFile(uintptr(pair[1]), "control")
	conn, err := net.FileConn(file)
	err = errors.Join(err, file.Close())
	unixConn, ok := conn.(*net.UnixConn)
	if err == nil && !ok {
		err = fmt.Errorf("a socket pair is a %T", conn)
	}
	if err != nil {
		return nil, nil, errors.Join(err, theirs.Close())
	}
	return unixConn, theirs, nil
}
