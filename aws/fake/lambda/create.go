package lambda

import (
	"context"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// CreateFunction makes a function, which is Pending until the configured delay
// is over.
func (s *Service) CreateFunction(ctx context.Context, in aws.CreateFunctionInput) (aws.CreateFunctionOutput, error) {
	return answer(ctx, s, "CreateFunction", func() (out aws.CreateFunctionOutput, err error) {
		ref, err := s.checkCreate(in)
		if err != nil {
			return out, err
		}
		code, size, err := s.keep(ctx, source{in.Code.ZipFile, in.Code.S3Bucket, in.Code.S3Key})
		if err != nil {
			return out, err
		}
		defer s.code.release(code)
		r := s.newRecord(ref.name, in, code, size)
		err = s.store.Update(func(w *store.Writer) error {
			if err := s.free(&w.Reader, ref.name); err != nil {
				return err
			}
			return save(w, &r)
		})
		if err == nil {
			out.FunctionConfiguration = s.describe(&r)
		}
		return out, err
	})
}

// checkCreate checks all but the code's inside, the cheapest first.
func (s *Service) checkCreate(in aws.CreateFunctionInput) (reference, error) {
	ref, err := s.refer(in.FunctionName, "")
	if err != nil {
		return ref, err
	}
	var m members
	m.matching(in.Role, "role", rolePattern)
	checkForms(&m, "", in.Handler, in.Description, in.Timeout, in.MemorySize, in.EphemeralStorage, in.Environment)
	m.oneOf(in.PackageType, "packageType", "Zip", "Image")
	if err := m.err(); err != nil {
		return ref, err
	}
	if err := checkArchitectures(in.Architectures); err != nil {
		return ref, err
	}
	switch {
	case ref.foreign != "" || ref.qualifier != "":
		return ref, badParameter("The function name %s names a function of another place, or a version", in.FunctionName)
	case in.PackageType == "Image":
		return ref, badParameter("The sandbox makes functions of the package type Zip only.")
	case in.Runtime == "" || in.Handler == "":
		return ref, badParameter("Runtime and Handler are mandatory parameters for functions created with deployment packages.")
	}
	if err := (source{in.Code.ZipFile, in.Code.S3Bucket, in.Code.S3Key}).check(); err != nil {
		return ref, err
	}
	if err := s.checkRuntime(in.Runtime); err != nil {
		return ref, err
	}
	if err := checkVariables(in.Environment); err != nil {
		return ref, err
	}
	if err := checkTags(in.Tags); err != nil {
		return ref, err
	}
	if err := s.store.View(func(r *store.Reader) error { return s.free(r, ref.name) }); err != nil {
		return ref, err
	}
	return ref, s.checkRole(in.Role)
}

// free checks that no function has the name.
func (s *Service) free(r *store.Reader, name string) error {
	f, err := s.function(r, name)
	if err == nil && f != nil {
		return conflict("Function already exist: %s", name)
	}
	return err
}

func (s *Service) newRecord(name string, in aws.CreateFunctionInput, code string, size int64) record {
	now := s.now()
	set := settings{
		Revision: s.uuid(), Runtime: in.Runtime, Role: in.Role, Handler: in.Handler, Code: code, CodeSize: size,
		Timeout: defaultTimeout, Memory: defaultMemory, Storage: defaultStorage, Architectures: []string{defaultPlatform},
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
	if len(in.Architectures) > 0 {
		set.Architectures = slices.Clone(in.Architectures)
	}
	set.setEnvironment(in.Environment)
	return record{
		Name: name, Description: in.Description, Tags: in.Tags,
		Modified: now, Settings: set, Until: now.Add(s.config.Delay),
	}
}

// DeleteFunction deletes a function. What it is doing it may finish; events that
// are queued for it are dropped. Its log stays.
func (s *Service) DeleteFunction(ctx context.Context, in aws.DeleteFunctionInput) (aws.DeleteFunctionOutput, error) {
	return answer(ctx, s, "DeleteFunction", func() (out aws.DeleteFunctionOutput, err error) {
		ref, err := s.refer(in.FunctionName, "")
		if err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			if _, err := s.known(&w.Reader, ref, false); err != nil {
				return err
			}
			w.Delete(functionsBucket, []byte(ref.name))
			return nil
		})
		if err != nil {
			return out, err
		}
		s.pool.retire(ref.name)
		s.tidy()
		return out, nil
	})
}

// tidy deletes code that is no longer needed. What can't be deleted now is left
// for the next time.
func (s *Service) tidy() { _ = s.code.sweep() }
