package endpoint_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"awslab/aws"

	core "github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/fxamacker/cbor/v2"
)

// signed makes a request to a service as its clients do.
func (l *lab) signed(scope, method, path, body string, headers ...string) *http.Request {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), method, l.url+path, strings.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	l.signFor(r, scope, "AKIAUSER", "")
	return r
}

func (l *lab) signFor(r *http.Request, scope, key, token string) {
	l.t.Helper()
	credentials := core.Credentials{AccessKeyID: key, SecretAccessKey: "secret", SessionToken: token}
	if err := v4.NewSigner().SignHTTP(l.t.Context(), credentials, r, unsigned, scope, "us-west-2", now); err != nil {
		l.t.Fatal(err)
	}
}

// says fails unless the answer has a status, a body, and a request id.
func (a answer) says(t *testing.T, status int, body string) answer {
	t.Helper()
	if a.status != status || strings.TrimSpace(a.body) != body {
		t.Errorf("%d %s\nwant %d %s", a.status, a.body, status, body)
	}
	if a.header.Get("X-Amzn-Requestid") == "" {
		t.Error("no request id")
	}
	return a
}

// TestCredentials has requests without credentials, or with wrong ones.
func TestCredentials(t *testing.T) {
	t.Parallel()
	l := open(t)
	for name, c := range map[string]struct {
		scope, method, path string
		header              [2]string
		wants               [3]string // missing, malformed, unknown
	}{
		"JSON": {"dynamodb", http.MethodPost, "/", [2]string{"X-Amz-Target", dynamodb + "ListTables"}, [3]string{
			"400 #MissingAuthenticationTokenException", "400 #IncompleteSignatureException", "400 #UnrecognizedClientException",
		}},
		"REST": {"lambda", http.MethodGet, "/2015-03-31/functions/", [2]string{"Accept", "*/*"}, [3]string{
			`403 {"message":"Request is missing`, `403 {"`, `403 {"message":"The security token`,
		}},
		"Query": {"sts", http.MethodPost, "/?Action=GetCallerIdentity&Version=2011-06-15", [2]string{"Accept", "*/*"}, [3]string{
			"403 <Code>MissingAuthenticationToken<", "403 <Code>IncompleteSignature<", "403 <Code>InvalidClientTokenId<",
		}},
	} {
		for i, spoil := range []func(*http.Request){
			func(r *http.Request) { r.Header.Del("Authorization") },
			func(r *http.Request) {
				r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=K/20261122/us-west-2/"+c.scope+"/aws4_request, SignedHeaders=host")
			},
			func(r *http.Request) { l.signFor(r, c.scope, "NOBODY", "") },
		} {
			r := l.signed(c.scope, c.method, c.path, "", c.header[0], c.header[1])
			spoil(r)
			a := l.send(r)
			status, text, _ := strings.Cut(c.wants[i], " ")
			if strconv.Itoa(a.status) != status || !strings.Contains(a.body, text) {
				t.Errorf("%s: %d %s, want %s", name, a.status, a.body, c.wants[i])
			}
		}
	}
	for scope, want := range map[string]string{
		"zz/us-west-2/dynamodb/aws4_request":       "Date in Credential scope",
		"20261122/us-west-2/dynamodb/zz":           "should be scoped with a valid terminator: 'aws4_request', not 'zz'",
		"20261122/us-west-2/dynamodb/aws4/request": "exactly 5 slash-delimited elements",
	} {
		r := l.signed("dynamodb", http.MethodPost, "/", "{}", "X-Amz-Target", dynamodb+"ListTables")
		r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=K/"+scope+", SignedHeaders=host, Signature="+strings.Repeat("0", 64))
		if a := l.send(r); a.status != 400 || !strings.Contains(a.body, want) && !strings.Contains(a.body, "Authorization header is malformed") {
			t.Errorf("scope %s: %d %s, want %s", scope, a.status, a.body, want)
		}
	}
	for token, status := range map[string]int{"token": 200, "wrong": 400, "": 400} {
		r := l.signed("dynamodb", http.MethodPost, "/", "{}", "X-Amz-Target", dynamodb+"ListTables")
		l.signFor(r, "dynamodb", "ASIAROLE", token)
		if a := l.send(r); a.status != status {
			t.Errorf("token %q: %d %s", token, a.status, a.body)
		}
	}
	// The whole signature may stand in the URL.
	r := l.signed("sts", http.MethodGet, "/?Action=GetCallerIdentity&Version=2011-06-15", "")
	r.Header.Del("Authorization")
	uri, _, err := v4.NewSigner().PresignHTTP(t.Context(), core.Credentials{AccessKeyID: "AKIAUSER", SecretAccessKey: "s"}, r, unsigned, "sts", "us-west-2", now)
	if err != nil {
		t.Fatal(err)
	}
	if r.URL, err = url.Parse(uri); err != nil {
		t.Fatal(err)
	}
	if a := l.send(r); a.status != 200 || !strings.Contains(a.body, "<Arn>arn:aws:iam::000000000000:user/learner</Arn>") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func (l *lab) form(scope, version, form string) answer {
	l.t.Helper()
	return l.send(l.signed(scope, http.MethodPost, "/", "Version="+version+"&"+form, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))
}

func TestQuery(t *testing.T) {
	t.Parallel()
	l := open(t)
	trust := url.QueryEscape(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`)
	made := l.form("iam", "2010-05-08", "Action=CreateRole&RoleName=R&Description=a+%3Cb%3E&AssumeRolePolicyDocument="+trust)
	for _, text := range []string{
		`<CreateRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><CreateRoleResult><Role>`, "<Description>a &lt;b&gt;</Description>",
		"<CreateDate>2026-11-22T12:00:00Z</CreateDate>", "<AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement",
		"</CreateRoleResult><ResponseMetadata><RequestId>" + made.header.Get("X-Amzn-Requestid") + "</RequestId></ResponseMetadata></CreateRoleResponse>",
	} {
		if made.status != 200 || !strings.Contains(made.body, text) {
			t.Errorf("%d %s\nwant %s", made.status, made.body, text)
		}
	}
	gone := l.form("iam", "2010-05-08", "Action=DeleteRole&RoleName=R")
	gone.says(t, 200, `<DeleteRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>`+gone.header.Get("X-Amzn-Requestid")+`</RequestId></ResponseMetadata></DeleteRoleResponse>`)
	missing := l.form("iam", "2010-05-08", "Action=GetRole&RoleName=R")
	missing.says(t, 404, `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>`+
		`<Message>The role with name R cannot be found.</Message></Error><RequestId>`+missing.header.Get("X-Amzn-Requestid")+`</RequestId></ErrorResponse>`)
	for form, want := range map[string]string{
		"Action=Nonsense": "<Code>InvalidAction</Code><Message>Could not find operation Nonsense for version 2010-05-08</Message>",
		"A=b":             "<Code>MissingAction</Code>",
		"Action=GetRole&RoleName.x=1&RoleName.x.y=1": "<Code>MalformedQueryString</Code>",
		"Action=GetRole&RoleName.x=1":                "<Code>MalformedInput</Code>",
		"Action=GetRole&RoleName=%zz":                "<Code>MalformedQueryString</Code>",
		"Action=ListRoles&MaxItems=many":             "<Code>MalformedInput</Code>",
	} {
		if a := l.form("iam", "2010-05-08", form); a.status != 400 || !strings.Contains(a.body, want) {
			t.Errorf("%s: %d %s, want %s", form, a.status, a.body, want)
		}
	}
	// A scope without a service's name leaves the version of the API.
	if a := l.form("", "2011-06-15", "Action=GetCallerIdentity"); a.status != 200 || !strings.Contains(a.body, "<Account>000000000000</Account>") {
		t.Errorf("%d %s", a.status, a.body)
	}
	metrics := l.form("monitoring", "2010-08-01", "Action=GetMetricData&StartTime=2026-11-22T10%3A00%3A00Z&EndTime=2026-11-22T12%3A00%3A00.000Z&MetricDataQueries.member.1.Id=a"+
		"&MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS%2FLambda&MetricDataQueries.member.1.MetricStat.Metric.MetricName=Errors"+
		"&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=FunctionName&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=F"+
		"&MetricDataQueries.member.1.MetricStat.Period=60&MetricDataQueries.member.1.MetricStat.Stat=Sum&MetricDataQueries.member.1.ReturnData=true")
	var many strings.Builder
	many.WriteString("Action=PutMetricData&Namespace=N")
	for n := range 1000 {
		fmt.Fprintf(&many, "&MetricData.member.%d.MetricName=M&MetricData.member.%[1]d.Value=%[1]d&MetricData.member.%[1]d.Unit=Count", n+1)
		for d := range 4 {
			fmt.Fprintf(&many, "&MetricData.member.%d.Dimensions.member.%d.Name=d%[2]d&MetricData.member.%[1]d.Dimensions.member.%[2]d.Value=v", n+1, d+1)
		}
	}
	if put := l.form("monitoring", "2010-08-01", many.String()); put.status != 200 {
		t.Errorf("%d %s", put.status, put.body)
	}
	for _, value := range []string{"NaN", "Inf", "much"} {
		put := l.form("monitoring", "2010-08-01", "Action=PutMetricData&Namespace=N&MetricData.member.1.MetricName=M&MetricData.member.1.Value="+value)
		if put.status != 400 || !strings.Contains(put.body, "<Code>MalformedInput</Code>") {
			t.Errorf("%s: %d %s", value, put.status, put.body)
		}
	}
	if metrics.status != 200 || !strings.Contains(metrics.body, "<MetricDataResults><member><Id>a</Id>") {
		t.Errorf("%d %s", metrics.status, metrics.body)
	}
}

func TestCBOR(t *testing.T) {
	t.Parallel()
	l := open(t)
	call := func(operation string, in any) (answer, map[string]any) {
		body, err := cbor.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		a := l.send(l.signed("monitoring", http.MethodPost, "/service/GraniteServiceVersion20100801/operation/"+operation, string(body),
			"Smithy-Protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"))
		var out map[string]any
		if err := cbor.Unmarshal([]byte(a.body), &out); err != nil {
			t.Fatalf("%v: %q", err, a.body)
		}
		if a.header.Get("Smithy-Protocol") != "rpc-v2-cbor" || a.header.Get("Content-Type") != "application/cbor" || a.header.Get("X-Amzn-Requestid") == "" {
			t.Errorf("headers %v", a.header)
		}
		return a, out
	}
	query := map[string]any{
		"Id": "a", "MetricStat": map[string]any{
			"Metric": map[string]any{"Namespace": "AWS/Lambda", "MetricName": "Errors"}, "Period": 60, "Stat": "Sum",
		},
	}
	in := map[string]any{
		"StartTime":         cbor.Tag{Number: 1, Content: now.Add(-time.Hour).Unix()},
		"EndTime":           cbor.Tag{Number: 1, Content: float64(now.UnixMilli()) / 1000},
		"MetricDataQueries": []any{query},
	}
	a, out := call("GetMetricData", in)
	if results, ok := out["MetricDataResults"].([]any); a.status != 200 || !ok || len(results) != 1 {
		t.Errorf("%d %v", a.status, out)
	}
	a, out = call("ListMetrics", map[string]any{"NextToken": "x"})
	if a.status != 400 || out["__type"] != "com.amazonaws.cloudwatch#InvalidParameterValueException" || a.header.Get("X-Amzn-Query-Error") != "InvalidParameterValue;Sender" {
		t.Errorf("%d %v %v", a.status, out, a.header)
	}
	if a, out = call("ListMetrics", []int{1}); a.status != 400 || out["__type"] != "com.amazonaws.cloudwatch#SerializationException" {
		t.Errorf("%d %v", a.status, out)
	}
	if a, out = call("Nonsense", nil); a.status != 404 || out["__type"] != "com.amazonaws.cloudwatch#UnknownOperationException" {
		t.Errorf("%d %v", a.status, out)
	}
	l.json("GraniteServiceVersion20100801.ListMetrics", `{}`).says(t, 200, `{"Metrics":[]}`)
}

// TestRefused has the endpoint tell which requests reached no operation, and no
// others.
func TestRefused(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.json(dynamodb+"GetItem", `{"TableName":"None","Key":{}}`)
	l.call(http.MethodGet, "/none/key", "")
	for name, c := range map[string]struct {
		send func() answer
		code string
	}{
		"an unknown operation":   {func() answer { return l.json(dynamodb+"Nonsense", `{}`) }, "UnknownOperationException"},
		"an unknown action":      {func() answer { return l.form("iam", "2010-05-08", "Action=Nonsense") }, "InvalidAction"},
		"a malformed body":       {func() answer { return l.json(dynamodb+"GetItem", `{`) }, "SerializationException"},
		"an S3 call of another":  {func() answer { return l.call(http.MethodGet, "/b?lifecycle", "") }, "NotImplemented"},
		"a path of nobody's API": {func() answer { return l.rest("lambda", http.MethodGet, "/2015-03-31/x", "") }, "UnknownOperationException"},
	} {
		c.send()
		var failed *aws.Error
		if err := <-l.refused; !errors.As(err, &failed) || failed.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}
