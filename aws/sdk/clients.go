package sdk

import (
	"context"
	"time"

	"awslab/aws"

	core "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// clients is what the SDK's clients do here. The clients themselves are in no type,
// which is why the linker can leave out what they could do besides.
type clients struct {
	operations map[aws.Service]operations
	// upload sends an object by the transfer manager, to a region as operation.call.
	upload func(ctx context.Context, in *transfermanager.UploadObjectInput, region string) (*transfermanager.UploadObjectOutput, error)
	// presign makes a URL that reads an object for a while.
	presign func(ctx context.Context, in *s3.GetObjectInput, expires time.Duration, region string) (string, error)
	// endpoint is where the services are, when that is not AWS's own place.
	endpoint string
}

// newClients makes the clients, which takes some tenths of a millisecond. An
// endpoint that was asked for stands above all that the environment says of
// endpoints.
func newClients(config core.Config, endpointURL string) clients {
	at := func(base **string) {
		if endpointURL != "" {
			*base = &endpointURL
		}
	}
	identity := sts.NewFromConfig(config, func(o *sts.Options) { at(&o.BaseEndpoint) })
	objects := s3.NewFromConfig(config, func(o *s3.Options) {
		at(&o.BaseEndpoint)
		// A bucket's name before that of a machine resolves nowhere.
		o.UsePathStyle = o.BaseEndpoint != nil
		o.DisableLogOutputChecksumValidationSkipped = true
	})
	return clients{
		operations: map[aws.Service]operations{
			aws.ServiceS3:              s3Operations(objects),
			aws.ServiceSTS:             stsOperations(identity),
			aws.ServiceDynamoDB:        dynamodbOperations(dynamodb.NewFromConfig(config, func(o *dynamodb.Options) { at(&o.BaseEndpoint) })),
			aws.ServiceDynamoDBStreams: streamsOperations(dynamodbstreams.NewFromConfig(config, func(o *dynamodbstreams.Options) { at(&o.BaseEndpoint) })),
			aws.ServiceLambda:          lambdaOperations(lambda.NewFromConfig(config, func(o *lambda.Options) { at(&o.BaseEndpoint) })),
			aws.ServiceAPIGateway:      apigatewayOperations(apigateway.NewFromConfig(config, func(o *apigateway.Options) { at(&o.BaseEndpoint) })),
			aws.ServiceLogs:            logsOperations(cloudwatchlogs.NewFromConfig(config, func(o *cloudwatchlogs.Options) { at(&o.BaseEndpoint) })),
			aws.ServiceCloudWatch:      cloudwatchOperations(cloudwatch.NewFromConfig(config, func(o *cloudwatch.Options) { at(&o.BaseEndpoint) })),
			aws.ServiceIAM:             iamOperations(iam.NewFromConfig(config, func(o *iam.Options) { at(&o.BaseEndpoint) })),
		},
		upload: uploader(objects), presign: signer(objects), endpoint: core.ToString(identity.Options().BaseEndpoint),
	}
}

// uploader uploads by the transfer manager.
func uploader(client *s3.Client) func(context.Context, *transfermanager.UploadObjectInput, string) (*transfermanager.UploadObjectOutput, error) {
	return func(ctx context.Context, in *transfermanager.UploadObjectInput, region string) (*transfermanager.UploadObjectOutput, error) {
		manager := transfermanager.New(uploads{
			put: client.PutObject, create: client.CreateMultipartUpload, part: client.UploadPart,
			complete: client.CompleteMultipartUpload, abort: client.AbortMultipartUpload, region: region,
		}, func(o *transfermanager.Options) { o.FailTimeout = abortWithin })
		return manager.UploadObject(ctx, in)
	}
}

// signer signs URLs.
func signer(client *s3.Client) func(context.Context, *s3.GetObjectInput, time.Duration, string) (string, error) {
	return func(ctx context.Context, in *s3.GetObjectInput, expires time.Duration, region string) (string, error) {
		unsent := func(o *s3.Options) { o.APIOptions = nil } // what is said of sending has no place here
		request, err := s3.NewPresignClient(client, s3.WithPresignExpires(expires),
			s3.WithPresignClientFromClientOptions(unsent, askIn(region))).PresignGetObject(ctx, in)
		if err != nil {
			return "", err
		}
		return request.URL, nil
	}
}
