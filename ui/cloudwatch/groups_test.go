package cloudwatch

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestFromGroupToEvents walks the lab's path.
func TestFromGroupToEvents(t *testing.T) {
	t.Parallel()
	b, _, _ := lab(t)
	b.Open(nav.Route{Page: groupsID}).Shows("Log groups (1)", thumbnails, "Never expire", "Standard")
	b.Keys("enter").Follow().Shows("Log streams (2)", "Function: ", "CreateThumbnail", "arn:aws:logs:", "2026-11-22 11:59:00")
	if screen := b.Text(); strings.Index(screen, secondOne) > strings.Index(screen, firstOne) {
		t.Errorf("the newest stream is not the first:\n%s", screen)
	}
	b.Keys("enter").Follow().Shows("START RequestId: 2222 Version: $LATEST", "REPORT RequestId: 2222", "4 events").Lacks("1111")
	b.Open(nav.Route{Page: groupID, Name: thumbnails}).Press("CreateThumbnail")
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: "lambda/function", Name: "CreateThumbnail"}) {
		t.Errorf("the function's link opens %v", got)
	}
	b.Press("Search all log streams").Follow().Shows("8 events", "REPORT RequestId: 1111", "REPORT RequestId: 2222")
}

// TestGroupsComeByPages has more groups than a page, and finds one on the last.
func TestGroupsComeByPages(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	for n := range 120 {
		makeGroup(t, cloud, fmt.Sprintf("/aws/lambda/f%03d", n))
	}
	watched := pagetest.Watch(cloud)
	b := newBench(t, watched.Cloud, clock).Open(nav.Route{Page: groupsID}).Shows("Log groups (50+)", "f000")
	if n := watched.Count("DescribeLogGroups"); n != 1 {
		t.Errorf("%d calls show the first page", n)
	}
	b.Keys("end").Shows("Log groups (100+)").Keys("end", "end").Shows("Log groups (120)", "f119")
	b.Keys("r").Shows("Log groups (120)", "f119")
	b.Open(nav.Route{Page: groupsID}).Keys("/").Keys("1", "1", "9").Shows("Log groups (1/120)", "f119")
	b.Keys("x").Shows(`Nothing here contains "119x".`).Keys("esc").Shows("Log groups (120)")
}

func TestRetention(t *testing.T) {
	t.Parallel()
	b, cloud, _ := lab(t)
	b.Open(nav.Route{Page: groupsID}).Press("Edit retention setting").Follow()
	b.Choose("Expire events after", "1 week (7 days)")
	if b.Page.Unsaved() == "" {
		t.Error("a changed setting can be left without a word")
	}
	b.Press("Save")
	pagetest.Asked[nav.Back](b)
	if b.Page.Unsaved() != "" {
		t.Error("the setting is saved, but would be lost")
	}
	b.Open(nav.Route{Page: groupID, Name: thumbnails}).Shows("1 week (7 days)")
	b.Press("Edit retention setting").Follow().Choose("Expire events after", "Never expire").Press("Save")
	out, err := cloud.Logs.DescribeLogGroups(t.Context(), aws.DescribeLogGroupsInput{})
	if err != nil || out.LogGroups[0].RetentionInDays != 0 {
		t.Errorf("%v, %v", out, err)
	}
	b.Open(nav.Route{Page: retentionID, Name: "none"}).Shows("The specified log group does not exist.", "( Save")
}

func TestRetentionNames(t *testing.T) {
	t.Parallel()
	want := []string{
		"1 day", "3 days", "5 days", "1 week (7 days)", "2 weeks (14 days)", "1 month (30 days)", "2 months (60 days)", "3 months (90 days)",
		"4 months (120 days)", "5 months (150 days)", "6 months (180 days)", "12 months (365 days)", "13 months (400 days)",
		"18 months (545 days)", "2 years (731 days)", "3 years (1096 days)", "5 years (1827 days)", "6 years (2192 days)",
		"7 years (2557 days)", "8 years (2922 days)", "9 years (3288 days)", "10 years (3653 days)",
	}
	for i, days := range aws.RetentionDays() {
		if got := retentionName(days); got != want[i] {
			t.Errorf("%d days are %q, want %q", days, got, want[i])
		}
	}
}

