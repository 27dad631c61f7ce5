package fake_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"awslab/aws"
	"awslab/aws/fake"
)

func TestResetEmptiesOnlyTheSandbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	note := filepath.Join(dir, "note.txt")
	if err := os.WriteFile(note, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	sandbox, err := fake.Open(dir, fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := fake.Reset(dir); !errors.Is(err, fake.ErrInUse) {
		t.Errorf("an open sandbox was reset: %v", err)
	}
	if _, err := sandbox.Cloud().DynamoDB.CreateTable(t.Context(), aws.CreateTableInput{
		TableName: "Music", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := sandbox.Close(); err != nil {
		t.Fatal(err)
	}
	if err := fake.Reset(dir); err != nil {
		t.Fatal(err)
	}
	if sandbox, err = fake.Open(dir, fake.Options{}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	}()
	out, err := sandbox.Cloud().DynamoDB.ListTables(t.Context(), aws.ListTablesInput{})
	if err != nil || len(out.TableNames) != 0 {
		t.Errorf("%v, %v", out.TableNames, err)
	}
	if _, err := os.Stat(note); err != nil {
		t.Errorf("a file that is no part of the sandbox went: %v", err)
	}
}

func TestResetMendsADamagedSandbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sandbox, err := fake.Open(dir, fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sandbox.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "sandbox.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []int{0, os.Getpagesize()} { // the two pages that say where everything is
		for i := page + 40; i < page+80; i++ {
			data[i] ^= 0xff
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := fake.Open(dir, fake.Options{}); !errors.Is(err, fake.ErrCorrupt) {
		t.Fatalf("the damage was not seen: %v", err)
	}
	if err := fake.Reset(dir); err != nil {
		t.Fatal(err)
	}
	if sandbox, err = fake.Open(dir, fake.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := sandbox.Close(); err != nil {
		t.Error(err)
	}
}

func TestResetLeavesWhatIsNoSandbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "sandbox.db")
	if err := os.WriteFile(path, []byte("somebody's letters"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fake.Reset(dir); !errors.Is(err, fake.ErrNotSandbox) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the file went: %v", err)
	}
}
