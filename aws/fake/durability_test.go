package fake_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
)

// The test binary run again with these set is a writer on the folder, or only
// tries to open it.
const (
	writerFolder = "AWSLAB_TEST_WRITER_FOLDER"
	writerSeed   = "AWSLAB_TEST_WRITER_SEED"
	openerFolder = "AWSLAB_TEST_OPENER_FOLDER"
)

// killRounds sets how many times the writer is killed.
const killRounds = "AWSLAB_TEST_KILLS"

// cache is where what runs functions is unpacked, once for all tests.
var cache string

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(writerFolder) != "":
		fmt.Fprintln(os.Stderr, runWriter(os.Getenv(writerFolder), os.Getenv(writerSeed)))
		os.Exit(1)
	case os.Getenv(openerFolder) != "":
		_, err := fake.Open(os.Getenv(openerFolder), fake.Options{})
		fmt.Print(err)
		os.Exit(0)
	}
	runtime.Worker() // this process may be one that a test started
	var err error
	if cache, err = os.MkdirTemp("", "awslab-fake-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	removeSizes()
	if err := os.RemoveAll(cache); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// again is a command that runs this test binary with a variable set.
func again(t *testing.T, variables ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), variables...)
	return c
}

func TestFolderOfAnotherProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, dir, &clock{})
	begun := time.Now()
	out, err := again(t, openerFolder+"="+dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	want := "open the sandbox: another process has the sandbox open: " + dir + "/sandbox.db (timeout); close the other one, or choose another folder"
	if string(out) != want {
		t.Errorf("a second process gets\n%s\nwant\n%s", out, want)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

// note is a line that the writer prints: before it does something, and, with
// Done, after that was acknowledged.
type note struct {
	Writer int
	Done   bool
	Items  map[string]aws.Item // by ID, as they are after it; null is none
	Table  string              // or a table made
}

const (
	writers    = 4
	idsEach    = 25
	killsTable = "Kills"
)

// runWriter writes to the sandbox until it is killed.
func runWriter(dir, seed string) error {
	sandbox, err := fake.Open(dir, fake.Options{Delay: aws.Some[time.Duration](0)})
	if err != nil {
		return err
	}
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return err
	}
	failures := make(chan error)
	var printing sync.Mutex
	for number := range writers {
		w := writer{number, rand.New(rand.NewPCG(n, uint64(number))), sandbox.Cloud().DynamoDB, &printing}
		go func() { failures <- w.run() }()
	}
	return <-failures
}

type writer struct {
	number   int
	random   *rand.Rand
	db       aws.DynamoDB
	printing *sync.Mutex
}

func (w writer) run() error {
	for {
		n, do := w.choose()
		n.Writer = w.number
		if err := w.print(n); err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
		n.Done = true
		if err := w.print(n); err != nil {
			return err
		}
	}
}

func (w writer) print(n note) error {
	line, err := json.Marshal(n)
	if err != nil {
		return err
	}
	w.printing.Lock()
	defer w.printing.Unlock()
	_, err = os.Stdout.Write(append(line, '\n'))
	return err
}

// item makes an item of the writer's own, in the index two times out of three.
func (w writer) item(id string) aws.Item {
	item := aws.Item{"ID": aws.S(id), "Version": aws.N(fmt.Sprint(w.random.Uint32())), "Filler": aws.S(fmt.Sprintf("%*d", w.random.IntN(2000), 0))}
	if w.random.IntN(3) > 0 {
		item["Genre"] = aws.S(fmt.Sprint("genre ", w.random.IntN(3)))
	}
	return item
}

// choose picks something to write, and says what will be.
func (w writer) choose() (note, func() error) {
	ctx := context.Background()
	first := w.random.IntN(idsEach)
	id := func(n int) string { return fmt.Sprintf("%d-%d", w.number, (first+n)%idsEach) }
	item := w.item(id(0))
	one := note{Items: map[string]aws.Item{id(0): item}}
	switch w.random.IntN(20) {
	case 0:
		in := simpleTable(fmt.Sprintf("Made-%d", w.random.Uint64()))
		return note{Table: in.TableName}, func() error { _, err := w.db.CreateTable(ctx, in); return err }
	case 1, 2, 3, 4:
		one.Items[id(0)] = nil
		return one, func() error {
			_, err := w.db.DeleteItem(ctx, aws.DeleteItemInput{TableName: killsTable, Key: aws.Item{"ID": aws.S(id(0))}})
			return err
		}
	case 5, 6, 7, 8:
		return one, func() error { return w.update(item) }
	case 9, 10, 11, 12:
		var in aws.TransactWriteItemsInput
		for n := range 5 {
			item := w.item(id(n))
			one.Items[id(n)] = item
			in.TransactItems = append(in.TransactItems, aws.TransactWriteItem{Put: &aws.Put{TableName: killsTable, Item: item}})
		}
		return one, func() error { _, err := w.db.TransactWriteItems(ctx, in); return err }
	}
	return one, func() error {
		_, err := w.db.PutItem(ctx, aws.PutItemInput{TableName: killsTable, Item: item})
		return err
	}
}

// update makes the stored item the one given.
func (w writer) update(item aws.Item) error {
	in := aws.UpdateItemInput{TableName: killsTable, Key: aws.Item{"ID": item["ID"]}, UpdateExpression: "SET Version = :v, Filler = :f REMOVE Genre",
		ExpressionAttributeValues: aws.Item{":v": item["Version"], ":f": item["Filler"]}}
	if item["Genre"] != nil {
		in.UpdateExpression = "SET Version = :v, Filler = :f, Genre = :g"
		in.ExpressionAttributeValues[":g"] = item["Genre"]
	}
	_, err := w.db.UpdateItem(context.Background(), in)
	return err
}

func simpleTable(name string) aws.CreateTableInput {
	return aws.CreateTableInput{
		TableName: name, BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}},
	}
}

