package dynamodb

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"strconv"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

// shelf is a DynamoDB with one table of numbered items, as far as a scan goes.
type shelf struct {
	aws.DynamoDB
	ids []int
}

func (s *shelf) Scan(_ context.Context, in aws.ScanInput) (aws.ScanOutput, error) {
	from := 0
	if in.ExclusiveStartKey != nil {
		last, err := strconv.Atoi(scalarText(in.ExclusiveStartKey["id"]))
		if err != nil {
			return aws.ScanOutput{}, err
		}
		for from < len(s.ids) && s.ids[from] <= last {
			from++
		}
		if len(s.ids) > 0 && s.ids[len(s.ids)-1] == len(s.ids)-1 {
			from = last + 1 // nothing was taken away: a shelf of a million is quick
		}
	}
	to := min(from+in.Limit.Or(1000), len(s.ids))
	out := aws.ScanOutput{ScannedCount: to - from, ConsumedCapacity: &aws.ConsumedCapacity{CapacityUnits: 0.5}}
	for _, id := range s.ids[from:to] {
		out.Items = append(out.Items, shelved(id))
	}
	if to < len(s.ids) {
		out.LastEvaluatedKey = aws.Item{"id": aws.N(strconv.Itoa(s.ids[to-1]))}
	}
	return out, nil
}

func shelved(id int) aws.Item {
	return aws.Item{"id": aws.N(strconv.Itoa(id)), "title": aws.S(fmt.Sprintf("The item with the number %d", id))}
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func shelfSearch(size int) search {
	key := keySchema{Partition: keyAttribute{"id", aws.TypeN}}
	return search{Table: "Shelf", Key: key, TableKey: key, PageSize: size}
}

// readAll reads all pages of a search.
func readAll(t testing.TB, db aws.DynamoDB, r *results) {
	t.Helper()
	for !r.done {
		b, err := fetch(context.Background(), db, r.search, r.next)
		if err != nil {
			t.Fatal(err)
		}
		r.add(b)
	}
}

// reread reads page n again.
func reread(t testing.TB, db aws.DynamoDB, r *results, n int) bool {
	t.Helper()
	b, err := fetch(context.Background(), db, r.search, r.start(n))
	if err != nil {
		t.Fatal(err)
	}
	return r.put(n, b)
}

// TestResultsFollowTheTable walks at random through results whose table loses
// and gains items meanwhile: once all is read again, the rows are the table's.
func TestResultsFollowTheTable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		db := &shelf{ids: rapid.SliceOfNDistinct(rapid.IntRange(0, 99), 1, 40, rapid.ID).Draw(rt, "ids")}
		sortInts(db.ids)
		r := newResults(shelfSearch(rapid.IntRange(1, 7).Draw(rt, "page")))
		r.budget, r.fewest = 1500, 1
		readAll(t, db, r)
		if r.Len() != len(db.ids) || r.Scanned != len(db.ids) || r.kept > r.budget+1500 {
			rt.Fatalf("%d rows of %d, %d scanned, %d bytes kept", r.Len(), len(db.ids), r.Scanned, r.kept)
		}
		db.ids = rapid.SliceOfNDistinct(rapid.IntRange(0, 99), 0, 40, rapid.ID).Draw(rt, "ids later")
		sortInts(db.ids)
		r.forgetBut(-1)
		for round := 0; ; round++ {
			missing := r.missing(0, r.Len())
			if len(missing) == 0 && r.done {
				break
			}
			if round > 500 {
				rt.Fatal("the pages never settle")
			}
			r.budget = 1 << 20
			if len(missing) > 0 {
				reread(t, db, r, missing[0])
				continue
			}
			readAll(t, db, r)
		}
		checkRows(rt, r, db.ids)
	})
}

