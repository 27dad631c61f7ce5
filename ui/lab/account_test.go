package lab_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/assets"
	engines "awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
	"awslab/aws/sdk"
	"awslab/aws/trail"
	"awslab/ui"
	"awslab/ui/lab"
	"awslab/ui/lab/spec"
)

// handedOut are the labs' files for an account. The function is the one in Go,
// built for this computer, where the sandbox runs it.
type handedOut struct{}

func (handedOut) Asset(_ context.Context, name string) ([]byte, error) {
	switch name {
	case assets.HappyFaceName:
		return assets.HappyFace(), nil
	case assets.CreateThumbnailName:
		return goFunction()
	}
	return nil, fmt.Errorf("there is no file %s", name)
}

func (handedOut) Offers(context.Context, string) bool { return false }

// goFunction builds the function, once for all tests.
var goFunction = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "awslab-bootstrap-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what it held is packed
	program := filepath.Join(dir, "bootstrap")
	build := exec.Command("go", "build", "-tags", "lambda.norpc", "-ldflags", "-s -w", "-o", program, "../../thumbnail/lambda")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH)
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	content, err := os.ReadFile(program)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	header := &zip.FileHeader{Name: "bootstrap", Method: zip.Store}
	header.SetMode(0o755)
	entry, err := archive.CreateHeader(header)
	if err != nil {
		return nil, err
	}
	_, err = entry.Write(content)
	err = errors.Join(err, archive.Close())
	return packed.Bytes(), err
})

// furnish makes of a sandbox what an account is: it lacks what labs find ready-made,
// and has resources of others.
func furnish(t *testing.T, cloud aws.Cloud) {
	t.Helper()
	ctx := t.Context()
	for _, role := range []string{"lambda-execution-role", "lambda-basic-execution"} {
		for _, p := range try[aws.ListAttachedRolePoliciesOutput](t)(cloud.IAM.ListAttachedRolePolicies(ctx, aws.ListAttachedRolePoliciesInput{RoleName: role})).AttachedPolicies {
			try[aws.DetachRolePolicyOutput](t)(cloud.IAM.DetachRolePolicy(ctx, aws.DetachRolePolicyInput{RoleName: role, PolicyArn: p.PolicyArn}))
		}
		for _, p := range try[aws.ListRolePoliciesOutput](t)(cloud.IAM.ListRolePolicies(ctx, aws.ListRolePoliciesInput{RoleName: role})).PolicyNames {
			try[aws.DeleteRolePolicyOutput](t)(cloud.IAM.DeleteRolePolicy(ctx, aws.DeleteRolePolicyInput{RoleName: role, PolicyName: p}))
		}
		try[aws.DeleteRoleOutput](t)(cloud.IAM.DeleteRole(ctx, aws.DeleteRoleInput{RoleName: role}))
	}
	const bucket = "awslab-assets"
	for _, o := range try[aws.ListObjectsV2Output](t)(cloud.S3.ListObjectsV2(ctx, aws.ListObjectsV2Input{Bucket: bucket})).Contents {
		try[aws.DeleteObjectOutput](t)(cloud.S3.DeleteObject(ctx, aws.DeleteObjectInput{Bucket: bucket, Key: o.Key}))
	}
	try[aws.DeleteBucketOutput](t)(cloud.S3.DeleteBucket(ctx, aws.DeleteBucketInput{Bucket: bucket}))
	w := &world{t: t, below: cloud, trail: trail.New(cloud, trail.Options{})}
	w.bucket("awslab-assets-of-others")
	w.group("/aws/lambda/Others")
	w.create("Others")
}

// remainder is all that there is in a Cloud.
func remainder(t *testing.T, cloud aws.Cloud) string {
	t.Helper()
	w := &world{t: t, below: cloud}
	apis := try[aws.GetRestApisOutput](t)(cloud.APIGateway.GetRestApis(t.Context(), aws.GetRestApisInput{}))
	return fmt.Sprintf("%s, tables %s, %d APIs", w.left(), w.tables(), len(apis.Items))
}

// TestEmbeddedLabsAreWhole reads each lab in both forms.
func TestEmbeddedLabsAreWhole(t *testing.T) {
	t.Parallel()
	labs, err := lab.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range labs.All() {
		parsed, err := spec.Parse(l.File, []byte(embeddedSource(t, l.File)))
		if err != nil {
			t.Error(err)
			continue
		}
		if account := l.On(aws.Account); account == l || len(account.Steps) != len(parsed.On(aws.Account).Steps) {
			t.Errorf("%s has no form for an account", l.ID)
		}
	}
}

// TestEmbeddedLabsOnAnAccount proves each lab that is built in as on an account:
// through the SDK, on a sandbox in AWS's place. End lab leaves nothing there, and
// leaves alone what others have.
func TestEmbeddedLabsOnAnAccount(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the function in Go cannot be built: ", err)
	}
	labs, err := lab.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range labs.All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			dir, files := t.TempDir(), t.TempDir()
			sandbox := try[*local.Sandbox](t)(local.Open(t.Context(), local.Options{
				Dir: dir, Listen: "127.0.0.1:0", Sandbox: fake.Options{Delay: aws.Some(10 * time.Millisecond)},
				Engines: &engines.Options{Cache: cache, JSEngine: "quickjs", Path: t.TempDir()},
			}))
			t.Cleanup(func() {
				if err := sandbox.Close(); err != nil {
					t.Error(err)
				}
			})
			furnish(t, sandbox.Cloud)
			cloud := try[*sdk.Account](t)(sdk.Open(t.Context(), sdk.Options{EndpointURL: sandbox.Cloud.Place.Endpoint})).Cloud
			store := openStore(t, t.TempDir())
			before := remainder(t, cloud)
			account := trail.New(cloud, trail.Options{})
			report, err := lab.Test(t.Context(), l, func(ctx context.Context) (lab.Bench, error) {
				console := ui.New(ctx, ui.Config{Trail: account, Cloud: cloud, Labs: labs, Progress: store, Home: files, Folder: files})
				return lab.Bench{Console: console, Trail: account, Cloud: cloud, Store: store, Assets: handedOut{}, Close: console.Close}, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if !report.OK() {
				t.Error(report)
			}
			for _, r := range try[[]lab.Result](t)(lab.End(t.Context(), account.Cloud(), store, l)) {
				if r.Err != nil {
					t.Error(r)
				}
			}
			if left := remainder(t, cloud); left != before {
				t.Errorf("left: %s\nbefore: %s", left, before)
			}
		})
	}
}
