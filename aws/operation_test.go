package aws_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// TestOperationTableIsWhole holds the table against the interfaces: every
// method is an operation, named as AWS names it.
func TestOperationTableIsWhole(t *testing.T) {
	t.Parallel()
	var table []string
	for _, op := range aws.Operations() {
		table = append(table, op.String())
		// Where two services have an operation of one name, one says whose it is.
		if !strings.HasSuffix(op.In.Name(), op.Name+"Input") || !strings.HasSuffix(op.Out.Name(), op.Name+"Output") {
			t.Errorf("%s is %v → %v", op, op.In, op.Out)
		}
	}
	var methods []string
	for service, of := range map[aws.Service]reflect.Type{
		aws.ServiceDynamoDB:        reflect.TypeFor[aws.DynamoDB](),
		aws.ServiceDynamoDBStreams: reflect.TypeFor[aws.DynamoDBStreams](),
		aws.ServiceS3:              reflect.TypeFor[aws.S3](),
		aws.ServiceLambda:          reflect.TypeFor[aws.Lambda](),
		aws.ServiceAPIGateway:      reflect.TypeFor[aws.APIGateway](),
		aws.ServiceLogs:            reflect.TypeFor[aws.Logs](),
		aws.ServiceCloudWatch:      reflect.TypeFor[aws.CloudWatch](),
		aws.ServiceIAM:             reflect.TypeFor[aws.IAM](),
		aws.ServiceSTS:             reflect.TypeFor[aws.STS](),
	} {
		for i := range of.NumMethod() {
			methods = append(methods, string(service)+":"+of.Method(i).Name)
		}
	}
	slices.Sort(table)
	slices.Sort(methods)
	if !slices.Equal(table, methods) {
		t.Errorf("table %v\nmethods %v", table, methods)
	}
}

// recorder answers every operation with its zero output.
type recorder struct{ seen []string }

func (r *recorder) around(ctx context.Context, op aws.Operation, in any, _ func(context.Context) (any, error)) (any, error) {
	r.seen = append(r.seen, op.String())
	if reflect.TypeOf(in) != op.In {
		return nil, errors.New("wrong input")
	}
	return reflect.Zero(op.Out).Interface(), ctx.Err()
}

// none stands for each service; no call may reach it.
type (
	noDynamoDB        struct{ aws.DynamoDB }
	noDynamoDBStreams struct{ aws.DynamoDBStreams }
	noS3              struct{ aws.S3 }
	noLambda          struct{ aws.Lambda }
	noAPIGateway      struct{ aws.APIGateway }
	noLogs            struct{ aws.Logs }
	noCloudWatch      struct{ aws.CloudWatch }
	noIAM             struct{ aws.IAM }
	noSTS             struct{ aws.STS }
)

func TestInterceptStandsAroundEveryOperation(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	cloud := aws.Intercept(aws.Cloud{
		DynamoDB: noDynamoDB{}, DynamoDBStreams: noDynamoDBStreams{}, S3: noS3{}, Lambda: noLambda{}, APIGateway: noAPIGateway{}, Logs: noLogs{}, CloudWatch: noCloudWatch{}, IAM: noIAM{}, STS: noSTS{},
	}, r.around)
	for _, op := range aws.Operations() {
		out, err := op.Call(t.Context(), cloud, reflect.Zero(op.In).Interface())
		if err != nil || reflect.TypeOf(out) != op.Out {
			t.Errorf("%s: %T, %v", op, out, err)
		}
		if len(r.seen) == 0 || r.seen[len(r.seen)-1] != op.String() {
			t.Errorf("%s went past the interceptor", op)
		}
	}
	if _, err := aws.Operations()[0].Call(t.Context(), cloud, aws.QueryInput{}); err == nil {
		t.Error("a wrong input was taken")
	}
}

