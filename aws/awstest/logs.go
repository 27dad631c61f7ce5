package awstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// logsContracts holds the test of each operation of CloudWatch Logs.
func logsContracts() map[string]contract {
	return map[string]contract{
		"logs:CreateLogGroup":        testCreateLogGroup,
		"logs:DeleteLogGroup":        testDeleteLogGroup,
		"logs:DescribeLogGroups":     testDescribeLogGroups,
		"logs:PutRetentionPolicy":    testPutRetentionPolicy,
		"logs:DeleteRetentionPolicy": testDeleteRetentionPolicy,
		"logs:CreateLogStream":       testCreateLogStream,
		"logs:DeleteLogStream":       testDeleteLogStream,
		"logs:DescribeLogStreams":    testDescribeLogStreams,
		"logs:PutLogEvents":          testPutLogEvents,
		"logs:GetLogEvents":          testGetLogEvents,
		"logs:FilterLogEvents":       testFilterLogEvents,
		"logs:ListTagsForResource":   testListTagsForResource,
		"logs:TagResource":           testLogsTagResource,
		"logs:UntagResource":         testLogsUntagResource,
	}
}

// The codes and messages of CloudWatch Logs.
const (
	logsMissing = "ResourceNotFoundException"
	logsInvalid = "InvalidParameterException"
	logsTaken   = "ResourceAlreadyExistsException"
	noLogGroup  = "The specified log group does not exist."
	noLogStream = "The specified log stream does not exist."
	badLogToken = "The specified nextToken is invalid."
)

// logGroup is the group of the tests, logStream its stream.
const (
	logGroup  = "/aws/lambda/CreateThumbnail"
	logStream = "2026/11/22/[$LATEST]0123456789abcdef0123456789abcdef"
)

// groupFaults are the refusals of every operation on a group.
func groupFaults(call func(group string) error) []refusal {
	long := strings.Repeat("x", 513)
	return []refusal{
		{"an unknown group", func() error { return call("/aws/lambda/Nope") }, logsMissing, noLogGroup},
		{"a bad name", func() error { return call("a b") }, logsInvalid, oneError + `Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+`},
		{"no name", func() error { return call("") }, logsInvalid, oneError + "Value '' at 'logGroupName' failed to satisfy constraint: Member must have length greater than or equal to 1"},
		{"a long name", func() error { return call(long) }, logsInvalid, oneError + "Value '" + long + "' at 'logGroupName' failed to satisfy constraint: Member must have length less than or equal to 512"},
	}
}

// streamFaults are the refusals of every operation on a stream of the group.
func streamFaults(call func(stream string) error) []refusal {
	return []refusal{
		{"an unknown stream", func() error { return call("nope") }, logsMissing, noLogStream},
		{"a bad stream name", func() error { return call("a*b") }, logsInvalid, oneError + "Value 'a*b' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*"},
		{"no stream name", func() error { return call("") }, logsInvalid, oneError + "Value '' at 'logStreamName' failed to satisfy constraint: Member must have length greater than or equal to 1"},
	}
}

// limitFaults are the refusals of every list with a limit.
func limitFaults(most int, call func(limit int) error) []refusal {
	return []refusal{
		{"a limit of 0", func() error { return call(0) }, logsInvalid, oneError + "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"},
		{"a limit too high", func() error { return call(most + 1) }, logsInvalid,
			oneError + fmt.Sprintf("Value '%d' at 'limit' failed to satisfy constraint: Member must have value less than or equal to %d", most+1, most)},
	}
}

// logs makes the group with the streams given, and tells the Cloud's time.
func (f Fixture) logs(t *testing.T, streams ...string) (now int64) {
	t.Helper()
	must(t, f.Cloud.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: logGroup})
	for _, name := range streams {
		must(t, f.Cloud.Logs.CreateLogStream, aws.CreateLogStreamInput{LogGroupName: logGroup, LogStreamName: name})
	}
	return f.logGroup(t).CreationTime
}

// logGroup describes the group.
func (f Fixture) logGroup(t *testing.T) aws.LogGroup {
	t.Helper()
	groups := must(t, f.Cloud.Logs.DescribeLogGroups, aws.DescribeLogGroupsInput{LogGroupNamePrefix: logGroup}).LogGroups
	if len(groups) != 1 {
		t.Fatalf("groups are %+v", groups)
	}
	return groups[0]
}

