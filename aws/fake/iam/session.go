package iam

import (
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// Why a role cannot be assumed.
var (
	ErrRoleMissing = errors.New("the role does not exist")
	ErrNotTrusted  = errors.New("the role's trust policy does not name the service")
)

// lambdaService is the principal that functions' roles trust.
const lambdaService = "lambda.amazonaws.com"

// sessionLife is how long credentials of a function are good: longer than the
// environment they are for is kept, as on AWS.
const sessionLife = 12 * time.Hour

// Session is a role that was assumed: who acts, and with which credentials.
type Session struct {
	ARN             string // arn:aws:sts::ACCOUNT:assumed-role/ROLE/NAME
	RoleARN         string
	AccessKeyID     string
	SecretAccessKey string
	Token           string // the session token that goes with the key
	Expires         time.Time
	role            string // its name
	id              string // ROLEID:NAME
}

// Assume lets Lambda take on a role, under a session name (the function's). The
// credentials live in memory only. Its errors are ErrRoleMissing, ErrNotTrusted
// and those of the store.
func (s *Service) Assume(roleARN, sessionName string) (Session, error) {
	r, err := s.trusting(roleARN, lambdaService)
	if err != nil {
		return Session{}, err
	}
	name := r.Role.RoleName
	session := Session{
		ARN:             fmt.Sprintf("arn:aws:sts::%s:assumed-role/%s/%s", s.config.AccountID, name, sessionName),
		RoleARN:         roleARN,
		AccessKeyID:     "ASIA" + base32.StdEncoding.EncodeToString(s.random(16))[:16],
		SecretAccessKey: base64.StdEncoding.EncodeToString(s.random(32))[:40],
		Token:           base64.StdEncoding.EncodeToString(s.random(192)),
		Expires:         s.now().Add(sessionLife),
		role:            name,
		id:              r.Role.RoleID + ":" + sessionName,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, old := range s.sessions {
		// An expired session is still known for a while, to say that it expired.
		if s.now().Sub(old.Expires) > sessionLife {
			delete(s.sessions, key)
		}
	}
	s.sessions[session.AccessKeyID] = session
	return session, nil
}

// Session finds an assumed session by its access key, also one that expired
// within the last hours; the caller checks Expires.
func (s *Service) Session(accessKeyID string) (Session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, ok := s.sessions[accessKeyID]
	return session, ok
}

// Trusts is nil when a role exists and lets a service assume it; else
// ErrRoleMissing or ErrNotTrusted, or an error of the store.
func (s *Service) Trusts(roleARN, service string) error {
	_, err := s.trusting(roleARN, service)
	return err
}

func (s *Service) trusting(roleARN, service string) (role, error) {
	var found role
	err := s.store.View(func(r *store.Reader) (err error) {
		raw := r.Get(rolesBucket, roleKey(roleARN[strings.LastIndexByte(roleARN, '/')+1:]))
		if raw == nil {
			return ErrRoleMissing
		}
		found, err = decodeRole(raw)
		return err
	})
	if err != nil {
		return role{}, err
	}
	if found.Role.Arn != roleARN {
		return role{}, ErrRoleMissing
	}
	trust, err := policy.Parse(found.Role.AssumeRolePolicyDocument)
	if err != nil {
		return role{}, fmt.Errorf("the trust policy of %s: %w", roleARN, err)
	}
	request := policy.Request{Principal: service, Action: "sts:AssumeRole", Resource: roleARN, Conditions: map[string]string{
		"aws:SourceAccount": s.config.AccountID,
	}}
	if trust.Decide(request) != policy.Allow {
		return role{}, ErrNotTrusted
	}
	return found, nil
}
