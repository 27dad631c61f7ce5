package iam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// every is a cloud in which every service answers every call with the zero
// output; it counts the calls.
func every(calls *int) aws.Cloud {
	cloud := aws.Cloud{
		Place:    aws.Place{Kind: aws.Sandbox, Region: "us-west-2", AccountID: account, ARN: "arn:aws:iam::" + account + ":user/learner"},
		DynamoDB: struct{ aws.DynamoDB }{}, S3: struct{ aws.S3 }{}, Lambda: struct{ aws.Lambda }{}, APIGateway: struct{ aws.APIGateway }{}, Logs: struct{ aws.Logs }{},
		CloudWatch: struct{ aws.CloudWatch }{}, IAM: struct{ aws.IAM }{}, STS: struct{ aws.STS }{}, DynamoDBStreams: struct{ aws.DynamoDBStreams }{},
	}
	return aws.Intercept(cloud, func(_ context.Context, op aws.Operation, _ any, _ func(context.Context) (any, error)) (any, error) {
		*calls++
		return reflect.Zero(op.Out).Interface(), nil
	})
}

// TestEveryOperationHasARule holds the rules against the table of operations:
// none is forgotten, none is of an operation that there is not, and each takes
// the input that its operation has.
func TestEveryOperationHasARule(t *testing.T) {
	t.Parallel()
	w := open(t)
	place := every(new(int)).Place
	free := []string{"sts:GetCallerIdentity", "s3:DeleteObjects"}
	perItem := []string{
		"dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:TransactGetItems", "dynamodb:TransactWriteItems",
		"dynamodb:ExecuteStatement", "dynamodb:BatchExecuteStatement", "dynamodb:ExecuteTransaction",
	}
	count := 0
	for _, op := range aws.Operations() {
		rule, ok := w.rules[op.String()]
		if !ok {
			t.Errorf("%s has no rule", op)
			continue
		}
		count++
		needs := rule(w.Service, place, reflect.Zero(op.In).Interface())
		if slices.Contains(free, op.String()) || slices.Contains(perItem, op.String()) {
			continue
		}
		if len(needs) == 0 {
			t.Errorf("%s takes no right", op)
		}
		for _, n := range needs {
			want := op.Service
			if want == aws.ServiceDynamoDBStreams {
				want = aws.ServiceDynamoDB // the actions of streams are DynamoDB's
			}
			if service, _, ok := strings.Cut(n.action, ":"); !ok || service != string(want) {
				t.Errorf("%s takes %+v", op, n)
			}
		}
	}
	if count != len(w.rules) {
		t.Errorf("there are %d rules for %d operations", len(w.rules), count)
	}
}

// TestRulesReadTheirInput fills each operation's input with marks and looks for
// them in what the rule asks for: one with the wrong input type would see none.
func TestRulesReadTheirInput(t *testing.T) {
	t.Parallel()
	w := open(t)
	place := every(new(int)).Place
	for _, op := range aws.Operations() {
		in := reflect.New(op.In).Elem()
		marked := false
		for _, name := range []string{"TableName", "Bucket", "FunctionName", "LogGroupName", "RoleName", "PolicyArn", "PolicyName", "ResourceArn", "Resource"} {
			if field := in.FieldByName(name); field.IsValid() {
				field.SetString("MARK")
				marked = true
			}
		}
		needs := w.rules[op.String()](w.Service, place, in.Interface())
		if !marked || len(needs) == 0 {
			continue
		}
		if !strings.Contains(needs[len(needs)-1].resource, "MARK") {
			t.Errorf("%s asks for %+v, which is not what it works on", op, needs)
		}
	}
}

