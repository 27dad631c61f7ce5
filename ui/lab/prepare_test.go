package lab_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab"
	"awslab/ui/lab/spec"
)

// workerLab is a small lab that needs a role and a file.
const workerLab = `---
id: worker
number: 9
title: A lab about work
topic: Work
summary: Learn to work.
service: lambda
minutes: 5
cost: It costs next to nothing.
creates: [nothing of note]
names:
  source: {kind: "s3:bucket", like: "image-*", default: "image-###"}
  files: {kind: "s3:bucket", like: "files-*", default: "files-###", sandbox: files}
needs:
  - role: worker
    description: Works.
    trust: lambda.amazonaws.com
    managed: [service-role/AWSLambdaBasicExecutionRole]
    policy: buckets
    allows:
      - {action: "s3:GetObject", on: ["arn:aws:s3:::{source}/*"]}
  - {bucket: "{files}", files: [HappyFace.jpg, CreateThumbnail.zip]}
---

## Welcome

Work with {files}.

## Bye

Bye.
`

// smallFiles are files that are quickly made.
type smallFiles struct{}

func (smallFiles) Asset(_ context.Context, name string) ([]byte, error) {
	return []byte("the file " + name), nil
}

func (smallFiles) Offers(_ context.Context, name string) bool { return name == "More.zip" }

// office is an account in which a lab is prepared.
type office struct {
	*world
	lab *spec.Lab
}

func newOffice(t *testing.T) *office {
	t.Helper()
	w := newWorld(t, 0)
	w.below.Place.Kind = aws.Account
	w.trail = trail.New(w.below, trail.Options{})
	w.store.Digit = func() int { return 5 }
	o := &office{world: w, lab: parseLab(t, workerLab).On(aws.Account)}
	w.store.Begin(o.lab)
	o.lab = o.lab.With(w.store.Progress("worker").Names)
	return o
}

func (o *office) preparation() lab.Preparation {
	return lab.Preparation{Cloud: o.trail.Cloud(), Store: o.store, Lab: o.lab, Assets: smallFiles{}}
}

func lines(parts []lab.Part) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = p.String()
	}
	return out
}

// titles are the parts of the lab, in their order.
var titles = []string{
	"IAM role worker", "its policy service-role/AWSLambdaBasicExecutionRole", "its policy buckets",
	"S3 bucket files-555", "the file HappyFace.jpg in it", "the file CreateThumbnail.zip in it",
}

func allAs(mark, end string) []string {
	out := make([]string, len(titles))
	for i, title := range titles {
		out[i] = mark + " " + title + ": " + end
	}
	return out
}

func (o *office) expect(parts []lab.Part, err error, want []string) {
	o.t.Helper()
	if got := lines(parts); err != nil || !slices.Equal(got, want) {
		o.t.Errorf("%q, %v\nwant %q", got, err, want)
	}
}

func (o *office) end() []string {
	o.t.Helper()
	return told(try[[]lab.Result](o.t)(lab.End(o.t.Context(), o.trail.Cloud(), openStore(o.t, o.dir), o.lab)))
}

