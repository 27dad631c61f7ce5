// The command lambda is the thumbnail function as Lambda runs it, on the
// runtime provided.al2023. This builds it and packs it for the console's
// "Upload from ▸ .zip file" (arm64; amd64 for the architecture x86_64):
//
//	GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build -tags lambda.norpc -o bootstrap ./thumbnail/lambda
//	zip thumbnail.zip bootstrap
//
// Set S3 as its trigger, on the bucket B; the thumbnails go to the bucket
// B-resized. Its role needs s3:GetObject on the first, s3:PutObject on the
// second.
package main

import (
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"awslab/thumbnail/s3"
	"awslab/thumbnail/s3event"
)

func main() {
	// Lambda puts the time before each line itself.
	logger := log.New(os.Stdout, "", 0)
	client, err := s3.New(s3.Environment(os.Getenv))
	if err != nil {
		logger.Fatal(err)
	}
	handler := &s3event.Handler{Storage: client, Log: logger}
	lambda.Start(handler.Handle)
}
