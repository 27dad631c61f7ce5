package expr

import (
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// track is the item on which the conditions are tried.
func track() aws.Item {
	return aws.Item{
		"Artist": aws.S("Pink Floyd"), "Song": aws.S("Time"), "Year": aws.N("1973"), "LengthSeconds": aws.N("10.0"), "bin": aws.B("binary"),
		"Live": aws.BOOL(true), "nil": aws.NULL(true), "tags": aws.SS{"a", "c"}, "numbers": aws.NS{"1", "3"}, "blobs": aws.BS{[]byte("x"), []byte("y")},
		"tracks": aws.L{aws.S("x"), aws.N("1"), aws.M{"deep": aws.S("Time")}}, "meta": aws.M{"k": aws.S("v"), "n": aws.N("10")}, "a.b": aws.S("Time"),
		"accents": aws.S("é𝄞"),
	}
}

func TestConditionMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want bool
	}{
		{"Song = :s", true}, {"Song = :a", false}, {"Song <> :a", true}, {":s = Song", true},
		{"Song < :z", true}, {"Song <= :s", true}, {"Song > :a", true}, {"Song >= :z", false},
		{"LengthSeconds = :n", true}, {"LengthSeconds < :m", true}, {"#y > :n", true},
		// different types: only <> holds
		{"#y = :s", false}, {"#y <> :s", true}, {"#y < :s", false}, {"#y >= :s", false},
		// absent attributes: only <> holds
		{"nope = :s", false}, {"nope <> :s", true}, {"nope < :s", false}, {"nope <> another", true}, {"nope = another", false},
		{"NOT nope = :s", true},
		{"Song BETWEEN :a AND :z", true}, {"LengthSeconds BETWEEN :m AND :m", false}, {"LengthSeconds BETWEEN :n AND :n", true},
		{"nope BETWEEN :a AND :z", false}, {"#y BETWEEN :a AND :z", false}, {":n BETWEEN LengthSeconds AND #y", true},
		{"Song IN (:a, :s)", true}, {"Song IN (:a)", false}, {"nope IN (:a)", false}, {"Song in (:n, Song)", true},
		{"attribute_exists(Song)", true}, {"attribute_exists(nope)", false}, {"attribute_not_exists(nope)", true}, {"attribute_not_exists(meta.k)", false},
		{"attribute_exists(tracks[2].deep)", true}, {"attribute_exists(tracks[9])", false}, {"attribute_exists(meta[0])", false}, {"attribute_exists(tracks.k)", false},
		{"attribute_exists(#dot)", true}, {"attribute_exists(nope.leaf.leaf)", false},
		{"attribute_type(Song, :typeS)", true}, {"attribute_type(#y, :typeS)", false}, {"attribute_type(nope, :typeS)", false},
		{"begins_with(Artist, :s)", false}, {"begins_with(Song, :s)", true}, {"begins_with(bin, :b)", true}, {"begins_with(#y, :s)", false}, {"begins_with(bin, :s)", false},
		{"contains(Song, :s)", true}, {"contains(bin, :b)", true}, {"contains(tags, :z)", false}, {"contains(tracks, :one)", true}, {"contains(numbers, :one)", true},
		{"contains(tracks, :s)", false}, {"contains(nope, :s)", false}, {"contains(#y, :one)", false}, {"contains(Song, :n)", false}, {"contains(blobs, :b)", false},
		{"size(Song) < :n", true}, {"size(bin) < size(Artist)", true}, {"size(tracks) < :n", true}, {"size(meta) < :n", true}, {"size(tags) < :n", true},
		{"size(numbers) < :n", true}, {"size(blobs) < :n", true}, {"size(#y) < :n", false}, {"size(Live) < :n", false}, {"size(nope) < :n", false}, {"size(accents) > :one", true},
		{"meta.k = :s OR tracks[2].deep = :s", true}, {"meta.n = :n", true}, {"tracks[1] = :one", true},
		{"Live = :t", true}, {"nil = :null", true}, {"tags = :ss", false}, {"tags <> :ss", true}, {"meta = :map", false},
		{"Song = :s AND #y = :n", false}, {"Song = :s OR #y = :n", true}, {"NOT Song = :s", false}, {"NOT (Song = :s AND #y = :n)", true},
		{"NOT NOT Song = :s", true},
		// AND binds closer than OR, NOT closer than either
		{"Song = :s OR Song = :a AND Song = :z", true}, {"(Song = :s OR Song = :a) AND Song = :z", false},
		{"NOT Song = :a AND Song = :z", false}, {"(Song) = (:s)", true}, {"( size ( Song ) ) < :n", true},
		{"song = :s", false}, {"Song=:s and\n\tSong<>:a", true},
	} {
		condition, err := ParseCondition(FilterExpression, c.text, placeholders(t))
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := condition.Match(track()); got != c.want {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}

func TestSizeCountsUTF16(t *testing.T) {
	t.Parallel()
	p := NewPlaceholders(nil, aws.Item{":three": aws.N("3")})
	condition, err := ParseCondition(ConditionExpression, "size(accents) = :three", p)
	if err != nil || !condition.Match(track()) {
		t.Errorf("size of é𝄞 is not 3: %v", err)
	}
}

func TestConditionOnNoItem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"attribute_not_exists(Song)": true, "attribute_exists(Song)": false, "Song = :s": false, "Song <> :s": true} {
		condition, err := ParseCondition(ConditionExpression, text, placeholders(t))
		if err != nil || condition.Match(nil) != want {
			t.Errorf("%s of no item: not %v (%v)", text, want, err)
		}
	}
}