func TestPreparingMakesWhatIsMissing(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	before := o.left()
	p := o.preparation()
	parts, err := p.Survey(ctx)
	o.expect(parts, err, allAs("○", "to be made"))
	if o.left() != before || len(o.store.Progress("worker").Resources) != 0 {
		t.Error("looking has changed something")
	}
	for range 2 { // the second time there is nothing to do
		parts, err = p.Make(ctx)
		o.expect(parts, err, allAs("✓", "made by the lab"))
	}
	policy := try[aws.GetRolePolicyOutput](t)(o.below.IAM.GetRolePolicy(ctx, aws.GetRolePolicyInput{RoleName: "worker", PolicyName: "buckets"}))
	if !strings.Contains(policy.PolicyDocument, `"arn:aws:s3:::image-555/*"`) || strings.Contains(policy.PolicyDocument, `"*"`) {
		t.Errorf("the role may %s", policy.PolicyDocument)
	}
	object := try[aws.HeadObjectOutput](t)(o.below.S3.HeadObject(ctx, aws.HeadObjectInput{Bucket: "files-555", Key: "HappyFace.jpg"}))
	if object.ContentLength != int64(len("the file HappyFace.jpg")) {
		t.Errorf("the file: %+v", object)
	}
	for _, e := range o.trail.Events() {
		if e.Origin != trail.OriginGuide {
			t.Errorf("%s counts as the learner's", e.Operation)
		}
	}
	// Another bucket of the learner's: the role is for the old one.
	p.Lab = o.lab.With(map[string]string{"source": "image-7", "files": "files-555"})
	parts, err = p.Survey(ctx)
	want := allAs("✓", "made by the lab")
	want[2] = "○ its policy buckets: to be made"
	o.expect(parts, err, want)

	if got := o.end(); !slices.Equal(got, []string{"✓ S3 bucket files-555: deleted", "✓ IAM role worker: deleted"}) {
		t.Errorf("ended: %q", got)
	}
	if left := o.left(); left != before {
		t.Errorf("left %s, before %s", left, before)
	}
}

// What a lab can do without is put there where it is offered, and goes with the rest.
func TestPreparingMakesWhatIsOffered(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	before := o.left()
	o.lab = parseLab(t, strings.Replace(workerLab, "files: [", "also: [None.zip, More.zip], files: [", 1)).On(aws.Account).With(o.store.Progress("worker").Names)
	parts, err := o.preparation().Make(ctx)
	o.expect(parts, err, append(allAs("✓", "made by the lab"), "✓ the file More.zip in it: made by the lab"))
	objects := try[aws.ListObjectsV2Output](t)(o.below.S3.ListObjectsV2(ctx, aws.ListObjectsV2Input{Bucket: "files-555"}))
	if n := len(objects.Contents); n != 3 {
		t.Errorf("%d files", n)
	}
	p := o.preparation()
	p.Assets = nil
	parts, err = p.Survey(ctx)
	o.expect(parts, err, allAs("✓", "made by the lab"))
	if o.end(); o.left() != before {
		t.Errorf("left %s, before %s", o.left(), before)
	}
}

// others makes a bucket that is not the lab's.
func (o *office) others(bucket string) {
	o.t.Helper()
	try[aws.CreateBucketOutput](o.t)(o.below.S3.CreateBucket(o.t.Context(), aws.CreateBucketInput{
		Bucket: bucket, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: o.below.Place.Region},
	}))
}

func TestPreparingLeavesAloneWhatIsThere(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	need := o.lab.Needs[0]
	try[aws.CreateRoleOutput](t)(o.below.IAM.CreateRole(ctx, aws.CreateRoleInput{RoleName: "worker", AssumeRolePolicyDocument: need.TrustPolicy()}))
	o.others("files-555")
	try[aws.PutObjectOutput](t)(o.below.S3.PutObject(ctx, aws.PutObjectInput{Bucket: "files-555", Key: "HappyFace.jpg", Body: strings.NewReader("mine")}))
	before := o.left()
	const older = ": there before the lab, used as it is"
	parts, err := o.preparation().Make(ctx)
	if got := lines(parts); err != nil || !slices.Equal(got[:3], []string{"– IAM role worker" + older + "; it lacks s3:GetObject on arn:aws:s3:::image-555/*", "– S3 bucket files-555" + older, "– the file HappyFace.jpg in it" + older}) ||
		!strings.Contains(got[3], "✗ the file CreateThumbnail.zip in it: not made: the bucket was there before the lab") {
		t.Errorf("%q, %v", got, err)
	}
	if attached := try[aws.ListAttachedRolePoliciesOutput](t)(o.below.IAM.ListAttachedRolePolicies(ctx, aws.ListAttachedRolePoliciesInput{RoleName: "worker"})); len(attached.AttachedPolicies) != 0 {
		t.Errorf("the role that was there is changed: %+v", attached)
	}
	if got := o.end(); len(got) != 0 || o.left() != before {
		t.Errorf("ended: %q, left %s", got, o.left())
	}
}

