package awstest

import (
	"fmt"
	"testing"

	"awslab/aws"
)

// titles are n keys of music, from one on.
func titles(from, n int) []aws.Item {
	keys := make([]aws.Item, n)
	for i := range keys {
		keys[i] = song("Batch", fmt.Sprintf("%03d", from+i))
	}
	return keys
}

// puts are write requests of items.
func puts(items ...aws.Item) []aws.WriteRequest {
	writes := make([]aws.WriteRequest, len(items))
	for n, item := range items {
		writes[n].PutRequest = &aws.PutRequest{Item: item}
	}
	return writes
}

func deletes(keys ...aws.Item) []aws.WriteRequest {
	writes := make([]aws.WriteRequest, len(keys))
	for n, key := range keys {
		writes[n].DeleteRequest = &aws.DeleteRequest{Key: key}
	}
	return writes
}

func testBatchGetItem(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), simple("Numbers", aws.TypeN))
	for _, item := range titles(0, 30) {
		f.put(t, "Music", with(item, aws.Item{"Album": aws.S("x"), "Plays": aws.N("1")}))
	}
	f.put(t, "Numbers", aws.Item{"ID": aws.N("1")})

	out := must(t, db.BatchGetItem, aws.BatchGetItemInput{ReturnConsumedCapacity: aws.CapacityTotal, RequestItems: map[string]aws.KeysAndAttributes{
		"Music":   {Keys: titles(25, 10), ProjectionExpression: "Song"},
		"Numbers": {Keys: []aws.Item{{"ID": aws.N("1.0")}}, ConsistentRead: true},
	}})
	same(t, "songs", sorted(names(out.Responses["Music"], "Song")), []string{"025", "026", "027", "028", "029"})
	same(t, "projected", len(out.Responses["Music"][0]), 1)
	same(t, "numbers", out.Responses["Numbers"], []aws.Item{{"ID": aws.N("1")}})
	same(t, "unprocessed", out.UnprocessedKeys, map[string]aws.KeysAndAttributes{})
	total := map[string]float64{}
	for _, c := range out.ConsumedCapacity {
		total[c.TableName] = c.CapacityUnits
	}
	same(t, "units", total, map[string]float64{"Music": 5, "Numbers": 1})

	t.Run("takes AttributesToGet", func(t *testing.T) {
		testAttributesToGet(t, f, func(id aws.Item, attributes []string) aws.Item {
			return must(t, db.BatchGetItem, aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"Music": {Keys: []aws.Item{id}, AttributesToGet: attributes}}}).Responses["Music"][0]
		})
	})
	t.Run("leaves what is over 16 MB", func(t *testing.T) {
		for n := range 45 {
			f.put(t, "Music", with(song("Large", fmt.Sprint(n)), aws.Item{"X": text(380 << 10)}))
		}
		wanted := map[string]aws.KeysAndAttributes{"Music": {}}
		for n := range 45 {
			wanted["Music"] = aws.KeysAndAttributes{Keys: append(wanted["Music"].Keys, song("Large", fmt.Sprint(n)))}
		}
		found := 0
		for rounds := 1; len(wanted) > 0; rounds++ {
			out := must(t, db.BatchGetItem, aws.BatchGetItemInput{RequestItems: wanted})
			found += len(out.Responses["Music"])
			if wanted = out.UnprocessedKeys; rounds == 1 && len(wanted["Music"].Keys) != 2 || rounds > 2 {
				t.Fatalf("round %d leaves %d keys", rounds, len(wanted["Music"].Keys))
			}
		}
		same(t, "items", found, 45)
	})
	refuses(t, operation(t, "dynamodb:BatchGetItem"), batchGetRefusals(db))
	testCanceled(t, db.BatchGetItem, aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"Music": {Keys: titles(0, 1)}}})
}

