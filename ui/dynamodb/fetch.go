package dynamodb

import (
	"context"

	"awslab/aws"
)

// batch is one page of a search's answer.
type batch struct {
	Items   []aws.Item
	Scanned int     // items read
	Units   float64 // read capacity units
	Next    aws.Item
}

// fetch reads the page of a search that starts at a key; nil for the first.
func fetch(ctx context.Context, db aws.DynamoDB, s search, start aws.Item) (batch, error) {
	if s.Query {
		in, _ := s.query()
		in.ExclusiveStartKey = start
		out, err := db.Query(ctx, in)
		return batch{out.Items, out.ScannedCount, units(out.ConsumedCapacity), out.LastEvaluatedKey}, err
	}
	in, _ := s.scan()
	in.ExclusiveStartKey = start
	out, err := db.Scan(ctx, in)
	return batch{out.Items, out.ScannedCount, units(out.ConsumedCapacity), out.LastEvaluatedKey}, err
}

func units(c *aws.ConsumedCapacity) float64 {
	if c == nil {
		return 0
	}
	return c.CapacityUnits
}
