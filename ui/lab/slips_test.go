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

// slipped is a slip that learners make.
type slipped struct {
	name     string
	step     string // in which the slip is made, after those before it
	old, new string // what is done otherwise in its do block
	cause    check.Cause
	tells    string
}

// TestUsualSlips makes the slips that learners make in the first lab, on the
// real console, and sees that the checks tell them.
func TestUsualSlips(t *testing.T) {
	t.Parallel()
	slips(t, "dynamodb.md", []slipped{
		{"a space after the sort key", "create-table", "- optional\" Song", "- optional\" \"Song \"", check.CauseSpace, `sort key: expected "Song", found "Song␠"`},
		{"the partition key in lower case", "create-table", "key\" Artist", "key\" artist", check.CauseKeyName, `partition key: expected "Artist", found "artist"`},
		{"the year as a string", "first-item", "press \"Number\"", "press \"String\"", check.CauseType, `Year: expected Number 1973, found String "1973"`},
		{"the album in lower case", "first-item", "name\" Album\ntype \"Album\"", "name\" album\ntype \"album\"", check.CauseAttributeName, `Album: expected "The Dark Side of the Moon", found an attribute "album"`},
		{"a space after the song", "first-item", "\"Song\" Money", "\"Song\" \"Money \"", check.CauseSpace, `Song: expected "Money", found "Money␠"`},
		{"another year", "edit-item", "2012\npress \"Save and close\"\nwait \"2012\"", "2021\npress \"Save and close\"", check.CauseValue, "Year: expected 2012, found 2021"},
		{"the filter on a string", "scan", "\"Number\"", "\"String\"", check.CauseType, `Year: expected Number 1971, found String "1971"`},
		{"the filter on another name", "scan", "name\" Year", "name\" year", check.CauseAttributeName, `condition: expected Year = 1971, found a condition on "year"`},
		{"a query for the artist alone", "query", "type \"Song\" Gangnam Style", "", check.CauseCondition, `condition: expected Song = "Gangnam Style", found —`},
	})
}

// TestUsualSlipsWithFunctions makes those of the second lab.
func TestUsualSlipsWithFunctions(t *testing.T) {
	t.Parallel()
	slips(t, "lambda.md", []slipped{
		{"a target bucket with a slip", "target-bucket", "type \"Bucket name\" image-000000-resized\npress \"Create bucket\"\nwait \"image-000000-resized\"", "type \"Bucket name\" image-000000-resize\npress \"Create bucket\"\nwait \"image-000000-resize\"", check.CauseBucketName, `bucket image-000000-resized: expected a bucket of this name, found a bucket "image-000000-resize"`},
		{"the function in lower case", "create-function", "name\" Create-Thumbnail", "name\" create-thumbnail", check.CauseFunctionName, `function Create-Thumbnail: expected a function of this name, found a function "create-thumbnail"`},
		{"the other role", "create-function", "\"lambda-execution-role\"", "\"lambda-basic-execution\"", check.CauseRole, `Role: expected "lambda-execution-role", found "lambda-basic-execution"`},
		{"a JavaScript function", "create-function", "Python 3.14", "Node.js 24.x", check.CauseRuntime, `Runtime: expected "python3.*", found "nodejs24.x"`},
		{"the trigger of the target", "trigger", "\"Bucket\" \"image-000000\"", "\"Bucket\" \"image-000000-resized\"", check.CauseNoTrigger, "trigger of Create-Thumbnail: expected bucket image-000000 tells the function, found —"},
		{"only PUT", "trigger", "All object create events", "PUT", check.CauseTriggerEvents, "event types: expected s3:ObjectCreated:*, found s3:ObjectCreated:Put"},
		{"the default code", "code", "press \"Save\"", "press \"Cancel\"", check.CauseDefaultCode, `code of Create-Thumbnail: expected a file "CreateThumbnail.py", found the code of a new function, "lambda_function.py"`},
		{"the handler with a capital", "handler", "type \"Handler\" CreateThumbnail.handler\n", "type \"Handler\" CreateThumbnail.Handler\n", check.CauseHandler, `Handler: expected "CreateThumbnail.handler", found "CreateThumbnail.Handler"`},
		{"images for image", "test", "\"example-bucket\" \"image-000000\"", "\"example-bucket\" \"images-000000\"", check.CauseEvent, `event, Records[0].s3.bucket.name: expected "image-000000", found "images-000000"`},
	})
}

