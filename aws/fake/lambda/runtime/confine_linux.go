package runtime

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	goruntime "runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

const (
	// confinedPort is that of the server in a confined function's own network,
	// as in Lambda.
	confinedPort    = 9001
	confinedAddress = "127.0.0.1:9001"
	// confinedTemp is the size of a confined function's /tmp, as in Lambda.
	confinedTemp = "size=512m,mode=1777"
)

// systemFolders hold the programs and libraries of the system, which anybody
// may read. Where one is a link, so it is in the confinement.
func systemFolders() []string {
	return []string{"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store"}
}

// systemFiles are what programs need of /etc to find their libraries.
func systemFiles() []string {
	return []string{"/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"}
}

func devices() []string {
	return []string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}
}

// kernelFiles are those of /proc that change the whole computer. They ask who
// writes, not for capabilities: a function of a console run by root could.
func kernelFiles() []string {
	return []string{"/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"}
}

// ownFiles are the files of /etc that tell of nobody but the function.
func ownFiles() map[string]string {
	return map[string]string{ //nolint:gosec // an account, not a password
		"/etc/passwd":        "sbx_user1051:x:0:0::/tmp:/sbin/nologin\n",
		"/etc/group":         "sbx_user1051:x:0:\n",
		"/etc/hosts":         "127.0.0.1 localhost\n",
		"/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
	}
}

// confine shuts this process, in new namespaces, into a root of its own and hands the listener of its network to the parent. Afterwards it
// has no capability, and nothing it runs gets one.
func confine(c confinement) error {
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"root", func() error { return buildRoot(c) }},
		{"pivot", func() error { return enterRoot(c.Root) }},
		{"network", handListener},
		{"privileges", dropPrivileges},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// buildRoot puts together what the process will see.
func buildRoot(c confinement) error {
	if err := unix.Mount("", "/", "", unix.MS_PRIVATE|unix.MS_REC, ""); err != nil {
		return err
	}
	if err := mountNew("tmpfs", c.Root, unix.MS_NOSUID|unix.MS_NODEV, "size=4m,mode=755"); err != nil {
		return err
	}
	for path, content := range ownFiles() {
		if err := writeFile(c.Root+path, content); err != nil {
			return err
		}
	}
	for _, path := range append(systemFolders(), systemFiles()...) {
		if err := show(path, c.Root+path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, path := range devices() {
		if err := bind(path, c.Root+path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if c.Processes {
		if err := mountProc(c.Root); err != nil {
			return err
		}
	}
	if err := mountNew("tmpfs", c.Root+"/tmp", unix.MS_NOSUID|unix.MS_NODEV, confinedTemp); err != nil {
		return err
	}
	for _, path := range c.Folders {
		if covered(path, systemFolders()) {
			continue
		}
		if err := show(path, c.Root+path); err != nil {
			return err
		}
	}
	if c.Code == "" {
		return nil
	}
	return show(c.Code, c.Root+confinedTask)
}

// mountProc shows the processes of this namespace, and nothing to write.
func mountProc(root string) error {
	if err := mountNew("proc", root+"/proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return err
	}
	for _, path := range kernelFiles() {
		if err := show(root+path, root+path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// enterRoot makes the new root the only one, and read-only.
func enterRoot(root string) error {
	if err := unix.Chdir(root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return err
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return err
	}
	if err := unix.Chdir("/"); err != nil {
		return err
	}
	if err := unix.Sethostname([]byte("lambda")); err != nil {
		return err
	}
	return readOnly("/", 0)
}

// show makes a file or folder visible, read-only; of a link, the link.
func show(path, at string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if info.Mode()&os.ModeSymlink != 0 && covered(path, append(systemFolders(), "/etc")) {
		target, err := os.Readlink(path)
		if err != nil {
			return err
		}
		return os.Symlink(target, at)
	}
	if err := bind(path, at); err != nil {
		return err
	}
	return readOnly(at, unix.AT_RECURSIVE)
}

func readOnly(path string, flags uint) error {
	err := unix.MountSetattr(unix.AT_FDCWD, path, flags, &unix.MountAttr{
		Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV,
	})
	if err != nil {
		return &os.PathError{Op: "mount_setattr", Path: path, Err: err}
	}
	return nil
}

// bind mounts a file or folder, with all below it, at another place.
func bind(path, at string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		err = os.MkdirAll(at, 0o755) //nolint:gosec // a mount point
	} else {
		err = writeFile(at, "")
	}
	if err != nil {
		return err
	}
	if err := unix.Mount(path, at, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return &os.PathError{Op: "bind", Path: path, Err: err}
	}
	return nil
}

func mountNew(kind, at string, flags uintptr, data string) error {
	if err := os.MkdirAll(at, 0o755); err != nil { //nolint:gosec // a mount point
		return err
	}
	if err := unix.Mount(kind, at, kind, flags, data); err != nil {
		return &os.PathError{Op: "mount " + kind, Path: at, Err: err}
	}
	return nil
}

func writeFile(path, content string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // for everybody in there
		return err
	}
	return os.WriteFile(path, []byte(content), 0o644) //nolint:gosec // for everybody in there
}

// handListener brings up the empty network, listens in it and passes the
// listener to the parent. It is the only address that answers there.
func handListener() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer func() { _ = unix.Close(fd) }() // the parent has its own
	request, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	request.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, request); err != nil {
		return err
	}
	if err := unix.Bind(fd, &unix.SockaddrInet4{Port: confinedPort, Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return err
	}
	if err := unix.Listen(fd, 128); err != nil {
		return err
	}
	return unix.Sendmsg(controlFD, []byte{handedListener}, unix.UnixRights(fd), nil, 0)
}

// dropPrivileges gives up what the first process of a user namespace may do in
// it, for this thread and the program it becomes: else that could undo the
// rest. A QuickJS worker's other threads keep it; its functions reach no
// system call but through Go code that needs none of it.
func dropPrivileges() error {
	goruntime.LockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	for capability := range uintptr(64) {
		err := unix.Prctl(unix.PR_CAPBSET_DROP, capability, 0, 0, 0)
		if errors.Is(err, unix.EINVAL) {
			break // the last one was before
		}
		if err != nil {
			return err
		}
	}
	return unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
}

// covered says whether a path lies in one of the folders.
func covered(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		relative, err := filepath.Rel(folder, path)
		return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
	})
}
