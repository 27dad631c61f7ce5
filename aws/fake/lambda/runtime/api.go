package runtime

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// maxPayload is the size of the largest response, in bytes: 6 MB and a bit.
	maxPayload = 6291556
	// maxDiscard bounds what is read of a body that is too large, so that its
	// sender gets the answer and not a broken connection.
	maxDiscard = 64 << 20
	version    = "/2018-06-01/"
)

// api is the server of one environment: the Lambda Runtime API for its
// process, and AWS for the function.
type api struct {
	arn      string
	address  string // host:port, as the process knows it
	pictures http.Handler
	endpoint http.Handler
	routes   *http.ServeMux

	events chan *invocation // to the runtime that waits for the next
	ready  chan struct{}    // closed when it first does
	failed chan *Failure    // a failed init, once
	closed chan struct{}

	mu      sync.Mutex // protects current
	first   sync.Once
	current *invocation // handed out, not answered
}

// invocation is one event on its way through the process.
type invocation struct {
	event  Event
	taken  time.Time   // when the process got it
	result chan result // what it answered, once
}

type result struct {
	payload []byte
	failure *Failure
	at      time.Time
}

func newAPI(arn, address string, endpoint http.Handler) *api {
	a := &api{
		arn: arn, address: address, pictures: pictures(), endpoint: endpoint, routes: http.NewServeMux(),
		events: make(chan *invocation), ready: make(chan struct{}),
		failed: make(chan *Failure, 1), closed: make(chan struct{}),
	}
	a.routes.HandleFunc("GET "+version+"runtime/invocation/next", a.next)
	a.routes.HandleFunc("POST "+version+"runtime/invocation/{id}/response", a.response)
	a.routes.HandleFunc("POST "+version+"runtime/invocation/{id}/error", a.invocationError)
	a.routes.HandleFunc("POST "+version+"runtime/init/error", a.initError)
	return a
}

// ServeHTTP sends a request to whom it is for. Other paths than ours go to the
// endpoint untouched: an object key may hold what a router would tidy up.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ours := r.Host == a.address // a web page that found the port sends its own name
	switch {
	case ours && strings.HasPrefix(r.URL.Path, version):
		a.routes.ServeHTTP(w, r)
	case ours && strings.HasPrefix(r.URL.Path, "/_awslab/pictures/"):
		a.pictures.ServeHTTP(w, r)
	case a.endpoint != nil:
		a.endpoint.ServeHTTP(w, r)
	default:
		http.Error(w, "no AWS answers here", http.StatusNotImplemented)
	}
}

// next waits for an event and hands it out.
func (a *api) next(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	busy := a.current != nil
	a.mu.Unlock()
	if busy {
		refuse(w, http.StatusForbidden, "InvalidStateTransition",
			"State transition from Running to Ready failed for runtime. Error: State transition is not allowed")
		return
	}
	a.first.Do(func() { close(a.ready) })
	select {
	case i := <-a.events:
		a.handOut(w, i)
	case <-r.Context().Done():
	case <-a.closed:
	}
}

func (a *api) handOut(w http.ResponseWriter, i *invocation) {
	a.mu.Lock()
	a.current = i
	a.mu.Unlock()
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(i.event.Payload)))
	header.Set("Lambda-Runtime-Aws-Request-Id", i.event.RequestID)
	header.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(i.taken.Add(i.event.Deadline).UnixMilli(), 10))
	header.Set("Lambda-Runtime-Invoked-Function-Arn", a.arn)
	header.Set("Lambda-Runtime-Trace-Id", traceID(i))
	if i.event.ClientContext != "" {
		header.Set("Lambda-Runtime-Client-Context", i.event.ClientContext)
	}
	_, _ = w.Write(i.event.Payload) // a process that went away is noticed by its exit
}

// traceID makes an X-Ray trace header of the time and the request id, whose
// digits are as random as a trace's need be. Nothing is sampled.
func traceID(i *invocation) string {
	digits := strings.ReplaceAll(i.event.RequestID, "-", "") + strings.Repeat("0", 24)
	return "Root=1-" + strconv.FormatInt(i.taken.Unix(), 16) + "-" + digits[:24] + ";Parent=" + digits[:16] + ";Sampled=0"
}

func (a *api) response(w http.ResponseWriter, r *http.Request) {
	body, fits, ok := readBody(w, r)
	switch {
	case !ok:
	case !fits:
		if a.answer(w, r.PathValue("id"), result{failure: tooLarge()}) {
			refuse(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge",
				"Exceeded maximum allowed payload size ("+strconv.Itoa(maxPayload)+" bytes).")
		}
	case a.answer(w, r.PathValue("id"), result{payload: body}):
		accept(w)
	}
}

func (a *api) invocationError(w http.ResponseWriter, r *http.Request) {
	body, fits, ok := readBody(w, r)
	if !ok {
		return
	}
	failure := tooLarge()
	if fits {
		failure = reported(r.Header.Get("Lambda-Runtime-Function-Error-Type"), body)
	}
	if a.answer(w, r.PathValue("id"), result{payload: failure.Payload, failure: failure}) {
		accept(w)
	}
}

func (a *api) initError(w http.ResponseWriter, r *http.Request) {
	body, fits, ok := readBody(w, r)
	if !ok {
		return
	}
	failure := tooLarge()
	if fits {
		failure = reported(r.Header.Get("Lambda-Runtime-Function-Error-Type"), body)
	}
	failure.Status = "error"
	select {
	case a.failed <- failure:
		accept(w)
	default:
		refuse(w, http.StatusForbidden, "InvalidStateTransition",
			"State transition from InitError to InitError failed for runtime. Error: State transition is not allowed")
	}
}

// answer gives the invocation under way its result. When the id is not its, it
// refuses the request and returns false.
func (a *api) answer(w http.ResponseWriter, id string, r result) bool {
	a.mu.Lock()
	i := a.current
	if i != nil && i.event.RequestID == id {
		a.current = nil
	} else {
		i = nil
	}
	a.mu.Unlock()
	if i == nil {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
		return false
	}
	r.at = time.Now()
	i.result <- r
	return true
}

// readBody reads a body up to the largest payload and says whether it fits;
// not ok: it could not be read, and the sender is gone.
func readBody(w http.ResponseWriter, r *http.Request) (body []byte, fits, ok bool) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPayload+1))
	if err != nil || len(body) <= maxPayload {
		return body, true, err == nil
	}
	if _, err := io.CopyN(io.Discard, r.Body, maxDiscard); err == nil {
		w.Header().Set("Connection", "close")
	}
	return nil, false, true
}

func accept(w http.ResponseWriter) {
	answerJSON(w, http.StatusAccepted, []byte(`{"status":"OK"}`))
}

func refuse(w http.ResponseWriter, status int, kind, message string) {
	answerJSON(w, status, errorPayload(kind, message))
}

func answerJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // as in handOut
}