// ledger is what the sandbox must hold.
type ledger struct {
	items  map[string]aws.Item
	tables map[string]bool
	begun  map[int]note // by writer, what may or may not have happened
}

func TestKilledWriter(t *testing.T) {
	t.Parallel()
	rounds := 30
	if text := os.Getenv(killRounds); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		rounds = n
	}
	dir := t.TempDir()
	withSandbox(t, dir, func(db aws.DynamoDB) {
		in := simpleTable(killsTable)
		in.AttributeDefinitions = append(in.AttributeDefinitions, aws.AttributeDefinition{AttributeName: "Genre", AttributeType: aws.TypeS})
		in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "ByGenre", KeySchema: []aws.KeySchemaElement{{AttributeName: "Genre", KeyType: aws.KeyHash}},
			Projection: aws.Projection{ProjectionType: aws.ProjectInclude, NonKeyAttributes: []string{"Version"}}}}
		if _, err := db.CreateTable(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	})
	l := ledger{items: map[string]aws.Item{}, tables: map[string]bool{killsTable: true}}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		l.begun = map[int]note{}
		l.writeAndKill(t, dir, round, 1+random.IntN(150))
		withSandbox(t, dir, func(db aws.DynamoDB) { l.check(t, db) })
		if t.Failed() {
			t.Fatalf("after kill %d", round+1)
		}
	}
}

// withSandbox opens the sandbox, does something and closes it again.
func withSandbox(t *testing.T, dir string, do func(aws.DynamoDB)) {
	t.Helper()
	sandbox, err := fake.Open(dir, fake.Options{Delay: aws.Some[time.Duration](0)})
	if err != nil {
		t.Fatal(err)
	}
	do(sandbox.Cloud().DynamoDB)
	if err := sandbox.Close(); err != nil {
		t.Fatal(err)
	}
}

