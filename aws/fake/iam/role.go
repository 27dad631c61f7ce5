package iam

import (
	"context"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// sessionSeconds is how long a session of a role lasts at most.
const sessionSeconds = 3600

// CreateRole makes a role.
func (s *Service) CreateRole(ctx context.Context, in aws.CreateRoleInput) (aws.CreateRoleOutput, error) {
	return answer(ctx, s, "CreateRole", func() (out aws.CreateRoleOutput, err error) {
		if in.Path == "" {
			in.Path = "/"
		}
		if err := checkRole(in); err != nil {
			return out, err
		}
		out.Role = s.newRole(in)
		err = s.store.Update(func(w *store.Writer) error {
			if w.Get(rolesBucket, roleKey(in.RoleName)) != nil {
				return exists("Role with name %s already exists.", in.RoleName)
			}
			all, err := allRoles(&w.Reader)
			if err != nil {
				return err
			}
			if len(all) >= maxRoles {
				return exceeds("Cannot exceed quota for RolesPerAccount: %d", maxRoles)
			}
			return role{Role: out.Role}.save(w)
		})
		return out, err
	})
}

func (s *Service) newRole(in aws.CreateRoleInput) aws.Role {
	return aws.Role{
		Path: in.Path, RoleName: in.RoleName, RoleID: s.id("AROA"), Arn: s.arn("role", in.Path, in.RoleName),
		CreateDate: s.now(), AssumeRolePolicyDocument: in.AssumeRolePolicyDocument, Description: in.Description,
		MaxSessionDuration: sessionSeconds, Tags: withTags(nil, in.Tags),
	}
}

func checkRole(in aws.CreateRoleInput) error {
	var m members
	m.name(in.RoleName, "roleName", 64)
	m.path(in.Path, "path")
	m.length(in.Description, "description", 0, 1000)
	m.document(in.AssumeRolePolicyDocument, "assumeRolePolicyDocument")
	if m.err != nil {
		return m.err
	}
	if err := document(in.AssumeRolePolicyDocument, policy.Document.Trust); err != nil {
		return err
	}
	if size(in.AssumeRolePolicyDocument) > maxTrustSize {
		return exceeds("Cannot exceed quota for ACLSizePerRole: %d", maxTrustSize)
	}
	return checkTags(in.Tags)
}

// GetRole tells about a role.
func (s *Service) GetRole(ctx context.Context, in aws.GetRoleInput) (aws.GetRoleOutput, error) {
	return answer(ctx, s, "GetRole", func() (out aws.GetRoleOutput, err error) {
		found, err := s.role(in.RoleName)
		return aws.GetRoleOutput{Role: found.Role}, err
	})
}

// role reads a role by its name, which it checks.
func (s *Service) role(name string) (found role, err error) {
	var m members
	m.name(name, "roleName", 64)
	if m.err != nil {
		return found, m.err
	}
	err = s.store.View(func(r *store.Reader) (err error) {
		found, err = findRole(r, name)
		return err
	})
	return found, err
}

// ListRoles lists roles by name.
func (s *Service) ListRoles(ctx context.Context, in aws.ListRolesInput) (aws.ListRolesOutput, error) {
	return answer(ctx, s, "ListRoles", func() (out aws.ListRolesOutput, err error) {
		var m members
		m.maxItems(in.MaxItems)
		if m.err != nil {
			return out, m.err
		}
		var roles []aws.Role
		err = s.store.View(func(r *store.Reader) error {
			all, err := allRoles(r)
			for _, each := range all {
				if strings.HasPrefix(each.Role.Path, in.PathPrefix) {
					each.Role.Tags = nil
					roles = append(roles, each.Role)
				}
			}
			return err
		})
		if err != nil {
			return out, err
		}
		part, err := page(roles, func(r aws.Role) string { return string(roleKey(r.RoleName)) }, in.MaxItems, in.Marker)
		return aws.ListRolesOutput{Roles: part.items, IsTruncated: part.truncated, Marker: part.marker}, err
	})
}

// DeleteRole deletes a role that has no policies any more.
func (s *Service) DeleteRole(ctx context.Context, in aws.DeleteRoleInput) (aws.DeleteRoleOutput, error) {
	return answer(ctx, s, "DeleteRole", func() (out aws.DeleteRoleOutput, err error) {
		err = s.change(in.RoleName, func(_ *store.Writer, r *role) error {
			if len(r.Attached) > 0 {
				return conflict("Cannot delete entity, must detach all policies first.")
			}
			if len(r.Inline) > 0 {
				return conflict("Cannot delete entity, must delete policies first.")
			}
			return nil
		}, func(w *store.Writer, r role) error {
			w.Delete(rolesBucket, roleKey(r.Role.RoleName))
			return nil
		})
		return out, err
	})
}

// change reads a role, lets a function change it, and keeps the outcome.
func (s *Service) change(name string, do func(*store.Writer, *role) error, keep func(*store.Writer, role) error) error {
	var m members
	m.name(name, "roleName", 64)
	if m.err != nil {
		return m.err
	}
	return s.store.Update(func(w *store.Writer) error {
		r, err := findRole(&w.Reader, name)
		if err != nil {
			return err
		}
		if err := do(w, &r); err != nil {
			return err
		}
		return keep(w, r)
	})
}

// save keeps a changed role.
func save(w *store.Writer, r role) error { return r.save(w) }