func TestDeleting(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, "a", "one", "two", "three")
	makeGroup(t, cloud, "b")
	makeGroup(t, cloud, "c")
	watched := pagetest.Watch(cloud)
	b := newBench(t, watched.Cloud, clock).Open(nav.Route{Page: groupID, Name: "a"}).Shows("Log streams (3)")
	b.Press("one").Press("Delete log stream(s)")
	if ask := pagetest.Asked[nav.Confirm](b); !strings.Contains(ask.Title, "log stream one") {
		t.Errorf("%+v", ask)
	}
	b.Confirm().Shows("Log streams (2)").Lacks("one ")
	b.Press("two").Press("three").Keys("d") // their boxes
	if ask := pagetest.Asked[nav.Confirm](b); ask.Title != "Delete 2 log streams?" {
		t.Errorf("%+v", ask)
	}
	b.Confirm().Shows("The log group has no log streams.")
	watched.Refuse("DeleteLogGroup")
	b.Press("Delete log group").Confirm()
	if failure := pagetest.Asked[nav.Notify](b); failure.Level != nav.Failure || !strings.Contains(failure.Err.Error(), "It went wrong") {
		t.Errorf("%+v", failure)
	}
	watched.Allow()
	b.Press("Delete log group").Confirm()
	if got := pagetest.Asked[nav.Replace](b).Route.Page; got != groupsID {
		t.Errorf("after the deletion: %s", got)
	}
	b.Open(nav.Route{Page: groupsID}).Shows("Log groups (2)").Keys("space", "down", "space", "d").Confirm().Shows("There are no log groups in this Region.")
}

// TestMissingGroupIsExplained: a function that has not logged has no group.
func TestMissingGroupIsExplained(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	b := newBench(t, cloud, clock)
	for _, route := range []nav.Route{
		{Page: groupID, Name: thumbnails}, {Page: eventsID, Name: thumbnails}, {Page: eventsID, Name: thumbnails, Detail: firstOne},
	} {
		b.Open(route).Shows("The specified log group does not exist.", "first writes to its log", "logs:CreateLogGroup", "AWSLambdaBasicExecutionRole")
	}
	b.Open(nav.Route{Page: groupID, Name: thumbnails})
	makeGroup(t, cloud, thumbnails, firstOne)
	b.Keys("r").Shows("Log streams (1)").Lacks("does not exist")
	b.Width = 140
	b.Open(nav.Route{Page: eventsID, Name: thumbnails, Detail: "gone"}).Shows("The specified log stream does not exist.").Lacks("first writes to its log")
	b.Open(nav.Route{Page: groupID, Name: "own"}).Shows("The specified log group does not exist.").Lacks("Lambda makes it")
}

func TestFaultsOfLists(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, "a", "s")
	watched := pagetest.Watch(cloud)
	b := newBench(t, watched.Cloud, clock)
	watched.Refuse("DescribeLogGroups")
	b.Open(nav.Route{Page: groupsID}).Shows("The log groups could not be read", "It went wrong")
	watched.Allow()
	b.Keys("r").Shows("Log groups (1)").Lacks("could not be read")
	watched.Refuse("DescribeLogStreams")
	b.Open(nav.Route{Page: groupID, Name: "a"}).Shows("The log streams could not be read")
	watched.Refuse("PutRetentionPolicy")
	b.Open(nav.Route{Page: retentionID, Name: "a"}).Choose("Expire events after", "1 day").Press("Save").Shows("The retention setting was not changed")
	watched.Refuse("GetLogEvents")
	b.Open(nav.Route{Page: eventsID, Name: "a", Detail: "s"}).Shows("The log events could not be read")
	watched.Allow()
	write(t, cloud, "a", "s", noon.Add(-time.Hour), "hello")
	b.Keys("r").Shows("hello").Lacks("could not be read")
}
