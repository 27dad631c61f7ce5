//go:build unix

package js

import (
	"context"
	"errors"
	"io"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// dial connects to a TCP server. Reading from the connection blocks its thread, which a goroutine that is bound to
// one would have to be woken for anyway, by another.
func dial(ctx context.Context, address string) (io.ReadWriteCloser, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	file, err := blocking(conn)
	return file, errors.Join(err, conn.Close())
}

// blocking is a file of its own on a connection.
func blocking(conn net.Conn) (*os.File, error) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil, err
	}
	var file *os.File
	var failed error
	err = raw.Control(func(own uintptr) {
		var fd int
		if fd, failed = unix.FcntlInt(own, unix.F_DUPFD_CLOEXEC, 0); failed == nil {
			failed = unix.SetNonblock(fd, false)
			file = os.NewFile(uintptr(fd), tcp.RemoteAddr().String())
		}
	})
	return file, errors.Join(err, failed)
}
