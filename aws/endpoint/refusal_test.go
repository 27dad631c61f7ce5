package endpoint_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// TestRefusalsDoNotWait has clients that hold their body back until they may send
// it, or that never send it: what is refused anyway is refused at once.
func TestRefusalsDoNotWait(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("there")
	for name, c := range map[string]struct {
		scope, path, headers string
		length, status       int
	}{
		"into a bucket that is not there": {"s3", "/nowhere/key", "Expect: 100-continue\r\n", 1 << 20, 404},
		"an object beyond the limit":      {"s3", "/there/key", "", 5<<30 + 1, 400},
		"a body beyond the limit":         {"dynamodb", "/", "X-Amz-Target: " + dynamodb + "ListTables\r\n", 1 << 30, 413},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := l.signed(c.scope, http.MethodPut, c.path, "")
			var dialer net.Dialer
			connection, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(l.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(connection, "PUT %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s", c.path, c.length, c.headers)
			if err := errors.Join(r.Header.Write(connection), sent(connection, "\r\n"), connection.SetReadDeadline(time.Now().Add(10*time.Second))); err != nil {
				t.Fatal(err)
			}
			response, err := http.ReadResponse(bufio.NewReader(connection), r)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(response.Body.Close(), connection.Close()); err != nil || response.StatusCode != c.status {
				t.Errorf("%v: %s, want %d", err, response.Status, c.status)
			}
		})
	}
}

// TestRefusalsNameTheirOperation has requests that cannot be read told of with the
// operation that they were for.
func TestRefusalsNameTheirOperation(t *testing.T) {
	t.Parallel()
	l := open(t)
	for want, send := range map[string]func(){
		"GetItem":        func() { l.json(dynamodb+"GetItem", `{`) },
		"CreateFunction": func() { l.rest("lambda", http.MethodPost, "/2015-03-31/functions", `{"Runtime"`) },
		"CreateRole":     func() { l.form("iam", "2010-05-08", "Action=CreateRole&RoleName=a&RoleName.b=c") },
	} {
		send()
		var failed *aws.Error
		if err := <-l.refused; !errors.As(err, &failed) || failed.Operation != want {
			t.Errorf("%s: told of %v", want, err)
		}
	}
}
