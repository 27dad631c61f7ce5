package aws_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

func TestItemJSONIsDynamoDBJSON(t *testing.T) {
	t.Parallel()
	item := aws.Item{
		"S": aws.S("a<b"), "N": aws.N("1.5"), "B": aws.B{1, 2}, "BOOL": aws.BOOL(true), "NULL": aws.NULL(true),
		"M": aws.M{"k": aws.S("v")}, "L": aws.L{aws.N("1"), aws.L{}}, "SS": aws.SS{"x"}, "NS": aws.NS{"2"}, "BS": aws.BS{{3}},
	}
	want := map[string]string{
		"S": `{"S":"a<b"}`, "N": `{"N":"1.5"}`, "B": `{"B":"AQI="}`, "BOOL": `{"BOOL":true}`, "NULL": `{"NULL":true}`,
		"M": `{"M":{"k":{"S":"v"}}}`, "L": `{"L":[{"N":"1"},{"L":[]}]}`, "SS": `{"SS":["x"]}`, "NS": `{"NS":["2"]}`, "BS": `{"BS":["Aw=="]}`,
	}
	for name, value := range item {
		got, err := aws.MarshalValue(value)
		if err != nil || string(got) != want[name] {
			t.Errorf("%s: %s, %v; want %s", name, got, err, want[name])
		}
	}
	body, err := json.Marshal(item)
	if err != nil {
		t.Fatal(err)
	}
	var back aws.Item
	if err := json.Unmarshal(body, &back); err != nil || !reflect.DeepEqual(back, item) {
		t.Errorf("read back %v, %v", back, err)
	}
}

func TestItemJSONRefusesWhatDynamoDBRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]error{
		`{"a":{}}`:                            aws.ErrNoType,
		`{"a":{"X":"1"}}`:                     aws.ErrNoType,
		`{"a":{"S":"1","N":"1"}}`:             aws.ErrManyTypes,
		`{"a":{"L":[{"S":"1","NULL":true}]}}`: aws.ErrManyTypes,
		`{"a":{"M":{"b":{"S":null}}}}`:        aws.ErrNoType,
	} {
		var item aws.Item
		if err := json.Unmarshal([]byte(body), &item); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", body, err, want)
		}
	}
	for _, body := range []string{`{"a":{"S":1}}`, `{"a":{"BOOL":"yes"}}`, `{"a":[]}`, `[]`} {
		var item aws.Item
		if err := json.Unmarshal([]byte(body), &item); err == nil {
			t.Errorf("%s was taken", body)
		}
	}
}

// valueGen makes any attribute value, three levels deep at most.
func valueGen(depth int) *rapid.Generator[aws.AttributeValue] {
	return rapid.Custom(func(t *rapid.T) aws.AttributeValue {
		kinds := 7
		if depth > 0 {
			kinds = 9
		}
		switch rapid.IntRange(0, kinds).Draw(t, "kind") {
		case 0:
			return aws.S(rapid.String().Draw(t, "s"))
		case 1:
			return aws.N(rapid.StringMatching(`-?[0-9]{1,20}`).Draw(t, "n"))
		case 2:
			return aws.B(rapid.SliceOf(rapid.Byte()).Draw(t, "b"))
		case 3:
			return aws.BOOL(rapid.Bool().Draw(t, "bool"))
		case 4:
			return aws.NULL(true)
		case 5:
			return aws.SS(rapid.SliceOfN(rapid.String(), 1, 3).Draw(t, "ss"))
		case 6:
			return aws.NS(rapid.SliceOfN(rapid.StringMatching(`[0-9]{1,5}`), 1, 3).Draw(t, "ns"))
		case 7:
			return aws.BS(rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 4), 1, 3).Draw(t, "bs"))
		case 8:
			return aws.L(rapid.SliceOfN(valueGen(depth-1), 0, 3).Draw(t, "l"))
		}
		return aws.M(rapid.MapOfN(rapid.String(), valueGen(depth-1), 0, 3).Draw(t, "m"))
	})
}

func TestItemJSONRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		item := aws.Item(rapid.MapOfN(rapid.String(), valueGen(2), 0, 4).Draw(t, "item"))
		body, err := json.Marshal(item)
		if err != nil {
			t.Fatal(err)
		}
		var back aws.Item
		if err := json.Unmarshal(body, &back); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if again, err := json.Marshal(back); err != nil || string(again) != string(body) {
			t.Fatalf("%s became %s, %v", body, again, err)
		}
	})
}

func TestOptionTellsZeroFromAbsent(t *testing.T) {
	t.Parallel()
	var in aws.ScanInput
	if err := json.Unmarshal([]byte(`{"TableName":"T","Limit":0}`), &in); err != nil {
		t.Fatal(err)
	}
	if limit, given := in.Limit.Get(); !given || limit != 0 {
		t.Errorf("limit %d, given %v", limit, given)
	}
	if _, given := in.Segment.Get(); given {
		t.Error("the segment was not given")
	}
	body, err := json.Marshal(aws.QueryInput{TableName: "T", ScanIndexForward: aws.Some(false)})
	if err != nil || string(body) != `{"TableName":"T","ScanIndexForward":false}` {
		t.Errorf("%s, %v", body, err)
	}
}
