package dynamodb

import (
	"reflect"
	"regexp"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

var songs = keySchema{keyAttribute{"Artist", aws.TypeS}, keyAttribute{"Song", aws.TypeS}}

func TestScanInput(t *testing.T) {
	t.Parallel()
	s := search{Table: "Music", TableKey: songs, Key: songs, PageSize: 25}
	in, faults := s.scan()
	want := aws.ScanInput{TableName: "Music", Limit: aws.Some(25), ReturnConsumedCapacity: aws.CapacityTotal}
	if len(faults) > 0 || !reflect.DeepEqual(in, want) {
		t.Errorf("%+v, %v", in, faults)
	}
	s.Filters = []filter{
		{Name: "Year", Type: aws.TypeN, condition: condition{Op: opBetween, Value: "1970", Upper: "1980"}},
		{Name: "Year", Type: aws.TypeN, condition: condition{Op: opNotEqual, Value: "1975"}},
		{Name: "Genre", Type: aws.TypeS, condition: condition{Op: opNotExists, Value: "ignored"}},
		{Name: "Tags", Type: aws.TypeS, condition: condition{Op: opNotContains, Value: "live"}},
		{Name: "Gone", Type: aws.TypeNULL, condition: condition{Op: opEqual}},
	}
	s.Projection = []string{"Year", "Album"}
	in, faults = s.scan()
	want = aws.ScanInput{
		TableName:                 "Music",
		FilterExpression:          "#n0 BETWEEN :v0 AND :v1 AND #n0 <> :v2 AND attribute_not_exists(#n1) AND NOT contains(#n2, :v3) AND #n3 = :v4",
		ProjectionExpression:      "#n4, #n5, #n0, #n6",
		ExpressionAttributeNames:  map[string]string{"#n0": "Year", "#n1": "Genre", "#n2": "Tags", "#n3": "Gone", "#n4": "Artist", "#n5": "Song", "#n6": "Album"},
		ExpressionAttributeValues: aws.Item{":v0": aws.N("1970"), ":v1": aws.N("1980"), ":v2": aws.N("1975"), ":v3": aws.S("live"), ":v4": aws.NULL(true)},
		ReturnConsumedCapacity:    aws.CapacityTotal,
	}
	if len(faults) > 0 || !reflect.DeepEqual(in, want) {
		t.Errorf("%+v, %v", in, faults)
	}
}

func TestQueryInput(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sort      condition
		condition string
		values    aws.Item
	}{
		{condition{}, "#n0 = :v0", aws.Item{":v0": aws.S("Psy")}},
		{condition{Op: opLessEqual, Value: "G"}, "#n0 = :v0 AND #n1 <= :v1", aws.Item{":v0": aws.S("Psy"), ":v1": aws.S("G")}},
		{condition{Op: opBetween, Value: "A", Upper: "Z"}, "#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2", aws.Item{":v0": aws.S("Psy"), ":v1": aws.S("A"), ":v2": aws.S("Z")}},
		{condition{Op: opBeginsWith, Value: "G"}, "#n0 = :v0 AND begins_with(#n1, :v1)", aws.Item{":v0": aws.S("Psy"), ":v1": aws.S("G")}},
	} {
		s := search{Table: "Music", Index: "i", TableKey: songs, Key: songs, Query: true, Partition: "Psy", Sort: c.sort, Descending: true, PageSize: 50}
		in, faults := s.query()
		if len(faults) > 0 || in.KeyConditionExpression != c.condition || !reflect.DeepEqual(in.ExpressionAttributeValues, c.values) {
			t.Errorf("%v: %+v, %v", c.sort, in, faults)
		}
		if in.IndexName != "i" || in.ScanIndexForward != aws.Some(false) || in.Limit != aws.Some(50) {
			t.Errorf("%+v", in)
		}
	}
}