// TestMoreTakesARightOfItsOwn: what is made with tags takes the right to tag it, and
// what is deleted for what is in it the right to read it.
func TestMoreTakesARightOfItsOwn(t *testing.T) {
	t.Parallel()
	w := open(t)
	place := every(new(int)).Place
	labels, list := map[string]string{"lab": "1"}, []aws.Tag{{Key: "lab", Value: "1"}}
	for operation, c := range map[string]struct {
		plain, more any
		action      string
	}{
		"s3:CreateBucket": {aws.CreateBucketInput{Bucket: "b", CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: "EU"}},
			aws.CreateBucketInput{Bucket: "b", CreateBucketConfiguration: &aws.CreateBucketConfiguration{Tags: list}}, "s3:TagResource"},
		"s3:PutObject":          {aws.PutObjectInput{Bucket: "b", Key: "k"}, aws.PutObjectInput{Bucket: "b", Key: "k", Tagging: "lab=1"}, "s3:PutObjectTagging"},
		"s3:CopyObject":         {aws.CopyObjectInput{Bucket: "b", Key: "k"}, aws.CopyObjectInput{Bucket: "b", Key: "k", Tagging: "lab=1"}, "s3:PutObjectTagging"},
		"s3:DeleteObject":       {aws.DeleteObjectInput{Bucket: "b", Key: "k", IfMatch: "*"}, aws.DeleteObjectInput{Bucket: "b", Key: "k", IfMatch: `"0"`}, "s3:GetObject"},
		"dynamodb:CreateTable":  {aws.CreateTableInput{TableName: "T"}, aws.CreateTableInput{TableName: "T", Tags: list}, "dynamodb:TagResource"},
		"lambda:CreateFunction": {aws.CreateFunctionInput{FunctionName: "F"}, aws.CreateFunctionInput{FunctionName: "F", Tags: labels}, "lambda:TagResource"},
		"logs:CreateLogGroup":   {aws.CreateLogGroupInput{LogGroupName: "G"}, aws.CreateLogGroupInput{LogGroupName: "G", Tags: labels}, "logs:TagResource"},
		"iam:CreateRole":        {aws.CreateRoleInput{RoleName: "R"}, aws.CreateRoleInput{RoleName: "R", Tags: list}, "iam:TagRole"},
		"iam:CreatePolicy":      {aws.CreatePolicyInput{PolicyName: "P"}, aws.CreatePolicyInput{PolicyName: "P", Tags: list}, "iam:TagPolicy"},
	} {
		asks := func(in any) bool {
			return slices.ContainsFunc(w.rules[operation](w.Service, place, in), func(n need) bool { return n.action == c.action })
		}
		if asks(c.plain) || !asks(c.more) {
			t.Errorf("%s asks for %s: %v at first, %v with more", operation, c.action, asks(c.plain), asks(c.more))
		}
	}
}

// TestNobodyMayDoAnything: a role without policies may do nothing but ask who
// it is, and no call gets through; an administrator may do all.
func TestNobodyMayDoAnything(t *testing.T) {
	t.Parallel()
	w := open(t)
	inputs := map[string]any{
		"dynamodb:BatchGetItem":          aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"T": {}}},
		"dynamodb:BatchWriteItem":        aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{"T": {}}},
		"dynamodb:TransactGetItems":      aws.TransactGetItemsInput{TransactItems: []aws.TransactGetItem{{}}},
		"dynamodb:TransactWriteItems":    aws.TransactWriteItemsInput{TransactItems: []aws.TransactWriteItem{{ConditionCheck: &aws.ConditionCheck{TableName: "T"}}}},
		"dynamodb:ExecuteStatement":      aws.ExecuteStatementInput{Statement: `SELECT * FROM T`},
		"dynamodb:BatchExecuteStatement": aws.BatchExecuteStatementInput{Statements: []aws.BatchStatementRequest{{Statement: `DELETE FROM T`}}},
		"dynamodb:ExecuteTransaction":    aws.ExecuteTransactionInput{TransactStatements: []aws.ParameterizedStatement{{Statement: `EXISTS(SELECT * FROM T)`}}},
		"s3:DeleteObjects":               aws.DeleteObjectsInput{Bucket: "b", Delete: aws.ObjectsToDelete{Objects: []aws.ObjectIdentifier{{Key: "k"}}}},
	}
	calls := 0
	cloud := every(&calls)
	nobody := w.As(w.withRole(t, "Nobody", ""), cloud)
	all := w.As(w.withRole(t, "Admin", `{"Effect":"Allow","Action":"*","Resource":"*"}`), cloud)
	for _, op := range aws.Operations() {
		in, given := inputs[op.String()]
		if !given {
			in = reflect.Zero(op.In).Interface()
		}
		before := calls
		_, err := op.Call(t.Context(), nobody, in)
		var denied *aws.Error
		switch {
		case op.Service == aws.ServiceSTS, op.String() == "s3:DeleteObjects":
			if err != nil {
				t.Errorf("%s: %v", op, err)
			}
		case !errors.As(err, &denied) || !errors.Is(err, aws.ErrAccessDenied) || denied.Service != op.Service || denied.Operation != op.Name || denied.RequestID == "":
			t.Errorf("%s: %#v", op, err)
		}
		if calls != before {
			t.Errorf("%s got through", op)
		}
		if _, err := op.Call(t.Context(), all, in); err != nil {
			t.Errorf("%s: %v", op, err)
		}
		if op.Service != aws.ServiceSTS && calls != before+1 {
			t.Errorf("%s did not get through", op)
		}
	}
}

