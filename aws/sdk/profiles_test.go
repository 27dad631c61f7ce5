package sdk_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/sdk"
)

const configuration = `# comment [profile no]
[default]
region = eu-west-1

[profile keys]
region = eu-central-1
[ profile   sso ] ; comment
sso_session = work
sso_account_id = 000000000000
sso_role_name = student
region = us-east-1
[profile sso-role]
role_arn = arn:aws:iam::000000000000:role/student
source_profile = sso
region = us-east-1
[profile role]
role_arn = arn:aws:iam::000000000000:role/student
source_profile = keys
mfa_serial = arn:aws:iam::000000000000:mfa/phone
region = us-east-1
[profile nowhere]
output = json
[sso-session work]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`

const credentialsFile = `[keys]
aws_access_key_id = AKIALEARNERSANDBOX00
aws_secret_access_key = awslab
[only-keys]
aws_access_key_id = AKIALEARNERSANDBOX00
aws_secret_access_key = awslab
`

// configured gives a test a home with the configuration, and no keys in the
// environment. Such tests cannot run beside others: the environment is theirs.
func configured(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	for name, value := range map[string]string{
		"HOME": home, "USERPROFILE": home, "AWS_REGION": "", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
		"AWS_CONFIG_FILE": filepath.Join(home, "config"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(home, "credentials"),
	} {
		t.Setenv(name, value)
	}
	err := errors.Join(
		os.WriteFile(filepath.Join(home, "config"), []byte(configuration), 0o600),
		os.WriteFile(filepath.Join(home, "credentials"), []byte(credentialsFile), 0o600))
	if err != nil {
		t.Fatal(err)
	}
}

func TestProfiles(t *testing.T) {
	configured(t)
	got, err := sdk.Profiles()
	want := []string{"default", "keys", "nowhere", "only-keys", "role", "sso", "sso-role"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("profiles are %q, error %v; want %q", got, err, want)
	}
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	if got, err = sdk.Profiles(); err != nil || !slices.Equal(got, []string{"keys", "only-keys"}) {
		t.Errorf("profiles without a configuration are %q, error %v", got, err)
	}
	t.Setenv("AWS_CONFIG_FILE", t.TempDir())
	if _, err = sdk.Profiles(); err == nil {
		t.Error("a folder can be read as a configuration")
	}
}

func TestChosenProfile(t *testing.T) {
	configured(t)
	_, url := serve(t, time.Now)
	t.Setenv("AWS_ENDPOINT_URL", url)
	account, err := sdk.Open(t.Context(), sdk.Options{Profile: "keys"})
	if err != nil {
		t.Fatal(err)
	}
	if p := account.Cloud.Place; account.Profile != "keys" || p.Region != "eu-central-1" || p.Endpoint != url {
		t.Errorf("profile %q, place %+v", account.Profile, p)
	}
	// What is asked for stands above all that the environment says.
	t.Setenv("AWS_PROFILE", "keys")
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
	t.Setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1")
	t.Setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
	account, err = sdk.Open(t.Context(), sdk.Options{EndpointURL: url, Region: "us-west-2"})
	if err != nil {
		t.Fatal(err)
	}
	if p := account.Cloud.Place; account.Profile != "keys" || p.Region != "us-west-2" || p.Endpoint != url {
		t.Errorf("profile %q, place %+v", account.Profile, p)
	}
	if _, err := account.Cloud.S3.ListBuckets(t.Context(), aws.ListBucketsInput{}); err != nil {
		t.Error(err)
	}
}

// TestRole takes on a role by the code of an MFA device.
func TestRole(t *testing.T) {
	configured(t)
	answers := map[string]string{
		"AssumeRole": `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
		"GetCallerIdentity": `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:sts::000000000000:assumed-role/student/me</Arn><UserId>AROA:me</UserId><Account>000000000000</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		action := r.PostFormValue("Action")
		if action == "AssumeRole" && r.PostFormValue("TokenCode") != "123456" || action != "AssumeRole" && r.Header.Get("X-Amz-Security-Token") != "token" {
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no code</Message></Error></ErrorResponse>"))
			return
		}
		_, _ = w.Write([]byte(answers[action]))
	}))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
	code := func() (string, error) { return "123456", nil }
	account, err := sdk.Open(t.Context(), sdk.Options{Profile: "role", Code: code})
	if err != nil || account.Cloud.Place.ARN != "arn:aws:sts::000000000000:assumed-role/student/me" {
		t.Fatalf("account is %+v, error %v", account, err)
	}
	if _, err := sdk.Open(t.Context(), sdk.Options{Profile: "role"}); err == nil {
		t.Error("no code was needed")
	}
	_, err = sdk.Open(t.Context(), sdk.Options{Profile: "role", Code: func() (string, error) { return "000000", nil }})
	if !errors.Is(err, aws.ErrCredentials) || !strings.Contains(err.Error(), "no code") {
		t.Errorf("error with a wrong code is %v", err)
	}
}

// TestCredentialsThatAreMissing sees that one is told what to run.
func TestCredentialsThatAreMissing(t *testing.T) {
	configured(t)
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1") // nothing may be asked
	for _, c := range []struct {
		name, profile, says string
		class               error
	}{
		{"no credentials", "", `no credentials were found for the profile "default". Run: aws configure`, aws.ErrCredentials},
		{"no such profile", "nobody", `there is no profile "nobody". Choose another one, or run: aws configure --profile nobody`, aws.ErrCredentials},
		{"not signed in", "sso", ". Run: aws sso login --profile sso", aws.ErrCredentials},
		{"a role of one who is not signed in", "sso-role", ". Run: aws sso login --profile sso", aws.ErrCredentials},
		{"no region", "only-keys", `no region is chosen for the profile "only-keys". Pass --region, set AWS_REGION, or run: aws configure --profile only-keys`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sdk.Open(t.Context(), sdk.Options{Profile: c.profile})
			if err == nil || !strings.HasSuffix(err.Error(), c.says) || c.class != nil && !errors.Is(err, c.class) {
				t.Errorf("error is %v, want %s", err, c.says)
			}
		})
	}
}