// flaky is an IAM that fails in the middle of things.
type flaky struct {
	aws.IAM
	lose   bool // the answer of CreateRole
	refuse bool // PutRolePolicy
}

var errNoAnswer = errors.New("no answer came")

func (f flaky) CreateRole(ctx context.Context, in aws.CreateRoleInput) (aws.CreateRoleOutput, error) {
	out, err := f.IAM.CreateRole(ctx, in)
	if f.lose && err == nil {
		return aws.CreateRoleOutput{}, errNoAnswer
	}
	return out, err
}

func (f flaky) PutRolePolicy(ctx context.Context, in aws.PutRolePolicyInput) (aws.PutRolePolicyOutput, error) {
	if f.refuse {
		return aws.PutRolePolicyOutput{}, &aws.Error{Operation: "PutRolePolicy", Code: "AccessDenied", Message: "no", Status: 403}
	}
	return f.IAM.PutRolePolicy(ctx, in)
}

func TestPreparingGoesOnWhereItWasStopped(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	p := o.preparation()
	p.Cloud.IAM = flaky{IAM: p.Cloud.IAM, lose: true}
	parts, err := p.Make(ctx)
	want := allAs("✓", "made by the lab")
	want[0] = "✗ IAM role worker: not made: no answer came"
	want[1] = "✗ its policy service-role/AWSLambdaBasicExecutionRole: not made: first comes the IAM role worker"
	want[2] = "✗ its policy buckets: not made: first comes the IAM role worker"
	o.expect(parts, err, want)

	// The program ends, and starts again; the role was made after all.
	o.store = openStore(t, o.dir)
	p = o.preparation()
	p.Cloud.IAM = flaky{IAM: p.Cloud.IAM, refuse: true}
	parts, err = p.Make(ctx)
	want = allAs("✓", "made by the lab")
	want[2] = "✗ its policy buckets: not made: PutRolePolicy: AccessDenied: no"
	o.expect(parts, err, want)

	parts, err = o.preparation().Make(ctx)
	o.expect(parts, err, allAs("✓", "made by the lab"))
	if got := o.end(); len(got) != 2 || strings.Contains(o.left(), "worker") {
		t.Errorf("ended: %q, left %s", got, o.left())
	}
}

func TestPreparingIsRefusedBeforeAnythingIsMade(t *testing.T) {
	t.Parallel()
	declined := func(_ context.Context, op aws.Operation) error {
		return &aws.Error{Operation: op.Name, Code: aws.CodeNotAllowed, Message: "no"}
	}
	for name, options := range map[string]trail.Options{"read-only": {ReadOnly: true}, "declined": {Permit: declined}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			before := o.left()
			o.trail = trail.New(o.below, options)
			parts, err := o.preparation().Make(t.Context())
			for _, p := range parts {
				if p.Err == nil {
					t.Errorf("made: %s", p)
				}
			}
			if r := o.store.Progress("worker").Resources; err != nil || len(parts) != 6 || len(r) != 0 || o.left() != before {
				t.Errorf("%v; written down %v; left %s", err, r, o.left())
			}
		})
	}
}

func TestPreparingWritesDownFirst(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	before := o.left()
	if err := o.store.Save(); err != nil {
		t.Fatal(err)
	}
	progress := filepath.Join(o.dir, lab.ProgressFile)
	if err := os.Remove(progress); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(progress, "in-the-way"), 0o700); err != nil { // it cannot be written
		t.Fatal(err)
	}
	parts, err := o.preparation().Make(t.Context())
	if err != nil || len(parts) != 6 || !strings.Contains(parts[0].String(), "it could not be written down first") || o.left() != before {
		t.Errorf("%q, %v; left %s", lines(parts), err, o.left())
	}
}

func TestPreparingNeedsFiles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.preparation()
	p.Assets = nil
	parts, err := p.Make(t.Context())
	if err != nil || len(parts) != 6 || !strings.Contains(parts[4].String(), "no files to hand out") {
		t.Errorf("%q, %v", lines(parts), err)
	}
}
