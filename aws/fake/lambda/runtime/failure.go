package runtime

import (
	"encoding/json"
	"fmt"
	"time"
)

// Failure is what went wrong with an init phase or an invocation, in AWS's
// terms. Invoke answers it with status 200 and FunctionError Unhandled.
type Failure struct {
	Type    string // errorType: "Runtime.ExitError", "KeyError"
	Message string // errorMessage
	Payload []byte // what Invoke answers
	// Status is what the REPORT line says: "error" or "timeout"; empty when it
	// says nothing, for an error that the function raised and the runtime caught.
	Status string
}

// The error types that the platform itself gives.
const (
	TypeExit              = "Runtime.ExitError"
	TypeOutOfMemory       = "Runtime.OutOfMemory"
	TypeTimeout           = "Sandbox.Timedout"
	TypeFailed            = "Sandbox.Failure"
	TypeInvalidEntrypoint = "Runtime.InvalidEntrypoint"
	TypeResponseTooLarge  = "Function.ResponseSizeTooLarge"
)

// failure makes a failure of the platform's own. The message is put behind the
// request id, when there is one, as Lambda does.
func failure(kind, requestID, message string) *Failure {
	if requestID != "" {
		message = "RequestId: " + requestID + " Error: " + message
	}
	return &Failure{Type: kind, Message: message, Payload: errorPayload(kind, message), Status: "error"}
}

func errorPayload(kind, message string) []byte {
	// A struct of two strings always marshals.
	payload, _ := json.Marshal(struct {
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}{kind, message})
	return payload
}

func timedOut(requestID string, limit time.Duration) *Failure {
	f := failure(TypeTimeout, requestID, fmt.Sprintf("Task timed out after %.2f seconds", limit.Seconds()))
	f.Status = "timeout"
	return f
}

// exited is the failure of a process that ended by itself; the status is as
// os.ProcessState says it ("exit status 1", "signal: killed").
func exited(requestID, status string) *Failure {
	if status == "" || status == "exit status 0" {
		return failure(TypeExit, requestID, "Runtime exited without providing a reason")
	}
	return failure(TypeExit, requestID, "Runtime exited with error: "+status)
}

func outOfMemory(requestID string) *Failure {
	return failure(TypeOutOfMemory, requestID, "Runtime exited with error: signal: killed")
}

func tooLarge() *Failure {
	f := failure(TypeResponseTooLarge, "",
		fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxPayload))
	f.Status = ""
	return f
}

// reported is the failure that a runtime posted: the error's type from the
// header when there is one, the rest from the body, which is the payload as it
// stands when it is JSON.
func reported(header string, body []byte) *Failure {
	var document struct {
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}
	if err := json.Unmarshal(body, &document); err != nil && !json.Valid(body) {
		document.Message = string(body)
		body = errorPayload(header, document.Message)
	}
	if document.Type == "" {
		document.Type = header
	}
	return &Failure{Type: document.Type, Message: document.Message, Payload: body}
}
