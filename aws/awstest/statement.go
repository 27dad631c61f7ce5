package awstest

import (
	"fmt"
	"testing"

	"awslab/aws"
)

// duplicateKey is what DynamoDB says of an INSERT of an item that is there.
const duplicateKey = "Duplicate primary key exists in table"

// malformed begins what DynamoDB says of a statement that is none.
const malformed = "Statement wasn't well formed, can't be processed: "

// statement is a statement with its parameters.
func statement(text string, parameters ...aws.AttributeValue) aws.ExecuteStatementInput {
	return aws.ExecuteStatementInput{Statement: text, Parameters: parameters}
}

// run runs a statement.
func (f Fixture) run(t *testing.T, text string, parameters ...aws.AttributeValue) aws.ExecuteStatementOutput {
	t.Helper()
	return must(t, f.Cloud.DynamoDB.ExecuteStatement, statement(text, parameters...))
}

func testExecuteStatement(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, library(), music())
	f.put(t, "Library", sampleBooks()...)
	t.Run("selects", func(t *testing.T) { testSelect(t, f) })
	t.Run("pages", func(t *testing.T) { testSelectPages(t, f) })
	t.Run("inserts", func(t *testing.T) { testInsert(t, f) })
	t.Run("updates", func(t *testing.T) { testUpdateStatement(t, f) })
	t.Run("deletes", func(t *testing.T) { testDeleteStatement(t, f) })
	t.Run("counts units", func(t *testing.T) {
		in := statement(`SELECT * FROM "Library" WHERE Author = 'Ann'`)
		in.ReturnConsumedCapacity = aws.CapacityTotal
		same(t, "units of a read", must(t, db.ExecuteStatement, in).ConsumedCapacity, &aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 0.5})
		in.ConsistentRead = true
		same(t, "units of a consistent read", units(must(t, db.ExecuteStatement, in).ConsumedCapacity), 1)
		in = statement(`INSERT INTO Library VALUE {'Author': 'Units', 'Year': 1, 'Genre': 'g'}`)
		in.ReturnConsumedCapacity = aws.CapacityIndexes
		same(t, "units of a write", must(t, db.ExecuteStatement, in).ConsumedCapacity, &aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 2,
			Table: &aws.Capacity{CapacityUnits: 1}, GlobalSecondaryIndexes: map[string]aws.Capacity{"ByGenre": {CapacityUnits: 1}}})
	})
	refuses(t, operation(t, "dynamodb:ExecuteStatement"), statementRefusals(db))
	testCanceled(t, db.ExecuteStatement, statement(`SELECT * FROM Music`))
}

func testSelect(t *testing.T, f Fixture) {
	all := []string{"-2", "-1", "0", "1", "2", "3", "4", "5", "6", "7"}
	for _, c := range []struct {
		text       string
		parameters []aws.AttributeValue
		want       []string // years, in order
	}{
		{`SELECT * FROM "Library" WHERE "Author" = 'Ann'`, nil, all},
		{`select * from Library where Author = 'Ann' order by "Year" desc`, nil, []string{"7", "6", "5", "4", "3", "2", "1", "0", "-1", "-2"}},
		{`SELECT * FROM Library WHERE Author = ? AND "Year" > ?`, []aws.AttributeValue{aws.S("Ann"), aws.N("5")}, all[8:]},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND "Year" BETWEEN -1 AND 1`, nil, all[1:4]},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND Year <= -1;`, nil, all[:2]},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND Pages >= 800`, nil, all[8:]},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND (Pages = 100 OR Title = 'Book 4')`, nil, []string{"-1", "2"}},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND NOT Genre = 'Novel' AND NOT "Year" <> 3`, nil, []string{"3"}},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND Genre IS MISSING AND Title IS NOT MISSING`, nil, []string{"-1", "1", "3", "5", "7"}},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND begins_with(Title, 'Book') AND contains("Title", '9')`, nil, []string{"7"}},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND Pages IN [100, 300]`, nil, []string{"-1", "1"}},
		{`SELECT * FROM Library WHERE Author = 'Ann' AND Pages NOT IN (0, 100, 200, 300) AND size(Title) = 6 AND Pages < 600`, nil, []string{"2", "3"}},
		{`SELECT * FROM Library WHERE Author IN ['Bob', 'Ann', 'Bob'] AND "Year" = 1 ORDER BY Author DESC`, nil, []string{"1", "1"}},
		{`SELECT * FROM Library WHERE Author = 'Nobody'`, nil, nil},
		{`SELECT * FROM "Library"."ByGenre" WHERE Genre = 'Novel' AND "Year" < 2`, nil, []string{"-2", "0", "1"}},
		{`SELECT * FROM Library.ByShelf WHERE Author = 'Ann' AND Shelf < 'S3'`, nil, []string{"7", "6", "5"}},
	} {
		out := f.run(t, c.text, c.parameters...)
		if out.Items == nil {
			t.Errorf("%s gives no list", c.text)
		}
		same(t, c.text, names(out.Items, "Year"), append([]string{}, c.want...))
	}
	out := f.run(t, `SELECT * FROM Library WHERE Pages = 100 OR "Year" = 7`) // a scan
	same(t, "scanned", sorted(names(out.Items, "Year")), []string{"-1", "7"})
	f.put(t, "Music", with(song("Deep", "item"), aws.Item{"Info": aws.M{"City": aws.S("London"), "Years": aws.L{aws.N("1"), aws.M{"x": aws.N("2")}}}, "a.b": aws.S("one name")}))
	out = f.run(t, `SELECT Song, Info.City, Info.Years[0], Info.Years[1].x, "a.b", Nothing FROM Music WHERE Artist = 'Deep' AND Info.Years[1].x = 2`)
	same(t, "paths", out.Items, []aws.Item{{"Song": aws.S("item"), "City": aws.S("London"), "Years[0]": aws.N("1"), "x": aws.N("2"), "a.b": aws.S("one name")}})
}

