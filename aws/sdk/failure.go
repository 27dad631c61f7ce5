package sdk

import (
	"context"
	"errors"
	"fmt"
	"net"
	status "net/http"
	"net/url"
	"strings"

	"awslab/aws"

	http "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	dynamodb "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	lambda "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/smithy-go"
	transport "github.com/aws/smithy-go/transport/http"
)

// The codes of failures that AWS did not answer.
const (
	// CodeNoCredentials is that of a call for which no credentials could be had; it
	// is of class aws.ErrCredentials.
	CodeNoCredentials = "NoCredentials"
	// CodeNotSent is that of a request that cannot be sent as it is; it is of class
	// aws.ErrInvalid.
	CodeNotSent = "RequestNotSent"
	// CodeUnreachable is that of a request that got no answer.
	CodeUnreachable = "EndpointUnreachable"
	// CodeUnreadable is that of an answer that says yes, and breaks off or cannot be
	// understood; what was asked for may have been done.
	CodeUnreadable = "AnswerUnreadable"
	// CodeCanceled is that of a call whose context is over.
	CodeCanceled = "RequestCanceled"
)

// failure is an error of the SDK as the vocabulary's: AWS's code and message where
// AWS answered.
func (a *Account) failure(ctx context.Context, op aws.Operation, err error) error {
	out := &aws.Error{Service: op.Service, Operation: op.Name, Cause: err}
	var answer *http.ResponseError
	if errors.As(err, &answer) && answer.Response != nil {
		out.Status, out.RequestID = answer.HTTPStatusCode(), answer.ServiceRequestID()
	}
	var (
		lacking *credentialsError
		api     smithy.APIError
		unsent  *transport.RequestSendError
	)
	switch {
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		out.Code, out.Message = CodeCanceled, "the request was canceled: "+ctx.Err().Error()
	case errors.As(err, &lacking):
		out.Code, out.Message = CodeNoCredentials, a.source.lacking(lacking.err)
		out.Cause = classed(aws.ErrCredentials, err)
	case errors.As(err, &api) && named(api.ErrorCode(), out):
		out.Code, out.Message = api.ErrorCode(), api.ErrorMessage()
		if out.Message == "" {
			out.Message = status.StatusText(out.Status) // answers to HEAD have no body
		}
		a.tellMore(out, err)
		if errors.Is(out, aws.ErrCredentials) {
			out.Message += ". " + a.source.advice()
		}
	case out.Status != 0:
		out.Code, out.Message = unnamed(out.Status, answer.Err)
	case errors.As(err, &unsent):
		out.Code, out.Message = CodeUnreachable, unanswered(unsent.Err)
	default:
		return a.refused(op, err)
	}
	if afterwards := (*afterwardsError)(nil); bool(op.Access) && errors.As(err, &afterwards) {
		out.Cause = classed(aws.ErrUncertain, out.Cause)
		out.Message += ". An attempt before this one may have been carried out: see what is there"
	}
	return out
}

// named reports whether a code is the answer's own. The SDK has one for those that have
// none, and for S3's the name of the status: AWS may say no more than that in answer to
// HEAD, but not without an id.
func named(code string, out *aws.Error) bool {
	const unnamed = "UnknownError"
	return code != unnamed && (out.RequestID != "" || code != strings.ReplaceAll(status.StatusText(out.Status), " ", ""))
}

// unnamed is the code and message of an answer that is no operation's: of a proxy on
// the way, or one that broke off.
func unnamed(answered int, err error) (code, message string) {
	if answered < status.StatusMultipleChoices {
		return CodeUnreadable, "the answer broke off, or cannot be understood: " + err.Error()
	}
	return fmt.Sprintf("HTTP%d", answered), status.StatusText(answered) + ": the answer is none of AWS's, but of something on the way to it"
}

// unanswered says who did not answer, and why.
func unanswered(err error) string {
	from := ""
	if asked := (*url.Error)(nil); errors.As(err, &asked) {
		if to, parsed := url.Parse(asked.URL); parsed == nil {
			from = " from " + to.Host
		}
		err = asked.Err
	}
	if broken := (*net.OpError)(nil); errors.As(err, &broken) && broken.Op != "dial" {
		err = broken.Err // what this end of the connection is called helps nobody
	}
	return "no answer came" + from + ": " + err.Error() + ". See that this machine is connected, and try again"
}

// refused is a request that cannot be sent, or an answer that cannot be read.
func (a *Account) refused(op aws.Operation, err error) error {
	var inner *smithy.OperationError
	if errors.As(err, &inner) {
		err = inner.Err
	}
	for unfit := (*smithy.SerializationError)(nil); errors.As(err, &unfit); {
		err = unfit.Err // what it is about
	}
	return &aws.Error{
		Service: op.Service, Operation: op.Name, Code: CodeNotSent, Message: err.Error(), Cause: classed(aws.ErrInvalid, err),
	}
}

// tellMore adds what some errors say beside their message. What of it cannot be
// read is left out: the message says the most of it too.
func (a *Account) tellMore(out *aws.Error, err error) {
	var (
		canceled  *dynamodb.TransactionCanceledException
		condition *dynamodb.ConditionalCheckFailedException
		throttled *lambda.TooManyRequestsException
	)
	switch {
	case errors.As(err, &canceled):
		_ = a.converters.convert(&out.Reasons, canceled.CancellationReasons)
	case errors.As(err, &condition):
		_ = a.converters.convert(&out.Item, condition.Item)
	case errors.As(err, &throttled) && throttled.Reason != "":
		out.Reasons = []aws.CancellationReason{{Code: string(throttled.Reason)}}
	}
}
