package endpoint

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"awslab/aws"

	"pgregory.net/rapid"
)

// anything draws a value of a shape, as a client or a service may send it.
func anything(t *rapid.T, s *shape, v reflect.Value) {
	switch s.kind {
	case ofText:
		v.SetString(rapid.String().Draw(t, "text"))
	case ofWhole:
		v.SetInt(rapid.Int64Range(-1<<31, 1<<31-1).Draw(t, "whole"))
	case ofDecimal:
		v.SetFloat(rapid.Float64Range(-1e30, 1e30).Draw(t, "decimal"))
	case ofTruth:
		v.SetBool(rapid.Bool().Draw(t, "truth"))
	case ofBlob:
		v.SetBytes(append([]byte{}, rapid.SliceOf(rapid.Byte()).Draw(t, "blob")...))
	case ofMoment:
		v.Set(reflect.ValueOf(time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "moment"), 0).UTC()))
	case ofAttribute:
		v.Set(reflect.ValueOf(attributes(2).Draw(t, "attribute")))
	case ofValue:
		v.Set(reflect.ValueOf(aws.Value{AttributeValue: attributes(2).Draw(t, "value")}))
	case ofItem:
		v.Set(reflect.ValueOf(aws.Item(rapid.MapOfN(rapid.String(), attributes(2), 0, 3).Draw(t, "item"))))
	case ofJSON:
		v.SetBytes([]byte(`{"a":1}`)) // a payload; no other type is of this kind
	case ofPointer:
		v.Set(reflect.New(s.elem.of))
		anything(t, s.elem, v.Elem())
	case ofOption:
		value := reflect.New(s.elem.of).Elem()
		anything(t, s.elem, value)
		if err := give(v, value); err != nil {
			t.Fatal(err)
		}
	case ofSequence:
		v.Set(reflect.MakeSlice(s.of, rapid.IntRange(0, 2).Draw(t, "length"), 2))
		for i := range v.Len() {
			anything(t, s.elem, v.Index(i))
		}
	case ofDictionary:
		v.Set(reflect.MakeMap(s.of))
		for range rapid.IntRange(0, 2).Draw(t, "length") {
			value := reflect.New(s.elem.of).Elem()
			anything(t, s.elem, value)
			v.SetMapIndex(reflect.ValueOf(rapid.String().Draw(t, "key")).Convert(s.of.Key()), value)
		}
	case ofStructure:
		for _, m := range s.members {
			optional := m.omit || m.shape.kind == ofPointer || m.shape.kind == ofOption || m.shape.kind == ofAttribute
			if !optional || rapid.Bool().Draw(t, m.name+" is given") {
				anything(t, m.shape, v.FieldByIndex(m.index))
			}
		}
	}
}

// attributes draws DynamoDB values, to a depth.
func attributes(depth int) *rapid.Generator[aws.AttributeValue] {
	as := func(value aws.AttributeValue) aws.AttributeValue { return value }
	kinds := []*rapid.Generator[aws.AttributeValue]{
		rapid.Map(rapid.String(), func(s string) aws.AttributeValue { return as(aws.S(s)) }),
		rapid.Map(rapid.Int64(), func(n int64) aws.AttributeValue { return as(aws.N(strconv.FormatInt(n, 10))) }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) aws.AttributeValue { return as(aws.B(b)) }),
		rapid.Map(rapid.Bool(), func(b bool) aws.AttributeValue { return as(aws.BOOL(b)) }),
		rapid.Map(rapid.Bool(), func(b bool) aws.AttributeValue { return as(aws.NULL(b)) }),
		rapid.Map(rapid.SliceOfN(rapid.String(), 0, 3), func(s []string) aws.AttributeValue { return as(aws.SS(s)) }),
		rapid.Map(rapid.SliceOfN(rapid.StringMatching(`\d+`), 0, 3), func(s []string) aws.AttributeValue { return as(aws.NS(s)) }),
		rapid.Map(rapid.SliceOfN(rapid.SliceOf(rapid.Byte()), 0, 3), func(s [][]byte) aws.AttributeValue { return as(aws.BS(s)) }),
	}
	if depth > 0 {
		inner := attributes(depth - 1)
		kinds = append(kinds,
			rapid.Map(rapid.SliceOfN(inner, 0, 3), func(l []aws.AttributeValue) aws.AttributeValue { return as(aws.L(l)) }),
			rapid.Map(rapid.MapOfN(rapid.String(), inner, 0, 3), func(m map[string]aws.AttributeValue) aws.AttributeValue { return as(aws.M(m)) }))
	}
	return rapid.OneOf(kinds...)
}

// sendable are the shapes of all inputs and outputs of the services that a
// protocol of the table serves.
func sendable(fits func(*language) bool) map[string]*shape {
	out := make(map[string]*shape)
	all := newOperations(make(shapes))
	for i := range languages {
		if !fits(&languages[i]) {
			continue
		}
		for name, op := range all[languages[i].service] {
			out[name+"Input"], out[name+"Output"] = op.in, op.out
		}
	}
	return out
}

