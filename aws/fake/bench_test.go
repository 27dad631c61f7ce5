package fake_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
)

// Benchmarks run on sandboxes of no items, of a thousand and of a million, which
// are made once when first needed. go test -bench . ./aws/fake

const (
	none        = 0 // for what writes
	small       = 1_000
	large       = 1_000_000
	perQuery    = 100 // items of a partition
	benchTable  = "Measured"
	bulkWriters = 64
)

// sizes are the folders of the sandboxes made so far, by number of items;
// TestMain's caller removes them.
var sizes = struct {
	sync.Mutex
	folders map[int]string
}{folders: map[int]string{}}

// removeSizes deletes the sandboxes that benchmarks have made.
func removeSizes() {
	for _, dir := range sizes.folders {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

func measuredTable() aws.CreateTableInput {
	in := simpleTable(benchTable)
	in.AttributeDefinitions = append(in.AttributeDefinitions, aws.AttributeDefinition{AttributeName: "Number", AttributeType: aws.TypeN})
	in.KeySchema = append(in.KeySchema, aws.KeySchemaElement{AttributeName: "Number", KeyType: aws.KeyRange})
	return in
}

// measuredKey is the key of the n-th item.
func measuredKey(n int) aws.Item {
	return aws.Item{"ID": aws.S(fmt.Sprintf("partition %06d", n/perQuery)), "Number": aws.N(fmt.Sprint(n % perQuery))}
}

func measuredItem(n int) aws.Item {
	item := measuredKey(n)
	item["Album"] = aws.S("The Dark Side of the Moon")
	item["Year"] = aws.N("1973")
	item["Genre"] = aws.S("Progressive rock")
	return item
}

// sandboxOf opens a sandbox of so many items, making it if it is the first time.
func sandboxOf(b *testing.B, items int) *fake.Sandbox {
	b.Helper()
	sizes.Lock()
	defer sizes.Unlock()
	dir, ok := sizes.folders[items]
	if !ok {
		var err error
		if dir, err = os.MkdirTemp("", "awslab-bench-"); err != nil {
			b.Fatal(err)
		}
		sizes.folders[items] = dir
	}
	sandbox, err := fake.Open(dir, fake.Options{Delay: aws.Some[time.Duration](0)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			b.Error(err)
		}
	})
	if !ok {
		fill(b, sandbox.Cloud().DynamoDB, items)
	}
	return sandbox
}

// fill puts the items, in batches, by many writers at once.
func fill(b *testing.B, db aws.DynamoDB, items int) {
	b.Helper()
	if _, err := db.CreateTable(b.Context(), measuredTable()); err != nil {
		b.Fatal(err)
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range bulkWriters {
		wait.Go(func() {
			for {
				from := int(next.Add(25)) - 25
				if from >= items {
					return
				}
				writes := make([]aws.WriteRequest, min(25, items-from))
				for n := range writes {
					writes[n].PutRequest = &aws.PutRequest{Item: measuredItem(from + n)}
				}
				if _, err := db.BatchWriteItem(b.Context(), aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{benchTable: writes}}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// byCallers measures an operation by one caller and by sixteen at once, in
// operations a second.
func byCallers(b *testing.B, items int, do func(db aws.DynamoDB, random *rand.Rand) error) {
	for _, callers := range []int{1, 16} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			db := sandboxOf(b, items).Cloud().DynamoDB
			var left atomic.Int64
			var wait sync.WaitGroup
			b.ResetTimer()
			left.Store(int64(b.N))
			for n := range callers {
				wait.Go(func() {
					random := rand.New(rand.NewPCG(uint64(n), 1))
					for left.Add(-1) >= 0 {
						if err := do(db, random); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wait.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "op/s")
		})
	}
}

func BenchmarkPutItem(b *testing.B) {
	byCallers(b, none, func(db aws.DynamoDB, random *rand.Rand) error {
		_, err := db.PutItem(b.Context(), aws.PutItemInput{TableName: benchTable, Item: measuredItem(random.IntN(large))})
		return err
	})
}

func BenchmarkUpdateItem(b *testing.B) {
	byCallers(b, none, func(db aws.DynamoDB, random *rand.Rand) error {
		_, err := db.UpdateItem(b.Context(), aws.UpdateItemInput{TableName: benchTable, Key: measuredKey(random.IntN(small)),
			UpdateExpression: "ADD Plays :one", ExpressionAttributeValues: aws.Item{":one": aws.N("1")}})
		return err
	})
}

func BenchmarkGetItem(b *testing.B) {
	byCallers(b, large, func(db aws.DynamoDB, random *rand.Rand) error {
		out, err := db.GetItem(b.Context(), aws.GetItemInput{TableName: benchTable, Key: measuredKey(random.IntN(large))})
		if err == nil && len(out.Item) != 5 {
			err = fmt.Errorf("item is %v", out.Item)
		}
		return err
	})
}

// query reads a partition of a hundred items.
func query(b *testing.B, db aws.DynamoDB, partition int) error {
	out, err := db.Query(b.Context(), aws.QueryInput{TableName: benchTable, KeyConditionExpression: "ID = :id",
		ExpressionAttributeValues: aws.Item{":id": measuredKey(partition * perQuery)["ID"]}})
	if err == nil && out.Count != perQuery {
		err = fmt.Errorf("%d items, want %d", out.Count, perQuery)
	}
	return err
}

func BenchmarkQuery100(b *testing.B) {
	byCallers(b, large, func(db aws.DynamoDB, random *rand.Rand) error {
		return query(b, db, random.IntN(large/perQuery))
	})
}

// BenchmarkQueryBySize alternates between a Query on a thousand items and one on
// a million, and reports how many times longer the latter takes.
func BenchmarkQueryBySize(b *testing.B) {
	few, many := sandboxOf(b, small).Cloud().DynamoDB, sandboxOf(b, large).Cloud().DynamoDB
	// The same ten partitions of each, so that both are in memory.
	took := func(db aws.DynamoDB, n int) time.Duration {
		begun := time.Now()
		if err := query(b, db, n%(small/perQuery)); err != nil {
			b.Fatal(err)
		}
		return time.Since(begun)
	}
	var ofFew, ofMany time.Duration
	n := 0
	for b.Loop() {
		ofFew += took(few, n)
		ofMany += took(many, n)
		n++
	}
	b.ReportMetric(float64(ofMany)/float64(ofFew), "1M/1k")
	b.ReportMetric(float64(ofFew.Microseconds())/float64(n), "µs/1k")
	b.ReportMetric(float64(ofMany.Microseconds())/float64(n), "µs/1M")
}

func BenchmarkOpenMillion(b *testing.B) {
	sandboxOf(b, large)
	sizes.Lock()
	dir := b.TempDir()
	err := os.CopyFS(dir, os.DirFS(sizes.folders[large]))
	sizes.Unlock()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		sandbox, err := fake.Open(dir, fake.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := sandbox.Cloud().DynamoDB.DescribeTable(b.Context(), aws.DescribeTableInput{TableName: benchTable}); err != nil {
			b.Fatal(err)
		}
		if err := sandbox.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
