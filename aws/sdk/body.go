package sdk

import (
	"errors"
	"io"
	"net/http"
	"os"

	"awslab/aws"
)

func isSeeker(body io.Reader) bool {
	_, ok := body.(io.Seeker)
	return ok
}

// body is what is sent of an object: something that can be sent again, or nil.
type body struct {
	io.Reader
	size int64
	end  func() error // to be called when it is sent
}

// body takes what a caller gave: as it is when it can be sought, else by way of a
// temporary file. One of another length than was said is refused, as S3 would: HTTP
// cannot even send it.
func (a *Account) body(op aws.Operation, given io.Reader, said aws.Option[int64]) (body, error) {
	out := body{Reader: given, end: func() error { return nil }}
	var err error
	if given != nil && !isSeeker(given) {
		out, err = spooled(given)
	}
	if err == nil {
		out.size, err = length(out.Reader)
	}
	switch {
	case err != nil:
		err = unread(op, err)
	case out.size != said.Or(out.size):
		err = incomplete(op, otherLength, nil)
	default:
		return out, nil
	}
	return body{}, errors.Join(err, out.end())
}

// otherLength is what S3 says of a body of another length than was said.
const otherLength = "You did not provide the number of bytes specified by the Content-Length HTTP header"

// unread is a body that cannot be read to its end.
func unread(op aws.Operation, err error) error {
	return incomplete(op, "the body could not be read: "+err.Error(), err)
}

// incomplete is what S3 says of a body that it does not get whole.
func incomplete(op aws.Operation, message string, cause error) error {
	return &aws.Error{
		Service: op.Service, Operation: op.Name, Code: "IncompleteBody", Message: message, Status: http.StatusBadRequest, Cause: cause,
	}
}

// spooled puts a body into a temporary file.
func spooled(given io.Reader) (body, error) {
	file, err := os.CreateTemp("", "awslab-body-")
	if err != nil {
		return body{end: func() error { return nil }}, err
	}
	out := body{Reader: file, end: func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }}
	if _, err = io.Copy(file, given); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	return out, err
}

// length is how many bytes are ahead in a body that can be sought, or nil.
func length(body io.Reader) (int64, error) {
	seeker, ok := body.(io.Seeker)
	if !ok {
		return 0, nil
	}
	at, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	end, err := seeker.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	_, err = seeker.Seek(at, io.SeekStart)
	return end - at, err
}
