package endpoint

import (
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"awslab/aws"
)

// exchange is one request to a service beside S3, and its answer.
type exchange struct {
	server  *server
	w       http.ResponseWriter
	r       *http.Request
	of      *language // nil for a service that is not here
	dialect dialect
	id      string // of the request
}

// dialect is how answers and errors look in one of AWS's protocols.
type dialect interface {
	// refuse answers with an error.
	refuse(x *exchange, failed *aws.Error)
	// codes are the protocol's names of what is wrong with the credentials.
	codes() credentialCodes
}

// request is an operation that somebody wants, and its input. The operation is
// nil where there is none of that name.
type request struct {
	operation *operation
	in        reflect.Value
	absent    []string // the members that it lacks, of those that AWS requires
}

// request makes the request of an operation; read reads its input.
func (op *operation) request(read func(in reflect.Value) error) (request, error) {
	if op == nil {
		return request{}, nil
	}
	in := reflect.New(op.In).Elem()
	return request{operation: op, in: in}, read(in)
}

// about is the error of a request that cannot be read, with the name of what it was
// for: a copy, since the same error may be told of another.
func (r request) about(err error) error {
	var failed *aws.Error
	if r.operation == nil || !errors.As(err, &failed) {
		return err
	}
	told := *failed
	told.Operation = r.operation.Name
	return &told
}

// run does the whole of it: who is calling, what he wants, the operation. read
// finds the request in a body of at most limit bytes, and write sends its answer.
func (x *exchange) run(limit int64, read func(body []byte) (request, error), write func(op *operation, out any)) {
	op, out, err := x.call(limit, read)
	if err != nil {
		if op == nil {
			x.server.refused(x.r, err)
		}
		x.refuse(err)
		return
	}
	write(op, out)
}

// call gives the operation as soon as it is called.
func (x *exchange) call(limit int64, read func(body []byte) (request, error)) (*operation, any, error) {
	caller, err := x.server.identify(x.r, x.dialect.codes())
	if err != nil {
		return nil, nil, err
	}
	body, err := readBody(x.w, x.r, limit)
	if err != nil {
		return nil, nil, err
	}
	wanted, err := read(body)
	if err != nil {
		return nil, nil, wanted.about(err)
	}
	if wanted.operation == nil {
		return nil, nil, x.unknown()
	}
	ctx := x.r.Context()
	if len(wanted.absent) > 0 {
		ctx = aws.WithAbsent(ctx, wanted.absent)
	}
	out, err := wanted.operation.Call(ctx, caller.Cloud, wanted.in.Interface())
	return wanted.operation, out, err
}

// refused tells of a request that reached no operation.
func (s *server) refused(r *http.Request, err error) {
	if s.config.Refused != nil {
		s.config.Refused(r, err)
	}
}

// refuse answers with an error.
func (x *exchange) refuse(err error) {
	var failed *aws.Error
	if !errors.As(err, &failed) {
		failed = fault(http.StatusInternalServerError, "InternalFailure", "The request processing has failed because of an unknown error.")
	}
	told := *failed
	if told.Status == 0 {
		told.Status = http.StatusBadRequest
		if errors.Is(failed, aws.ErrStorage) {
			told.Status = http.StatusInternalServerError
		}
	}
	if told.RequestID != "" {
		x.id = told.RequestID
	}
	x.dialect.refuse(x, &told)
}

// unknown is the error of an operation that is not here.
func (x *exchange) unknown() *aws.Error {
	what := x.r.Method + " " + x.r.URL.RequestURI()
	if target := x.r.Header.Get("X-Amz-Target"); target != "" {
		what = target
	}
	message := shortened(what) + " is not here. "
	if x.of == nil {
		return fault(http.StatusNotFound, "UnknownOperationException", message+"This endpoint answers "+offered()+".")
	}
	return fault(http.StatusNotFound, "UnknownOperationException", message+"Of "+x.of.service.Title()+" this endpoint has the operations that awslab's labs and pages use.")
}

// offered names the services that an endpoint answers.
func offered() string {
	names := []string{aws.ServiceS3.Title()}
	for _, l := range languages {
		names = append(names, l.service.Title())
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// answer sends a body in one write.
func (x *exchange) answer(status int, contentType string, body []byte) {
	h := x.w.Header()
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	if status != http.StatusNoContent {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	hurry(x.w, answering)
	x.w.WriteHeader(status)
	// A client that has gone needs no answer.
	_, _ = x.w.Write(body)
}
