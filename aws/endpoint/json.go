package endpoint

import (
	"hash/crc32"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"awslab/aws"
)

// jsonDialect is AWS's JSON protocol, 1.0 and 1.1: the operation stands in a
// header, its input and output are the bodies.
type jsonDialect struct{}

func (jsonDialect) codes() credentialCodes {
	return credentialCodes{
		status: http.StatusBadRequest, missing: "MissingAuthenticationTokenException",
		incomplete: "IncompleteSignatureException", invalid: "InvalidSignatureException", unknown: "UnrecognizedClientException",
	}
}

// serveJSON answers a request for an operation of that name.
func (s *server) serveJSON(w http.ResponseWriter, r *http.Request, of *language, name string) {
	x := &exchange{server: s, w: w, r: r, of: of, dialect: jsonDialect{}, id: idOf(of)}
	x.run(maxBody, func(body []byte) (request, error) {
		if of == nil {
			return request{}, nil
		}
		op := s.tables().operations[of.service][name]
		var absent []string
		wanted, err := op.request(func(in reflect.Value) (err error) {
			absent, err = decodeRequest(body, op.in, in)
			return err
		})
		wanted.absent = absent
		return wanted, err
	}, func(op *operation, out any) {
		body := s.buffers.take()
		if len(op.out.members) > 0 || !of.isDynamoDB() { // DynamoDB says nothing at all where it has nothing to say
			*body = appendJSON(*body, op.out, reflect.ValueOf(out))
		}
		x.answerJSON(http.StatusOK, *body)
		s.buffers.give(body)
	})
}

// answerJSON sends an answer as the service does.
func (x *exchange) answerJSON(status int, body []byte) {
	h, version := x.w.Header(), "1.1"
	h.Set("x-amzn-RequestId", x.id)
	if x.of != nil {
		version = x.of.version
		if x.of.isDynamoDB() {
			h.Set("Server", "Server")
			h.Set("x-amz-crc32", strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10))
		}
	}
	x.answer(status, "application/x-amz-json-"+version, body)
}

// coral are the codes of DynamoDB's that are not its own, and what their type
// begins with.
var coral = map[string]string{
	"ValidationException":                 "com.amazon.coral.validate#",
	"SerializationException":              "com.amazon.coral.service#",
	"UnknownOperationException":           "com.amazon.coral.service#",
	"AccessDeniedException":               "com.amazon.coral.service#",
	"UnrecognizedClientException":         "com.amazon.coral.service#",
	"IncompleteSignatureException":        "com.amazon.coral.service#",
	"MissingAuthenticationTokenException": "com.amazon.coral.service#",
	"RequestEntityTooLargeException":      "com.amazon.coral.service#",
	"ThrottlingException":                 "com.amazon.coral.availability#",
}

func (jsonDialect) refuse(x *exchange, failed *aws.Error) {
	if failed.Code == "UnknownOperationException" {
		failed.Status = http.StatusBadRequest
	}
	x.legacy(failed)
	kind := failed.Code
	if x.of != nil && x.of.faults != "" {
		prefix, shared := coral[kind]
		if !shared {
			prefix = x.of.faults
		}
		kind = prefix + shapeName(x.of, kind)
	}
	x.answerJSON(failed.Status, errorJSON(kind, failed))
}

// errorJSON is an error's body. Some of DynamoDB's errors have more to tell.
func errorJSON(kind string, failed *aws.Error) []byte {
	out := appendText(append(make([]byte, 0, 256), `{"__type":`...), kind)
	if failed.Message != "" || failed.Code != "SerializationException" {
		member := "message"
		if strings.Contains(kind, "coral.service#") || len(failed.Reasons) > 0 {
			member = "Message"
		}
		out = append(out, `,"`+member+`":`...)
		out = appendText(out, failed.Message)
	}
	if failed.Item != nil {
		out = appendItem(append(out, `,"Item":`...), failed.Item)
	}
	if failed.Reasons != nil {
		out = append(out, `,"CancellationReasons":`...)
		out = appendElements(out, failed.Reasons, appendReason)
	}
	return append(out, '}')
}

func appendReason(out []byte, reason aws.CancellationReason) []byte {
	out = appendText(append(out, `{"Code":`...), reason.Code)
	if reason.Message != "" {
		out = appendText(append(out, `,"Message":`...), reason.Message)
	}
	if reason.Item != nil {
		out = appendItem(append(out, `,"Item":`...), reason.Item)
	}
	return append(out, '}')
}
