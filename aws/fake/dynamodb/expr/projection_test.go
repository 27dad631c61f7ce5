package expr

import (
	"slices"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

func document() aws.Item {
	return aws.Item{
		"a": aws.S("1"), "Year": aws.N("1973"), "a.b": aws.S("dotted"),
		"m": aws.M{"x": aws.N("1"), "y": aws.M{"z": aws.S("deep"), "w": aws.S("side")}},
		"l": aws.L{aws.S("0"), aws.S("1"), aws.M{"p": aws.S("q"), "r": aws.S("s")}, aws.L{aws.N("7"), aws.N("8")}},
	}
}

func TestProjection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want aws.Item
	}{
		{"a", aws.Item{"a": aws.S("1")}}, {"a[0], m[0], l.x", aws.Item{}}, {"a, #y", aws.Item{"a": aws.S("1"), "Year": aws.N("1973")}}, {"#dot", aws.Item{"a.b": aws.S("dotted")}},
		{"nope", aws.Item{}}, {"nope.x, m.nope, l[9], a.x", aws.Item{}},
		{"m.x", aws.Item{"m": aws.M{"x": aws.N("1")}}}, {"m.y.z, m.x", aws.Item{"m": aws.M{"x": aws.N("1"), "y": aws.M{"z": aws.S("deep")}}}},
		{"l[0]", aws.Item{"l": aws.L{aws.S("0")}}}, {"l[1], l[0]", aws.Item{"l": aws.L{aws.S("0"), aws.S("1")}}}, {"l[2].p, l[3][1], l[9]", aws.Item{"l": aws.L{aws.M{"p": aws.S("q")}, aws.L{aws.N("8")}}}},
		{" l [ 0 ] , m . x ", aws.Item{"l": aws.L{aws.S("0")}, "m": aws.M{"x": aws.N("1")}}},
	} {
		projection, err := ParseProjection(c.text, placeholders(t))
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := projection.Apply(document()); got == nil || !value.Equal(aws.M(got), aws.M(c.want)) {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
		if projection.Apply(nil) != nil {
			t.Errorf("%s of no item is not nil", c.text)
		}
	}
}

func TestProjectionAttributes(t *testing.T) {
	t.Parallel()
	projection, err := ParseProjection("m.y, #y, l[0], m.x", placeholders(t))
	if want := []string{"Year", "l", "m"}; err != nil || !slices.Equal(projection.Attributes(), want) {
		t.Errorf("Attributes = %v, %v; want %v", projection, err, want)
	}
}

func TestProjectionFaults(t *testing.T) {
	t.Parallel()
	const two = "Two document paths "
	const rewrite = " with each other; must remove or rewrite one of these paths; "
	for _, c := range []struct{ text, want string }{
		{"", "The expression can not be empty;"}, {"a,", `Syntax error; token: "<EOF>", near: ","`}, {"a b", `Syntax error; token: "b", near: "a b"`}, {"!!!", `Syntax error; token: "!", near: "!!"`},
		{"user-id", `Syntax error; token: "-", near: "user-id"`}, {"a, :s", `Syntax error; token: ":s", near: ", :s"`}, {"1a", `Syntax error; token: "1", near: "1a"`}, {"_id", `Syntax error; token: "_", near: "_id"`},
		{"a, Year", "Attribute name is a reserved keyword; reserved keyword: Year"}, {"set", "Attribute name is a reserved keyword; reserved keyword: set"}, {"#nope", "An expression attribute name used in the document path is not defined; attribute name: #nope"},
		{"a, a.b", two + "overlap" + rewrite + "path one: [a], path two: [a, b]"}, {"a.b, a", two + "overlap" + rewrite + "path one: [a, b], path two: [a]"}, {"a, a", two + "overlap" + rewrite + "path one: [a], path two: [a]"},
		{"l[0].x, l[1], l[0]", two + "overlap" + rewrite + "path one: [l, [0], x], path two: [l, [0]]"}, {"a.b, a[0]", two + "conflict" + rewrite + "path one: [a, b], path two: [a, [0]]"},
	} {
		_, err := ParseProjection(c.text, placeholders(t))
		wantFault(t, c.text, err, "Invalid ProjectionExpression: "+c.want)
	}
}

// What is projected is a part of the item, under the names asked for.
func FuzzParseProjection(f *testing.F) {
	for _, seed := range []string{"a, #y", "m.y.z, m.x", "l[2].p, l[3][1], l[9]", "a, a.b", "a.b, a[0]", "m.", "#dot"} {
		f.Add(seed)
	}
	item := document()
	f.Fuzz(func(t *testing.T, text string) {
		projection, err := ParseProjection(text, placeholders(t))
		if err != nil {
			wantFault(t, text, err, err.Error())
			return
		}
		got := projection.Apply(item)
		for name, part := range got {
			if value.Size(part) > value.Size(item[name]) || !slices.Contains(projection.Attributes(), name) {
				t.Fatalf("%q: %v", text, got)
			}
		}
	})
}
