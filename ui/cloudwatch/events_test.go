package cloudwatch

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestEventsExpandAndCopy(t *testing.T) {
	t.Parallel()
	b, _, _ := lab(t)
	b.Open(nav.Route{Page: eventsID, Name: thumbnails, Detail: secondOne}).Shows("2026-11-22T11:59:00.000Z", "no older or newer events at this moment")
	b.Keys("y")
	if got := pagetest.Asked[nav.Copy](b).Text; got != invocation("2222")[3] {
		t.Errorf("the last event is copied as %q", got)
	}
	b.Keys("up", "up", "enter").Shows("- 2026-11-22T11:59:00.001Z")
	b.Keys("down", "down", "space").Shows("      Billed Duration: 114 ms ", "      Init Duration: 110.10 ms ").Keys("y")
	if got := pagetest.Asked[nav.Copy](b).Text; got != invocation("2222")[3] {
		t.Errorf("a report that is shown whole is copied as %q", got)
	}
	b.Press("Copy all")
	text := pagetest.Asked[nav.Copy](b).Text
	if lines := strings.Split(text, "\n"); len(lines) != 5 || lines[2] != "2026-11-22T11:59:00.002Z\tEND RequestId: 2222" {
		t.Errorf("all events are copied as %q", text)
	}
}

func TestTimezone(t *testing.T) {
	t.Parallel()
	b, _, _ := lab(t)
	b.Env.Now = func() time.Time { return noon.In(time.FixedZone("", 9*60*60)) }
	b.Open(nav.Route{Page: eventsID, Name: thumbnails, Detail: secondOne}).Shows("2026-11-22T20:59:00.000+09:00")
	b.Choose("Timezone", "UTC timezone").Shows("2026-11-22T11:59:00.000Z").Choose("Timezone", "Local timezone").Shows("T20:59:00")
	b.Choose("Time range", "Custom").TypeIn("From", "2026-11-22 20:58").Press("Search").Shows("4 events")
	b.Choose("Timezone", "UTC timezone").Press("Search").Shows("There are no log events in this time range.")
}

func TestFilterPattern(t *testing.T) {
	t.Parallel()
	b, cloud, _ := lab(t)
	b.Open(nav.Route{Page: eventsID, Name: thumbnails}).Shows("8 events", "Log stream:", firstOne)
	b.Keys("/").Shows("JSON").TypeIn("Filter pattern", "REPORT").Keys("enter").Shows("2 events", "REPORT RequestId: 1111").Lacks("START")
	b.TypeIn("Filter pattern", "nothing").Keys("enter").Shows("No events match the filter pattern")
	b.TypeIn("Filter pattern", `"open`).Keys("enter").Shows("InvalidParameterException", "Invalid filter pattern")
	b.Keys("esc").Shows("8 events").Lacks("Invalid")
	b.Keys("end").Shows(secondOne).Press(secondOne)
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: eventsID, Name: thumbnails, Detail: secondOne}) {
		t.Errorf("the stream's link opens %v", got)
	}
	write(t, cloud, thumbnails, firstOne, noon, "{\"level\": \"ERROR\"}")
	b.Open(nav.Route{Page: eventsID, Name: thumbnails, Detail: firstOne}).TypeIn("Filter pattern", `{ $.level = "ERROR" }`).Keys("enter").Shows("1 event")
}

func TestTimeRange(t *testing.T) {
	t.Parallel()
	b, _, _ := lab(t)
	b.Open(nav.Route{Page: eventsID, Name: thumbnails}).Choose("Time range", "Last 1 hour").Shows("4 events", "2222").Lacks("1111")
	b.Choose("Time range", "Last 12 hours").Shows("8 events")
	b.Choose("Time range", "Custom").TypeIn("To", "2026-11-22 11:00:00").Press("Search").Shows("4 events", "1111").Lacks("2222")
	b.TypeIn("From", "yesterday").Press("Search").Shows("From: Write a time like 2026-01-31 16:30:00")
	b.TypeIn("From", "2026-11-22 11:00:00").Press("Search").Shows("It must be later than From")
	b.TypeIn("From", "2026-11-22T10:00:00.001Z").Press("Search").Shows("3 events")
}

