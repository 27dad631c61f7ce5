package lab_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/drive"
	"awslab/ui/lab"
	"awslab/ui/nav"
)

// pictureLab is a small lab that speaks of a bucket which the learner names.
const pictureLab = `---
id: pictures
number: 8
title: A lab about pictures
topic: Pictures
summary: Learn to see.
service: s3
minutes: 5
names:
  source: {kind: "s3:bucket", like: "image-*", except: "*-resized", default: "image-###"}
---

## Welcome

Yours is {source}, or else {{source}}. Look at [a face](s3://assets/face.jpg) and [a site](https://example.com/{source}).

## Create the bucket

Create **{source}** now.

` + "```check\nbucket(\"{source}\")\n```" + `
` + "```do\npress \"Create table\"\n```" + `
` + "```hint\nIt is {source}.\n```" + `

## Bye

{source} can go.
`

func (w *world) bucket(name string) {
	w.t.Helper()
	_, err := w.trail.Cloud().S3.CreateBucket(w.t.Context(), aws.CreateBucketInput{
		Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: w.below.Place.Region},
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func newPictureDesk(t *testing.T, w *world) (*desk, *drive.Session) {
	t.Helper()
	digit := 3
	w.store.Digit = func() int { digit++; return digit }
	d := newDesk(t, w, lab.NewLibrary(parseLab(t, pictureLab)))
	return d, sit(t, d)
}

func TestALabGoesByTheLearnersNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	d, s := newPictureDesk(t, w)
	keys(t, s, "S")
	see(t, s, "Yours is image-456, or else {source}.")
	keys(t, s, "n")
	see(t, s, "Create image-456 now.", "✗ bucket image-456: expected a bucket of this name, found —")
	keys(t, s, "h")
	see(t, s, "It is image-456.")
	w.bucket("image-9-resized")
	w.bucket("pictures")
	w.bucket("image-9")
	s.Send() // the calls have ended
	d.guide.CallFinished()
	keys(t, s, "c")
	see(t, s, "✓ bucket image-9", "Create image-9 now.", "It is image-9.", "✓ Step done")
	keys(t, s, "n")
	see(t, s, "image-9 can go.")

	if names := openStore(t, w.dir).Progress("pictures").Names; names["source"] != "image-456" {
		t.Errorf("suggested and kept: %q", names)
	}
	again := newDesk(t, w, lab.NewLibrary(parseLab(t, pictureLab)))
	see(t, sit(t, again), "image-9 can go.") // looked up when the console starts
}

func TestWhichResourceIsMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	pictures := parseLab(t, pictureLab)
	newDesk(t, w, lab.NewLibrary(pictures))
	grade := func() string {
		t.Helper()
		g, err := lab.Check(t.Context(), w.trail.Cloud(), w.trail, w.store, pictures)
		if err != nil {
			t.Fatal(err)
		}
		return g.Steps[1].Checks[0].Findings[0].Subject
	}
	expect := func(when, want string) {
		t.Helper()
		if got := grade(); got != want {
			t.Errorf("%s: %q is looked at, want %q", when, got, want)
		}
	}
	expect("not started", "bucket image-000")
	w.bucket("image-5")
	expect("one is there", "bucket image-5")
	w.store.Digit = func() int { return 8 }
	w.store.Begin(pictures)
	w.bucket("image-7")
	w.bucket("image-6")
	expect("two were made in the lab", "bucket image-7")
	if _, err := w.below.S3.DeleteBucket(t.Context(), aws.DeleteBucketInput{Bucket: "image-7"}); err != nil {
		t.Fatal(err)
	}
	expect("the first one is gone", "bucket image-6")

	unlisted := w.below
	unlisted.S3 = unlistable{unlisted.S3}
	w.trail = trail.New(unlisted, trail.Options{})
	expect("they cannot be listed", "bucket image-7") // which was made, and may be there
}

// unlistable is an S3 whose buckets the caller may not list.
type unlistable struct{ aws.S3 }

var errNotAllowed = errors.New("not allowed")

func (unlistable) ListBuckets(context.Context, aws.ListBucketsInput) (aws.ListBucketsOutput, error) {
	return aws.ListBucketsOutput{}, errNotAllowed
}

func TestTheGuideOpensLinks(t *testing.T) {
	t.Parallel()
	d, s := newPictureDesk(t, newWorld(t, 0))
	keys(t, s, "S")
	see(t, s, "o Open a face")
	keys(t, s, "o")
	if err := s.WaitUntil(t.Context(), "nothing was opened", func() bool { return len(d.opened) > 0 }); err != nil {
		t.Fatal(err)
	}
	if want := (nav.Route{Page: drive.ObjectPage, Name: "assets", Detail: "face.jpg"}); d.opened[0] != want {
		t.Errorf("opened %+v, want %+v", d.opened[0], want)
	}
}

func TestTheGuideCopiesURLs(t *testing.T) {
	t.Parallel()
	d, s := newPictureDesk(t, newWorld(t, 0))
	keys(t, s, "S")
	see(t, s, "y Copy the URL")
	keys(t, s, "y")
	if err := s.WaitUntil(t.Context(), "nothing was copied", func() bool { return d.copied.Text == "https://example.com/image-456" }); err != nil {
		t.Fatal(err)
	}
}

func TestNamesOfKindsThatLabsMake(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	for kind, name := range map[string]string{"s3:bucket": "bucket", "lambda:function": "function", "dynamodb:table": "table"} {
		source := strings.NewReplacer("s3:bucket", kind, `bucket("`, name+`("`).Replace(pictureLab)
		if kind == "dynamodb:table" {
			source = strings.Replace(source, `table("{source}")`, `item("{source}", {A: "a"})`, 1)
		}
		g, err := lab.Check(t.Context(), w.below, w.trail, w.store, parseLab(t, source))
		if err != nil || !strings.Contains(g.String(), "image-000") {
			t.Errorf("%s: %v, %v", kind, g, err)
		}
	}
}

// What an account had before the lab was started is nothing for the lab to work with,
// whatever its name; what another program has made since then is.
func TestAnAccountsOwnResourcesAreLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.below.Place.Kind = aws.Account
	pictures := parseLab(t, pictureLab)
	meant := func() string {
		t.Helper()
		g, err := lab.Check(t.Context(), w.below, w.trail, w.store, pictures)
		if err != nil {
			t.Fatal(err)
		}
		return g.Steps[1].Checks[0].Findings[0].Subject
	}
	w.bucket("image-5")
	if got := meant(); got != "bucket image-000" {
		t.Errorf("before the start %s is meant", got)
	}
	w.store.Now = func() time.Time { return time.Now().Add(time.Hour) }
	w.store.Digit = func() int { return 8 }
	w.store.Begin(pictures)
	if got := meant(); got != "bucket image-888" {
		t.Errorf("%s is meant, which was there before", got)
	}
	w.store.Now = time.Now
	if err := w.store.Reset(pictures.ID); err != nil {
		t.Fatal(err)
	}
	w.store.Begin(pictures)
	if got := meant(); got != "bucket image-5" {
		t.Errorf("%s is meant, and another was made since", got)
	}
}
