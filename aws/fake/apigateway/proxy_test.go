package apigateway

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// written is an answer in one line: its status, its headers and its body.
func written(r *response) string {
	out := fmt.Sprint(r.status)
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		out += fmt.Sprintf(" %s=%s", name, strings.Join(r.header[name], ","))
	}
	return out + " " + string(r.body)
}

const isJSON = " Content-Type=application/json "

func TestProxyResponses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		payload string
		binary  bool
		want    string // "" is malformed
	}{
		{`{}`, false, "200" + isJSON},
		{`{"body":"{\"q\":1}"}`, false, "200" + isJSON + `{"q":1}`},
		{`{"statusCode":404,"body":"no"}`, false, "404" + isJSON + "no"},
		{`{"statusCode":"201"}`, false, "201" + isJSON},
		{` {"statusCode" : 204 , "body":null,"headers":null,"multiValueHeaders":null,"isBase64Encoded":null}`, false, "204" + isJSON},
		{`{"headers":{"content-type":"text/plain","x-a":"1"}}`, false, "200 Content-Type=text/plain X-A=1 "},
		{`{"headers":{"X-Flag":true}}`, false, "200" + isJSON[:len(isJSON)-1] + " X-Flag=true "},
		{`{"multiValueHeaders":{"Set-Cookie":["a=1","b=2"],"X-One":"1"}}`, false, "200" + isJSON[:len(isJSON)-1] + " Set-Cookie=a=1,b=2 X-One=1 "},
		{`{"headers":{"x-a":"2","X-B":"1"},"multiValueHeaders":{"X-A":["1","2"],"X-B":["2"]}}`, false,
			"200" + isJSON[:len(isJSON)-1] + " X-A=1,2 X-B=2,1 "},
		{`{"headers":{"Date":"now","connection":"close","Server":"me","WWW-Authenticate":"Basic","Via":"x","Content-Length":"7"}}`, false,
			"200" + isJSON[:len(isJSON)-1] + " X-Amzn-Remapped-Connection=close X-Amzn-Remapped-Content-Length=7 X-Amzn-Remapped-Date=now" +
				" X-Amzn-Remapped-Server=me X-Amzn-Remapped-Via=x X-Amzn-Remapped-Www-Authenticate=Basic "},
		{`{"headers":{"Transfer-Encoding":"chunked","TE":"x"}}`, false, "200" + isJSON},
		{`{"body":"aGk=","isBase64Encoded":true}`, true, "200" + isJSON + "hi"},
		{`{"body":"aGk=","isBase64Encoded":true}`, false, "200" + isJSON + "aGk="},
		{`{"body":"aGk=","isBase64Encoded":false}`, true, "200" + isJSON + "aGk="},
		{`{"body":"é\u00e9\n"}`, false, "200" + isJSON + "éé\n"},

		{`{"body":"!","isBase64Encoded":true}`, true, ""},
		{`{"body":{"q":1}}`, false, ""},
		{`{"body":1}`, false, ""},
		{`{"statusCode":"ok"}`, false, ""},
		{`{"statusCode":200.5}`, false, ""},
		{`{"statusCode":99}`, false, ""},
		{`{"statusCode":100}`, false, ""},
		{`{"statusCode":600}`, false, ""},
		{`{"statusCode":true}`, false, ""},
		{`{"headers":[]}`, false, ""},
		{`{"headers":{"X-A":1}}`, false, ""},
		{`{"headers":{"X-A":null}}`, false, ""},
		{`{"headers":{"X-A":{}}}`, false, ""},
		{`{"multiValueHeaders":{"X-A":[1]}}`, false, ""},
		{`{"isBase64Encoded":"true"}`, false, ""},
		{`{"Body":"x"}`, false, ""},
		{`{"statusCode":200,"extra":1}`, false, ""},
		{`{"errorMessage":"x"}`, false, ""},
		{`null`, false, ""},
		{`"text"`, false, ""},
		{`[]`, false, ""},
		{`7`, false, ""},
		{``, false, ""},
		{`{`, false, ""},
	} {
		got := ""
		if r, err := parseProxy([]byte(c.payload), c.binary); err == nil {
			got = written(r)
		}
		if got != c.want {
			t.Errorf("%s is\n%q, want\n%q", c.payload, got, c.want)
		}
	}
}

func FuzzProxyResponse(f *testing.F) {
	f.Add([]byte(`{"statusCode":"200","headers":{"a":"b"},"multiValueHeaders":{"a":["c",true]},"body":"x","isBase64Encoded":false}`), true)
	f.Add([]byte(`{"body":"aGk=","isBase64Encoded":true}`), true)
	f.Add([]byte(`null`), false)
	f.Fuzz(func(t *testing.T, payload []byte, binary bool) {
		r, err := parseProxy(payload, binary)
		if err != nil {
			return
		}
		if r.status < 200 || r.status > 599 || r.header.Get("Content-Type") == "" && len(r.header["Content-Type"]) == 0 {
			t.Errorf("%q is %s", payload, written(r))
		}
		for name := range r.header {
			if name != http.CanonicalHeaderKey(name) || remapped[name] || dropped[name] {
				t.Errorf("%q sets %s", payload, name)
			}
		}
		if !binary && !utf8.Valid(r.body) {
			t.Errorf("%q has the body %q", payload, r.body)
		}
	})
}

func TestBinaryMediaTypes(t *testing.T) {
	t.Parallel()
	types := []string{"image/png", "Audio/*"}
	for kind, want := range map[string]bool{
		"image/png": true, "IMAGE/PNG; q=1": true, "audio/mpeg": true, "audio": false, "image/jpeg": false, "*/*": false, "": false, "audiox/y": false,
	} {
		if got := isBinary(types, kind); got != want {
			t.Errorf("%q is binary: %v", kind, got)
		}
	}
	if !isBinary([]string{"*/*"}, "text/plain") || isBinary([]string{"*/*"}, "") {
		t.Error("*/* is every type there is")
	}
}
