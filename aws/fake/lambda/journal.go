package lambda

import (
	"fmt"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/iam"
	"awslab/aws/fake/lambda/runtime"
)

const (
	// mostLogged is how much of the output of one invocation is kept, in bytes.
	mostLogged = 5 << 20
	// tailSize is how much of the log Invoke answers, in bytes.
	tailSize = 4096
	// A batch of lines goes on its way when it has this many bytes, when the
	// invocation ends, or when it is this old.
	batchSize = 256 << 10
	batchAge  = time.Second
)

// journal is the log stream of one execution environment.
type journal struct {
	service       *Service
	group, stream string
	session       iam.Session

	mu      sync.Mutex // protects what follows
	batch   []aws.InputLogEvent
	bytes   int    // of the batch
	logged  int    // bytes kept of this invocation's output
	tail    []byte // the end of this invocation's log, and some more
	tailing bool   // within an invocation
	timed   bool   // something sees to it that the batch does not get old
}

// newJournal begins a log stream, named as Lambda names them.
func (s *Service) newJournal(function string, session iam.Session) *journal {
	stream := s.now().Format("2006/01/02/") + "[" + latest + "]" + s.hex(16)
	return &journal{service: s, group: logGroup(function), stream: stream, session: session}
}

// output takes a line of what the function writes. What is more than is kept of
// one invocation is only in the tail.
func (j *journal) output(line runtime.Line) {
	j.mu.Lock()
	defer j.mu.Unlock()
	text := line.Text + "\n"
	j.addTail(text)
	if j.logged > mostLogged {
		return
	}
	if j.logged += len(text); j.logged > mostLogged {
		text = fmt.Sprintf("The sandbox keeps %d MB of what one invocation logs. The rest is left out.\n", mostLogged>>20)
	}
	j.add(text)
	if len(j.batch) > 0 && !j.timed && j.service.begin() {
		j.timed = true
		go j.flushLater()
	}
}

// flushLater sends the batch when it is old, so that the log can be followed
// while a function runs for long.
func (j *journal) flushLater() {
	defer j.service.work.Done()
	select {
	case <-j.service.config.After(batchAge):
	case <-j.service.running.Done():
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.timed = false
	j.flush()
}

// platform adds a line of Lambda's own.
func (j *journal) platform(text string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.addTail(text)
	j.add(text)
}

// start begins an invocation: its log's tail starts here.
func (j *journal) start(text string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.logged, j.tailing, j.tail = 0, true, j.tail[:0]
	j.addTail(text)
	j.add(text)
}

// end ends an invocation: the batch goes on its way, and the tail is given.
func (j *journal) end(text string) []byte {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.addTail(text)
	j.add(text)
	j.flush()
	j.tailing = false
	j.logged = 0
	tail := j.tail[max(0, len(j.tail)-tailSize):]
	return append([]byte(nil), tail...)
}

// close sends what is left.
func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.flush()
}

func (j *journal) add(text string) {
	j.batch = append(j.batch, aws.InputLogEvent{Timestamp: j.service.now().UnixMilli(), Message: text})
	if j.bytes += len(text); j.bytes >= batchSize {
		j.flush()
	}
}

func (j *journal) flush() {
	if len(j.batch) == 0 {
		return
	}
	j.service.records.log(j, j.batch, j.bytes)
	j.batch, j.bytes = nil, 0
}

func (j *journal) addTail(text string) {
	if !j.tailing {
		return
	}
	text = text[max(0, len(text)-tailSize):]
	if len(j.tail)+len(text) > 4*tailSize {
		kept := copy(j.tail, j.tail[max(0, len(j.tail)-tailSize):])
		j.tail = j.tail[:kept]
	}
	j.tail = append(j.tail, text...)
}
