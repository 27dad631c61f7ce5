package endpoint

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
)

// connection tells until when it would be read.
type connection struct {
	http.ResponseWriter
	until time.Time
}

func (c *connection) SetReadDeadline(until time.Time) error {
	c.until = until
	return nil
}

// TestPatience has a body waited for from the first, for longer with each part of
// it, and no more when it is whole: an operation may take as long as it likes.
func TestPatience(t *testing.T) {
	t.Parallel()
	c := &connection{ResponseWriter: httptest.NewRecorder()}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("body"))
	r = patiently(c, r)
	if c.until.IsZero() {
		t.Fatal("a body is waited for without end")
	}
	before := c.until
	if _, err := r.Body.Read(make([]byte, 2)); err != nil || c.until.Before(before) {
		t.Errorf("%v: until %v, and before that until %v", err, c.until, before)
	}
	if rest, err := io.ReadAll(r.Body); err != nil || string(rest) != "dy" || !c.until.IsZero() {
		t.Errorf("%v: %q, until %v", err, rest, c.until)
	}
	r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
	if patiently(c, r); !c.until.IsZero() {
		t.Error("no body is waited for")
	}
}

// only is a listener for one connection.
type only struct{ connection chan net.Conn }

func (o only) Accept() (net.Conn, error) {
	if c, ok := <-o.connection; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}

func (o only) Close() error {
	close(o.connection)
	return nil
}

func (o only) Addr() net.Addr { return &net.TCPAddr{} }

// dialed is a connection to a server that has a clock of the test's.
func dialed(t *testing.T, handler http.HandlerFunc) net.Conn {
	t.Helper()
	client, server := net.Pipe()
	listener := only{make(chan net.Conn, 1)}
	listener.connection <- server
	served := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- served.Serve(listener) }()
	t.Cleanup(func() {
		if err := errors.Join(client.Close(), served.Close()); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
		time.Sleep(time.Second) // of the bubble's own time: a server takes leave slowly
	})
	return client
}

// TestSlowBodies has clients send a body in pieces, one after each pause: who sends too
// little is given up, however long his body, and who sends enough is not, however long
// it takes.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		piece, pieces int
		pause         time.Duration
		after         time.Duration // is given up; 0 for never
	}{
		"a byte now and then":           {piece: 1, pieces: 1000, pause: 29 * time.Second, after: 31 * time.Second},
		"a byte each second":            {piece: 1, pieces: 1000, pause: time.Second, after: 31 * time.Second},
		"a little less than is needed":  {piece: 450, pieces: 1000, pause: time.Second, after: 301 * time.Second},
		"no more after much":            {piece: 1 << 20, pieces: 2, pause: time.Minute, after: 31 * time.Second},
		"as much as is needed":          {piece: 500, pieces: 1000, pause: time.Second},
		"much after each of long waits": {piece: 64 << 10, pieces: 10, pause: 29 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began, length := time.Now(), c.piece*c.pieces
				var took time.Duration
				var got int64
				var failed error
				client := dialed(t, func(w http.ResponseWriter, r *http.Request) {
					got, failed = io.Copy(io.Discard, patiently(w, r).Body)
					took = time.Since(began)
				})
				sent := make(chan struct{})
				go func() { // who is given up cannot send the rest
					defer close(sent)
					_, err := fmt.Fprintf(client, "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n", length)
					for n := 0; n < c.pieces && err == nil; n++ {
						if n > 0 {
							time.Sleep(c.pause) // of the bubble's own time
						}
						_, err = client.Write(make([]byte, c.piece))
					}
				}()
				answer, err := http.ReadResponse(bufio.NewReader(client), nil)
				if err != nil {
					t.Fatal(err)
				}
				if err := errors.Join(answer.Body.Close(), client.Close()); err != nil {
					t.Error(err)
				}
				<-sent
				var slow *aws.Error
				switch {
				case c.after == 0 && (failed != nil || got != int64(length)):
					t.Errorf("%d of %d bytes came in %v: %v", got, length, took, failed)
				case c.after != 0 && (!errors.As(failed, &slow) || slow.Code != "RequestTimeout" || took > c.after):
					t.Errorf("after %v: %v, want RequestTimeout within %v", took, failed, c.after)
				}
			})
		})
	}
}

// TestAnswersThatNobodyTakes has a client ask and read nothing: whatever the answer is
// sent by ends.
func TestAnswersThatNobodyTakes(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20)
	for name, send := range map[string]http.HandlerFunc{
		"a document": func(w http.ResponseWriter, _ *http.Request) { writeXML(w, http.StatusOK, long) },
		"a policy": func(w http.ResponseWriter, _ *http.Request) {
			writeDocument(w, http.StatusOK, "application/json", []byte(long))
		},
		"an output": func(w http.ResponseWriter, _ *http.Request) {
			(&exchange{w: w}).answer(http.StatusOK, "application/json", []byte(long))
		},
		"an object": func(w http.ResponseWriter, _ *http.Request) {
			if err := pour(w, strings.NewReader(long), &buffers{}); err == nil {
				t.Error("the object was taken")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ended := make(chan struct{})
				client := dialed(t, func(w http.ResponseWriter, r *http.Request) {
					defer close(ended)
					send(w, r)
				})
				if _, err := io.WriteString(client, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				select {
				case <-ended:
				case <-time.After(answering + time.Second): // of the bubble's own time
					t.Error("the answer is still being sent")
				}
			})
		})
	}
}

// TestBodiesThatNobodyReads has requests that are answered whatever their body is, of
// which nothing comes.
func TestBodiesThatNobodyReads(t *testing.T) {
	t.Parallel()
	for name, request := range map[string]string{
		"from elsewhere": "POST / HTTP/1.1\r\nHost: sandbox.example.com\r\n",
		"for a download": "POST " + downloadPath + "0 HTTP/1.1\r\nHost: localhost\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := dialed(t, New(Config{}).ServeHTTP)
				ended := make(chan error, 1)
				go func() {
					_, err := io.WriteString(client, request+"Content-Length: 100\r\n\r\n")
					if err == nil {
						_, err = io.Copy(io.Discard, client)
					}
					ended <- err
				}()
				select {
				case err := <-ended:
					if err != nil {
						t.Error(err)
					}
				case <-time.After(receiving + time.Second): // of the bubble's own time
					t.Error("the body is still waited for")
				}
			})
		})
	}
}

// TestLongInvocations has an API take longer for its answer than a client may for a body:
// nobody gives the call up.
func TestLongInvocations(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := dialed(t, New(Config{Execute: func(w http.ResponseWriter, r *http.Request, _, _, _ string) {
			select {
			case <-r.Context().Done():
				w.WriteHeader(http.StatusTeapot)
			case <-time.After(receiving + time.Second): // of the bubble's own time
			}
		}}).ServeHTTP)
		if _, err := io.WriteString(client, "GET "+aws.InvokePath+"api/stage HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(client), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
			t.Errorf("%v: %s", err, answer.Status)
		}
	})
}
