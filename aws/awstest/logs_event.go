package awstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// eventMessages lists the messages of events.
func eventMessages(events []aws.OutputLogEvent) []string {
	out := []string{}
	for _, e := range events {
		out = append(out, e.Message)
	}
	return out
}

func testPutLogEvents(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	now := f.logs(t, logStream)
	const hour = 60 * 60 * 1000
	put := func(events ...aws.InputLogEvent) aws.PutLogEventsInput {
		return aws.PutLogEventsInput{LogGroupName: logGroup, LogStreamName: logStream, LogEvents: events}
	}
	at := func(time int64, message string) aws.InputLogEvent {
		return aws.InputLogEvent{Timestamp: time, Message: message}
	}
	out := must(t, logs.PutLogEvents, put(at(now, "a"), at(now, "b"), at(now+1, "c")))
	if out.NextSequenceToken == "" || out.RejectedLogEventsInfo != nil {
		t.Errorf("out is %+v", out)
	}
	must(t, logs.PutLogEvents, put(at(now-1, "earlier")))
	read := must(t, logs.GetLogEvents, aws.GetLogEventsInput{LogGroupName: logGroup, LogStreamName: logStream})
	same(t, "messages", eventMessages(read.Events), []string{"earlier", "a", "b", "c"})
	out = must(t, logs.PutLogEvents, put(at(now+hour, "soon"), at(now+3*hour, "too new"), at(now+4*hour, "too new")))
	same(t, "rejected", out.RejectedLogEventsInfo, &aws.RejectedLogEventsInfo{TooNewLogEventStartIndex: aws.Some(1)})
	out = must(t, logs.PutLogEvents, put(at(now-15*24*hour, "too old")))
	same(t, "rejected", out.RejectedLogEventsInfo, &aws.RejectedLogEventsInfo{TooOldLogEventEndIndex: aws.Some(1)})
	same(t, "events kept", len(must(t, logs.FilterLogEvents, aws.FilterLogEventsInput{LogGroupName: logGroup}).Events), 5)

	op := operation(t, "logs:PutLogEvents")
	refuses(t, op, groupFaults(func(group string) error {
		return errorOf(logs.PutLogEvents, aws.PutLogEventsInput{LogGroupName: group, LogStreamName: "s", LogEvents: put(at(now, "a")).LogEvents})()
	}))
	refuses(t, op, streamFaults(func(stream string) error {
		return errorOf(logs.PutLogEvents, aws.PutLogEventsInput{LogGroupName: logGroup, LogStreamName: stream, LogEvents: put(at(now, "a")).LogEvents})()
	}))
	refuses(t, op, []refusal{
		{"no events", errorOf(logs.PutLogEvents, put()), logsInvalid, oneError + "Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1"},
		{"disorder", errorOf(logs.PutLogEvents, put(at(now+1, "b"), at(now, "a"))), logsInvalid, "Log events in a single PutLogEvents request must be in chronological order."},
		{"more than a day", errorOf(logs.PutLogEvents, put(at(now-25*hour, "a"), at(now, "b"))), logsInvalid, "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."},
		{"an empty message", errorOf(logs.PutLogEvents, put(at(now, ""))), logsInvalid, oneError + "Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1"},
		{"over 1 MB", errorOf(logs.PutLogEvents, put(at(now, string(text(1<<20))))), logsInvalid, "Upload too large: 1048602 bytes exceeds limit of 1048576"},
	})
	testCanceled(t, logs.PutLogEvents, put(at(now, "a")))
}

func testGetLogEvents(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	now := f.logs(t, logStream, "empty")
	var want []string
	for n := range 10 {
		want = append(want, fmt.Sprint("event ", n))
	}
	f.log(t, logStream, now, want...)
	get := func(in aws.GetLogEventsInput) aws.GetLogEventsOutput {
		t.Helper()
		in.LogGroupName, in.LogStreamName = logGroup, logStream
		return must(t, logs.GetLogEvents, in)
	}
	out := get(aws.GetLogEventsInput{})
	same(t, "all", eventMessages(out.Events), want)
	if e := out.Events[3]; e.Timestamp != now+3 || e.IngestionTime < now {
		t.Errorf("an event is %+v", e)
	}
	same(t, "the newest", eventMessages(get(aws.GetLogEventsInput{Limit: aws.Some(3)}).Events), want[7:])
	same(t, "the oldest", eventMessages(get(aws.GetLogEventsInput{Limit: aws.Some(3), StartFromHead: true}).Events), want[:3])
	same(t, "a span", eventMessages(get(aws.GetLogEventsInput{StartTime: aws.Some(now + 2), EndTime: aws.Some(now + 5)}).Events), want[2:5])
	for _, head := range []bool{true, false} {
		in := aws.GetLogEventsInput{Limit: aws.Some(4), StartFromHead: head}
		var pages [][]string
		for range patience {
			out := get(in)
			next := out.NextBackwardToken
			if head {
				next = out.NextForwardToken
			}
			if !strings.HasPrefix(out.NextForwardToken, "f/") || !strings.HasPrefix(out.NextBackwardToken, "b/") {
				t.Fatalf("tokens are %q and %q", out.NextForwardToken, out.NextBackwardToken)
			}
			pages = append(pages, eventMessages(out.Events))
			if next == in.NextToken {
				break // where a token leads to itself is the end
			}
			in.NextToken = next
		}
		if !head {
			slices.Reverse(pages)
		}
		same(t, fmt.Sprint("pages, from the head: ", head), slices.Concat(pages...), want)
	}
	newest := get(aws.GetLogEventsInput{Limit: aws.Some(2)})
	f.log(t, logStream, now+100, "more")
	same(t, "what came since", eventMessages(get(aws.GetLogEventsInput{NextToken: newest.NextForwardToken}).Events), []string{"more"})
	empty := must(t, logs.GetLogEvents, aws.GetLogEventsInput{LogGroupName: logGroup, LogStreamName: "empty"})
	same(t, "no events", empty.Events, []aws.OutputLogEvent{})

	op := operation(t, "logs:GetLogEvents")
	read := func(in aws.GetLogEventsInput) error { return errorOf(logs.GetLogEvents, in)() }
	refuses(t, op, groupFaults(func(group string) error { return read(aws.GetLogEventsInput{LogGroupName: group, LogStreamName: "s"}) }))
	refuses(t, op, streamFaults(func(stream string) error {
		return read(aws.GetLogEventsInput{LogGroupName: logGroup, LogStreamName: stream})
	}))
	refuses(t, op, limitFaults(10_000, func(n int) error {
		return read(aws.GetLogEventsInput{LogGroupName: logGroup, LogStreamName: logStream, Limit: aws.Some(n)})
	}))
	refuses(t, op, []refusal{{"a token that is none", func() error {
		return read(aws.GetLogEventsInput{LogGroupName: logGroup, LogStreamName: logStream, NextToken: "x"})
	}, logsInvalid, badLogToken}})
	testCanceled(t, logs.GetLogEvents, aws.GetLogEventsInput{LogGroupName: logGroup, LogStreamName: logStream})
}

