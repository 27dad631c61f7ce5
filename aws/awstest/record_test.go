package awstest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const account, region = "123456789012", "us-west-2"

func TestRecord(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "record")
	a, b := thing{tables, "awslabr00001Music"}, thing{roles, "awslabr00001R"}
	r, err := openRecord(path, account, region)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{r.add(a), r.add(b), r.deleted(a), r.add(a), r.deleted(b)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	// The run is killed while it writes a line.
	if _, err := r.file.WriteString(`{"Account":"1234`); err != nil {
		t.Fatal(err)
	}
	if err := r.file.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = openRecord(path, account, region); err != nil {
		t.Fatal(err)
	}
	same(t, "what is left", r.remaining(), []thing{a})
	if err := r.deleted(a); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil || strings.Count(string(content), "\n") != 6 || !strings.HasSuffix(string(content), "\n") {
		t.Errorf("the record is\n%s (%v), want six whole lines", content, err)
	}
	if err := r.close(); err != nil {
		t.Fatal(err)
	}
}

func TestRecordOfAnother(t *testing.T) {
	t.Parallel()
	line := func(account, region, kind string) string {
		return `{"Account":"` + account + `","Region":"` + region + `","Kind":"` + kind + `","Name":"n"}` + "\n"
	}
	for name, c := range map[string]struct{ content, want string }{
		"account": {line("000000000000", region, "table"), "is the record of account 000000000000 in us-west-2, not of 123456789012 in us-west-2"},
		"region":  {line(account, "eu-central-1", "table"), "in eu-central-1, not of"},
		"kind":    {line(account, region, "table") + line(account, region, "planet"), `:2 is of an unknown kind, "planet"`},
		"file":    {"The file of somebody else.\n", ":1 is no record of a contract run"},
	} {
		path := filepath.Join(t.TempDir(), "record")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := openRecord(path, account, region)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("another %s: error is %v, want %q", name, err, c.want)
		}
		if content, err := os.ReadFile(path); err != nil || string(content) != c.content {
			t.Errorf("another %s: the file is\n%s (%v)", name, content, err)
		}
	}
}

// FuzzRecord opens whatever there may be in the file of a record.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(`{"Account":"123456789012","Region":"us-west-2","Kind":"table","Name":"awslabr00001Music"}` + "\n" + `{"Acc`))
	f.Add([]byte("\n\n"))
	f.Add([]byte(`{"Account":"123456789012","Region":"us-west-2","Kind":"role","Name":"R","Deleted":true}` + "\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "record")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := openRecord(path, account, region)
		if err != nil {
			return
		}
		left := r.remaining()
		if err := r.add(thing{apis, "awslabr00001A"}); err != nil {
			t.Fatal(err)
		}
		if err := r.file.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := openRecord(path, account, region)
		if err != nil {
			t.Fatalf("what was written to cannot be opened: %v", err)
		}
		if got := len(again.remaining()); got < len(left) || got > len(left)+1 {
			t.Errorf("%d things are left, and there were %d", got, len(left))
		}
		if err := again.file.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