func batchGetRefusals(db aws.DynamoDB) []refusal {
	batch := func(name, message, table string, wanted aws.KeysAndAttributes) refusal {
		return invalid(name, message, errorOf(db.BatchGetItem, aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{table: wanted}}))
	}
	keys := func(keys ...aws.Item) aws.KeysAndAttributes { return aws.KeysAndAttributes{Keys: keys} }
	constraint := " failed to satisfy constraint: Member must have length "
	badName := `Value '{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 255, ` +
		`Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]`
	bad := aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"bad!name": keys(aws.Item{"pk": aws.S("a")})}}
	both := bad
	both.ReturnConsumedCapacity = "SOME"
	two := map[string]aws.KeysAndAttributes{"Music": keys(titles(0, 60)...), "Numbers": {}}
	for n := range 60 {
		two["Numbers"] = keys(append(two["Numbers"].Keys, aws.Item{"ID": aws.N(fmt.Sprint(n))})...)
	}
	return []refusal{
		invalid("nothing", oneError+"Value at 'RequestItems'"+constraint+"greater than or equal to 1", errorOf(db.BatchGetItem, aws.BatchGetItemInput{})),
		batch("no keys", oneError+"Value at 'RequestItems.Music.member.Keys'"+constraint+"greater than or equal to 1", "Music", keys()),
		batch("101 keys", oneError+"Value at 'RequestItems.Music.member.Keys'"+constraint+"less than or equal to 100", "Music", keys(titles(0, 101)...)),
		invalid("120 keys of two tables", "Too many items requested for the BatchGetItem call", errorOf(db.BatchGetItem, aws.BatchGetItemInput{RequestItems: two})),
		invalid("a bad table name", oneError+badName, errorOf(db.BatchGetItem, bad)),
		invalid("two faults", "2 validation errors detected: "+badName+"; Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
			errorOf(db.BatchGetItem, both)),
		{"an unknown table", errorOf(db.BatchGetItem, aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"Nope": keys(song("a", "b"))}}), "ResourceNotFoundException", missing},
		batch("a key twice", "Provided list of item keys contains duplicates", "Music", keys(song("a", "b"), song("a", "b"))),
		batch("half a key", mismatch, "Music", keys(aws.Item{"Artist": aws.S("a")})),
		batch("an empty key", emptyKey+"string value. Key: Song", "Music", keys(song("a", ""))),
		batch("a bad number", "The parameter cannot be converted to a numeric value: abc", "Numbers", keys(aws.Item{"ID": aws.N("abc")})),
		batch("a projection that is none", `Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"`, "Music", aws.KeysAndAttributes{Keys: titles(0, 1), ProjectionExpression: "!!!"}),
	}
}

func testBatchWriteItem(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), library(), simple("Numbers", aws.TypeN))
	f.put(t, "Music", titles(100, 5)...)

	out := must(t, db.BatchWriteItem, aws.BatchWriteItemInput{ReturnConsumedCapacity: aws.CapacityTotal, RequestItems: map[string][]aws.WriteRequest{
		"Music":   append(puts(titles(0, 10)...), deletes(titles(100, 4)...)...),
		"Numbers": puts(aws.Item{"ID": aws.N("1"), "X": text(1500)}),
	}})
	same(t, "unprocessed", out.UnprocessedItems, map[string][]aws.WriteRequest{})
	total := map[string]float64{}
	for _, c := range out.ConsumedCapacity {
		total[c.TableName] = c.CapacityUnits
	}
	same(t, "units", total, map[string]float64{"Music": 14, "Numbers": 2})
	same(t, "songs", must(t, db.Scan, aws.ScanInput{TableName: "Music"}).Count, 11)
	same(t, "number", f.get(t, "Numbers", aws.Item{"ID": aws.N("1")})["X"], aws.AttributeValue(text(1500)))
	t.Run("replaces, in indexes too", func(t *testing.T) {
		must(t, db.BatchWriteItem, aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Library": puts(sampleBooks()...)}})
		must(t, db.BatchWriteItem, aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{
			"Library": append(puts(book("Ann", "0", aws.Item{"Genre": aws.S("Poem")})), deletes(book("Ann", "2", nil))...)}})
		same(t, "novels", must(t, db.Query, byGenre(nil)).Count, 4)
	})
	t.Run("tells of the item collections", func(t *testing.T) {
		out := must(t, db.BatchWriteItem, aws.BatchWriteItemInput{ReturnItemCollectionMetrics: aws.MetricsSize, RequestItems: map[string][]aws.WriteRequest{
			"Library": puts(book("Cy", "1", nil)), "Music": puts(titles(0, 1)...)}})
		same(t, "metrics", out.ItemCollectionMetrics, map[string][]aws.ItemCollectionMetrics{
			"Library": {{ItemCollectionKey: aws.Item{"Author": aws.S("Cy")}, SizeEstimateRangeGB: []float64{0, 1}}}})
	})
	op := operation(t, "dynamodb:BatchWriteItem")
	refuses(t, op, batchWriteRefusals(db))
	same(t, "songs after refusals", must(t, db.Scan, aws.ScanInput{TableName: "Music"}).Count, 11)
	testCanceled(t, db.BatchWriteItem, aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Music": puts(titles(0, 1)...)}})
}

