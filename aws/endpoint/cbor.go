package endpoint

import (
	"net/http"
	"reflect"
	"strings"

	"awslab/aws"

	"github.com/fxamacker/cbor/v2"
)

// cborDialect is Smithy's RPC v2 protocol in CBOR, which CloudWatch speaks with
// today's clients: the operation stands in the path.
type cborDialect struct{}

func (cborDialect) codes() credentialCodes { return jsonDialect{}.codes() }

// cborOf takes the path of the protocol apart: /service/NAME/operation/OPERATION,
// which may have more before it.
func cborOf(r *http.Request) (service, operation string, ok bool) {
	parts := strings.Split(r.URL.Path, "/")
	n := len(parts)
	if r.Method != http.MethodPost || n < 5 || parts[n-4] != "service" || parts[n-2] != "operation" {
		return "", "", false
	}
	return parts[n-3], parts[n-1], r.Header.Get("Smithy-Protocol") == "rpc-v2-cbor"
}

// serveCBOR answers a request of the protocol.
func (s *server) serveCBOR(w http.ResponseWriter, r *http.Request, service, name string) {
	of, _ := targeted(service)
	x := &exchange{server: s, w: w, r: r, of: of, dialect: cborDialect{}, id: idOf(of)}
	x.run(maxBody, func(body []byte) (request, error) {
		if of == nil {
			return request{}, nil
		}
		op := s.tables().operations[of.service][name]
		return op.request(func(in reflect.Value) error {
			values, err := s.tables().cbor.decode(body)
			if err == nil {
				err = assign(op.in, in, values)
			}
			return err
		})
	}, func(op *operation, out any) { x.answerCBOR(http.StatusOK, tree(op.out, reflect.ValueOf(out))) })
}

// cborCodec reads and writes CBOR as the protocol has it.
type cborCodec struct {
	reads  cbor.DecMode
	writes cbor.EncMode
}

// newCBOR makes the codec. Its options are fixed, and good ones.
func newCBOR() cborCodec {
	reads, err := cbor.DecOptions{DefaultMapType: reflect.TypeFor[map[string]any](), MaxNestedLevels: 64}.DecMode()
	if err != nil {
		panic(err)
	}
	// Times are seconds since 1970, and tagged as times.
	writes, err := cbor.EncOptions{Sort: cbor.SortBytewiseLexical, Time: cbor.TimeUnixDynamic, TimeTag: cbor.EncTagRequired}.EncMode()
	if err != nil {
		panic(err)
	}
	return cborCodec{reads, writes}
}

// decode reads a map; an operation without members may come with no body.
func (c cborCodec) decode(body []byte) (map[string]any, error) {
	if len(body) == 0 {
		return nil, nil
	}
	var out map[string]any
	if err := c.reads.Unmarshal(body, &out); err != nil {
		return nil, unserializable("The body is not the CBOR of a structure")
	}
	return out, nil
}

func (x *exchange) answerCBOR(status int, value any) {
	h := x.w.Header()
	h.Set("x-amzn-RequestId", x.id)
	h.Set("Smithy-Protocol", "rpc-v2-cbor")
	body, err := x.server.tables().cbor.writes.Marshal(value)
	if err != nil {
		http.Error(x.w, "the answer cannot be written as CBOR: "+err.Error(), http.StatusInternalServerError)
		return
	}
	x.answer(status, "application/cbor", body)
}

func (cborDialect) refuse(x *exchange, failed *aws.Error) {
	if failed.Code == "UnknownOperationException" {
		failed.Status = http.StatusNotFound
	}
	x.legacy(failed)
	kind := failed.Code
	if x.of != nil {
		kind = "com.amazonaws.cloudwatch#" + shapeName(x.of, kind)
	}
	x.answerCBOR(failed.Status, map[string]any{"__type": kind, "message": failed.Message})
}