// pictures is an S3 with one object.
type pictures struct {
	aws.S3
	deleted []string
}

func (p *pictures) GetObject(_ context.Context, in aws.GetObjectInput) (aws.GetObjectOutput, error) {
	if in.Key != "there" {
		return aws.GetObjectOutput{}, &aws.Error{Service: aws.ServiceS3, Operation: "GetObject", Code: "NoSuchKey", Message: "The specified key does not exist.", Status: 404}
	}
	return aws.GetObjectOutput{Body: io.NopCloser(strings.NewReader("x"))}, nil
}

func (p *pictures) HeadObject(_ context.Context, in aws.HeadObjectInput) (aws.HeadObjectOutput, error) {
	if in.Key != "there" {
		return aws.HeadObjectOutput{}, &aws.Error{Service: aws.ServiceS3, Operation: "HeadObject", Code: "NotFound", Message: "Not Found", Status: 404}
	}
	return aws.HeadObjectOutput{}, nil
}

func (p *pictures) GetObjectAttributes(_ context.Context, in aws.GetObjectAttributesInput) (aws.GetObjectAttributesOutput, error) {
	_, err := p.GetObject(context.Background(), aws.GetObjectInput{Key: in.Key})
	return aws.GetObjectAttributesOutput{}, err
}

func (p *pictures) CopyObject(_ context.Context, in aws.CopyObjectInput) (aws.CopyObjectOutput, error) {
	_, err := p.GetObject(context.Background(), aws.GetObjectInput{Key: strings.TrimPrefix(in.CopySource, "b/")})
	return aws.CopyObjectOutput{}, err
}

func (p *pictures) UploadPartCopy(_ context.Context, in aws.UploadPartCopyInput) (aws.UploadPartCopyOutput, error) {
	_, err := p.GetObject(context.Background(), aws.GetObjectInput{Key: strings.TrimPrefix(in.CopySource, "b/")})
	return aws.UploadPartCopyOutput{}, err
}

func (p *pictures) DeleteObjects(_ context.Context, in aws.DeleteObjectsInput) (out aws.DeleteObjectsOutput, err error) {
	for _, o := range in.Delete.Objects {
		p.deleted = append(p.deleted, o.Key)
		out.Deleted = append(out.Deleted, aws.DeletedObject{Key: o.Key})
	}
	return out, nil
}

func TestMissingKeysAreHiddenFromThoseWhoMayNotList(t *testing.T) {
	t.Parallel()
	w := open(t)
	cloud := aws.Cloud{S3: &pictures{}}
	read := `{"Effect":"Allow","Action":["s3:GetObject","s3:GetObjectAttributes","s3:PutObject"],"Resource":"*"}`
	for _, c := range []struct {
		role, statements, key string
		get, head             string // codes
	}{
		{"Reader", read, "there", "", ""},
		{"Reader1", read, "gone", "AccessDenied", "Forbidden"},
		{"Lister", read + `,{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"}`, "gone", "NoSuchKey", "NotFound"},
		{"Neither", `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"}`, "there", "AccessDenied", "Forbidden"},
	} {
		s3 := w.As(w.withRole(t, c.role, c.statements), cloud).S3
		_, getErr := s3.GetObject(t.Context(), aws.GetObjectInput{Bucket: "b", Key: c.key})
		_, headErr := s3.HeadObject(t.Context(), aws.HeadObjectInput{Bucket: "b", Key: c.key})
		_, copyErr := s3.CopyObject(t.Context(), aws.CopyObjectInput{Bucket: "other", Key: "copy", CopySource: "b/" + c.key})
		_, partErr := s3.UploadPartCopy(t.Context(), aws.UploadPartCopyInput{Bucket: "other", Key: "copy", CopySource: "b/" + c.key})
		_, attributesErr := s3.GetObjectAttributes(t.Context(), aws.GetObjectAttributesInput{Bucket: "b", Key: c.key})
		for _, got := range []struct {
			err  error
			want string
		}{{getErr, c.get}, {headErr, c.head}, {attributesErr, c.get}, {copyErr, c.get}, {partErr, c.get}} {
			var failure *aws.Error
			if got.want == "" && got.err != nil || got.want != "" && (!errors.As(got.err, &failure) || failure.Code != got.want) {
				t.Errorf("%s, %s: %v, want %q", c.role, c.key, got.err, got.want)
			}
		}
	}
}