func batchWriteRefusals(db aws.DynamoDB) []refusal {
	batch := func(name, message, table string, writes ...aws.WriteRequest) refusal {
		return invalid(name, message, errorOf(db.BatchWriteItem, aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{table: writes}}))
	}
	value := func(v aws.AttributeValue) []aws.WriteRequest { return puts(with(song("a", "b"), aws.Item{"X": v})) }
	numeric := "The parameter cannot be converted to a numeric value"
	both := aws.WriteRequest{PutRequest: &aws.PutRequest{Item: song("a", "b")}, DeleteRequest: &aws.DeleteRequest{Key: song("a", "c")}}
	one := "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
	return []refusal{
		invalid("nothing", "The requestItems parameter is required for BatchWriteItem", errorOf(db.BatchWriteItem, aws.BatchWriteItemInput{})),
		batch("no writes", oneError+"Value '{Music=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: "+
			"[Member must have length less than or equal to 25, Member must have length greater than or equal to 1]", "Music"),
		batch("26 writes", oneError+"Value '{Music=[…]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: "+
			"[Member must have length less than or equal to 25, Member must have length greater than or equal to 1]", "Music", puts(titles(0, 26)...)...),
		invalid("30 writes to two tables", "Too many items requested for the BatchWriteItem call", errorOf(db.BatchWriteItem, aws.BatchWriteItemInput{
			RequestItems: map[string][]aws.WriteRequest{"Music": puts(titles(0, 15)...), "Library": puts(titles(0, 15)...)}})),
		{"an unknown table", errorOf(db.BatchWriteItem, aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"Nope": puts(song("a", "b"))}}), "ResourceNotFoundException", missing},
		invalid("an unknown capacity report", oneError+"Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
			errorOf(db.BatchWriteItem, aws.BatchWriteItemInput{ReturnConsumedCapacity: "SOME", RequestItems: map[string][]aws.WriteRequest{"bad!name": puts(song("a", "b"))}})),
		batch("one item twice", "Provided list of item keys contains duplicates", "Music", append(puts(song("a", "b")), deletes(song("a", "b"))...)...),
		batch("a put and a delete in one", one, "Music", both),
		batch("neither a put nor a delete", one, "Music", aws.WriteRequest{}),
		batch("an item without key", mismatch, "Music", puts(aws.Item{"Artist": aws.S("a")})...),
		batch("a key of another type", mismatch, "Music", puts(aws.Item{"Artist": aws.S("a"), "Song": aws.N("1")})...),
		batch("half a key to delete", mismatch, "Music", deletes(aws.Item{"Artist": aws.S("a")})...),
		batch("an empty key", emptyKey+"string value. Key: Artist", "Music", puts(song("", "b"))...),
		batch("an empty key to delete", emptyKey+"string value. Key: Artist", "Music", deletes(song("", "b"))...),
		batch("an index key of another type", parameters+"Type mismatch for Index Key Genre Expected: S Actual: N IndexName: ByGenre", "Library", puts(book("A", "1", aws.Item{"Genre": aws.N("1")}))...),
		batch("an item over 400 KB", "Item size has exceeded the maximum allowed size", "Music", value(text(400<<10))...),
		batch("a bad number", numeric+": abc", "Music", value(aws.N("abc"))...),
		batch("no number", numeric, "Music", value(aws.N(""))...),
		batch("too large a number", "Number overflow. Attempting to store a number with magnitude larger than supported range", "Music", value(aws.N("1e126"))...),
		batch("a set with duplicates", parameters+"Input collection [a, a] contains duplicates.", "Music", value(aws.SS{"a", "a"})...),
		batch("a number set with duplicates", "Input collection contains duplicates", "Music", value(aws.NS{"1", "1"})...),
		batch("a binary set with duplicates", parameters+"Input collection [AA==, AA==]of type BS contains duplicates.", "Music", value(aws.BS{{0}, {0}})...),
		batch("a false null", parameters+"Null attribute value types must have the value of true", "Music", value(aws.NULL(false))...),
	}
}