func testSelectPages(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	for text, want := range map[string]int{
		`SELECT * FROM Library WHERE Author IN ['Ann', 'Nobody', 'Bob']`: 11,
		`SELECT * FROM Library`: 11,
		`SELECT Title FROM Library WHERE Author = 'Ann' AND Pages < 300`: 3,
	} {
		in := statement(text)
		in.Limit = aws.Some(2)
		found, pages := 0, 0
		for {
			out := must(t, db.ExecuteStatement, in)
			found += len(out.Items)
			if len(out.Items) > 2 {
				t.Errorf("%s: a page has %d items", text, len(out.Items))
			}
			if pages++; out.NextToken == "" || pages > 20 {
				break
			}
			in.NextToken = out.NextToken
		}
		if found != want || pages < 5 {
			t.Errorf("%s: %d items on %d pages, want %d", text, found, pages, want)
		}
	}
	in := statement(`SELECT * FROM Library`)
	in.Limit = aws.Some(1)
	token := must(t, db.ExecuteStatement, in).NextToken
	other := statement(`SELECT * FROM Library WHERE Pages = 1`)
	other.NextToken = token
	broken := in
	broken.NextToken = "broken"
	refuses(t, operation(t, "dynamodb:ExecuteStatement"), []refusal{
		invalid("the token of another statement", "NextToken does not match request", errorOf(db.ExecuteStatement, other)),
		invalid("a token that is none", "Invalid NextToken", errorOf(db.ExecuteStatement, broken)),
	})
}

func testInsert(t *testing.T, f Fixture) {
	id := song("It's", "new")
	out := f.run(t, `INSERT INTO "Music" VALUE {'Artist': 'It''s', 'Song': ?, 'n': -1.50, 'yes': true, 'no': FALSE, 'nothing': null, 'l': ['a', 1, [?]], 'm': {'x': {'y': 1}},
		'ss': <<'a', 'b'>>, 'ns': <<1, 2e1>>, 'p': ?}`, aws.S("new"), aws.B{1}, aws.M{"a": aws.N("1")})
	same(t, "items of an INSERT", len(out.Items), 0)
	want := with(id, aws.Item{"n": aws.N("-1.5"), "yes": aws.BOOL(true), "no": aws.BOOL(false), "nothing": aws.NULL(true),
		"l": aws.L{aws.S("a"), aws.N("1"), aws.L{aws.B{1}}}, "m": aws.M{"x": aws.M{"y": aws.N("1")}}, "ss": aws.SS{"a", "b"}, "ns": aws.NS{"1", "20"}, "p": aws.M{"a": aws.N("1")}})
	same(t, "item", f.get(t, "Music", id), want)
	again := statement(`INSERT INTO "Music" VALUE {'Artist': 'It''s', 'Song': 'new'}`)
	wantError(t, errorOf(f.Cloud.DynamoDB.ExecuteStatement, again)(), operation(t, "dynamodb:ExecuteStatement"), "DuplicateItemException", duplicateKey)
	same(t, "item, still", f.get(t, "Music", id), want)
}