func testFilterLogEvents(t *testing.T, f Fixture) {
	logs := f.Cloud.Logs
	now := f.logs(t, "a1", "a2", "b")
	f.log(t, "a1", now, "START RequestId: 1", "[ERROR] KeyError: 'Records'", "END RequestId: 1")
	f.log(t, "b", now, "START RequestId: 2", `{"level":"ERROR","size":7}`)
	f.log(t, "a2", now+1, "[WARNING] slow", "END RequestId: 3")
	find := func(in aws.FilterLogEventsInput) (found []string) {
		t.Helper()
		in.LogGroupName = logGroup
		ids := make(map[string]bool)
		for range patience {
			out := must(t, logs.FilterLogEvents, in)
			if len(out.Events) > in.Limit.Or(10_000) || len(out.SearchedLogStreams) != 0 {
				t.Errorf("a page is %+v", out)
			}
			for _, e := range out.Events {
				if ids[e.EventID] || e.EventID == "" || e.LogStreamName == "" || e.IngestionTime == 0 {
					t.Errorf("event %+v comes twice or is not whole", e)
				}
				ids[e.EventID] = true
				found = append(found, e.Message)
			}
			if in.NextToken = out.NextToken; in.NextToken == "" {
				break
			}
		}
		return found
	}
	all := []string{"START RequestId: 1", "START RequestId: 2", "[ERROR] KeyError: 'Records'", "[WARNING] slow", `{"level":"ERROR","size":7}`, "END RequestId: 1", "END RequestId: 3"}
	same(t, "all", sorted(find(aws.FilterLogEventsInput{})), sorted(all))
	same(t, "all by pages", find(aws.FilterLogEventsInput{Limit: aws.Some(2)}), find(aws.FilterLogEventsInput{}))
	for pattern, want := range map[string][]string{
		"KeyError":                 all[2:3],
		"?ERROR ?WARNING":          {all[2], all[3], all[4]},
		"RequestId -START":         {all[5], all[6]},
		`"RequestId: 1"`:           {all[0], all[5]},
		`{ $.level = "ERROR" }`:    {all[4]},
		`{ $.size > 5 && $.x = 1}`: nil,
	} {
		same(t, pattern, sorted(find(aws.FilterLogEventsInput{FilterPattern: pattern, Limit: aws.Some(1)})), sorted(want))
	}
	same(t, "of streams", find(aws.FilterLogEventsInput{LogStreamNames: []string{"b", "b"}}), []string{all[1], all[4]})
	same(t, "of a prefix", sorted(find(aws.FilterLogEventsInput{LogStreamNamePrefix: "a", FilterPattern: "END"})), []string{all[5], all[6]})
	same(t, "of a span", find(aws.FilterLogEventsInput{StartTime: aws.Some(now + 2), EndTime: aws.Some(now + 3), LogStreamNames: []string{"a1"}}), all[5:6])

	op := operation(t, "logs:FilterLogEvents")
	filter := func(in aws.FilterLogEventsInput) func() error { return errorOf(logs.FilterLogEvents, in) }
	refuses(t, op, groupFaults(func(group string) error { return filter(aws.FilterLogEventsInput{LogGroupName: group})() }))
	refuses(t, op, limitFaults(10_000, func(n int) error {
		return filter(aws.FilterLogEventsInput{LogGroupName: logGroup, Limit: aws.Some(n)})()
	}))
	refuses(t, op, []refusal{
		{"an unknown stream", filter(aws.FilterLogEventsInput{LogGroupName: logGroup, LogStreamNames: []string{"nope"}}), logsMissing, noLogStream},
		{"names and a prefix", filter(aws.FilterLogEventsInput{LogGroupName: logGroup, LogStreamNames: []string{"b"}, LogStreamNamePrefix: "a"}), logsInvalid,
			"LogStream names and LogStream name prefix are mutually exclusive parameters."},
		{"a token that is none", filter(aws.FilterLogEventsInput{LogGroupName: logGroup, NextToken: "x"}), logsInvalid, badLogToken},
		{"an open quotation", filter(aws.FilterLogEventsInput{LogGroupName: logGroup, FilterPattern: `"a`}), logsInvalid, "Invalid filter pattern: a quotation mark is not closed"},
	})
	testCanceled(t, logs.FilterLogEvents, aws.FilterLogEventsInput{LogGroupName: logGroup})
}
