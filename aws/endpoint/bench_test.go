package endpoint_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/endpoint"
	"awslab/aws/fake"
)

// storm is an endpoint over a sandbox whose writes are on the disk before they are
// answered. Its clients sign nothing anew and decode nothing: what is measured is
// the endpoint and the sandbox.
type storm struct {
	url string
}

func openStorm(b *testing.B) storm {
	sandbox, err := fake.Open(b.TempDir(), fake.Options{Delay: aws.Some(time.Duration(0))})
	if err != nil {
		b.Fatal(err)
	}
	cloud := sandbox.Cloud()
	server := httptest.NewServer(endpoint.New(endpoint.Config{
		Caller: func(string) (endpoint.Caller, bool) { return endpoint.Caller{Cloud: cloud}, true },
	}))
	b.Cleanup(func() {
		server.Close()
		if err := sandbox.Close(); err != nil {
			b.Error(err)
		}
	})
	return storm{server.URL}
}

// send sends a request to a service and drops the answer.
func (s storm) send(b *testing.B, c *http.Client, scope, method, path, target, body string) {
	r, err := http.NewRequestWithContext(b.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		b.Error(err)
		return
	}
	if target != "" {
		r.Header.Set("X-Amz-Target", target)
	}
	r.Header.Set("X-Amz-Date", "20261122T120000Z")
	r.Header.Set("X-Amz-Content-Sha256", unsigned)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAUSER/20261122/us-west-2/"+scope+"/aws4_request, SignedHeaders=host;x-amz-date, Signature="+strings.Repeat("0", 64))
	response, err := c.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	_, err = io.Copy(io.Discard, response.Body)
	if closed := response.Body.Close(); err != nil || closed != nil || response.StatusCode != http.StatusOK {
		b.Error(response.Status, err, closed)
	}
}

// measure has 1 and 16 clients send requests, the nth of them made by send.
func measure(b *testing.B, name string, send func(c *http.Client, n int64)) {
	for _, clients := range []int{1, 16} {
		b.Run(fmt.Sprintf("%s/%d", name, clients), func(b *testing.B) {
			c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, MaxConnsPerHost: clients}}
			var sent atomic.Int64
			began := time.Now()
			var wait sync.WaitGroup
			for range clients {
				wait.Go(func() {
					for n := sent.Add(1); n <= int64(b.N); n = sent.Add(1) {
						send(c, n)
					}
				})
			}
			wait.Wait()
			b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "requests/s")
			c.CloseIdleConnections()
		})
	}
}

// BenchmarkDynamoDB is how many requests on 10,000 small items are answered a
// second: a Query reads 100 of them, a Scan 1 MB.
func BenchmarkDynamoDB(b *testing.B) {
	s := openStorm(b)
	const table = `{"TableName":"Music","AttributeDefinitions":[{"AttributeName":"Artist","AttributeType":"S"},{"AttributeName":"Song","AttributeType":"S"}],` +
		`"KeySchema":[{"AttributeName":"Artist","KeyType":"HASH"},{"AttributeName":"Song","KeyType":"RANGE"}],"BillingMode":"PAY_PER_REQUEST"}`
	key := func(n int64) string {
		return fmt.Sprintf(`{"Artist":{"S":"artist %04d"},"Song":{"S":"song %04d"}`, n/100%100, n%100)
	}
	item := func(n int64) string {
		return key(n) + `,"Album":{"S":"an album of some length"},"Year":{"N":"1973"},"Text":{"S":"` + strings.Repeat("x", 110) + `"}}`
	}
	send := func(c *http.Client, operation, body string) {
		s.send(b, c, "dynamodb", http.MethodPost, "/", dynamodb+operation, body)
	}
	send(http.DefaultClient, "CreateTable", table)
	for n := int64(0); n < 10_000; n += 25 {
		var puts []string
		for i := range int64(25) {
			puts = append(puts, `{"PutRequest":{"Item":`+item(n+i)+`}}`)
		}
		send(http.DefaultClient, "BatchWriteItem", `{"RequestItems":{"Music":[`+strings.Join(puts, ",")+`]}}`)
	}
	for _, c := range []struct {
		operation string
		body      func(n int64) string
	}{
		{"PutItem", func(n int64) string { return `{"TableName":"Music","Item":` + item(n) + `}` }},
		{"GetItem", func(n int64) string { return `{"TableName":"Music","Key":` + key(n) + `}}` }},
		{"UpdateItem", func(n int64) string {
			return `{"TableName":"Music","Key":` + key(n) + `},"UpdateExpression":"SET Plays = :p","ConditionExpression":"attribute_exists(Artist)","ExpressionAttributeValues":{":p":{"N":"1"}}}`
		}},
		{"Query", func(n int64) string {
			return fmt.Sprintf(`{"TableName":"Music","KeyConditionExpression":"Artist = :a","ExpressionAttributeValues":{":a":{"S":"artist %04d"}}}`, n%100)
		}},
		{"Scan", func(int64) string { return `{"TableName":"Music"}` }},
	} {
		measure(b, c.operation, func(client *http.Client, n int64) { send(client, c.operation, c.body(n)) })
	}
}

// BenchmarkS3 is how many objects of 100 KB are put and read a second.
func BenchmarkS3(b *testing.B) {
	s := openStorm(b)
	s.send(b, http.DefaultClient, "s3", http.MethodPut, "/box", "", `<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>`)
	content := strings.Repeat("0123456789", 10_000)
	path := func(n int64) string { return fmt.Sprintf("/box/object-%d", n%200) }
	for n := range int64(200) {
		s.send(b, http.DefaultClient, "s3", http.MethodPut, path(n), "", content)
	}
	measure(b, "PutObject", func(c *http.Client, n int64) { s.send(b, c, "s3", http.MethodPut, path(n), "", content) })
	measure(b, "GetObject", func(c *http.Client, n int64) { s.send(b, c, "s3", http.MethodGet, path(n), "", "") })
	measure(b, "ListObjectsV2", func(c *http.Client, _ int64) { s.send(b, c, "s3", http.MethodGet, "/box?list-type=2", "", "") })
}
