package lambda

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/store"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestPagesFitEverySize draws each page in small and in large; the bench checks
// the measures.
func TestPagesFitEverySize(t *testing.T) {
	t.Parallel()
	_, b := triggered(t)
	routes := []nav.Route{{Page: functionsID}, {Page: createID}}
	for _, id := range []string{addTriggerID, editGeneralID, editRuntimeID, editEnvironmentID, editConcurrencyID, editAsyncID} {
		routes = append(routes, nav.Route{Page: id, Name: "Create-Thumbnail"})
	}
	for _, detail := range []string{"", "monitor", "configuration"} {
		routes = append(routes, nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: detail})
	}
	for _, s := range sections {
		routes = append(routes, nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration/" + s.name})
	}
	for _, route := range routes {
		b.Open(route)
		for _, size := range [][2]int{{30, 8}, {60, 18}, {80, 24}, {100, 60}, {170, 55}} {
			b.Width, b.Height = size[0], size[1]
			if strings.TrimSpace(b.Text()) == "" {
				t.Errorf("%v is empty at %v", route, size)
			}
		}
	}
}

// TestFunctionThatIsGone says so.
func TestFunctionThatIsGone(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t)).Open(nav.Route{Page: functionID, Name: "none"})
	b.Shows("The function could not be read", "ResourceNotFoundException", "Function not found")
}

func TestListsThatFail(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	w.Refuse("ListFunctions")
	b := newBench(t, w.Cloud).Open(nav.Route{Page: functionsID}).Shows("The functions could not be read", "It went wrong")
	w.Allow()
	b.Keys("r").Shows("Functions (0)", "Create function").Lacks("could not be read")
	makeFunction(t, w.Cloud, "one")
	makeFunction(t, w.Cloud, "two")
	b.Keys("r").Shows("Functions (2)").Keys("/", "t", "w").Shows("Functions (1/2)").Lacks("one").Keys("esc").Shows("Functions (2)")
	w.Refuse("DeleteFunction")
	b.Keys("d").Confirm().Shows("Functions (2)")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Failure {
		t.Errorf("%+v", told)
	}
	w.Refuse("ListRoles")
	b.Open(nav.Route{Page: createID}).Press("Change default execution role").Press("Use an existing role").Shows("The roles could not be read")
}

func TestActions(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "f")
	b := newBench(t, cloud).Open(nav.Route{Page: functionID, Name: "f"})
	b.Keys("y")
	if got := pagetest.Asked[nav.Copy](b); got.Text != configuration(t, cloud, "f").FunctionArn {
		t.Errorf("%+v", got)
	}
	b.Press("Actions").Pick("Delete function").Confirm()
	if to := pagetest.Asked[nav.Replace](b).Route; to.Page != functionsID {
		t.Errorf("%+v", to)
	}
}

// TestMonitor shows metrics of the function, reads them again every minute while
// it is looked at, and by another span.
func TestMonitor(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 30, 20, 0, time.UTC)
	w := pagetest.Watch(withMetrics(t, sandbox(t), now))
	makeFunction(t, w.Cloud, "f")
	b := newBench(t, w.Cloud)
	b.Env.Now = func() time.Time { return now }
	b.Width, b.Height = 160, 55
	b.Open(nav.Route{Page: functionID, Name: "f", Detail: "monitor"})
	b.Shows("Invocations", "Duration", "Error count and success rate (%)", "Throttles", "Iterator age", "Concurrent executions", "View CloudWatch logs", "No data available")
	if got := b.Zone("Duration", component.RoleChart).Value; !strings.Contains(got, "Minimum 10 ms  Average 20 ms  Maximum 30 ms") {
		t.Errorf("Duration reads %q", got)
	}
	if got := b.Zone("Error count", component.RoleChart).Value; !strings.Contains(got, "Errors 1  Success rate (%) 75") {
		t.Errorf("Errors read %q", got)
	}
	reads := w.Count("GetMetricData")
	b.Tick()
	if w.Count("GetMetricData") != reads+1 {
		t.Error("they were not read again")
	}
	b.Tick() // nobody looked since
	if w.Count("GetMetricData") != reads+1 {
		t.Error("they are read though nobody looks")
	}
	b.Press("12h")
	if w.Count("GetMetricData") != reads+2 {
		t.Error("another span reads nothing")
	}
	b.Press("View CloudWatch logs")
	if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: "cloudwatch/log-group", Name: "/aws/lambda/f"}) {
		t.Errorf("%+v", to)
	}
	w.Refuse("GetMetricData")
	b.Keys("r").Shows("The metrics could not be read")
}

func BenchmarkFunctionsView(b *testing.B) {
	bench := newBench(b, sandbox(b))
	bench.Open(nav.Route{Page: functionsID})
	viewed(b, bench)
}

func BenchmarkMonitorView(b *testing.B) {
	now := time.Date(2026, 11, 22, 12, 30, 20, 0, time.UTC)
	cloud := withMetrics(b, sandbox(b), now)
	makeFunction(b, cloud, "f")
	bench := newBench(b, cloud)
	bench.Env.Now = func() time.Time { return now }
	bench.Open(nav.Route{Page: functionID, Name: "f", Detail: "monitor"})
	viewed(b, bench)
}

func BenchmarkTriggersView(b *testing.B) {
	_, bench := triggered(b)
	bench.Open(nav.Route{Page: functionID, Name: "Create-Thumbnail", Detail: "configuration/triggers"})
	viewed(b, bench)
}

func BenchmarkCreateView(b *testing.B) {
	bench := newBench(b, sandbox(b))
	bench.Open(nav.Route{Page: createID})
	viewed(b, bench)
}

func viewed(b *testing.B, bench *pagetest.Bench) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

// withMetrics gives a Cloud the metrics of a function f that ran four times in
// each of the last 15 minutes, and failed once.
func withMetrics(t testing.TB, cloud aws.Cloud, now time.Time) aws.Cloud {
	t.Helper()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	service := cloudwatch.New(st, cloudwatch.Config{Now: func() time.Time { return now }, Random: rand.Uint64})
	dimensions := []aws.Dimension{{Name: "FunctionName", Value: "f"}}
	var data []cloudwatch.Datum
	for minute := range 15 {
		for i, failed := range []float64{0, 0, 0, 1} {
			for name, value := range map[string]float64{"Invocations": 1, "Errors": failed, "Duration": []float64{10, 20, 20, 30}[i], "ConcurrentExecutions": 1} {
				data = append(data, cloudwatch.Datum{Namespace: "AWS/Lambda", Name: name, Dimensions: dimensions, Time: now.Add(-time.Duration(minute) * time.Minute), Value: value})
			}
		}
	}
	if err := service.Record(data...); err != nil {
		t.Fatal(err)
	}
	cloud.CloudWatch = service
	return cloud
}
