package awstest

import (
	"fmt"
	"slices"
	"testing"

	"awslab/aws"
)

func testScan(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, library(), simple("Numbers", aws.TypeN))
	f.put(t, "Library", sampleBooks()...)
	want := make([]string, 0, 100)
	for n := range 100 {
		want = append(want, fmt.Sprint(n))
		f.put(t, "Numbers", aws.Item{"ID": aws.N(fmt.Sprint(n)), "Odd": aws.BOOL(n%2 == 1)})
	}
	slices.Sort(want)

	first := must(t, db.Scan, aws.ScanInput{TableName: "Numbers"})
	same(t, "items", sorted(names(first.Items, "ID")), want)
	same(t, "counts", []int{first.Count, first.ScannedCount, len(first.LastEvaluatedKey)}, []int{100, 100, 0})
	same(t, "order, again", must(t, db.Scan, aws.ScanInput{TableName: "Numbers"}).Items, first.Items)
	t.Run("pages", func(t *testing.T) {
		same(t, "pages", allPages(t, f, aws.ScanInput{TableName: "Numbers", Limit: aws.Some(7)}, "ID"), names(first.Items, "ID"))
	})
	t.Run("has segments", func(t *testing.T) { testSegments(t, f, want) })
	t.Run("filters, on keys too", func(t *testing.T) {
		out := must(t, db.Scan, aws.ScanInput{TableName: "Numbers", FilterExpression: "Odd = :t AND ID < :n", ExpressionAttributeValues: aws.Item{":t": aws.BOOL(true), ":n": aws.N("10")}})
		same(t, "items", sorted(names(out.Items, "ID")), []string{"1", "3", "5", "7", "9"})
		same(t, "counts", []int{out.Count, out.ScannedCount}, []int{5, 100})
		out = must(t, db.Scan, aws.ScanInput{TableName: "Numbers", FilterExpression: "ID = :n", ExpressionAttributeValues: aws.Item{":n": aws.S("1")}})
		same(t, "counts for another type", []int{out.Count, out.ScannedCount}, []int{0, 100})
	})
	t.Run("takes the older forms", func(t *testing.T) { testOlderScan(t, f) })
	t.Run("selects", func(t *testing.T) {
		same(t, "count", must(t, db.Scan, aws.ScanInput{TableName: "Numbers", Select: aws.SelectCount}), aws.ScanOutput{Count: 100, ScannedCount: 100})
		out := must(t, db.Scan, aws.ScanInput{TableName: "Numbers", ProjectionExpression: "Odd", Limit: aws.Some(1)})
		same(t, "projected item", len(out.Items[0]), 1)
	})
	t.Run("reads indexes", func(t *testing.T) {
		out := must(t, db.Scan, aws.ScanInput{TableName: "Library", IndexName: "ByGenre"})
		same(t, "novels", sorted(names(out.Items, "Title")), []string{"Book 0", "Book 2", "Book 4", "Book 6", "Book 8", "Other"})
		same(t, "novels by pages", sorted(allPages(t, f, aws.ScanInput{TableName: "Library", IndexName: "ByGenre", Limit: aws.Some(1)}, "Title")), sorted(names(out.Items, "Title")))
		out = must(t, db.Scan, aws.ScanInput{TableName: "Library", IndexName: "ByShelf", ConsistentRead: true})
		same(t, "shelves", names(out.Items, "Shelf"), []string{"S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"})
		out = must(t, db.Scan, aws.ScanInput{TableName: "Library", IndexName: "ByCode"})
		same(t, "codes", out.Count, 5)
	})
	t.Run("counts read units", func(t *testing.T) {
		for n := range 9 {
			f.put(t, "Numbers", aws.Item{"ID": aws.N(fmt.Sprint(n)), "X": text(1000)})
		}
		in := aws.ScanInput{TableName: "Numbers", ReturnConsumedCapacity: aws.CapacityTotal}
		same(t, "units", must(t, db.Scan, in).ConsumedCapacity, &aws.ConsumedCapacity{TableName: "Numbers", CapacityUnits: 1.5})
		in.ConsistentRead = true
		same(t, "units", units(must(t, db.Scan, in).ConsumedCapacity), 3)
	})
	op := operation(t, "dynamodb:Scan")
	refuses(t, op, scanRefusals(db))
	refuses(t, op, tableNameRefusals(func(name string) error { return errorOf(db.Scan, aws.ScanInput{TableName: name})() }))
	testCanceled(t, db.Scan, aws.ScanInput{TableName: "Numbers"})
}

