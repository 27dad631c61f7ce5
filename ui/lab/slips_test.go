package lab_test

import (
	"strings"
	"testing"
	"time"

	"awslab/ui/drive"
	"awslab/ui/lab"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
)

// TestUsualSlips makes the slips that learners make in the first lab, on the
// real console, and sees that the checks tell them.
func TestUsualSlips(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		step     string // in which the slip is made, after those before it
		old, new string // what is done otherwise in its do block
		cause    check.Cause
		tells    string
	}{
		{"a space after the sort key", "create-table", "- optional\" Song", "- optional\" \"Song \"", check.CauseSpace, `sort key: expected "Song", found "Song␠"`},
		{"the partition key in lower case", "create-table", "key\" Artist", "key\" artist", check.CauseKeyName, `partition key: expected "Artist", found "artist"`},
		{"the year as a string", "first-item", "press \"Number\"", "press \"String\"", check.CauseType, `Year: expected Number 1973, found String "1973"`},
		{"the album in lower case", "first-item", "name\" Album\ntype \"Album\"", "name\" album\ntype \"album\"", check.CauseAttributeName, `Album: expected "The Dark Side of the Moon", found an attribute "album"`},
		{"a space after the song", "first-item", "\"Song\" Money", "\"Song\" \"Money \"", check.CauseSpace, `Song: expected "Money", found "Money␠"`},
		{"another year", "edit-item", "2012\npress \"Save and close\"\nwait \"2012\"", "2021\npress \"Save and close\"", check.CauseValue, "Year: expected 2012, found 2021"},
		{"the filter on a string", "scan", "\"Number\"", "\"String\"", check.CauseType, `Year: expected Number 1971, found String "1971"`},
		{"the filter on another name", "scan", "name\" Year", "name\" year", check.CauseAttributeName, `condition: expected Year = 1971, found a condition on "year"`},
		{"a query for the artist alone", "query", "type \"Song\" Gangnam Style", "", check.CauseCondition, `condition: expected Song = "Gangnam Style", found —`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			source := embeddedSource(t, "dynamodb.md")
			labs := lab.NewLibrary(parseLab(t, source))
			slipped := parseLab(t, slip(t, source, c.step, c.old, c.new))
			finding := played(t, labs, slipped, c.step, c.cause)
			if told := finding.String(); told != c.tells {
				t.Errorf("told %q, want %q", told, c.tells)
			}
		})
	}
}

// slip changes the do block of one step.
func slip(t *testing.T, source, step, from, to string) string {
	t.Helper()
	head, rest, _ := strings.Cut(source, "{#"+step+"}")
	text, do, ok := strings.Cut(rest, "```do\n")
	if !ok || !strings.Contains(do, from) {
		t.Fatalf("the step %s does not hold %q", step, from)
	}
	return head + "{#" + step + "}" + text + "```do\n" + strings.Replace(do, from, to, 1)
}

// played plays a lab up to a step, and returns its finding of a cause.
func played(t *testing.T, labs *lab.Library, l *spec.Lab, until string, cause check.Cause) check.Finding {
	t.Helper()
	b, err := bench(t, labs)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	session := drive.Start(t.Context(), b.Console, 170, 50)
	t.Cleanup(func() {
		session.Close()
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, step := range l.Steps {
		if err := session.Play(step.Do); err != nil {
			t.Fatalf("%s: %v\n%s", step.ID, err, session.Screen())
		}
		if step.ID == until {
			return found(t, session, b, step, cause)
		}
		if err := session.WaitIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("there is no step %s", until)
	return check.Finding{}
}

// found checks until the cause is told: the last input may still be at work.
func found(t *testing.T, session *drive.Session, b lab.Bench, step spec.Step, cause check.Cause) check.Finding {
	t.Helper()
	var last []check.Result
	for range 100 {
		last = nil
		for _, c := range step.Checks {
			r := c.Run(t.Context(), check.World{Cloud: b.Cloud, Events: b.Trail.Events()})
			last = append(last, r)
			for _, f := range r.Findings {
				if f.Cause == cause {
					return f
				}
			}
		}
		session.Pump(20 * time.Millisecond)
	}
	t.Fatalf("the cause %s was not told, but %+v\n%s", cause, last, session.Screen())
	return check.Finding{}
}