// TestLongLogIsHeldInPart walks a log of more events than are held, to both ends.
func TestLongLogIsHeldInPart(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, "g", "s")
	const n = (maxPages + 3) * pageSize
	write(t, cloud, "g", "s", noon.Add(-time.Hour), numbered(0, n)...)
	watched := pagetest.Watch(cloud)
	b := newBench(t, watched.Cloud, clock).Open(nav.Route{Page: eventsID, Name: "g", Detail: "s"})
	b.Shows(fmt.Sprint("event ", n-1), "1000 events", "older ones come when you move up")
	if calls := watched.Count("GetLogEvents"); calls != 1 {
		t.Errorf("it took %d calls to open a log", calls)
	}
	p := pagetest.PageOf[*eventsPage](b)
	held := func() {
		t.Helper()
		if len(p.window.events) > maxPages*pageSize {
			t.Fatalf("%d events are held", len(p.window.events))
		}
		for i := 1; i < len(p.window.events); i++ {
			if !p.window.events[i-1].Time.Before(p.window.events[i].Time) {
				t.Fatalf("events %d and %d are out of order", i-1, i)
			}
		}
	}
	for i := 0; i < 3*maxPages && !p.window.start; i++ {
		p.list.SetCurrent(0)
		b.Do(p.list.Check())
	}
	if held(); !p.window.start || p.window.end {
		t.Errorf("at the front: start %v, end %v", p.window.start, p.window.end)
	}
	b.Keys("end").Shows(fmt.Sprint("event ", n-1))
	b.Keys("home").Shows("event 0 ", "newer ones come when you move down")
	for i := 0; i < 3*maxPages && !p.window.end; i++ {
		p.list.SetCurrent(p.window.Len() - 1)
		b.Do(p.list.Check())
	}
	if held(); p.window.start || !p.window.end || p.window.events[p.window.Len()-1].Message != fmt.Sprint("event ", n-1) {
		t.Errorf("at the end: start %v, end %v, %d held", p.window.start, p.window.end, p.window.Len())
	}
}

// TestFollowing sees new events come, pauses, and goes on.
func TestFollowing(t *testing.T) {
	t.Parallel()
	for name, stream := range map[string]string{"a stream": firstOne, "all streams": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, cloud, clock := lab(t)
			b.Height = 20
			watched := pagetest.Watch(cloud)
			b.Env.Cloud = watched.Cloud
			b.Open(nav.Route{Page: eventsID, Name: thumbnails, Detail: stream}).Lacks("Following").Press("Follow").Shows("● Following", "[ Pause")
			next := func(messages ...string) {
				t.Helper()
				clock.Pass(3 * time.Second)
				write(t, cloud, thumbnails, firstOne, clock.Now(), messages...)
				b.Tick()
			}
			next("hello")
			b.Shows("hello")
			next(numbered(0, 40)...)
			b.Shows("event 39").Keys("up").Shows("[ Follow").Lacks("● Following")
			next("unseen")
			b.Lacks("unseen").Keys("r").Lacks("unseen").Keys("end").Shows("unseen", "● Following")
			next("seen again")
			b.Shows("seen again")
			if screen := b.Text(); strings.Count(screen, "unseen") != 1 {
				t.Errorf("events come twice:\n%s", screen)
			}
			b.Press("Pause")
			b.Tick()
			calls := watched.Count("GetLogEvents") + watched.Count("FilterLogEvents")
			b.Tick()
			if now := watched.Count("GetLogEvents") + watched.Count("FilterLogEvents"); now != calls {
				t.Errorf("a paused page asks on: %d calls more", now-calls)
			}
		})
	}
}

// TestFollowingWaitsWhileHidden: a page behind another one asks for nothing.
func TestFollowingWaitsWhileHidden(t *testing.T) {
	t.Parallel()
	b, cloud, clock := lab(t)
	watched := pagetest.Watch(cloud)
	b.Env.Cloud = watched.Cloud
	b.Open(nav.Route{Page: eventsID, Name: thumbnails, Detail: firstOne}).Press("Follow")
	b.View()
	b.Tick()
	calls := watched.Count("GetLogEvents")
	for range 3 {
		b.Tick()
	}
	if now := watched.Count("GetLogEvents"); now != calls {
		t.Errorf("%d calls while nobody looks", now-calls)
	}
	clock.Pass(time.Minute)
	write(t, cloud, thumbnails, firstOne, clock.Now(), "meanwhile")
	b.Do(b.Page.Init())
	b.Shows("meanwhile")
	write(t, cloud, thumbnails, firstOne, clock.Now(), "afterwards")
	b.Tick()
	b.Shows("afterwards")
}

