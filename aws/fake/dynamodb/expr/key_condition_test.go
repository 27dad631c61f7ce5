package expr

import (
	"testing"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

func TestKeyCondition(t *testing.T) {
	t.Parallel()
	artist := KeyTerm{Attribute: "Artist", Op: KeyEqual, Values: []aws.AttributeValue{aws.S("A")}}
	with := func(op KeyOp, values ...aws.AttributeValue) []KeyTerm {
		return []KeyTerm{artist, {Attribute: "Song", Op: op, Values: values}}
	}
	for _, c := range []struct {
		text string
		want []KeyTerm
	}{
		{"Artist = :a", []KeyTerm{artist}}, {":a = Artist", []KeyTerm{artist}}, {"(Artist = :a)", []KeyTerm{artist}},
		{"#y = :n", []KeyTerm{{Attribute: "Year", Op: KeyEqual, Values: []aws.AttributeValue{aws.N("10")}}}},
		{"Artist = :a AND Song = :s", with(KeyEqual, aws.S("Time"))}, {"Artist = :a AND Song < :s", with(KeyLess, aws.S("Time"))}, {"Artist = :a AND :s < Song", with(KeyGreater, aws.S("Time"))},
		{"Artist = :a AND :s <= Song", with(KeyGreaterEqual, aws.S("Time"))}, {"Artist = :a AND :s > Song", with(KeyLess, aws.S("Time"))}, {"Artist = :a AND :s >= Song", with(KeyLessEqual, aws.S("Time"))},
		{"Artist = :a AND (Song >= :s)", with(KeyGreaterEqual, aws.S("Time"))}, {"(Artist = :a) AND (Song > :n)", with(KeyGreater, aws.N("10"))},
		{"Artist = :a AND Song BETWEEN :a AND :z", with(KeyBetween, aws.S("A"), aws.S("Z"))}, {"Artist = :a AND begins_with(Song, :b)", with(KeyBeginsWith, aws.B("bin"))},
	} {
		got, err := ParseKeyCondition(c.text, placeholders(t))
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if !sameTerms(got.Terms, c.want) {
			t.Errorf("%s: %v, want %v", c.text, got.Terms, c.want)
		}
	}
}

func sameTerms(a, b []KeyTerm) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Attribute != b[i].Attribute || a[i].Op != b[i].Op || !value.Equal(aws.L(a[i].Values), aws.L(b[i].Values)) {
			return false
		}
	}
	return true
}

func TestKeyConditionFaults(t *testing.T) {
	t.Parallel()
	const operator = "Invalid operator used in KeyConditionExpression: "
	const condition = "Invalid condition in KeyConditionExpression: "
	const invalid = "Invalid KeyConditionExpression: "
	for _, c := range []struct{ text, want string }{
		{"a = :a OR b = :s", operator + "OR"}, {"NOT a = :a", operator + "NOT"}, {"a IN (:a)", operator + "IN"}, {"a <> :a", operator + "<>"},
		{"attribute_exists(a)", operator + "attribute_exists"}, {"attribute_not_exists(a)", operator + "attribute_not_exists"}, {"a = :a AND contains(b, :s)", operator + "contains"}, {"attribute_type(a, :typeS)", operator + "attribute_type"},
		{"size(a) = :n", invalid + "KeyConditionExpressions cannot contain nested operations"}, {"a.b = :a", invalid + "KeyConditionExpressions cannot have conditions on nested attributes"},
		{"a = :a AND a > :s", invalid + "KeyConditionExpressions must only contain one condition per key"}, {"a = b", condition + "Multiple attribute names used in one condition"}, {":a = :s", condition + "No key attribute specified"},
		{":a BETWEEN b AND :z", condition + "BETWEEN operator must have the key attribute as its first operand"}, {"begins_with(:a, b)", condition + "begins_with operator must have the key attribute as its first operand"},
		{"a = :a AND begins_with(b, :n)", invalid + "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
		{"a BETWEEN :z AND :a", invalid + "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:Z}, upper bound operand: AttributeValue: {S:A}"},
		{"Year = :n", invalid + "Attribute name is a reserved keyword; reserved keyword: Year"}, {"", invalid + "The expression can not be empty;"}, {"a = :a AND", invalid + `Syntax error; token: "<EOF>", near: "AND"`},
		{"((a = :a))", invalid + "The expression has redundant parentheses;"}, {"a = :nope", invalid + "An expression attribute value used in expression is not defined; attribute value: :nope"},
	} {
		_, err := ParseKeyCondition(c.text, placeholders(t))
		wantFault(t, c.text, err, c.want)
	}
}

func FuzzParseKeyCondition(f *testing.F) {
	for _, seed := range []string{"a = :a AND b BETWEEN :a AND :z", ":a <= a", "begins_with(a, :b)", "a = :a AND (b > :n)", "size(a) = :n", "a IN (:a)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		condition, err := ParseKeyCondition(text, placeholders(t))
		if err != nil {
			wantFault(t, text, err, err.Error())
			return
		}
		for _, term := range condition.Terms {
			want := 1
			if term.Op == KeyBetween {
				want = 2
			}
			if len(term.Values) != want || term.Values[0] == nil || term.Values[want-1] == nil {
				t.Fatalf("%q: %v", text, term)
			}
		}
	})
}
