package endpoint

// copyIf begins the headers of conditions on what is copied.
const copyIf = "X-Amz-Copy-Source-If-"

// What S3 has headers for and this endpoint has not, and what must not be done as if they
// were not there.
var (
	// storing are ways to keep an object.
	storing = []string{
		"X-Amz-Server-Side-Encryption-Customer-Algorithm", "X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Legal-Hold",
		"X-Amz-Website-Redirect-Location", "X-Amz-Write-Offset-Bytes",
	}
	// deleting are conditions on what is there.
	deleting = []string{"X-Amz-If-Match-Last-Modified-Time", "X-Amz-If-Match-Size"}
)

// unheeded refuses headers of a request.
func (c call) unheeded(headers ...string) error {
	for _, name := range headers {
		if c.request.Header.Get(name) != "" {
			return unknownHeader
		}
	}
	return nil
}
