package apigateway

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
)

// errMalformed is a function's answer that is no proxy response.
var errMalformed = errors.New("the function's answer is not a proxy response")

// proxyMembers are what a proxy response may have, all of it optional, and
// nothing else.
var proxyMembers = []string{"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}

// parseProxy makes an answer of a function's proxy response. A body in base64
// is decoded when the client wants it binary.
func parseProxy(payload []byte, binary bool) (*response, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(payload, &members); err != nil || members == nil {
		return nil, errMalformed
	}
	for name, value := range members {
		if !slices.Contains(proxyMembers, name) {
			return nil, errMalformed
		}
		if string(value) == "null" {
			delete(members, name)
		}
	}
	out := &response{header: make(http.Header, 4)}
	var err error
	if out.status, err = parseStatus(members["statusCode"]); err != nil {
		return nil, err
	}
	if err := out.parseHeaders(members["headers"], members["multiValueHeaders"]); err != nil {
		return nil, err
	}
	if out.body, err = parseBody(members["body"], members["isBase64Encoded"], binary); err != nil {
		return nil, err
	}
	return out.complete(), nil
}

// parseStatus reads a status: a whole number, or one in a text; 200 when there
// is none.
func parseStatus(raw json.RawMessage) (int, error) {
	if raw == nil {
		return http.StatusOK, nil
	}
	text := string(raw)
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return 0, errMalformed
		}
	}
	status, err := strconv.Atoi(text)
	if err != nil || status < 200 || status > 599 {
		return 0, errMalformed
	}
	return status, nil
}

// parseHeaders reads the headers. Of a name that is in both members, all values
// are sent, each once.
func (r *response) parseHeaders(single, multi json.RawMessage) error {
	var all map[string]json.RawMessage
	if multi != nil {
		if err := json.Unmarshal(multi, &all); err != nil {
			return errMalformed
		}
	}
	sent := make(map[string][]string, len(all))
	for name, raw := range all {
		values, err := headerValues(raw)
		if err != nil {
			return err
		}
		name = http.CanonicalHeaderKey(name)
		sent[name] = append(sent[name], values...)
	}
	var one map[string]json.RawMessage
	if single != nil {
		if err := json.Unmarshal(single, &one); err != nil {
			return errMalformed
		}
	}
	for name, raw := range one {
		value, err := headerValue(raw)
		if err != nil {
			return err
		}
		name = http.CanonicalHeaderKey(name)
		if !slices.Contains(sent[name], value) {
			sent[name] = append(sent[name], value)
		}
	}
	for name, values := range sent {
		r.add(name, values...)
	}
	return nil
}

// headerValues reads the values of a header: a list, or a single one.
func headerValues(raw json.RawMessage) ([]string, error) {
	if raw[0] != '[' {
		value, err := headerValue(raw)
		return []string{value}, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, errMalformed
	}
	values := make([]string, 0, len(list))
	for _, one := range list {
		value, err := headerValue(one)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// headerValue reads one value: a text, true or false.
func headerValue(raw json.RawMessage) (text string, err error) {
	if string(raw) == "true" || string(raw) == "false" {
		return string(raw), nil
	}
	if raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
		return "", errMalformed
	}
	return text, nil
}

// parseBody reads the body, which is a text.
func parseBody(raw, encoded json.RawMessage, binary bool) ([]byte, error) {
	isEncoded := string(encoded) == "true"
	if encoded != nil && !isEncoded && string(encoded) != "false" {
		return nil, errMalformed
	}
	if raw == nil {
		return nil, nil
	}
	var text string
	if raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
		return nil, errMalformed
	}
	if !isEncoded || !binary {
		return []byte(text), nil
	}
	body, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errMalformed
	}
	return body, nil
}
