package dynamodb

import (
	"cmp"
	"context"
	"net/url"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// What an account, and one of its tables, can be provisioned with at first, in
// units a second, of reads and of writes alike.
const (
	accountUnits = 80_000
	tableUnits   = 40_000
)

// cacheMinutes is how long clients may remember the endpoint.
const cacheMinutes = 1440

// DescribeLimits tells the limits that a new account has.
func (s *Service) DescribeLimits(ctx context.Context, _ aws.DescribeLimitsInput) (aws.DescribeLimitsOutput, error) {
	return answer(ctx, s, "DescribeLimits", func() (aws.DescribeLimitsOutput, error) {
		return aws.DescribeLimitsOutput{
			AccountMaxReadCapacityUnits: accountUnits, AccountMaxWriteCapacityUnits: accountUnits,
			TableMaxReadCapacityUnits: tableUnits, TableMaxWriteCapacityUnits: tableUnits,
		}, nil
	})
}

// DescribeEndpoints tells where DynamoDB answers: the configured endpoint, or,
// if there is none, the region's.
func (s *Service) DescribeEndpoints(ctx context.Context, _ aws.DescribeEndpointsInput) (aws.DescribeEndpointsOutput, error) {
	return answer(ctx, s, "DescribeEndpoints", func() (out aws.DescribeEndpointsOutput, err error) {
		u, err := url.Parse(s.config.Endpoint)
		if err != nil {
			return out, err
		}
		address := cmp.Or(u.Host, "dynamodb."+s.config.Region+".amazonaws.com")
		out.Endpoints = []aws.Endpoint{{Address: address, CachePeriodInMinutes: cacheMinutes}}
		return out, nil
	})
}

// DescribeContinuousBackups tells that a table cannot be restored as of a
// moment, as is so on AWS until somebody turns it on.
func (s *Service) DescribeContinuousBackups(ctx context.Context, in aws.DescribeContinuousBackupsInput) (aws.DescribeContinuousBackupsOutput, error) {
	return answer(ctx, s, "DescribeContinuousBackups", func() (out aws.DescribeContinuousBackupsOutput, err error) {
		if err := checkTableName(ctx, in.TableName); err != nil {
			return out, err
		}
		err = s.store.View(func(r *store.Reader) error {
			t, err := s.table(r, in.TableName)
			if err == nil && t == nil {
				err = &aws.Error{Code: "TableNotFoundException", Message: "Table not found: " + in.TableName}
			}
			return err
		})
		out.ContinuousBackupsDescription = aws.ContinuousBackupsDescription{
			ContinuousBackupsStatus:        "ENABLED",
			PointInTimeRecoveryDescription: aws.PointInTimeRecoveryDescription{PointInTimeRecoveryStatus: "DISABLED"},
		}
		return out, err
	})
}
