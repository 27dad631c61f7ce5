package python

import (
	"regexp"
	"strings"
	"testing"
)

const warning = "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. However, in rare cases, a Lambda runtime update can cause unexpected function behavior. For functions using managed runtimes, runtime updates can be triggered by a function change, or can be applied automatically. To determine if the runtime has been updated, check the runtime version in the INIT_START log entry. If this error correlates with a change in the runtime version, you may be able to mitigate this error by temporarily rolling back to the previous runtime version. For more information, see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"

// timestamp is what the logging format writes; TS stands for it in expectations.
var timestamp = regexp.MustCompile(`\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t`)

// normal takes from a log what differs from run to run.
func normal(log []string) []string {
	out := []string{}
	for _, line := range log {
		line = timestamp.ReplaceAllString(line, "\tTS\t")
		line = strings.ReplaceAll(line, requestID(0), "ID")
		out = append(out, line)
	}
	return out
}

func index(source string) map[string]string { return map[string]string{"index.py": source} }

func TestInitErrors(t *testing.T) {
	t.Parallel()
	warned := "[WARNING]\tTS\t\t" + warning
	tests := []struct {
		name     string
		function function
		payload  string
		log      []string
	}{
		{"no module", function{files: map[string]string{"other.py": ""}, handler: "lambda_function.lambda_handler"},
			`{"errorMessage": "Unable to import module 'lambda_function': No module named 'lambda_function'", "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}`,
			[]string{warned, "[ERROR] Runtime.ImportModuleError: Unable to import module 'lambda_function': No module named 'lambda_function'\nTraceback (most recent call last):"}},
		{"an import that fails", function{files: index("print('loading')\nimport pandas\n")},
			`{"errorMessage": "Unable to import module 'index': No module named 'pandas'", "errorType": "Runtime.ImportModuleError", "requestId": "", "stackTrace": []}`,
			[]string{"loading", warned, "[ERROR] Runtime.ImportModuleError: Unable to import module 'index': No module named 'pandas'\nTraceback (most recent call last):"}},
		{"no function", function{files: index("x = 1\n"), handler: "index.nope"},
			`{"errorMessage": "Handler 'nope' missing on module 'index'", "errorType": "Runtime.HandlerNotFound", "requestId": "", "stackTrace": []}`,
			[]string{warned, "[ERROR] Runtime.HandlerNotFound: Handler 'nope' missing on module 'index'\nTraceback (most recent call last):"}},
		{"no dot", function{files: index(""), handler: "nodot"},
			`{"errorMessage": "Bad handler 'nodot': not enough values to unpack (expected 2, got 1)", "errorType": "Runtime.MalformedHandlerName", "requestId": "", "stackTrace": []}`,
			[]string{warned, "[ERROR] Runtime.MalformedHandlerName: Bad handler 'nodot': not enough values to unpack (expected 2, got 1)\nTraceback (most recent call last):"}},
		{"a built-in module", function{files: index(""), handler: "sys.exit"},
			`{"errorMessage": "Cannot use built-in module sys as a handler module", "errorType": "Runtime.BuiltInModuleConflict", "requestId": "", "stackTrace": []}`,
			[]string{warned, "[ERROR] Runtime.BuiltInModuleConflict: Cannot use built-in module sys as a handler module\nTraceback (most recent call last):"}},
		{"wrong syntax", function{files: map[string]string{"dir/syn.py": "def handler(event, context)\n    return 1\n"}, handler: "dir/syn.handler"},
			`{"errorMessage": "Syntax error in module 'dir/syn': expected ':' (syn.py, line 1)", "errorType": "Runtime.UserCodeSyntaxError", "requestId": "", "stackTrace": ["  File \"/var/task/dir/syn.py\" Line 1\n    def handler(event, context)\n"]}`,
			[]string{warned, "[ERROR] Runtime.UserCodeSyntaxError: Syntax error in module 'dir/syn': expected ':' (syn.py, line 1)\nTraceback (most recent call last):\n\u00a0\u00a0File \"/var/task/dir/syn.py\" Line 1\n\u00a0\u00a0\u00a0\u00a0def handler(event, context)"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := run(t, test.function)
			same(t, "payload", got.Init, strings.ReplaceAll(test.payload, "\n", "\\n"))
			same(t, "log", normal(got.Log), test.log)
			same(t, "exit code", got.Code, 1)
		})
	}
}

func TestInitException(t *testing.T) {
	t.Parallel()
	got := run(t, function{files: index("import os\nTABLE = os.environ['TABLE']\n")})
	if !strings.HasPrefix(got.Init, `{"errorMessage": "'TABLE'", "errorType": "KeyError", "requestId": "", "stackTrace": ["  File \"/var/lang/lib/`) ||
		!strings.Contains(got.Init, `"  File \"/var/task/index.py\", line 2, in <module>\n    TABLE = os.environ['TABLE']\n"`) {
		t.Errorf("payload: %s", got.Init)
	}
	if len(got.Log) != 2 || !strings.HasPrefix(got.Log[1], "[ERROR] KeyError: 'TABLE'\nTraceback (most recent call last):\n\u00a0\u00a0File ") {
		t.Errorf("log: %q", got.Log)
	}
}

