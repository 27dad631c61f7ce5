package value

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
)

// nested is a value of so many levels.
func nested(levels int) aws.AttributeValue {
	var v aws.AttributeValue = aws.S("leaf")
	for i := 1; i < levels; i++ {
		if i%2 == 0 {
			v = aws.L{v}
		} else {
			v = aws.M{"m": v}
		}
	}
	return v
}

func TestNormalizeFaults(t *testing.T) {
	t.Parallel()
	const prefix = "One or more parameter values were invalid: "
	const empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
	for _, c := range []struct {
		name        string
		v           aws.AttributeValue
		text, older string // older "" for the same
	}{
		{"empty SS", aws.SS{}, prefix + "An string set  may not be empty", ""},
		{"empty NS", aws.NS{}, prefix + "An number set  may not be empty", ""},
		{"empty BS", aws.BS{}, prefix + "Binary sets should not be empty", ""},
		{"SS", aws.SS{"a", "b", "a"}, prefix + `Input collection ["a", "b", "a"] contains duplicates.`, prefix + "Input collection [a, b, a] contains duplicates."},
		{"NS", aws.NS{"1", "1.0"}, prefix + "Input collection contains duplicates.", "Input collection contains duplicates"},
		{"BS", aws.BS{[]byte("b"), []byte("b")}, prefix + `Input collection ["Yg==","Yg=="]of type BS contains duplicates.`, prefix + "Input collection [Yg==, Yg==]of type BS contains duplicates."},
		{"NS member", aws.NS{"1", "b"}, "The parameter cannot be converted to a numeric value: b", ""},
		{"NULL", aws.NULL(false), prefix + "Null attribute value types must have the value of true", ""},
		{"nil", nil, empty, ""},
		{"nil in a list", aws.L{nil}, empty, ""},
		{"in a map", aws.M{"m": aws.L{aws.N("x")}}, "The parameter cannot be converted to a numeric value: x", ""},
		{"nesting", nested(33), nestingText, ""},
		{"long SS", append(aws.SS(strings.Split("abcdefghi", "")), "a"), "", ""},
	} {
		_, err := Normalize(c.v)
		var fault *Fault
		if !errors.As(err, &fault) {
			t.Errorf("%s: %v, want a fault", c.name, err)
			continue
		}
		if c.older == "" {
			c.older = c.text
		}
		if c.text != "" && (fault.Text != c.text || fault.Older != c.older) {
			t.Errorf("%s: %q, older %q; want %q, %q", c.name, fault.Text, fault.Older, c.text, c.older)
		}
	}
}

func TestNormalizeItem(t *testing.T) {
	t.Parallel()
	in := aws.Item{
		"s": aws.S(""), "b": aws.B{}, "n": aws.N("1.0"), "t": aws.BOOL(true), "x": aws.NULL(true),
		"ss": aws.SS{"b", "a"}, "bs": aws.BS{{2}, {1, 2}}, "l": aws.L{aws.N("1e1")}, "m": aws.M{"n": aws.N("-0")}, "ns": aws.NS{"2.50", "1"}, "deep": nested(32),
	}
	got, err := NormalizeItem(in)
	want := aws.Item{
		"s": aws.S(""), "b": aws.B{}, "n": aws.N("1"), "t": aws.BOOL(true), "x": aws.NULL(true),
		"ss": aws.SS{"a", "b"}, "bs": aws.BS{{1, 2}, {2}}, "l": aws.L{aws.N("10")}, "m": aws.M{"n": aws.N("0")}, "ns": aws.NS{"2.5", "1"}, "deep": nested(32),
	}
	if err != nil || !Equal(aws.M(got), aws.M(want)) || fmt.Sprintf("%v %v %v %v", got["n"], got["ns"], got["ss"], got["bs"]) != "1 [1 2.5] [a b] [[1 2] [2]]" {
		t.Errorf("NormalizeItem = %v, %v; want %v", got, err, want)
	}
	if in["n"] != aws.N("1.0") || fmt.Sprint(in["l"]) != "[1e1]" {
		t.Error("NormalizeItem changed its argument")
	}
	if got, err := NormalizeItem(nil); got != nil || err != nil {
		t.Errorf("NormalizeItem(nil) = %v, %v", got, err)
	}
}