// TestChanges tells statements that read from those that write.
func TestChanges(t *testing.T) {
	t.Parallel()
	changes := func(name string, in any) bool {
		op, ok := aws.OperationNamed(aws.ServiceDynamoDB, name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		return op.Changes(in)
	}
	for text, want := range map[string]bool{
		`SELECT * FROM Music`: false, "\n\tselect*FROM Music": false, `Exists(SELECT * FROM Music WHERE Artist = 'Psy')`: false,
		`INSERT INTO Music VALUE {'Artist': 'Psy'}`: true, `UPDATE "SELECT" SET a = 1`: true, `DELETE FROM Music`: true,
		`SELECTED FROM Music`: true, `-- SELECT` + "\nDELETE FROM Music": true, `SELECT`: true, ``: true, `é`: true,
	} {
		if got := changes("ExecuteStatement", aws.ExecuteStatementInput{Statement: text}); got != want {
			t.Errorf("%q changes something: %v", text, got)
		}
		batch := aws.BatchExecuteStatementInput{Statements: []aws.BatchStatementRequest{{Statement: `SELECT * FROM Music`}, {Statement: text}}}
		if got := changes("BatchExecuteStatement", batch); got != want {
			t.Errorf("a batch with %q changes something: %v", text, got)
		}
		all := aws.ExecuteTransactionInput{TransactStatements: []aws.ParameterizedStatement{{Statement: text}, {Statement: `SELECT * FROM Music`}}}
		if got := changes("ExecuteTransaction", all); got != want {
			t.Errorf("a transaction with %q changes something: %v", text, got)
		}
	}
	if !changes("BatchExecuteStatement", aws.BatchExecuteStatementInput{}) || !changes("PutItem", aws.PutItemInput{}) || changes("GetItem", aws.GetItemInput{}) {
		t.Error("what a call does is told wrongly")
	}
	if !changes("ExecuteStatement", aws.PutItemInput{}) {
		t.Error("another's input passes for a SELECT")
	}
}

func TestErrorClasses(t *testing.T) {
	t.Parallel()
	for code, class := range map[string]error{
		"ResourceNotFoundException":       aws.ErrNotFound,
		"ResourceInUseException":          aws.ErrInUse,
		"ValidationException":             aws.ErrInvalid,
		"ConditionalCheckFailedException": aws.ErrCondition,
		"TransactionCanceledException":    aws.ErrCanceled,
		"ExpiredTokenException":           aws.ErrCredentials,
		"NoSuchVersion":                   aws.ErrNotFound,
		"InvalidTag":                      aws.ErrInvalid,
		"LimitExceeded":                   aws.ErrInvalid, // IAM's quotas: waiting does not help
		aws.CodeReadOnly:                  aws.ErrReadOnly,
		aws.CodeStorage:                   aws.ErrStorage,
	} {
		var err error = &aws.Error{Operation: "X", Code: code, Message: "m"}
		if !errors.Is(err, class) {
			t.Errorf("%s is not %v", code, class)
		}
		if errors.Is(err, aws.ErrThrottled) {
			t.Errorf("%s is no throttle", code)
		}
	}
	for _, code := range []string{"Throttling", "ThrottlingException", "RequestThrottled", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown"} {
		if !errors.Is(&aws.Error{Code: code}, aws.ErrThrottled) {
			t.Errorf("%s is no throttle", code)
		}
	}
	if errors.Is(&aws.Error{Code: "Nonsense"}, aws.ErrInvalid) {
		t.Error("an unknown code has no class")
	}
}

// TestCommandsThatAnswerWithAFile end in the file's name, after the options.
func TestCommandsThatAnswerWithAFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   any
		want string
	}{
		"s3:GetObject": {aws.GetObjectInput{Bucket: "b", Key: "k"}, "aws s3api get-object \\\n  --bucket b \\\n  --key k \\\n  ./file"},
		"lambda:Invoke": {
			aws.InvokeInput{FunctionName: "F", Payload: aws.Payload(`{"a":1}`)},
			"printf %s '{\"a\":1}' | aws lambda invoke \\\n  --function-name F \\\n  --payload fileb:///dev/stdin \\\n  /dev/stdout",
		},
	} {
		service, operation, _ := strings.Cut(name, ":")
		op, _ := aws.OperationNamed(aws.Service(service), operation)
		if got, err := op.Command(c.in, aws.Place{}); err != nil || got != c.want {
			t.Errorf("%s:\n%s\n%v, want\n%s", name, got, err, c.want)
		}
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	place := aws.Place{Region: "us-west-2", Endpoint: "http://127.0.0.1:4566"}
	for _, c := range []struct {
		name string
		in   any
		want []string
	}{
		{"CreateTable", aws.CreateTableInput{
			TableName:            "Music",
			AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}},
			KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}},
			BillingMode:          aws.BillingPayPerRequest,
		}, []string{
			"aws dynamodb create-table", "--table-name Music",
			`--attribute-definitions '[{"AttributeName":"Artist","AttributeType":"S"}]'`,
			`--key-schema '[{"AttributeName":"Artist","KeyType":"HASH"}]'`, "--billing-mode PAY_PER_REQUEST",
		}},
		{"PutItem", aws.PutItemInput{TableName: "Music", Item: aws.Item{"Song": aws.S("It's <ok> & fine")}}, []string{
			"aws dynamodb put-item", "--table-name Music", `--item '{"Song":{"S":"It'\''s <ok> & fine"}}'`,
		}},
		{"Query", aws.QueryInput{
			TableName: "Music", KeyConditionExpression: "#a = :a", ScanIndexForward: aws.Some(false),
			Limit: aws.Some(50), ConsistentRead: true, ExpressionAttributeNames: map[string]string{"#a": "Artist"},
		}, []string{
			"aws dynamodb query", "--table-name Music", "--key-condition-expression '#a = :a'",
			`--expression-attribute-names '{"#a":"Artist"}'`, "--no-scan-index-forward", "--limit 50", "--consistent-read",
		}},
		{"PutObject", aws.PutObjectInput{Bucket: "image-1", Key: "k", Tagging: "a=1&b=2", Checksums: aws.Checksums{ChecksumCRC64NVME: "AAAAAAAAAAA="}}, []string{
			"aws s3api put-object", "--bucket image-1", "--key k", "--tagging 'a=1&b=2'", "--checksum-crc64-nvme AAAAAAAAAAA=",
		}},
		{"PutObject", aws.PutObjectInput{Bucket: "image-1", Key: "a b.jpg", Body: strings.NewReader("x"), ContentMD5: "x=="}, []string{
			"aws s3api put-object", "--bucket image-1", "--key 'a b.jpg'", "--body ./file", "--content-md5 x==",
		}},
		{"ListObjectsV2", aws.ListObjectsV2Input{Bucket: "image-1", MaxKeys: aws.Some(5)}, []string{
			"aws s3api list-objects-v2", "--bucket image-1", "--max-keys 5",
		}},
		{"UpdateFunctionCode", aws.UpdateFunctionCodeInput{FunctionName: "F", ZipFile: []byte("zip")}, []string{
			"aws lambda update-function-code", "--function-name F", "--zip-file fileb://function.zip",
		}},
		{"CreateFunction", aws.CreateFunctionInput{FunctionName: "F", Runtime: "python3.13", Role: "arn:r", Handler: "a.b", Code: aws.FunctionCode{ZipFile: []byte("zip")}}, []string{
			"aws lambda create-function", "--function-name F", "--runtime python3.13", "--role arn:r", "--handler a.b", "--zip-file fileb://function.zip",
		}},
		{"GetLogEvents", aws.GetLogEventsInput{LogGroupName: "/aws/lambda/F", LogStreamName: "2026/11/22/[$LATEST]0"}, []string{
			"aws logs get-log-events", "--log-group-name /aws/lambda/F", "--log-stream-name '2026/11/22/[$LATEST]0'",
		}},
		{"GetCallerIdentity", aws.GetCallerIdentityInput{}, []string{"aws sts get-caller-identity"}},
	} {
		var op aws.Operation
		for _, o := range aws.Operations() {
			if o.Name == c.name {
				op = o
			}
		}
		got, err := op.Command(c.in, place)
		want := strings.Join(append(c.want, "--region us-west-2", "--endpoint-url http://127.0.0.1:4566"), " \\\n  ")
		if err != nil || got != want {
			t.Errorf("%s:\n%s\n%v, want\n%s", c.name, got, err, want)
		}
	}
}
