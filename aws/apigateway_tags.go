package aws

// RestAPIARN is the ARN of an API, by which its tags are found.
func (p Place) RestAPIARN(restAPIID string) string {
	return "arn:aws:apigateway:" + p.Region + "::/restapis/" + restAPIID
}

// StageARN is the ARN of a stage of an API, by which its tags are found.
func (p Place) StageARN(restAPIID, stage string) string {
	return p.RestAPIARN(restAPIID) + "/stages/" + stage
}

// GetTagsInput names an API or a stage by its ARN.
type GetTagsInput struct {
	ResourceArn string `json:"resourceArn"`
}

// GetTagsOutput is its tags.
type GetTagsOutput struct {
	Tags map[string]string `json:"tags"`
}

// APIGatewayTagResourceInput gives an API or a stage tags, 50 in all at most; one
// whose key it has already gets the new value.
type APIGatewayTagResourceInput struct {
	ResourceArn string            `json:"resourceArn"`
	Tags        map[string]string `json:"tags"` // keys of 1 to 128 characters, values of up to 256
}

// APIGatewayTagResourceOutput has no members.
type APIGatewayTagResourceOutput struct{}

// APIGatewayUntagResourceInput takes tags from an API or a stage; keys that it
// does not have are no error.
type APIGatewayUntagResourceInput struct {
	ResourceArn string   `json:"resourceArn"`
	TagKeys     []string `json:"tagKeys"`
}

// APIGatewayUntagResourceOutput has no members.
type APIGatewayUntagResourceOutput struct{}
