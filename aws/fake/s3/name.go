package s3

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Beginnings and ends that the names of buckets may not have; S3 keeps them for
// names of its own.
var (
	reservedPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	reservedSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"}
)

// checkBucketName checks the name of a bucket that is to be made: 3 to 63 of
// lower-case letters, digits, dots and hyphens, and more.
func checkBucketName(name string) error {
	valid := len(name) >= 3 && len(name) <= 63 &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" &&
		plain(name[0]) && plain(name[len(name)-1]) &&
		!strings.Contains(name, "..") && !addressForm.MatchString(name) &&
		!slices.ContainsFunc(reservedPrefixes, func(p string) bool { return strings.HasPrefix(name, p) }) &&
		!slices.ContainsFunc(reservedSuffixes, func(p string) bool { return strings.HasSuffix(name, p) })
	if !valid {
		return invalidBucketName.about("BucketName", name)
	}
	return nil
}

// plain reports whether a byte is a lower-case letter or a digit.
func plain(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// addressForm is the form of IPv4 addresses, valid or not.
var addressForm = regexp.MustCompile(`^\d+(\.\d+){3}$`)

// longestKey is the limit of object keys, in bytes.
const longestKey = 1024

func checkKey(key string) error {
	switch {
	case key == "" || !utf8.ValidString(key):
		return invalidKey.err()
	case len(key) > longestKey:
		return keyTooLong.err()
	}
	return nil
}

// The region that S3 was born in, which needs no naming.
const firstRegion = "us-east-1"

// regions are AWS's regions as of 2026-11 (the commercial partition, which is
// where S3's location constraints lead to from here).
var regions = []string{
	"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
	"ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
	"ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2",
	"eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1",
	"me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-2", "us-west-1", "us-west-2",
}

// checkLocation checks where a bucket is to be made; the constraint is "" when
// none was given. Anywhere but in us-east-1, a bucket is made in the region that
// is asked to make it, and that must be said.
func (s *Service) checkLocation(constraint string) (region string, err error) {
	here := s.config.Region
	switch {
	case constraint == "EU": // its name before there were two
		constraint = "eu-west-1"
	case constraint == "":
	case !slices.Contains(regions, constraint) && constraint != here, constraint == firstRegion:
		return "", invalidLocation.about("LocationConstraint", constraint)
	}
	switch {
	case here == firstRegion && constraint == "":
		return firstRegion, nil
	case here == firstRegion || constraint == here:
		return constraint, nil
	case constraint == "":
		return "", illegalLocation("unspecified")
	}
	return "", illegalLocation(constraint)
}

func illegalLocation(constraint string) error {
	return fault{"IllegalLocationConstraintException", "The " + constraint +
		" location constraint is incompatible for the region specific endpoint this request was sent to."}.err()
}
