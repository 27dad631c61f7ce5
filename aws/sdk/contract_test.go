package sdk_test

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/awstest"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/sdk"
)

// clock is a clock that a test sets.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.offset.Load()))
}

func (c *clock) advance(d time.Duration) { c.offset.Add(int64(d)) }

// cache is where what runs functions is unpacked, once for all tests.
var cache string

// TestMain keeps the user's own AWS files, variables and machine out of the tests,
// and gives them credentials that any sandbox takes.
func TestMain(m *testing.M) {
	runtime.Worker() // this process may be one that a test started
	flag.Parse()
	ask, err := askedForAccount()
	if err == nil {
		err = skipBeyond()
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	case ask:
		os.Exit(m.Run())
	}
	os.Exit(isolated(m))
}

// skipBeyond leaves out what cannot be kept, unless the user says what to leave out.
func skipBeyond() error {
	if flag.Lookup("test.skip").Value.String() != "" {
		return nil
	}
	skipped := slices.Clone(beyond)
	for _, e := range awstest.Exceptions() {
		skipped = append(skipped, "^TestContractOnAccount$/"+e.Test)
	}
	return flag.Set("test.skip", strings.Join(skipped, "|"))
}

func isolated(m *testing.M) int {
	dir, err := os.MkdirTemp("", "awslab-sdk-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	cache = filepath.Join(dir, "cache")
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "AWS_") {
			err = errors.Join(err, os.Unsetenv(name))
		}
	}
	for name, value := range map[string]string{
		"AWS_CONFIG_FILE": filepath.Join(dir, "config"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "credentials"),
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_ACCESS_KEY_ID": "AKIALEARNERSANDBOX00", "AWS_SECRET_ACCESS_KEY": "awslab",
		"AWS_REGION": "us-west-2",
	} {
		err = errors.Join(err, os.Setenv(name, value))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// serve opens a sandbox that answers on a port of its own.
func serve(t *testing.T, now func() time.Time) (*fake.Sandbox, string) {
	t.Helper()
	return serveAfter(t, time.Second, now)
}

// serveAfter opens one whose tables and functions take a while to be ready.
func serveAfter(t *testing.T, delay time.Duration, now func() time.Time) (*fake.Sandbox, string) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	url := "http://" + server.Listener.Addr().String()
	sandbox, err := fake.Open(t.TempDir(), fake.Options{Now: now, Delay: aws.Some(delay), Endpoint: url})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = handler(sandbox)
	server.Start()
	t.Cleanup(func() {
		server.Close()
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	return sandbox, url
}

// handler answers for a sandbox.
func handler(sandbox *fake.Sandbox) http.Handler {
	return sandbox.Handler(fake.Access{Cloud: sandbox.Cloud()})
}

// beyond are the parts of the contract that no client can keep, since their
// requests cannot be sent: the SDK, or HTTP, refuses them. Most are refused with
// AWS's code and message all the same, but there is no answer to have an id.
var beyond = []string{
	// A path cannot do without a key.
	`TestContract/^s3:((Put|Get|Delete)Object|CreateMultipartUpload)$/^refuses_no_key$`,
	`TestContract/^s3:HeadObject$/^refuses_a_key_that_is_none$`,
	// A path without a bucket is another operation's; one with a lone % is no path;
	// and a name that ends so is a directory bucket's, which the SDK asks elsewhere.
	`TestContract/^s3:CreateBucket$/^refuses_the_name_($|abc_$|ab--x-s3$)`,
	// A body of another length than was said ends the connection.
	`TestContract/^s3:(PutObject|UploadPart)$/^refuses_a_body_too_(short|long)$`,
	`TestContract/^s3:PutObject$/^refuses_(another_length_than_none|a_body_that_breaks_off|more_than_5_GiB)$`,
	`TestContract/^s3:UploadPart$/^refuses_a_part_of_more_than_5_GiB$`,
}

// TestContract has the account keep the contract that the sandbox keeps, over the
// wire.
func TestContract(t *testing.T) {
	t.Parallel()
	awstest.Run(t, func(t *testing.T) awstest.Fixture {
		c := &clock{}
		sandbox, url := serve(t, c.now)
		sandbox.Run(runtime.Options{Cache: cache, JSEngine: "quickjs", Path: t.TempDir()})
		account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: url})
		if err != nil {
			t.Fatal(err)
		}
		return awstest.Fixture{Cloud: account.Cloud, Wait: func() { c.advance(time.Second / 2) }}
	})
}
