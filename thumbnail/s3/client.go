// Package s3 reads and writes objects of Amazon S3 with signed HTTP requests:
// the two operations that a function which turns one object into another needs.
package s3

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/encoding/httpbinding"
)

// Client sends requests to S3 with one set of credentials.
type Client struct {
	config Config
	signer *v4.Signer
	base   *url.URL // of Config.Endpoint; nil for AWS's own
	http   *http.Client
	now    func() time.Time
}

// New makes a client. The error says what is missing in config or wrong.
func New(config Config) (*Client, error) {
	if config.Region == "" {
		return nil, errors.New("no region: set AWS_REGION, such as to us-east-1")
	}
	if config.AccessKeyID == "" || config.SecretAccessKey == "" {
		return nil, errors.New("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	// S3 takes a path as it is, where other services escape it once more.
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	c := &Client{config: config, signer: signer, now: time.Now, http: &http.Client{
		// A redirect leads to another host, and the signature names this one.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if config.Endpoint == "" {
		return c, nil
	}
	base, err := url.Parse(config.Endpoint)
	if err != nil {
		return nil, fmt.Errorf("the S3 endpoint: %w", err)
	}
	if base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("the S3 endpoint %q is not of the form http://host:port", config.Endpoint)
	}
	c.base = base
	return c, nil
}

// Get is GetObject: it opens an object for reading. The caller closes it. What
// S3 refuses is an [*Error].
func (c *Client) Get(ctx context.Context, bucket, key string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.address(bucket, key), http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("GetObject: %w", err)
	}
	response, err := c.send(request, nil)
	if err != nil {
		return nil, fmt.Errorf("GetObject: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, refusal("GetObject", bucket, key, response)
	}
	return response.Body, nil
}

// Put is PutObject: it writes an object, in the place of one that may be there.
// What S3 refuses is an [*Error].
func (c *Client) Put(ctx context.Context, bucket, key, contentType string, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, c.address(bucket, key), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("PutObject: %w", err)
	}
	request.Header.Set("Content-Type", contentType)
	response, err := c.send(request, body)
	if err != nil {
		return fmt.Errorf("PutObject: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return refusal("PutObject", bucket, key, response)
	}
	return response.Body.Close()
}

func (c *Client) send(request *http.Request, body []byte) (*http.Response, error) {
	if err := c.sign(request, body); err != nil {
		return nil, err
	}
	return c.http.Do(request)
}

// sign gives a request the headers of AWS's Signature Version 4: its headers,
// its path and its body cannot be changed on the way then.
func (c *Client) sign(request *http.Request, body []byte) error {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	request.Header.Set("X-Amz-Content-Sha256", hash)
	return c.signer.SignHTTP(request.Context(), aws.Credentials{
		AccessKeyID: c.config.AccessKeyID, SecretAccessKey: c.config.SecretAccessKey, SessionToken: c.config.SessionToken,
	}, request, hash, "s3", c.config.Region, c.now())
}

// escape writes a path as AWS wants it signed.
func escape(path string) string { return httpbinding.EscapePath(path, false) }

// address gives the URL of an object. On AWS the bucket is part of the host's
// name, but for one with a dot in it, which no certificate fits. A given
// endpoint is one host for all buckets, since it may be just an IP address.
func (c *Client) address(bucket, key string) string {
	if c.base != nil {
		return strings.TrimSuffix(c.base.Scheme+"://"+c.base.Host+escape(c.base.Path), "/") + "/" + escape(bucket) + "/" + escape(key)
	}
	host := "s3." + c.config.Region + ".amazonaws.com"
	if strings.HasPrefix(c.config.Region, "cn-") {
		host += ".cn"
	}
	if strings.Contains(bucket, ".") {
		return "https://" + host + "/" + escape(bucket) + "/" + escape(key)
	}
	return "https://" + escape(bucket) + "." + host + "/" + escape(key)
}

// errorBytes is how much of an error's body is read.
const errorBytes = 64 << 10

// refusal makes an error of a response that is none to be glad of.
func refusal(operation, bucket, key string, response *http.Response) error {
	refused := &Error{Operation: operation, Bucket: bucket, Key: key, Status: response.StatusCode}
	body, err := io.ReadAll(io.LimitReader(response.Body, errorBytes))
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return fmt.Errorf("%w; reading why: %w", refused, err)
	}
	var told struct {
		Code    string
		Message string
	}
	// A proxy on the way may answer with something else than XML; then the
	// status alone must do.
	if xml.Unmarshal(body, &told) == nil {
		refused.Code, refused.Message = told.Code, told.Message
	}
	return refused
}
