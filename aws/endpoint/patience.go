package endpoint

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// patient reads a request's body as long as something of it comes: a client that
// sends nothing for a while has gone, and must not keep a connection.
type patient struct {
	io.ReadCloser
	connection *http.ResponseController
}

// patiently has a request's body read with patience, and no more of it waited for
// when it is not read: it is thrown away before the answer is sent.
func patiently(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 {
		return
	}
	p := &patient{r.Body, http.NewResponseController(w)}
	p.wait()
	r.Body = p
}

// wait lets the next bytes take their time. What has no connection of its own, such
// as a test's recorder, takes none.
func (p *patient) wait() { _ = p.connection.SetReadDeadline(time.Now().Add(receiving)) }

// Read reads on.
func (p *patient) Read(b []byte) (int, error) {
	p.wait()
	n, err := p.ReadCloser.Read(b)
	if errors.Is(err, io.EOF) {
		// The operation may take longer.
		_ = p.connection.SetReadDeadline(time.Time{})
	}
	return n, err
}
