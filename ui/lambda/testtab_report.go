package lambda

import "strings"

// report is what Lambda's REPORT line tells about an invocation; what it does
// not tell is "".
type report struct {
	RequestID string
	Duration  string // "3.01 ms"
	Billed    string // "114 ms"
	Memory    string // "128 MB"
	Used      string // "36 MB"
	Init      string // "110.10 ms"; of cold starts
	Status    string // "timeout", "error"; "" when all went well
}

// readReport finds the last REPORT line in a log: a function may print lines
// that look like one, but Lambda's own comes after them.
func readReport(log string) report {
	const start = "REPORT RequestId: "
	at := strings.LastIndex(log, "\n"+start)
	switch {
	case at >= 0:
		log = log[at+1:]
	case !strings.HasPrefix(log, start):
		return report{}
	}
	line, _, _ := strings.Cut(log, "\n")
	var r report
	for part := range strings.SplitSeq(line, "\t") {
		name, value, ok := strings.Cut(part, ": ")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch name {
		case "REPORT RequestId":
			r.RequestID = value
		case "Duration":
			r.Duration = value
		case "Billed Duration":
			r.Billed = value
		case "Memory Size":
			r.Memory = value
		case "Max Memory Used":
			r.Used = value
		case "Init Duration":
			r.Init = value
		case "Status":
			r.Status = value
		}
	}
	return r
}