func testUpdateStatement(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	id := song("Up", "date")
	f.put(t, "Music", with(id, aws.Item{"Plays": aws.N("1"), "Tags": aws.SS{"a", "b"}, "List": aws.L{aws.N("1")}, "Gone": aws.S("x"), "Info": aws.M{"City": aws.S("Rome")}}))
	where := ` WHERE Artist = 'Up' AND Song = 'date'`
	same(t, "items of an UPDATE", len(f.run(t, `UPDATE Music SET Plays = Plays + 1 SET Info.City = 'Bonn', List = list_append(List, [?]) REMOVE Gone SET Tags = set_add(Tags, <<'c'>>)`+where, aws.S("z")).Items), 0)
	f.run(t, `FROM "Music"`+where+` SET Tags = set_delete(Tags, <<'a'>>), "data" = 'quoted', Copy = Info.City`)
	want := with(id, aws.Item{"Plays": aws.N("2"), "Tags": aws.SS{"b", "c"}, "List": aws.L{aws.N("1"), aws.S("z")}, "Info": aws.M{"City": aws.S("Bonn")}, "data": aws.S("quoted"), "Copy": aws.S("Bonn")})
	same(t, "item", f.get(t, "Music", id), want)
	before := want
	for returning, of := range map[string]func(before, now aws.Item) []aws.Item{
		"ALL OLD":      func(before, _ aws.Item) []aws.Item { return []aws.Item{before} },
		"ALL NEW":      func(_, now aws.Item) []aws.Item { return []aws.Item{now} },
		"MODIFIED OLD": func(before, _ aws.Item) []aws.Item { return []aws.Item{{"Plays": before["Plays"]}} },
		"MODIFIED NEW": func(_, now aws.Item) []aws.Item { return []aws.Item{{"Plays": now["Plays"]}} },
	} {
		out := f.run(t, `UPDATE Music SET Plays = Plays - 1`+where+` RETURNING `+returning+` *`)
		now := f.get(t, "Music", id)
		same(t, returning, out.Items, of(before, now))
		before = now
	}
	op := operation(t, "dynamodb:ExecuteStatement")
	missing := statement(`UPDATE Music SET Plays = 1 WHERE Artist = 'No' AND Song = 'such'`)
	wantError(t, errorOf(db.ExecuteStatement, missing)(), op, "ConditionalCheckFailedException", "The conditional request failed")
	same(t, "missing item", f.get(t, "Music", song("No", "such")), nil)
	failing := statement(`UPDATE Music SET Plays = 1` + where + ` AND Plays > 100`)
	wantError(t, errorOf(db.ExecuteStatement, failing)(), op, "ConditionalCheckFailedException", "The conditional request failed")
	same(t, "item, still", f.get(t, "Music", id), before)
}

func testDeleteStatement(t *testing.T, f Fixture) {
	id := song("De", "lete")
	item := with(id, aws.Item{"Plays": aws.N("1")})
	f.put(t, "Music", item)
	where := ` FROM Music WHERE Artist = 'De' AND Song = 'lete'`
	failing := statement(`DELETE` + where + ` AND Plays > 1`)
	failing.ReturnValuesOnConditionCheckFailure = aws.OnFailureAllOld
	wantError(t, errorOf(f.Cloud.DynamoDB.ExecuteStatement, failing)(), operation(t, "dynamodb:ExecuteStatement"), "ConditionalCheckFailedException", "The conditional request failed")
	same(t, "item", f.get(t, "Music", id), item)
	same(t, "deleted", f.run(t, `DELETE`+where+` AND Plays = 1 RETURNING ALL OLD *`).Items, []aws.Item{item})
	same(t, "item", f.get(t, "Music", id), nil)
	same(t, "deleting nothing", f.run(t, `DELETE`+where+` AND Plays = 1 RETURNING ALL OLD *`).Items, []aws.Item{})
	same(t, "deleting nothing quietly", len(f.run(t, `DELETE`+where).Items), 0)
}

