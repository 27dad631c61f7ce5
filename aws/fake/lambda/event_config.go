package lambda

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// How asynchronous invocations are retried unless told.
const (
	maxRetries  = 2
	maxEventAge = 21600 // seconds
	minEventAge = 60
)

// eventInvokeConfig is what is stored of how a function's events are retried.
type eventInvokeConfig struct {
	Modified time.Time
	Retries  aws.Option[int] `json:",omitzero"`
	MaxAge   int             `json:",omitempty"` // seconds
}

// retries is how often an event whose invocation failed is tried again.
func (r *record) retries() int {
	if r.Events == nil {
		return maxRetries
	}
	return r.Events.Retries.Or(maxRetries)
}

// eventAge is how old an event may get.
func (r *record) eventAge() time.Duration {
	if r.Events == nil || r.Events.MaxAge == 0 {
		return maxEventAge * time.Second
	}
	return time.Duration(r.Events.MaxAge) * time.Second
}

// PutFunctionEventInvokeConfig says how a function's events are retried.
func (s *Service) PutFunctionEventInvokeConfig(ctx context.Context, in aws.PutFunctionEventInvokeConfigInput) (aws.PutFunctionEventInvokeConfigOutput, error) {
	return answer(ctx, s, "PutFunctionEventInvokeConfig", func() (out aws.PutFunctionEventInvokeConfigOutput, err error) {
		retries, given := in.MaximumRetryAttempts.Get()
		var m members
		if given {
			m.within(retries, "maximumRetryAttempts", 0, maxRetries)
		}
		if in.MaximumEventAgeInSeconds != 0 {
			m.within(in.MaximumEventAgeInSeconds, "maximumEventAgeInSeconds", minEventAge, maxEventAge)
		}
		if err := m.err(); err != nil {
			return out, err
		}
		if !given && in.MaximumEventAgeInSeconds == 0 {
			return out, badParameter("You must specify at least one of error handling or destination setting.")
		}
		err = s.change(in.FunctionName, func(_ *store.Reader, r *record) error {
			r.Events = &eventInvokeConfig{Modified: s.now(), Retries: in.MaximumRetryAttempts, MaxAge: in.MaximumEventAgeInSeconds}
			out.EventInvokeConfig = s.describeEvents(r)
			return nil
		})
		return out, err
	})
}

// GetFunctionEventInvokeConfig reads it.
func (s *Service) GetFunctionEventInvokeConfig(ctx context.Context, in aws.GetFunctionEventInvokeConfigInput) (aws.GetFunctionEventInvokeConfigOutput, error) {
	return answer(ctx, s, "GetFunctionEventInvokeConfig", func() (out aws.GetFunctionEventInvokeConfigOutput, err error) {
		f, err := s.find(in.FunctionName, "", false)
		if err != nil {
			return out, err
		}
		if f.Events == nil {
			return out, s.noEventInvokeConfig(&f.record)
		}
		out.EventInvokeConfig = s.describeEvents(&f.record)
		return out, nil
	})
}

// DeleteFunctionEventInvokeConfig goes back to the defaults.
func (s *Service) DeleteFunctionEventInvokeConfig(ctx context.Context, in aws.DeleteFunctionEventInvokeConfigInput) (aws.DeleteFunctionEventInvokeConfigOutput, error) {
	return answer(ctx, s, "DeleteFunctionEventInvokeConfig", func() (out aws.DeleteFunctionEventInvokeConfigOutput, err error) {
		return out, s.change(in.FunctionName, func(_ *store.Reader, r *record) error {
			if r.Events == nil {
				return s.noEventInvokeConfig(r)
			}
			r.Events = nil
			return nil
		})
	})
}

func (s *Service) noEventInvokeConfig(r *record) error {
	return notFound("The function %s:%s doesn't have an EventInvokeConfig", s.functionARN(r.Name), latest)
}

func (s *Service) describeEvents(r *record) aws.EventInvokeConfig {
	return aws.EventInvokeConfig{
		FunctionArn:          s.functionARN(r.Name) + ":" + latest,
		LastModified:         float64(r.Events.Modified.UnixMilli()) / 1000,
		MaximumRetryAttempts: r.Events.Retries, MaximumEventAgeInSeconds: r.Events.MaxAge,
	}
}

// PutFunctionRecursionConfig allows or forbids that a function sets itself off.
func (s *Service) PutFunctionRecursionConfig(ctx context.Context, in aws.PutFunctionRecursionConfigInput) (aws.PutFunctionRecursionConfigOutput, error) {
	return answer(ctx, s, "PutFunctionRecursionConfig", func() (out aws.PutFunctionRecursionConfigOutput, err error) {
		var m members
		if in.RecursiveLoop != aws.RecursiveLoopAllow && in.RecursiveLoop != aws.RecursiveLoopTerminate {
			m.add(in.RecursiveLoop, "recursiveLoop", "Member must satisfy enum value set: [Allow, Terminate]")
		}
		if err := m.err(); err != nil {
			return out, err
		}
		out.RecursiveLoop = in.RecursiveLoop
		return out, s.change(in.FunctionName, func(_ *store.Reader, r *record) error {
			r.Recursion = in.RecursiveLoop
			return nil
		})
	})
}

// GetFunctionRecursionConfig tells which it is.
func (s *Service) GetFunctionRecursionConfig(ctx context.Context, in aws.GetFunctionRecursionConfigInput) (aws.GetFunctionRecursionConfigOutput, error) {
	return answer(ctx, s, "GetFunctionRecursionConfig", func() (out aws.GetFunctionRecursionConfigOutput, err error) {
		f, err := s.find(in.FunctionName, "", false)
		if err != nil {
			return out, err
		}
		out.RecursiveLoop = aws.RecursiveLoopTerminate
		if f.Recursion != "" {
			out.RecursiveLoop = f.Recursion
		}
		return out, nil
	})
}