// log writes events to a stream, one a millisecond from a time on.
func (f Fixture) log(t *testing.T, stream string, from int64, messages ...string) {
	t.Helper()
	in := aws.PutLogEventsInput{LogGroupName: logGroup, LogStreamName: stream}
	for n, m := range messages {
		in.LogEvents = append(in.LogEvents, aws.InputLogEvent{Timestamp: from + int64(n), Message: m})
	}
	must(t, f.Cloud.Logs.PutLogEvents, in)
}

// streamNames lists streams, following the tokens.
func (f Fixture) streamNames(t *testing.T, in aws.DescribeLogStreamsInput) (names []string) {
	t.Helper()
	in.LogGroupName = logGroup
	for range patience {
		out := must(t, f.Cloud.Logs.DescribeLogStreams, in)
		for _, s := range out.LogStreams {
			names = append(names, s.LogStreamName)
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			break
		}
	}
	return names
}

func testCreateLogGroup(t *testing.T, f Fixture) {
	f.logs(t)
	g := f.logGroup(t)
	arn := "arn:aws:logs:" + f.Cloud.Place.Region + ":" + f.Cloud.Place.AccountID + ":log-group:" + logGroup
	same(t, "group", g, aws.LogGroup{LogGroupName: logGroup, CreationTime: g.CreationTime, Arn: arn + ":*", LogGroupArn: arn, LogGroupClass: "STANDARD"})
	create := func(name string) error {
		return errorOf(f.Cloud.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: name})()
	}
	op := operation(t, "logs:CreateLogGroup")
	refuses(t, op, groupFaults(create)[1:])
	refuses(t, op, []refusal{{"a taken name", func() error { return create(logGroup) }, logsTaken, "The specified log group already exists"}})
	testCanceled(t, f.Cloud.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: "g"})
}

func testDeleteLogGroup(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	now := f.logs(t, logStream)
	f.log(t, logStream, now, "a")
	must(t, logs.DeleteLogGroup, aws.DeleteLogGroupInput{LogGroupName: logGroup})
	f.logs(t)
	same(t, "streams of a new group", f.streamNames(t, aws.DescribeLogStreamsInput{}), nil)
	refuses(t, operation(t, "logs:DeleteLogGroup"), groupFaults(func(group string) error {
		return errorOf(logs.DeleteLogGroup, aws.DeleteLogGroupInput{LogGroupName: group})()
	}))
	testCanceled(t, logs.DeleteLogGroup, aws.DeleteLogGroupInput{LogGroupName: logGroup})
	f.logGroup(t)
}

func testDescribeLogGroups(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	var want []string
	for n := range 7 {
		want = append(want, fmt.Sprintf("/contract/group%d", n))
		must(t, logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: want[n]})
	}
	list := func(in aws.DescribeLogGroupsInput) (names []string) {
		for range patience {
			out := must(t, logs.DescribeLogGroups, in)
			if len(out.LogGroups) > in.Limit.Or(50) {
				t.Errorf("a page has %d groups", len(out.LogGroups))
			}
			for _, g := range out.LogGroups {
				names = append(names, g.LogGroupName)
			}
			if in.NextToken = out.NextToken; in.NextToken == "" {
				break
			}
		}
		return names
	}
	same(t, "groups", without(list(aws.DescribeLogGroupsInput{}), want...), want)
	same(t, "groups by pages", list(aws.DescribeLogGroupsInput{LogGroupNamePrefix: "/contract/", Limit: aws.Some(2)}), want)
	same(t, "groups of a pattern", list(aws.DescribeLogGroupsInput{LogGroupNamePattern: "act/group3"}), want[3:4])
	same(t, "groups of a pattern, by pages", list(aws.DescribeLogGroupsInput{LogGroupNamePattern: "contract/g", Limit: aws.Some(3)}), want)
	same(t, "groups of no prefix", list(aws.DescribeLogGroupsInput{LogGroupNamePrefix: "/nope"}), nil)
	op := operation(t, "logs:DescribeLogGroups")
	refuses(t, op, limitFaults(50, func(n int) error {
		return errorOf(logs.DescribeLogGroups, aws.DescribeLogGroupsInput{Limit: aws.Some(n)})()
	}))
	refuses(t, op, []refusal{
		{"a prefix and a pattern", errorOf(logs.DescribeLogGroups, aws.DescribeLogGroupsInput{LogGroupNamePrefix: "a", LogGroupNamePattern: "b"}), logsInvalid,
			"LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."},
		{"a token that is none", errorOf(logs.DescribeLogGroups, aws.DescribeLogGroupsInput{NextToken: "x"}), logsInvalid, badLogToken},
	})
	testCanceled(t, logs.DescribeLogGroups, aws.DescribeLogGroupsInput{})
}

