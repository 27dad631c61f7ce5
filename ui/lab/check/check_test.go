package check_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/trail"
	"awslab/ui/lab/check"
)

// desk is a sandbox with a trail, to make states and calls for checks to see.
type desk struct {
	t     *testing.T
	cloud aws.Cloud // below the trail
	trail *trail.Trail
	since time.Time
}

func newDesk(t *testing.T, delay time.Duration) *desk {
	t.Helper()
	sandbox, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some(delay)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	return &desk{t: t, cloud: sandbox.Cloud(), trail: trail.New(sandbox.Cloud(), trail.Options{})}
}

func (d *desk) run(source string) check.Result {
	d.t.Helper()
	c, err := check.Compile(source)
	if err != nil {
		d.t.Fatalf("%s: %v", source, err)
	}
	return c.Run(d.t.Context(), check.World{Cloud: d.cloud, Events: d.trail.Events(), Since: d.since})
}

func (d *desk) create(table string, keys ...string) {
	d.t.Helper()
	in := aws.CreateTableInput{TableName: table, BillingMode: aws.BillingPayPerRequest}
	for i, key := range keys {
		name, typ, _ := strings.Cut(key, ":")
		kind := []aws.KeyType{aws.KeyHash, aws.KeyRange}[i]
		in.KeySchema = append(in.KeySchema, aws.KeySchemaElement{AttributeName: name, KeyType: kind})
		in.AttributeDefinitions = append(in.AttributeDefinitions, aws.AttributeDefinition{AttributeName: name, AttributeType: aws.AttributeType(typ)})
	}
	if _, err := d.trail.Cloud().DynamoDB.CreateTable(d.t.Context(), in); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) put(item aws.Item) {
	d.t.Helper()
	if _, err := d.trail.Cloud().DynamoDB.PutItem(d.t.Context(), aws.PutItemInput{TableName: "Music", Item: item}); err != nil {
		d.t.Fatal(err)
	}
}

// expect holds a result to one finding of a cause that tells some words.
func expect(t *testing.T, r check.Result, cause check.Cause, words ...string) {
	t.Helper()
	i := slices.IndexFunc(r.Findings, func(f check.Finding) bool { return !f.OK && f.Cause == cause })
	if r.OK || i < 0 {
		t.Errorf("%s: ok %v, %+v; want the cause %s", r.Check, r.OK, r.Findings, cause)
		return
	}
	f := r.Findings[i]
	for _, w := range words {
		if !strings.Contains(f.String()+" "+f.Advice, w) {
			t.Errorf("%s: %s (%s) does not tell %q", r.Check, f, f.Advice, w)
		}
	}
}

const musicTable = `table("Music", {Artist: "String"}, {Song: "String"})`

