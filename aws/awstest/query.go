package awstest

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// sampleBooks are the items that queries and scans are tried on: ten by one
// author, one a year from -2 on, and one by another.
func sampleBooks() []aws.Item {
	var items []aws.Item
	for n := range 10 {
		more := aws.Item{"Title": aws.S(fmt.Sprintf("Book %d", n)), "Pages": aws.N(fmt.Sprint(100 * n)), "Shelf": aws.S(fmt.Sprintf("S%d", 9-n))}
		if n%2 == 0 {
			more["Genre"] = aws.S("Novel")
			more["Code"] = aws.B{byte(n)}
		}
		items = append(items, book("Ann", fmt.Sprint(n-2), more))
	}
	return append(items, book("Bob", "1", aws.Item{"Genre": aws.S("Novel"), "Title": aws.S("Other")}))
}

// byAuthor asks for the books of Ann; its parts can be replaced.
func byAuthor(change func(*aws.QueryInput)) aws.QueryInput {
	in := aws.QueryInput{TableName: "Library", KeyConditionExpression: "Author = :a", ExpressionAttributeValues: aws.Item{":a": aws.S("Ann")}}
	if change != nil {
		change(&in)
	}
	return in
}

// withYear adds a condition on the sort key.
func withYear(condition string, years ...string) aws.QueryInput {
	return byAuthor(func(in *aws.QueryInput) {
		in.KeyConditionExpression += " AND " + condition
		in.ExpressionAttributeNames = map[string]string{"#y": "Year"}
		for n, year := range years {
			in.ExpressionAttributeValues[fmt.Sprintf(":%d", n+1)] = aws.N(year)
		}
	})
}

func testQuery(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, library(), music(), simple("Numbers", aws.TypeN))
	f.put(t, "Library", sampleBooks()...)
	f.put(t, "Music", song("A", "ab"), song("A", "abc"), song("A", "b"), song("A", "é"), song("A", "aé"), song("AB", "x"))

	t.Run("takes the older forms", func(t *testing.T) { testOlderQuery(t, f) })
	t.Run("is in the order of the sort key", func(t *testing.T) {
		all := []string{"-2", "-1", "0", "1", "2", "3", "4", "5", "6", "7"}
		for _, c := range []struct {
			in   aws.QueryInput
			want []string
		}{
			{byAuthor(nil), all},
			{byAuthor(func(in *aws.QueryInput) { in.ScanIndexForward = aws.Some(false) }), []string{"7", "6", "5", "4", "3", "2", "1", "0", "-1", "-2"}},
			{withYear("#y = :1", "3.0"), []string{"3"}}, {withYear("#y < :1", "0"), all[:2]}, {withYear("#y <= :1", "0"), all[:3]},
			{withYear("#y > :1", "5"), all[8:]}, {withYear("#y >= :1", "5"), all[7:]}, {withYear("#y BETWEEN :1 AND :2", "-1", "1.5"), all[1:4]},
			{withYear("#y > :1", "7"), []string{}},
			{byAuthor(func(in *aws.QueryInput) { in.ExpressionAttributeValues = aws.Item{":a": aws.S("An")} }), []string{}},
		} {
			out := must(t, db.Query, c.in)
			same(t, c.in.KeyConditionExpression, names(out.Items, "Year"), c.want)
			same(t, "counts", []int{out.Count, out.ScannedCount, len(out.LastEvaluatedKey)}, []int{len(c.want), len(c.want), 0})
		}
		prefix := aws.QueryInput{TableName: "Music", KeyConditionExpression: "Artist = :a AND begins_with(Song, :s)", ExpressionAttributeValues: aws.Item{":a": aws.S("A"), ":s": aws.S("a")}}
		same(t, "begins_with", names(must(t, db.Query, prefix).Items, "Song"), []string{"ab", "abc", "aé"})
		prefix.ScanIndexForward = aws.Some(false)
		same(t, "begins_with, descending", names(must(t, db.Query, prefix).Items, "Song"), []string{"aé", "abc", "ab"})
	})
	t.Run("pages", func(t *testing.T) { testQueryPages(t, f) })
	t.Run("filters after reading", func(t *testing.T) {
		in := byAuthor(func(in *aws.QueryInput) {
			in.FilterExpression = "Pages > :p"
			in.ExpressionAttributeValues[":p"] = aws.N("450")
			in.Limit = aws.Some(6)
		})
		out := must(t, db.Query, in)
		same(t, "items", names(out.Items, "Year"), []string{"3"})
		same(t, "counts", []int{out.Count, out.ScannedCount}, []int{1, 6})
		same(t, "last key", out.LastEvaluatedKey, book("Ann", "3", nil))
	})
	t.Run("selects", func(t *testing.T) { testQuerySelect(t, f) })
	t.Run("reads indexes", func(t *testing.T) { testQueryIndexes(t, f) })
	t.Run("counts read units", func(t *testing.T) { testQueryUnits(t, f) })
	op := operation(t, "dynamodb:Query")
	refuses(t, op, queryRefusals(db))
	refuses(t, op, tableNameRefusals(func(name string) error {
		return errorOf(db.Query, byAuthor(func(in *aws.QueryInput) { in.TableName = name }))()
	}))
	testCanceled(t, db.Query, byAuthor(nil))
}