func TestInvocations(t *testing.T) {
	t.Parallel()
	traced := func(kind, message, line, code string) (payload, log string) {
		frame := `  File "/var/task/index.py", line ` + line + ", in handler\n    " + code + "\n"
		quoted := strings.NewReplacer("\n", `\n`, `"`, `\"`).Replace(frame)
		payload = `{"errorMessage": "` + message + `", "errorType": "` + kind + `", "requestId": "` + requestID(0) + `", "stackTrace": ["` + quoted + `"]}`
		log = "ID: [ERROR] " + kind + ": " + message + "\nTraceback (most recent call last):\n\u00a0\u00a0" + strings.TrimPrefix(strings.ReplaceAll(strings.TrimSuffix(frame, "\n"), "\n    ", "\n\u00a0\u00a0\u00a0\u00a0"), "  ")
		return payload, log
	}
	keyError, keyErrorLog := traced("KeyError", "'Records'", "2", "return event['Records']")
	ownError, ownErrorLog := traced("Teapot", "short and stout", "4", "raise Teapot('short and stout')")
	tests := []struct {
		name   string
		source string
		event  string
		env    []string
		kind   string // "response" if empty
		want   string
		log    []string
	}{
		{name: "nothing", source: "def handler(event, context):\n    pass\n", want: "null"},
		{name: "a dictionary", source: "def handler(event, context):\n    return {'statusCode': 200, 'body': event['a'] + 'ü'}\n",
			event: `{"a":"ä"}`, want: `{"statusCode": 200, "body": "äü"}`},
		{name: "a dictionary in an old runtime", source: "def handler(event, context):\n    return 'ü'\n",
			env: []string{"AWS_EXECUTION_ENV=AWS_Lambda_python3.9"}, want: `"\u00fc"`},
		{name: "decimals, named tuples and bytes", want: `{"a": 1.10, "p": {"x": 1, "y": 2}, "b": "raw", "n": NaN}`,
			source: "from decimal import Decimal\nfrom collections import namedtuple\nP = namedtuple('P', 'x y')\ndef handler(event, context):\n    return {'a': Decimal('1.10'), 'p': P(1, 2), 'b': b'raw', 'n': Decimal('NaN')}\n"},
		{name: "bytes", source: "def handler(event, context):\n    return b'raw'\n", want: "raw"},
		{name: "print", source: "import sys\ndef handler(event, context):\n    print('one\\ntwo')\n    print('err', file=sys.stderr)\n    sys.stdout.write('no end')\n",
			want: "null", log: []string{"ID: one", "ID: two", "ID: no end", "stderr ID: err"}},
		{name: "logging", want: "null",
			source: "import logging\nlog = logging.getLogger()\ndef handler(event, context):\n    log.info('hidden')\n    log.warning('shown %d', 7)\n    log.setLevel('INFO')\n    log.info('now')\n    log.error('two\\nlines')\n",
			log:    []string{"ID: [WARNING]\tTS\tID\tshown 7", "ID: [INFO]\tTS\tID\tnow", "ID: [ERROR]\tTS\tID\ttwo\nlines"}},
		{name: "logging an exception", want: "null",
			source: "import logging\ndef handler(event, context):\n    try:\n        1 / 0\n    except ZeroDivisionError as e:\n        logging.error('caught: %s', e)\n",
			log:    []string{"ID: [ERROR]\tTS\tID\tcaught: division by zero"}},
		{name: "an exception", source: "def handler(event, context):\n    return event['Records']\n", event: "{}",
			kind: "error", want: keyError, log: []string{keyErrorLog}},
		{name: "an exception of its own", source: "class Teapot(Exception):\n    pass\ndef handler(event, context):\n    raise Teapot('short and stout')\n",
			kind: "error", want: ownError, log: []string{ownErrorLog}},
		{name: "what is not JSON", source: "def handler(event, context):\n    return {'a': {1}}\n", kind: "error",
			want: `{"errorMessage": "Unable to marshal response: Object of type set is not JSON serializable", "errorType": "Runtime.MarshalError", "requestId": "` + requestID(0) + `", "stackTrace": []}`,
			log:  []string{"ID: [ERROR] Runtime.MarshalError: Unable to marshal response: Object of type set is not JSON serializable\nTraceback (most recent call last):"}},
		{name: "what contains itself", source: "def handler(event, context):\n    a = []\n    a.append(a)\n    return a\n", kind: "error",
			want: `{"errorMessage": "Unable to marshal response: Circular reference detected", "errorType": "Runtime.MarshalError", "requestId": "` + requestID(0) + `", "stackTrace": []}`,
			log:  []string{"ID: [ERROR] Runtime.MarshalError: Unable to marshal response: Circular reference detected\nTraceback (most recent call last):"}},
		{name: "a wrong event", source: "def handler(event, context):\n    pass\n", event: "{", kind: "error",
			want: `{"errorMessage": "Unable to unmarshal input: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)", "errorType": "Runtime.UnmarshalError", "requestId": "` + requestID(0) + `", "stackTrace": []}`,
			log:  []string{"ID: [ERROR] Runtime.UnmarshalError: Unable to unmarshal input: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)\nTraceback (most recent call last):"}},
		{name: "the context", event: "{}",
			source: "def handler(event, c):\n    t = c.get_remaining_time_in_millis()\n    c.log('logged\\n')\n    return [c.aws_request_id, c.function_name, c.function_version, c.memory_limit_in_mb, c.log_group_name, c.log_stream_name, c.invoked_function_arn, c.client_context, c.identity.cognito_identity_id, 50000 < t <= 60000]\n",
			want:   `["` + requestID(0) + `", "test", "$LATEST", "128", "/aws/lambda/test", "2026/11/22/[$LATEST]0123", "arn:aws:lambda:us-east-1:123456789012:function:test", null, null, true]`,
			log:    []string{"ID: logged"}},
		{name: "where it runs", source: "import os, sys\ndef handler(event, context):\n    return [os.getcwd() == os.environ['LAMBDA_TASK_ROOT'], sys.path[0] == os.getcwd(), sys.version_info[:2], sys.stdout.encoding]\n",
			want: `[true, true, [3, 14], "utf-8"]`},
		{name: "closed outputs", source: "import sys\ndef handler(event, context):\n    print('last')\n    sys.stdout.close()\n    sys.stderr = None\n    return 1\n",
			want: "1", log: []string{"ID: last"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.event == "" {
				test.event = "{}"
			}
			if test.kind == "" {
				test.kind = "response"
			}
			got := run(t, function{files: index(test.source), events: []string{test.event}, env: test.env})
			if len(got.Answers) != 1 {
				t.Fatalf("%+v", got)
			}
			same(t, "kind", got.Answers[0].Kind, test.kind)
			same(t, "answer", got.Answers[0].Body, test.want)
			same(t, "log", normal(got.Log), append([]string{}, test.log...))
		})
	}
}

