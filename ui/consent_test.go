package ui_test

import (
	"context"
	"errors"
	"testing"

	"awslab/aws"
	"awslab/ui"
)

// account makes the bench's sandbox look like an AWS account.
func account(cloud aws.Cloud) aws.Cloud {
	cloud.Place.Kind, cloud.Place.AccountID, cloud.Place.Endpoint = aws.Account, "123456789012", ""
	return cloud
}

// TestAccount: a console on an AWS account says so first and lasting, and asks
// once before it changes something.
func TestAccount(t *testing.T) {
	t.Parallel()
	b := open(t, setup{account: true})
	b.see("AWS account 123456789012", "Before the first change you are asked", "‼ AWS account", "learn-profile")
	b.do(b.Keys("esc"))
	b.gone("may cost money")
	for _, size := range [][2]int{{40, 10}, {50, 12}, {80, 24}, {170, 50}} {
		b.Resize(size[0], size[1])
		b.see("‼ AWS account")
	}

	b.do(b.Run("open DynamoDB > Tables"))
	create := func(name string) {
		t.Helper()
		b.do(b.Keys("n"))
		b.see("Table name")
		b.Type(name)
		b.do(b.Keys("tab"))
		b.Type("id")
		b.do(b.Keys("ctrl+s"))
	}
	create("Music")
	b.see("Change something in an AWS account?", "dynamodb:CreateTable")
	b.do(b.Keys("esc"))
	b.see("ChangesNotAllowed")
	if b.tables() != 0 {
		t.Fatal("the table was made")
	}
	b.do(b.Keys("ctrl+s"))
	b.see("Allow changes")
	b.do(b.Keys("tab", "enter"))
	b.see("Creating the Music table")
	create("Books") // without a question
	b.see("Creating the Books table")
	if b.tables() != 2 {
		t.Errorf("%d tables", b.tables())
	}
}

func (b *bench) tables() int {
	b.t.Helper()
	out, err := b.cloud.DynamoDB.ListTables(b.t.Context(), aws.ListTablesInput{})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(out.TableNames)
}

// TestConsentEndsWithItsCall: a call that is given up waits for no answer.
func TestConsentEndsWithItsCall(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ui.NewConsent().Permit(ctx, aws.Operation{Name: "PutItem"}); !errors.Is(err, context.Canceled) {
		t.Errorf("it gave %v", err)
	}
}

// TestSwitch goes elsewhere: the program ends, and tells where the user wants to
// go on, and from which pages.
func TestSwitch(t *testing.T) {
	t.Parallel()
	b := open(t, setup{account: true, profiles: []string{"learn-profile", "work"}})
	b.do(b.Keys("esc"))
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("Tables (0)")
	b.do(b.Keys("alt+a"))
	b.see("us-west-2  You are there.", "eu-west-1  Europe (Ireland)")
	b.Type("profile l")
	b.see("Profile learn-profile  again, with its credentials of now")
	for range len("profile l") {
		b.do(b.Keys("backspace"))
	}
	b.Type("profile w")
	b.see("Profile work")
	b.do(b.Keys("enter"))
	if !b.Ended() {
		t.Fatalf("the program goes on\n%s", b.Screen())
	}
	if to := b.console.Elsewhere(); to == nil || *to != (ui.Elsewhere{Profile: "work", Region: "us-west-2"}) {
		t.Errorf("it goes to %+v", to)
	}
	if visits := b.console.Visits(); len(visits) == 0 || visits[len(visits)-1].Page != "dynamodb/tables" {
		t.Errorf("it comes from %v", visits)
	}

	sandbox := open(t, setup{})
	sandbox.do(sandbox.Keys("alt+a"))
	sandbox.see("A sandbox is one place")
}

// TestPlaybackAsksFirst: what plays by itself changes nothing before the user
// has agreed.
func TestPlaybackAsksFirst(t *testing.T) {
	t.Parallel()
	b := open(t, setup{account: true, lab: "dynamodb"})
	b.do(b.Keys("esc"))
	b.gone("may cost money")
	b.do(b.Keys("n"))
	b.see("step 2 of")
	b.do(b.Keys("s"))
	b.see("Allow changes", "is about to be done")
	b.do(b.Keys("esc"))
	b.gone("Allow changes")
	b.do(b.Keys("s"))
	b.see("Allow changes")
	b.do(b.Keys("tab", "enter"))
	b.gone("Allow changes")
	b.see("any key stops")
}
