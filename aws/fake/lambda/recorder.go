package lambda

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/rounds"
)

const (
	// mostWaiting bounds the log events that wait to be written, in bytes; who
	// logs more than the disk takes has to wait.
	mostWaiting = 16 << 20
	// mostData bounds the metric data that wait.
	mostData = 10_000
)

// recorder writes logs and metrics beside the invocations, so that none waits
// for the disk.
type recorder struct {
	service *Service
	rounds  *rounds.Rounds

	// What follows is protected by the rounds' lock.
	logs  map[*journal][]aws.InputLogEvent
	bytes int
	data  []cloudwatch.Datum
	lost  map[*journal]int // log events that could not be written
}

func newRecorder(s *Service) *recorder {
	r := &recorder{service: s, logs: map[*journal][]aws.InputLogEvent{}, lost: map[*journal]int{}}
	r.rounds = rounds.New(r, s.config.Gather)
	return r
}

// log takes log events of a stream, in order.
func (r *recorder) log(j *journal, events []aws.InputLogEvent, bytes int) {
	r.rounds.Lock()
	defer r.rounds.Unlock()
	for r.bytes > mostWaiting {
		r.rounds.Taken()
	}
	r.logs[j] = append(r.logs[j], events...)
	r.bytes += bytes
	r.rounds.Wake()
}

// measure takes metric data.
func (r *recorder) measure(data ...cloudwatch.Datum) {
	r.rounds.Lock()
	defer r.rounds.Unlock()
	if len(r.data) < mostData {
		r.data = append(r.data, data...)
	}
	r.rounds.Wake()
}

// Waits reports whether there is something to write.
func (r *recorder) Waits() bool { return len(r.logs) > 0 || len(r.data) > 0 }

// Take takes all there is, and gives what writes it.
func (r *recorder) Take() func() {
	logs, data := r.logs, r.data
	r.logs, r.data, r.bytes = map[*journal][]aws.InputLogEvent{}, nil, 0
	return func() { r.writeAll(logs, data) }
}

// writeAll writes streams and metrics side by side, which the store commits
// together.
func (r *recorder) writeAll(logs map[*journal][]aws.InputLogEvent, data []cloudwatch.Datum) {
	var wait sync.WaitGroup
	for j, events := range logs {
		wait.Go(func() { r.append(j, events) })
	}
	if len(data) > 0 {
		// Metrics that a failing disk did not take are lost, as the graphs show.
		wait.Go(func() { _ = r.service.config.Metrics.Record(data...) })
	}
	wait.Wait()
}

// append writes events of a stream, if the function's role may. Events that
// the disk did not take are counted, and the stream says so later.
func (r *recorder) append(j *journal, events []aws.InputLogEvent) {
	r.rounds.Lock()
	lost := r.lost[j]
	delete(r.lost, j)
	r.rounds.Unlock()
	if lost > 0 {
		note := aws.InputLogEvent{Timestamp: events[0].Timestamp, Message: fmt.Sprintf("The sandbox could not write %d log events before this.\n", lost)}
		events = append([]aws.InputLogEvent{note}, events...)
	}
	allowed, err := r.service.mayLog(j)
	if err == nil && !allowed {
		return
	}
	if err == nil {
		err = r.service.config.Logs.Append(j.group, j.stream, events)
	}
	if err != nil {
		r.rounds.Lock()
		r.lost[j] += lost + len(events)
		r.rounds.Unlock()
	}
}

// mayLog reports whether the function's role may write to its log: make the
// group when it is missing, the stream, and put events.
func (s *Service) mayLog(j *journal) (bool, error) {
	group := fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", s.config.Region, s.config.AccountID, j.group)
	stream := group + ":log-stream:" + j.stream
	for _, action := range []string{"logs:CreateLogStream", "logs:PutLogEvents"} {
		if allowed, err := s.mayDo(j, action, stream); !allowed || err != nil {
			return false, err
		}
	}
	if allowed, err := s.mayDo(j, "logs:CreateLogGroup", group); allowed || err != nil {
		return allowed, err
	}
	out, err := s.config.Logs.DescribeLogGroups(context.Background(), aws.DescribeLogGroupsInput{LogGroupNamePrefix: j.group, Limit: aws.Some(1)})
	// In order of their names, the group itself is the first of its prefix.
	return err == nil && len(out.LogGroups) > 0 && out.LogGroups[0].LogGroupName == j.group, err
}

func (s *Service) mayDo(j *journal, action, resource string) (bool, error) {
	err := s.config.Roles.Authorize(j.session, action, resource, nil)
	var failure *aws.Error
	if errors.Is(err, aws.ErrAccessDenied) || errors.As(err, &failure) && failure.Code != aws.CodeStorage {
		return false, nil
	}
	return err == nil, err
}
