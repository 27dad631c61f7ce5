package expr

import (
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// stored is the item that the updates change.
func stored() aws.Item {
	return aws.Item{
		"id": aws.S("1"), "n": aws.N("5"), "s": aws.S("old"), "Year": aws.N("1973"),
		"m": aws.M{"x": aws.N("1"), "y": aws.M{"z": aws.S("deep")}}, "l": aws.L{aws.S("0"), aws.S("1"), aws.S("2")},
		"ll": aws.L{aws.M{"p": aws.N("1")}, aws.L{aws.S("in")}}, "ss": aws.SS{"b", "c"}, "ns": aws.NS{"1"}, "bs": aws.BS{[]byte("x")},
	}
}

func apply(t *testing.T, text string, item aws.Item) (aws.Item, UpdatedPaths, error) {
	t.Helper()
	update, err := ParseUpdate(text, placeholders(t))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return update.Apply(item)
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	list := func(elements ...aws.AttributeValue) aws.AttributeValue { return aws.L(elements) }
	for _, c := range []struct {
		text string
		want aws.Item // what differs from before; nil for removed
	}{
		{"SET s = :s", aws.Item{"s": aws.S("Time")}}, {"set fresh = :map", aws.Item{"fresh": aws.M{"k": aws.S("v")}}}, {"SET #y = :n", aws.Item{"Year": aws.N("10")}}, {"SET #dot = :n", aws.Item{"a.b": aws.N("10")}},
		{"SET n = n + :n", aws.Item{"n": aws.N("15")}}, {"SET n = :n - n", aws.Item{"n": aws.N("5")}}, {"SET n = (n - :n)", aws.Item{"n": aws.N("-5")}}, {"SET n = (n) + (:n)", aws.Item{"n": aws.N("15")}},
		// every right side sees the item as it was
		{"SET n = :n, k = n", aws.Item{"n": aws.N("10"), "k": aws.N("5")}}, {"SET n = s, s = n", aws.Item{"n": aws.S("old"), "s": aws.N("5")}}, {"SET k = n REMOVE n", aws.Item{"k": aws.N("5"), "n": nil}},
		{"SET m.x = m.y, m.y = m.x", aws.Item{"m": aws.M{"x": aws.M{"z": aws.S("deep")}, "y": aws.N("1")}}},
		{"SET s = if_not_exists(s, :s)", aws.Item{}}, {"SET k = if_not_exists(k, :s)", aws.Item{"k": aws.S("Time")}}, {"SET k = if_not_exists(k, :n) + :one", aws.Item{"k": aws.N("11")}}, {"SET k = if_not_exists(k, if_not_exists(n, :s))", aws.Item{"k": aws.N("5")}},
		{"SET l = list_append(l, :l)", aws.Item{"l": list(aws.S("0"), aws.S("1"), aws.S("2"), aws.S("x"))}}, {"SET l = list_append(:l, l)", aws.Item{"l": list(aws.S("x"), aws.S("0"), aws.S("1"), aws.S("2"))}}, {"SET k = list_append(if_not_exists(k, :l), :l)", aws.Item{"k": list(aws.S("x"), aws.S("x"))}},
		{"SET l[1] = :s", aws.Item{"l": list(aws.S("0"), aws.S("Time"), aws.S("2"))}}, {"SET l[9] = :s", aws.Item{"l": list(aws.S("0"), aws.S("1"), aws.S("2"), aws.S("Time"))}},
		{"SET l[9] = :s, l[7] = :a, l[0] = :z", aws.Item{"l": list(aws.S("Z"), aws.S("1"), aws.S("2"), aws.S("A"), aws.S("Time"))}},
		{"SET m.x = :s", aws.Item{"m": aws.M{"x": aws.S("Time"), "y": aws.M{"z": aws.S("deep")}}}}, {"SET m.y.w = :s", aws.Item{"m": aws.M{"x": aws.N("1"), "y": aws.M{"z": aws.S("deep"), "w": aws.S("Time")}}}},
		{"SET ll[0].p = ll[0].p + :one, ll[1][0] = :s", aws.Item{"ll": list(aws.M{"p": aws.N("2")}, list(aws.S("Time")))}},
		{"REMOVE s, nope, m.nope, l[9]", aws.Item{"s": nil}}, {"REMOVE m.y.z", aws.Item{"m": aws.M{"x": aws.N("1"), "y": aws.M{}}}}, {"REMOVE l[0]", aws.Item{"l": list(aws.S("1"), aws.S("2"))}},
		{"REMOVE l[2], l[0]", aws.Item{"l": list(aws.S("1"))}}, {"SET l[2] = :s, l[5] = :a REMOVE l[0], l[1]", aws.Item{"l": list(aws.S("Time"), aws.S("A"))}}, {"REMOVE l[0], l[1], l[2]", aws.Item{"l": aws.L{}}},
		{"ADD n :n", aws.Item{"n": aws.N("15")}}, {"ADD k :n", aws.Item{"k": aws.N("10")}}, {"ADD ss :ss", aws.Item{"ss": aws.SS{"a", "b", "c"}}}, {"ADD k :ss", aws.Item{"k": aws.SS{"a", "b"}}}, {"ADD ns :ns, bs :bs", aws.Item{"ns": aws.NS{"1", "2"}}},
		{"ADD m.x :n, m.k :ss", aws.Item{"m": aws.M{"x": aws.N("11"), "y": aws.M{"z": aws.S("deep")}, "k": aws.SS{"a", "b"}}}},
		{"DELETE ss :ss", aws.Item{"ss": aws.SS{"c"}}}, {"DELETE ns :ns", aws.Item{"ns": nil}}, {"DELETE nope :ss", aws.Item{}}, {"DELETE bs :bs ADD n :one REMOVE s SET k = :s", aws.Item{"bs": nil, "n": aws.N("6"), "s": nil, "k": aws.S("Time")}},
	} {
		before := stored()
		got, _, err := apply(t, c.text, before)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if !value.Equal(aws.M(before), aws.M(stored())) {
			t.Errorf("%s changed the item itself", c.text)
		}
		want := stored()
		for name, v := range c.want {
			if want[name] = v; v == nil {
				delete(want, name)
			}
		}
		if !value.Equal(aws.M(got), aws.M(want)) {
			t.Errorf("%s:\n got %v\nwant %v", c.text, got, want)
		}
	}
}

func TestUpdateOfNoItem(t *testing.T) {
	t.Parallel()
	got, changed, err := apply(t, "SET a = :s ADD n :n", nil)
	want := aws.Item{"a": aws.S("Time"), "n": aws.N("10")}
	if err != nil || !value.Equal(aws.M(got), aws.M(want)) || changed.Old() != nil || !value.Equal(aws.M(changed.New()), aws.M(want)) {
		t.Errorf("got %v, old %v, new %v, %v", got, changed.Old(), changed.New(), err)
	}
}

func TestUpdatedPaths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		old, new aws.Item
	}{
		{"SET s = :s", aws.Item{"s": aws.S("old")}, aws.Item{"s": aws.S("Time")}}, {"SET s = s", aws.Item{"s": aws.S("old")}, aws.Item{"s": aws.S("old")}}, {"SET k = :s", nil, aws.Item{"k": aws.S("Time")}},
		{"SET m.x = :s", aws.Item{"m": aws.M{"x": aws.N("1")}}, aws.Item{"m": aws.M{"x": aws.S("Time")}}}, {"SET m.y.k = :s", nil, aws.Item{"m": aws.M{"y": aws.M{"k": aws.S("Time")}}}},
		{"REMOVE s", aws.Item{"s": aws.S("old")}, nil}, {"REMOVE s SET n = :n", aws.Item{"s": aws.S("old"), "n": aws.N("5")}, aws.Item{"n": aws.N("10")}},
		{"SET l[2] = :s, l[0] = :a", aws.Item{"l": aws.L{aws.S("0"), aws.S("2")}}, aws.Item{"l": aws.L{aws.S("A"), aws.S("Time")}}}, {"SET l[9] = :s", nil, nil}, {"REMOVE l[0]", aws.Item{"l": aws.L{aws.S("0")}}, aws.Item{"l": aws.L{aws.S("1")}}},
		{"ADD ss :ss", aws.Item{"ss": aws.SS{"b", "c"}}, aws.Item{"ss": aws.SS{"a", "b", "c"}}}, {"DELETE ns :ns", aws.Item{"ns": aws.NS{"1"}}, nil}, {"REMOVE nope", nil, nil},
	} {
		_, changed, err := apply(t, c.text, stored())
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if !sameItem(changed.Old(), c.old) || !sameItem(changed.New(), c.new) {
			t.Errorf("%s:\n got old %v, new %v\nwant old %v, new %v", c.text, changed.Old(), changed.New(), c.old, c.new)
		}
	}
	if (UpdatedPaths{}).Old() != nil {
		t.Error("the zero UpdatedPaths has something old")
	}
}

