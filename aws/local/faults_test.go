package local_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// bomb is a small PNG that claims to be huge.
func bomb(t *testing.T) []byte {
	t.Helper()
	picture := drawn(t, "png", 8, 8)
	header := picture[12:29] // IHDR, width, height and so on
	binary.BigEndian.PutUint32(header[4:], 60_000)
	binary.BigEndian.PutUint32(header[8:], 60_000)
	binary.BigEndian.PutUint32(picture[29:], crc32.ChecksumIEEE(header))
	return picture
}

// A file that is no picture makes the function fail as Pillow would, three times
// in all, and leaves nothing.
func TestBadPictures(t *testing.T) {
	t.Parallel()
	photo, diagram, sketch := drawn(t, "jpeg", 300, 200), drawn(t, "png", 300, 200), drawn(t, "gif", 300, 200)
	for _, c := range []struct {
		name    string
		content []byte
		fails   string // after "[ERROR] "
	}{
		{"text", []byte("It is a text.\n"), `UnidentifiedImageError: cannot identify image file '/tmp/\S+/image'`},
		{"nothing", nil, `UnidentifiedImageError: cannot identify image file '/tmp/\S+/image'`},
		{"a TIFF", []byte("II*\x00\x08\x00\x00\x00\x00\x00"), `UnidentifiedImageError: cannot identify image file '/tmp/\S+/image'`},
		{"half a JPEG", photo[:len(photo)/2], `OSError: image file is truncated \(0 bytes not processed\)`},
		{"half a PNG", diagram[:len(diagram)/2], `OSError: image file is truncated \(0 bytes not processed\)`},
		{"half a GIF", sketch[:len(sketch)/2], `OSError: image file is truncated \(0 bytes not processed\)`},
		{"a bomb", bomb(t), `DecompressionBombError: Image size \(3600000000 pixels\) exceeds limit of 178956970 pixels, could be decompression bomb DOS attack\.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := newClock()
			s := open(t, t.TempDir(), clock.keep)
			s.lab(t)
			s.put(t, pictures, "bad.jpg", c.content)
			clock.passes(t, time.Minute)
			clock.passes(t, 2*time.Minute)
			log := s.awaitLog(t, creator, "REPORT RequestId", 3)
			if found := regexp.MustCompile(`\[ERROR\] `+c.fails).FindAllString(log, -1); len(found) != 3 {
				t.Errorf("%d of 3 attempts fail so:\n%s", len(found), log)
			}
			requests := map[string]bool{}
			for _, id := range regexp.MustCompile(`START RequestId: (\S+)`).FindAllStringSubmatch(log, -1) {
				requests[id[1]] = true
			}
			if len(requests) != 1 {
				t.Errorf("the attempts have %d request ids", len(requests))
			}
			await(t, "the event is given up", func() bool { return s.metric(t, creator, "AsyncEventsDropped", clock.tell()) == 1 })
			if n := s.metric(t, creator, "Errors", clock.tell()); n != 3 {
				t.Errorf("%g errors", n)
			}
			puts := s.writes(t)
			s.put(t, pictures, "good.jpg", photo)
			s.awaitWrite(t, puts, creator)
			if keys := s.keys(t, resized); len(keys) != 1 || keys[0] != "good.jpg" {
				t.Errorf("the target holds %q", keys)
			}
		})
	}
}

// What a role may not do fails where AWS says so.
func TestMissingRights(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.lab(t)
	must(t, s.S3.PutObject, aws.PutObjectInput{Bucket: pictures, Key: "a.jpg", Body: bytes.NewReader(drawn(t, "jpeg", 200, 200))})
	s.awaitLog(t, creator, "REPORT RequestId", 1)
	event := `{"Records": [{"s3": {"bucket": {"name": "image-1"}, "object": {"key": "a.jpg"}}}]}`
	const who = `User: arn:aws:sts::000000000000:assumed-role/lambda-execution-role/Create-Thumbnail is not authorized to perform: `
	for _, c := range []struct{ name, policy, fails string }{
		{
			"write", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}}`,
			`S3UploadFailedError: Failed to upload /tmp/\S+/resized to image-1-resized/a\.jpg: An error occurred \(AccessDenied\) when calling the PutObject operation: ` +
				regexp.QuoteMeta(who+`s3:PutObject on resource: "arn:aws:s3:::image-1-resized/a.jpg" because no identity-based policy allows the s3:PutObject action`),
		},
		{"read", "", `ClientError: An error occurred \(403\) when calling the HeadObject operation: Forbidden`},
	} {
		in := aws.PutRolePolicyInput{RoleName: "lambda-execution-role", PolicyName: "thumbnail-buckets", PolicyDocument: c.policy}
		if c.policy == "" {
			must(t, s.IAM.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: in.RoleName, PolicyName: in.PolicyName})
		} else {
			must(t, s.IAM.PutRolePolicy, in)
		}
		out, tail := s.invoke(t, creator, event)
		if out.FunctionError != "Unhandled" || !regexp.MustCompile(`\[ERROR\] `+c.fails).MatchString(tail) {
			t.Errorf("without the right to %s it answers %s %s, and logs\n%s", c.name, out.FunctionError, out.Payload, tail)
		}
	}
	missing := strings.Replace(event, "a.jpg", "none.jpg", 1)
	must(t, s.IAM.PutRolePolicy, aws.PutRolePolicyInput{
		RoleName: "lambda-execution-role", PolicyName: "thumbnail-buckets",
		PolicyDocument: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}}`,
	})
	if _, tail := s.invoke(t, creator, missing); !strings.Contains(tail, "ClientError: An error occurred (404) when calling the HeadObject operation: Not Found") {
		t.Errorf("of a missing object it logs\n%s", tail)
	}
}

// A role without rights to the logs: the function runs and logs nothing.
func TestNoRightToLog(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.python(t, "Quiet", "def handler(event, context):\n    print('hello')\n    return 7\n")
	must(t, s.IAM.DetachRolePolicy, aws.DetachRolePolicyInput{
		RoleName: "lambda-execution-role", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
	})
	out, tail := s.invoke(t, "Quiet", "{}")
	if string(out.Payload) != "7" || out.FunctionError != "" || !strings.Contains(tail, "hello\n") || !strings.Contains(tail, "REPORT RequestId") {
		t.Errorf("it answers %s %s, and logs\n%s", out.Payload, out.FunctionError, tail)
	}
	await(t, "the metric, which is written with the log", func() bool { return s.metric(t, "Quiet", "Invocations", time.Now()) == 1 })
	if groups := must(t, s.Logs.DescribeLogGroups, aws.DescribeLogGroupsInput{}).LogGroups; len(groups) != 0 {
		t.Errorf("there are log groups: %+v", groups)
	}
}

// A handler that is not there fails while the environment starts, twice.
func TestWrongHandler(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.lab(t, func(in *aws.CreateFunctionInput) { in.Handler = "lambda_function.lambda_handler" })
	out, tail := s.invoke(t, creator, "{}")
	const message = "Unable to import module 'lambda_function': No module named 'lambda_function'"
	var answer struct{ ErrorType, ErrorMessage string }
	if err := json.Unmarshal(out.Payload, &answer); err != nil || answer.ErrorType != "Runtime.ImportModuleError" || answer.ErrorMessage != message {
		t.Errorf("it answers %s", out.Payload)
	}
	log := s.awaitLog(t, creator, "REPORT RequestId", 1)
	form := regexp.MustCompile(`^INIT_START Runtime Version: python:3\.14\.\S+\tRuntime Version ARN: \S+\n` +
		`(\[WARNING\]\t\S+Z\t\tLAMBDA_WARNING: Unhandled exception\. .*\n)` + `\[ERROR\] Runtime\.ImportModuleError: ` + message + `\nTraceback \(most recent call last\):\n?` +
		`INIT_REPORT Init Duration: [0-9.]+ ms\tPhase: init\tStatus: error\tError Type: Runtime\.ImportModuleError\n` +
		`(\[WARNING\]\t\S+Z\t\tLAMBDA_WARNING: Unhandled exception\. .*\n)` + `\[ERROR\] Runtime\.ImportModuleError: ` + message + `\nTraceback \(most recent call last\):\n?` +
		`INIT_REPORT Init Duration: [0-9.]+ ms\tPhase: invoke\tStatus: error\tError Type: Runtime\.ImportModuleError\n` +
		`START RequestId: \S+ Version: \$LATEST\nEND RequestId: \S+\nREPORT RequestId: .*\tStatus: error\tError Type: Runtime\.ImportModuleError\n$`)
	if !form.MatchString(log) || !strings.HasPrefix(tail, "START") {
		t.Errorf("the log is\n%s", log)
	}
	must(t, s.Lambda.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: creator, Handler: "CreateThumbnail.handler"})
	if out, tail := s.invoke(t, creator, `{"Records": []}`); string(out.Payload) != "null" || out.FunctionError != "" {
		t.Errorf("with its handler it answers %s:\n%s", out.Payload, tail)
	}
}

// misbehaves does what the event says.
const misbehaves = `
import os, sys, time
def handler(event, context):
    match event:
        case "raise": raise KeyError("Records")
        case "loop":
            while True: pass
        case "sleep": time.sleep(3600)
        case "eat":
            eaten = []
            while True: eaten.append(bytearray(b"x" * (1 << 20)))
        case "exit": sys.exit(3)
        case "kill": os._exit(4)
        case "print":
            line = "x" * 99 + "\n"
            for _ in range(1000): sys.stdout.write(line * 1000)
        case "large": return "x" * 7_000_000
        case "set": return {1, 2}
    return "well"
