package page_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/page"
)

// TestEveryClassIsAdvised: what the user can tell apart, the console advises on.
func TestEveryClassIsAdvised(t *testing.T) {
	t.Parallel()
	for _, code := range []string{
		"ResourceNotFoundException", "ResourceInUseException", "ValidationException", "ConditionalCheckFailedException",
		"TransactionCanceledException", "ThrottlingException", "AccessDeniedException", "ExpiredTokenException",
		"InvalidObjectState", aws.CodeReadOnly, aws.CodeStorage,
	} {
		told := page.Explain(fmt.Errorf("save: %w", &aws.Error{Operation: "PutItem", Code: code, Message: "it is so"}))
		if told[0] != code+": it is so" || !strings.HasPrefix(told[len(told)-1], "→ ") {
			t.Errorf("%s: %q", code, told)
		}
	}
	if told := page.Explain(&aws.Error{Code: "InternalFailure", Message: "oh", Status: 500}); len(told) != 2 || !strings.Contains(told[1], "try again") {
		t.Errorf("a fault of the service's: %q", told)
	}
	if told := page.Explain(errors.New("odd")); len(told) != 1 || told[0] != "odd" {
		t.Errorf("%q", told)
	}
}

func TestReasonsAreToldByAction(t *testing.T) {
	t.Parallel()
	told := page.Explain(&aws.Error{Code: "TransactionCanceledException", Message: "canceled", Reasons: []aws.CancellationReason{
		{Code: "None"}, {Code: "ConditionalCheckFailed", Message: "The conditional request failed"},
	}})
	if len(told) != 3 || told[1] != "action 2: ConditionalCheckFailed The conditional request failed" {
		t.Errorf("%q", told)
	}
}