func TestNormalizeItemTellsTheSameFaultEachTime(t *testing.T) {
	t.Parallel()
	item := aws.Item{"c": aws.NULL(false), "a": aws.N("x"), "b": aws.SS{}, "z": aws.S("")}
	for range 20 {
		if _, err := NormalizeItem(item); !strings.HasSuffix(textOf(t, err), ": x") {
			t.Fatalf("NormalizeItem: %v, want the fault of attribute a", err)
		}
	}
}

func TestFaultOfPlaceholder(t *testing.T) {
	t.Parallel()
	fault := notNumeric("").OfPlaceholder(":v")
	if want := "The parameter cannot be converted to a numeric value: "; fault.Text != want {
		t.Errorf("Text = %q, want %q", fault.Text, want)
	}
	if want := "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value for key :v"; fault.Older != want {
		t.Errorf("Older = %q, want %q", fault.Older, want)
	}
	if deep := tooDeep().OfPlaceholder(":v"); deep.Older != nestingText {
		t.Errorf("Older of nesting = %q", deep.Older)
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v    aws.AttributeValue
		want int
	}{
		{aws.S(""), 0}, {aws.S("é𝄞"), 6}, {aws.B{1, 2, 3}, 3}, {aws.BOOL(false), 1}, {aws.NULL(true), 1}, {nil, 0},
		{aws.L{}, 3}, {aws.L{aws.S("ab"), aws.BOOL(true)}, 3 + 2 + 2 + 1}, {aws.M{}, 3}, {aws.M{"ab": aws.S("cde")}, 3 + 1 + 2 + 3},
		{aws.SS{"a", "bc"}, 3}, {aws.NS{"1", "12345"}, 2 + 4}, {aws.BS{{1}, {2, 3}}, 3},
		{aws.N("1"), 2}, {aws.N("12"), 2}, {aws.N("123"), 3}, {aws.N("12345678901234567890123456789012345678"), 20},
		{aws.N("0042"), 2}, {aws.N("100"), 2}, {aws.N("1010"), 3}, {aws.N("0.0000001"), 2}, {aws.N("0"), 1}, {aws.N("-0"), 1},
		{aws.N("1E125"), 2}, {aws.N("1E-100"), 2}, {aws.N("1.5"), 3}, {aws.N("1.200"), 3}, {aws.N("1.234"), 4}, {aws.N("3.14159"), 5},
		{aws.N("100.5"), 4}, {aws.N("0.15"), 2}, {aws.N("-42"), 3}, {aws.N("-12345"), 5}, {aws.N("-0.15"), 3},
	} {
		if got := Size(c.v); got != c.want {
			t.Errorf("Size(%v) = %d, want %d", c.v, got, c.want)
		}
	}
	if got := ItemSize(aws.Item{"Artist": aws.S("Psy"), "Year": aws.N("2012")}); got != 6+3+4+3 {
		t.Errorf("ItemSize = %d", got)
	}
}

func TestCompareTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b  aws.AttributeValue
		order int
		ok    bool
	}{
		{aws.S("a"), aws.S("b"), -1, true}, {aws.S("Z"), aws.S("a"), -1, true}, {aws.S("é"), aws.S("z"), 1, true},
		{aws.N("10"), aws.N("9"), 1, true}, {aws.N("1.0"), aws.N("1"), 0, true}, {aws.N("-2"), aws.N("-1"), -1, true},
		{aws.B{0xFF}, aws.B{1, 2}, 1, true}, {aws.S("1"), aws.N("1"), 0, false}, {aws.BOOL(true), aws.BOOL(true), 0, false},
		{nil, nil, 0, false}, {aws.S("a"), nil, 0, false}, {aws.L{}, aws.L{}, 0, false}, {aws.N("x"), aws.N("1"), 0, false},
		{aws.N("1"), aws.N("x"), 0, false},
	} {
		if order, ok := Compare(c.a, c.b); order != c.order || ok != c.ok {
			t.Errorf("Compare(%v, %v) = %d, %v; want %d, %v", c.a, c.b, order, ok, c.order, c.ok)
		}
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b aws.AttributeValue
		want bool
	}{
		{aws.SS{"a", "b"}, aws.SS{"b", "a"}, true}, {aws.SS{"a"}, aws.SS{"a", "b"}, false},
		{aws.NS{"1.0", "2"}, aws.NS{"2", "1"}, true}, {aws.BS{{1}, {2}}, aws.BS{{2}, {1}}, true},
		{aws.L{aws.N("1")}, aws.L{aws.N("1.0")}, true}, {aws.L{aws.N("1"), aws.N("2")}, aws.L{aws.N("2"), aws.N("1")}, false},
		{aws.M{"a": aws.N("1")}, aws.M{"a": aws.N("1e0")}, true}, {aws.M{"a": nil}, aws.M{"b": nil}, false},
		{aws.BOOL(true), aws.BOOL(true), true}, {aws.BOOL(true), aws.BOOL(false), false}, {aws.NULL(true), aws.NULL(true), true},
		{aws.S("1"), aws.N("1"), false}, {nil, nil, false}, {aws.NULL(true), nil, false}, {aws.SS{"1"}, aws.NS{"1"}, false},
	} {
		if got := Equal(c.a, c.b); got != c.want {
			t.Errorf("Equal(%v, %v) = %v", c.a, c.b, got)
		}
	}
}

func TestEqualToItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := values(4).Draw(t, "v")
		normal, err := Normalize(v)
		if err != nil {
			t.Fatalf("Normalize(%v): %v", v, err)
		}
		if !Equal(v, normal) || !Equal(normal, v) {
			t.Fatalf("%v and its normal form %v are not equal", v, normal)
		}
		if Size(v) != Size(normal) {
			t.Fatalf("size of %v is %d, of its normal form %d", v, Size(v), Size(normal))
		}
	})
}

func TestSets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b, union, difference aws.AttributeValue
		ok                      bool
	}{
		{aws.SS{"a", "b"}, aws.SS{"b", "c"}, aws.SS{"a", "b", "c"}, aws.SS{"a"}, true},
		{aws.NS{"1"}, aws.NS{"1"}, aws.NS{"1"}, nil, true},
		{aws.BS{{1}}, aws.BS{{2}}, aws.BS{{1}, {2}}, aws.BS{{1}}, true},
		{aws.SS{"1"}, aws.NS{"1"}, nil, nil, false},
		{aws.N("1"), aws.N("1"), nil, nil, false},
		{nil, aws.SS{"a"}, nil, nil, false},
	} {
		if got, ok := Union(c.a, c.b); ok != c.ok || !same(got, c.union) {
			t.Errorf("Union(%v, %v) = %v, %v", c.a, c.b, got, ok)
		}
		if got, ok := Difference(c.a, c.b); ok != c.ok || !same(got, c.difference) {
			t.Errorf("Difference(%v, %v) = %v, %v", c.a, c.b, got, ok)
		}
	}
	for _, c := range []struct {
		set, member aws.AttributeValue
		want        bool
	}{
		{aws.SS{"a"}, aws.S("a"), true}, {aws.SS{"a"}, aws.S("b"), false}, {aws.SS{"1"}, aws.N("1"), false},
		{aws.NS{"1"}, aws.N("1.0"), true}, {aws.BS{{1}}, aws.B{1}, true}, {aws.L{aws.S("a")}, aws.S("a"), false}, {aws.SS{"a"}, nil, false},
	} {
		if got := Contains(c.set, c.member); got != c.want {
			t.Errorf("Contains(%v, %v) = %v", c.set, c.member, got)
		}
	}
}

func same(a, b aws.AttributeValue) bool { return a == nil && b == nil || Equal(a, b) }

func TestCheckNesting(t *testing.T) {
	t.Parallel()
	if err := CheckNesting(nested(32)); err != nil {
		t.Errorf("32 levels: %v", err)
	}
	if err := CheckNesting(nested(33)); textOf(t, err) != nestingText {
		t.Errorf("33 levels: %v", err)
	}
}

func BenchmarkCompare(b *testing.B) {
	for _, c := range []struct {
		name string
		a, b aws.AttributeValue
	}{
		{"S", aws.S("The Dark Side of the Moon"), aws.S("The Dark Side of the Mood")},
		{"N", aws.N("1973.5"), aws.N("1973.25")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if order, ok := Compare(c.a, c.b); !ok || order <= 0 {
					b.Fatal(order)
				}
			}
		})
	}
}
