package endpoint

import (
	"net/http"

	"awslab/aws"
)

// shapeNames are the names that CloudWatch's errors have in its newer protocols,
// by the codes that they have in the Query protocol.
var shapeNames = map[string]string{
	"InvalidParameterValue":       "InvalidParameterValueException",
	"InvalidParameterCombination": "InvalidParameterCombinationException",
	"MissingParameter":            "MissingRequiredParameterException",
	"LimitExceeded":               "LimitExceededFault",
	"InternalServiceError":        "InternalServiceFault",
}

// shapeName is the name of an error where codes of the Query protocol are not in use.
func shapeName(of *language, code string) string {
	if of.dated != "" && shapeNames[code] != "" {
		return shapeNames[code]
	}
	return code
}

// legacy tells a client that knows the codes of the Query protocol the one of an
// error, when its service has another protocol now.
func (x *exchange) legacy(failed *aws.Error) {
	if x.of == nil || x.of.dated == "" {
		return
	}
	whose := "Sender"
	if failed.Status >= http.StatusInternalServerError {
		whose = "Receiver"
	}
	x.w.Header().Set("x-amzn-query-error", failed.Code+";"+whose)
}
