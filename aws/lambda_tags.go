package aws

// ListTagsInput names a function by its ARN, without a version.
type ListTagsInput struct {
	Resource string
}

// ListTagsOutput is the function's tags.
type ListTagsOutput struct {
	Tags map[string]string
}

// LambdaTagResourceInput gives a function tags, 50 in all at most; one whose key
// it has already gets the new value.
type LambdaTagResourceInput struct {
	Resource string            // the function's ARN, without a version
	Tags     map[string]string // keys of 1 to 128 characters, values of up to 256
}

// LambdaTagResourceOutput has no members.
type LambdaTagResourceOutput struct{}

// LambdaUntagResourceInput takes tags from a function; keys that it does not have
// are no error.
type LambdaUntagResourceInput struct {
	Resource string   // the function's ARN, without a version
	TagKeys  []string `json:"tagKeys"`
}

// LambdaUntagResourceOutput has no members.
type LambdaUntagResourceOutput struct{}
