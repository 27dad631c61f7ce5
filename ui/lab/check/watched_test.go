package check_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab/check"
)

func TestInvoked(t *testing.T) {
	t.Parallel()
	invocation := func(payload, answer, failed string) trail.Event {
		return trail.Event{
			Done: true, In: aws.InvokeInput{FunctionName: "F", Payload: aws.Payload(payload)},
			Out: aws.InvokeOutput{StatusCode: 200, FunctionError: failed, Payload: aws.Payload(answer)},
		}
	}
	put := func(bucket, key string) string {
		return `{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"` + bucket + `"},"object":{"key":"` + key + `"}}}]}`
	}
	const want = `invoked("F", {event: {Records: [{s3: {bucket: {name: "image-1"}, object: {key: "a.jpg"}}}]}, succeeded: true})`
	good := invocation(put("image-1", "a.jpg"), "null", "")
	guide := good
	guide.Origin = trail.OriginGuide
	running := good
	running.Done, running.Out = false, nil
	refused := good
	refused.Out, refused.Err = nil, errors.New("no way")
	importError := invocation(put("image-1", "a.jpg"), `{"errorType":"Runtime.ImportModuleError","errorMessage":"no module"}`, "Unhandled")
	for _, c := range []struct {
		name   string
		source string
		events []trail.Event
		cause  check.Cause
		tells  string
	}{
		{"nothing", want, nil, check.CauseNotCalled, "function F: expected an invocation, found —"},
		{"by the guide", want, []trail.Event{guide}, check.CauseNotCalled, ""},
		{"as wanted", want, []trail.Event{good}, "", ""},
		{"as wanted, and then not", want, []trail.Event{good, importError}, "", ""},
		{"another bucket", want, []trail.Event{invocation(put("images-1", "a.jpg"), "null", "")}, check.CauseEvent, `event, Records[0].s3.bucket.name: expected "image-1", found "images-1"`},
		{"another key", want, []trail.Event{invocation(put("image-1", "A.jpg"), "null", "")}, check.CauseEvent, "Upper and lower case count"},
		{"another event", want, []trail.Event{invocation(`{"key1":"value1"}`, "null", "")}, check.CauseEvent, "event, Records"},
		{"no JSON", want, []trail.Event{invocation("{", "null", "")}, check.CauseEvent, ""},
		{"failed", want, []trail.Event{invocation(`{}`, "null", ""), importError}, check.CauseFunctionFailed, "expected success, found Runtime.ImportModuleError: no module"},
		{"running", want, []trail.Event{running}, check.CauseRunning, "still running"},
		{"refused", want, []trail.Event{refused}, check.CauseFailed, "no way"},
		{"of another function", strings.Replace(want, `"F"`, `"G"`, 1), []trail.Event{good}, check.CauseNotCalled, ""},
		{"failed as wanted", `invoked("F", {succeeded: false, failed: "Runtime.*"})`, []trail.Event{importError}, "", ""},
		{"failed otherwise", `invoked("F", {failed: "KeyError"})`, []trail.Event{importError}, check.CauseResult, "expected the error KeyError"},
		{"not failed", `invoked("F", {succeeded: false})`, []trail.Event{good}, check.CauseResult, "expected a failure, found success"},
		{"answered", `invoked("F", {gives: {statusCode: 200}})`, []trail.Event{invocation("{}", `{"statusCode":200,"body":"x"}`, "")}, "", ""},
		{"answered otherwise", `invoked("F", {gives: {statusCode: 200}})`, []trail.Event{invocation("{}", `{"statusCode":500}`, "")}, check.CauseResult, "answer, statusCode: expected 200, found 500"},
		{"answered in another way", `invoked("F", {gives: {body: '{"q":*'}})`, []trail.Event{invocation("{}", `{"body":{"q":"a"}}`, "")}, check.CauseResult, "answer, body: expected"},
		{"answered with JSON in JSON", `invoked("F", {gives: {body: '{"q":*'}})`, []trail.Event{invocation("{}", `{"body":"{\"q\":\"a\"}"}`, "")}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			compiled, err := check.Compile(c.source)
			if err != nil {
				t.Fatal(err)
			}
			r := compiled.Run(t.Context(), check.World{Events: c.events})
			if c.cause == "" {
				if !r.OK {
					t.Errorf("%+v", r.Findings)
				}
				return
			}
			expect(t, r, c.cause, c.tells)
		})
	}
}

// counts is a CloudWatch that has counted, by metric.
type counts struct {
	aws.CloudWatch
	values map[string][]float64
	asked  *aws.GetMetricDataInput
}

func (c counts) GetMetricData(_ context.Context, in aws.GetMetricDataInput) (aws.GetMetricDataOutput, error) {
	*c.asked = in
	var out aws.GetMetricDataOutput
	for _, q := range in.MetricDataQueries {
		out.MetricDataResults = append(out.MetricDataResults, aws.MetricDataResult{ID: q.ID, Values: c.values[q.MetricStat.Metric.MetricName]})
	}
	return out, nil
}

