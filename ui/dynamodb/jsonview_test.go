package dynamodb

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

// scalar draws a value that plain JSON can say.
func scalar(t *rapid.T) aws.AttributeValue {
	switch rapid.IntRange(0, 3).Draw(t, "scalar") {
	case 0:
		return aws.N(jsonNumber(decimal(t)))
	case 1:
		return aws.BOOL(rapid.Bool().Draw(t, "bool"))
	case 2:
		return aws.NULL(true)
	}
	return aws.S(rapid.String().Draw(t, "text"))
}

// value draws a value of any type; typed ones too, which plain JSON cannot say.
func value(t *rapid.T, depth int, typed bool) aws.AttributeValue {
	kinds := []string{"scalar", "scalar"}
	if depth < 3 {
		kinds = append(kinds, "list", "map")
	}
	if typed {
		kinds = append(kinds, "binary", "strings", "numbers", "binaries")
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "list":
		out := make(aws.L, rapid.IntRange(0, 3).Draw(t, "length"))
		for i := range out {
			out[i] = value(t, depth+1, typed)
		}
		return out
	case "map":
		return aws.M(attributes(t, depth+1, typed))
	case "binary":
		return aws.B(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
	case "strings":
		return aws.SS(rapid.SliceOfNDistinct(rapid.String(), 1, 4, rapid.ID).Draw(t, "strings"))
	case "numbers":
		return aws.NS(rapid.SliceOfNDistinct(rapid.Custom(decimal), 1, 4, canonicalNumber).Draw(t, "numbers"))
	case "binaries":
		return aws.BS(rapid.SliceOfNDistinct(rapid.SliceOf(rapid.Byte()), 1, 4, func(b []byte) string { return string(b) }).Draw(t, "binaries"))
	}
	return scalar(t)
}

func attributes(t *rapid.T, depth int, typed bool) aws.Item {
	out := make(aws.Item)
	for _, name := range rapid.SliceOfNDistinct(rapid.StringN(1, 8, -1), 0, 4, rapid.ID).Draw(t, "names") {
		out[name] = value(t, depth, typed)
	}
	return out
}

func TestItemsSurviveTheJSONView(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := notation(rapid.Bool().Draw(t, "DynamoDB JSON"))
		item := orderedItem{Item: attributes(t, 0, in == dynamoDBJSON)}
		text := formatItem(item, in)
		if !json.Valid([]byte(text)) {
			t.Fatalf("not JSON: %s", text)
		}
		back, fault := parseItem(text, in)
		if fault != nil {
			t.Fatalf("%v in %s", fault, text)
		}
		if !reflect.DeepEqual(back.Item, item.Item) {
			t.Fatalf("%#v became %#v by way of %s", item.Item, back.Item, text)
		}
		if in == dynamoDBJSON {
			var item2 aws.Item
			if err := json.Unmarshal([]byte(text), &item2); err != nil || !reflect.DeepEqual(item2, item.Item) {
				t.Fatalf("AWS would read %#v (%v) of %s", item2, err, text)
			}
		}
	})
}

func TestPlainJSONOfDigits(t *testing.T) {
	t.Parallel()
	const text = `{"a": 12345678901234567890123456789012345678, "b": 0.10, "c": 1E+5, "d": -0}`
	item, fault := parseItem(text, plainJSON)
	if fault != nil {
		t.Fatal(fault)
	}
	want := aws.Item{"a": aws.N("12345678901234567890123456789012345678"), "b": aws.N("0.10"), "c": aws.N("1E+5"), "d": aws.N("-0")}
	if !reflect.DeepEqual(item.Item, want) {
		t.Errorf("read %v", item.Item)
	}
	if got := strings.Join(strings.Fields(formatItem(item, plainJSON)), " "); got != strings.ReplaceAll(strings.ReplaceAll(text, "{", "{ "), "}", " }") {
		t.Errorf("wrote %s", got)
	}
}