func TestInvocationsShareTheEnvironment(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files:  index("print('init')\ncount = 0\ndef handler(event, context):\n    global count\n    count += 1\n    print('call', count)\n    if event == 'fail':\n        raise ValueError(event)\n    return count\n"),
		events: []string{`1`, `"fail"`, `3`},
	})
	same(t, "log", []string{got.Log[0], got.Log[1], got.Log[2], got.Log[4]}, []string{
		"init", requestID(0) + ": call 1", requestID(1) + ": call 2", requestID(2) + ": call 3",
	})
	if len(got.Answers) != 3 || got.Answers[1].Type != "ValueError" || got.Answers[2].Body != "3" {
		t.Errorf("%+v", got.Answers)
	}
}

func TestContextFromHeaders(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files:  index("import os\ndef handler(event, c):\n    print(c.client_context)\n    print(c.identity)\n    return os.environ['_X_AMZN_TRACE_ID']\n"),
		events: []string{"{}"},
		headers: map[string]string{
			"Lambda-Runtime-Client-Context":   `{"custom":{"a":"b"},"client":{"app_title":"T"}}`,
			"Lambda-Runtime-Cognito-Identity": `{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}`,
			"Lambda-Runtime-Trace-Id":         "Root=1-2-3",
		},
	})
	same(t, "log", normal(got.Log), []string{
		"ID: ClientContext([custom={'a': 'b'},env=None,client=Client([installation_id=None,app_title=T,app_version_name=None,app_version_code=None,app_package_name=None])])",
		"ID: CognitoIdentity([cognito_identity_id=i,cognito_identity_pool_id=p])",
	})
	if len(got.Answers) != 1 || got.Answers[0].Body != `"Root=1-2-3"` {
		t.Errorf("%+v", got.Answers)
	}
}

func TestExit(t *testing.T) {
	t.Parallel()
	tests := map[string]function{
		"in the handler": {files: index("import sys\ndef handler(event, context):\n    print('bye', flush=True)\n    sys.exit(3)\n"), events: []string{"{}"}},
		"at import":      {files: index("import sys\nprint('bye')\nsys.exit(3)\n"), events: []string{"{}"}},
		"hard":           {files: index("import os\ndef handler(event, context):\n    print('bye')\n    os._exit(3)\n"), events: []string{"{}"}},
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, f)
			same(t, "log", got.Log, []string{"bye"})
			if got.Code != 3 || len(got.Answers) != 0 || got.Init != "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestLargePayloads(t *testing.T) {
	t.Parallel()
	event := `"` + strings.Repeat("x", 5<<20) + `"`
	got := run(t, function{
		files:  index("def handler(event, context):\n    print('y' * 300000 + '\\nend')\n    return event\n"),
		events: []string{event},
	})
	if len(got.Answers) != 1 || got.Answers[0].Body != event {
		t.Error("the event did not come back")
	}
	if len(got.Log) != 2 || len(got.Log[0]) < 300000 || got.Log[1] != requestID(0)+": end" {
		t.Errorf("%d lines", len(got.Log))
	}
}
