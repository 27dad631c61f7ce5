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

// patiently is a request whose body is read with patience. It is another one than
// the server's own, which has to know its body again: a refusal is sent at once then,
// and not when the body has come that a client holds back until it may send it.
func patiently(w http.ResponseWriter, r *http.Request) *http.Request {
	if r.ContentLength == 0 {
		return r
	}
	p := &patient{r.Body, http.NewResponseController(w)}
	p.wait()
	r = r.WithContext(r.Context())
	r.Body = p
	return r
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
