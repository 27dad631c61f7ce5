package sdk_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"awslab/aws"
)

// TestLostAnswers has an answer get lost, so that a call that was carried out is tried
// again and fails: that it failed must not be read as if nothing had been done.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	var lost atomic.Bool
	server.wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !lost.CompareAndSwap(false, true) {
				inner.ServeHTTP(w, r)
				return
			}
			inner.ServeHTTP(httptest.NewRecorder(), r)
			if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = connection.Close() // that is the fault
			}
		})
	})
	in := aws.CreateTableInput{
		TableName: "Songs", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}},
	}
	_, err := account.Cloud.DynamoDB.CreateTable(t.Context(), in)
	if !errors.Is(err, aws.ErrInUse) || !errors.Is(err, aws.ErrUncertain) {
		t.Errorf("after a lost answer: %v", err)
	}
	_, err = account.Cloud.DynamoDB.CreateTable(t.Context(), in)
	if !errors.Is(err, aws.ErrInUse) || errors.Is(err, aws.ErrUncertain) {
		t.Errorf("without one: %v", err)
	}
}
