package lambda

import (
	"context"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// UpdateFunctionCode replaces a function's code. Until the change is Successful,
// invocations run the code from before.
func (s *Service) UpdateFunctionCode(ctx context.Context, in aws.UpdateFunctionCodeInput) (aws.UpdateFunctionCodeOutput, error) {
	return answer(ctx, s, "UpdateFunctionCode", func() (out aws.UpdateFunctionCodeOutput, err error) {
		if err := checkArchitectures(in.Architectures); err != nil {
			return out, err
		}
		from := source{in.ZipFile, in.S3Bucket, in.S3Key}
		if err := from.check(); err != nil {
			return out, err
		}
		f, err := s.find(in.FunctionName, "", false)
		if err != nil {
			return out, err
		}
		if err := s.changeable(&f.record, in.RevisionID); err != nil {
			return out, err
		}
		if err := s.checkUpdatable(f.Settings.Runtime); err != nil {
			return out, err
		}
		code, size, err := s.keep(ctx, from)
		if err != nil {
			return out, err
		}
		defer s.code.release(code)
		if in.DryRun {
			r := f.record
			r.Settings.Code, r.Settings.CodeSize = code, size
			out.FunctionConfiguration = s.describe(&r)
			return out, nil
		}
		out.FunctionConfiguration, err = s.update(in.FunctionName, in.RevisionID, func(r *record) error {
			r.Settings.Code, r.Settings.CodeSize = code, size
			if len(in.Architectures) > 0 {
				r.Settings.Architectures = slices.Clone(in.Architectures)
			}
			return nil
		})
		return out, err
	})
}

// UpdateFunctionConfiguration changes what is given of a function's settings.
func (s *Service) UpdateFunctionConfiguration(ctx context.Context, in aws.UpdateFunctionConfigurationInput) (aws.UpdateFunctionConfigurationOutput, error) {
	return answer(ctx, s, "UpdateFunctionConfiguration", func() (out aws.UpdateFunctionConfigurationOutput, err error) {
		if err := s.checkConfiguration(in); err != nil {
			return out, err
		}
		out.FunctionConfiguration, err = s.update(in.FunctionName, in.RevisionID, func(r *record) error {
			if err := s.checkUpdatable(r.Settings.Runtime); in.Runtime == "" && err != nil {
				return err
			}
			r.Description = in.Description.Or(r.Description)
			configure(&r.Settings, in)
			return nil
		})
		return out, err
	})
}

func (s *Service) checkConfiguration(in aws.UpdateFunctionConfigurationInput) error {
	// A name that is wrong is reported before anything else.
	if _, err := s.refer(in.FunctionName, ""); err != nil {
		return err
	}
	var m members
	checkForms(&m, in.Role, in.Handler, in.Description.Or(""), in.Timeout, in.MemorySize, in.EphemeralStorage, in.Environment)
	if err := m.err(); err != nil {
		return err
	}
	if in.Runtime != "" {
		if err := s.checkRuntime(in.Runtime); err != nil {
			return err
		}
	}
	if err := checkVariables(in.Environment); err != nil {
		return err
	}
	if _, err := s.find(in.FunctionName, "", false); err != nil {
		return err
	}
	if in.Role == "" {
		return nil
	}
	return s.checkRole(in.Role)
}

// configure sets what is given.
func configure(set *settings, in aws.UpdateFunctionConfigurationInput) {
	if in.Runtime != "" {
		set.Runtime = in.Runtime
	}
	if in.Role != "" {
		set.Role = in.Role
	}
	if in.Handler != "" {
		set.Handler = in.Handler
	}
	if in.Timeout != 0 {
		set.Timeout = in.Timeout
	}
	if in.MemorySize != 0 {
		set.Memory = in.MemorySize
	}
	if in.EphemeralStorage != nil {
		set.Storage = in.EphemeralStorage.Size
	}
	set.setEnvironment(in.Environment)
}

// update changes a function's settings, so that the change is InProgress for the
// configured delay.
func (s *Service) update(name, revision string, do func(*record) error) (d aws.FunctionConfiguration, err error) {
	err = s.change(name, func(_ *store.Reader, r *record) error {
		if err := s.changeable(r, revision); err != nil {
			return err
		}
		before := r.Settings
		if err := do(r); err != nil {
			return err
		}
		now := s.now()
		r.Settings.Revision, r.Tagged = s.uuid(), ""
		r.Before, r.Modified, r.Until = &before, now, now.Add(s.config.Delay)
		d = s.describe(r)
		return nil
	})
	if err == nil {
		s.tidy()
	}
	return d, err
}

// changeable checks that a function can be changed now, and is at the revision
// that the request wants, if it wants one.
func (s *Service) changeable(r *record, revision string) error {
	const cannot = "The operation cannot be performed at this time. "
	now := s.now()
	switch {
	case r.pending(now):
		return conflict(cannot + "The function is currently in the following state: Pending")
	case r.busy(now):
		return conflict(cannot+"An update is in progress for resource: %s", s.functionARN(r.Name))
	case revision != "" && revision != r.revision():
		return fault(codePrecondition, "The RevisionId provided does not match the latest RevisionId. "+
			"Call the GetFunction/GetAlias API to retrieve the latest RevisionId")
	}
	return nil
}