func TestConditionAttributes(t *testing.T) {
	t.Parallel()
	condition, err := ParseCondition(FilterExpression, "b.c = :s AND size(a) < :n OR contains(#y, :s) AND b = d[0]", placeholders(t))
	if want := []string{"b", "a", "Year", "d"}; err != nil || !slices.Equal(condition.Attributes(), want) {
		t.Errorf("Attributes = %v, %v; want %v", condition, err, want)
	}
}

func TestConditionFaults(t *testing.T) {
	t.Parallel()
	const wrongType = "Incorrect operand type for operator or function; operator or function: "
	const distinct = "The first operand must be distinct from the remaining operands for this operator or function; operator: "
	const misuse = "The function is not allowed to be used this way in an expression; function: "
	for _, c := range []struct{ text, want string }{
		{"", "The expression can not be empty;"}, {" \t\n", "The expression can not be empty;"},
		// syntax: the token and its neighbours, as they were written
		{"a", `Syntax error; token: "<EOF>", near: "a"`}, {"a =", `Syntax error; token: "<EOF>", near: "="`}, {"a = = :s", `Syntax error; token: "=", near: "= = :s"`},
		{"= :s", `Syntax error; token: "=", near: "= :s"`}, {"a = :s AND", `Syntax error; token: "<EOF>", near: "AND"`}, {"a = :s )", `Syntax error; token: ")", near: ":s )"`},
		{"(a = :s", `Syntax error; token: "<EOF>", near: ":s"`}, {"a AND b = :s", `Syntax error; token: "AND", near: "a AND b"`}, {"a = b = c", `Syntax error; token: "=", near: "b = c"`},
		{"_a = :s", `Syntax error; token: "_", near: "_a"`}, {"__a = :s", `Syntax error; token: "_", near: "__"`}, {"a = : s", `Syntax error; token: ":", near: "= : s"`},
		{"# = :s", `Syntax error; token: "#", near: "# ="`}, {"a ! :s", `Syntax error; token: "!", near: "a ! :s"`}, {"a = é", `Syntax error; token: "é", near: "= é"`},
		{"a[x] = :s", `Syntax error; token: "x", near: "[x]"`}, {"a[0 = :s", `Syntax error; token: "=", near: "0 = :s"`}, {"a. = :s", `Syntax error; token: "=", near: ". = :s"`},
		{"size() = :n", `Syntax error; token: ")", near: "() ="`}, {"a IN :s", `Syntax error; token: ":s", near: "IN :s"`}, {"a IN ()", `Syntax error; token: ")", near: "()"`},
		{"a BETWEEN :a", `Syntax error; token: "<EOF>", near: ":a"`}, {"a BETWEEN :a OR :z", `Syntax error; token: "OR", near: ":a OR :z"`}, {"AND = :s", `Syntax error; token: "AND", near: "AND ="`},
		{"(a = :s) = :s", `Syntax error; token: "=", near: ") = :s"`}, {"a = 5", `Syntax error; token: "5", near: "= 5"`}, {"contains(a, b = :s)", `Syntax error; token: "=", near: "b = :s"`},
		{"NOT a", `Syntax error; token: "<EOF>", near: "a"`}, {":s", `Syntax error; token: "<EOF>", near: ":s"`}, {"a = :s OR (b)", `Syntax error; token: "<EOF>", near: ")"`},
		{"((a = :s))", "The expression has redundant parentheses;"}, {"((a)) = :s", "The expression has redundant parentheses;"}, {"NOT ((a = :s)) AND b = :s", "The expression has redundant parentheses;"},
		{"foo(a)", "Invalid function name; function: foo"}, {"Contains(a, :s)", "Invalid function name; function: Contains"}, {"if_not_exists(a, :s) = :s", "The function is not allowed in a condition expression; function: if_not_exists"},
		{"size(a)", misuse + "size"}, {"NOT size(a)", misuse + "size"}, {"size(a) AND b = :s", misuse + "size"}, {"attribute_exists(a) = :t", misuse + "attribute_exists"}, {"contains(begins_with(a, :s), :s)", misuse + "begins_with"},
		{"Year = :n", "Attribute name is a reserved keyword; reserved keyword: Year"}, {"a.name = :s", "Attribute name is a reserved keyword; reserved keyword: name"},
		{"SET = :s", "Attribute name is a reserved keyword; reserved keyword: SET"},
		{"a = :nope", "An expression attribute value used in expression is not defined; attribute value: :nope"}, {"#nope = :s", "An expression attribute name used in the document path is not defined; attribute name: #nope"},
		{"attribute_type(a, :nope)", "An expression attribute value used in expression is not defined; attribute value: :nope"},
		{"contains(a)", "Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1"},
		{"size(a, b) > :n", "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2"},
		{"a = a", distinct + "=, first operand: [a]"}, {"a.b[0] < a.b[0]", distinct + "<, first operand: [a, b, [0]]"}, {"contains(#y, #y)", distinct + "contains, first operand: [Year]"},
		{"begins_with(a, :n)", wrongType + "begins_with, operand type: N"}, {"begins_with(:ss, a)", wrongType + "begins_with, operand type: SS"}, {"begins_with(size(a), :s)", wrongType + "begins_with, operand type: N"},
		{"size(:n) > :n", wrongType + "size, operand type: N"}, {"size(size(a)) > :n", wrongType + "size, operand type: N"}, {"size(:t) > :n", wrongType + "size, operand type: BOOL"},
		{"a < :t", wrongType + "<, operand type: BOOL"}, {":map >= a", wrongType + ">=, operand type: M"}, {"a BETWEEN :l AND :l", wrongType + "BETWEEN, operand type: L"},
		{"attribute_type(a, :n)", wrongType + "attribute_type, operand type: N"}, {"attribute_type(a, b)", wrongType + "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}"},
		{"attribute_type(a, :typeX)", "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
		{"attribute_exists(:s)", "Operator or function requires a document path; operator or function: attribute_exists"}, {"attribute_not_exists(size(a))", "Operator or function requires a document path; operator or function: attribute_not_exists"},
		{"a BETWEEN :z AND :a", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:Z}, upper bound operand: AttributeValue: {S:A}"},
		{"a BETWEEN :a AND :n", "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:A}, upper bound operand: AttributeValue: {N:10}"},
		{"a BETWEEN :n AND :b", "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:10}, upper bound operand: AttributeValue: {B:Ymlu}"},
		{"a[99999999999] = :s", "List index is not within the allowable range; index: [99999999999]"}, {"a" + strings.Repeat("[0]", 32) + " = :s", "The document path has too many nesting levels; nesting levels: 33"},
		// of several faults, the one that DynamoDB looks for first
		{"begins_with(a, :n) AND b = :nope", wrongType + "begins_with, operand type: N"}, {"begins_with(a, :n) AND Year = :s", "Attribute name is a reserved keyword; reserved keyword: Year"},
		{"a = a AND b ! c", `Syntax error; token: "!", near: "b ! c"`}, {"foo(Year)", "Invalid function name; function: foo"},
	} {
		_, err := ParseCondition(FilterExpression, c.text, placeholders(t))
		wantFault(t, c.text, err, "Invalid FilterExpression: "+c.want)
	}
}

func TestConditionLimits(t *testing.T) {
	t.Parallel()
	operators := func(n int) string { // n comparisons and n-1 connectives
		return strings.TrimSuffix(strings.Repeat("a=:s AND ", n), " AND ")
	}
	if _, err := ParseCondition(ConditionExpression, operators(150), placeholders(t)); err != nil {
		t.Errorf("299 operators: %v", err)
	}
	_, err := ParseCondition(ConditionExpression, operators(151), placeholders(t))
	wantFault(t, "301 operators", err, "Invalid ConditionExpression: The expression contains too many operators; operator count: 301")
	in := func(n int) string { return "a IN (" + strings.TrimSuffix(strings.Repeat(":s,", n), ",") + ")" }
	if _, err := ParseCondition(ConditionExpression, in(100), placeholders(t)); err != nil {
		t.Errorf("IN of 100: %v", err)
	}
	_, err = ParseCondition(ConditionExpression, in(101), placeholders(t))
	wantFault(t, "IN of 101", err, "Invalid ConditionExpression: The IN operator is provided with too many operands; number of operands: 101")
}

func FuzzParseCondition(f *testing.F) {
	for _, seed := range []string{
		"a = :s", "NOT (a.b[0] <> :n OR #y BETWEEN :n AND :m) AND size(c) IN (:n, :m)", "begins_with(Song, :s)", "((a))", "contains(tags, :s) and attribute_type(meta.k, :typeS)",
		"attribute_exists(tracks[2].deep)", "size(size(a)) < :n", "a = = b", "é", "(((((((", "_a",
	} {
		f.Add(seed)
	}
	item := track()
	f.Fuzz(func(t *testing.T, text string) {
		condition, err := ParseCondition(FilterExpression, text, placeholders(t))
		if err != nil {
			wantFault(t, text, err, err.Error())
			return
		}
		if condition.Match(item) == (not{condition.root}).match(item) {
			t.Fatalf("%q and its negation are the same", text)
		}
		condition.Match(nil)
	})
}

func BenchmarkConditionMatch(b *testing.B) {
	item := track()
	for _, c := range []struct{ name, text string }{
		{"Equal", "Song = :s"}, {"Number", "#y > :n"}, {"Compound", "begins_with(Artist, :a) OR (meta.n <= :n AND contains(tags, :a)) OR size(Song) > :m"},
	} {
		b.Run(c.name, func(b *testing.B) {
			condition, err := ParseCondition(FilterExpression, c.text, placeholders(b))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				condition.Match(item)
			}
		})
	}
}

func BenchmarkParseCondition(b *testing.B) {
	p := placeholders(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseCondition(FilterExpression, "begins_with(Artist, :a) AND #y BETWEEN :n AND :m", p); err != nil {
			b.Fatal(err)
		}
	}
}
