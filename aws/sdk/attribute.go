package sdk

import (
	"fmt"

	"awslab/aws"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	streams "github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// theirValue makes the SDK's form of a DynamoDB value.
func theirValue(v aws.AttributeValue) (types.AttributeValue, error) {
	switch v := v.(type) {
	case aws.S:
		return &types.AttributeValueMemberS{Value: string(v)}, nil
	case aws.N:
		return &types.AttributeValueMemberN{Value: string(v)}, nil
	case aws.B:
		return &types.AttributeValueMemberB{Value: v}, nil
	case aws.BOOL:
		return &types.AttributeValueMemberBOOL{Value: bool(v)}, nil
	case aws.NULL:
		return &types.AttributeValueMemberNULL{Value: bool(v)}, nil
	case aws.SS:
		return &types.AttributeValueMemberSS{Value: v}, nil
	case aws.NS:
		return &types.AttributeValueMemberNS{Value: v}, nil
	case aws.BS:
		return &types.AttributeValueMemberBS{Value: v}, nil
	case aws.L:
		list, err := mapped(v, theirValue)
		return &types.AttributeValueMemberL{Value: list}, err
	case aws.M:
		entries, err := mappedEntries(v, theirValue)
		return &types.AttributeValueMemberM{Value: entries}, err
	}
	return nil, aws.ErrNoType
}

// ourValue reads the SDK's form of a DynamoDB value.
func ourValue(v types.AttributeValue) (aws.AttributeValue, error) {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return aws.S(v.Value), nil
	case *types.AttributeValueMemberN:
		return aws.N(v.Value), nil
	case *types.AttributeValueMemberB:
		return aws.B(v.Value), nil
	case *types.AttributeValueMemberBOOL:
		return aws.BOOL(v.Value), nil
	case *types.AttributeValueMemberNULL:
		return aws.NULL(v.Value), nil
	case *types.AttributeValueMemberSS:
		return aws.SS(v.Value), nil
	case *types.AttributeValueMemberNS:
		return aws.NS(v.Value), nil
	case *types.AttributeValueMemberBS:
		return aws.BS(v.Value), nil
	case *types.AttributeValueMemberL:
		list, err := mapped(v.Value, ourValue)
		return aws.L(list), err
	case *types.AttributeValueMemberM:
		entries, err := mappedEntries(v.Value, ourValue)
		return aws.M(entries), err
	}
	return nil, unknownValue(v)
}

func unknownValue(v any) error {
	return fmt.Errorf("a value is of no type that is known here (%T)", v)
}

// ourStreamValue reads the form that the same values have in streams.
func ourStreamValue(v streams.AttributeValue) (aws.AttributeValue, error) {
	switch v := v.(type) {
	case *streams.AttributeValueMemberS:
		return aws.S(v.Value), nil
	case *streams.AttributeValueMemberN:
		return aws.N(v.Value), nil
	case *streams.AttributeValueMemberB:
		return aws.B(v.Value), nil
	case *streams.AttributeValueMemberBOOL:
		return aws.BOOL(v.Value), nil
	case *streams.AttributeValueMemberNULL:
		return aws.NULL(v.Value), nil
	case *streams.AttributeValueMemberSS:
		return aws.SS(v.Value), nil
	case *streams.AttributeValueMemberNS:
		return aws.NS(v.Value), nil
	case *streams.AttributeValueMemberBS:
		return aws.BS(v.Value), nil
	case *streams.AttributeValueMemberL:
		list, err := mapped(v.Value, ourStreamValue)
		return aws.L(list), err
	case *streams.AttributeValueMemberM:
		entries, err := mappedEntries(v.Value, ourStreamValue)
		return aws.M(entries), err
	}
	return nil, unknownValue(v)
}

// mapped converts each element; the result is never nil.
func mapped[To, From any](list []From, convert func(From) (To, error)) ([]To, error) {
	out := make([]To, len(list))
	for i, v := range list {
		var err error
		if out[i], err = convert(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// mappedEntries converts each value; the result is never nil.
func mappedEntries[To, From any](entries map[string]From, convert func(From) (To, error)) (map[string]To, error) {
	out := make(map[string]To, len(entries))
	for name, v := range entries {
		var err error
		if out[name], err = convert(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}
