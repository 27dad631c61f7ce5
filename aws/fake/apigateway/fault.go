package apigateway

import (
	"fmt"
	"net/http"

	"awslab/aws"
)

// The codes of API Gateway's errors.
const (
	codeBadRequest = "BadRequestException"
	codeNotFound   = "NotFoundException"
	codeConflict   = "ConflictException"
	codeLimit      = "LimitExceededException"
)

// statusOf is the HTTP status of a code.
func statusOf(code string) int {
	switch code {
	case codeNotFound:
		return http.StatusNotFound
	case codeConflict:
		return http.StatusConflict
	case codeLimit:
		return http.StatusTooManyRequests
	}
	return http.StatusBadRequest
}

func fault(code, format string, args ...any) error {
	return &aws.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) error { return fault(codeBadRequest, format, args...) }

func conflict(format string, args ...any) error { return fault(codeConflict, format, args...) }

// unknown is the error for what is not there.
func unknown(what string) error { return fault(codeNotFound, "Invalid %s identifier specified", what) }

// noAPI is the error for an API that is not there.
func (s *Service) noAPI(id string) error {
	return fault(codeNotFound, "Invalid API identifier specified %s:%s", s.config.AccountID, id)
}

// tooMany is the error for what an API may have no more of.
func tooMany(what string, most int) error {
	return fault(codeLimit, "Maximum number of %s for this API has been reached. Please contact AWS if you need additional %s. The maximum is %d.", what, what, most)
}
