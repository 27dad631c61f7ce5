package apigateway

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// looseStatus is the request template's answer as it is often written, which
// API Gateway takes though it is no JSON.
var looseStatus = regexp.MustCompile(`^\s*\{\s*["']?statusCode["']?\s*:\s*(\d+)\s*,?\s*\}\s*$`)

// mock answers a call from its templates: the request's gives a status, which
// selects an answer.
func (s *Service) mock(x *call) *response {
	x.integrated = true
	text, refused := x.transformed()
	if refused != nil {
		return x.refuse(*refused)
	}
	status, ok := mockStatus(text)
	if !ok {
		return x.misconfigured("Unable to parse statusCode. It should be an integer that is defined in the request template.")
	}
	answer := x.method.answer(strconv.Itoa(status))
	if answer == nil {
		return x.misconfigured("No match for output mapping and no default output mapping configured. Endpoint Response Status Code: " + strconv.Itoa(status))
	}
	if _, declared := x.method.MethodResponses[answer.StatusCode]; !declared {
		return x.misconfigured("Output mapping refers to an invalid method response: " + answer.StatusCode)
	}
	out, err := x.mapped(answer)
	if err != nil {
		return x.misconfigured("Unable to transform response: " + err.Error())
	}
	x.logResponse(out)
	return out
}

// misconfigured ends a call whose method cannot be run as it is.
func (x *call) misconfigured(why string) *response {
	x.log.add("Execution failed due to configuration error: %s", why)
	return x.refuse(internalError)
}

// transformed is the request's body as its template makes it.
func (x *call) transformed() (string, *refusal) {
	kind, _, _ := strings.Cut(x.contentType(), ";")
	if kind = strings.TrimSpace(kind); kind == "" {
		kind = contentJSON
	}
	chosen, found := x.method.templates[kind]
	if !found {
		behavior := x.method.MethodIntegration.PassthroughBehavior
		if behavior == passNever || behavior == passNoTemplates && len(x.method.templates) > 0 {
			return "", &unsupportedMedia
		}
		return string(x.body), nil
	}
	text, err := chosen.render(x.scope(x.body))
	if err != nil {
		x.log.add("Execution failed due to configuration error: Unable to transform request: %s", err)
		return "", &internalError
	}
	x.log.body("Endpoint request body after transformations", []byte(text))
	return text, nil
}

// mockStatus is the status that a request template gives.
func mockStatus(text string) (int, bool) {
	var given struct {
		StatusCode json.Number `json:"statusCode"`
	}
	if found := looseStatus.FindStringSubmatch(text); found != nil {
		given.StatusCode = json.Number(found[1])
	} else if err := json.Unmarshal([]byte(text), &given); err != nil {
		return 0, false
	}
	status, err := strconv.Atoi(given.StatusCode.String())
	return status, err == nil
}

// answer is the integration's answer that a status selects, or the default one;
// nil when there is neither.
func (m *method) answer(status string) *mapped {
	for i := range m.responses {
		if r := &m.responses[i]; r.selects != nil && r.selects.MatchString(status) {
			return r
		}
	}
	for i := range m.responses {
		if r := &m.responses[i]; r.selects == nil {
			return r
		}
	}
	return nil
}

// mapped makes the method's answer of an integration's.
func (x *call) mapped(r *mapped) (*response, error) {
	status, err := strconv.Atoi(r.StatusCode)
	if err != nil {
		return nil, err
	}
	out := &response{status: status, header: make(http.Header, len(r.headers)+1)}
	scope := x.scope(nil)
	for name, value := range r.headers {
		if text, ok := value(scope); ok {
			out.add(name, text)
		}
	}
	if kind := r.kind(x.header.Values("Accept")); kind != "" {
		text, err := r.templates[kind].render(scope)
		if err != nil {
			return nil, err
		}
		out.body = []byte(text)
		if out.header.Get("Content-Type") == "" {
			out.header.Set("Content-Type", kind)
		}
	}
	return out.complete(), nil
}

// kind is the content type whose template is taken: what the client accepts,
// else JSON, else the first there is; "" when there is none.
func (r *mapped) kind(accepts []string) string {
	for _, kind := range []string{firstAccept(accepts), contentJSON} {
		if _, ok := r.templates[kind]; ok {
			return kind
		}
	}
	if kinds := slices.Sorted(maps.Keys(r.templates)); len(kinds) > 0 {
		return kinds[0]
	}
	return ""
}
