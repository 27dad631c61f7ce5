package s3

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

// What AWS's Signature Version 4 calls itself and writes its times in.
const (
	algorithm = "AWS4-HMAC-SHA256"
	longTime  = "20060102T150405Z"
	shortTime = "20060102"
)

// sign gives a request without a query the headers of AWS's Signature
// Version 4: all of its headers, its path and its body cannot be changed on the
// way then.
func sign(request *http.Request, body []byte, config Config, now time.Time) {
	now = now.UTC()
	sum := sha256.Sum256(body)
	bodyHash := hex.EncodeToString(sum[:])
	request.Header.Set("X-Amz-Date", now.Format(longTime))
	request.Header.Set("X-Amz-Content-Sha256", bodyHash)
	if config.SessionToken != "" {
		request.Header.Set("X-Amz-Security-Token", config.SessionToken)
	}
	names, headers := canonicalHeaders(request)
	canonical := strings.Join([]string{request.Method, request.URL.EscapedPath(), "", headers, names, bodyHash}, "\n")

	scope := strings.Join([]string{now.Format(shortTime), config.Region, "s3", "aws4_request"}, "/")
	sum = sha256.Sum256([]byte(canonical))
	toSign := strings.Join([]string{algorithm, now.Format(longTime), scope, hex.EncodeToString(sum[:])}, "\n")

	key := []byte("AWS4" + config.SecretAccessKey)
	for part := range strings.SplitSeq(scope, "/") {
		key = hmacSHA256(key, part)
	}
	request.Header.Set("Authorization", algorithm+" Credential="+config.AccessKeyID+"/"+scope+
		",SignedHeaders="+names+",Signature="+hex.EncodeToString(hmacSHA256(key, toSign)))
}

// canonicalHeaders lists a request's headers as they are signed: the names
// joined by semicolons, and a line for each.
func canonicalHeaders(request *http.Request) (names, lines string) {
	values := map[string]string{"host": request.URL.Host}
	list := []string{"host"}
	for name, all := range request.Header {
		lower := strings.ToLower(name)
		list = append(list, lower)
		values[lower] = strings.Join(strings.Fields(strings.Join(all, ",")), " ")
	}
	slices.Sort(list)
	var text strings.Builder
	for _, name := range list {
		text.WriteString(name + ":" + values[name] + "\n")
	}
	return strings.Join(list, ";"), text.String()
}

func hmacSHA256(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text)) // a hash takes all it is given
	return mac.Sum(nil)
}

// escape writes a path as AWS wants it signed: every byte as %XX but for
// letters, digits, "-", ".", "_", "~" and the slash.
func escape(path string) string {
	const hexDigits = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(path) {
		c := path[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/", c) >= 0:
			out.WriteByte(c)
		default:
			out.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return out.String()
}
