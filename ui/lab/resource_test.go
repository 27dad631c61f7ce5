package lab_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab"
)

// watching starts the watch that a guide keeps.
func watching(t *testing.T, w *world) {
	t.Helper()
	newDesk(t, w, lab.NewLibrary(parseLab(t, musicLab)))
}

func TestCreationIsWrittenDownBeforeItHappens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	var onDisk string
	spy := aws.Intercept(w.below, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if op.Name == "CreateTable" {
			body, err := os.ReadFile(filepath.Join(w.dir, "labs.json"))
			if err != nil {
				t.Error(err)
			}
			onDisk = string(body)
		}
		return next(ctx)
	})
	w.trail = trail.New(spy, trail.Options{})
	watching(t, w)
	w.store.Begin(parseLab(t, musicLab))
	w.create("Music")
	if !strings.Contains(onDisk, `"name": "Music"`) || strings.Contains(onDisk, `"identity"`) {
		t.Errorf("on disk while the call was made: %s", onDisk)
	}
	resources := openStore(t, w.dir).Progress("music").Resources
	if len(resources) != 1 || resources[0].Identity == "" || resources[0].String() != "DynamoDB table Music" {
		t.Errorf("on disk afterwards: %+v", resources)
	}
}

func TestOnlyWhatTheLabCreatesIsWrittenDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	watching(t, w)
	w.create("Before")
	w.store.Begin(parseLab(t, musicLab))
	if err := createTable(t.Context(), w.trail.Cloud(), "Before"); err == nil {
		t.Fatal("a table was created twice")
	}
	if err := createTable(trail.WithOrigin(t.Context(), trail.OriginGuide), w.trail.Cloud(), "Guide"); err != nil {
		t.Fatal(err)
	}
	if r := w.store.Progress("music").Resources; len(r) != 0 {
		t.Errorf("written down: %+v", r)
	}
}

// lossy creates tables, and then loses the answer.
type lossy struct{ aws.DynamoDB }

var errLost = errors.New("connection lost")

func (l lossy) CreateTable(ctx context.Context, in aws.CreateTableInput) (aws.CreateTableOutput, error) {
	if _, err := l.DynamoDB.CreateTable(ctx, in); err != nil {
		return aws.CreateTableOutput{}, err
	}
	return aws.CreateTableOutput{}, errLost
}

func TestLostAnswersAreLookedInto(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	cloud := w.below
	cloud.DynamoDB = lossy{cloud.DynamoDB}
	w.trail = trail.New(cloud, trail.Options{})
	watching(t, w)
	w.store.Begin(parseLab(t, musicLab))
	if err := createTable(t.Context(), w.trail.Cloud(), "Music"); !errors.Is(err, errLost) {
		t.Fatal(err)
	}
	results, err := lab.End(t.Context(), w.trail.Cloud(), w.store, parseLab(t, musicLab))
	if err != nil || len(results) != 1 || !results[0].Deleted || w.tables() != "" {
		t.Errorf("%v, %v; tables left: %q", results, err, w.tables())
	}
}

func TestEndDeletesJustWhatTheLabCreated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	music := parseLab(t, musicLab)
	watching(t, w)
	w.create("Mine")
	w.store.Begin(parseLab(t, musicLab))
	for _, name := range []string{"Music", "Gone", "Replaced"} {
		w.create(name)
	}
	w.deleteTable("Gone")
	w.deleteTable("Replaced")
	if err := createTable(t.Context(), w.below, "Replaced"); err != nil {
		t.Fatal(err)
	}
	left, err := lab.Remaining(t.Context(), w.below, w.store, music)
	if err != nil || len(left) != 1 || left[0].Name != "Music" {
		t.Errorf("remaining %v, %v", left, err)
	}
	results, err := lab.End(t.Context(), w.trail.Cloud(), w.store, music)
	if err != nil {
		t.Fatal(err)
	}
	told := make([]string, 0, len(results))
	for _, r := range results {
		told = append(told, r.String())
	}
	want := "– DynamoDB table Replaced: left alone: another one of this name, which the lab did not create\n✓ DynamoDB table Music: deleted"
	if got := strings.Join(told, "\n"); got != want {
		t.Errorf("told\n%s\nwant\n%s", got, want)
	}
	if got := w.tables(); got != "Mine Replaced" {
		t.Errorf("left are %q", got)
	}
	if of := w.store.Of(music); !of.Ended || w.store.Active() != "" {
		t.Errorf("the lab has not ended: %+v", of)
	}
	if again, err := lab.End(t.Context(), w.trail.Cloud(), w.store, music); err != nil || len(again) != 0 {
		t.Errorf("ended again: %v, %v", again, err)
	}
}

func TestEndWaitsForWhatIsBeingCreated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 50*time.Millisecond)
	watching(t, w)
	w.store.Begin(parseLab(t, musicLab))
	w.create("Music")
	results, err := lab.End(t.Context(), w.trail.Cloud(), w.store, parseLab(t, musicLab))
	if err != nil || len(results) != 1 || !results[0].Deleted {
		t.Errorf("%v, %v", results, err)
	}
}

func TestEndCanBeRunAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	music := parseLab(t, musicLab)
	watching(t, w)
	w.store.Begin(parseLab(t, musicLab))
	w.create("Music")
	readOnly := trail.New(w.below, trail.Options{ReadOnly: true})
	results, err := lab.End(t.Context(), readOnly.Cloud(), w.store, music)
	if err != nil || len(results) != 1 || !errors.Is(results[0].Err, aws.ErrReadOnly) {
		t.Fatalf("%v, %v", results, err)
	}
	if w.store.Of(music).Ended || w.tables() != "Music" {
		t.Error("the lab counts as ended, with its table left")
	}
	if !strings.HasPrefix(results[0].String(), "✗ DynamoDB table Music: not deleted: ") {
		t.Errorf("told %q", results[0])
	}
	results, err = lab.End(t.Context(), w.trail.Cloud(), w.store, music)
	if err != nil || len(results) != 1 || !results[0].Deleted || w.tables() != "" {
		t.Errorf("the second time: %v, %v", results, err)
	}
}

// TestWhatCannotBeLookedUpKeepsNothingElse: a right that is missing for one thing is no
// reason to leave the others.
func TestWhatCannotBeLookedUpKeepsNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	pictures := parseLab(t, pictureLab)
	newDesk(t, w, lab.NewLibrary(pictures))
	w.store.Begin(pictures)
	w.bucket("image-1")
	w.function("F")
	w.group("/aws/lambda/F")
	cloud := aws.Intercept(w.below, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if op.Service == aws.ServiceLogs {
			return nil, &aws.Error{Operation: op.Name, Code: "AccessDeniedException", Status: 400}
		}
		return next(ctx)
	})
	left, err := lab.Remaining(t.Context(), cloud, w.store, pictures)
	if err != nil || len(left) != 3 {
		t.Errorf("remaining %v, %v", left, err)
	}
	results, err := lab.End(t.Context(), cloud, w.store, pictures)
	if err != nil || len(results) != 3 || !errors.Is(results[2].Err, aws.ErrAccessDenied) || !strings.HasSuffix(w.left(), "group /aws/lambda/F, role lambda-basic-execution, role lambda-execution-role") {
		t.Errorf("%v, %v; left %s", told(results), err, w.left())
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if left, err := lab.Remaining(cancelled, w.below, w.store, pictures); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v, %v", left, err)
	}
}

func TestUnsureCreationsLeaveOlderTablesAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.create("Music")
	const progress = `{"schema":1,"active":"music","labs":{"music":{"started":"2026-01-01T00:00:00Z","resources":[
		{"kind":"dynamodb:table","name":"Music","asked":"2999-01-01T00:00:00Z"},
		{"kind":"unheard:of","name":"X","asked":"2026-01-01T00:00:00Z"}]}}}`
	if err := os.WriteFile(filepath.Join(w.dir, "labs.json"), []byte(progress), 0o600); err != nil {
		t.Fatal(err)
	}
	w.store = openStore(t, w.dir)
	if left, err := lab.Remaining(t.Context(), w.below, w.store, parseLab(t, musicLab)); err != nil || len(left) != 1 || left[0].Name != "X" {
		t.Errorf("remaining %v, %v", left, err)
	}
	results, err := lab.End(t.Context(), w.trail.Cloud(), w.store, parseLab(t, musicLab))
	if err != nil || len(results) != 2 || results[0].Err == nil || results[1].Left != "it was there before the lab" {
		t.Errorf("%v, %v", results, err)
	}
	if w.tables() != "Music" {
		t.Error("a table was deleted that the lab did not create")
	}
}

// hasty is a DynamoDB that is asked too often.
type hasty struct {
	aws.DynamoDB
	refusals *int // that are still to come
}

func (h hasty) DeleteTable(ctx context.Context, in aws.DeleteTableInput) (aws.DeleteTableOutput, error) {
	if *h.refusals--; *h.refusals >= 0 {
		return aws.DeleteTableOutput{}, &aws.Error{Operation: "DeleteTable", Code: "TooManyRequestsException", Status: 429}
	}
	return h.DynamoDB.DeleteTable(ctx, in)
}

func TestEndTriesAgainWhatWasTooMuch(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	music := parseLab(t, musicLab)
	newDesk(t, w, lab.NewLibrary(music))
	w.store.Begin(music)
	w.create("Music")
	refusals := 1
	cloud := w.trail.Cloud()
	cloud.DynamoDB = hasty{cloud.DynamoDB, &refusals}
	if results, err := lab.End(t.Context(), cloud, w.store, music); err != nil || len(results) != 1 || !results[0].Deleted || w.tables() != "" {
		t.Errorf("%v, %v; left %s", results, err, w.tables())
	}

	w.store.Begin(music)
	w.create("Music")
	ctx, cancel := context.WithCancel(t.Context())
	refusals = 10
	cloud.DynamoDB = hasty{w.trail.Cloud().DynamoDB, &refusals}
	cancel()
	if results, err := lab.End(ctx, cloud, w.store, music); err != nil || len(results) != 1 || results[0].Err == nil || w.tables() != "Music" {
		t.Errorf("given up: %v, %v; left %s", results, err, w.tables())
	}
}
