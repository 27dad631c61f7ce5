package lab_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
	"awslab/aws/trail"
	"awslab/ui"
	"awslab/ui/drive"
	"awslab/ui/lab"
	"awslab/ui/page"
)

func benchGuide(b *testing.B, labs *lab.Library, store *lab.Store) *lab.Guide {
	b.Helper()
	calls := page.NewCalls(b.Context())
	b.Cleanup(calls.Close)
	g := lab.New(lab.Config{Trail: trail.New(aws.Cloud{}, trail.Options{}), Labs: labs, Store: store, Calls: calls})
	b.Cleanup(g.Close)
	return g
}

// cache is what functions need, unpacked once for all tests.
var cache string

func TestMain(m *testing.M) {
	runtime.Worker() // this process may be one that a test started
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "awslab-labs-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // the tests are over
	cache = filepath.Join(dir, "cache")
	for name, value := range map[string]string{ // of whoever works on an account
		"AWS_CONFIG_FILE": filepath.Join(dir, "config"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "credentials"),
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_ACCESS_KEY_ID": "AKIALEARNERSANDBOX00", "AWS_SECRET_ACCESS_KEY": "awslab",
		"AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_ENDPOINT_URL": "", "AWS_REGION": "us-west-2",
	} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	return m.Run()
}

// bench makes real consoles on sandboxes whose tables are ready at once, whose
// functions run as on a machine that has neither node nor python, and whose URLs
// answer.
func bench(t *testing.T, labs *lab.Library) lab.NewConsole {
	return func(ctx context.Context) (lab.Bench, error) {
		dir, files := t.TempDir(), t.TempDir()
		sandbox, err := local.Open(ctx, local.Options{
			Dir: dir, Listen: "127.0.0.1:0", Sandbox: fake.Options{Delay: aws.Some(10 * time.Millisecond)},
			Engines: &runtime.Options{Cache: cache, JSEngine: "quickjs", Path: t.TempDir()},
		})
		if err != nil {
			return lab.Bench{}, err
		}
		store, err := lab.OpenStore(dir)
		if err != nil {
			return lab.Bench{}, errors.Join(err, sandbox.Close())
		}
		console := ui.New(ctx, ui.Config{
			Trail: sandbox.Trail, Cloud: sandbox.Cloud, Labs: labs, Progress: store, Home: files, Folder: files,
		})
		return lab.Bench{
			Console: console, Trail: sandbox.Trail, Cloud: sandbox.Cloud,
			Close: func() error {
				return errors.Join(console.Close(), sandbox.Close())
			},
		}, nil
	}
}

// TestEmbeddedLabs proves each lab that is built in.
func TestEmbeddedLabs(t *testing.T) {
	t.Parallel()
	labs, err := lab.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []struct{ width, height int }{{170, 50}, {118, 40}, {80, 24}} {
		for _, l := range labs.All() {
			t.Run(fmt.Sprintf("%s on %d×%d", l.ID, size.width, size.height), func(t *testing.T) {
				t.Parallel()
				report, err := lab.Test(t.Context(), l, func(ctx context.Context) (lab.Bench, error) {
					b, err := bench(t, labs)(ctx)
					b.Width, b.Height = size.width, size.height
					return b, err
				})
				if err != nil {
					t.Fatal(err)
				}
				if !report.OK() {
					t.Error(report)
				}
			})
		}
	}
}

// deskBench makes desks.
func deskBench(t *testing.T, labs *lab.Library) lab.NewConsole {
	return func(context.Context) (lab.Bench, error) {
		d := newDesk(t, newWorld(t, 0), labs)
		return lab.Bench{Console: d, Trail: d.trail, Cloud: d.below, Patience: time.Millisecond, Close: func() error { return nil }}, nil
	}
}