func testPutRetentionPolicy(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	now := f.logs(t, logStream)
	const day = 24 * 60 * 60 * 1000
	f.log(t, logStream, now-2*day, "old")
	f.log(t, logStream, now, "young")
	for _, days := range []int{3, 1} {
		must(t, logs.PutRetentionPolicy, aws.PutRetentionPolicyInput{LogGroupName: logGroup, RetentionInDays: days})
		same(t, "retention", f.logGroup(t).RetentionInDays, days)
	}
	out := must(t, logs.FilterLogEvents, aws.FilterLogEventsInput{LogGroupName: logGroup})
	if len(out.Events) != 1 || out.Events[0].Message != "young" {
		t.Errorf("events are %+v", out.Events)
	}
	put := func(group string, days int) error {
		return errorOf(logs.PutRetentionPolicy, aws.PutRetentionPolicyInput{LogGroupName: group, RetentionInDays: days})()
	}
	op := operation(t, "logs:PutRetentionPolicy")
	refuses(t, op, groupFaults(func(group string) error { return put(group, 1) }))
	refuses(t, op, []refusal{{"days that are not offered", func() error { return put(logGroup, 2) }, logsInvalid,
		oneError + "Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]"}})
	testCanceled(t, logs.PutRetentionPolicy, aws.PutRetentionPolicyInput{LogGroupName: logGroup, RetentionInDays: 1})
}

func testDeleteRetentionPolicy(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	f.logs(t)
	must(t, logs.PutRetentionPolicy, aws.PutRetentionPolicyInput{LogGroupName: logGroup, RetentionInDays: 7})
	for range 2 {
		must(t, logs.DeleteRetentionPolicy, aws.DeleteRetentionPolicyInput{LogGroupName: logGroup})
		same(t, "retention", f.logGroup(t).RetentionInDays, 0)
	}
	refuses(t, operation(t, "logs:DeleteRetentionPolicy"), groupFaults(func(group string) error {
		return errorOf(logs.DeleteRetentionPolicy, aws.DeleteRetentionPolicyInput{LogGroupName: group})()
	}))
	testCanceled(t, logs.DeleteRetentionPolicy, aws.DeleteRetentionPolicyInput{LogGroupName: logGroup})
}

func testCreateLogStream(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	f.logs(t, logStream)
	streams := must(t, logs.DescribeLogStreams, aws.DescribeLogStreamsInput{LogGroupName: logGroup}).LogStreams
	if len(streams) != 1 || streams[0].LogStreamName != logStream || streams[0].CreationTime == 0 || streams[0].LastEventTimestamp != 0 ||
		streams[0].Arn != f.logGroup(t).LogGroupArn+":log-stream:"+logStream {
		t.Errorf("streams are %+v", streams)
	}
	create := func(group, stream string) error {
		return errorOf(logs.CreateLogStream, aws.CreateLogStreamInput{LogGroupName: group, LogStreamName: stream})()
	}
	op := operation(t, "logs:CreateLogStream")
	refuses(t, op, groupFaults(func(group string) error { return create(group, "s") }))
	refuses(t, op, streamFaults(func(stream string) error { return create(logGroup, stream) })[1:])
	refuses(t, op, []refusal{{"a taken name", func() error { return create(logGroup, logStream) }, logsTaken, "The specified log stream already exists"}})
	testCanceled(t, logs.CreateLogStream, aws.CreateLogStreamInput{LogGroupName: logGroup, LogStreamName: "s"})
}