func TestJSONKeepsOrder(t *testing.T) {
	t.Parallel()
	item, fault := parseItem(`{"z": 1, "a": 2, "m": 3}`, plainJSON)
	if fault != nil {
		t.Fatal(fault)
	}
	if want := []string{"z", "a", "m"}; !reflect.DeepEqual(item.names(), want) {
		t.Errorf("the names are %v", item.names())
	}
	item.Order = []string{"m", "gone", "m"}
	if want := []string{"m", "a", "z"}; !reflect.DeepEqual(item.names(), want) {
		t.Errorf("the names are %v", item.names())
	}
}

func TestJSONFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text         string
		in           notation
		line, column int
		message      string
	}{
		{"", plainJSON, 1, 1, "The JSON ends here; expected a value"},
		{"[]", plainJSON, 1, 1, "An item is a JSON object: { … }"},
		{"{\n  \"a\": 1,\n}", plainJSON, 3, 1, `Expected a name in "double quotes", found '}'`},
		{"{\"a\" 1}", plainJSON, 1, 6, "Expected a colon (:) after the name, found '1'"},
		{"{\"a\": 1\n \"b\": 2}", plainJSON, 2, 2, "Expected a comma (,) or a closing brace (}), found '\"'"},
		{`{"a": [1 2]}`, plainJSON, 1, 10, "Expected a comma (,) or a closing bracket (]), found '2'"},
		{`{"a": 'x'}`, plainJSON, 1, 7, `Expected a value, found '\''`},
		{`{"ä": 01}`, plainJSON, 1, 7, "01 is not a number in JSON"},
		{`{"a": "x`, plainJSON, 1, 7, `The string has no closing quote (")`},
		{"{\"a\": \"x\ny\"}", plainJSON, 1, 9, `A string ends on the line where it starts; write a line break as \n`},
		{`{"a": "\q"}`, plainJSON, 1, 7, `The string has an escape (\) that JSON does not know`},
		{`{"a": 1, "a": 2}`, plainJSON, 1, 10, `The name "a" is there twice`},
		{`{"": 1}`, plainJSON, 1, 2, "An attribute needs a name"},
		{`{} x`, plainJSON, 1, 4, "There is more after the end of the JSON"},
		{`{"a": 1e126}`, plainJSON, 1, 7, "Number overflow. Attempting to store a number with magnitude larger than supported range"},
		{"{\n\t\"a\": \"x\"}", dynamoDBJSON, 2, 7, `DynamoDB JSON names the type of each value, as in {"S": "text"} or {"N": "1973"}`},
		{`{"a": {}}`, dynamoDBJSON, 1, 7, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"},
		{`{"a": {"S": "x", "N": "1"}}`, dynamoDBJSON, 1, 18, "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"},
		{`{"a": {"X": "x"}}`, dynamoDBJSON, 1, 8, `Supplied AttributeValue is empty, must contain exactly one of the supported datatypes: "X" is not a type`},
		{`{"a": {"N": 1}}`, dynamoDBJSON, 1, 13, `A Number (N) is written as text in quotes, as in {"N": "…"}`},
		{`{"a": {"N": "one"}}`, dynamoDBJSON, 1, 13, "The parameter cannot be converted to a numeric value: one"},
		{`{"a": {"B": "?"}}`, dynamoDBJSON, 1, 13, "Binary values are written in base64, as in SGVsbG8="},
		{`{"a": {"BOOL": "true"}}`, dynamoDBJSON, 1, 16, "A Boolean (BOOL) is true or false, without quotes"},
		{`{"a": {"NULL": false}}`, dynamoDBJSON, 1, 16, "One or more parameter values were invalid: Null attribute value types must have the value of true"},
		{`{"a": {"SS": []}}`, dynamoDBJSON, 1, 14, "One or more parameter values were invalid: An string set  may not be empty"},
		{`{"a": {"NS": ["1", "1.0"]}}`, dynamoDBJSON, 1, 14, "One or more parameter values were invalid: Input collection contains duplicates: 1.0 is there twice"},
		{`{"a": {"L": {}}}`, dynamoDBJSON, 1, 13, "A List (L) is an array: [ … ]"},
		{`{"a": {"M": {"b": {"S": 1}}}}`, dynamoDBJSON, 1, 25, `A String (S) is written as text in quotes, as in {"S": "…"}`},
	} {
		_, fault := parseItem(c.text, c.in)
		if fault == nil {
			t.Errorf("%s: no fault", c.text)
			continue
		}
		if fault.Line != c.line || fault.Column != c.column || fault.Message != c.message {
			t.Errorf("%s:\n got %v\nwant line %d, column %d: %s", c.text, fault, c.line, c.column, c.message)
		}
	}
}

