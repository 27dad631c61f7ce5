package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"awslab/aws"
)

// Explain says in words what went wrong, AWS's code and message first, and what
// to do next last, after an arrow.
func Explain(err error) []string {
	var out []string
	var failed *aws.Error
	if errors.As(err, &failed) {
		out = append(out, failed.Code+": "+failed.Message)
		for i, r := range failed.Reasons {
			if r.Code != "None" && r.Code != "" {
				out = append(out, reason(failed.Code, i, r))
			}
		}
	} else {
		out = append(out, err.Error())
	}
	if next := Advice(err); next != "" {
		out = append(out, "→ "+next)
	}
	return out
}

// reason tells one of an error's reasons: of a transaction's actions, or of a
// throttle.
func reason(code string, i int, r aws.CancellationReason) string {
	if code == "TransactionCanceledException" {
		return fmt.Sprintf("action %d: %s %s", i+1, r.Code, r.Message)
	}
	return "reason: " + r.Code
}

// Advice says what to do next about an error; "" when its message says it all.
func Advice(err error) string {
	for _, a := range advices {
		if errors.Is(err, a.class) {
			return a.next
		}
	}
	var failed *aws.Error
	if errors.As(err, &failed) && failed.Status >= http.StatusInternalServerError {
		return "The service had a fault of its own: try again in a moment."
	}
	return ""
}

// advices is tried in order.
var advices = []struct {
	class error
	next  string
}{
	{aws.ErrReadOnly, "Start awslab without --read-only to change things."},
	{aws.ErrNotAllowed, "Nothing was changed. Do it again to be asked again."},
	{aws.ErrStorage, "Nothing was changed. See that the sandbox's disk has room and can be written, then try again."},
	{aws.ErrCondition, "The item changed, or exists already: refresh and look at it before you write."},
	{aws.ErrCanceled, "Nothing of the transaction was written. Mend what the reasons name, then try again."},
	{aws.ErrArchived, "It is archived. On AWS, have it restored first (aws s3api restore-object); in the sandbox, upload it again in another storage class."},
	{aws.ErrNotFound, "It may have been deleted meanwhile, or the name is spelled differently: refresh the list."},
	{aws.ErrInUse, "If it was just created, changed or deleted, wait a moment; otherwise choose another name."},
	{aws.ErrThrottled, "Wait a moment and try again."},
	{aws.ErrAccessDenied, "Your identity lacks this permission: ask for it, or use another profile."},
	{aws.ErrCredentials, "Then choose the profile again (alt+a), unless awslab is to be started again."},
	{aws.ErrInvalid, "Nothing was changed. Correct what the message names, then try again."},
	{context.DeadlineExceeded, "The service did not answer in time: try again."},
}
