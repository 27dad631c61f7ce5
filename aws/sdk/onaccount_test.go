package sdk_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"awslab/aws/awstest"
	"awslab/aws/sdk"
)

// The flags of the contract on an AWS account; see package awstest.
var (
	onAccount  = flag.String("account", "", "run TestContractOnAccount on the AWS account of this `number`, with the credentials that the AWS CLI would use")
	atEndpoint = flag.String("endpoint-url", "", "with -account, ask this `URL` instead of AWS")
	recordPath = flag.String("record", "", "with -account, the `file` in which is written down what is made; one in the user's cache folder unless given")
)

// What a run on AWS takes, by the calls that the suite makes on a sandbox.
const (
	accountTakes = time.Hour // is to be left for it
	accountCosts = "It makes some 7,000 requests, more where AWS is slow, and about 60 tables, 50 buckets, 30 functions, 40 APIs, 50 roles, 25 policies and " +
		"20 log groups for a few minutes each: by its prices well under one US dollar. It takes more than 20 minutes, since API Gateway deletes one API in half a minute."
)

// onAccountOnly is the form of -run with -account.
var onAccountOnly = regexp.MustCompile(`^\^?TestContractOnAccount\$?(/|$)`)

// askedForAccount reports whether an account is to be used, and if so whether as it
// has to be.
func askedForAccount() (bool, error) {
	if *onAccount == "" {
		return false, nil
	}
	if run := flag.Lookup("test.run").Value.String(); !onAccountOnly.MatchString(run) {
		return true, errors.New("-account goes with -run TestContractOnAccount; the other tests are not for accounts")
	}
	if os.Getenv("CI") != "" {
		return true, errors.New("-account is not for CI: it changes an AWS account, and costs money")
	}
	return true, nil
}

// TestContractOnAccount has an AWS account keep the contract, when -account says
// which. Without it there is nothing to do.
func TestContractOnAccount(t *testing.T) {
	if *onAccount == "" {
		return
	}
	if !testing.Verbose() {
		t.Fatal("pass -v: the run says what it does and costs before it begins")
	}
	if end, ok := t.Deadline(); ok && time.Until(end) < accountTakes {
		t.Fatalf("pass -timeout 0: the run may take %v, and what is killed deletes nothing", accountTakes)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second one kills
	t.Cleanup(stop)
	account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: *atEndpoint})
	if err != nil {
		t.Fatal(err)
	}
	place := account.Cloud.Place
	if place.AccountID != *onAccount {
		t.Fatalf("the credentials are of account %s (%s), not of %s", place.AccountID, place.ARN, *onAccount)
	}
	path := *recordPath
	if path == "" {
		folder, err := os.UserCacheDir()
		if err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(folder, "awslab", fmt.Sprintf("contract-%s-%s.jsonl", place.AccountID, place.Region))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("running on account %s in %s as %s; the record is %s. %s", place.AccountID, place.Region, place.ARN, path, accountCosts)
	for _, e := range awstest.Exceptions() {
		t.Logf("not run: %s: %s", e.Test, e.Reason)
	}
	awstest.Run(t, awstest.Tenants(t, awstest.Account{Cloud: account.Cloud, Record: path, Interrupted: ctx.Done()}))
}

// TestOnAccountOnly checks that -account goes with no -run that other tests match.
func TestOnAccountOnly(t *testing.T) {
	t.Parallel()
	for run, want := range map[string]bool{
		"TestContractOnAccount": true, "^TestContractOnAccount$": true, "TestContractOnAccount/iam:": true, "^TestContractOnAccount$/^s3:": true,
		"": false, "Contract": false, "TestContract": false, "TestContractOnAccount|TestContract": false, "TestContractOnAccounts": false,
	} {
		if got := onAccountOnly.MatchString(run); got != want {
			t.Errorf("-run %q with -account: %v, want %v", run, got, want)
		}
	}
}