func checkRows(t *rapid.T, r *results, ids []int) {
	if r.Len() != len(ids) || r.Scanned != len(ids) {
		t.Fatalf("%d rows and %d scanned of %d items", r.Len(), r.Scanned, len(ids))
	}
	kept := 0
	for row, id := range ids {
		item, ok := r.item(row)
		if !ok || !reflect.DeepEqual(item, shelved(id)) {
			t.Fatalf("row %d is %v (%v), not %d", row, item, ok, id)
		}
		if cells, ok := r.Row(row); !ok || cells[0].Text != strconv.Itoa(id) {
			t.Fatalf("row %d shows %v", row, cells)
		}
	}
	for _, n := range r.loaded {
		kept += r.pages[n].kept.size
	}
	if kept != r.kept {
		t.Fatalf("%d bytes are kept, counted as %d", kept, r.kept)
	}
}

func sortInts(ids []int) {
	for i := range ids {
		for j := i; j > 0 && ids[j-1] > ids[j]; j-- {
			ids[j-1], ids[j] = ids[j], ids[j-1]
		}
	}
}

func TestFarPagesAreReadAgain(t *testing.T) {
	t.Parallel()
	db := &shelf{ids: numbers(10_000)}
	r := newResults(shelfSearch(50))
	r.budget, r.fewest = 100_000, 1
	readAll(t, db, r)
	if _, ok := r.item(9_999); !ok {
		t.Error("the last page was let go")
	}
	if _, ok := r.Row(0); ok {
		t.Error("the first page was kept")
	}
	missing := r.missing(40, 120)
	if !reflect.DeepEqual(missing, []int{0, 1, 2}) {
		t.Fatalf("pages %v are missing", missing)
	}
	for _, n := range missing {
		if !reread(t, db, r, n) {
			t.Errorf("page %d is another", n)
		}
	}
	if item, ok := r.item(119); !ok || !reflect.DeepEqual(item, shelved(119)) {
		t.Errorf("row 119 is %v", item)
	}
	if r.Len() != 10_000 || r.Scanned != 10_000 || r.Units != 100 {
		t.Errorf("%d rows, %d scanned, %v units", r.Len(), r.Scanned, r.Units)
	}
}

func TestFewestRowsStay(t *testing.T) {
	t.Parallel()
	db := &shelf{ids: numbers(1000)}
	r := newResults(shelfSearch(10))
	r.budget = 1
	readAll(t, db, r)
	if missing := r.missing(1000-keptRows, 1000); len(missing) > 0 {
		t.Errorf("pages %v are missing", missing)
	}
	if r.rows != keptRows || len(r.loaded) != keptRows/10 {
		t.Errorf("%d rows on %d pages are kept", r.rows, len(r.loaded))
	}
}

func TestColumnsAppearInOrder(t *testing.T) {
	t.Parallel()
	s := search{TableKey: songs, Key: keySchema{keyAttribute{"Year", aws.TypeN}, songs.Partition}}
	c := newColumns(s)
	c.learn(aws.Item{"Song": aws.S("x"), "Zebra": aws.S("x"), "Album": aws.S("x")})
	c.learn(aws.Item{"Bee": aws.S("x"), "Album": aws.S("x")})
	if want := []string{"Year", "Artist", "Song", "Album", "Zebra", "Bee"}; !reflect.DeepEqual(c.names, want) {
		t.Errorf("the columns are %v", c.names)
	}
	if c.titled[0].Title != "Year (Number)" || c.titled[3].Title != "Album" {
		t.Errorf("the titles are %v", c.titled)
	}
	for i := range 5000 {
		c.learn(aws.Item{fmt.Sprint(i): aws.S("x")})
	}
	if len(c.names) != mostColumns || len(c.seen) > 20*mostColumns {
		t.Errorf("%d columns, %d seen", len(c.names), len(c.seen))
	}
}

// BenchmarkResultsOfAMillion reads all pages of a table of 1,000,000 items and
// reports what the results hold on to.
func BenchmarkResultsOfAMillion(b *testing.B) {
	db := &shelf{ids: numbers(1_000_000)}
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		r := newResults(shelfSearch(50))
		readAll(b, db, r)
		for row := range r.Len() {
			if row%97 == 0 {
				r.Row(row)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/1e6, "MB-kept")
		runtime.KeepAlive(r)
	}
}
