package endpoint

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// slowest is how fast a body has to come, in bytes a second. Who sends less uses up the
// time in which he may send nothing: a byte now and then would keep a connection for
// ever.
const slowest = 500

// errTooSlow is what S3 says to a client that is waited for no longer.
var errTooSlow = fault(http.StatusBadRequest, "RequestTimeout",
	"Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.")

// patient reads a request's body as long as enough of it comes: a client that
// sends nothing for a while has gone, and must not keep a connection.
type patient struct {
	io.ReadCloser
	connection *http.ResponseController
	left       time.Duration // for which the client is waited for
}

// patiently is a request whose body is read with patience. It is another one than
// the server's own, which has to know its body again: a refusal is sent at once then,
// and not when the body has come that a client holds back until it may send it.
func patiently(w http.ResponseWriter, r *http.Request) *http.Request {
	if r.ContentLength == 0 {
		return r
	}
	p := &patient{r.Body, http.NewResponseController(w), receiving}
	p.wait(time.Now())
	r = r.WithContext(r.Context())
	r.Body = p
	return r
}

// wait lets the next bytes take their time. What has no connection of its own, such
// as a test's recorder, takes none.
func (p *patient) wait(from time.Time) { _ = p.connection.SetReadDeadline(from.Add(p.left)) }

// Read reads on. Only the time in which it waits is the client's.
func (p *patient) Read(b []byte) (int, error) {
	began := time.Now()
	p.wait(began)
	n, err := p.ReadCloser.Read(b)
	p.left = min(receiving, p.left-time.Since(began)+time.Duration(n)*time.Second/slowest)
	switch {
	case errors.Is(err, io.EOF):
		// The operation may take longer.
		_ = p.connection.SetReadDeadline(time.Time{})
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = errTooSlow
	}
	return n, err
}

// hurry gives a client a while to take an answer. What has no connection of its own,
// such as a test's recorder, takes no time.
func hurry(w http.ResponseWriter, while time.Duration) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(while))
}
