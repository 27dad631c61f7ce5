package cloudwatch

import (
	"fmt"
	"testing"
	"time"

	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestFunctionsWithMetrics(t *testing.T) {
	t.Parallel()
	b, service, _ := measuring(t)
	b.Open(nav.Route{Page: metricsID}).Shows("No function has metrics yet.")
	measure(t, service, "CreateThumbnail", noon.Add(-time.Minute), map[string]float64{"Invocations": 1, "Duration": 12, "Errors": 0})
	measure(t, service, "faq", noon.Add(-time.Minute), map[string]float64{"Invocations": 1})
	b.Keys("r").Shows("(2)", "Duration, Errors, Invocations").Keys("/").Keys("f", "a", "q").Shows("(1/2)").Keys("esc")
	b.Press("CreateThumbnail").Press("View graphs")
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: metricsID, Name: "CreateThumbnail"}) {
		t.Errorf("opens %v", got)
	}
}

// chart is what a graph shows under its cursor.
func chart(t *testing.T, b *pagetest.Bench, title string) string {
	t.Helper()
	return b.Zone(title, component.RoleChart).Value
}

func TestGraphsOfAFunction(t *testing.T) {
	t.Parallel()
	b, service, clock := measuring(t)
	b.Width, b.Height = 170, 55
	for n := range 30 {
		at := noon.Add(time.Duration(n-40) * time.Minute)
		measure(t, service, "f", at, map[string]float64{"Invocations": 1, "Errors": float64(n % 4 / 3), "Duration": float64(100 + n), "Throttles": 0, "ConcurrentExecutions": 2})
	}
	measure(t, service, "f", noon.Add(-11*time.Minute), map[string]float64{"Duration": 300})
	b.Open(nav.Route{Page: metricsID, Name: "f"})
	for title, want := range map[string]string{
		"Invocations": "Invocations 1", "Duration": "Minimum 129 ms  Average 214.5 ms  Maximum 300 ms",
		"Error count and success rate (%)": "Errors 0  Success rate (%) 100", "Throttles": "Sum 0", "Iterator age": "", "Concurrent executions": "Maximum 2",
	} {
		if title == "Throttles" {
			want = "Throttles 0"
		}
		if want != "" {
			want = "2026-11-22 11:49:00  " + want
		}
		if got := chart(t, b, title); got != want {
			t.Errorf("%s reads %q, want %q", title, got, want)
		}
	}
	b.Shows("No data available") // of the iterator's age
	b.Choose("Period", "15 minutes")
	if got := chart(t, b, "Invocations"); got != "2026-11-22 11:45:00  Invocations 5" {
		t.Errorf("by 15 minutes: %q", got)
	}
	b.Choose("Time range", "Last 1 week").Choose("Period", "1 minute")
	if why := pagetest.Asked[nav.Notify](b); why.Text != "Too short for this range" {
		t.Errorf("%+v", why)
	}
	if got := chart(t, b, "Invocations"); got != "2026-11-22 11:00:00  Invocations 30" {
		t.Errorf("by the week: %q", got)
	}
	b.Keys("esc").Choose("Time range", "Last 15 minutes").Choose("Period", "1 minute").Shows("Invocations")
	b.Do(b.Zone("Invocations", component.RoleChart).Click(3, 0))
	if got := chart(t, b.Keys("home").Shows("▸ Invocations"), "Invocations"); got != "2026-11-22 11:45:00  Invocations 1" {
		t.Errorf("the cursor reads %q", got)
	}
	if got := chart(t, b.Keys("tab").Shows("▸ Duration"), "Invocations"); got != "2026-11-22 11:45:00  Invocations 1" {
		t.Errorf("without the focus it reads %q", got)
	}
	clock.Pass(time.Hour)
	b.Keys("r").Shows("The function has no data in this range.")
	b.Press("View CloudWatch logs")
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: groupID, Name: "/aws/lambda/f"}) {
		t.Errorf("opens %v", got)
	}
}

func TestFaultsOfMetrics(t *testing.T) {
	t.Parallel()
	b, service, _ := measuring(t)
	measure(t, service, "f", noon.Add(-time.Minute), map[string]float64{"Invocations": 1})
	watched := pagetest.Watch(b.Env.Cloud)
	b.Env.Cloud = watched.Cloud
	for operation, route := range map[string]nav.Route{"ListMetrics": {Page: metricsID}, "GetMetricData": {Page: metricsID, Name: "f"}} {
		watched.Refuse(operation)
		b.Open(route).Shows("The metrics could not be read", "It went wrong")
		watched.Allow()
		b.Keys("r").Lacks("could not be read")
	}
}

// TestPagesFitEverySize draws each page in small and in large.
func TestPagesFitEverySize(t *testing.T) {
	t.Parallel()
	logs, _, _ := lab(t)
	graphs, service, _ := measuring(t)
	measure(t, service, "f", noon.Add(-time.Minute), map[string]float64{"Invocations": 1})
	for _, route := range []nav.Route{
		{Page: groupsID}, {Page: groupID, Name: thumbnails}, {Page: groupID, Name: "none"}, {Page: retentionID, Name: thumbnails},
		{Page: eventsID, Name: thumbnails}, {Page: eventsID, Name: thumbnails, Detail: firstOne}, {Page: eventsID, Name: "/aws/lambda/none"},
		{Page: metricsID}, {Page: metricsID, Name: "f"},
	} {
		b := logs
		if route.Page == metricsID {
			b = graphs
		}
		b.Open(route)
		for _, size := range [][2]int{{20, 5}, {40, 10}, {80, 24}, {170, 55}} {
			b.Width, b.Height = size[0], size[1]
			b.View()
		}
	}
}

// million is a log of so many events.
func million(b *testing.B, n int) *pagetest.Bench {
	b.Helper()
	cloud, clock := sandbox(b)
	makeGroup(b, cloud, "g", "s")
	write(b, cloud, "g", "s", noon.Add(-time.Hour), numbered(0, n)...)
	bench := newBench(b, cloud, clock)
	bench.Width, bench.Height = 170, 55
	return bench
}

// BenchmarkOpenEvents opens logs of different lengths.
func BenchmarkOpenEvents(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			bench := million(b, n)
			b.ReportAllocs()
			for b.Loop() {
				bench.Open(nav.Route{Page: eventsID, Name: "g", Detail: "s"}).View()
			}
		})
	}
}

func BenchmarkEventsView(b *testing.B) {
	bench := million(b, 10_000).Open(nav.Route{Page: eventsID, Name: "g"})
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

func BenchmarkGraphsView(b *testing.B) {
	bench, service, _ := measuring(b)
	for n := range 180 {
		at := noon.Add(time.Duration(-n) * time.Minute)
		measure(b, service, "f", at, map[string]float64{"Invocations": float64(n % 7), "Errors": float64(n % 3), "Duration": float64(n), "Throttles": 1, "ConcurrentExecutions": 2})
	}
	bench.Width, bench.Height = 170, 55
	bench.Open(nav.Route{Page: metricsID, Name: "f"}).Choose("Time range", "Last 3 hours")
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}