// roundTrip draws values of each shape, sends them and has the same arrive.
func roundTrip(t *testing.T, all map[string]*shape, send func(s *shape, v, arrived reflect.Value) error) {
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				v, arrived := reflect.New(s.of).Elem(), reflect.New(s.of).Elem()
				anything(t, s, v)
				if err := send(s, v, arrived); err != nil {
					t.Fatalf("%+v: %v", v, err)
				}
				if !reflect.DeepEqual(arrived.Interface(), v.Interface()) {
					t.Fatalf("sent    %+v\narrived %+v", v, arrived)
				}
			})
		})
	}
}

func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	roundTrip(t, sendable(func(*language) bool { return true }), func(s *shape, v, arrived reflect.Value) error {
		body := appendJSON(nil, s, v)
		if !json.Valid(body) {
			return errors.New("no JSON: " + string(body))
		}
		return decodeJSON(body, s, arrived)
	})
}

func TestCBORRoundTrip(t *testing.T) {
	t.Parallel()
	codec := newCBOR()
	roundTrip(t, sendable(func(l *language) bool { return l.service == aws.ServiceCloudWatch }), func(s *shape, v, arrived reflect.Value) error {
		body, err := codec.writes.Marshal(tree(s, v))
		if err != nil {
			return err
		}
		values, err := codec.decode(body)
		if err != nil {
			return err
		}
		return assign(s, arrived, values)
	})
}

// writeForm writes a value as a client of the Query protocol does.
func writeForm(form url.Values, name string, value any) {
	switch value := value.(type) {
	case []any:
		if len(value) == 0 {
			form.Set(name, "")
		}
		for i, element := range value {
			writeForm(form, fmt.Sprintf("%s.member.%d", name, i+1), element)
		}
	case map[string]any:
		for member, value := range value {
			writeForm(form, strings.TrimPrefix(name+"."+member, "."), value)
		}
	case time.Time:
		form.Set(name, value.Format(time.RFC3339))
	default:
		form.Set(name, fmt.Sprint(value))
	}
}

func TestFormRoundTrip(t *testing.T) {
	t.Parallel()
	inputs := make(map[string]*shape)
	for name, s := range sendable(func(l *language) bool { return l.dated != "" }) {
		if strings.HasSuffix(name, "Input") {
			inputs[name] = s
		}
	}
	roundTrip(t, inputs, func(s *shape, v, arrived reflect.Value) error {
		form := make(url.Values)
		writeForm(form, "", tree(s, v))
		form, err := parseForm(form.Encode())
		if err != nil {
			return err
		}
		values, err := formTree(form)
		if err != nil {
			return err
		}
		return assign(s, arrived, formed(s, values))
	})
}

// TestXMLIsWellFormed has each answer of the Query protocol read, whatever is in it.
func TestXMLIsWellFormed(t *testing.T) {
	t.Parallel()
	for name, s := range sendable(func(l *language) bool { return l.dated != "" }) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				v := reflect.New(s.of).Elem()
				anything(t, s, v)
				body := opened("Result", "")
				encodeXML(body, s, v)
				body.WriteString("</Result>")
				text := body.String()
				for d := xml.NewDecoder(strings.NewReader(text)); ; {
					if _, err := d.Token(); errors.Is(err, io.EOF) {
						return
					} else if err != nil {
						t.Fatalf("%v: %s", err, text)
					}
				}
			})
		})
	}
}

// TestRESTTable holds the rows against the operation table: each operation of the
// REST services has one, and what a row says of members is true.
func TestRESTTable(t *testing.T) {
	t.Parallel()
	all := newOperations(make(shapes))
	places := make(map[string]string)
	for service, rows := range restRows {
		named := make(map[string]bool)
		for _, row := range rows {
			op := all[service][row.operation]
			if op == nil || named[row.operation] {
				t.Errorf("%s: a row too many", row.operation)
				continue
			}
			named[row.operation] = true
			c := restCall{restRow: row, parts: strings.Split(row.path, "/")}
			for _, name := range append(c.pathMembers(), row.query...) {
				if _, ok := op.in.named(name); !ok {
					t.Errorf("%s has no member %s", row.operation, name)
				}
			}
			if _, tells := op.out.named("StatusCode"); row.status == 0 && !tells {
				t.Errorf("%s has no status", row.operation)
			}
			elsewhere := []string{row.payload}
			for name := range row.headers {
				elsewhere = append(elsewhere, name)
				if m, ok := op.out.named(name); ok && m.shape.kind != ofText {
					t.Errorf("%s has %s in a header, which is no text", row.operation, name)
				}
			}
			for name := range row.names {
				elsewhere = append(elsewhere, name)
			}
			for _, name := range elsewhere {
				_, in := op.in.named(name)
				in = in || slices.ContainsFunc(op.in.gaps, func(g gap) bool { return g.member == name })
				if _, out := op.out.named(name); !in && !out && name != "" {
					t.Errorf("%s has no member %s", row.operation, name)
				}
			}
			for i, part := range c.parts {
				if _, ok := memberOf(part); ok {
					c.parts[i] = "*"
				}
			}
			place := row.method + " " + strings.Join(c.parts, "/")
			if other := places[place]; other != "" {
				t.Errorf("%s and %s are both %s", row.operation, other, place)
			}
			places[place] = row.operation
		}
		for name := range all[service] {
			if !named[name] {
				t.Errorf("%s %s has no row", service, name)
			}
		}
	}
	for _, l := range languages {
		if l.rest != (restRows[l.service] != nil) || !l.rest && l.target == "" && l.dated == "" {
			t.Errorf("%s has no protocol", l.service)
		}
	}
}

