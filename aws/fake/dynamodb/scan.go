package dynamodb

import (
	"context"
	"encoding/binary"

	"awslab/aws"
)

// mostSegments is into how many parts a Scan can be divided.
const mostSegments = 1_000_000

// Scan reads the items of a table, an index, or one segment of either, in the
// order of the hashes of their partition keys.
func (s *Service) Scan(ctx context.Context, in aws.ScanInput) (aws.ScanOutput, error) {
	return answer(ctx, s, "Scan", func() (out aws.ScanOutput, err error) {
		if err := checkScan(ctx, in); err != nil {
			return out, err
		}
		rd, err := parseScan(in)
		if err != nil {
			return out, wordedOlder.fault(err)
		}
		p, used, err := s.readPage(ctx, rd, in.TableName, in.IndexName, in.ExclusiveStartKey, func(src source, start aws.Item) (span, error) {
			return rd.segment(src, in, start)
		})
		if err != nil {
			return out, wordedOlder.fault(err)
		}
		return aws.ScanOutput{
			Items: p.items, Count: p.count, ScannedCount: p.scanned, LastEvaluatedKey: p.last,
			ConsumedCapacity: used.report(in.TableName, in.ReturnConsumedCapacity),
		}, nil
	})
}

func checkScan(ctx context.Context, in aws.ScanInput) error {
	if err := checkItemTable(ctx, in.TableName); err != nil {
		return err
	}
	var m members
	m.consumedCapacity(in.ReturnConsumedCapacity)
	m.choice(in.Select)
	if in.IndexName != "" {
		m.name(in.IndexName, "indexName", 3)
	}
	m.attributesToGet(in.AttributesToGet)
	m.conditionalOperator(in.ConditionalOperator)
	m.conditions(in.ScanFilter, "scanFilter")
	segment, segmentGiven := in.Segment.Get()
	total, totalGiven := in.TotalSegments.Get()
	if limit, given := in.Limit.Get(); given {
		m.number(int64(limit), "limit", 1, 0)
	}
	if segmentGiven {
		m.number(int64(segment), "segment", 0, mostSegments-1)
	}
	if totalGiven {
		m.number(int64(total), "totalSegments", 1, mostSegments)
	}
	if err := m.err(); err != nil {
		return err
	}
	switch {
	case segmentGiven && !totalGiven:
		return invalid("The TotalSegments parameter is required but was not present in the request when Segment parameter is present")
	case totalGiven && !segmentGiven:
		return invalid("The Segment parameter is required but was not present in the request when parameter TotalSegments is present")
	case totalGiven && segment >= total:
		return invalid("The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: %d is not less than TotalSegments: %d", segment, total)
	}
	return nil
}

// parseScan reads the scan's expressions.
func parseScan(in aws.ScanInput) (reading, error) {
	rd := reading{choice: in.Select, limit: in.Limit.Or(0), consistent: in.ConsistentRead}
	if err := checkScanForms(in); err != nil {
		return rd, err
	}
	p, err := rd.parse(asking{
		filter: in.FilterExpression, projection: in.ProjectionExpression,
		names: in.ExpressionAttributeNames, values: in.ExpressionAttributeValues, takers: []string{"FilterExpression"},
		olderFilter: in.ScanFilter, operator: in.ConditionalOperator, attributes: in.AttributesToGet,
	})
	if err != nil {
		return rd, err
	}
	if err := checkChoice(in.Select, projectionName(in.ProjectionExpression, in.AttributesToGet), in.IndexName, ""); err != nil || p == nil {
		return rd, err
	}
	return rd, p.Unused()
}

// checkScanForms refuses a scan of both forms at once.
func checkScanForms(in aws.ScanInput) error {
	return checkMixed(
		[]parameter{{"AttributesToGet", in.AttributesToGet != nil}, {"ScanFilter", in.ScanFilter != nil}, {"ConditionalOperator", in.ConditionalOperator != ""}},
		[]parameter{{"ProjectionExpression", in.ProjectionExpression != ""}, {"FilterExpression", in.FilterExpression != ""}})
}

// segment finds the span of a segment, from after start on.
func (rd reading) segment(src source, in aws.ScanInput, start aws.Item) (span, error) {
	if err := rd.checkIndexChoice(src); err != nil {
		return span{}, err
	}
	segment, total := in.Segment.Or(0), in.TotalSegments.Or(1)
	within := segmentSpan(segment, total)
	if start == nil {
		return within, nil
	}
	key, err := src.startKey(start)
	if err != nil {
		return span{}, err
	}
	if !within.holds(key) {
		return span{}, invalid(invalidStart+": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. "+
			"TotalSegments: %d Segment: %d", total, segment)
	}
	within.startAfter(key, false)
	return within, nil
}

// segmentSpan divides the range of hashes evenly.
func segmentSpan(segment, total int) span {
	bound := func(n int) []byte {
		first := (int64(n)<<32 + int64(total) - 1) / int64(total)
		return binary.BigEndian.AppendUint32(nil, uint32(first)) //nolint:gosec // below 1<<32, since n is less than total
	}
	within := span{from: bound(segment)}
	if segment+1 < total {
		within.to = bound(segment + 1)
	}
	return within
}