func sameItem(a, b aws.Item) bool {
	return (a == nil) == (b == nil) && value.Equal(aws.M(a), aws.M(b))
}

func TestUpdateAttributes(t *testing.T) {
	t.Parallel()
	update, err := ParseUpdate("SET m.x = another, #y = :n REMOVE l[0]", placeholders(t))
	if want := []string{"Year", "l", "m"}; err != nil || !slices.Equal(update.Attributes(), want) {
		t.Errorf("Attributes = %v, %v; want %v", update, err, want)
	}
}

func TestUpdateFaults(t *testing.T) {
	t.Parallel()
	const wrongType = "Incorrect operand type for operator or function; operator or function: "
	const clauseType = "Incorrect operand type for operator or function; operator: "
	const two = "Two document paths "
	const rewrite = " with each other; must remove or rewrite one of these paths; "
	for _, c := range []struct{ text, want string }{
		{"", "The expression can not be empty;"}, {"INVALID SYNTAX HERE", `Syntax error; token: "INVALID", near: "INVALID SYNTAX"`}, {"SET", `Syntax error; token: "<EOF>", near: "SET"`}, {"SET a = :s,", `Syntax error; token: "<EOF>", near: ","`},
		{"SET a = :s, REMOVE b", `Syntax error; token: "REMOVE", near: ", REMOVE b"`}, {"set _something = :s", `Syntax error; token: "_", near: "set _something"`}, {"ADD hits : incr", `Syntax error; token: ":", near: "hits : incr"`},
		{"SET a :s", `Syntax error; token: ":s", near: "a :s"`}, {"SET a = :n + ", `Syntax error; token: "<EOF>", near: "+"`}, {"SET a = :n + :n + :n", `Syntax error; token: "+", near: ":n + :n"`}, {"SET a = b * :n", `Syntax error; token: "*", near: "b * :n"`},
		{"ADD a b", `Syntax error; token: "b", near: "a b"`}, {"DELETE a", `Syntax error; token: "<EOF>", near: "a"`}, {"REMOVE a b", `Syntax error; token: "b", near: "a b"`}, {"SET set = :s", `Syntax error; token: "set", near: "SET set ="`}, {"SET a = (:s", `Syntax error; token: "<EOF>", near: ":s"`},
		{"SET a = list_append(:l :l)", `Syntax error; token: ":l", near: ":l :l)"`}, {"SET :s = :s", `Syntax error; token: ":s", near: "SET :s ="`},
		{"SET a = ((:n + b))", "The expression has redundant parentheses;"}, {"SET a = foo(:s)", "Invalid function name; function: foo"}, {"SET a = size(b)", "The function is not allowed in an update expression; function: size"},
		{"SET a = :s SET b = :s", `The "SET" section can only be used once in an update expression;`}, {"remove a REMOVE b", `The "REMOVE" section can only be used once in an update expression;`},
		{"SET Year = :n", "Attribute name is a reserved keyword; reserved keyword: Year"}, {"SET a = :v", "An expression attribute value used in expression is not defined; attribute value: :v"}, {"REMOVE #a", "An expression attribute name used in the document path is not defined; attribute name: #a"}, {"ADD a :v", "An expression attribute value used in expression is not defined; attribute value: :v"},
		{"SET a = :s, a = :a", two + "overlap" + rewrite + "path one: [a], path two: [a]"}, {"SET a.b = :s REMOVE a", two + "overlap" + rewrite + "path one: [a, b], path two: [a]"}, {"SET a.b = :s, a[0] = :s", two + "conflict" + rewrite + "path one: [a, b], path two: [a, [0]]"},
		{"SET #y = :s REMOVE #y.b", two + "overlap" + rewrite + "path one: [Year], path two: [Year, b]"},
		{"SET a = b + :s", wrongType + "+, operand type: S"}, {"SET a = :l - b", wrongType + "-, operand type: L"}, {"SET a = list_append(b, :s)", wrongType + "list_append, operand type: S"}, {"SET a = list_append(b, :l) + :n", wrongType + "+, operand type: L"},
		{"SET a = if_not_exists(:s, :s)", "Operator or function requires a document path; operator or function: if_not_exists"}, {"SET a = if_not_exists(b)", "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1"},
		{"SET a = list_append(b, :l, :l)", "Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 3"},
		{"ADD a :s", clauseType + "ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"}, {"ADD a :map", clauseType + "ADD, operand type: MAP, typeSet: ALLOWED_FOR_ADD_OPERAND"}, {"DELETE a :n", clauseType + "DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND"}, {"DELETE a :t", clauseType + "DELETE, operand type: BOOLEAN, typeSet: ALLOWED_FOR_DELETE_OPERAND"},
		{"SET a[4294967296] = :s", "List index is not within the allowable range; index: [4294967296]"},
	} {
		_, err := ParseUpdate(c.text, placeholders(t))
		wantFault(t, c.text, err, "Invalid UpdateExpression: "+c.want)
	}
}

