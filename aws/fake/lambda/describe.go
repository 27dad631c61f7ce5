package lambda

import (
	"context"
	"io"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// pageSize is the most functions that a page lists.
const pageSize = 50

// GetFunction tells about a function and gives its code. The code's Location is
// empty: nothing serves it at a URL; Open reads it.
func (s *Service) GetFunction(ctx context.Context, in aws.GetFunctionInput) (aws.GetFunctionOutput, error) {
	return answer(ctx, s, "GetFunction", func() (out aws.GetFunctionOutput, err error) {
		f, err := s.find(in.FunctionName, in.Qualifier, false)
		if err != nil {
			return out, err
		}
		out.Configuration = s.describe(&f.record)
		out.Tags = f.Tags
		out.Code = aws.FunctionCodeLocation{RepositoryType: "S3", Open: func(context.Context) (io.ReadCloser, error) {
			return s.code.openZip(f.Settings.Code)
		}}
		if reserved, ok := f.Reserved.Get(); ok {
			out.Concurrency = &aws.Concurrency{ReservedConcurrentExecutions: reserved}
		}
		return out, nil
	})
}

// GetFunctionConfiguration tells about a function.
func (s *Service) GetFunctionConfiguration(ctx context.Context, in aws.GetFunctionConfigurationInput) (aws.GetFunctionConfigurationOutput, error) {
	return answer(ctx, s, "GetFunctionConfiguration", func() (out aws.GetFunctionConfigurationOutput, err error) {
		f, err := s.find(in.FunctionName, in.Qualifier, false)
		if err == nil {
			out.FunctionConfiguration = s.describe(&f.record)
		}
		return out, err
	})
}

// ListFunctions lists functions in order of their names. A page's marker is the
// name of its last function.
func (s *Service) ListFunctions(ctx context.Context, in aws.ListFunctionsInput) (aws.ListFunctionsOutput, error) {
	return answer(ctx, s, "ListFunctions", func() (out aws.ListFunctionsOutput, err error) {
		size, given := in.MaxItems.Get()
		var m members
		if given {
			m.within(size, "maxItems", 1, 10000)
		}
		if err := m.err(); err != nil {
			return out, err
		}
		if !given {
			size = pageSize
		}
		size = min(size, pageSize)
		out.Functions = []aws.FunctionConfiguration{}
		err = s.store.View(func(r *store.Reader) error {
			return s.each(r, in.Marker, func(f *function) bool {
				if f.Name == in.Marker {
					return true
				}
				if len(out.Functions) == size {
					out.NextMarker = out.Functions[size-1].FunctionName
					return false
				}
				listed := s.describe(&f.record)
				// A list does not tell the states.
				listed.State, listed.StateReason, listed.StateReasonCode = "", "", ""
				listed.LastUpdateStatus, listed.LastUpdateStatusReason, listed.LastUpdateStatusReasonCode = "", "", ""
				out.Functions = append(out.Functions, listed)
				return true
			})
		})
		return out, err
	})
}

// beingMade is why a function is Pending, or a change InProgress.
const beingMade = "The function is being created."

// describe tells all about a function as it is now.
func (s *Service) describe(r *record) aws.FunctionConfiguration {
	now := s.now()
	set := r.Settings
	d := aws.FunctionConfiguration{
		FunctionName: r.Name, FunctionArn: s.functionARN(r.Name), Description: r.Description,
		Runtime: set.Runtime, Role: set.Role, Handler: set.Handler,
		CodeSha256: set.Code, CodeSize: set.CodeSize,
		Timeout: set.Timeout, MemorySize: set.Memory, EphemeralStorage: aws.EphemeralStorage{Size: set.Storage},
		Architectures: set.Architectures,
		LastModified:  r.Modified.Format("2006-01-02T15:04:05.000+0000"),
		Version:       latest, RevisionID: r.revision(), PackageType: "Zip",
		State: aws.FunctionActive, LastUpdateStatus: aws.UpdateSuccessful,
		TracingConfig: aws.TracingConfig{Mode: "PassThrough"},
		LoggingConfig: aws.LoggingConfig{LogFormat: "Text", LogGroup: logGroup(r.Name)},
		SnapStart:     aws.SnapStart{ApplyOn: "None", OptimizationStatus: "Off"},
	}
	if set.HasVariables {
		d.Environment = &aws.Environment{Variables: set.Variables}
	}
	switch {
	case r.pending(now):
		d.State, d.StateReason, d.StateReasonCode = aws.FunctionPending, beingMade, "Creating"
		d.LastUpdateStatus = ""
	case r.busy(now):
		d.LastUpdateStatus, d.LastUpdateStatusReason, d.LastUpdateStatusReasonCode = aws.UpdateInProgress, beingMade, "Creating"
	}
	return d
}

// logGroup is where a function's log goes.
func logGroup(name string) string { return "/aws/lambda/" + name }