func TestDeleteObjectsDecidesOnEachKey(t *testing.T) {
	t.Parallel()
	w := open(t)
	bucket := &pictures{}
	s3 := w.As(w.withRole(t, "R", `{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::b/mine/*"}`), aws.Cloud{S3: bucket}).S3
	remove := func(keys ...string) aws.DeleteObjectsOutput {
		in := aws.DeleteObjectsInput{Bucket: "b"}
		for _, key := range keys {
			in.Delete.Objects = append(in.Delete.Objects, aws.ObjectIdentifier{Key: key})
		}
		out, err := s3.DeleteObjects(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	out := remove("mine/1", "yours/1", "mine/2")
	if !slices.Equal(bucket.deleted, []string{"mine/1", "mine/2"}) || len(out.Errors) != 1 || out.Errors[0].Key != "yours/1" || out.Errors[0].Code != "AccessDenied" {
		t.Errorf("deleted %v, out %+v", bucket.deleted, out)
	}
	in := aws.DeleteObjectsInput{Bucket: "b", Delete: aws.ObjectsToDelete{Objects: []aws.ObjectIdentifier{{Key: "mine/3", ETag: `"0"`}, {Key: "mine/4", ETag: "*"}}}}
	if out, err := s3.DeleteObjects(t.Context(), in); err != nil || len(out.Errors) != 1 || out.Errors[0].Key != "mine/3" {
		t.Errorf("for what is in them: %+v, %v", out, err)
	}
	bucket.deleted = bucket.deleted[:2]
	if out = remove("yours/2"); len(bucket.deleted) != 2 || len(out.Errors) != 1 || len(out.Deleted) != 0 {
		t.Errorf("deleted %v, out %+v", bucket.deleted, out)
	}
}

func TestACopyTakesBothRights(t *testing.T) {
	t.Parallel()
	w := open(t)
	calls := 0
	cloud := every(&calls)
	for _, c := range []struct {
		role, statements string
		want             bool
	}{
		{"Both", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/k 1"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/k"}`, true},
		{"Reader", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`, false},
		{"Writer", `{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}`, false},
	} {
		role := w.withRole(t, c.role, c.statements)
		for _, source := range []string{"/a/k%201", "a/k%201", "%2Fa%2Fk%201"} {
			s3 := w.As(role, cloud).S3
			_, whole := s3.CopyObject(t.Context(), aws.CopyObjectInput{Bucket: "b", Key: "k", CopySource: source})
			_, part := s3.UploadPartCopy(t.Context(), aws.UploadPartCopyInput{Bucket: "b", Key: "k", CopySource: source})
			if (whole == nil) != c.want || (part == nil) != c.want {
				t.Errorf("%s, from %s: %v, a part: %v", c.role, source, whole, part)
			}
		}
	}
}

// TestListingAFolder: who may list one folder of a bucket may list its versions, too,
// and no other's.
func TestListingAFolder(t *testing.T) {
	t.Parallel()
	w := open(t)
	s3 := w.As(w.withRole(t, "R", `{"Effect":"Allow","Action":["s3:ListBucket","s3:ListBucketVersions"],"Resource":"arn:aws:s3:::b",`+
		`"Condition":{"StringLike":{"s3:prefix":"mine/*"}}}`), every(new(int))).S3
	for prefix, want := range map[string]bool{"mine/": true, "yours/": false, "": false} {
		_, objects := s3.ListObjectsV2(t.Context(), aws.ListObjectsV2Input{Bucket: "b", Prefix: prefix})
		_, versions := s3.ListObjectVersions(t.Context(), aws.ListObjectVersionsInput{Bucket: "b", Prefix: prefix})
		if (objects == nil) != want || (versions == nil) != want {
			t.Errorf("listing %q: %v, of versions: %v", prefix, objects, versions)
		}
	}
}

// TestRefusalsAreTheServices: each service has its own code for what a session may not
// do, and for one that is over.
func TestRefusalsAreTheServices(t *testing.T) {
	t.Parallel()
	w := open(t)
	nobody := w.As(w.withRole(t, "Nobody", ""), every(new(int)))
	status := func(err error) string {
		var refusal *aws.Error
		if !errors.As(err, &refusal) {
			return fmt.Sprint(err)
		}
		return fmt.Sprint(refusal.Status, " ", refusal.Code)
	}
	calls := map[aws.Service]func() error{
		aws.ServiceDynamoDB: func() error { _, err := nobody.DynamoDB.ListTables(t.Context(), aws.ListTablesInput{}); return err },
		aws.ServiceDynamoDBStreams: func() error {
			_, err := nobody.DynamoDBStreams.ListStreams(t.Context(), aws.ListStreamsInput{})
			return err
		},
		aws.ServiceS3:         func() error { _, err := nobody.S3.ListBuckets(t.Context(), aws.ListBucketsInput{}); return err },
		aws.ServiceLambda:     func() error { _, err := nobody.Lambda.ListFunctions(t.Context(), aws.ListFunctionsInput{}); return err },
		aws.ServiceAPIGateway: func() error { _, err := nobody.APIGateway.GetRestApis(t.Context(), aws.GetRestApisInput{}); return err },
		aws.ServiceLogs: func() error {
			_, err := nobody.Logs.DescribeLogGroups(t.Context(), aws.DescribeLogGroupsInput{})
			return err
		},
		aws.ServiceCloudWatch: func() error { _, err := nobody.CloudWatch.ListMetrics(t.Context(), aws.ListMetricsInput{}); return err },
		aws.ServiceIAM:        func() error { _, err := nobody.IAM.ListRoles(t.Context(), aws.ListRolesInput{}); return err },
	}
	for n, wants := range []map[aws.Service]string{{
		aws.ServiceDynamoDB: "400 AccessDeniedException", aws.ServiceDynamoDBStreams: "400 AccessDeniedException", aws.ServiceS3: "403 AccessDenied",
		aws.ServiceLambda: "403 AccessDeniedException", aws.ServiceAPIGateway: "403 AccessDeniedException", aws.ServiceLogs: "400 AccessDeniedException",
		aws.ServiceCloudWatch: "403 AccessDenied", aws.ServiceIAM: "403 AccessDenied",
	}, {
		aws.ServiceDynamoDB: "400 ExpiredTokenException", aws.ServiceDynamoDBStreams: "400 ExpiredTokenException", aws.ServiceS3: "400 ExpiredToken",
		aws.ServiceLambda: "403 ExpiredTokenException", aws.ServiceAPIGateway: "403 ExpiredTokenException", aws.ServiceLogs: "400 ExpiredTokenException",
		aws.ServiceCloudWatch: "403 ExpiredToken", aws.ServiceIAM: "403 ExpiredToken",
	}} {
		w.offset.Store(int64(n) * int64(13*time.Hour))
		for service, want := range wants {
			if got := status(calls[service]()); got != want {
				t.Errorf("%s refuses with %s, want %s", service, got, want)
			}
		}
	}
}

func TestAnExpiredSessionMayDoNothing(t *testing.T) {
	t.Parallel()
	w := open(t)
	calls := 0
	cloud := w.As(w.withRole(t, "Admin", `{"Effect":"Allow","Action":"*","Resource":"*"}`), every(&calls))
	if out, err := cloud.STS.GetCallerIdentity(t.Context(), aws.GetCallerIdentityInput{}); err != nil || out.Arn != "arn:aws:sts::000000000000:assumed-role/Admin/F" || out.Arn != cloud.Place.ARN {
		t.Errorf("the caller is %+v, %v", out, err)
	}
	w.offset.Store(int64(13 * time.Hour))
	for _, op := range aws.Operations() {
		if _, err := op.Call(t.Context(), cloud, reflect.Zero(op.In).Interface()); !errors.Is(err, aws.ErrCredentials) {
			t.Errorf("%s: %v", op, err)
		}
	}
	if calls != 0 {
		t.Errorf("%d calls got through", calls)
	}
}

func TestFunctionARN(t *testing.T) {
	t.Parallel()
	place := aws.Place{Region: "us-west-2", AccountID: account}
	want := "arn:aws:lambda:us-west-2:000000000000:function:F"
	for _, name := range []string{"F", "F:$LATEST", want, want + ":1", account + ":function:F", "function:F"} {
		if got := functionARN(place, name); got != want {
			t.Errorf("%s is %s", name, got)
		}
	}
}

// BenchmarkAuthorize decides on one call of a role with two policies.
func BenchmarkAuthorize(b *testing.B) {
	w := open(b)
	session, err := w.Assume(roleARN(ExecutionRole), "F")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := w.Authorize(session, "s3:GetObject", "arn:aws:s3:::image-abcdef/HappyFace.jpg", nil); err != nil {
			b.Fatal(err)
		}
	}
}
