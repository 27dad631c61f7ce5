package sdk

import (
	"context"
	"errors"
	"fmt"

	"awslab/aws"

	core "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// credentialsError tells that no credentials could be had.
type credentialsError struct{ err error }

func (e *credentialsError) Error() string { return e.err.Error() }
func (e *credentialsError) Unwrap() error { return e.err }

// telling tells failures to get credentials from other ones.
type telling struct{ core.CredentialsProvider }

// Retrieve gets credentials.
func (t telling) Retrieve(ctx context.Context) (core.Credentials, error) {
	found, err := t.CredentialsProvider.Retrieve(ctx)
	if err != nil {
		return found, &credentialsError{err}
	}
	return found, nil
}

// source is where credentials come from.
type source struct {
	profile string
	keys    bool   // the environment's
	sso     string // the profile that signs in by SSO: this one, or one it builds on
	none    bool   // nothing names any: only a machine at AWS has some
}

// sourceOf reads it from the configuration.
func sourceOf(loaded core.Config, profile string) source {
	s := source{profile: profile, none: true}
	for _, from := range loaded.ConfigSources {
		switch from := from.(type) {
		case config.EnvConfig:
			s.fromEnvironment(from, profile != "")
		case config.SharedConfig:
			s.fromProfile(from)
		}
	}
	if s.profile == "" {
		s.profile = config.DefaultSharedConfigProfile
	}
	return s
}

// fromEnvironment notes what the environment says. Its keys do not count when a
// profile was asked for.
func (s *source) fromEnvironment(e config.EnvConfig, chosen bool) {
	if s.profile == "" {
		s.profile = e.SharedConfigProfile
	}
	s.keys = e.Credentials.HasKeys() && !chosen
	if s.keys || e.WebIdentityTokenFilePath != "" || e.ContainerCredentialsEndpoint != "" || e.ContainerCredentialsRelativePath != "" {
		s.none = false
	}
}

// fromProfile notes what a profile says, and those that it builds on.
func (s *source) fromProfile(c config.SharedConfig) {
	for p := &c; p != nil; p = p.Source {
		if p.SSOSessionName != "" || p.SSOStartURL != "" {
			s.sso = p.Profile
		}
		if p.Credentials.HasKeys() || p.RoleARN != "" || p.CredentialProcess != "" || p.LoginSession != "" || s.sso != "" {
			s.none = false
		}
	}
}

// lacking says that no credentials could be had, and what to do.
func (s source) lacking(err error) string {
	if s.none {
		return fmt.Sprintf("no credentials were found for the profile %q. %s", s.profile, s.advice())
	}
	return fmt.Sprintf("the profile %q gives no valid credentials: %v. %s", s.profile, err, s.advice())
}

// advice is what to do when credentials are missing or expired. A program's
// environment is what it was at its start.
func (s source) advice() string {
	switch {
	case s.keys:
		return "The environment's AWS_ACCESS_KEY_ID is in use: leave awslab, set it anew or unset it to use a profile, and start awslab again"
	case s.sso != "":
		return "Run: aws sso login" + option(s.sso)
	}
	return "Run: " + s.configure()
}

// configure is the command that sets a profile up.
func (s source) configure() string { return "aws configure" + option(s.profile) }

// option is the AWS CLI's option for a profile.
func option(profile string) string {
	if profile == config.DefaultSharedConfigProfile {
		return ""
	}
	return " --profile " + profile
}

// unreadable is a configuration that the SDK cannot load.
func unreadable(err error) error {
	var missing config.SharedConfigProfileNotExistError
	if errors.As(err, &missing) {
		s := source{profile: missing.Profile}
		return classed(aws.ErrCredentials, fmt.Errorf("there is no profile %q. Choose another one, or run: %s", missing.Profile, s.configure()))
	}
	return fmt.Errorf("the AWS configuration cannot be read: %w", err)
}

// classed gives an error a class that it would not tell by itself.
func classed(class, err error) error { return &classedError{class, err} }

type classedError struct{ class, err error }

func (e *classedError) Error() string   { return e.err.Error() }
func (e *classedError) Unwrap() []error { return []error{e.class, e.err} }
