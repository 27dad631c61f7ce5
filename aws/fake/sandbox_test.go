package fake_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/store"
)

func status(t *testing.T, db aws.DynamoDB, table string) aws.Status {
	t.Helper()
	out, err := db.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: table})
	if errors.Is(err, aws.ErrNotFound) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Table.TableStatus
}

// TestStatusesPass follows a table by the clock alone, over closing and opening.
func TestStatusesPass(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), &clock{}
	use := func(do func(aws.DynamoDB)) {
		t.Helper()
		sandbox, err := fake.Open(dir, fake.Options{Now: c.now})
		if err != nil {
			t.Fatal(err)
		}
		do(sandbox.Cloud().DynamoDB)
		if err := sandbox.Close(); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want aws.Status) {
		t.Helper()
		use(func(db aws.DynamoDB) {
			if got := status(t, db, "Music"); got != want {
				t.Errorf("status is %q, want %q", got, want)
			}
		})
	}
	use(func(db aws.DynamoDB) {
		if _, err := db.CreateTable(t.Context(), simpleTable("Music")); err != nil {
			t.Fatal(err)
		}
	})
	c.advance(fake.DefaultDelay - time.Millisecond)
	want(aws.StatusCreating)
	c.advance(time.Millisecond)
	want(aws.StatusActive)
	use(func(db aws.DynamoDB) {
		if _, err := db.DeleteTable(t.Context(), aws.DeleteTableInput{TableName: "Music"}); err != nil {
			t.Fatal(err)
		}
	})
	want(aws.StatusDeleting)
	c.advance(fake.DefaultDelay)
	want("")
}

// TestTokenIsForgotten repeats a transaction before and after the ten minutes in
// which its token counts.
func TestTokenIsForgotten(t *testing.T) {
	t.Parallel()
	c := &clock{}
	db := open(t, t.TempDir(), c).Cloud().DynamoDB
	if _, err := db.CreateTable(t.Context(), simpleTable("Music")); err != nil {
		t.Fatal(err)
	}
	c.advance(time.Second)
	in := aws.TransactWriteItemsInput{ClientRequestToken: "token", TransactItems: []aws.TransactWriteItem{{Update: &aws.Update{
		TableName: "Music", Key: aws.Item{"ID": aws.S("a")}, UpdateExpression: "ADD Plays :n", ExpressionAttributeValues: aws.Item{":n": aws.N("1")}}}}}
	for _, step := range []struct {
		after time.Duration
		plays aws.N
	}{{0, "1"}, {0, "1"}, {10*time.Minute - time.Millisecond, "1"}, {time.Millisecond, "2"}, {9 * time.Minute, "2"}, {time.Minute, "3"}} {
		c.advance(step.after)
		if _, err := db.TransactWriteItems(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		out, err := db.GetItem(t.Context(), aws.GetItemInput{TableName: "Music", Key: aws.Item{"ID": aws.S("a")}})
		if err != nil || out.Item["Plays"] != step.plays {
			t.Errorf("after %s more there are %v plays, %v; want %s", step.after, out.Item["Plays"], err, step.plays)
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		opts fake.Options
		want aws.Place
	}{
		{fake.Options{}, aws.Place{Kind: aws.Sandbox, Region: "us-west-2", AccountID: "000000000000", ARN: "arn:aws:iam::000000000000:user/learner"}},
		{fake.Options{Region: "eu-west-1", AccountID: "123456789012"},
			aws.Place{Kind: aws.Sandbox, Region: "eu-west-1", AccountID: "123456789012", ARN: "arn:aws:iam::123456789012:user/learner"}},
	} {
		sandbox, err := fake.Open(t.TempDir(), c.opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := sandbox.Cloud().Place; got != c.want {
			t.Errorf("place is %+v, want %+v", got, c.want)
		}
		out, err := sandbox.Cloud().DynamoDB.CreateTable(t.Context(), simpleTable("Music"))
		if want := "arn:aws:dynamodb:" + c.want.Region + ":" + c.want.AccountID + ":table/Music"; err != nil || out.TableDescription.TableArn != want {
			t.Errorf("ARN is %s, %v, want %s", out.TableDescription.TableArn, err, want)
		}
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestIDs checks the form of ids, and that a seed gives the same again.
func TestIDs(t *testing.T) {
	t.Parallel()
	made := func(seed uint64) (requestID, tableID string) {
		sandbox, err := fake.Open(t.TempDir(), fake.Options{Random: rand.NewPCG(seed, 0)})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := sandbox.Close(); err != nil {
				t.Error(err)
			}
		}()
		out, err := sandbox.Cloud().DynamoDB.CreateTable(t.Context(), simpleTable("Music"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = sandbox.Cloud().DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Nope"})
		var failure *aws.Error
		if !errors.As(err, &failure) {
			t.Fatal(err)
		}
		return failure.RequestID, out.TableDescription.TableID
	}
	request, table := made(1)
	if !regexp.MustCompile(`^[0-9A-V]{52}$`).MatchString(request) {
		t.Errorf("request id is %q", request)
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(table) {
		t.Errorf("table id is %q", table)
	}
	if again, _ := made(1); again != request {
		t.Errorf("a seed gives %q, then %q", request, again)
	}
	if other, _ := made(2); other == request {
		t.Errorf("two seeds give %q", request)
	}
}

func TestOpenFaults(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := fake.Open(path, fake.Options{}); !errors.Is(err, fake.ErrNotFolder) {
		t.Errorf("a file gives %v", err)
	}
	if _, err := fake.Open(filepath.Join(path, "folder"), fake.Options{}); !errors.Is(err, fake.ErrNoParent) {
		t.Errorf("a folder in a file gives %v", err)
	}
	future := filepath.Join(dir, "future")
	steps := make([]store.Migration, 99)
	for n := range steps {
		steps[n] = store.Migration{Name: "some day", Apply: func(*store.Writer) error { return nil }}
	}
	newer, err := store.Open(future, store.Options{Migrations: steps})
	if err != nil {
		t.Fatal(err)
	}
	if err := newer.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := fake.Open(future, fake.Options{}); !errors.Is(err, fake.ErrNewer) || !strings.Contains(err.Error(), "update awslab") {
		t.Errorf("a sandbox of the future gives %v", err)
	}
}

func TestClosedSandbox(t *testing.T) {
	t.Parallel()
	sandbox, err := fake.Open(t.TempDir(), fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	db := sandbox.Cloud().DynamoDB
	if err := sandbox.Close(); err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"reading": func() error { _, err := db.ListTables(context.Background(), aws.ListTablesInput{}); return err },
		"writing": func() error { _, err := db.CreateTable(context.Background(), simpleTable("Music")); return err },
	} {
		err := call()
		var failure *aws.Error
		if !errors.Is(err, aws.ErrStorage) || !errors.Is(err, store.ErrClosed) || !errors.As(err, &failure) || failure.Status != 500 || failure.Code != aws.CodeStorage {
			t.Errorf("%s a closed sandbox gives %v", name, err)
		}
	}
}
