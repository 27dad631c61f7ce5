package endpoint_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"awslab/aws"
)

func (l *lab) json(target, body string) answer {
	l.t.Helper()
	scope := map[string]string{"D": "dynamodb", "L": "logs", "G": "monitoring"}[target[:1]]
	return l.send(l.signed(scope, http.MethodPost, "/", body, "X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.0"))
}

const (
	musicTable = `{"TableName":"Music","AttributeDefinitions":[{"AttributeName":"Artist","AttributeType":"S"}],` +
		`"KeySchema":[{"AttributeName":"Artist","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST","Unknown":{"a":[1,null,{}]}}`
	dynamodb = "DynamoDB_20120810."
)

func TestDynamoDB(t *testing.T) {
	t.Parallel()
	l := open(t)
	made := l.json(dynamodb+"CreateTable", musicTable)
	if made.status != 200 || !strings.Contains(made.body, `"CreationDateTime":`+strconv.FormatInt(now.Unix(), 10)+`,`) {
		t.Errorf("%d %s", made.status, made.body)
	}
	if made.header.Get("Content-Type") != "application/x-amz-json-1.0" || len(made.header.Get("X-Amzn-Requestid")) != 52 ||
		made.header.Get("X-Amz-Crc32") != strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(made.body))), 10) {
		t.Errorf("headers %v", made.header)
	}
	item := `{"Artist":{"S":"Psy \u2603 \ud83d\ude00\n\"<&>"},"all":{"L":[{"B":"aGk="},{"BOOL":true},{"BS":["aGk="]},{"M":{"x":{"N":"1"}}},{"NULL":true},{"NS":["1","2"]},{"SS":["a"]}]}}`
	l.json(dynamodb+"PutItem", `{"TableName":"Music","Item":`+item+`}`).says(t, 200, `{}`)
	got := l.json(dynamodb+"GetItem", `{"TableName":"Music","Key":{"Artist":{"S":"Psy ☃ 😀\n\"<&>"}},"ReturnConsumedCapacity":"TOTAL"}`)
	var want, have struct {
		Item             aws.Item
		ConsumedCapacity aws.ConsumedCapacity
	}
	want.ConsumedCapacity = aws.ConsumedCapacity{TableName: "Music", CapacityUnits: 0.5}
	if err := json.Unmarshal([]byte(item), &want.Item); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(got.body), &have); err != nil || !reflect.DeepEqual(have, want) {
		t.Errorf("%v %s", err, got.body)
	}
	l.json(dynamodb+"GetItem", `{"TableName":"Music","Key":{"Artist":{"S":"nobody"}}}`).says(t, 200, `{}`)
	l.json(dynamodb+"ListTables", ` { "Limit" : 1 } `).says(t, 200, `{"TableNames":["Music"]}`)
}

// TestDynamoDBRefusals holds the errors that the protocol itself has.
func TestDynamoDBRefusals(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.json(dynamodb+"CreateTable", musicTable)
	coral := func(code, message string) string {
		return `{"__type":"com.amazon.coral.service#` + code + `","Message":"` + message + `"}`
	}
	const nothing = `{"__type":"com.amazon.coral.service#SerializationException"}`
	for _, c := range []struct{ operation, body, want string }{
		{"GetItem", `{"TableName":"None","Key":{"Artist":{"S":"a"}}}`, `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}`},
		{"PutItem", `{"TableName":"Music","Item":{"Artist":{"S":"a","N":"1"}}}`, `{"__type":"com.amazon.coral.validate#ValidationException","message":"` + aws.ErrManyTypes.Error() + `"}`},
		{"PutItem", `{"TableName":5}`, coral("SerializationException", "NUMBER_VALUE cannot be converted to String")},
		{"PutItem", `{"TableName":5.5}`, coral("SerializationException", "DECIMAL_VALUE cannot be converted to String")},
		{"PutItem", `{"TableName":true}`, coral("SerializationException", "TRUE_VALUE cannot be converted to String")},
		{"PutItem", `{"TableName":{}}`, coral("SerializationException", "Start of structure or map found where not expected")},
		{"PutItem", `{"TableName":[]}`, coral("SerializationException", "Unrecognized collection type class java.lang.String")},
		{"PutItem", `{"Item":"a"}`, coral("SerializationException", "Unexpected field type")},
		{"PutItem", `{"Item":{"a":{"N":1}}}`, coral("SerializationException", "NUMBER_VALUE cannot be converted to String")},
		{"PutItem", `{"Item":{"a":{"B":"23456"}}}`, coral("SerializationException", "Base64 encoded length is expected a multiple of 4 bytes but found: 5")},
		{"PutItem", `{"Item":{"a":{"B":1}}}`, coral("SerializationException", "only base-64-encoded strings are convertible to bytes")},
		{"PutItem", `{"Item":{"a":{"BOOL":"true"}}}`, coral("SerializationException", "Unexpected token received from parser")},
		{"PutItem", `{"Item":{"a":"b"}}`, coral("SerializationException", "Unexpected value type in payload")},
		{"Query", `{"Limit":"1"}`, coral("SerializationException", "STRING_VALUE cannot be converted to Integer")},
		{"CreateTable", `{"KeySchema":"a"}`, coral("SerializationException", "Unexpected field type")},
		{"CreateTable", `{"KeySchema":{}}`, coral("SerializationException", "Start of structure or map found where not expected")},
		{"PutItem", ``, nothing},
		{"PutItem", `[]`, nothing},
		{"PutItem", `{"TableName":"Music"`, nothing},
		{"PutItem", `{"TableName":"Music"} x`, nothing},
		{"PutItem", `{"TableName":"Mus` + "\n" + `ic"}`, nothing},
		{"PutItem", "{\"TableName\":\"\xff\"}", nothing},
		{"PutItem", `{"X":` + strings.Repeat("[", 5000), nothing},
		{"PutItem", `{"X":01}`, nothing},
		{"Nonsense", `{}`, coral("UnknownOperationException", "DynamoDB_20120810.Nonsense is not here. Of DynamoDB this endpoint has the operations that awslab's labs and pages use.")},
	} {
		l.json(dynamodb+c.operation, c.body).says(t, 400, c.want)
	}
	l.send(l.signed("dynamodb", http.MethodPost, "/", `{}`)).
		says(t, 400, coral("UnknownOperationException", "POST / is not here. Of DynamoDB this endpoint has the operations that awslab's labs and pages use."))
	l.json(dynamodb+"PutItem", `{"TableName":"Music","Item":{"Artist":{"S":"a"}}}`).says(t, 200, `{}`)
	l.json(dynamodb+"TransactWriteItems", `{"TransactItems":[{"Put":{"TableName":"Music","Item":{"Artist":{"S":"b"}}}},{"Delete":{"TableName":"Music","Key":{"Artist":{"S":"a"}},`+
		`"ConditionExpression":"attribute_exists(x)","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}}]}`).
		says(t, 400, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",`+
			`"CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"The conditional request failed","Item":{"Artist":{"S":"a"}}}]}`)
}