// TestFollowAcrossStreams takes an event that another stream wrote late.
func TestFollowAcrossStreams(t *testing.T) {
	t.Parallel()
	b, cloud, clock := lab(t)
	b.Open(nav.Route{Page: eventsID, Name: thumbnails}).Press("Follow")
	clock.Pass(time.Minute)
	write(t, cloud, thumbnails, firstOne, clock.Now(), "first")
	b.Tick()
	b.Shows("first")
	write(t, cloud, thumbnails, secondOne, clock.Now().Add(-5*time.Second), "late")
	b.Tick()
	b.Shows("late").Tick()
	if screen := b.Shows("first", "late", "10 events").Text(); strings.Count(screen, "late") != 1 {
		t.Errorf("events come twice:\n%s", screen)
	}
}

// TestSearchGoesOn: a page of a search may be empty and not the last one.
func TestSearchGoesOn(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, "g", "s")
	write(t, cloud, "g", "s", noon.Add(-time.Hour), "needle one")
	scripted := &sparse{Logs: cloud.Logs, empty: 3}
	cloud.Logs = scripted
	newBench(t, cloud, clock).Open(nav.Route{Page: eventsID, Name: "g"}).Shows("needle one", "1 event")
	if scripted.asked != 4 {
		t.Errorf("%d calls", scripted.asked)
	}
}

// TestStreamGoesOn: a page of a stream may be empty and not the last one, too.
func TestStreamGoesOn(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, "g", "s")
	write(t, cloud, "g", "s", noon.Add(-time.Hour), "needle one")
	scripted := &sparse{Logs: cloud.Logs, empty: 3}
	cloud.Logs = scripted
	b := newBench(t, cloud, clock).Open(nav.Route{Page: eventsID, Name: "g", Detail: "s"}).Shows("needle one", "no older or newer events")
	write(t, cloud, "g", "s", noon, "needle two")
	b.Keys("r").Shows("2 events", "needle two")
}

// TestStop: a search that was stopped goes on only when it is asked to.
func TestStop(t *testing.T) {
	t.Parallel()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, "g", "s")
	write(t, cloud, "g", "s", noon.Add(-time.Hour), "needle one")
	watched := pagetest.Watch(cloud)
	b := newBench(t, watched.Cloud, clock).Open(nav.Route{Page: eventsID, Name: "g"})
	underWay := pagetest.PageOf[*eventsPage](b).search()
	b.Shows("◌ Searching").Press("Stop").Shows("Stopped: the search did not get to the end", "Nothing was found before")
	b.Do(underWay)
	b.Lacks("needle").Keys("down", "end").Lacks("needle", "[ Stop")
	b.Keys("r").Shows("needle one").Lacks("Stopped")
}

// sparse is logs whose first pages are empty.
type sparse struct {
	aws.Logs
	asked, empty int
}

func (s *sparse) FilterLogEvents(ctx context.Context, in aws.FilterLogEventsInput) (aws.FilterLogEventsOutput, error) {
	if s.asked++; s.asked <= s.empty {
		return aws.FilterLogEventsOutput{NextToken: fmt.Sprint("page ", s.asked)}, nil
	}
	in.NextToken = ""
	return s.Logs.FilterLogEvents(ctx, in)
}

func (s *sparse) GetLogEvents(ctx context.Context, in aws.GetLogEventsInput) (aws.GetLogEventsOutput, error) {
	if s.asked++; s.asked <= s.empty {
		return aws.GetLogEventsOutput{NextForwardToken: fmt.Sprint("f/", s.asked), NextBackwardToken: fmt.Sprint("b/", s.asked)}, nil
	}
	if s.asked == s.empty+1 {
		in.NextToken = ""
	}
	return s.Logs.GetLogEvents(ctx, in)
}
