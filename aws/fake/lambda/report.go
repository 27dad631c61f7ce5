package lambda

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/fake/lambda/runtime"
)

// The lines that Lambda itself writes to a function's log.

// initStart is the first line of an environment's log. The version of the
// runtime is the sandbox's own.
func (s *Service) initStart(name aws.Runtime) string {
	language := name.Language()
	version := strings.TrimSuffix(strings.TrimPrefix(string(name), language), ".x")
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("INIT_START Runtime Version: %s:%s.v1\tRuntime Version ARN: arn:aws:lambda:%s::runtime:%x\n",
		language, strings.TrimPrefix(version, "."), s.config.Region, sum)
}

// initReport is the line of an init phase that failed.
func initReport(init runtime.Init, phase string) string {
	return fmt.Sprintf("INIT_REPORT Init Duration: %.2f ms\tPhase: %s\t%s\n", milliseconds(init.Duration), phase, ending(init.Failure))
}

func startLine(request string) string {
	return fmt.Sprintf("START RequestId: %s Version: %s\n", request, latest)
}

func endLine(request string) string { return fmt.Sprintf("END RequestId: %s\n", request) }

// report is what an invocation took.
type report struct {
	request  string
	duration time.Duration
	init     time.Duration // 0: a warm start, or an init that failed
	memory   int           // MB that the function has
	used     int           // MB that it used
	failure  *runtime.Failure
}

func (r report) line() string {
	var b strings.Builder
	billed := math.Ceil(milliseconds(r.duration) + milliseconds(r.init))
	fmt.Fprintf(&b, "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %.0f ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
		r.request, milliseconds(r.duration), billed, r.memory, r.used)
	if r.init > 0 {
		fmt.Fprintf(&b, "Init Duration: %.2f ms\t", milliseconds(r.init))
	}
	b.WriteString(ending(r.failure))
	b.WriteString("\n")
	return b.String()
}

// ending says how a failed invocation or init phase ended; nothing of an error
// that the runtime caught.
func ending(f *runtime.Failure) string {
	switch {
	case f == nil || f.Status == "":
		return ""
	case f.Status == "timeout":
		return "Status: timeout"
	}
	return fmt.Sprintf("Status: %s\tError Type: %s", f.Status, f.Type)
}

// milliseconds gives a time as reports do, to hundredths.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Millisecond)*100) / 100
}
