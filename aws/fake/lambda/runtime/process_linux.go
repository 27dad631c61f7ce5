package runtime

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// handedListener is the byte that comes with a confined process's listener.
	handedListener = 'L'
	// confineLimit is how long a process may take to shut itself in.
	confineLimit = 10 * time.Second
)

// workerProgram is this program, even when its file has been replaced since.
func workerProgram() (string, error) { return "/proc/self/exe", nil }

// confinedAttributes give a process namespaces of its own: users, of whom it
// has only itself, mounts, network, host name and IPC; and, when it may start
// others, processes: as the first one there it takes all with it when it ends.
// (A QuickJS worker starts none, and must be able to kill itself, which a first
// process is not.)
func confinedAttributes(work plan) *syscall.SysProcAttr {
	namespaces := uintptr(unix.CLONE_NEWUSER | unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS)
	if !work.QuickJS {
		namespaces |= unix.CLONE_NEWPID
	}
	return &syscall.SysProcAttr{
		Cloneflags:  namespaces,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		Setsid:      true,
		Pdeathsig:   syscall.SIGKILL,
	}
}

// tryConfinement confines a process that does nothing.
func (e *Engines) tryConfinement() error {
	p, err := e.spawnConfined(plan{})
	if err != nil {
		return fmt.Errorf("this system does not let it be confined (%w)", err)
	}
	p.kill()
	<-p.done
	p.closeOutputs()
	return p.listener.Close()
}

// beginConfined starts a process that is confined.
func (e *Engines) beginConfined(s Spec, made program) (*process, error) {
	spot := place{task: confinedTask, temp: "/tmp", address: confinedAddress}
	return e.spawnConfined(plan{
		Confine: &confinement{Code: s.Code, Folders: made.folders},
		QuickJS: made.quickJS, Args: made.args, Dir: confinedTask,
		Env: append(variables(s, spot), made.env...),
	})
}

func (e *Engines) spawnConfined(work plan) (*process, error) {
	if work.Confine == nil {
		work.Confine = &confinement{}
	}
	work.Confine.Processes = !work.QuickJS
	work.Confine.Root = filepath.Join(e.options.Cache, "root")
	if err := os.MkdirAll(work.Confine.Root, 0o700); err != nil {
		return nil, err
	}
	p, conn, err := e.spawn(work, confinedAttributes(work))
	if err != nil {
		return nil, err
	}
	if p.listener, err = receiveListener(conn); err != nil {
		p.abandon(conn)
		return nil, err
	}
	p.address = confinedAddress
	p.follow(conn)
	return p, nil
}

// receiveListener takes the listener that a confined process hands over, or
// says why there is none.
func receiveListener(conn *net.UnixConn) (net.Listener, error) {
	if err := conn.SetReadDeadline(time.Now().Add(confineLimit)); err != nil {
		return nil, err
	}
	first, rights := make([]byte, 1), make([]byte, unix.CmsgSpace(4))
	n, got, _, _, err := conn.ReadMsgUnix(first, rights)
	if err != nil || n == 0 {
		return nil, errors.Join(errors.New("the process ended while it was being confined"), err)
	}
	if first[0] != handedListener {
		rest, _ := io.ReadAll(io.LimitReader(conn, 4<<10)) // what there is
		return nil, errors.New(strings.TrimPrefix(strings.TrimSpace(string(first)+string(rest)), sayRefused))
	}
	messages, err := unix.ParseSocketControlMessage(rights[:got])
	if err != nil || len(messages) != 1 {
		return nil, errors.Join(errors.New("the listener was not handed over"), err)
	}
	descriptors, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(descriptors) != 1 {
		return nil, errors.Join(errors.New("the listener was not handed over"), err)
	}
	unix.CloseOnExec(descriptors[0])
	file := os.NewFile(uintptr(descriptors[0]), "listener")
	listener, err := net.FileListener(file)
	return listener, errors.Join(err, file.Close(), conn.SetReadDeadline(time.Time{}))
}