func statementRefusals(db aws.DynamoDB) []refusal {
	refused := func(name, message, text string, parameters ...aws.AttributeValue) refusal {
		return invalid(name, message, errorOf(db.ExecuteStatement, statement(text, parameters...)))
	}
	unpinned := "Where clause does not contain a mandatory equality on all key attributes"
	limited := statement(`SELECT * FROM Music`)
	limited.Limit = aws.Some(0)
	consistent := statement(`SELECT * FROM Library.ByGenre`)
	consistent.ConsistentRead = true
	return []refusal{
		refused("no statement", oneError+"Value '' at 'statement' failed to satisfy constraint: Member must have length greater than or equal to 1", ""),
		refused("what is no statement", malformed+"Expected data manipulation", `SELECTT * FROMM "Music"`),
		refused("an unfinished statement", malformed+"Expected a name at the end of the statement", `SELECT * FROM`),
		refused("a count", "Unexpected path component at 1:8:5", `SELECT COUNT(*) FROM Music`),
		refused("too few parameters", "Number of parameters in request and statement don't match.", `SELECT * FROM Music WHERE Artist = ?`),
		refused("too many parameters", "Number of parameters in request and statement don't match.", `SELECT * FROM Music`, aws.S("x")),
		refused("a bad number", "The parameter cannot be converted to a numeric value: abc", `SELECT * FROM Music WHERE Plays = ?`, aws.N("abc")),
		{"an unknown table", errorOf(db.ExecuteStatement, statement(`SELECT * FROM "Nope" WHERE pk = 'x'`)), "ResourceNotFoundException", missing},
		refused("an unknown index", "The table does not have the specified index", `SELECT * FROM Music.Nope`),
		refused("a filter that a global index cannot have", parameters+"Secondary index ByGenre does not project one or more filter attributes: [Pages]", `SELECT * FROM Library.ByGenre WHERE Genre = 'x' AND Pages = 1`),
		refused("a filter that a local index cannot have", parameters+"Secondary index ByShelf does not project one or more filter attributes: [Pages]", `SELECT * FROM Library.ByShelf WHERE Author = 'x' AND Pages = 1`),
		refused("attributes that a global index does not hold", parameters+"Global secondary index ByGenre does not project [Pages, Code]", `SELECT Pages, Title, Code FROM Library.ByGenre`),
		refused("writing to an index", "This operation is not supported on an index", `DELETE FROM Library.ByGenre WHERE Genre = 'x'`),
		refused("a condition without key", unpinned, `UPDATE Music SET Plays = 1 WHERE Artist = 'a'`),
		refused("a key that may be another", unpinned, `DELETE FROM Music WHERE Artist = 'a' AND (Song = 'b' OR Song = 'c')`),
		refused("no condition", unpinned, `DELETE FROM Music`),
		refused("a key of another type", mismatch, `DELETE FROM Music WHERE Artist = 'a' AND Song = 1`),
		refused("a new key", parameters+"Cannot update attribute Song. This attribute is part of the key", `UPDATE Music SET Song = 'x' WHERE Artist = 'a' AND Song = 'b'`),
		refused("what deletes cannot return", "Invalid returning clause: RETURNING MODIFIED NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
			`DELETE FROM Music WHERE Artist = 'a' AND Song = 'b' RETURNING MODIFIED NEW *`),
		refused("comparing what has no order", "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL", `SELECT * FROM Music WHERE Plays < true`),
		refused("an item without key", parameters+"Missing the key Song in the item", `INSERT INTO Music VALUE {'Artist': 'a'}`),
		refused("order without partition", "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.", `SELECT * FROM Music ORDER BY Song`),
		refused("order by what is no key", "Variable reference Plays in ORDER BY clause must be part of the primary key", `SELECT * FROM Music WHERE Artist = 'a' ORDER BY Plays`),
		invalid("a limit of nothing", oneError+"Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", errorOf(db.ExecuteStatement, limited)),
		invalid("consistency of a global index", "Strongly consistent read is not supported on Global Secondary Indexes", errorOf(db.ExecuteStatement, consistent)),
	}
}

// batchOf makes a batch of statements.
func batchOf(texts ...string) aws.BatchExecuteStatementInput {
	var in aws.BatchExecuteStatementInput
	for _, text := range texts {
		in.Statements = append(in.Statements, aws.BatchStatementRequest{Statement: text})
	}
	return in
}

