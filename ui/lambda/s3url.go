package lambda

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// s3Object is where an object is.
type s3Object struct{ Bucket, Key string }

// errNoS3URL tells what a link to an object looks like.
var errNoS3URL = errors.New("Enter the URL of an object in Amazon S3, such as https://bucket.s3.us-west-2.amazonaws.com/code.zip or s3://bucket/code.zip")

var (
	// s3Host is S3's own host names: with a region after a dot or, as in older
	// links, a hyphen; with the bucket before it, or in the path.
	s3Host   = regexp.MustCompile(`^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z]{2}(?:-[a-z]+)+-[0-9]+)?\.amazonaws\.com(?:\.cn)?$`)
	s3Bucket = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
)

// parseS3URL reads an object's bucket and key from a link: an S3 URI, S3's https
// URLs with the bucket in the host or in the path, or the URL of a sandbox on
// this computer.
func parseS3URL(text string) (s3Object, error) {
	text = strings.TrimSpace(text)
	if rest, ok := cutScheme(text, "s3://"); ok { // its key is written as it is
		bucket, key, _ := strings.Cut(rest, "/")
		return s3Object{bucket, key}.checked()
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Opaque != "" {
		return s3Object{}, errNoS3URL
	}
	if u.Query().Has("versionId") {
		return s3Object{}, errors.New("The URL names a version of the object; versions cannot be chosen here")
	}
	host, path := strings.ToLower(u.Hostname()), strings.TrimPrefix(u.Path, "/")
	var o s3Object
	switch match := s3Host.FindStringSubmatch(host); {
	case u.Scheme == "https" && u.Port() == "" && match != nil && match[1] != "":
		o = s3Object{match[1], path}
	case u.Scheme == "https" && u.Port() == "" && match != nil, u.Scheme == "http" && loopback(host):
		o.Bucket, o.Key, _ = strings.Cut(path, "/")
	default:
		return s3Object{}, errNoS3URL
	}
	return o.checked()
}

// cutScheme takes a scheme off, in whatever case it is written.
func cutScheme(text, scheme string) (string, bool) {
	if len(text) < len(scheme) || !strings.EqualFold(text[:len(scheme)], scheme) {
		return text, false
	}
	return text[len(scheme):], true
}

// loopback reports whether a host is this computer.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// checked gives the object, or what is wrong with its names.
func (o s3Object) checked() (s3Object, error) {
	const longest = 1024 // bytes of a key
	switch {
	case o.Bucket == "":
		return s3Object{}, errNoS3URL
	case !s3Bucket.MatchString(o.Bucket):
		return s3Object{}, fmt.Errorf("%q is no name of a bucket", o.Bucket)
	case o.Key == "" || strings.HasSuffix(o.Key, "/"):
		return s3Object{}, fmt.Errorf("The URL names the bucket %s, but no object in it", o.Bucket)
	case len(o.Key) > longest:
		return s3Object{}, fmt.Errorf("The object's key is longer than %d bytes", longest)
	case !utf8.ValidString(o.Key):
		return s3Object{}, errors.New("The object's key is no UTF-8")
	}
	return o, nil
}