// TestUsualSlipsWithAPIs makes those of the third lab.
func TestUsualSlipsWithAPIs(t *testing.T) {
	t.Parallel()
	slips(t, "apigateway.md", []slipped{
		{"the function in lower case", "create-function", "name\" FAQ", "name\" faq", check.CauseFunctionName, `function FAQ: expected a function of this name, found a function "faq"`},
		{"the other role", "create-function", "\"lambda-basic-execution\"", "\"lambda-execution-role\"", check.CauseRole, `Role: expected "lambda-basic-execution", found "lambda-execution-role"`},
		{"a Python function", "create-function", "Node.js 22.x", "Python 3.14", check.CauseRuntime, `Runtime: expected "nodejs*", found "python3.14"`},
		{"not deployed", "code", "press \"Deploy\"\nwait \"Successfully updated\"\n", "", check.CauseCodeText, `index.mjs: expected a line with "JSON.stringify(faq.questions[index])", found —`},
		{"a full stop", "description", "random FAQ\n", "random FAQ.\n", check.CauseSetting, `Description: expected "Provide a random FAQ", found "Provide a random FAQ."`},
		{"the API in lower case", "trigger", "name\" FAQ-API", "name\" faq-api", check.CauseAPIName, `REST API FAQ-API: expected an API of this name, found an API "faq-api"`},
		{"the stage that the form suggests", "trigger", "type \"Deployment stage\" myDeployment\n", "", check.CauseNoStage, "stage myDeployment of FAQ-API: expected a stage of this name, found default"},
		{"the stage in lower case", "trigger", "stage\" myDeployment", "stage\" mydeployment", check.CauseStageName, `stage myDeployment of FAQ-API: expected a stage of this name, found a stage "mydeployment"`},
		{"opened once", "endpoint", "press \"Send again\"\nwait \"200 OK\"\n", "", check.CauseNoRequests, "requests to FAQ-API answered with 2XX: expected at least 2, found 1"},
	})
}

// slips makes slips in a lab.
func slips(t *testing.T, file string, all []slipped) {
	t.Helper()
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			source := strings.ReplaceAll(embeddedSource(t, file), "{source}", "image-000000")
			labs := lab.NewLibrary(parseLab(t, source))
			slipped := parseLab(t, slip(t, source, c.step, c.old, c.new))
			finding := played(t, labs, slipped, c)
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

// lesson is a step that changes nothing, and takes its time: it starts Python.
const lesson = "too-early"

// played plays a lab up to the step with the slip, and returns what is found.
func played(t *testing.T, labs *lab.Library, l *spec.Lab, made slipped) check.Finding {
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
		switch step.ID {
		case made.step: // what it waits for may not come, after the slip
			session.Limit = 5 * time.Second
		case lesson:
			continue
		default:
			session.Limit = time.Minute
		}
		if err := session.Play(step.Do); err != nil && step.ID != made.step {
			t.Fatalf("%s: %v\n%s", step.ID, err, session.Screen())
		}
		if step.ID == made.step {
			return found(t, session, b, step, made)
		}
		if err := session.WaitIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("there is no step %s", made.step)
	return check.Finding{}
}

// found checks until the slip is told, since the last input may still be at
// work; if only its cause is, it returns that.
func found(t *testing.T, session *drive.Session, b lab.Bench, step spec.Step, made slipped) check.Finding {
	t.Helper()
	var best check.Finding
	var last []check.Result
	for range 100 {
		last = nil
		for _, c := range step.Checks {
			r := c.Run(t.Context(), check.World{Cloud: b.Cloud, Events: b.Trail.Events()})
			last = append(last, r)
			for _, f := range r.Findings {
				if f.Cause == made.cause {
					best = f
				}
				if f.Cause == made.cause && f.String() == made.tells {
					return f
				}
			}
		}
		session.Pump(20 * time.Millisecond)
	}
	if best.Cause == "" {
		t.Fatalf("the cause %s was not told, but %+v\n%s", made.cause, last, session.Screen())
	}
	return best
}