func testBatchExecuteStatement(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music())
	f.put(t, "Music", song("B", "1"), song("B", "2"))
	reads := batchOf(`SELECT * FROM Music WHERE Artist = 'B' AND Song = '2'`, `SELECT Song FROM Music WHERE Artist = 'B' AND Song = '1'`,
		`SELECT * FROM Music WHERE Artist = 'B' AND Song = '3'`, `SELECT * FROM Nope WHERE Artist = 'B' AND Song = '3'`, `SELECT * FROM Music WHERE Artist = 'B'`, `SELEC`)
	reads.ReturnConsumedCapacity = aws.CapacityTotal
	out := must(t, db.BatchExecuteStatement, reads)
	same(t, "answers", out.Responses, []aws.BatchStatementResponse{
		{TableName: "Music", Item: song("B", "2")}, {TableName: "Music", Item: aws.Item{"Song": aws.S("1")}}, {TableName: "Music"},
		{TableName: "Nope", Error: &aws.BatchStatementError{Code: "ResourceNotFound", Message: missing}},
		{Error: &aws.BatchStatementError{Code: "ValidationError", Message: "Select statements within BatchExecuteStatement must specify the primary key in the where clause."}},
		{Error: &aws.BatchStatementError{Code: "ValidationError", Message: malformed + "Expected data manipulation"}},
	})
	same(t, "units", out.ConsumedCapacity, []aws.ConsumedCapacity{{TableName: "Music", CapacityUnits: 1.5}})
	out = must(t, db.BatchExecuteStatement, batchOf(`INSERT INTO Music VALUE {'Artist': 'B', 'Song': '4'}`, `INSERT INTO Music VALUE {'Artist': 'B', 'Song': '1'}`,
		`UPDATE Music SET Plays = 1 WHERE Artist = 'B' AND Song = '2' RETURNING ALL NEW *`, `DELETE FROM Music WHERE Artist = 'B' AND Song = '0' AND Plays = 1`,
		`UPDATE Music SET Plays = 1 WHERE Artist = 'B' AND Song = '9'`))
	same(t, "answers", out.Responses, []aws.BatchStatementResponse{
		{TableName: "Music"}, {TableName: "Music", Error: &aws.BatchStatementError{Code: "DuplicateItem", Message: duplicateKey}},
		{TableName: "Music", Item: with(song("B", "2"), aws.Item{"Plays": aws.N("1")})}, {TableName: "Music"},
		{TableName: "Music", Error: &aws.BatchStatementError{Code: "ConditionalCheckFailed", Message: "The conditional request failed"}},
	})
	same(t, "inserted", f.get(t, "Music", song("B", "4")), song("B", "4"))
	many := make([]string, 26)
	for n := range many {
		many[n] = fmt.Sprintf(`SELECT * FROM Music WHERE Artist = 'B' AND Song = '%d'`, n)
	}
	constraint := " failed to satisfy constraint: Member must have length "
	refuses(t, operation(t, "dynamodb:BatchExecuteStatement"), []refusal{
		invalid("nothing", oneError+"Value '[]' at 'statements'"+constraint+"greater than or equal to 1", errorOf(db.BatchExecuteStatement, batchOf())),
		invalid("26 statements", oneError+"Value at 'statements'"+constraint+"less than or equal to 25", errorOf(db.BatchExecuteStatement, batchOf(many...))),
		invalid("reads and writes", "Read and write requests together in the same batch is not supported.", errorOf(db.BatchExecuteStatement, batchOf(many[0], `DELETE FROM Music WHERE Artist = 'B' AND Song = '1'`))),
		invalid("an item twice", "Provided list of item keys contains duplicates", errorOf(db.BatchExecuteStatement, batchOf(many[0], many[0]))),
	})
	testCanceled(t, db.BatchExecuteStatement, batchOf(many[0]))
}

// transactionOf makes a transaction of statements.
func transactionOf(texts ...string) aws.ExecuteTransactionInput {
	var in aws.ExecuteTransactionInput
	for _, text := range texts {
		in.TransactStatements = append(in.TransactStatements, aws.ParameterizedStatement{Statement: text})
	}
	return in
}

