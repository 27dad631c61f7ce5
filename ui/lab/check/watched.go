package check

import (
	"errors"
	"fmt"
	"strings"

	"awslab/aws"
)

// searched is how many pages of a log are read at most.
const searched = 5

// logged is the check function.
func (e *evaluation) logged(function, text string) (Findings, error) {
	if text == "" || strings.ContainsAny(text, "\n\"") {
		return nil, fmt.Errorf("logged looks for a text without quotes in a line, not for %q", text)
	}
	subject := "log of " + visible(function)
	if e.world.Cloud.Logs == nil {
		return unreadable(subject, absentService("CloudWatch Logs")), nil
	}
	found, err := e.search("/aws/lambda/"+function, text)
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return e.late(Findings{{
			Subject: subject, Expected: "a log group /aws/lambda/" + visible(function), Found: nothing, Cause: CauseNoLog,
			Advice: "The first invocation makes it.",
		}}), nil
	case err != nil:
		return unreadable(subject, err), nil
	case !found:
		return e.late(Findings{{Subject: subject, Expected: "a message with " + quote(text), Found: nothing, Cause: CauseNoMessage}}), nil
	}
	return holds(subject + " with " + quote(text)), nil
}

// search looks for a text in the messages of a log group.
func (e *evaluation) search(group, text string) (bool, error) {
	in := aws.FilterLogEventsInput{LogGroupName: group, FilterPattern: `"` + text + `"`, Limit: aws.Some(1)}
	if !e.world.Since.IsZero() {
		in.StartTime = aws.Some(e.world.Since.UnixMilli())
	}
	for range searched {
		out, err := e.world.Cloud.Logs.FilterLogEvents(e.ctx, in)
		if err != nil || len(out.Events) > 0 || out.NextToken == "" {
			return len(out.Events) > 0, err
		}
		in.NextToken = out.NextToken
	}
	return false, nil
}
