// Package proxy is the microservice as a Lambda function behind API Gateway's
// proxy integration.
package proxy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"

	"github.com/aws/aws-lambda-go/events"

	"awslab/faq"
)

// Handler answers requests with random questions.
type Handler struct {
	Random func(n int) int // a number from 0 to n-1, as math/rand/v2.IntN gives it
	Log    *log.Logger     // gets a line for each request: the question's index
}

// Handle answers a request, whatever it asks for, with one of the questions as
// JSON: {"q":…,"a":…}.
func (h *Handler) Handle(context.Context, events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	index, question := faq.Pick(h.Random)
	// Two spaces, as console.log puts one more between its arguments.
	h.Log.Printf("Quote selected:  %d", index)
	body, err := encode(question)
	if err != nil {
		return events.APIGatewayProxyResponse{}, fmt.Errorf("question %d: %w", index, err)
	}
	return events.APIGatewayProxyResponse{
		StatusCode: http.StatusOK,
		Headers:    map[string]string{"Content-Type": "application/json"},
		Body:       body,
	}, nil
}

// encode is JSON.stringify for a question.
func encode(question faq.Question) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(question); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}