func TestDeepJSON(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000)
	if _, fault := parseItem(deep, plainJSON); fault == nil || fault.Message != "Nesting Levels have exceeded supported limits" {
		t.Errorf("the fault is %v", fault)
	}
	var nested aws.AttributeValue = aws.S("x")
	for range 31 {
		nested = aws.M{"a": nested}
	}
	text := formatItem(orderedItem{Item: aws.Item{"a": nested}}, dynamoDBJSON)
	if _, fault := parseItem(text, dynamoDBJSON); fault != nil {
		t.Errorf("32 levels: %v", fault)
	}
}

func TestPlainFault(t *testing.T) {
	t.Parallel()
	plain := aws.Item{"a": aws.L{aws.M{"b": aws.N("1")}, aws.NULL(true)}}
	if reason := plainFault(plain); reason != "" {
		t.Error(reason)
	}
	plain["c"] = aws.M{"d": aws.L{aws.NS{"1"}}}
	if reason := plainFault(plain); !strings.HasPrefix(reason, "c holds a Number set") {
		t.Error(reason)
	}
}

// FuzzJSONView reads any text in both notations: what is read is written and
// read back as the same item, and a fault is at a place of the text.
func FuzzJSONView(f *testing.F) {
	for _, text := range []string{
		`{"Artist": "Psy", "Year": 2012, "Tags": ["a", null, true, {"b": 1.50}]}`,
		`{"Artist": {"S": "Psy"}, "Year": {"N": "2012"}, "T": {"SS": ["a"]}, "B": {"BS": ["YQ=="]}, "M": {"M": {"x": {"L": [{"NULL": true}]}}}}`,
		`{"a": "\ud800", "b": "` + "\xff" + `"}`, "{\n\t\"a\": \n", `{"a": {"NS": ["1", "1e0"]}}`, "\ufeff{}", "{\"a\u0000\": 1}",
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, typed bool) {
		in := notation(typed)
		root, fault := readJSON(text)
		if valid := json.Valid([]byte(text)); fault == nil && !valid {
			t.Fatalf("%q is not JSON, and was read as %v", text, root)
		} else if fault != nil && valid && !strings.Contains(fault.Message, "twice") && !strings.Contains(fault.Message, "Nesting") {
			t.Fatalf("%q is JSON: %v", text, fault)
		}
		item, fault := parseItem(text, in)
		if fault != nil {
			lines := strings.Split(text, "\n")
			if fault.Line < 1 || fault.Line > len(lines) || fault.Column < 1 || fault.Column > len([]rune(lines[fault.Line-1]))+1 {
				t.Fatalf("%v is outside of %q", fault, text)
			}
			return
		}
		if in == plainJSON && plainFault(item.Item) != "" {
			t.Fatalf("%q was read as %v", text, item)
		}
		for _, out := range []notation{dynamoDBJSON, in} {
			written := formatItem(item, out)
			back, fault := parseItem(written, out)
			if fault != nil {
				t.Fatalf("%q was written as %q: %v", text, written, fault)
			}
			if !reflect.DeepEqual(back, item) {
				t.Fatalf("%q was written as %q, which reads %v, not %v", text, written, back, item)
			}
		}
	})
}
