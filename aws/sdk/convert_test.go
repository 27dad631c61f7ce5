package sdk

import (
	"bufio"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"awslab/aws"

	core "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"pgregory.net/rapid"
)

// TestEveryMemberHasItsCounterpart keeps members from being dropped on the way:
// each operation of the table is one of the SDK's, and each member of its input
// and output has one of the SDK's that it can become.
func TestEveryMemberHasItsCounterpart(t *testing.T) {
	t.Parallel()
	var made converters
	theirs := newClients(core.Config{Region: "us-west-2"}, "").operations
	for _, op := range aws.Operations() {
		t.Run(op.String(), func(t *testing.T) {
			t.Parallel()
			method, ok := theirs[op.Service][op.Name]
			if !ok {
				t.Fatal("the SDK's method is not in the table of operations")
			}
			if method.in.Name() != op.Name+"Input" {
				t.Errorf("the method is one that takes %v", method.in)
			}
			if _, err := made.between(method.in, op.In); err != nil {
				t.Errorf("input: %v", err)
			}
			if _, err := made.between(op.Out, method.out); err != nil {
				t.Errorf("output: %v", err)
			}
		})
	}
}

// TestExceptionsAreNeeded keeps the table of members that the SDK lacks honest.
func TestExceptionsAreNeeded(t *testing.T) {
	t.Parallel()
	for p, why := range unmodelled {
		if _, ok := p.of.FieldByName(p.name); ok || why == "" {
			t.Errorf("%v has a member %s: it needs no exception", p.of, p.name)
		}
	}
	for p := range encoded {
		if _, ok := p.of.FieldByName(p.name); !ok {
			t.Errorf("%v has no member %s", p.of, p.name)
		}
	}
}

// converted converts a value.
func converted[To any](from any) (To, error) {
	var to To
	var c converters
	err := c.convert(&to, from)
	return to, err
}