// writeAndKill runs a writer, kills it after so many lines, and notes all that
// it printed.
func (l *ledger) writeAndKill(t *testing.T, dir string, seed, lines int) {
	t.Helper()
	c := again(t, writerFolder+"="+dir, fmt.Sprintf("%s=%d", writerSeed, seed))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(out)
	for n := 0; ; n++ {
		if n == lines {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		line, err := reader.ReadBytes('\n')
		if err == io.EOF { // a line cut off says nothing
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		var said note
		if err := json.Unmarshal(line, &said); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		l.take(said)
	}
	if err := c.Wait(); c.ProcessState.Exited() {
		t.Fatalf("the writer ended by itself: %v", err)
	}
}

func (l *ledger) take(n note) {
	if !n.Done {
		l.begun[n.Writer] = n
		return
	}
	delete(l.begun, n.Writer)
	l.apply(n)
}

func (l *ledger) apply(n note) {
	maps.Copy(l.items, n.Items)
	if n.Table != "" {
		l.tables[n.Table] = true
	}
}

// check compares the sandbox with the ledger. What was begun is there in whole
// or not at all; either way the ledger takes it as it is.
func (l *ledger) check(t *testing.T, db aws.DynamoDB) {
	t.Helper()
	table := scanAll(t, db, "")
	found := make(map[string]aws.Item)
	for _, item := range table {
		found[fmt.Sprint(item["ID"])] = item
	}
	listed := listAll(t, db)
	for _, n := range l.begun {
		if n.Table != "" && slices.Contains(listed, n.Table) || n.Table == "" && holds(found, n.Items) {
			l.apply(n)
		}
	}
	for name := range l.tables {
		if !slices.Contains(listed, name) {
			t.Errorf("table %s is lost", name)
		}
	}
	if len(listed) != len(l.tables) {
		t.Errorf("there are %d tables, want %d", len(listed), len(l.tables))
	}
	if !holds(found, l.items) {
		t.Errorf("items are not as they were acknowledged")
	}
	checkIndex(t, db, table)
}

// holds reports whether each of the items is as wanted; nil is none.
func holds(found, want map[string]aws.Item) bool {
	for id, item := range want {
		if !reflect.DeepEqual(found[id], item) {
			return false
		}
	}
	return true
}

// checkIndex checks that an index has just the entries of the table's items,
// and that all is counted.
func checkIndex(t *testing.T, db aws.DynamoDB, table []aws.Item) {
	t.Helper()
	want := make(map[string]aws.Item)
	for _, item := range table {
		if item["Genre"] != nil {
			want[fmt.Sprint(item["ID"])] = aws.Item{"ID": item["ID"], "Genre": item["Genre"], "Version": item["Version"]}
		}
	}
	entries := scanAll(t, db, "ByGenre")
	got := make(map[string]aws.Item)
	for _, entry := range entries {
		got[fmt.Sprint(entry["ID"])] = entry
	}
	if !reflect.DeepEqual(got, want) || len(entries) != len(want) {
		t.Errorf("the index has %d entries, which are not those of the %d items", len(entries), len(want))
	}
	d, err := db.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: killsTable})
	if err != nil {
		t.Fatal(err)
	}
	if d.Table.ItemCount != int64(len(table)) || d.Table.GlobalSecondaryIndexes[0].ItemCount != int64(len(want)) {
		t.Errorf("counts are %d and %d, want %d and %d", d.Table.ItemCount, d.Table.GlobalSecondaryIndexes[0].ItemCount, len(table), len(want))
	}
}

func scanAll(t *testing.T, db aws.DynamoDB, index string) []aws.Item {
	t.Helper()
	var all []aws.Item
	in := aws.ScanInput{TableName: killsTable, IndexName: index}
	for {
		out, err := db.Scan(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, out.Items...)
		if in.ExclusiveStartKey = out.LastEvaluatedKey; in.ExclusiveStartKey == nil {
			return all
		}
	}
}

func listAll(t *testing.T, db aws.DynamoDB) []string {
	t.Helper()
	var all []string
	var in aws.ListTablesInput
	for {
		out, err := db.ListTables(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, out.TableNames...)
		if in.ExclusiveStartTableName = out.LastEvaluatedTableName; in.ExclusiveStartTableName == "" {
			return all
		}
	}
}