func testDeleteLogStream(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	now := f.logs(t, "a", "b")
	f.log(t, "a", now, "x")
	must(t, logs.DeleteLogStream, aws.DeleteLogStreamInput{LogGroupName: logGroup, LogStreamName: "a"})
	same(t, "streams left", f.streamNames(t, aws.DescribeLogStreamsInput{}), []string{"b"})
	remove := func(group, stream string) error {
		return errorOf(logs.DeleteLogStream, aws.DeleteLogStreamInput{LogGroupName: group, LogStreamName: stream})()
	}
	op := operation(t, "logs:DeleteLogStream")
	refuses(t, op, groupFaults(func(group string) error { return remove(group, "b") }))
	refuses(t, op, streamFaults(func(stream string) error { return remove(logGroup, stream) }))
	testCanceled(t, logs.DeleteLogStream, aws.DeleteLogStreamInput{LogGroupName: logGroup, LogStreamName: "b"})
}

func testDescribeLogStreams(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	names := []string{"a", "b", "c1", "c2", "d"}
	now := f.logs(t, names...)
	byTime := []string{"d", "b", "c2", "a", "c1"}
	for n, name := range byTime {
		f.log(t, name, now+int64(10*n), "x", "y")
	}
	backward := func(list []string) []string {
		list = slices.Clone(list)
		slices.Reverse(list)
		return list
	}
	for what, c := range map[string]struct {
		in   aws.DescribeLogStreamsInput
		want []string
	}{
		"all":                 {aws.DescribeLogStreamsInput{}, names},
		"by name":             {aws.DescribeLogStreamsInput{OrderBy: aws.OrderByLogStreamName, Limit: aws.Some(2)}, names},
		"by name, descending": {aws.DescribeLogStreamsInput{Descending: true, Limit: aws.Some(1)}, backward(names)},
		"of a prefix":         {aws.DescribeLogStreamsInput{LogStreamNamePrefix: "c", Limit: aws.Some(1)}, names[2:4]},
		"by time":             {aws.DescribeLogStreamsInput{OrderBy: aws.OrderByLastEventTime, Limit: aws.Some(2)}, byTime},
		"by time, descending": {aws.DescribeLogStreamsInput{OrderBy: aws.OrderByLastEventTime, Descending: true, Limit: aws.Some(3)}, backward(byTime)},
	} {
		same(t, what, f.streamNames(t, c.in), c.want)
	}
	first := must(t, logs.DescribeLogStreams, aws.DescribeLogStreamsInput{LogGroupName: logGroup, LogStreamNamePrefix: "b"}).LogStreams[0]
	same(t, "times", []int64{first.FirstEventTimestamp, first.LastEventTimestamp, first.StoredBytes}, []int64{now + 10, now + 11, 0})
	if first.LastIngestionTime == 0 || first.UploadSequenceToken == "" {
		t.Errorf("the stream is %+v", first)
	}
	op := operation(t, "logs:DescribeLogStreams")
	describe := func(in aws.DescribeLogStreamsInput) func() error { return errorOf(logs.DescribeLogStreams, in) }
	refuses(t, op, groupFaults(func(group string) error { return describe(aws.DescribeLogStreamsInput{LogGroupName: group})() }))
	refuses(t, op, limitFaults(50, func(n int) error {
		return describe(aws.DescribeLogStreamsInput{LogGroupName: logGroup, Limit: aws.Some(n)})()
	}))
	refuses(t, op, []refusal{
		{"time and a prefix", describe(aws.DescribeLogStreamsInput{LogGroupName: logGroup, OrderBy: aws.OrderByLastEventTime, LogStreamNamePrefix: "c"}), logsInvalid,
			"Cannot order by LastEventTime with a logStreamNamePrefix."},
		{"another order", describe(aws.DescribeLogStreamsInput{LogGroupName: logGroup, OrderBy: "Size"}), logsInvalid,
			oneError + "Value 'Size' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]"},
		{"a token that is none", describe(aws.DescribeLogStreamsInput{LogGroupName: logGroup, NextToken: "x"}), logsInvalid, badLogToken},
	})
	testCanceled(t, logs.DescribeLogStreams, aws.DescribeLogStreamsInput{LogGroupName: logGroup})
}