func testQueryPages(t *testing.T, f Fixture) {
	for _, forward := range []bool{true, false} {
		var pages [][]string
		in := byAuthor(func(in *aws.QueryInput) { in.Limit, in.ScanIndexForward = aws.Some(4), aws.Some(forward) })
		for {
			out := must(t, f.Cloud.DynamoDB.Query, in)
			pages = append(pages, names(out.Items, "Year"))
			if out.LastEvaluatedKey == nil {
				break
			}
			in.ExclusiveStartKey = out.LastEvaluatedKey
		}
		want := [][]string{{"-2", "-1", "0", "1"}, {"2", "3", "4", "5"}, {"6", "7"}}
		if !forward {
			want = [][]string{{"7", "6", "5", "4"}, {"3", "2", "1", "0"}, {"-1", "-2"}}
		}
		same(t, fmt.Sprint("pages, forward ", forward), pages, want)
	}
	out := must(t, f.Cloud.DynamoDB.Query, byAuthor(func(in *aws.QueryInput) { in.Limit = aws.Some(10) }))
	same(t, "last key of a full page, though nothing follows", out.LastEvaluatedKey, book("Ann", "7", nil))
	out = must(t, f.Cloud.DynamoDB.Query, byAuthor(func(in *aws.QueryInput) { in.ExclusiveStartKey = out.LastEvaluatedKey }))
	same(t, "what follows", out, aws.QueryOutput{Items: []aws.Item{}})

	for n := range 6 { // 6 items of 256 KB: the fourth makes 1 MB
		f.put(t, "Music", with(song("Big", fmt.Sprint(n)), aws.Item{"X": text(256 << 10)}))
	}
	big := aws.QueryInput{TableName: "Music", KeyConditionExpression: "Artist = :a", ExpressionAttributeValues: aws.Item{":a": aws.S("Big")}}
	out = must(t, f.Cloud.DynamoDB.Query, big)
	same(t, "items of a page of 1 MB", names(out.Items, "Song"), []string{"0", "1", "2", "3"})
	same(t, "last key", out.LastEvaluatedKey, song("Big", "3"))
	big.ExclusiveStartKey = out.LastEvaluatedKey
	same(t, "the rest", names(must(t, f.Cloud.DynamoDB.Query, big).Items, "Song"), []string{"4", "5"})
}