// allPages follows a scan to its end.
func allPages(t *testing.T, f Fixture, in aws.ScanInput, attribute string) []string {
	t.Helper()
	all := []string{}
	for {
		out := must(t, f.Cloud.DynamoDB.Scan, in)
		if out.Count > in.Limit.Or(out.Count) {
			t.Fatalf("a page has %d items", out.Count)
		}
		all = append(all, names(out.Items, attribute)...)
		if out.LastEvaluatedKey == nil {
			return all
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}

func testSegments(t *testing.T, f Fixture, want []string) {
	for _, total := range []int{1, 2, 7, 1_000_000} {
		if total > len(want) {
			continue
		}
		all := []string{}
		for segment := range total {
			in := aws.ScanInput{TableName: "Numbers", Segment: aws.Some(segment), TotalSegments: aws.Some(total), Limit: aws.Some(5)}
			part := allPages(t, f, in, "ID")
			if total == 2 && (len(part) < 20 || len(part) > 80) {
				t.Errorf("a half has %d of 100 items", len(part))
			}
			all = append(all, part...)
		}
		same(t, fmt.Sprint("items of segments, ", total), sorted(all), want)
	}
	must(t, f.Cloud.DynamoDB.Scan, aws.ScanInput{TableName: "Numbers", Segment: aws.Some(999_999), TotalSegments: aws.Some(1_000_000)})
}

func scanRefusals(db aws.DynamoDB) []refusal {
	scan := func(name, message string, in aws.ScanInput) refusal {
		if in.TableName == "" {
			in.TableName = "Library"
		}
		return invalid(name, message, errorOf(db.Scan, in))
	}
	values := func(v aws.AttributeValue) aws.ScanInput {
		return aws.ScanInput{FilterExpression: "Pages = :v", ExpressionAttributeValues: aws.Item{":v": v}}
	}
	wrong := "ExpressionAttributeValues contains invalid value: "
	return []refusal{
		scan("a limit of 0", oneError+"Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", aws.ScanInput{Limit: aws.Some(0)}),
		scan("a segment of nothing", "The TotalSegments parameter is required but was not present in the request when Segment parameter is present", aws.ScanInput{Segment: aws.Some(0)}),
		scan("no segment", "The Segment parameter is required but was not present in the request when parameter TotalSegments is present", aws.ScanInput{TotalSegments: aws.Some(1)}),
		scan("a segment too many", "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5", aws.ScanInput{Segment: aws.Some(5), TotalSegments: aws.Some(5)}),
		scan("no segments", oneError+"Value '0' at 'totalSegments' failed to satisfy constraint: Member must have value greater than or equal to 1", aws.ScanInput{Segment: aws.Some(0), TotalSegments: aws.Some(0)}),
		scan("a million segments and one", oneError+"Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000", aws.ScanInput{Segment: aws.Some(0), TotalSegments: aws.Some(1000001)}),
		scan("an unknown selection", oneError+"Value 'SOME' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]", aws.ScanInput{Select: "SOME"}),
		scan("a selection without projection", "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES", aws.ScanInput{Select: aws.SelectSpecificAttributes}),
		scan("an unknown index", "The table does not have the specified index: Nope", aws.ScanInput{IndexName: "Nope"}),
		scan("consistency of a global index", "Consistent reads are not supported on global secondary indexes", aws.ScanInput{IndexName: "ByGenre", ConsistentRead: true}),
		scan("half a key to start at", "The provided starting key is invalid: "+mismatch, aws.ScanInput{ExclusiveStartKey: aws.Item{"Author": aws.S("Ann")}}),
		scan("a key without that of the index to start at", "The provided starting key is invalid", aws.ScanInput{IndexName: "ByGenre", ExclusiveStartKey: book("Ann", "1", nil)}),
		scan("a reserved word", "Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: Year", aws.ScanInput{FilterExpression: "Year = :v", ExpressionAttributeValues: aws.Item{":v": aws.N("1")}}),
		scan("a value not used", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}", aws.ScanInput{FilterExpression: "attribute_exists(Pages)", ExpressionAttributeValues: aws.Item{":v": aws.N("1")}}),
		scan("values without an expression", "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null", aws.ScanInput{ExpressionAttributeValues: aws.Item{":v": aws.N("1")}}),
		scan("a bad number", wrong+"The parameter cannot be converted to a numeric value: abc for key :v", values(aws.N("abc"))),
		scan("no number", wrong+"The parameter cannot be converted to a numeric value for key :v", values(aws.N(""))),
		scan("a set with duplicates", wrong+parameters+"Input collection [a, a] contains duplicates. for key :v", values(aws.SS{"a", "a"})),
		scan("an empty set", wrong+parameters+"An string set  may not be empty for key :v", values(aws.SS{})),
		scan("an operand of the wrong type", "Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
			aws.ScanInput{FilterExpression: "begins_with(Pages, :v)", ExpressionAttributeValues: aws.Item{":v": aws.N("1")}}),
	}
}
