package runtime

import (
	"fmt"
	"os"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The versions of Landlock that brought what is used of it beyond files.
const (
	landlockRefer   = 2
	landlockTrunc   = 3
	landlockDevices = 5
	landlockScopes  = 6
)

// landlockPort is the kind of a rule for a TCP port.
const landlockPort = 2

// landlockVersion asks the kernel for its version of Landlock; 0: it has none.
func landlockVersion() int {
	version, _, err := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if err != 0 {
		return 0
	}
	return int(version)
}

const (
	landlockRead = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	// landlockOnFiles are the rights that a rule for a single file may have.
	landlockOnFiles = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE |
		unix.LANDLOCK_ACCESS_FS_TRUNCATE | unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
)

// landlockRules are the rights that a version of Landlock can take away.
func landlockRules(version int) unix.LandlockRulesetAttr {
	rules := unix.LandlockRulesetAttr{Handled_access_fs: unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1} // the last of version 1, and all before
	if version >= landlockRefer {
		rules.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if version >= landlockTrunc {
		rules.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if version >= landlockNetwork {
		rules.Handled_access_net = unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
	}
	if version >= landlockDevices {
		rules.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	if version >= landlockScopes {
		rules.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
	}
	return rules
}

// harmlessFiles tell of the computer, and of nobody's secrets.
func harmlessFiles() []string {
	return []string{
		"/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/version",
		"/etc/passwd", "/etc/group", "/etc/hosts", "/etc/nsswitch.conf", "/etc/localtime",
		"/etc/ssl/openssl.cnf", "/etc/ssl/certs", "/etc/pki/tls/openssl.cnf", "/etc/pki/tls/certs", "/etc/crypto-policies",
	}
}

// restrict takes from this OS thread, and from the programs that it starts, the
// right to any file but those named and to any TCP connection but to one port.
func restrict(r restriction) error {
	rules := landlockRules(landlockVersion())
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), unsafe.Sizeof(rules), 0) //nolint:gosec // as the call wants it
	if errno != 0 {
		return fmt.Errorf("landlock: %w", errno)
	}
	ruleset := int(fd)
	defer func() { _ = unix.Close(ruleset) }() // what it ruled stays
	for _, path := range slices.Concat(systemFolders(), systemFiles(), harmlessFiles(), r.Read) {
		if err := allow(ruleset, path, landlockRead); err != nil {
			return err
		}
	}
	for _, path := range append(devices(), r.Write) {
		if err := allow(ruleset, path, rules.Handled_access_fs); err != nil {
			return err
		}
	}
	if rules.Handled_access_net != 0 {
		port := struct{ access, port uint64 }{unix.LANDLOCK_ACCESS_NET_CONNECT_TCP, uint64(r.Port)}
		_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, fd, landlockPort, uintptr(unsafe.Pointer(&port)), 0, 0, 0) //nolint:gosec // as the call wants it
		if errno != 0 {
			return fmt.Errorf("landlock: port %d: %w", r.Port, errno)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0); errno != 0 {
		return fmt.Errorf("landlock: %w", errno)
	}
	return nil
}

// allow adds rights on a file, or on a folder and all in it. What does not
// exist needs none.
func allow(ruleset int, path string, rights uint64) error {
	file, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil //nolint:nilerr // it cannot be opened later either
	}
	defer func() { _ = unix.Close(file) }()
	info, err := os.Stat(path)
	if err != nil {
		return nil //nolint:nilerr // as before
	}
	if !info.IsDir() {
		rights &= landlockOnFiles
	}
	rule := unix.LandlockPathBeneathAttr{Allowed_access: rights, Parent_fd: int32(file)}                                                                 //nolint:gosec // a file descriptor
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(ruleset), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0) //nolint:gosec // as the call wants it
	if errno != 0 {
		return &os.PathError{Op: "landlock", Path: path, Err: errno}
	}
	return nil
}
