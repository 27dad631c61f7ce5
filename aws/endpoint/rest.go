package endpoint

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"awslab/aws"
)

// restCall is a row of the REST table, ready to serve.
type restCall struct {
	restRow
	of        *language
	operation *operation
	parts     []string // of the path; a member's name is in braces
	in, out   *shape   // of the bodies
}

// restCalls makes the rows ready.
func restCalls(all operations) []restCall {
	var out []restCall
	for service, rows := range restRows {
		for _, row := range rows {
			op := all[service][row.operation]
			if op == nil {
				continue // a test has every row find its operation
			}
			c := restCall{restRow: row, of: languageOf(func(l *language) bool { return l.service == service }), operation: op}
			c.parts = strings.Split(row.path, "/")
			elsewhere := make(map[string]string)
			for name, other := range row.names {
				elsewhere[name] = other
			}
			for _, name := range append(c.pathMembers(), row.query...) {
				elsewhere[name] = ""
			}
			c.in, c.out = op.in.with(elsewhere), op.out.with(row.names)
			if c.limit == 0 {
				c.limit = maxBody
			}
			out = append(out, c)
		}
	}
	return out
}

// pathMembers are the members that stand in the path.
func (c *restCall) pathMembers() []string {
	var out []string
	for _, part := range c.parts {
		if name, ok := memberOf(part); ok {
			out = append(out, name)
		}
	}
	return out
}

// memberOf is the member that a part of a path's template stands for.
func memberOf(part string) (string, bool) {
	if name, ok := strings.CutPrefix(part, "{"); ok {
		return strings.TrimSuffix(name, "}"), true
	}
	return "", false
}

// fits reads the members in a path; false when the path is another's.
func (c *restCall) fits(path []string) (map[string]any, bool) {
	if len(path) != len(c.parts) {
		return nil, false
	}
	members := make(map[string]any)
	for i, part := range c.parts {
		name, member := memberOf(part)
		if !member {
			if part != path[i] {
				return nil, false
			}
			continue
		}
		value, err := url.PathUnescape(path[i])
		if err != nil || value == "" {
			return nil, false
		}
		members[name] = value
	}
	return members, true
}

// restDialect is AWS's REST-JSON protocol: what is wanted stands in method, path,
// query and headers, and the rest is a JSON body.
type restDialect struct{}

func (restDialect) codes() credentialCodes {
	return credentialCodes{
		status: http.StatusForbidden, missing: "MissingAuthenticationTokenException",
		incomplete: "IncompleteSignatureException", invalid: "InvalidSignatureException", unknown: "UnrecognizedClientException",
	}
}

// serveREST answers a request to a service of the REST kind.
func (s *server) serveREST(w http.ResponseWriter, r *http.Request, of *language) {
	x := &exchange{server: s, w: w, r: r, of: of, dialect: restDialect{}, id: idOf(of)}
	path := strings.Split(strings.TrimSuffix(r.URL.EscapedPath(), "/"), "/")
	rows := s.tables().rest
	for i := range rows {
		c := &rows[i]
		if c.method != r.Method || c.of != of || c.unless != "" && r.URL.Query().Has(c.unless) {
			continue
		}
		members, ok := c.fits(path)
		if !ok {
			continue
		}
		x.run(c.limit, func(body []byte) (request, error) {
			return c.operation.request(func(in reflect.Value) error { return c.read(r, members, body, in) })
		}, func(_ *operation, out any) {
			if c.finish != nil {
				out = c.finish(x, out)
			}
			x.answerREST(c, reflect.ValueOf(out))
		})
		return
	}
	x.run(maxBody, func([]byte) (request, error) { return request{}, nil }, nil)
}

// read makes an operation's input of a request.
func (c *restCall) read(r *http.Request, members map[string]any, body []byte, in reflect.Value) error {
	whole := c.operation.in
	if payload, ok := whole.named(c.payload); ok {
		in.FieldByIndex(payload.index).SetBytes(body)
	} else if len(c.in.members) > 0 && len(body) > 0 {
		if err := decodeJSON(body, c.in, in); err != nil {
			return err
		}
	}
	query := r.URL.Query()
	for _, name := range c.query {
		if m, ok := whole.named(name); ok && query.Has(name) {
			members[name] = queried(m, query[name])
		}
	}
	for _, g := range whole.gaps {
		if query.Has(g.member) {
			members[g.member] = query.Get(g.member)
		}
	}
	for name, header := range c.headers {
		if value := r.Header.Get(header); value != "" {
			members[name] = value
		}
	}
	return assign(whole, in, members)
}

// queried is what a query has of a member: one value or all.
func queried(m member, values []string) any {
	if m.shape.kind != ofSequence {
		return values[0]
	}
	out := make([]any, len(values))
	for i, value := range values {
		out[i] = value
	}
	return out
}

// answerREST sends an operation's output.
func (x *exchange) answerREST(c *restCall, out reflect.Value) {
	h := x.w.Header()
	h.Set("x-amzn-RequestId", x.id)
	whole, status := c.operation.out, c.status
	for name, header := range c.headers {
		if m, ok := whole.named(name); ok {
			if value := out.FieldByIndex(m.index).String(); value != "" {
				h.Set(header, value)
			}
		}
	}
	if m, ok := whole.named("StatusCode"); ok && status == 0 {
		status = int(out.FieldByIndex(m.index).Int())
	}
	switch payload, ok := whole.named(c.payload); {
	case ok:
		x.answer(status, "application/json", out.FieldByIndex(payload.index).Bytes())
	case len(whole.members) == 0:
		x.answer(status, "", nil)
	default:
		x.answer(status, "application/json", appendJSON(nil, c.out, out))
	}
}

func (restDialect) refuse(x *exchange, failed *aws.Error) {
	h, code := x.w.Header(), failed.Code
	lambda := x.of != nil && x.of.service == aws.ServiceLambda
	if lambda && code == "SerializationException" {
		code, failed.Message = "InvalidRequestContentException", "Could not parse request body into json: "+failed.Message
	}
	h.Set("x-amzn-RequestId", x.id)
	h.Set("x-amzn-ErrorType", code)
	body := append([]byte(nil), '{')
	switch {
	case !lambda || strings.HasSuffix(code, "TokenException") || strings.HasSuffix(code, "ClientException"):
		body = append(body, `"message":`...)
	case len(failed.Reasons) > 0:
		body = append(appendText(append(body, `"Reason":`...), failed.Reasons[0].Code), `,"Type":"User","message":`...)
	case failed.Status >= http.StatusInternalServerError:
		body = append(body, `"Type":"Service","Message":`...)
	default:
		body = append(body, `"Type":"User","Message":`...)
	}
	x.answer(failed.Status, "application/json", append(appendText(body, failed.Message), '}'))
}
