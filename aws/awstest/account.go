package awstest

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
)

// Account is a Cloud that holds other things than the suite's, which are to stay as
// they are.
type Account struct {
	Cloud aws.Cloud
	// Record is the path of the file in which is written down what is made, before it
	// is. What it says when a run begins is what a killed run left behind, and is
	// deleted: there can be one run at a time on one record.
	Record string
	// Run is in all names that the run gives; six random letters and digits unless
	// given, of small letters and digits.
	Run string
	// Now is the clock that Wait moves; time.Now unless given.
	Now func() time.Time
	// Wait lets some time pass; it sleeps for a second unless given.
	Wait func()
	// Interrupted ends the run, if it is given and closed: tests fail, and what they
	// made is deleted.
	Interrupted <-chan struct{}
}

// errInterrupted is how a call fails when the run was interrupted.
var errInterrupted = errors.New("the run was interrupted")

// nameMark begins the names of all that is made in an account.
const nameMark = "awslab"

// Tenants makes room for tests in an account: what it returns gives each test what
// looks like an account of its own, for Run and RunInTurn. The things that a test
// makes are deleted at its end, those that an earlier run left before the first one,
// and what then still has the run's name when t ends. What cannot be deleted fails
// the tests, and stays in the record.
func Tenants(t *testing.T, account Account) func(*testing.T) Fixture {
	t.Helper()
	if account.Now == nil {
		account.Now = time.Now
	}
	if account.Wait == nil {
		account.Wait = func() { time.Sleep(time.Second) }
	}
	if account.Run == "" {
		account.Run = strings.ToLower(rand.Text()[:6])
	}
	place := account.Cloud.Place
	record, err := openRecord(account.Record, place.AccountID, place.Region)
	if err != nil {
		t.Fatal(err)
	}
	all := &tenancy{account: account, record: record}
	t.Cleanup(func() {
		all.sweep(t)
		if err := record.close(); err != nil {
			t.Error(err)
		}
	})
	if left := record.remaining(); len(left) > 0 {
		t.Logf("deleting what an earlier run left behind, by %s: %v", account.Record, left)
		all.delete(t, left)
	}
	return all.open
}

// tenancy is a run of the suite on an account.
type tenancy struct {
	account Account
	record  *record
	tenants atomic.Int64
}

// open gives a test its part of the account.
func (a *tenancy) open(t *testing.T) Fixture {
	here := a.tenant()
	t.Cleanup(func() { a.delete(t, here.made) })
	return Fixture{Cloud: here.cloud(), Wait: a.account.Wait, Hurries: true}
}

// tenant is the run's next tenant.
func (a *tenancy) tenant() *tenant {
	number := "00" + strconv.FormatInt(a.tenants.Add(1), 36)
	here := &tenant{tenancy: a, since: make(map[string]time.Time)}
	here.names.mark = a.mark() + number[len(number)-3:]
	return here
}

// mark is in all names of the run.
func (a *tenancy) mark() string { return nameMark + a.account.Run }

// interrupted reports whether the run is to end.
func (a *tenancy) interrupted() bool {
	select {
	case <-a.account.Interrupted:
		return true
	default:
		return false
	}
}

// wait lets some time pass, unless the context or the run is over.
func (a *tenancy) wait(ctx context.Context) error {
	if a.interrupted() {
		return errInterrupted
	}
	a.account.Wait()
	return ctx.Err()
}

// site is where the run's things are deleted, interrupted or not.
func (a *tenancy) site() site {
	return site{a.account.Cloud, func(ctx context.Context) error {
		a.account.Wait()
		return ctx.Err()
	}}
}

// delete deletes things, and fails the test if one cannot be.
func (a *tenancy) delete(t *testing.T, things []thing) {
	t.Helper()
	for _, left := range a.site().delete(context.WithoutCancel(t.Context()), things, a.record.deleted) {
		t.Errorf("%s could not be deleted: %v", left.thing, left.err)
	}
}

// sweep deletes what still has the run's name in the end: the log group that a
// function wrote to after it was deleted, or what no test knew of.
func (a *tenancy) sweep(t *testing.T) {
	t.Helper()
	here := a.site()
	ctx := context.WithoutCancel(t.Context())
	for range patience {
		left, err := here.left(ctx, a.mark())
		if err != nil {
			t.Errorf("what the run left could not be listed: %v", err)
			return
		}
		if len(left) == 0 {
			return
		}
		if undeleted := here.delete(ctx, left, a.record.deleted); len(undeleted) > 0 {
			t.Errorf("the run leaves behind: %v", undeleted)
			return
		}
		if err := here.wait(ctx); err != nil {
			t.Error(err)
			return
		}
	}
	t.Errorf("things of the run %s come back", a.account.Run)
}
