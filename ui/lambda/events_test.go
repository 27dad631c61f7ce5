package lambda

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// drawer keeps things in memory, and fails when it is told to.
type drawer struct {
	mu   sync.Mutex
	kept map[string][]byte
	err  error
}

func (d *drawer) Kept(name string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.kept[name], d.err
}

func (d *drawer) Put(name string, data []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err == nil {
		if d.kept == nil {
			d.kept = make(map[string][]byte)
		}
		d.kept[name] = data
	}
	return d.err
}

func (d *drawer) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err = err
}

func TestEventsAreKept(t *testing.T) {
	t.Parallel()
	d := &drawer{}
	events := withEvent(withEvent(nil, testEvent{"a", "{}"}), testEvent{"b", "1"})
	events = withEvent(events, testEvent{"a", `{"größe":1}`})
	if err := writeEvents(d, "Hello", events); err != nil {
		t.Fatal(err)
	}
	got, err := readEvents(d, "Hello")
	if err != nil || !reflect.DeepEqual(got, []testEvent{{"a", `{"größe":1}`}, {"b", "1"}}) {
		t.Errorf("read %v, %v", got, err)
	}
	if left := withoutEvent(got, "a"); len(left) != 1 || left[0].Name != "b" || len(got) != 2 {
		t.Errorf("%v without a is %v", got, left)
	}
	if other, err := readEvents(d, "Other"); err != nil || other != nil {
		t.Errorf("another function has %v, %v", other, err)
	}
	d.kept[keptEvents("Hello")] = []byte("{")
	if _, err := readEvents(d, "Hello"); err == nil {
		t.Error("what is damaged is read")
	}
	if err := writeEvents(nil, "Hello", nil); !errors.Is(err, errNoKeeper) {
		t.Errorf("kept nowhere: %v", err)
	}
}

// TestTemplates holds the templates to what AWS's console offers.
func TestTemplates(t *testing.T) {
	t.Parallel()
	for name, parts := range map[string][]string{
		"hello-world":          {`{"key1":"value1","key2":"value2","key3":"value3"}`},
		"s3-put":               {`"eventName":"ObjectCreated:Put"`, `"bucket":{"name":"example-bucket"`, `"arn":"arn:aws:s3:::example-bucket"`, `"key":"test%2Fkey"`},
		"apigateway-aws-proxy": {`"resource":"/{proxy+}"`, `"body":"eyJ0ZXN0IjoiYm9keSJ9"`, `"isBase64Encoded":true`, `"stage":"prod"`, `"apiId":"1234567890"`},
	} {
		text := template(name)
		var flat strings.Builder
		for _, line := range strings.Split(text, "\n") {
			flat.WriteString(strings.Replace(strings.TrimSpace(line), `": `, `":`, 1))
		}
		for _, part := range parts {
			if !strings.Contains(flat.String(), part) {
				t.Errorf("%s lacks %s", name, part)
			}
		}
		if !json.Valid([]byte(text)) || pretty([]byte(text)) != strings.TrimSpace(text) {
			t.Errorf("%s is no JSON in lines", name)
		}
	}
	if len(templates) != 3 || template("none") != "" {
		t.Error("other templates than these")
	}
}

func TestEventNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Upload": true, "a.b_c-1": true, strings.Repeat("a", 25): true,
		"": false, "with space": false, "größe": false, strings.Repeat("a", 26): false, "a/b": false,
	} {
		if (eventNameFault(name) == "") != want {
			t.Errorf("%q: %q", name, eventNameFault(name))
		}
	}
}

func TestJSONFaultsAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]*jsonFault{
		`{}`:                   nil,
		" [1] \n":              nil,
		"":                     {1, 1, "The event is empty"},
		"{\n  \"a\": 1,\n}":    {3, 1, "invalid character '}'"},
		"{\n  \"a\": tru\n}":   {2, 11, "invalid character"},
		"{\n  \"a\": {\n":      {3, 1, "The JSON ends too early"},
		"{} {}":                {1, 4, "invalid character '{' after top-level value"},
		"{\"größe\": 1, b: 2}": {1, 16, "invalid character 'b'"},
	} {
		got := checkJSON(text)
		if (got == nil) != (want == nil) {
			t.Errorf("%q: %v", text, got)
			continue
		}
		if got != nil && (got.Line != want.Line || got.Column != want.Column || !strings.Contains(got.Message, want.Message)) {
			t.Errorf("%q: %+v, want %+v", text, *got, *want)
		}
	}
}

// FuzzEventJSON: a text has a fault just when it is no JSON, at a place in it.
func FuzzEventJSON(f *testing.F) {
	f.Add("{\n\"a\": 1,}")
	f.Add("[1, 2")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, text string) {
		fault := checkJSON(text)
		if (fault == nil) != json.Valid([]byte(text)) {
			t.Fatalf("%q: %v", text, fault)
		}
		if fault == nil {
			if again := pretty([]byte(text)); !json.Valid([]byte(again)) {
				t.Fatalf("%q became %q", text, again)
			}
			return
		}
		lines := strings.Split(text, "\n")
		if fault.Line < 1 || fault.Line > len(lines) || fault.Column < 1 || fault.Column > len(lines[fault.Line-1])+1 {
			t.Fatalf("%q: %+v", text, *fault)
		}
	})
}
