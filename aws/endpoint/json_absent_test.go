package endpoint_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestAbsentAndEmpty: a text that is missing and one that is empty are two things.
func TestAbsentAndEmpty(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.json(dynamodb+"CreateTable", musicTable)
	const (
		fault = "1 validation error detected: "
		key   = `"TableName":"Music","Key":{"Artist":{"S":"a"}}`
		none  = `The expression can not be empty;`
	)
	for _, c := range []struct{ operation, body, want string }{
		{"PutItem", `{"Item":{}}`, fault + `Value null at 'tableName' failed to satisfy constraint: Member must not be null`},
		{"PutItem", `{"Item":{},"TableName":null}`, fault + `Value null at 'tableName' failed to satisfy constraint: Member must not be null`},
		{"PutItem", `{"Item":{},"TableName":""}`, fault + `Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1`},
		{"DescribeTable", `{}`, `The parameter 'TableName' is required but was not present in the request`},
		{"DescribeTable", `{"TableName":""}`, `2 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; ` +
			`Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3`},
		{"UpdateItem", `{` + key + `,"UpdateExpression":""}`, fault + `Invalid UpdateExpression: ` + none},
		{"DeleteItem", `{` + key + `,"ConditionExpression":""}`, fault + `Invalid ConditionExpression: ` + none},
		{"GetItem", `{` + key + `,"ProjectionExpression":""}`, `Invalid ProjectionExpression: ` + none},
		{"Query", `{"TableName":"Music","KeyConditionExpression":"","ExpressionAttributeValues":{":v":{"S":"a"}}}`, `Invalid KeyConditionExpression: ` + none},
		{"Scan", `{"TableName":"Music","FilterExpression":""}`, `Invalid FilterExpression: ` + none},
		{"TransactWriteItems", `{"TransactItems":[{"Delete":{` + key + `,"ConditionExpression":""}}]}`, `Invalid ConditionExpression: ` + none},
		{"TransactGetItems", `{"TransactItems":[{"Get":{` + key + `,"ProjectionExpression":""}}]}`, `Invalid ProjectionExpression: ` + none},
	} {
		l.json(dynamodb+c.operation, c.body).says(t, 400, `{"__type":"com.amazon.coral.validate#ValidationException","message":"`+c.want+`"}`)
	}
	l.json(dynamodb+"UpdateItem", `{`+key+`,"UpdateExpression":null}`).says(t, 200, `{}`)
}

// TestAbsentWithin: what is missing inside of structures and lists is told too, and
// what is there and empty, or false, is not taken for it.
func TestAbsentWithin(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.json(dynamodb+"CreateTable", musicTable)
	const (
		one  = "1 validation error detected: "
		two  = "2 validation errors detected: "
		null = "Value null at '%s' failed to satisfy constraint: Member must not be null"
		arn  = `"ResourceArn":"arn:aws:dynamodb:us-west-2:000000000000:table/Music"`
	)
	of := func(member string) string { return fmt.Sprintf(null, member) }
	for _, c := range []struct{ operation, body, want string }{
		{"TagResource", `{` + arn + `}`, one + of("tags")},
		{"TagResource", `{` + arn + `,"Tags":[]}`, "Atleast one Tag needs to be provided as Input."},
		{"TagResource", `{` + arn + `,"Tags":[{"Key":"a","Value":""},{"Key":"b"}]}`, one + of("tags.2.member.value")},
		{"TagResource", `{` + arn + `,"Tags":[{"Value":null}]}`, two + of("tags.1.member.key") + "; " + of("tags.1.member.value")},
		{"CreateTable", strings.Replace(musicTable, "{", `{"Tags":[{"Key":"a"}],`, 1), one + of("tags.1.member.value")},
		{"UntagResource", `{` + arn + `}`, one + of("tagKeys")},
		{"UpdateTimeToLive", `{"TableName":"Music"}`, one + of("timeToLiveSpecification")},
		{"UpdateTimeToLive", `{"TableName":"Music","TimeToLiveSpecification":{}}`, two + of("timeToLiveSpecification.enabled") + "; " + of("timeToLiveSpecification.attributeName")},
		{"UpdateTimeToLive", `{"TableName":"Music","TimeToLiveSpecification":{"AttributeName":"a"}}`, one + of("timeToLiveSpecification.enabled")},
		{"UpdateTimeToLive", `{"TableName":"Music","TimeToLiveSpecification":{"AttributeName":"a","Enabled":false}}`, "TimeToLive is already disabled"},
		{"UpdateTimeToLive", `{"TableName":"Music","TimeToLiveSpecification":{"AttributeName":"","Enabled":true}}`,
			one + "Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1"},
	} {
		l.json(dynamodb+c.operation, c.body).says(t, 400, `{"__type":"com.amazon.coral.validate#ValidationException","message":"`+c.want+`"}`)
	}
	if out := l.json(dynamodb+"TagResource", `{`+arn+`,"Tags":[`+strings.Repeat("{},", 50_000)+`{}]}`); !strings.Contains(out.body, "validation errors detected: "+of("tags.1.member.key")) {
		t.Errorf("%d %.500s", out.status, out.body)
	}
}

// TestNothingToSay: where DynamoDB has nothing to say, there is no body at all.
func TestNothingToSay(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.json(dynamodb+"CreateTable", musicTable)
	const arn = `"ResourceArn":"arn:aws:dynamodb:us-west-2:000000000000:table/Music"`
	for operation, body := range map[string]string{"TagResource": `{` + arn + `,"Tags":[{"Key":"a","Value":""}]}`, "UntagResource": `{` + arn + `,"TagKeys":["a"]}`} {
		out := l.json(dynamodb+operation, body).says(t, 200, "")
		if out.header.Get("Content-Length") != "0" || out.header.Get("X-Amz-Crc32") != "0" {
			t.Errorf("%s: headers %v", operation, out.header)
		}
	}
	l.json(dynamodb+"DeleteItem", `{"TableName":"Music","Key":{"Artist":{"S":"a"}}}`).says(t, 200, `{}`)
}

// TestStreams has the protocol of DynamoDB Streams, whose signatures name DynamoDB.
func TestStreams(t *testing.T) {
	t.Parallel()
	l := open(t)
	const streams = "DynamoDBStreams_20120810."
	out := l.json(streams+"ListStreams", `{}`).says(t, 200, `{"Streams":[]}`)
	if out.header.Get("Content-Type") != "application/x-amz-json-1.0" || len(out.header.Get("X-Amzn-Requestid")) != 52 || out.header.Get("X-Amz-Crc32") == "" {
		t.Errorf("headers %v", out.header)
	}
	l.json(dynamodb+"CreateTable", strings.TrimSuffix(musicTable, "}")+`,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}`)
	if out := l.json(streams+"ListStreams", `{"TableName":"Music"}`); out.status != 200 || !strings.Contains(out.body, `"TableName":"Music","StreamLabel":"`) {
		t.Errorf("%d %s", out.status, out.body)
	}
	arn := "arn:aws:dynamodb:us-west-2:000000000000:table/Nope/stream/2026-11-22T12:00:00.000"
	l.json(streams+"DescribeStream", `{"StreamArn":"`+arn+`"}`).says(t, 400,
		`{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found: Stream: `+arn+` not found"}`)
	if out := l.json(streams+"PutItem", `{}`); out.status != 400 || !strings.Contains(out.body, "#UnknownOperationException") {
		t.Errorf("%d %s", out.status, out.body)
	}
}