func TestSearchFaults(t *testing.T) {
	t.Parallel()
	years := keySchema{keyAttribute{"Artist", aws.TypeS}, keyAttribute{"Year", aws.TypeN}}
	year := filter{Name: "Age", Type: aws.TypeN, condition: condition{Op: opEqual, Value: "1971"}}
	text := year
	text.Value = "old"
	nameless := year
	nameless.Name = ""
	keyed := year
	keyed.Name = "Artist"
	for _, c := range []struct {
		search search
		want   []fault
	}{
		{search{Query: true}, []fault{{"Artist", "A query needs a value here"}}},
		{search{Query: true, Partition: "x", Sort: condition{Op: opEqual, Value: "y"}}, []fault{{"Year", "The parameter cannot be converted to a numeric value: y"}}},
		{search{Query: true, Partition: "x", Sort: condition{Op: opBetween, Value: "1"}}, []fault{{"Year (upper value)", "Between needs both values"}}},
		{search{Filters: []filter{year, text}}, []fault{{"Filter 2", "The parameter cannot be converted to a numeric value: old"}}},
		{search{Filters: []filter{nameless}}, []fault{{"Filter 1", "Enter the attribute's name"}}},
		{search{Filters: []filter{keyed}}, nil},
		{search{Query: true, Partition: "x", Filters: []filter{keyed}},
			[]fault{{"Filter 1", "Artist is part of the key: a query's filter can only contain other attributes"}}},
	} {
		c.search.Key, c.search.TableKey = years, years
		if got := c.search.check(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %v", c.search, got)
		}
	}
}

// TestSearchesAreSound runs drawn searches, with reserved words and odd names,
// against a sandbox: what passes the form's own check, AWS takes.
func TestSearchesAreSound(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	key := keySchema{keyAttribute{"Name", aws.TypeS}, keyAttribute{"Size", aws.TypeN}}
	makeTable(t, cloud, defaultTable("Odd", key))
	put(t, cloud, "Odd", aws.Item{"Name": aws.S("a"), "Size": aws.N("1"), "Year": aws.N("1"), "a.b": aws.S("x")})
	placeholder := regexp.MustCompile(`[#:][a-z0-9]+`)
	rapid.Check(t, func(rt *rapid.T) {
		s := search{
			Table: "Odd", TableKey: key, Key: key, Query: rapid.Bool().Draw(rt, "query"), PageSize: 10, Partition: "a",
			Descending: rapid.Bool().Draw(rt, "descending"),
		}
		if s.Query && rapid.Bool().Draw(rt, "sorted") {
			s.Sort = condition{Op: rapid.SampledFrom([]operator{opEqual, opLess, opBetween, opGreaterEqual}).Draw(rt, "sort"), Value: "1", Upper: "2"}
		}
		if rapid.Bool().Draw(rt, "projected") {
			s.Projection = rapid.SliceOf(rapid.SampledFrom([]string{"Year", "a.b", "Name", "#odd"})).Draw(rt, "projection")
		}
		for range rapid.IntRange(0, 3).Draw(rt, "filters") {
			f := filter{
				Name:      rapid.SampledFrom([]string{"Year", "Status", "a.b", "data", "ä b"}).Draw(rt, "name"),
				Type:      rapid.SampledFrom([]aws.AttributeType{aws.TypeS, aws.TypeN}).Draw(rt, "type"),
				condition: condition{Op: rapid.SampledFrom(filterOperators()).Draw(rt, "operator").Op, Value: "1", Upper: "2"},
			}
			if f.Op == opBeginsWith {
				f.Type = aws.TypeS
			}
			s.Filters = append(s.Filters, f)
		}
		if faults := s.check(); len(faults) > 0 {
			rt.Fatal(faults)
		}
		in, _ := s.query()
		used := make(map[string]bool)
		for _, p := range placeholder.FindAllString(in.KeyConditionExpression+in.FilterExpression+in.ProjectionExpression, -1) {
			used[p] = true
		}
		if len(used) != len(in.ExpressionAttributeNames)+len(in.ExpressionAttributeValues) {
			rt.Fatalf("unused placeholders: %+v", in)
		}
		if _, err := fetch(t.Context(), cloud.DynamoDB, s, nil); err != nil {
			rt.Fatalf("%s: %v", s.text(), err)
		}
	})
}