func TestNumbersAsJSON(t *testing.T) {
	t.Parallel()
	for number, want := range map[float64]string{
		0: "0", 1.5: "1.5", -2: "-2", 1795348800.25: "1795348800.25", 1e21: "1e+21", 1e-9: "1e-09",
		math.Inf(1): `"Infinity"`, math.Inf(-1): `"-Infinity"`,
	} {
		if got := string(appendNumber(nil, number)); got != want {
			t.Errorf("%v is %s, want %s", number, got, want)
		}
	}
	if got := string(appendNumber(nil, math.NaN())); got != `"NaN"` {
		t.Errorf("NaN is %s", got)
	}
	if got := string(appendText(nil, "a\x00\"\\\n\r\t\x1f<é\xff☃")); got != `"a\u0000\"\\\n\r\t\u001f<é`+"\ufffd"+`☃"` {
		t.Errorf("the text is %s", got)
	}
}

// FuzzJSON reads anything as inputs of DynamoDB: what is taken is JSON, and can be
// sent again.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"TableName":"Music","Item":{"a":{"S":"x"},"b":{"L":[{"NULL":true},{"B":"aGk="}]}}}`,
		`{"Limit":1e2,"ScanIndexForward":false,"Unknown":[{},[],"\u00e9\ud83d\ude00",-0.5E-3,null]}`,
		`{"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"ProvisionedThroughput":{"ReadCapacityUnits":1}}`,
		`{"Item":{"a":{"M":{"b":{"NS":["1"]}}}}} `,
		"{}\x00",
	} {
		f.Add([]byte(seed))
	}
	all := make(shapes)
	inputs := []*shape{
		all.of(reflect.TypeFor[aws.PutItemInput]()), all.of(reflect.TypeFor[aws.QueryInput]()),
		all.of(reflect.TypeFor[aws.CreateTableInput]()), all.of(reflect.TypeFor[aws.GetMetricDataInput]()),
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, s := range inputs {
			v, again := reflect.New(s.of).Elem(), reflect.New(s.of).Elem()
			if decodeJSON(data, s, v) != nil {
				continue
			}
			if !json.Valid(data) {
				t.Fatalf("%q was taken", data)
			}
			if err := decodeJSON(appendJSON(nil, s, v), s, again); err != nil {
				t.Fatalf("%q: %+v cannot be sent: %v", data, v, err)
			}
		}
	})
}

// FuzzForm reads anything as a form.
func FuzzForm(f *testing.F) {
	f.Add("Action=GetMetricData&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.2.Name=x&StartTime=2026-11-22T00:00:00Z")
	f.Add("MetricDataQueries=&MetricDataQueries.member=1&MaxDatapoints=x")
	s := make(shapes).of(reflect.TypeFor[aws.GetMetricDataInput]())
	f.Fuzz(func(_ *testing.T, text string) {
		form, err := parseForm(text)
		if err != nil {
			return
		}
		if values, err := formTree(form); err == nil {
			_ = assign(s, reflect.New(s.of).Elem(), formed(s, values)) // it may refuse, and must not panic
		}
	})
}

// FuzzCBOR reads anything as CBOR: what is taken can be sent again.
func FuzzCBOR(f *testing.F) {
	codec := newCBOR()
	s := make(shapes).of(reflect.TypeFor[aws.GetMetricDataInput]())
	seed, err := codec.writes.Marshal(map[string]any{"StartTime": time.Unix(1, 0), "MetricDataQueries": []any{map[string]any{"Id": "a", "Period": 60}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte("\xbf\x69StartTime\xc1\xfb\x41\xda\xc0\x00\x00\x00\x00\x00\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		v := reflect.New(s.of).Elem()
		values, err := codec.decode(data)
		if err != nil || assign(s, v, values) != nil {
			return
		}
		if _, err := codec.writes.Marshal(tree(s, v)); err != nil {
			t.Fatalf("%x: %+v cannot be sent: %v", data, v, err)
		}
	})
}
