package sdk

import (
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"time"

	"awslab/aws"

	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	dynamodb "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	streams "github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	lambda "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// exceptions are the pairs of types that their kinds alone do not tell how to
// convert.
var exceptions = map[pair]converter{
	pairOf[dynamodb.AttributeValue, aws.AttributeValue](): typed(theirValue),
	pairOf[aws.AttributeValue, dynamodb.AttributeValue](): typed(ourValue),
	pairOf[dynamodb.AttributeValue, aws.Value]():          typed(func(v aws.Value) (dynamodb.AttributeValue, error) { return theirValue(v.AttributeValue) }),
	pairOf[aws.AttributeValue, streams.AttributeValue]():  typed(ourStreamValue),
	pairOf[float64, time.Time]():                          typed(seconds),
	pairOf[time.Time, string]():                           typed(http.ParseTime),
}

// place is a member of one of the SDK's types.
type place struct {
	of   reflect.Type
	name string
}

// encoded are the members that AWS has in another form than ours: IAM's policy
// documents come as URLs do, a part's number is text where it marks a page, and S3 has
// metadata as mails have their headers.
var encoded = map[place]converter{
	{reflect.TypeFor[s3.ListPartsInput](), "PartNumberMarker"}:                    typed(decimal),
	{reflect.TypeFor[s3.ListPartsOutput](), "PartNumberMarker"}:                   typed(undecimal),
	{reflect.TypeFor[s3.ListPartsOutput](), "NextPartNumberMarker"}:               typed(undecimal),
	{reflect.TypeFor[s3.GetObjectAttributesInput](), "PartNumberMarker"}:          typed(decimal),
	{reflect.TypeFor[s3types.GetObjectAttributesParts](), "PartNumberMarker"}:     typed(undecimal),
	{reflect.TypeFor[s3types.GetObjectAttributesParts](), "NextPartNumberMarker"}: typed(undecimal),
	{reflect.TypeFor[s3.PutObjectInput](), "Metadata"}:                            each(aws.EncodeMetadata),
	{reflect.TypeFor[s3.CopyObjectInput](), "Metadata"}:                           each(aws.EncodeMetadata),
	{reflect.TypeFor[s3.CreateMultipartUploadInput](), "Metadata"}:                each(aws.EncodeMetadata),
	{reflect.TypeFor[transfermanager.UploadObjectInput](), "Metadata"}:            each(aws.EncodeMetadata),
	{reflect.TypeFor[s3.GetObjectOutput](), "Metadata"}:                           each(aws.DecodeMetadata),
	{reflect.TypeFor[s3.HeadObjectOutput](), "Metadata"}:                          each(aws.DecodeMetadata),
	{reflect.TypeFor[iamtypes.Role](), "AssumeRolePolicyDocument"}:                typed(unescaped),
	{reflect.TypeFor[iamtypes.PolicyVersion](), "Document"}:                       typed(unescaped),
	{reflect.TypeFor[iam.GetRolePolicyOutput](), "PolicyDocument"}:                typed(unescaped),
}

// renamed are the members that the SDK has under another name, for the one that AWS
// gives them has less: a time that cannot be read is none.
var renamed = map[place]string{
	{reflect.TypeFor[s3.GetObjectOutput](), "Expires"}:  "ExpiresString",
	{reflect.TypeFor[s3.HeadObjectOutput](), "Expires"}: "ExpiresString",
}

// unmodelled are the members of ours that the SDK's type lacks, and that
// something else takes care of.
var unmodelled = map[place]string{
	{reflect.TypeFor[lambda.FunctionCodeLocation](), "Open"}:                     "getFunction fills it in",
	{reflect.TypeFor[transfermanager.UploadObjectInput](), "ContentMD5"}:         "putObject sends a body with a digest at once",
	{reflect.TypeFor[dynamodb.TableDescription](), "TableThroughputModeSummary"}: "the SDK leaves it out; BillingModeSummary says the same",
}

func pairOf[To, From any]() pair { return pair{reflect.TypeFor[To](), reflect.TypeFor[From]()} }

// typed makes a converter of a function.
func typed[To, From any](convert func(From) (To, error)) converter {
	return func(to, from reflect.Value) error {
		source, _ := from.Interface().(From) // a nil interface is its zero value
		target, err := convert(source)
		if err == nil {
			to.Set(reflect.ValueOf(&target).Elem())
		}
		return err
	}
}

func seconds(t time.Time) (float64, error) { return float64(t.UnixMilli()) / 1000, nil }

func decimal(n int) (*string, error) {
	text := strconv.Itoa(n)
	return &text, nil
}

func undecimal(text *string) (int, error) {
	if text == nil {
		return 0, nil
	}
	return strconv.Atoi(*text)
}

func unescaped(text *string) (string, error) {
	if text == nil {
		return "", nil
	}
	return url.PathUnescape(*text)
}

// each makes a converter of all values of metadata.
func each(convert func(string) string) converter {
	return typed(func(metadata map[string]string) (map[string]string, error) {
		converted := maps.Clone(metadata)
		for name, value := range metadata {
			converted[name] = convert(value)
		}
		return converted, nil
	})
}

// access is how the values of one Option type are reached.
type access struct {
	value reflect.Type
	get   func(option reflect.Value) (value reflect.Value, given bool)
	set   func(option, value reflect.Value)
}

// options are the Option types of the vocabulary.
var options = map[reflect.Type]access{
	reflect.TypeFor[aws.Option[int]]():     accessTo[int](),
	reflect.TypeFor[aws.Option[int64]]():   accessTo[int64](),
	reflect.TypeFor[aws.Option[float64]](): accessTo[float64](),
	reflect.TypeFor[aws.Option[bool]]():    accessTo[bool](),
	reflect.TypeFor[aws.Option[string]]():  accessTo[string](),
}

func accessTo[T any]() access {
	return access{
		value: reflect.TypeFor[T](),
		get: func(o reflect.Value) (reflect.Value, bool) {
			option, _ := o.Interface().(aws.Option[T]) // it is one
			value, given := option.Get()
			return reflect.ValueOf(value), given
		},
		set: func(o, value reflect.Value) {
			given, _ := value.Interface().(T) // it is one
			o.Set(reflect.ValueOf(aws.Some(given)))
		},
	}
}

// fromOption copies the value that is given, if any.
func (c *converters) fromOption(o access, p pair) (converter, error) {
	inner, err := c.between(p.to, o.value)
	if err != nil {
		return nil, err
	}
	return func(to, from reflect.Value) error {
		value, given := o.get(from)
		if !given {
			return nil
		}
		return inner(to, value)
	}, nil
}

// toOption gives the value, unless it is a pointer to none.
func (c *converters) toOption(o access, p pair) (converter, error) {
	inner, err := c.between(o.value, p.from)
	if err != nil {
		return nil, err
	}
	return func(to, from reflect.Value) error {
		if from.Kind() == reflect.Pointer && from.IsNil() {
			return nil
		}
		value := reflect.New(o.value).Elem()
		if err := inner(value, from); err != nil {
			return err
		}
		o.set(to, value)
		return nil
	}, nil
}