func TestApplyFaults(t *testing.T) {
	t.Parallel()
	const operand = "An operand in the update expression has an incorrect data type"
	const absent = "The provided expression refers to an attribute that does not exist in the item"
	const invalid = "The document path provided in the update expression is invalid for update"
	deep := stored()
	var v aws.AttributeValue = aws.S("leaf")
	for range 31 {
		v = aws.L{v}
	}
	deep["deep"] = v
	for _, c := range []struct{ text, want string }{
		{"SET a = nope", absent}, {"SET a = nope + :n", absent}, {"SET a = :n - nope", absent}, {"SET a = list_append(:l, nope)", absent}, {"SET a = l[9]", absent}, {"SET a = if_not_exists(nope, nope2)", absent},
		{"SET n = s + :n", operand}, {"SET n = :n - ss", operand}, {"SET l = list_append(n, :l)", operand}, {"SET l = list_append(:l, n)", operand}, {"SET n = if_not_exists(s, :n) + :n", operand},
		{"ADD s :n", operand}, {"ADD n :ss", operand}, {"ADD ss :ns", operand}, {"DELETE n :ss", operand}, {"DELETE ss :ns", operand},
		{"SET nope.a = :s", invalid}, {"SET nope[0] = :s", invalid}, {"SET s.a = :s", invalid}, {"SET l.a = :s", invalid}, {"SET m[0] = :s", invalid}, {"SET m.nope.a = :s", invalid}, {"REMOVE nope.a", invalid}, {"SET l[9].a = :s", invalid}, {"ADD nope.a :n", invalid},
		{"SET n = :big + :big", "Number overflow. Attempting to store a number with magnitude larger than supported range"}, {"SET k = :big ADD n :big", "Number overflow. Attempting to store a number with magnitude larger than supported range"},
		{"SET m.x = deep", "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"},
	} {
		before := deep.Clone()
		got, _, err := apply(t, c.text, deep)
		wantFault(t, c.text, err, c.want)
		if got != nil || !value.Equal(aws.M(before), aws.M(deep)) {
			t.Errorf("%s: gave %v or changed the item", c.text, got)
		}
	}
}

func FuzzParseUpdate(f *testing.F) {
	for _, seed := range []string{
		"SET n = n + :n, l[9] = :s REMOVE m.x ADD ss :ss DELETE ns :ns", "SET a = list_append(if_not_exists(k, :l), :l)", "SET m.y.w = (n - :n)", "REMOVE l[0], ll[1][0]", "SET a = ((:s))", "ADD hits : incr", "SET",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		update, err := ParseUpdate(text, placeholders(t))
		if err != nil {
			wantFault(t, text, err, err.Error())
			return
		}
		before := stored()
		for _, item := range []aws.Item{before, nil} {
			got, changed, err := update.Apply(item)
			if err != nil {
				wantFault(t, text, err, err.Error())
				continue
			}
			if _, err := value.NormalizeItem(got); err != nil {
				t.Fatalf("%q gives an invalid item: %v", text, err)
			}
			for name := range changed.New() {
				if !strings.Contains(text, name) && name != "Year" && name != "a.b" && name != "odd" {
					t.Fatalf("%q changed %s", text, name)
				}
			}
			changed.Old()
		}
		if !value.Equal(aws.M(before), aws.M(stored())) {
			t.Fatalf("%q changed the item itself", text)
		}
	})
}