func TestProvingFindsFaultyLabs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, tells string }{
		{"a good one", "", "", "✓ Create the table"},
		{"holds before", `table("Music", {Artist: "String"})`, `noTable("Other")`, "✗ Create the table: the check holds before the step is done\n    music.md:15"},
		{"cannot be played", `press "Create table"`, `press "Make table"`, `✗ Create the table: the do block cannot be played`},
		{"what is there", `press "Create table"`, `press "Create tabel"`, `did you mean "Create table"?`},
		{"does not pass", `{Artist: "String"}`, `{Artist: "Number"}`, "the check does not hold after the do block"},
		{"what it found", `{Artist: "String"}`, `{Artist: "Number"}`, "partition key Artist: expected Number, found String"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := parseLab(t, strings.Replace(musicLab, c.old, c.new, 1))
			report, err := lab.Test(t.Context(), l, deskBench(t, lab.NewLibrary(l)))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(report.String(), c.tells) || report.OK() != (c.old == "") {
				t.Errorf("ok %v, told\n%s\nwant %q", report.OK(), report, c.tells)
			}
		})
	}
}

var errNoBench = errors.New("no bench")

func TestProvingNeedsAConsole(t *testing.T) {
	t.Parallel()
	l := parseLab(t, musicLab)
	_, err := lab.Test(t.Context(), l, func(context.Context) (lab.Bench, error) { return lab.Bench{}, errNoBench })
	if !errors.Is(err, errNoBench) {
		t.Errorf("got %v", err)
	}
	d := newDesk(t, newWorld(t, 0), lab.NewLibrary(l))
	_, err = lab.Test(t.Context(), l, func(context.Context) (lab.Bench, error) {
		return lab.Bench{Console: d, Trail: d.trail, Cloud: d.below, Close: func() error { return errNoBench }}, nil
	})
	if !errors.Is(err, errNoBench) {
		t.Errorf("a console that does not close: %v", err)
	}
}

func TestGrade(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	music := parseLab(t, musicLab)
	grade := func() lab.Grade {
		t.Helper()
		g, err := lab.Check(t.Context(), w.below, w.trail, w.store, music)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	before := grade()
	if before.Done() || !strings.Contains(before.String(), "✗ Create the table\n    table Music: expected a table of this name, found —\n") || !strings.Contains(before.String(), "○ Welcome\n") {
		t.Errorf("before: %v\n%s", before.Done(), before)
	}
	w.create("Music")
	if g := grade(); !g.Done() || !strings.Contains(g.String(), "✓ Create the table\n") {
		t.Errorf("with the table: %v\n%s", g.Done(), g)
	}
	w.store.Begin(parseLab(t, musicLab))
	w.store.Pass("music", "create-the-table", true)
	w.deleteTable("Music")
	g := grade()
	if !g.Done() || !g.Steps[1].Skipped {
		t.Errorf("done before: %+v", g)
	}
	body, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"lab":"music"`, `"id":"create-the-table"`, `"done":false`, `"cause":"no-table"`, `"read":true`} {
		if !strings.Contains(string(body), part) {
			t.Errorf("%s does not hold %s", body, part)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	labs, err := lab.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "music.md")
	if err := os.WriteFile(file, []byte(musicLab), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := labs.Find("dynamodb"); err != nil || l.Heading() != "Lab 1 · DynamoDB" {
		t.Errorf("%v, %v", l, err)
	}
	for range 2 { // the second time it takes the first one's place
		if l, err := labs.Find(file); err != nil || labs.ByID("music") != l {
			t.Errorf("%v, %v", l, err)
		}
	}
	if n := len(labs.All()); labs.All()[n-1].ID != "music" || labs.All()[0].ID != "dynamodb" {
		t.Errorf("%d labs, in the wrong order", n)
	}
	if _, err := labs.Find("dynamo"); !errors.Is(err, lab.ErrNoLab) || !strings.Contains(err.Error(), "did you mean dynamodb?") {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{filepath.Join(t.TempDir(), "none.md"), t.TempDir(), ""} {
		if _, err := labs.Find(name); err == nil {
			t.Errorf("%q is a lab", name)
		}
	}
	if err := os.WriteFile(file, []byte("## A\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := labs.Find(file); err == nil || !strings.Contains(err.Error(), "music.md:1: ") {
		t.Errorf("a faulty file: %v", err)
	}
}

var _ drive.Console = (*desk)(nil)

func embeddedSource(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("labs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
