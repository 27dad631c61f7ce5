package lambda

import (
	"context"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The account's limits; sizes in bytes.
const (
	maxConcurrency  = 1000 // executions at a time, in a region
	leastUnreserved = 100  // of them that no function may reserve
	maxTotalCode    = 80530636800
)

// PutFunctionConcurrency reserves concurrency for a function; 0 stops it.
func (s *Service) PutFunctionConcurrency(ctx context.Context, in aws.PutFunctionConcurrencyInput) (aws.PutFunctionConcurrencyOutput, error) {
	return answer(ctx, s, "PutFunctionConcurrency", func() (out aws.PutFunctionConcurrencyOutput, err error) {
		wanted := in.ReservedConcurrentExecutions
		var m members
		if wanted < 0 {
			m.within(wanted, "reservedConcurrentExecutions", 0, maxConcurrency)
		}
		if err := m.err(); err != nil {
			return out, err
		}
		err = s.change(in.FunctionName, func(reader *store.Reader, r *record) error {
			taken, err := s.reservedBut(reader, r.Name)
			if err != nil {
				return err
			}
			if wanted > maxConcurrency-taken-leastUnreserved {
				return badParameter("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [%d].",
					leastUnreserved)
			}
			r.Reserved = aws.Some(wanted)
			return nil
		})
		if err == nil {
			out.ReservedConcurrentExecutions = wanted
			s.resume(in.FunctionName)
		}
		return out, err
	})
}

// resume has the events of a function delivered that may run again.
func (s *Service) resume(name string) {
	if ref, err := s.refer(name, ""); err == nil {
		s.events.unblock(ref.name)
	}
	s.events.wake()
}

// reservedBut is what all functions but one reserve.
func (s *Service) reservedBut(r *store.Reader, name string) (sum int, err error) {
	err = s.each(r, "", func(f *function) bool {
		if f.Name != name {
			sum += f.Reserved.Or(0)
		}
		return true
	})
	return sum, err
}

// GetFunctionConcurrency tells what is reserved for a function.
func (s *Service) GetFunctionConcurrency(ctx context.Context, in aws.GetFunctionConcurrencyInput) (aws.GetFunctionConcurrencyOutput, error) {
	return answer(ctx, s, "GetFunctionConcurrency", func() (out aws.GetFunctionConcurrencyOutput, err error) {
		f, err := s.find(in.FunctionName, "", false)
		if err == nil {
			out.ReservedConcurrentExecutions = f.Reserved
		}
		return out, err
	})
}

// DeleteFunctionConcurrency reserves nothing for a function any more.
func (s *Service) DeleteFunctionConcurrency(ctx context.Context, in aws.DeleteFunctionConcurrencyInput) (aws.DeleteFunctionConcurrencyOutput, error) {
	return answer(ctx, s, "DeleteFunctionConcurrency", func() (out aws.DeleteFunctionConcurrencyOutput, err error) {
		err = s.change(in.FunctionName, func(_ *store.Reader, r *record) error {
			r.Reserved = aws.Option[int]{}
			return nil
		})
		if err == nil {
			s.resume(in.FunctionName)
		}
		return out, err
	})
}

// GetAccountSettings tells the account's limits and use.
func (s *Service) GetAccountSettings(ctx context.Context, _ aws.GetAccountSettingsInput) (aws.GetAccountSettingsOutput, error) {
	return answer(ctx, s, "GetAccountSettings", func() (out aws.GetAccountSettingsOutput, err error) {
		out.AccountLimit = aws.AccountLimit{
			TotalCodeSize: maxTotalCode, CodeSizeUnzipped: 262144000, CodeSizeZipped: maxZip,
			ConcurrentExecutions: maxConcurrency, UnreservedConcurrentExecutions: maxConcurrency,
		}
		err = s.store.View(func(r *store.Reader) error {
			return s.each(r, "", func(f *function) bool {
				out.AccountUsage.FunctionCount++
				out.AccountUsage.TotalCodeSize += f.Settings.CodeSize
				out.AccountLimit.UnreservedConcurrentExecutions -= f.Reserved.Or(0)
				return true
			})
		})
		return out, err
	})
}
