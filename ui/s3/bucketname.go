package s3

import (
	"regexp"
	"slices"
	"strings"
)

// bucketNameHint is what the form says of names beforehand.
const bucketNameHint = "3 to 63 characters: lower-case letters, digits, dots and hyphens. Unique in the whole world; it cannot be changed later."

// Beginnings and ends that S3 keeps for names of its own.
var (
	keptPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	keptSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"}
)

// addressForm is the form of IPv4 addresses, valid or not.
var addressForm = regexp.MustCompile(`^\d+(\.\d+){3}$`)

const bucketNameAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789.-"

// bucketNameFault says what is wrong with the name of a new general purpose
// bucket; "" when nothing is.
func bucketNameFault(name string) string {
	kept := func(list []string, has func(string, string) bool) string {
		if i := slices.IndexFunc(list, func(part string) bool { return has(name, part) }); i >= 0 {
			return list[i]
		}
		return ""
	}
	switch {
	case name == "":
		return "Enter a name"
	case strings.ToLower(name) != name:
		return "Bucket names have no capital letters"
	case strings.Trim(name, bucketNameAlphabet) != "":
		return "Bucket names have only lower-case letters, digits, dots and hyphens"
	case len(name) < 3:
		return "Bucket names have at least 3 characters"
	case len(name) > 63:
		return "Bucket names have at most 63 characters"
	case strings.ContainsRune(".-", rune(name[0])):
		return "Bucket names begin with a letter or a digit"
	case strings.ContainsRune(".-", rune(name[len(name)-1])):
		return "Bucket names end with a letter or a digit"
	case strings.Contains(name, ".."):
		return "Bucket names have no two dots side by side"
	case addressForm.MatchString(name):
		return "Bucket names are not written like an IP address"
	}
	if prefix := kept(keptPrefixes, strings.HasPrefix); prefix != "" {
		return "Names that begin with " + prefix + " are kept for S3 itself"
	}
	if suffix := kept(keptSuffixes, strings.HasSuffix); suffix != "" {
		return "Names that end with " + suffix + " are kept for S3 itself"
	}
	return ""
}
