package runtime

import "time"

// quiet is how long the lines of a request without an END frame are waited
// for: its pipes cannot be asked whether they are empty.
const quiet = 2 * time.Millisecond

// read is the stream's goroutine.
func (s *stream) read() {
	defer s.end()
	buffer := make([]byte, 64<<10)
	for {
		n, err := s.file.Read(buffer)
		s.framer.write(buffer[:n])
		if err != nil {
			return
		}
		select {
		case s.settled <- struct{}{}:
		default:
		}
	}
}

// settle returns when what the request wrote is in the journal: when its END
// frame has come, or for a bootstrap that writes none, after a moment.
func (s *stream) settle(requestID string, framed bool) {
	wait := quiet
	if framed {
		wait = settleLimit
	}
	limit := time.NewTimer(wait)
	defer limit.Stop()
	for {
		if last := s.endedID.Load(); framed && last != nil && *last == requestID {
			return
		}
		select {
		case <-s.settled:
		case <-s.closed:
			return
		case <-limit.C:
			return
		}
	}
}