func TestMetric(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 3, 0, 0, time.UTC)
	var asked aws.GetMetricDataInput
	for _, c := range []struct {
		source string
		metric string
		values []float64
		cause  check.Cause
	}{
		{`metric("F", "Invocations", 3)`, "Invocations", []float64{1, 2}, ""},
		{`metric("F", "Errors", 3)`, "Errors", []float64{2}, check.CauseNoData},
		{`metric("F", "Throttles", 1)`, "Errors", []float64{1}, check.CauseNoData},
	} {
		compiled, err := check.Compile(c.source)
		if err != nil {
			t.Fatal(err)
		}
		world := check.World{Cloud: aws.Cloud{CloudWatch: counts{values: map[string][]float64{c.metric: c.values}, asked: &asked}}, Now: now, Since: now.Add(-time.Hour)}
		if r := compiled.Run(t.Context(), world); r.OK != (c.cause == "") {
			t.Errorf("%s: %+v", c.source, r)
		} else if c.cause != "" {
			expect(t, r, c.cause)
		}
	}
	if asked.StartTime.After(now.Add(-time.Hour)) || !asked.EndTime.After(now) || asked.MetricDataQueries[0].MetricStat.Metric.Dimensions[0].Value != "F" {
		t.Errorf("asked %+v", asked)
	}
}

// absentObjects is an S3 with a bucket that holds nothing.
type absentObjects struct{ aws.S3 }

func (absentObjects) HeadBucket(context.Context, aws.HeadBucketInput) (aws.HeadBucketOutput, error) {
	return aws.HeadBucketOutput{}, nil
}

func (absentObjects) GetObject(context.Context, aws.GetObjectInput) (aws.GetObjectOutput, error) {
	return aws.GetObjectOutput{}, &aws.Error{Code: "NoSuchKey"}
}

func (absentObjects) ListObjectsV2(context.Context, aws.ListObjectsV2Input) (aws.ListObjectsV2Output, error) {
	return aws.ListObjectsV2Output{}, nil
}

func TestLogged(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	const group, source = "/aws/lambda/F", `logged("F", "REPORT RequestId")`
	d.tells(told{source, check.CauseNoLog, []string{"expected a log group /aws/lambda/F"}})
	ctx := t.Context()
	must[aws.CreateLogGroupOutput](t)(d.cloud.Logs.CreateLogGroup(ctx, aws.CreateLogGroupInput{LogGroupName: group}))
	d.tells(told{source, check.CauseNoMessage, []string{`expected a message with "REPORT RequestId", found —`}})
	must[aws.CreateLogStreamOutput](t)(d.cloud.Logs.CreateLogStream(ctx, aws.CreateLogStreamInput{LogGroupName: group, LogStreamName: "s"}))
	now := time.Now()
	must[aws.PutLogEventsOutput](t)(d.cloud.Logs.PutLogEvents(ctx, aws.PutLogEventsInput{
		LogGroupName: group, LogStreamName: "s", LogEvents: []aws.InputLogEvent{{Timestamp: now.UnixMilli(), Message: "REPORT RequestId: 1\tDuration: 2 ms"}},
	}))
	d.tells(told{source, "", nil}, told{`logged("F", "START")`, check.CauseNoMessage, nil})
	d.since = now.Add(time.Minute)
	d.tells(told{source, check.CauseNoMessage, nil})
	if f := d.run(source).Findings[0]; f.Passing() {
		t.Errorf("a sandbox shows it at once: %+v", f)
	}
	d.cloud.Place.Kind = aws.Account
	for _, late := range []string{source, `logged("G", "START")`, `thumbnail("image-1", "a.jpg", 128)`} {
		d.cloud.S3 = absentObjects{d.cloud.S3}
		if f := d.run(late).Findings[0]; !f.Passing() {
			t.Errorf("an account shows it later: %+v", f)
		}
	}
	d.cloud.Logs = nil
	if f := d.run(source).Findings[0]; f.Passing() {
		t.Errorf("what cannot be read does not come: %+v", f)
	}
}

func TestAllows(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	const put = `allows("lambda-execution-role", "s3:PutObject", "arn:aws:s3:::image-1-resized/a.jpg")`
	d.tells(
		told{put, "", nil},
		told{`allows("lambda-execution-role", "s3:PutObject", "arn:aws:s3:::image-1/a.jpg")`, check.CauseNotAllowed, []string{"no policy that does"}},
		told{`allows("lambda-execution-role", "logs:PutLogEvents", "arn:aws:logs:us-west-2:000000000000:log-group:x")`, "", nil},
		told{`allows("lambda-basic-execution", "s3:PutObject", "arn:aws:s3:::image-1-resized/a.jpg")`, check.CauseNotAllowed, nil},
		told{`allows("nobody", "s3:PutObject", "x")`, check.CauseNoRole, nil},
	)
	must[aws.PutRolePolicyOutput](t)(d.cloud.IAM.PutRolePolicy(t.Context(), aws.PutRolePolicyInput{
		RoleName: "lambda-execution-role", PolicyName: "no",
		PolicyDocument: `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}}`,
	}))
	d.tells(told{put, check.CauseNotAllowed, []string{"found denies it"}})
}
