package endpoint_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"awslab/aws"

	"github.com/fxamacker/cbor/v2"
)

// TestLacking asks, in each protocol, for what the sandbox lacks: the call is refused,
// and told of. Values that ask for nothing, and members that nobody knows, are passed
// over.
func TestLacking(t *testing.T) {
	t.Parallel()
	l := open(t)
	rest := func(scope, method, path string) func(string) answer {
		return func(body string) answer { return l.rest(scope, method, path, body) }
	}
	form := func(scope, version string) func(string) answer {
		return func(text string) answer { return l.form(scope, version, text) }
	}
	target := func(operation string) func(string) answer {
		return func(body string) answer { return l.json(operation, body) }
	}
	metrics := func(entity string) answer {
		body, err := cbor.Marshal(map[string]any{"Namespace": "N", "MetricData": []any{}, "EntityMetricData": []any{map[string]any{"Entity": entity}}})
		if err != nil {
			t.Fatal(err)
		}
		return l.send(l.signed("monitoring", http.MethodPost, "/service/GraniteServiceVersion20100801/operation/PutMetricData", string(body), "Smithy-Protocol", "rpc-v2-cbor"))
	}
	const functions, function, stage = "/2015-03-31/functions", "/2015-03-31/functions/F", "/restapis/a/stages"
	role := "Action=CreateRole&RoleName=R&AssumeRolePolicyDocument=" + url.QueryEscape(`{"Version":"2012-10-17"}`)
	for _, c := range []struct {
		send        func(string) answer
		asks, idles string
		what        string
	}{
		{target(dynamodb + "CreateTable"), `{"SSESpecification":{"Enabled":true}}`, `{"SSESpecification":{"Enabled":false}}`, "KMS keys: leave out SSESpecification"},
		{target(dynamodb + "CreateTable"), `{"GlobalSecondaryIndexes":[{"OnDemandThroughput":{"MaxReadRequestUnits":5}}]}`,
			`{"GlobalSecondaryIndexes":[{"OnDemandThroughput":{"MaxReadRequestUnits":-1}}]}`, "limits of on-demand throughput: leave out OnDemandThroughput"},
		{target(dynamodb + "UpdateTable"), `{"ReplicaUpdates":[{"Create":{"RegionName":"us-east-1"}}]}`, `{"ReplicaUpdates":[],"Unknown":[1]}`, "global tables"},
		{target("Logs_20140328.CreateLogGroup"), `{"logGroupName":"g","logGroupClass":"INFREQUENT_ACCESS"}`, `{"logGroupName":"g","logGroupClass":"STANDARD","kmsKeyId":null}`, "log group class but STANDARD"},
		{target("Logs_20140328.FilterLogEvents"), `{"startFromHead":false}`, `{"startFromHead":true}`, "search from the latest event on"},
		{rest("lambda", http.MethodPost, functions), `{"Layers":["arn"]}`, `{"Layers":[],"Publish":false}`, "layers: leave out Layers"},
		{rest("lambda", http.MethodPost, functions), `{"Publish":true}`, `{"VpcConfig":{"SubnetIds":[],"SecurityGroupIds":[]},"DeadLetterConfig":{"TargetArn":""}}`, "versions and aliases of functions"},
		{rest("lambda", http.MethodPost, functions), `{"Code":{"ImageUri":"i"}}`, `{"Code":{"S3ObjectStorageMode":"COPY"}}`, "container images"},
		{rest("lambda", http.MethodPut, function+"/configuration"), `{"TracingConfig":{"Mode":"Active"}}`, `{"TracingConfig":{"Mode":"PassThrough"}}`, "X-Ray tracing"},
		{func(query string) answer { return l.rest("lambda", http.MethodDelete, function+query, "") }, "?Qualifier=1", "?Qualifier=", "versions of functions"},
		{func(tenant string) answer {
			return l.rest("lambda", http.MethodPost, function+"/invocations", "{}", "X-Amz-Tenant-Id", tenant)
		}, "blue", "", "functions that keep tenants apart"},
		{rest("apigateway", http.MethodPost, "/restapis"), `{"name":"A","endpointConfiguration":{"vpcEndpointIds":["v"]}}`, `{"name":"A","endpointConfiguration":{"ipAddressType":"ipv4"}}`, "VPCs"},
		{rest("apigateway", http.MethodPost, stage), `{"canarySettings":{"percentTraffic":10}}`, `{"canarySettings":{},"tracingEnabled":false}`, "canary releases"},
		{form("iam", "2010-05-08"), role + "&MaxSessionDuration=7200", role + "&MaxSessionDuration=3600", "sessions of roles but those of an hour"},
		{form("iam", "2010-05-08"), role + "&PermissionsBoundary=arn", role + "&PermissionsBoundary=", "permissions boundaries"},
		{form("monitoring", "2010-08-01"), "Action=GetMetricStatistics&ExtendedStatistics.member.1=p90", "Action=GetMetricStatistics&Statistics.member.1=Sum", "percentiles"},
		{metrics, "e", "", "entities that metrics are of"},
	} {
		if a := c.send(c.idles); strings.Contains(a.body, "The sandbox has no") {
			t.Errorf("%s: %d %s", c.idles, a.status, a.body)
		}
		for len(l.refused) > 0 {
			if err := <-l.refused; strings.Contains(err.Error(), "NotImplemented") {
				t.Errorf("%s: told of %v", c.idles, err)
			}
		}
		a := c.send(c.asks)
		if a.status != http.StatusBadRequest || !strings.Contains(a.body+fmt.Sprint(a.header), "NotImplemented") || !strings.Contains(a.body, "The sandbox has no "+c.what) {
			t.Errorf("%s: %d %s, want %s", c.asks, a.status, a.body, c.what)
		}
		var failed *aws.Error
		if err := <-l.refused; !errors.As(err, &failed) || failed.Code != "NotImplemented" || failed.Operation == "" || !strings.Contains(failed.Message, c.what) {
			t.Errorf("%s: told of %v", c.asks, err)
		}
	}
}