func testQuerySelect(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	out := must(t, db.Query, byAuthor(func(in *aws.QueryInput) { in.Select = aws.SelectCount }))
	same(t, "count", out, aws.QueryOutput{Count: 10, ScannedCount: 10})
	out = must(t, db.Query, byAuthor(func(in *aws.QueryInput) {
		in.Select, in.ProjectionExpression, in.Limit = aws.SelectSpecificAttributes, "Title", aws.Some(1)
	}))
	same(t, "projected items", out.Items, []aws.Item{{"Title": aws.S("Book 0")}})
	same(t, "last key", out.LastEvaluatedKey, book("Ann", "-2", nil))
}

// byGenre asks the index ByGenre for novels.
func byGenre(change func(*aws.QueryInput)) aws.QueryInput {
	in := aws.QueryInput{TableName: "Library", IndexName: "ByGenre", KeyConditionExpression: "Genre = :g", ExpressionAttributeValues: aws.Item{":g": aws.S("Novel")}}
	if change != nil {
		change(&in)
	}
	return in
}

func byShelf(change func(*aws.QueryInput)) aws.QueryInput {
	return byAuthor(func(in *aws.QueryInput) {
		in.IndexName = "ByShelf"
		if change != nil {
			change(in)
		}
	})
}

func testQueryIndexes(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	out := must(t, db.Query, byGenre(nil))
	same(t, "novels by year", names(out.Items, "Year"), []string{"-2", "0", "1", "2", "4", "6"})
	same(t, "a novel", out.Items[0], book("Ann", "-2", aws.Item{"Genre": aws.S("Novel"), "Title": aws.S("Book 0")}))
	first := must(t, db.Query, byGenre(func(in *aws.QueryInput) { in.Limit = aws.Some(2) }))
	same(t, "last key", first.LastEvaluatedKey, book("Ann", "0", aws.Item{"Genre": aws.S("Novel")}))
	rest := must(t, db.Query, byGenre(func(in *aws.QueryInput) { in.ExclusiveStartKey = first.LastEvaluatedKey }))
	same(t, "the rest", names(rest.Items, "Year"), []string{"1", "2", "4", "6"})

	code := aws.QueryInput{TableName: "Library", IndexName: "ByCode", KeyConditionExpression: "Code = :c", ExpressionAttributeValues: aws.Item{":c": aws.B{4}}}
	same(t, "a book by code", must(t, db.Query, code).Items, []aws.Item{sampleBooks()[4]})

	shelf := must(t, db.Query, byShelf(func(in *aws.QueryInput) { in.Limit = aws.Some(1) }))
	same(t, "first shelf", shelf.Items, []aws.Item{book("Ann", "7", aws.Item{"Shelf": aws.S("S0")})})
	same(t, "last key", shelf.LastEvaluatedKey, book("Ann", "7", aws.Item{"Shelf": aws.S("S0")}))
	whole := must(t, db.Query, byShelf(func(in *aws.QueryInput) { in.Limit, in.Select = aws.Some(1), aws.SelectAllAttributes }))
	same(t, "all of the first shelf", whole.Items, []aws.Item{sampleBooks()[9]})
	titles := must(t, db.Query, byShelf(func(in *aws.QueryInput) { in.ProjectionExpression = "Title" }))
	same(t, "titles by shelf", names(titles.Items, "Title")[:2], []string{"Book 9", "Book 8"})

	t.Run("that follow the items", func(t *testing.T) {
		f.put(t, "Library", book("Ann", "0", aws.Item{"Genre": aws.S("Poem")}))
		must(t, db.DeleteItem, aws.DeleteItemInput{TableName: "Library", Key: book("Ann", "2", nil)})
		must(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Library", Key: book("Ann", "4", nil), UpdateExpression: "SET Title = :t", ExpressionAttributeValues: aws.Item{":t": aws.S("New")}})
		out := must(t, db.Query, byGenre(nil))
		same(t, "novels", names(out.Items, "Title"), []string{"Book 0", "Other", "New", "Book 8"})
	})
}

func testQueryUnits(t *testing.T, f Fixture) {
	for n := range 5 {
		f.put(t, "Numbers", aws.Item{"ID": aws.N(fmt.Sprint(n)), "X": text(1000)})
	}
	for n := range 9 {
		f.put(t, "Library", book("Units", fmt.Sprint(n), aws.Item{"X": text(1000), "Shelf": aws.S("s")}))
	}
	of := func(change func(*aws.QueryInput)) *aws.ConsumedCapacity {
		return must(t, f.Cloud.DynamoDB.Query, byAuthor(func(in *aws.QueryInput) {
			in.ExpressionAttributeValues, in.ReturnConsumedCapacity = aws.Item{":a": aws.S("Units")}, aws.CapacityTotal
			change(in)
		})).ConsumedCapacity
	}
	same(t, "nine items of 1 KB", of(func(*aws.QueryInput) {}), &aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 1.5})
	same(t, "strongly consistent", units(of(func(in *aws.QueryInput) { in.ConsistentRead = true })), 3)
	same(t, "counted only", units(of(func(in *aws.QueryInput) { in.Select = aws.SelectCount })), 1.5)
	same(t, "nothing", units(of(func(in *aws.QueryInput) { in.ExpressionAttributeValues = aws.Item{":a": aws.S("None")} })), 0.5)
	same(t, "an index", of(func(in *aws.QueryInput) { in.IndexName, in.ReturnConsumedCapacity = "ByShelf", aws.CapacityIndexes }),
		&aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 0.5, Table: &aws.Capacity{},
			LocalSecondaryIndexes: map[string]aws.Capacity{"ByShelf": {CapacityUnits: 0.5}}})
	same(t, "an index and the items", units(of(func(in *aws.QueryInput) { in.IndexName, in.Select = "ByShelf", aws.SelectAllAttributes })), 5)
}