func testExecuteTransaction(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music())
	f.put(t, "Music", with(song("T", "1"), aws.Item{"Plays": aws.N("1")}), song("T", "2"))
	op := operation(t, "dynamodb:ExecuteTransaction")
	writes := transactionOf(`INSERT INTO Music VALUE {'Artist': 'T', 'Song': '3'}`, `UPDATE Music SET Plays = Plays + 1 WHERE Artist = 'T' AND Song = '1' AND Plays < 10`,
		`DELETE FROM Music WHERE Artist = 'T' AND Song = '9'`, `EXISTS(SELECT * FROM Music WHERE Artist = 'T' AND Song = '2' AND Plays IS MISSING)`)
	writes.ClientRequestToken, writes.ReturnConsumedCapacity = "token", aws.CapacityTotal
	for range 2 { // the second does nothing again
		out := must(t, db.ExecuteTransaction, writes)
		same(t, "answers", len(out.Responses), 0)
		same(t, "units", len(out.ConsumedCapacity), 1)
	}
	reads := transactionOf(`SELECT * FROM Music WHERE Artist = 'T' AND Song = '3'`, `SELECT Plays FROM Music WHERE Artist = 'T' AND Song = '1'`, `SELECT * FROM Music WHERE Artist = 'T' AND Song = '9'`)
	reads.ReturnConsumedCapacity = aws.CapacityTotal
	out := must(t, db.ExecuteTransaction, reads)
	same(t, "items", out.Responses, []aws.ItemResponse{{Item: song("T", "3")}, {Item: aws.Item{"Plays": aws.N("2")}}, {}})
	same(t, "units", out.ConsumedCapacity, []aws.ConsumedCapacity{{TableName: "Music", CapacityUnits: 6, ReadCapacityUnits: 6}})

	failing := transactionOf(`INSERT INTO Music VALUE {'Artist': 'T', 'Song': '1'}`, `INSERT INTO Music VALUE {'Artist': 'T', 'Song': '4'}`, `EXISTS(SELECT * FROM Music WHERE Artist = 'T' AND Song = '8' AND Plays = 1)`)
	reasons := wantError(t, errorOf(db.ExecuteTransaction, failing)(), op, "TransactionCanceledException", canceled("DuplicateItem", "None", "ConditionalCheckFailed"))
	same(t, "reasons", reasons, []aws.CancellationReason{{Code: "DuplicateItem", Message: duplicateKey}, {Code: "None"}, {Code: "ConditionalCheckFailed", Message: "The conditional request failed"}})
	same(t, "not inserted", f.get(t, "Music", song("T", "4")), nil)
	where := ` FROM Music WHERE Artist = 'T' AND Song = '1'`
	refuses(t, op, []refusal{
		invalid("nothing", oneError+"Value at 'transactStatements' failed to satisfy constraint: Member must have length greater than or equal to 1", errorOf(db.ExecuteTransaction, transactionOf())),
		invalid("reads and writes", "ExecuteTransaction API does not support both read and write operations in the same request.", errorOf(db.ExecuteTransaction, transactionOf(`SELECT *`+where, `DELETE`+where))),
		invalid("an item twice", "Transaction request cannot include multiple operations on one item", errorOf(db.ExecuteTransaction, transactionOf(`SELECT *`+where, `SELECT *`+where))),
		invalid("returning", "Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.", errorOf(db.ExecuteTransaction, transactionOf(`DELETE`+where+` RETURNING ALL OLD *`))),
		invalid("an index", "Validation failed in TransactStatements[0]: Reads on indices are not supported within transactions.", errorOf(db.ExecuteTransaction, transactionOf(`SELECT * FROM Music.Some WHERE Artist = 'T'`))),
		invalid("half a key", "Validation failed in TransactStatements[0]: Select statements within ExecuteTransaction must specify the primary key in the where clause.",
			errorOf(db.ExecuteTransaction, transactionOf(`SELECT * FROM Music WHERE Artist = 'T'`))),
		invalid("what only exists", "Validation failed in TransactStatements[1]: EXISTS() must contain a single item read with additional condition",
			errorOf(db.ExecuteTransaction, transactionOf(`DELETE`+where, `EXISTS(SELECT *`+where+`)`))),
		invalid("what is no statement", malformed+"Expected data manipulation", errorOf(db.ExecuteTransaction, transactionOf(`SELEC`))),
	})
	testCanceled(t, db.ExecuteTransaction, reads)
}