// TestWhatIsSent sees which members of an input are given.
func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   aws.QueryInput
		want dynamodb.QueryInput
	}{
		{"what must be there, though empty", aws.QueryInput{}, dynamodb.QueryInput{TableName: core.String("")}},
		{"a list and a map that are empty", aws.QueryInput{AttributesToGet: []string{}, ExclusiveStartKey: aws.Item{}}, dynamodb.QueryInput{
			TableName: core.String(""), AttributesToGet: []string{}, ExclusiveStartKey: map[string]types.AttributeValue{},
		}},
		{"options, though zero", aws.QueryInput{TableName: "T", Limit: aws.Some(0), ScanIndexForward: aws.Some(false)}, dynamodb.QueryInput{
			TableName: core.String("T"), Limit: core.Int32(0), ScanIndexForward: core.Bool(false),
		}},
		{"all kinds of value", aws.QueryInput{TableName: "T", ConsistentRead: true, Select: aws.SelectCount, ExpressionAttributeNames: map[string]string{"#a": "A"}}, dynamodb.QueryInput{
			TableName: core.String("T"), ConsistentRead: core.Bool(true), Select: types.SelectCount, ExpressionAttributeNames: map[string]string{"#a": "A"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := converted[dynamodb.QueryInput](c.in)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v, error %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

// TestWhatComes sees what becomes of members that AWS leaves out.
func TestWhatComes(t *testing.T) {
	t.Parallel()
	got, err := converted[aws.BatchWriteItemOutput](dynamodb.BatchWriteItemOutput{})
	if err != nil || got.UnprocessedItems == nil || got.ConsumedCapacity != nil {
		t.Errorf("got %#v, error %v", got, err)
	}
	listed, err := converted[aws.ListTablesOutput](dynamodb.ListTablesOutput{TableNames: []string{"a"}})
	if err != nil || len(listed.TableNames) != 1 || listed.LastEvaluatedTableName != "" {
		t.Errorf("got %#v, error %v", listed, err)
	}
}

// TestWhatCannotBeConverted sees that nothing is cut short, and nothing panics.
func TestWhatCannotBeConverted(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]any{
		"a number that is too large": aws.QueryInput{Limit: aws.Some(math.MaxInt32 + 1)},
		"a value of no type":         aws.QueryInput{ExclusiveStartKey: aws.Item{"a": nil}},
		"a value of no type below":   aws.QueryInput{ExclusiveStartKey: aws.Item{"a": aws.L{aws.M{"b": nil}}}},
		"another type":               aws.GetObjectInput{Bucket: "b"},
		"no struct":                  42,
	} {
		if got, err := converted[dynamodb.QueryInput](in); err == nil {
			t.Errorf("%s becomes %+v", name, got)
		}
	}
}

// TestValuesComeBack sends any item to the SDK's form and back.
func TestValuesComeBack(t *testing.T) {
	t.Parallel()
	text := rapid.String()
	plain := rapid.OneOf(
		rapid.Map(text, func(s string) aws.AttributeValue { return aws.S(s) }),
		rapid.Map(text, func(s string) aws.AttributeValue { return aws.N(s) }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) aws.AttributeValue { return aws.B(b) }),
		rapid.Map(rapid.Bool(), func(b bool) aws.AttributeValue { return aws.BOOL(b) }),
		rapid.Map(rapid.Bool(), func(b bool) aws.AttributeValue { return aws.NULL(b) }),
		rapid.Map(rapid.SliceOf(text), func(s []string) aws.AttributeValue { return aws.SS(s) }),
		rapid.Map(rapid.SliceOf(text), func(s []string) aws.AttributeValue { return aws.NS(s) }),
		rapid.Map(rapid.SliceOf(rapid.SliceOf(rapid.Byte())), func(b [][]byte) aws.AttributeValue { return aws.BS(b) }),
	)
	deep := plain
	for range 3 {
		inner := deep
		deep = rapid.OneOf(plain,
			rapid.Map(rapid.SliceOfN(inner, 0, 4), func(l []aws.AttributeValue) aws.AttributeValue { return aws.L(l) }),
			rapid.Map(rapid.MapOfN(text, inner, 0, 4), func(m map[string]aws.AttributeValue) aws.AttributeValue { return aws.M(m) }))
	}
	items := rapid.MapOfN(text, deep, 0, 5)
	var c converters
	rapid.Check(t, func(t *rapid.T) {
		item := aws.Item(items.Draw(t, "item"))
		var sent map[string]types.AttributeValue
		var back aws.Item
		if err := errors.Join(c.convert(&sent, item), c.convert(&back, sent)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, item) {
			t.Errorf("%#v came back as %#v", item, back)
		}
	})
}

// FuzzSections reads any file: the names that are found stand in it.
func FuzzSections(f *testing.F) {
	f.Add("[default]\nregion = x\n[profile a b]\n ; [c]\n[ profile d ] # x\n[e")
	f.Fuzz(func(t *testing.T, file string) {
		names, err := sections(strings.NewReader(file))
		if err != nil && !errors.Is(err, bufio.ErrTooLong) {
			t.Fatal(err)
		}
		for _, name := range names {
			if name == "" || strings.ContainsAny(name, "\n]") || !strings.Contains(file, name) {
				t.Errorf("found %q", name)
			}
		}
	})
}

// BenchmarkConvert reads a page of 100 items out of the SDK's form.
func BenchmarkConvert(b *testing.B) {
	page := dynamodb.QueryOutput{Count: 100, ScannedCount: 100}
	for range 100 {
		page.Items = append(page.Items, map[string]types.AttributeValue{
			"Artist": &types.AttributeValueMemberS{Value: "Psy"}, "Song": &types.AttributeValueMemberS{Value: "Gangnam Style"},
			"Year": &types.AttributeValueMemberN{Value: "2012"}, "Genres": &types.AttributeValueMemberSS{Value: []string{"K-pop", "Dance"}},
		})
	}
	var c converters
	b.ReportAllocs()
	for b.Loop() {
		var out aws.QueryOutput
		if err := c.convert(&out, page); err != nil {
			b.Fatal(err)
		}
	}
}
