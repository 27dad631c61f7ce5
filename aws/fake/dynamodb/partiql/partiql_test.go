package partiql_test

import (
	"reflect"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/partiql"
)

func path(names ...string) partiql.Path {
	var out partiql.Path
	for _, name := range names {
		out = append(out, partiql.Step{Name: name})
	}
	return out
}

func TestParse(t *testing.T) {
	t.Parallel()
	equal := func(name string, v aws.AttributeValue) partiql.Condition {
		return partiql.Comparison{Operator: "=", Left: path(name), Right: partiql.Literal{Value: v}}
	}
	for statement, want := range map[string]partiql.Statement{
		"SELECT * FROM T": {Verb: partiql.Select, Table: "T"},
		"select a, \"b c\".d[0] -- a comment\nfrom \"T\".\"I\" order by a desc, b": {Verb: partiql.Select, Table: "T", Index: "I",
			Paths: []partiql.Path{path("a"), append(path("b c", "d"), partiql.Step{Index: aws.Some(0)})},
			Order: []partiql.Ordering{{Path: path("a"), Descending: true}, {Path: path("b")}}},
		"SELECT * FROM T WHERE a = 'it''s' AND b = -1.5e3 /* and */ -- so": {Verb: partiql.Select, Table: "T", Where: partiql.And{Left: equal("a", aws.S("it's")), Right: equal("b", aws.N("-1500"))}},
		"SELECT * FROM T WHERE NOT a = 1 OR b = 2 AND c = 3": {Verb: partiql.Select, Table: "T", Where: partiql.Or{
			Left: partiql.Not{Of: equal("a", aws.N("1"))}, Right: partiql.And{Left: equal("b", aws.N("2")), Right: equal("c", aws.N("3"))}}},
		"SELECT * FROM T WHERE ((a['b c'] = true));":    {Verb: partiql.Select, Table: "T", Where: partiql.Comparison{Operator: "=", Left: path("a", "b c"), Right: partiql.Literal{Value: aws.BOOL(true)}}},
		"INSERT INTO T VALUE {'a': <<'x'>>, \"b\": []}": {Verb: partiql.Insert, Table: "T", Item: aws.Item{"a": aws.SS{"x"}, "b": aws.L{}}},
		"UPDATE T SET a = b + 1 REMOVE c, d WHERE k = 'v' RETURNING modified new *": {Verb: partiql.Update, Table: "T", Where: equal("k", aws.S("v")), Returning: partiql.ModifiedNew,
			Changes: []partiql.Change{
				{Path: path("a"), Operation: "SET", Operator: "+", Terms: []partiql.Operand{path("b"), partiql.Literal{Value: aws.N("1")}}},
				{Path: path("c"), Operation: "REMOVE"}, {Path: path("d"), Operation: "REMOVE"},
			}},
		"from T where k = 'v' set a = .5e1 remove b": {Verb: partiql.Update, Table: "T", Where: equal("k", aws.S("v")), Changes: []partiql.Change{
			{Path: path("a"), Operation: "SET", Terms: []partiql.Operand{partiql.Literal{Value: aws.N("5")}}}, {Path: path("b"), Operation: "REMOVE"}}},
		"SELECT * FROM T WHERE attribute_exists(a) = false AND b IS NOT STRING": {Verb: partiql.Select, Table: "T", Where: partiql.And{
			Left:  partiql.Not{Of: partiql.Call{Function: "attribute_exists", Operands: []partiql.Operand{path("a")}}},
			Right: partiql.Not{Of: partiql.Call{Function: "attribute_type", Operands: []partiql.Operand{path("b"), partiql.Literal{Value: aws.S("S")}}}}}},
		"DELETE FROM T WHERE k = 'v'":               {Verb: partiql.Delete, Table: "T", Where: equal("k", aws.S("v"))},
		"EXISTS(SELECT * FROM T WHERE k = 'v')":     {Verb: partiql.Exists, Table: "T", Where: equal("k", aws.S("v"))},
		"EXISTS ( SELECT a FROM T WHERE k = 'v' ) ": {Verb: partiql.Exists, Table: "T", Paths: []partiql.Path{path("a")}, Where: equal("k", aws.S("v"))},
	} {
		got, err := partiql.Parse(statement, nil)
		if err != nil {
			t.Errorf("%s: %v", statement, err)
			continue
		}
		if !reflect.DeepEqual(*got, want) {
			t.Errorf("%s is\n%+v\nwant\n%+v", statement, *got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const malformed = "Statement wasn't well formed, can't be processed: "
	for statement, want := range map[string]string{
		"":                                             malformed + "Expected data manipulation",
		"DROP TABLE T":                                 malformed + "Expected data manipulation",
		"SELECT * FROM T WHERE":                        malformed + "Expected a name at the end of the statement",
		"SELECT * FROM T WHERE a":                      malformed + "Expected an operator at the end of the statement",
		"SELECT * FROM T WHERE a = 'x":                 malformed,
		"SELECT * FROM T WHERE a = 1 # note":           malformed,
		"SELECT * FROM T /* note":                      malformed,
		"SELECT * FROM T WHERE a = 1e2147483648":       malformed,
		"SELECT * FROM T WHERE a = 1.5e-2147483647":    malformed,
		"SELECT * FROM T WHERE a = 1 b":                malformed + "Unexpected token after expression",
		"SELECT * FROM T ORDER BY a WHERE b = 1":       malformed + "Unexpected token after expression",
		"INSERT INTO T t VALUE {'a': 1}":               malformed + "Unexpected token after expression",
		"SELECT * FROM T WHERE a.'b' = 1":              malformed + "Invalid path dot component",
		"SELECT * FROM T t":                            "Aliasing is not supported",
		"UPDATE T AS t SET a = 1":                      "Aliasing is not supported",
		"SELECT * FROM A.B.C":                          "A path may contain at most 2 components in the FROM clause",
		"SELECT * FROM T.\"\"":                         "Path component cannot be an empty string",
		"SELECT * FROM T WHERE a = 1e126":              "Number overflow. Attempting to store a number with magnitude larger than supported range under root",
		"INSERT INTO T VALUE {'m': {'x': [1, 1e126]}}": "Number overflow. Attempting to store a number with magnitude larger than supported range under root.x[1]",
		"INSERT INTO T VALUE {'a': f('b')}":            "Unsupported data type: f under key root at 1:27:1",
		"INSERT INTO T VALUE {'a': <<>>}":              "Empty bags are not supported",
		"INSERT INTO T VALUE {'a': <<'x', 'x'>>}":      "One or more parameter values were invalid: Input collection [x, x] contains duplicates.",
		"SELECT size(a) FROM T":                        "Unexpected path component at 1:8:4",
		"SELECT * FROM T WHERE EXISTS(a)":              "Unrecognized function: exists at 1:23:6",
		"SELECT * FROM T WHERE attribute_exists()":     "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
		"UPDATE T SET a = set_add(a)":                  "SET_ADD must have exactly two arguments at 1:18:7",
		"UPDATE T SET a = set_delete(a, 'b')":          "The second argument to SET_DELETE must be a value with type SET at 1:29:1",
		"SELECT * FROM 'T'":                            malformed + "Expected a name at 1:15:3",
		"SELECT * FROM T WHERE a IN []":                malformed + "Expected a value at the end of the statement",
		"INSERT INTO T VALUE 1":                        malformed + "Expected '{' at 1:21:1",
		"UPDATE T WHERE a = 1":                         malformed + "Expected SET or REMOVE at 1:10:5",
		"DELETE FROM T RETURNING ALL":                  malformed + "Expected ALL or MODIFIED, OLD or NEW, and * after RETURNING",
		"SELECT a,\n count ( b) FROM T":                "Unexpected path component at 2:2:5",
		"SELECT * FROM T WHERE upper(a) = 1":           "Unrecognized function: upper at 1:23:5",
		"UPDATE T SET a = set_add(b, <<1>>)":           "The first argument to SET_ADD must equal the assignment value at 1:18:7",
		"INSERT INTO T VALUE {'a': <<1, 'b'>>}":        "A set must have members of one type: strings, numbers or binaries",
		"SELECT * FROM T WHERE a = ?":                  "Number of parameters in request and statement don't match.",
	} {
		if _, err := partiql.Parse(statement, nil); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", statement, err, want)
		}
	}
}

func TestTextOfConditions(t *testing.T) {
	t.Parallel()
	for where, want := range map[string]string{
		"a = 1 AND (b = 2 OR NOT c = 3) AND d.a[1] <> 4":        "#0 = :0 AND (#1 = :1 OR (NOT #2 = :2)) AND #3.#0[1] <> :3",
		"a BETWEEN 1 AND 2 OR size(b) >= 3 OR contains(c, 'x')": "#0 BETWEEN :0 AND :1 OR size(#1) >= :2 OR contains(#2, :3)",
		"a IS NOT NULL AND b IS MISSING AND c IN (1, 2)":        "(NOT attribute_type(#0, :0)) AND attribute_not_exists(#1) AND #2 IN (:1, :2)",
	} {
		statement, err := partiql.Parse("SELECT * FROM T WHERE "+where, nil)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		var text partiql.Text
		if got := text.Condition(statement.Where); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", where, got, want)
		}
	}
}

// FuzzParse: whatever is read becomes an expression without a fault of syntax,
// and with all that its placeholders stand for.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"SELECT * FROM T", `SELECT a, b.c[1] FROM "T"."I" WHERE a = ? AND (b < 2 OR NOT contains(c, 'x')) ORDER BY a DESC`,
		"INSERT INTO T VALUE {'a': [1, <<'x', 'y'>>, {'b': null}]}", "UPDATE T SET a = a + 1, b = list_append(b, [?]) REMOVE c SET d = set_add(d, <<1>>) WHERE k = 'v' RETURNING ALL OLD *",
		"DELETE FROM T WHERE a IN [1, 2] AND b BETWEEN 'x' AND 'y' AND c IS NOT MISSING", "EXISTS(SELECT * FROM T WHERE size(a) > -1e5)", "SELECT * FROM T WHERE a.b['c'] != true -- end",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parameters := make([]aws.AttributeValue, strings.Count(text, "?"))
		for n := range parameters {
			parameters[n] = aws.S("x")
		}
		statement, err := partiql.Parse(text, parameters)
		if err != nil {
			return
		}
		execute, _ := aws.OperationNamed(aws.ServiceDynamoDB, "ExecuteStatement")
		if writes := !statement.Verb.Reads() && statement.Verb != partiql.Exists; writes && !execute.Changes(aws.ExecuteStatementInput{Statement: text}) {
			t.Errorf("%q passes for a statement that reads", text)
		}
		var written partiql.Text
		if statement.Where != nil {
			condition := written.Condition(statement.Where)
			_, err := expr.ParseCondition(expr.FilterExpression, condition, expr.NewPlaceholders(written.Names, written.Values))
			checkFault(t, text, condition, err)
		}
		if statement.Changes != nil {
			update := written.Update(statement.Changes)
			_, err := expr.ParseUpdate(update, expr.NewPlaceholders(written.Names, written.Values))
			checkFault(t, text, update, err)
		}
	})
}

func checkFault(t *testing.T, statement, expression string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, fault := range []string{"Syntax error", "redundant parentheses", "not defined", "can not be empty", "can only be used once", "reserved keyword"} {
		if strings.Contains(err.Error(), fault) {
			t.Errorf("%q becomes\n%s\n%v", statement, expression, err)
		}
	}
}
