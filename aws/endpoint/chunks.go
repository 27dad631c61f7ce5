package endpoint

import (
	"bufio"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// chunks reads a body in AWS's chunked framing (aws-chunked): for each chunk a
// line with its size in hexadecimal and perhaps a signature, the bytes, an empty
// line; a chunk of size 0 ends it, and headers may follow.
type chunks struct {
	from    *bufio.Reader
	left    int64
	started bool
	ended   bool
	trailer map[string]string // in lower case, complete at the end
}

func newChunks(from io.Reader) *chunks {
	return &chunks{from: bufio.NewReaderSize(from, 32<<10), trailer: make(map[string]string)}
}

var errFraming = fault(http.StatusBadRequest, "IncompleteBody", "The request body terminated unexpectedly")

// Read reads on.
func (c *chunks) Read(p []byte) (int, error) {
	if c.ended {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	if c.left == 0 {
		if err := c.next(); err != nil {
			return 0, err
		}
	}
	n, err := c.from.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if err == io.EOF {
		err = errFraming
	}
	return n, err
}

// next reads the line before a chunk; at the last one it ends the body.
func (c *chunks) next() error {
	if c.started {
		if line, err := c.line(); err != nil || line != "" {
			return errFraming
		}
	}
	c.started = true
	line, err := c.line()
	if err != nil {
		return errFraming
	}
	size, _, _ := strings.Cut(line, ";")
	n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 40)
	if err != nil {
		return errFraming
	}
	if n > 0 {
		c.left = int64(n)
		return nil
	}
	for {
		line, err := c.line()
		if err != nil || line == "" {
			c.ended = true
			return io.EOF
		}
		if name, value, ok := strings.Cut(line, ":"); ok {
			c.trailer[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
		}
	}
}

// line reads up to the end of a line, which may not be long.
func (c *chunks) line() (string, error) {
	line, err := c.from.ReadSlice('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(line), "\r\n"), nil
}