func TestLogs(t *testing.T) {
	t.Parallel()
	l := open(t)
	a := l.json("Logs_20140328.CreateLogGroup", `{"logGroupName":"g"}`).says(t, 200, `{}`)
	if a.header.Get("Content-Type") != "application/x-amz-json-1.1" || len(a.header.Get("X-Amzn-Requestid")) != 36 {
		t.Errorf("headers %v", a.header)
	}
	l.json("Logs_20140328.CreateLogStream", `{"logGroupName":"g","logStreamName":"s"}`).says(t, 200, `{}`)
	stamp := strconv.FormatInt(now.UnixMilli(), 10)
	l.json("Logs_20140328.PutLogEvents", `{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":`+stamp+`,"message":"hi"}]}`)
	events := l.json("Logs_20140328.FilterLogEvents", `{"logGroupName":"g","startTime":0}`)
	if events.status != 200 || !strings.Contains(events.body, `"timestamp":`+stamp+`,"message":"hi"`) || !strings.Contains(events.body, `"searchedLogStreams":[]`) {
		t.Errorf("%d %s", events.status, events.body)
	}
	l.json("Logs_20140328.DeleteLogGroup", `{"logGroupName":"x"}`).
		says(t, 400, `{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}`)
}

// TestBodies has bodies that are compressed, too large, or not as long as they say.
func TestBodies(t *testing.T) {
	t.Parallel()
	l := open(t)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, `{"Limit":5}`); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	list := func(body string, headers ...string) answer {
		return l.send(l.signed("dynamodb", http.MethodPost, "/", body, append(headers, "X-Amz-Target", dynamodb+"ListTables")...))
	}
	list(packed.String(), "Content-Encoding", "gzip").says(t, 200, `{"TableNames":[]}`)
	list("no gzip", "Content-Encoding", "gzip").says(t, 400, `{"__type":"com.amazon.coral.service#SerializationException"}`)
	list(`{}`, "Expect", "100-continue").says(t, 200, `{"TableNames":[]}`)
	const tooLarge = `{"__type":"com.amazon.coral.service#RequestEntityTooLargeException","Message":"The request is larger than this service takes"}`
	list(`{"X":"`+strings.Repeat("x", 16<<20)+`"}`).says(t, 413, tooLarge)
	// What is short as a text may be long in memory.
	l.json(dynamodb+"CreateTable", `{"GlobalSecondaryIndexes":[`+strings.Repeat("{},", 100_000)+`{}]}`).says(t, 413, tooLarge)
	packed.Reset()
	w = gzip.NewWriter(&packed)
	if _, err := w.Write(make([]byte, 17<<20)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	list(packed.String(), "Content-Encoding", "gzip").says(t, 413, tooLarge)
	r := l.signed("dynamodb", http.MethodPost, "/", "", "X-Amz-Target", dynamodb+"ListTables")
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(`{}`)), -1
	l.send(r).says(t, 200, `{"TableNames":[]}`)
}

// TestVanishing has a client go in the middle of its request: nothing is done.
func TestVanishing(t *testing.T) {
	t.Parallel()
	l := open(t)
	body := musicTable[:len(musicTable)/2]
	r := l.signed("dynamodb", http.MethodPost, "/", body, "X-Amz-Target", dynamodb+"CreateTable")
	address, err := net.ResolveTCPAddr("tcp", strings.TrimPrefix(l.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	connection, err := net.DialTCP("tcp", nil, address)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(connection, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n", len(musicTable))
	if err := errors.Join(r.Header.Write(connection), sent(connection, "\r\n"+body), connection.CloseWrite()); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), r)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(response.Body.Close(), connection.Close()); err != nil || response.StatusCode != http.StatusBadRequest {
		t.Errorf("%v: %s", err, response.Status)
	}
	l.json(dynamodb+"ListTables", `{}`).says(t, 200, `{"TableNames":[]}`)
}

func sent(to io.Writer, text string) error {
	_, err := io.WriteString(to, text)
	return err
}
