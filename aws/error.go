package aws

import (
	"errors"
	"fmt"
)

// Error is what every Cloud returns when an operation fails: AWS's own code
// and message, and where they came from. Test for a class with errors.Is
// (errors.Is(err, aws.ErrNotFound)), for the rest with errors.As.
type Error struct {
	Service   Service
	Operation string // as AWS names it, "PutItem"
	Code      string // "ResourceNotFoundException"
	Message   string // AWS's wording
	Status    int    // HTTP status; 0 when no answer came
	RequestID string
	// Reasons says, for TransactionCanceledException, what became of each of
	// the transaction's actions, in their order; for Lambda's
	// TooManyRequestsException the first one's Code says which limit it was.
	Reasons []CancellationReason
	// Item is, for ConditionalCheckFailedException, the item as it is, when the
	// request asked for it.
	Item Item
	// Details are what S3's error documents tell beside code and message, in their
	// order ("Condition", "UploadId"); Headers are what an answer with an error tells
	// in its headers.
	Details, Headers []ErrorDetail
	// Cause is the error below, if any (a full disk, a lost connection).
	Cause error
}

// CancellationReason tells why one action of a transaction failed; Code is
// "None" for an action that did not.
type CancellationReason struct {
	Code    string
	Message string
	Item    Item `json:",omitempty"`
}

// ErrorDetail is a name and what it stands for.
type ErrorDetail struct{ Name, Value string }

// Error gives the code and message, with the operation, if there is one, before
// them.
func (e *Error) Error() string {
	if e.Operation == "" {
		return e.Code + ": " + e.Message
	}
	return fmt.Sprintf("%s: %s: %s", e.Operation, e.Code, e.Message)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// The classes of error that a caller may need to tell apart.
var (
	ErrNotFound     = errors.New("the resource does not exist")
	ErrInUse        = errors.New("the resource exists already or is busy")
	ErrInvalid      = errors.New("the request is not valid")
	ErrCondition    = errors.New("the condition does not hold")
	ErrCanceled     = errors.New("the transaction was canceled")
	ErrArchived     = errors.New("the object must be restored before it can be read")
	ErrThrottled    = errors.New("too many requests")
	ErrAccessDenied = errors.New("access denied")
	ErrCredentials  = errors.New("credentials are missing, invalid or expired")
	ErrReadOnly     = errors.New("this session is read-only")
	ErrNotAllowed   = errors.New("the user did not allow it")
	// ErrUncertain is the class, beside another one, of a call that was tried again:
	// an attempt before got no answer, and may have been carried out.
	ErrUncertain = errors.New("an earlier attempt may have been carried out")
	ErrStorage   = errors.New("the sandbox cannot reach its files")
)

// The codes that belong to no AWS service.
const (
	// CodeReadOnly is the code of a write that a read-only session refused.
	CodeReadOnly = "ReadOnlySession"
	// CodeNotAllowed is the code of a write that the user did not allow.
	CodeNotAllowed = "ChangesNotAllowed"
	// CodeStorage is the code of a sandbox that cannot read or write its folder.
	CodeStorage = "SandboxStorageFailure"
)

// Is reports whether the error belongs to the class target.
func (e *Error) Is(target error) bool {
	class := classOf(e.Code)
	return class != nil && class == target
}

// classOf is the class of a code; nil when it has none.
func classOf(code string) error {
	switch code {
	case "ResourceNotFoundException", "TableNotFoundException", "IndexNotFoundException",
		"NoSuchBucket", "NoSuchKey", "NotFound", "NoSuchUpload", "NoSuchVersion", "NoSuchBucketPolicy", "NoSuchEntity", "NotFoundException":
		return ErrNotFound
	case "ResourceInUseException", "ResourceConflictException", "TransactionConflictException",
		"BucketAlreadyExists", "BucketAlreadyOwnedByYou", "BucketNotEmpty", "OperationAborted",
		"EntityAlreadyExists", "DeleteConflict", "ResourceAlreadyExistsException", "ConflictException":
		return ErrInUse
	case "ValidationException", "SerializationException", "ItemCollectionSizeLimitExceededException",
		"InvalidBucketName", "InvalidArgument", "InvalidRequest", "InvalidRange", "InvalidPart", "InvalidPartOrder",
		"InvalidLocationConstraint", "IllegalLocationConstraintException", "EntityTooSmall", "EntityTooLarge",
		"KeyTooLongError", "MetadataTooLarge", "IncompleteBody", "BadDigest", "InvalidDigest", "MalformedXML", "MalformedPolicy",
		"InvalidParameterValueException", "InvalidRequestContentException", "RequestEntityTooLargeException", "CodeStorageExceededException",
		"InvalidParameterException", "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "InvalidInput", "MalformedPolicyDocument", "ValidationError",
		"InvalidTag", "InvalidPartNumber", "InvalidStorageClass", "AccessControlListNotSupported", "InvalidBucketAclWithObjectOwnership", "IllegalVersioningConfigurationException", "IdempotentParameterMismatchException", "LimitExceeded",
		"InvalidURI", "BadRequest", "PolicyTooLarge", "AuthorizationQueryParametersError", "AuthorizationHeaderMalformed",
		"ExpiredIteratorException", "TooManyTagsException", "TrimmedDataAccessException", "RequestedRangeNotSatisfiable", "InvalidRuntimeException", "PolicyLengthExceededException", "RecursiveInvocationException", "BadRequestException":
		return ErrInvalid
	case "ConditionalCheckFailedException", "DuplicateItemException", "PreconditionFailed", "PreconditionFailedException":
		return ErrCondition
	case "TransactionCanceledException":
		return ErrCanceled
	case "InvalidObjectState":
		return ErrArchived
	case "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
		"ProvisionedThroughputExceededException", "RequestLimitExceeded", "LimitExceededException", "TooManyRequestsException", "SlowDown":
		return ErrThrottled
	case "AccessDeniedException", "AccessDenied", "Forbidden":
		return ErrAccessDenied
	case "UnrecognizedClientException", "InvalidClientTokenId", "ExpiredTokenException", "ExpiredToken", "MissingAuthenticationTokenException",
		"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "RequestExpired", "InvalidSignatureException", "IncompleteSignature":
		return ErrCredentials
	case CodeReadOnly:
		return ErrReadOnly
	case CodeNotAllowed:
		return ErrNotAllowed
	case CodeStorage:
		return ErrStorage
	}
	return nil
}
