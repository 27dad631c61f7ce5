package expr

import (
	"errors"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// values are the placeholders that the tests share.
func values() aws.Item {
	return aws.Item{
		":s": aws.S("Time"), ":n": aws.N("10"), ":m": aws.N("20"), ":one": aws.N("1"), ":b": aws.B("bin"), ":t": aws.BOOL(true), ":null": aws.NULL(true),
		":ss": aws.SS{"a", "b"}, ":ns": aws.NS{"1", "2"}, ":bs": aws.BS{[]byte("x")}, ":l": aws.L{aws.S("x")}, ":map": aws.M{"k": aws.S("v")},
		":typeS": aws.S("S"), ":typeX": aws.S("X"), ":a": aws.S("A"), ":z": aws.S("Z"), ":big": aws.N("9e125"),
	}
}

func names() map[string]string {
	return map[string]string{"#y": "Year", "#dot": "a.b", "#_1": "odd"}
}

func placeholders(t testing.TB) *Placeholders {
	t.Helper()
	p := NewPlaceholders(names(), values())
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

// wantFault checks that err is a fault of that wording.
func wantFault(t *testing.T, what string, err error, want string) {
	t.Helper()
	var fault *value.Fault
	if !errors.As(err, &fault) {
		t.Errorf("%s: %v, want the fault %q", what, err, want)
		return
	}
	if fault.Text != want {
		t.Errorf("%s:\n got %s\nwant %s", what, fault.Text, want)
	}
}

func TestReservedWords(t *testing.T) {
	t.Parallel()
	if got := len(reservedWords()); got != 573 {
		t.Errorf("%d reserved words, want 573", got)
	}
	for _, word := range []string{"Year", "name", "STATUS", "Size", "abort", "zone"} {
		if !IsReserved(word) {
			t.Errorf("%s is not reserved", word)
		}
	}
	for _, word := range []string{"Album", "Artist", "Song", "Genre", "Title", "LengthSeconds", "Rating", ""} {
		if IsReserved(word) {
			t.Errorf("%s is reserved", word)
		}
	}
}

func TestPlaceholderFaults(t *testing.T) {
	t.Parallel()
	number := "The parameter cannot be converted to a numeric value: x"
	for _, c := range []struct {
		name        string
		names       map[string]string
		values      aws.Item
		text, older string
	}{
		{"no names", map[string]string{}, nil, "ExpressionAttributeNames must not be empty", ""},
		{"no values", nil, aws.Item{}, "ExpressionAttributeValues must not be empty", ""},
		{"name", map[string]string{"x": "a"}, nil, `ExpressionAttributeNames contains invalid key: Syntax error; key: "x"`, ""},
		{"name with dash", map[string]string{"#a-b": "a"}, nil, `ExpressionAttributeNames contains invalid key: Syntax error; key: "#a-b"`, ""},
		{"bare sign", map[string]string{"#": "a"}, nil, `ExpressionAttributeNames contains invalid key: Syntax error; key: "#"`, ""},
		{"first of names", map[string]string{"b": "a", "a": "b"}, nil, `ExpressionAttributeNames contains invalid key: Syntax error; key: "a"`, ""},
		{"value", nil, aws.Item{"#v": aws.S("a")}, `ExpressionAttributeValues contains invalid key: Syntax error; key: "#v"`, ""},
		{"number", nil, aws.Item{":v": aws.N("x")}, number, "ExpressionAttributeValues contains invalid value: " + number + " for key :v"},
	} {
		err := NewPlaceholders(c.names, c.values).Err()
		wantFault(t, c.name, err, c.text)
		var fault *value.Fault
		if c.older != "" && errors.As(err, &fault) && fault.Older != c.older {
			t.Errorf("%s: older %q, want %q", c.name, fault.Older, c.older)
		}
	}
}

func TestUnusedPlaceholders(t *testing.T) {
	t.Parallel()
	p := NewPlaceholders(map[string]string{"#a": "a", "#b": "b"}, aws.Item{":v": aws.N("1"), ":w": aws.N("2"), ":x": aws.N("3")})
	wantFault(t, "nothing parsed", p.Unused(), "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}")
	if _, err := ParseCondition(FilterExpression, "#a = :v", p); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "one name used", p.Unused(), "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}")
	if _, err := ParseProjection("#b", p); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "names used", p.Unused(), "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w, :x}")
	if _, err := ParseUpdate("SET c = :w + :x", p); err != nil {
		t.Fatal(err)
	}
	if err := p.Unused(); err != nil {
		t.Errorf("all used: %v", err)
	}
	if err := NewPlaceholders(nil, nil).Unused(); err != nil {
		t.Errorf("nope given: %v", err)
	}
}

func TestExpressionSize(t *testing.T) {
	t.Parallel()
	fits := "a" + strings.Repeat(" ", maxLength-1)
	if _, err := ParseProjection(fits, placeholders(t)); err != nil {
		t.Errorf("%d bytes: %v", len(fits), err)
	}
	_, err := ParseCondition(FilterExpression, fits+" ", placeholders(t))
	wantFault(t, "too long", err, "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;")
	var fault *value.Fault
	if want := "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4097"; errors.As(err, &fault) && fault.Older != want {
		t.Errorf("older: %q, want %q", fault.Older, want)
	}
}
