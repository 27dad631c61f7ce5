//go:build unix

package runtime

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// maxDrain bounds what settle reads, for a process that writes on and on: more
// than any pipe holds.
const maxDrain = 2 << 20

// read is the stream's goroutine. A deadline in the past, set by settle, makes
// it take what the pipe holds without waiting for more.
func (s *stream) read() {
	defer s.end()
	buffer := make([]byte, 64<<10)
	for {
		n, err := s.file.Read(buffer)
		s.framer.write(buffer[:n])
		if errors.Is(err, os.ErrDeadlineExceeded) {
			if err = s.file.SetReadDeadline(time.Time{}); err == nil {
				err = s.drain(buffer)
			}
			s.framer.flush()
			s.settled <- struct{}{}
		}
		if err != nil {
			return
		}
	}
}

// drain takes what the pipe holds now.
func (s *stream) drain(buffer []byte) error {
	raw, err := s.file.SyscallConn()
	if err != nil {
		return err
	}
	for taken := 0; taken < maxDrain; {
		n := 0
		err := raw.Read(func(fd uintptr) bool {
			n, _ = syscall.Read(int(fd), buffer) // at an error the next plain read meets it too
			return true
		})
		if err != nil || n <= 0 {
			return err
		}
		s.framer.write(buffer[:n])
		taken += n
	}
	return nil
}

// settle returns when all that has been written so far is in the journal; the
// request's END frame need not be waited for.
func (s *stream) settle(string, bool) {
	select {
	case <-s.settled: // of a settle that gave up waiting
	default:
	}
	if err := s.file.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return // closed: it has ended
	}
	limit := time.NewTimer(settleLimit)
	defer limit.Stop()
	select {
	case <-s.settled:
	case <-s.closed:
	case <-limit.C:
	}
}
