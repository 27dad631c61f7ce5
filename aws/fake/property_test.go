package fake_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"awslab/aws"
	"awslab/aws/fake"
)

// sortKeys is a type of sort key: how to draw values, and their order.
type sortKeys struct {
	kind    aws.AttributeType
	draw    func(*rapid.T) aws.AttributeValue
	compare func(a, b aws.AttributeValue) int
}

func allSortKeys() []sortKeys {
	return []sortKeys{
		{aws.TypeS, func(rt *rapid.T) aws.AttributeValue {
			return aws.S(rapid.StringMatching(`[a\x00\x01bé世]{1,4}`).Draw(rt, "text"))
		}, func(a, b aws.AttributeValue) int { return strings.Compare(raw(a), raw(b)) }},
		{aws.TypeB, func(rt *rapid.T) aws.AttributeValue {
			return aws.B(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 127, 254, 255}), 1, 4).Draw(rt, "bytes"))
		}, func(a, b aws.AttributeValue) int { return strings.Compare(raw(a), raw(b)) }},
		{aws.TypeN, func(rt *rapid.T) aws.AttributeValue {
			digits := rapid.Int64Range(-12345, 12345).Draw(rt, "digits")
			return aws.N(fmt.Sprintf("%de%d", digits, rapid.IntRange(-120, 115).Draw(rt, "exponent")))
		}, func(a, b aws.AttributeValue) int { return rational(a).Cmp(rational(b)) }},
	}
}

// raw is the bytes of a string, number or binary.
func raw(v aws.AttributeValue) string { return fmt.Sprintf("%s", v) }

func rational(v aws.AttributeValue) *big.Rat {
	r, ok := new(big.Rat).SetString(raw(v))
	if !ok {
		panic(v)
	}
	return r
}

// TestQueryProperty compares queries of random items, by random conditions, in
// both directions and in pages, with sorting and choosing them by hand.
func TestQueryProperty(t *testing.T) {
	t.Parallel()
	sandbox, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some[time.Duration](0)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	db := sandbox.Cloud().DynamoDB
	for n, keys := range allSortKeys() {
		table := fmt.Sprintf("Sorted-%d", n)
		in := simpleTable(table)
		in.AttributeDefinitions = append(in.AttributeDefinitions, aws.AttributeDefinition{AttributeName: "SortKey", AttributeType: keys.kind})
		in.KeySchema = append(in.KeySchema, aws.KeySchemaElement{AttributeName: "SortKey", KeyType: aws.KeyRange})
		if _, err := db.CreateTable(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		partition := 0
		t.Run(string(keys.kind), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				partition++
				trial{rt, db, keys, table, aws.S(fmt.Sprint("partition ", partition))}.run()
			})
		})
	}
}

type trial struct {
	*rapid.T
	db        aws.DynamoDB
	keys      sortKeys
	table     string
	partition aws.S
}

func (p trial) run() {
	var values []aws.AttributeValue
	for range rapid.IntRange(0, 12).Draw(p.T, "items") {
		v := p.keys.draw(p.T)
		if !slices.ContainsFunc(values, func(w aws.AttributeValue) bool { return p.keys.compare(v, w) == 0 }) {
			values = append(values, v)
		}
	}
	writes := make([]aws.WriteRequest, len(values))
	for n, v := range values {
		writes[n].PutRequest = &aws.PutRequest{Item: aws.Item{"ID": p.partition, "SortKey": v, "Drawn": aws.N(fmt.Sprint(n))}}
	}
	if len(writes) > 0 {
		if _, err := p.db.BatchWriteItem(p.Context(), aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{p.table: writes}}); err != nil {
			p.Fatal(err)
		}
	}
	low, high := p.keys.draw(p.T), p.keys.draw(p.T)
	if p.keys.compare(low, high) > 0 {
		low, high = high, low
	}
	operator := rapid.SampledFrom([]string{"", "=", "<", "<=", ">", ">=", "BETWEEN"}).Draw(p.T, "operator")
	forward := rapid.Bool().Draw(p.T, "forward")
	var want []string
	for n, v := range values {
		if p.matches(operator, p.keys.compare(v, low), p.keys.compare(v, high)) {
			want = append(want, fmt.Sprint(n))
		}
	}
	slices.SortFunc(want, func(a, b string) int {
		order := p.keys.compare(values[number(a)], values[number(b)])
		if !forward {
			return -order
		}
		return order
	})
	if got := p.query(operator, low, high, forward); !slices.Equal(got, want) {
		p.Fatalf("%s %v %v of %v gives %v, want %v", operator, low, high, values, got, want)
	}
}

func number(text string) (n int) {
	if _, err := fmt.Sscan(text, &n); err != nil {
		panic(err)
	}
	return n
}

func (trial) matches(operator string, low, high int) bool {
	switch operator {
	case "=":
		return low == 0
	case "<":
		return low < 0
	case "<=":
		return low <= 0
	case ">":
		return low > 0
	case ">=":
		return low >= 0
	case "BETWEEN":
		return low >= 0 && high <= 0
	}
	return true
}

// query gives the items in the order read, by the numbers they were drawn as.
func (p trial) query(operator string, low, high aws.AttributeValue, forward bool) []string {
	in := aws.QueryInput{
		TableName: p.table, KeyConditionExpression: "ID = :id", ScanIndexForward: aws.Some(forward),
		ExpressionAttributeValues: aws.Item{":id": p.partition}, Limit: aws.Some(rapid.IntRange(1, 5).Draw(p.T, "limit")),
	}
	switch operator {
	case "":
	case "BETWEEN":
		in.KeyConditionExpression += " AND SortKey BETWEEN :low AND :high"
		in.ExpressionAttributeValues[":low"], in.ExpressionAttributeValues[":high"] = low, high
	default:
		in.KeyConditionExpression += " AND SortKey " + operator + " :low"
		in.ExpressionAttributeValues[":low"] = low
	}
	var got []string
	for {
		out, err := p.db.Query(p.Context(), in)
		if err != nil {
			p.Fatal(err)
		}
		for _, item := range out.Items {
			got = append(got, fmt.Sprint(item["Drawn"]))
		}
		if in.ExclusiveStartKey = out.LastEvaluatedKey; in.ExclusiveStartKey == nil {
			return got
		}
	}
}
