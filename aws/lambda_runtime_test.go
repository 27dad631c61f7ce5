package aws_test

import (
	"slices"
	"testing"
	"time"

	"awslab/aws"
)

func TestLambdaRuntimes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var shown []aws.Runtime
	seen := map[aws.Runtime]bool{}
	for _, r := range aws.LambdaRuntimes() {
		if seen[r.Name] || r.Label == "" || r.Deprecation.IsZero() {
			t.Errorf("%+v is there twice, or without label or date", r)
		}
		seen[r.Name] = true
		if !r.CreateBlocked.IsZero() && r.CreateBlocked.Before(r.Deprecation) || !r.UpdateBlocked.IsZero() && r.UpdateBlocked.Before(r.CreateBlocked) {
			t.Errorf("%s is blocked in an order that makes no sense: %+v", r.Name, r)
		}
		if r.Shown(now) {
			shown = append(shown, r.Name)
		}
	}
	want := []aws.Runtime{
		"nodejs24.x", "nodejs22.x", "python3.14", "python3.13", "python3.12", "python3.11", "java25", "java21", "java17", "java11", "java8.al2",
		"dotnet10", "ruby4.0", "ruby3.4", "ruby3.3", "provided.al2023",
	}
	if !slices.Equal(shown, want) {
		t.Errorf("the console lists %q, want %q", shown, want)
	}
}

func TestRuntimesArePhasedOut(t *testing.T) {
	t.Parallel()
	at := func(day string) time.Time {
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		runtime                    aws.Runtime
		day                        string
		deprecated, create, update bool
	}{
		{"python3.7", "2023-12-03", false, false, false},
		{"python3.7", "2026-11-22", true, true, false},
		{"python3.7", "2027-03-03", true, true, true},
		{"nodejs12.x", "2026-11-22", true, true, true},
		{"nodejs20.x", "2026-11-22", true, false, false},
		{"python3.13", "2026-11-22", false, false, false},
		{"go1.x", "2026-11-22", true, true, true},
		{"java25", "2099-01-01", true, false, false}, // AWS names no day for blocking it
	} {
		r, ok := aws.LambdaRuntimeNamed(c.runtime)
		now := at(c.day)
		if got := [3]bool{r.Deprecated(now), r.BlocksCreate(now), r.BlocksUpdate(now)}; !ok || got != [3]bool{c.deprecated, c.create, c.update} {
			t.Errorf("%s is deprecated, blocked for create and update on %s: %v, want %v", c.runtime, c.day, got, [3]bool{c.deprecated, c.create, c.update})
		}
	}
	if _, ok := aws.LambdaRuntimeNamed("cobol85"); ok {
		t.Error("cobol85 is a runtime")
	}
}

func TestLanguageOfRuntimes(t *testing.T) {
	t.Parallel()
	for runtime, want := range map[aws.Runtime]string{
		"nodejs22.x": "nodejs", "python3.13": "python", "java8.al2": "java", "java25": "java", "dotnet10": "dotnet",
		"ruby4.0": "ruby", "go1.x": "go", "provided.al2023": "provided", "provided": "provided",
	} {
		if got := runtime.Language(); got != want {
			t.Errorf("the language of %s is %q, want %q", runtime, got, want)
		}
	}
}
