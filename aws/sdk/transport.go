package sdk

import (
	"io"
	"net/http"

	core "github.com/aws/aws-sdk-go-v2/aws"
)

// readOnce sends bodies as mere readers. smithy-go's bodies can write themselves, and one
// that does so after the answer has come, as fast servers have it, says io.EOF: net/http
// takes that for a fault and closes the connection under the answer.
type readOnce struct{ core.HTTPClient }

// Do sends a request.
func (c readOnce) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = struct {
			io.Reader
			io.Closer
		}{r.Body, r.Body}
	}
	return c.HTTPClient.Do(r)
}
