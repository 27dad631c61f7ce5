// The command lambda is the FAQ microservice as Lambda runs it, on the runtime
// provided.al2023. This builds it and packs it for the console's "Upload from ▸
// .zip file" (arm64; amd64 for the architecture x86_64):
//
//	GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build -tags lambda.norpc -o bootstrap ./faq/lambda
//	zip faq.zip bootstrap
//
// Set API Gateway as its trigger. Its role needs no more than to write logs.
package main

import (
	"log"
	"math/rand/v2"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"awslab/faq/proxy"
)

func main() {
	// Lambda puts the time before each line itself.
	logger := log.New(os.Stdout, "", 0)
	handler := &proxy.Handler{Random: rand.IntN, Log: logger}
	lambda.Start(handler.Handle)
}
