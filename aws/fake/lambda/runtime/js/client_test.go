package js

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// clientOf is a client of a server with that handler, and how many connections the server has seen.
func clientOf(t *testing.T, handler http.HandlerFunc) (*runtimeAPI, *atomic.Int32) {
	t.Helper()
	var connections atomic.Int32
	server := httptest.NewUnstartedServer(handler)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	client := newRuntimeAPI(server.Listener.Addr().String())
	t.Cleanup(func() {
		if client.conn != nil {
			_ = client.conn.Close() // nothing is on its way
		}
	})
	return client, &connections
}

// TestClientConnections wants one connection to be used as long as the server lets it, and another one made then.
func TestClientConnections(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("0123456789", 1<<20)
	for name, want := range map[string]int32{"kept": 1, "closed": 6} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, connections := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
				if name == "closed" {
					w.Header().Set("Connection", "close")
				}
				body, err := io.ReadAll(r.Body)
				switch {
				case err != nil:
					t.Error(err)
				case r.Method == http.MethodGet:
					w.Header().Set("Lambda-Runtime-Aws-Request-Id", "id")
					_, _ = io.WriteString(w, large)
				case string(body) != large || r.URL.Path != "/2018-06-01/runtime/invocation/id/error" || r.Header.Get("Lambda-Runtime-Function-Error-Type") != "Kind":
					t.Errorf("%s got %d bytes and %v", r.URL.Path, len(body), r.Header)
				}
			})
			for range 3 {
				event, err := client.next(t.Context())
				if err != nil || event.Body != large || event.Headers["lambda-runtime-aws-request-id"] != "id" {
					t.Fatalf("%d bytes and %v (%v)", len(event.Body), event.Headers, err)
				}
				if err := client.post(t.Context(), "/invocation/id/error", large, "Kind"); err != nil {
					t.Fatal(err)
				}
			}
			if got := connections.Load(); got != want {
				t.Errorf("%d connections, want %d", got, want)
			}
		})
	}
}

// TestClientOfDeadServer wants an error of a server that hangs up or is not there.
func TestClientOfDeadServer(t *testing.T) {
	t.Parallel()
	client, _ := clientOf(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	if _, err := client.next(t.Context()); err == nil {
		t.Error("an event of a server that hung up")
	}
	if err := client.post(t.Context(), "/invocation/id/response", "{}", ""); err == nil {
		t.Error("posted to a server that hung up")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := newRuntimeAPI(listener.Addr().String()).next(t.Context()); err == nil {
		t.Error("an event of no server")
	}
}