`

// misbehavesToo is its like in JavaScript; it prints less, since QuickJS is slow
// when races are looked for.
const misbehavesToo = `
export const handler = async event => {
  switch (event) {
    case "raise": null.x
    case "loop": for (;;);
    case "sleep": await new Promise(() => setTimeout(() => {}, 3600000))
    case "eat": for (const eaten = [];;) eaten.push("x".repeat(1 << 20) + eaten.length)
    case "exit": process.exit(3)
    case "print": for (let n = 0; n < 7000; n++) console.log("x".repeat(1000))
      break
    case "large": return "x".repeat(7000000)
  }
  return "well"
}
`

// A function that misbehaves has its own trouble, as on AWS; the next event finds
// a sandbox that is well.
func TestMisbehaviour(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	const (
		timedOut = `^RequestId: \S+ Error: Task timed out after 1\.00 seconds$`
		exited   = `^RequestId: \S+ Error: Runtime exited with error: `
		tooLarge = `^Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$`
		status   = `\tStatus: error\tError Type: `
	)
	for _, c := range []struct {
		language, event, kind, message, report string // the report's end
	}{
		{"python", "raise", "KeyError", `^'Records'$`, `\t\n`},
		{"python", "loop", "Sandbox.Timedout", timedOut, `\tStatus: timeout\n`},
		{"python", "sleep", "Sandbox.Timedout", timedOut, `\tStatus: timeout\n`},
		{"python", "eat", "Runtime.OutOfMemory", exited + `signal: killed$`, status + `Runtime\.OutOfMemory\n`},
		{"python", "exit", "Runtime.ExitError", exited + `exit status 3$`, status + `Runtime\.ExitError\n`},
		{"python", "kill", "Runtime.ExitError", exited + `exit status 4$`, status + `Runtime\.ExitError\n`},
		{"python", "large", "Function.ResponseSizeTooLarge", tooLarge, `\n`},
		{"python", "set", "Runtime.MarshalError", `^Unable to marshal response: Object of type set is not JSON serializable$`, `\t\n`},
		{"node", "raise", "TypeError", `null`, `\t\n`},
		{"node", "loop", "Sandbox.Timedout", timedOut, `\tStatus: timeout\n`},
		{"node", "sleep", "Sandbox.Timedout", timedOut, `\tStatus: timeout\n`},
		{"node", "eat", "Runtime.OutOfMemory", exited + `signal: killed$`, status + `Runtime\.OutOfMemory\n`},
		{"node", "exit", "Runtime.ExitError", exited + `exit status 3$`, status + `Runtime\.ExitError\n`},
		{"node", "large", "Function.ResponseSizeTooLarge", tooLarge, `\n`},
	} {
		t.Run(c.language+" "+c.event, func(t *testing.T) {
			t.Parallel()
			limit, name := 60, c.language+"-"+c.event
			if c.kind == "Sandbox.Timedout" {
				limit = 1
			}
			if c.language == "python" {
				s.python(t, name, misbehaves, timeout(limit))
			} else {
				s.node(t, name, misbehavesToo, timeout(limit))
			}
			out, tail := s.invoke(t, name, `"`+c.event+`"`)
			var answer struct{ ErrorType, ErrorMessage string }
			if err := json.Unmarshal(out.Payload, &answer); err != nil || answer.ErrorType != c.kind || !regexp.MustCompile(c.message).MatchString(answer.ErrorMessage) {
				t.Errorf("it answers %s", out.Payload)
			}
			if out.StatusCode != http.StatusOK || out.FunctionError != "Unhandled" || !regexp.MustCompile(`\nREPORT RequestId: .*`+c.report+`$`).MatchString(tail) {
				t.Errorf("status %d, %q; its log ends\n%q", out.StatusCode, out.FunctionError, tail)
			}
			if out, tail := s.invoke(t, name, `"behave"`); string(out.Payload) != `"well"` {
				t.Errorf("the next event is answered %s:\n%s", out.Payload, tail)
			}
		})
	}
}

// What a function prints is bounded, and its end is kept.
func TestFlood(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.python(t, "python", misbehaves)
	s.node(t, "node", misbehavesToo)
	for _, name := range []string{"python", "node"} {
		out, tail := s.invoke(t, name, `"print"`)
		if string(out.Payload) != `"well"` || len(tail) != 4096 || !strings.Contains(tail, "REPORT RequestId") {
			t.Errorf("%s answers %s; its log ends\n%s", name, out.Payload, tail)
		}
		await(t, "the metric, written after the log", func() bool { return s.metric(t, name, "Invocations", time.Now()) == 1 })
		log := s.awaitLog(t, name, "REPORT RequestId", 1)
		if len(log) > 6<<20 || !strings.Contains(log, "The rest is left out.") {
			t.Errorf("the log of %s has %d bytes, and ends\n%s", name, len(log), log[max(0, len(log)-1000):])
		}
	}
}