func queryRefusals(db aws.DynamoDB) []refusal {
	query := func(name, message string, change func(*aws.QueryInput)) refusal {
		return invalid(name, message, errorOf(db.Query, byAuthor(change)))
	}
	condition := func(name, message, text string, values aws.Item) refusal {
		return query(name, message, func(in *aws.QueryInput) {
			in.KeyConditionExpression, in.ExpressionAttributeValues = text, values
			if strings.Contains(text, "#y") {
				in.ExpressionAttributeNames = map[string]string{"#y": "Year"}
			}
		})
	}
	a, s := aws.Item{":a": aws.S("Ann")}, aws.S("s")
	start := func(name, message string, key aws.Item) refusal {
		return query(name, message, func(in *aws.QueryInput) { in.ExclusiveStartKey = key })
	}
	index := func(name, message string, change func(*aws.QueryInput)) refusal {
		return invalid(name, message, errorOf(db.Query, byGenre(change)))
	}
	return []refusal{
		condition("no key condition", "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.", "", nil),
		condition("no partition key", "Query condition missed key schema element: Author", "#y = :y", aws.Item{":y": aws.N("1")}),
		condition("three attributes", "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)", "Author = :a AND #y > :y AND Title = :s",
			aws.Item{":a": aws.S("Ann"), ":y": aws.N("1"), ":s": s}),
		condition("another attribute", "Query condition missed key schema element: Year", "Author = :a AND Title = :s", aws.Item{":a": aws.S("Ann"), ":s": s}),
		condition("a range of partitions", "Query key condition not supported", "Author > :a", a),
		condition("OR", "Invalid operator used in KeyConditionExpression: OR", "Author = :a OR #y = :y", aws.Item{":a": aws.S("Ann"), ":y": aws.N("1")}),
		condition("two conditions on one key", "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
			"Author = :a AND #y > :y AND #y < :y", aws.Item{":a": aws.S("Ann"), ":y": aws.N("1")}),
		condition("a partition key of another type", parameters+"Condition parameter type does not match schema type", "Author = :a", aws.Item{":a": aws.N("1")}),
		condition("a sort key of another type", parameters+"Condition parameter type does not match schema type", "Author = :a AND #y = :y", aws.Item{":a": aws.S("Ann"), ":y": s}),
		condition("begins_with on a number", "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
			"Author = :a AND begins_with(#y, :y)", aws.Item{":a": aws.S("Ann"), ":y": aws.N("1")}),
		condition("bounds the wrong way round", "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "+
			"lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}", "Author = :a AND #y BETWEEN :2 AND :1", aws.Item{":a": aws.S("Ann"), ":1": aws.N("1"), ":2": aws.N("2")}),
		condition("an empty key", emptyKey+"string value. Key: Author", "Author = :a", aws.Item{":a": aws.S("")}),
		condition("a reserved word", "Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved keyword: Year", "Author = :a AND Year = :y", aws.Item{":a": aws.S("Ann"), ":y": aws.N("1")}),
		condition("a value not used", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}", "Author = :a", aws.Item{":a": aws.S("Ann"), ":b": s}),
		condition("a bad number", "The parameter cannot be converted to a numeric value: abc", "Author = :a AND #y = :y", aws.Item{":a": aws.S("Ann"), ":y": aws.N("abc")}),
		query("a filter on a key", "Filter Expression can only contain non-primary key attributes: Primary key attribute: Author", func(in *aws.QueryInput) { in.FilterExpression = "Author = :a" }),
		query("a filter with a name not defined", "Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #n",
			func(in *aws.QueryInput) { in.FilterExpression = "#n = :a" }),
		query("a limit of 0", oneError+"Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1", func(in *aws.QueryInput) { in.Limit = aws.Some(0) }),
		query("an unknown selection", oneError+"Value 'SOME' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]",
			func(in *aws.QueryInput) { in.Select = "SOME" }),
		query("a selection without projection", oneError+"Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES", func(in *aws.QueryInput) { in.Select = aws.SelectSpecificAttributes }),
		query("a projection of a count", "Cannot specify the ProjectionExpression when choosing to get only the Count", func(in *aws.QueryInput) { in.Select, in.ProjectionExpression = aws.SelectCount, "Title" }),
		query("a projection of all", "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES", func(in *aws.QueryInput) { in.Select, in.ProjectionExpression = aws.SelectAllAttributes, "Title" }),
		query("what an index projects of a table", "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName", func(in *aws.QueryInput) { in.Select = aws.SelectAllProjectedAttributes }),
		query("an unknown index", "The table does not have the specified index: Nope", func(in *aws.QueryInput) { in.IndexName = "Nope" }),
		index("consistency of a global index", "Consistent reads are not supported on global secondary indexes", func(in *aws.QueryInput) { in.ConsistentRead = true }),
		index("all of a global index that has less", parameters+"Select type ALL_ATTRIBUTES is not supported for global secondary index ByGenre because its projection type is not ALL",
			func(in *aws.QueryInput) { in.Select = aws.SelectAllAttributes }),
		index("what a global index has not", parameters+"Global secondary index ByGenre does not project [Pages]", func(in *aws.QueryInput) { in.ProjectionExpression = "Pages" }),
		index("a filter by what a global index has not", parameters+"Global secondary index ByGenre does not project one or more filter attributes: [Pages]",
			func(in *aws.QueryInput) { in.FilterExpression = "attribute_exists(Pages)" }),
		start("half a key to start at", "The provided starting key is invalid: "+mismatch, aws.Item{"Author": aws.S("Ann")}),
		start("a key of another type to start at", "The provided starting key is invalid: "+mismatch, aws.Item{"Author": aws.S("Ann"), "Year": aws.S("1")}),
		start("a key elsewhere to start at", "The provided starting key is outside query boundaries based on provided conditions", book("Bob", "1", nil)),
		invalid("a key out of range to start at", "The provided starting key does not match the range key predicate", func() error {
			in := withYear("#y > :1", "3")
			in.ExclusiveStartKey = book("Ann", "1", nil)
			return errorOf(db.Query, in)()
		}),
	}
}
