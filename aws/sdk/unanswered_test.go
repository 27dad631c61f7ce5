package sdk_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/sdk"
)

// questions are a call of each service.
func questions(t *testing.T) map[aws.Service]func(*sdk.Account) error {
	t.Helper()
	return map[aws.Service]func(*sdk.Account) error{
		aws.ServiceDynamoDB: func(a *sdk.Account) error {
			_, err := a.Cloud.DynamoDB.ListTables(t.Context(), aws.ListTablesInput{})
			return err
		},
		aws.ServiceIAM: func(a *sdk.Account) error {
			_, err := a.Cloud.IAM.ListRoles(t.Context(), aws.ListRolesInput{})
			return err
		},
		aws.ServiceLambda: func(a *sdk.Account) error {
			_, err := a.Cloud.Lambda.ListFunctions(t.Context(), aws.ListFunctionsInput{})
			return err
		},
		aws.ServiceCloudWatch: func(a *sdk.Account) error {
			_, err := a.Cloud.CloudWatch.ListMetrics(t.Context(), aws.ListMetricsInput{})
			return err
		},
		aws.ServiceS3: func(a *sdk.Account) error {
			_, err := a.Cloud.S3.ListBuckets(t.Context(), aws.ListBucketsInput{})
			return err
		},
		aws.ServiceAPIGateway: func(a *sdk.Account) error {
			_, err := a.Cloud.APIGateway.GetRestApis(t.Context(), aws.GetRestApisInput{})
			return err
		},
		aws.ServiceLogs: func(a *sdk.Account) error {
			_, err := a.Cloud.Logs.DescribeLogGroups(t.Context(), aws.DescribeLogGroupsInput{})
			return err
		},
		aws.ServiceDynamoDBStreams: func(a *sdk.Account) error {
			_, err := a.Cloud.DynamoDBStreams.ListStreams(t.Context(), aws.ListStreamsInput{})
			return err
		},
		aws.ServiceSTS: func(a *sdk.Account) error {
			_, err := a.Cloud.STS.GetCallerIdentity(t.Context(), aws.GetCallerIdentityInput{})
			return err
		},
	}
}

// TestAnswersOfOthers has something on the way to AWS answer in its stead, or cut an
// answer off: the error says so in words that help.
func TestAnswersOfOthers(t *testing.T) {
	t.Parallel()
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = w.Write([]byte("<html><h1>Sorry</h1></html>"))
		}
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(`{"Table`))
	}
	gone := func(w http.ResponseWriter, _ *http.Request) {
		if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = connection.Close() // that is the fault
		}
	}
	for _, c := range []struct {
		name, code, message string
		answer              http.HandlerFunc
		status, tries       int
	}{
		{"a proxy's page", "HTTP502", "Bad Gateway: the answer is none of AWS's", page(502), 502, 3},
		{"a page where one has to sign in", "HTTP407", "Proxy Authentication Required: the answer is none of AWS's", page(407), 407, 1},
		{"half an answer", sdk.CodeUnreadable, "the answer broke off", cut, 200, 1},
		{"a connection that ends", sdk.CodeUnreachable, "no answer came from 127.0.0.1:", gone, 0, 3},
	} {
		for service, ask := range questions(t) {
			t.Run(c.name+" for "+service.Title(), func(t *testing.T) {
				t.Parallel()
				account, server, told := troubled(t)
				server.wrap(func(http.Handler) http.Handler { return c.answer })
				err := ask(account)
				var got *aws.Error
				if !errors.As(err, &got) || got.Code != c.code || got.Status != c.status || !strings.Contains(got.Message, c.message) {
					t.Errorf("error is %#v\nwant     %d %s: %s", err, c.status, c.code, c.message)
				}
				if tries := len(told()) + 1; tries != c.tries {
					t.Errorf("tried %d times, want %d", tries, c.tries)
				}
				for _, r := range told() {
					if r.operation != (aws.Operation{Service: service, Name: got.Operation}).String() {
						t.Errorf("told of %s, and it was %s of %s", r.operation, got.Operation, service.Title())
					}
				}
			})
		}
	}
}
