package endpoint

import (
	"net"
	"net/http"
	"strings"
	"time"

	"awslab/aws"
)

// invocation is a request to a stage of an API, at its invoke URL.
type invocation struct {
	api, stage string
	path       string // as it was sent, escaped: "" or beginning with a slash
}

// invocationOf takes an invoke URL apart; false when a request is for another.
// There are two forms of it: the API in the path, which every program can open,
// and the API in the host's name, as on AWS.
func invocationOf(r *http.Request) (call invocation, ok bool) {
	path := r.URL.EscapedPath()
	if rest, ok := strings.CutPrefix(path, aws.InvokePath); ok {
		api, rest, _ := strings.Cut(rest, "/")
		return invocationAt(api, rest), true
	}
	host := strings.ToLower(r.Host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	api, rest, named := strings.Cut(strings.TrimSuffix(host, "."), ".execute-api.")
	if !named || strings.Contains(api, ".") || rest != "localhost" && !strings.HasSuffix(rest, ".localhost") {
		return call, false
	}
	return invocationAt(api, strings.TrimPrefix(path, "/")), true
}

// invocationAt takes "stage/path" apart.
func invocationAt(api, rest string) invocation {
	call := invocation{api: api}
	if stage, path, below := strings.Cut(rest, "/"); below {
		call.stage, call.path = stage, "/"+path
	} else {
		call.stage = stage
	}
	return call
}

// How long a client may send nothing of a request's body, and take over the answer
// after that: API Gateway waits no longer either.
const (
	receiving = 30 * time.Second
	answering = 2 * receiving
)

// invoke answers a request to an API.
func (s *server) invoke(w http.ResponseWriter, r *http.Request, call invocation) {
	hurry(w, receiving+answering)
	s.config.Execute(w, r, call.api, call.stage, call.path)
}
