package lambda

import (
	"context"
	"errors"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestSettingsOfTheLab changes the handler and the description as the lab does.
func TestSettingsOfTheLab(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "Create-Thumbnail")
	b := newBench(t, cloud).Open(nav.Route{Page: editRuntimeID, Name: "Create-Thumbnail"})
	b.TypeIn("Handler", "CreateThumbnail.handler").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration"}).Shows("General configuration", "128 MB", "0 min 3 sec")
	b.Press("Edit").Follow()
	b.TypeIn("Description", "Create a thumbnail-sized image")
	if b.Page.Unsaved() == "" {
		t.Error("the change can be left without a word")
	}
	b.Press("Save")
	if b.Page.Unsaved() != "" {
		t.Error("what was saved counts as unsaved")
	}
	c := configuration(t, cloud, "Create-Thumbnail")
	if c.Handler != "CreateThumbnail.handler" || c.Description != "Create a thumbnail-sized image" || c.MemorySize != 128 || c.Timeout != 3 {
		t.Errorf("%+v", c)
	}
	b.Open(nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration"}).Shows("Create a thumbnail-sized image")
}

func TestGeneralSettings(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	b := newBench(t, cloud).Open(nav.Route{Page: editGeneralID, Name: "f"})
	b.TypeIn("Memory (MB)", "64").Press("Save").Shows("Memory (MB): Enter a whole number from 128 to 10240")
	b.TypeIn("Memory (MB)", "256").TypeIn("Timeout (min)", "15").TypeIn("Timeout (sec)", "1").Press("Save").Shows("Timeout: from 1 second to 15 minutes")
	b.TypeIn("Timeout (min)", "1").TypeIn("Ephemeral storage (MB)", "1024").Choose("Existing role", "lambda-basic-execution").Press("Save")
	pagetest.Asked[nav.Back](b)
	c := configuration(t, cloud, "f")
	if c.MemorySize != 256 || c.Timeout != 61 || c.EphemeralStorage.Size != 1024 || roleName(c.Role) != "lambda-basic-execution" {
		t.Errorf("%+v", c)
	}
}

// TestNothingChanged: saving what is there calls nothing.
func TestNothingChanged(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	makeFunction(t, w.Cloud, "f")
	for _, id := range []string{editGeneralID, editRuntimeID, editEnvironmentID} {
		b := newBench(t, w.Cloud).Open(nav.Route{Page: id, Name: "f"}).Press("Save")
		pagetest.Asked[nav.Back](b)
	}
	if n := w.Count("UpdateFunctionConfiguration"); n != 0 {
		t.Errorf("%d updates", n)
	}
}

// TestSaveWaits until the change that is under way is done.
func TestSaveWaits(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	makeFunction(t, w.Cloud, "f")
	w.Fail(func(operation string, _ any) error {
		if operation == "UpdateFunctionConfiguration" {
			return &aws.Error{Operation: operation, Code: "ResourceConflictException", Message: "An update is in progress"}
		}
		return nil
	})
	b := newBench(t, w.Cloud).Open(nav.Route{Page: editRuntimeID, Name: "f"}).TypeIn("Handler", "a.b").Press("Save").Shows("Waiting until the change")
	w.Allow()
	b.Tick()
	pagetest.Asked[nav.Back](b)
	if c := configuration(t, w.Cloud, "f"); c.Handler != "a.b" {
		t.Errorf("%+v", c)
	}
}

// TestSaveGivesUp at last, and says why.
func TestSaveGivesUp(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	makeFunction(t, w.Cloud, "f")
	b := newBench(t, w.Cloud).Open(nav.Route{Page: editRuntimeID, Name: "f"})
	w.Fail(func(operation string, _ any) error {
		return &aws.Error{Operation: operation, Code: "ResourceConflictException", Message: "An update is in progress"}
	})
	b.TypeIn("Handler", "a.b").Press("Save")
	for range 20 {
		b.Tick()
	}
	b.Shows("The settings were not saved", "An update is in progress").Lacks("Waiting until")
}

func TestHandlersAreChecked(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	b := newBench(t, cloud).Open(nav.Route{Page: editRuntimeID, Name: "f"})
	b.TypeIn("Handler", "").Press("Save").Shows("Handler: Enter a handler")
	b.TypeIn("Handler", "a b").Press("Save").Shows("Handler: A handler has no spaces")
}

func TestEnvironmentVariables(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	b := newBench(t, cloud).Open(nav.Route{Page: editEnvironmentID, Name: "f"}).Shows("No environment variables")
	b.Press("Add environment variable").TypeIn("Key", "1x").TypeIn("Value", "128").Press("Save").Shows("Key: Keys start with a letter")
	b.TypeIn("Key", "SIZE").Press("Add environment variable").TypeIn("Key", "SIZE").Press("Save").Shows("SIZE is there twice")
	b.TypeIn("Key", "AWS_REGION").Press("Save").Shows("InvalidParameterValueException", "reserved")
	b.Press("Remove").Press("Save")
	pagetest.Asked[nav.Back](b)
	if e := configuration(t, cloud, "f").Environment; e == nil || len(e.Variables) != 1 || e.Variables["SIZE"] != "128" {
		t.Errorf("%+v", e)
	}
	b.Open(nav.Route{Page: functionID, Name: "f", Detail: "configuration/environment"}).Shows("Environment variables (1)", "SIZE", "128")
}

func TestConcurrency(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	show := nav.Route{Page: functionID, Name: "f", Detail: "configuration/concurrency"}
	edit := nav.Route{Page: editConcurrencyID, Name: "f"}
	b := newBench(t, cloud).Open(show).Shows("Use unreserved account concurrency")
	b.Open(edit).Press("Reserve concurrency").Press("Save").Shows("Reserved concurrency: Enter a whole number")
	b.TypeIn("Reserved concurrency", "5").Press("Save")
	b.Open(show).Shows("Reserved concurrency: 5")
	b.Open(edit).TypeIn("Reserved concurrency", "0").Press("Save")
	b.Open(show).Shows("Reserved concurrency: 0", "never run")
	b.Open(edit).Press("Use unreserved account concurrency").Press("Save")
	b.Open(show).Shows("Use unreserved account concurrency")
}

func TestAsynchronousInvocation(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	show := nav.Route{Page: functionID, Name: "f", Detail: "configuration/async"}
	edit := nav.Route{Page: editAsyncID, Name: "f"}
	b := newBench(t, cloud).Open(show).Shows("6 h 0 min 0 sec", "Retry attempts")
	b.Open(edit).TypeIn("(min)", "1").Press("Save").Shows("from 1 minute to 6 hours")
	b.TypeIn("Maximum age of event (h)", "0").TypeIn("(min)", "2").TypeIn("(sec)", "3").Choose("Retry attempts", "0").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(show).Shows("0 h 2 min 3 sec")
	if a, err := readAsync(context.Background(), cloud.Lambda, "f"); err != nil || a != (asynchronous{123, 0}) {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestSettingsThatCannotBeRead say so, and cannot be saved.
func TestSettingsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	for _, id := range []string{editGeneralID, editRuntimeID, editEnvironmentID, editConcurrencyID} {
		b := newBench(t, cloud).Open(nav.Route{Page: id, Name: "none"})
		b.Shows("ResourceNotFoundException").Press("Save")
		if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Information {
			t.Errorf("%s: %+v", id, told)
		}
	}
}

func TestTimesInWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 13, 43, 15, 0, time.UTC)
	for before, want := range map[time.Duration]string{
		0: "just now", time.Second: "1 second ago", 90 * time.Second: "1 minute ago", 5 * time.Hour: "5 hours ago", 800 * 24 * time.Hour: "2 years ago", -time.Hour: "just now",
	} {
		if got := ago(now, now.Add(-before).Format("2006-01-02T15:04:05.000-0700")); got != want {
			t.Errorf("%v: %q", before, got)
		}
	}
	if got := ago(now, "yesterday"); got != "yesterday" {
		t.Errorf("%q", got)
	}
}

// broken has no randomness.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("out of luck") }

func TestNoRandomness(t *testing.T) {
	t.Parallel()
	cloud, _ := triggered(t)
	if err := addS3Trigger(t.Context(), cloud, broken{}, "Create-Thumbnail", source, aws.LambdaFunctionConfiguration{}); err == nil {
		t.Error("a trigger without an id was made")
	}
	if _, err := makeRole(t.Context(), cloud.IAM, broken{}, "f"); err == nil {
		t.Error("a role without a name was made")
	}
}
