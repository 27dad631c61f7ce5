package aws

import "context"

// STS is AWS Security Token Service, as much of it as says who is calling.
type STS interface {
	// GetCallerIdentity tells whose credentials are in use. It needs no
	// permission and fails only for bad or expired credentials.
	GetCallerIdentity(context.Context, GetCallerIdentityInput) (GetCallerIdentityOutput, error)
}

// GetCallerIdentityInput has no members.
type GetCallerIdentityInput struct{}

// GetCallerIdentityOutput names the caller.
type GetCallerIdentityOutput struct {
	Account string // twelve digits
	Arn     string
	UserID  string `json:"UserId"`
}
