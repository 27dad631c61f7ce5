package aws

// ListTagsForResourceInput names a group by its LogGroupArn, which has no ":*" at
// its end.
type ListTagsForResourceInput struct {
	ResourceArn string `json:"resourceArn"`
}

// ListTagsForResourceOutput is the group's tags.
type ListTagsForResourceOutput struct {
	Tags map[string]string `json:"tags"`
}

// LogsTagResourceInput gives a group tags, 50 in all at most; one whose key it has
// already gets the new value.
type LogsTagResourceInput struct {
	ResourceArn string            `json:"resourceArn"`
	Tags        map[string]string `json:"tags"` // keys of 1 to 128 characters, values of up to 256
}

// LogsTagResourceOutput has no members.
type LogsTagResourceOutput struct{}

// LogsUntagResourceInput takes tags from a group; keys that it does not have are
// no error.
type LogsUntagResourceInput struct {
	ResourceArn string   `json:"resourceArn"`
	TagKeys     []string `json:"tagKeys"`
}

// LogsUntagResourceOutput has no members.
type LogsUntagResourceOutput struct{}