func TestTable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		table string
		keys  []string
		cause check.Cause // "" when it holds
		tells []string
	}{
		{"as asked", "Music", []string{"Artist:S", "Song:S"}, "", nil},
		{"lower case table", "music", []string{"Artist:S", "Song:S"}, check.CauseTableName, []string{`found a table "music"`, "Upper and lower case count", "cannot be renamed"}},
		{"another table", "Orders", []string{"Artist:S", "Song:S"}, check.CauseNoTable, []string{"table Music: expected a table of this name, found —"}},
		{"lower case key", "Music", []string{"artist:S", "Song:S"}, check.CauseKeyName, []string{`partition key: expected "Artist", found "artist"`, "Upper and lower case count", "delete the table"}},
		{"space after key", "Music", []string{"Artist:S", "Song :S"}, check.CauseSpace, []string{`sort key: expected "Song", found "Song␠"`, "␠ shows where"}},
		{"no sort key", "Music", []string{"Artist:S"}, check.CauseKeyMissing, []string{`sort key: expected "Song", found —`}},
		{"key is a number", "Music", []string{"Artist:N", "Song:S"}, check.CauseKeyType, []string{"partition key Artist: expected String, found Number"}},
		{"wrong way round", "Music", []string{"Song:S", "Artist:S"}, check.CauseKeyName, []string{`expected "Artist", found "Song"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, 0)
			d.create(c.table, c.keys...)
			r := d.run(musicTable)
			if c.cause == "" {
				if !r.OK || r.Findings[0].String() != "table Music" {
					t.Errorf("%+v", r)
				}
				return
			}
			expect(t, r, c.cause, c.tells...)
		})
	}
}

func TestTableWithoutSortKey(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.create("Music", "Artist:S", "Song:S")
	expect(t, d.run(`table("Music", {Artist: "S"})`), check.CauseKeyExtra, `sort key: expected none, found "Song"`)
}

func TestTableInPassing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, time.Hour)
	if r := d.run(`noTable("Music")`); !r.OK {
		t.Errorf("%+v", r)
	}
	d.create("Music", "Artist:S", "Song:S")
	expect(t, d.run(musicTable), check.CauseCreating, "expected Active, found Creating")
	expect(t, d.run(`item("Music", {Artist: "Psy", Song: "x"})`), check.CauseCreating)
	expect(t, d.run(`noTable("Music")`), check.CauseTableExists, "expected gone, found still there")
	if !check.CauseCreating.Passing() || check.CauseTableExists.Passing() {
		t.Error("what passes by itself is told wrongly")
	}
}

func psy() aws.Item {
	return aws.Item{
		"Artist": aws.S("Psy"), "Song": aws.S("Gangnam Style"), "Album": aws.S("Psy 6 (Six Rules), Part 1"),
		"Year": aws.N("2011"), "LengthSeconds": aws.N("219"),
	}
}

const psyItem = `item("Music", {Artist: "Psy", Song: "Gangnam Style", Album: "Psy 6 (Six Rules), Part 1", Year: 2011})`

func TestItem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		edit  func(aws.Item)
		cause check.Cause
		tells []string
	}{
		{"as asked, and more", func(aws.Item) {}, "", nil},
		{"another number's spelling", func(i aws.Item) { i["Year"] = aws.N("2011.0") }, "", nil},
		{"a string for a number", func(i aws.Item) { i["Year"] = aws.S("2011") }, check.CauseType, []string{`Year: expected Number 2011, found String "2011"`, "as a Number"}},
		{"another number", func(i aws.Item) { i["Year"] = aws.N("2012") }, check.CauseValue, []string{"Year: expected 2011, found 2012"}},
		{"no year", func(i aws.Item) { delete(i, "Year") }, check.CauseAttribute, []string{"Year: expected 2011, found —"}},
		{"year in lower case", func(i aws.Item) { i["year"] = i["Year"]; delete(i, "Year") }, check.CauseAttributeName, []string{`found an attribute "year"`, "to the letter"}},
		{"space in a value", func(i aws.Item) { i["Album"] = aws.S("Psy 6 (Six Rules), Part 1 ") }, check.CauseSpace, []string{`Part 1␠"`}},
		{"case of a value", func(i aws.Item) { i["Album"] = aws.S("psy 6 (six rules), part 1") }, check.CauseValue, []string{"Upper and lower case count"}},
		{"space in the key", func(i aws.Item) { i["Song"] = aws.S("Gangnam Style ") }, check.CauseSpace, []string{`Song: expected "Gangnam Style", found "Gangnam Style␠"`, "key cannot be changed"}},
		{"slip in the key", func(i aws.Item) { i["Song"] = aws.S("Gangnam Stile") }, check.CauseItemKey, []string{`found "Gangnam Stile"`}},
		{"another item", func(i aws.Item) {
			clear(i)
			i["Artist"], i["Song"] = aws.S("Pink Floyd"), aws.S("Money")
		}, check.CauseNoItem, []string{"item Psy / Gangnam Style: expected in table Music, found —", "other items there: 1"}},
		{"terminal escapes", func(i aws.Item) { i["Album"] = aws.S("\x1b[31mred\n") }, check.CauseValue, []string{`\u{1b}[31mred\u{a}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, 0)
			d.create("Music", "Artist:S", "Song:S")
			item := psy()
			c.edit(item)
			d.put(item)
			r := d.run(psyItem)
			if c.cause == "" {
				if !r.OK || r.Findings[0].String() != "item Psy / Gangnam Style" {
					t.Errorf("%+v", r)
				}
				return
			}
			expect(t, r, c.cause, c.tells...)
		})
	}
}

func TestItemTellsEachAttribute(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.create("Music", "Artist:S", "Song:S")
	item := psy()
	delete(item, "Album")
	item["Year"] = aws.S("2011")
	d.put(item)
	r := d.run(psyItem)
	expect(t, r, check.CauseAttribute, "Album")
	expect(t, r, check.CauseType, "Year")
}

func TestItemOfATableWithAnotherKey(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.create("Music", "artist:S", "Song:S")
	expect(t, d.run(psyItem), check.CauseKeyName, `expected "Artist", found "artist"`)
	other := newDesk(t, 0)
	expect(t, other.run(psyItem), check.CauseNoTable)
}

func TestCalled(t *testing.T) {
	t.Parallel()
	const queried = `called("dynamodb", "Query", {table: "Music", key: {Artist: "Psy", Song: "Gangnam Style"}, gives: {Count: 1}})`
	const scanned = `called("dynamodb", "Scan", {table: "Music", filter: {Year: 1971}, gives: {Count: 1}})`
	scan := func(name string, value aws.AttributeValue, op string) aws.ScanInput {
		return aws.ScanInput{
			TableName: "Music", FilterExpression: "#n0 " + op + " :v0",
			ExpressionAttributeNames: map[string]string{"#n0": name}, ExpressionAttributeValues: aws.Item{":v0": value},
		}
	}
	query := func(artist, song string) aws.QueryInput {
		return aws.QueryInput{
			TableName: "Music", KeyConditionExpression: "#pk = :pk AND #sk = :sk",
			ExpressionAttributeNames:  map[string]string{"#pk": "Artist", "#sk": "Song"},
			ExpressionAttributeValues: aws.Item{":pk": aws.S(artist), ":sk": aws.S(song)},
		}
	}
	partitionOnly := aws.QueryInput{TableName: "Music", KeyConditionExpression: "Artist = :a", ExpressionAttributeValues: aws.Item{":a": aws.S("Psy")}}
	for _, c := range []struct {
		name   string
		source string
		calls  []any
		cause  check.Cause
		tells  []string
	}{
		{"queried", queried, []any{query("Psy", "Gangnam Style"), query("Pink Floyd", "Money")}, "", nil},
		{"not at all", queried, nil, check.CauseNotCalled, []string{"Query on Music: expected a call, found —"}},
		{"a scan instead", queried, []any{aws.ScanInput{TableName: "Music"}}, check.CauseOtherCall, []string{"expected a Query, found a Scan"}},
		{"another song", queried, []any{query("Psy", "Gentleman")}, check.CauseValue, []string{`Song: expected "Gangnam Style", found "Gentleman"`}},
		{"a space after the song", queried, []any{query("Psy", "Gangnam Style ")}, check.CauseSpace, []string{`"Gangnam Style␠"`}},
		{"no song", queried, []any{partitionOnly}, check.CauseCondition, []string{`condition: expected Song = "Gangnam Style", found —`}},
		{"failed", queried, []any{aws.QueryInput{TableName: "Musik", KeyConditionExpression: "Artist = :a", ExpressionAttributeValues: aws.Item{":a": aws.S("Psy")}}}, check.CauseOtherTable, []string{`found table "Musik"`}},

		{"scanned", scanned, []any{scan("Year", aws.N("1971"), "=")}, "", nil},
		{"year as a string", scanned, []any{scan("Year", aws.S("1971"), "=")}, check.CauseType, []string{`Year: expected Number 1971, found String "1971"`, "never equals"}},
		{"year in lower case", scanned, []any{scan("year", aws.N("1971"), "=")}, check.CauseAttributeName, []string{`found a condition on "year"`}},
		{"another comparison", scanned, []any{scan("Year", aws.N("1971"), ">=")}, check.CauseCondition, []string{"expected Year = 1971, found Year >= 1971"}},
		{"another year", scanned, []any{scan("Year", aws.N("1973"), "=")}, check.CauseValue, []string{"expected 1971, found 1973"}},
		{"no filter", scanned, []any{aws.ScanInput{TableName: "Music"}}, check.CauseCondition, []string{"expected Year = 1971, found —"}},
		{"the furthest is told", scanned, []any{scan("Year", aws.S("1971"), "="), aws.DescribeTableInput{TableName: "Music"}}, check.CauseType, nil},
		{"another result", `called("dynamodb", "Scan", {gives: {Count: 3}})`, []any{aws.ScanInput{TableName: "Music"}}, check.CauseResult, []string{"Count in the answer: expected 3, found 2"}},
		{"another request", `called("dynamodb", "Scan", {with: {Limit: 2}})`, []any{aws.ScanInput{TableName: "Music", Limit: aws.Some(1)}}, check.CauseRequest, []string{"Limit in the request: expected 2, found 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, 0)
			d.create("Music", "Artist:S", "Song:S")
			d.put(psy())
			d.put(aws.Item{"Artist": aws.S("John Lennon"), "Song": aws.S("Imagine"), "Year": aws.N("1971")})
			for _, in := range c.calls {
				d.call(in)
			}
			r := d.run(c.source)
			if c.cause == "" {
				if !r.OK {
					t.Errorf("%+v", r)
				}
				return
			}
			expect(t, r, c.cause, c.tells...)
		})
	}
}

// call makes a call through the trail; its failure is the trail's to tell.
func (d *desk) call(in any) {
	db := d.trail.Cloud().DynamoDB
	switch in := in.(type) {
	case aws.QueryInput:
		_, _ = db.Query(d.t.Context(), in)
	case aws.ScanInput:
		_, _ = db.Scan(d.t.Context(), in)
	case aws.DescribeTableInput:
		_, _ = db.DescribeTable(d.t.Context(), in)
	default:
		d.t.Fatalf("no call of %T", in)
	}
}

func TestCalledCountsFromTheStartOfTheLab(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.create("Music", "Artist:S", "Song:S")
	d.call(aws.ScanInput{TableName: "Music"})
	d.since = time.Now()
	expect(t, d.run(`called("dynamodb", "Scan")`), check.CauseNotCalled)
	d.call(aws.ScanInput{TableName: "Music"})
	if r := d.run(`called("dynamodb", "Scan")`); !r.OK {
		t.Errorf("%+v", r)
	}
}

func TestCalledTellsFailures(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.call(aws.ScanInput{TableName: "Music"})
	expect(t, d.run(`called("dynamodb", "Scan", {table: "Music"})`), check.CauseFailed, "ResourceNotFoundException")
}

func TestChecksLeaveNoTrace(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.create("Music", "Artist:S", "Song:S")
	before := len(d.trail.Events())
	d.run(musicTable)
	d.run(psyItem)
	d.run(`noTable("Music")`)
	if after := len(d.trail.Events()); after != before {
		t.Errorf("%d calls in the trail before the checks, %d after", before, after)
	}
}

func TestUnreadableState(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	c, err := check.Compile(musicTable)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	expect(t, c.Run(ctx, check.World{Cloud: d.cloud}), check.CauseUnreadable)
	expect(t, c.Run(t.Context(), check.World{}), check.CauseUnreadable, "no DynamoDB here")
}

func TestCompileFaults(t *testing.T) {
	t.Parallel()
	for source, tells := range map[string]string{
		`table("Music"`:                               "unexpected token",
		`tabel("Music", {Artist: "String"})`:          "unknown name tabel",
		`table("Music", {Artist: "Text"})`:            "String, Number or Binary",
		`table("Music", {})`:                          "one name with its type",
		`table("Music", {A: "S"}, {B: "S"}, {C:"S"})`: "one sort key at most",
		`table(1, {Artist: "String"})`:                "cannot use int",
		`item("Music", {})`:                           "at least the attributes",
		`called("dynamodb", "Scann")`:                 `nearest: "dynamodb:Scan"`,
		`called("dynamodb", "Scan", {tabel: "x"})`:    `no option "tabel"`,
		`called("dynamodb", "Scan", {table: 1})`:      "the option table is a name",
		`called("dynamodb", "Scan", {key: "x"})`:      "the option key is {attribute",
		`1 + 1`:                                       "true or false",
		``:                                            "unexpected token EOF",
	} {
		if _, err := check.Compile(source); err == nil || !strings.Contains(err.Error(), tells) {
			t.Errorf("%s: %v; want it to tell %q", source, err, tells)
		}
	}
}

func TestPlainExpressions(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	if r := d.run("1 < 2"); !r.OK {
		t.Errorf("%+v", r)
	}
	expect(t, d.run("2 < 1"), check.CauseFalse)
}

func TestTablesAreComplete(t *testing.T) {
	t.Parallel()
	for _, f := range check.Functions() {
		if _, err := check.Compile(f.Example); err != nil {
			t.Errorf("the example of %s: %v", f.Name, err)
		}
		if !strings.HasPrefix(f.Signature, f.Name+"(") || f.Help == "" {
			t.Errorf("%s is not told well: %q, %q", f.Name, f.Signature, f.Help)
		}
	}
	seen := make(map[check.Cause]bool)
	for _, c := range check.Causes() {
		if seen[c.Cause] || c.Help == "" {
			t.Errorf("the cause %s is there twice, or not told", c.Cause)
		}
		seen[c.Cause] = true
	}
}

var errNoAnswer = errors.New("no answer")

// A running call, and one of somebody else's, as the trail would tell them.
func TestCalledReadsEventsAsTheyAre(t *testing.T) {
	t.Parallel()
	op, _ := aws.OperationNamed(aws.ServiceDynamoDB, "Scan")
	c, err := check.Compile(`called("dynamodb", "Scan", {table: "Music"})`)
	if err != nil {
		t.Fatal(err)
	}
	in := aws.ScanInput{TableName: "Music"}
	for _, e := range []struct {
		event trail.Event
		cause check.Cause
	}{
		{trail.Event{Operation: op, In: in}, check.CauseRunning},
		{trail.Event{Operation: op, In: in, Done: true, Err: errNoAnswer}, check.CauseFailed},
		{trail.Event{Operation: op, In: in, Done: true, Out: aws.ScanOutput{}, Origin: trail.OriginGuide}, check.CauseNotCalled},
		{trail.Event{Operation: op, In: nil, Done: true}, check.CauseOtherTable},
	} {
		expect(t, c.Run(t.Context(), check.World{Events: []trail.Event{e.event}}), e.cause)
	}
}
