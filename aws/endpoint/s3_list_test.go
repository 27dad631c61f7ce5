package endpoint_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestListsOfUploads has the documents in S3's order, with what is empty.
func TestListsOfUploads(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	const begin, name = "<Bucket>box</Bucket><KeyMarker>", "<Initiator><ID>arn:aws:iam::000000000000:user/learner</ID><DisplayName>learner</DisplayName></Initiator><Owner><ID>"
	l.call(http.MethodGet, "/box?uploads", "").
		wants(t, 200, begin+"</KeyMarker><UploadIdMarker></UploadIdMarker><NextKeyMarker></NextKeyMarker><NextUploadIdMarker></NextUploadIdMarker>"+
			"<MaxUploads>1000</MaxUploads><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>")
	begun := l.call(http.MethodPost, "/box/a%20b~?uploads", "").wants(t, 200)
	_, id, _ := strings.Cut(begun.body, "<UploadId>")
	id, _, _ = strings.Cut(id, "<")
	l.call(http.MethodPost, "/box/a%20c/*?uploads", "").wants(t, 200)
	listed := l.call(http.MethodGet, "/box?uploads&prefix=a%20&delimiter=/&encoding-type=url&max-uploads=", "").
		wants(t, 200, begin+"</KeyMarker><UploadIdMarker></UploadIdMarker><NextKeyMarker>a+b%7E</NextKeyMarker><NextUploadIdMarker>"+id+"</NextUploadIdMarker>"+
			"<Delimiter>/</Delimiter><Prefix>a+</Prefix><MaxUploads>1000</MaxUploads><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"+
			"<Upload><Key>a+b%7E</Key><UploadId>"+id+"</UploadId>"+name,
			"</ID></Owner><StorageClass>STANDARD</StorageClass><Initiated>2026-11-22T12:00:00.000Z</Initiated></Upload>"+
				"<CommonPrefixes><Prefix>a+c/</Prefix></CommonPrefixes></ListMultipartUploadsResult>")
	if owner := l.call(http.MethodGet, "/", "").body; !strings.Contains(owner, between(listed.body, "<Owner>", "</Owner>")) {
		t.Errorf("the owner of %s is not that of %s", listed.body, owner)
	}
	l.call(http.MethodGet, "/box?uploads&key-marker=a%20c/&encoding-type=URL", "").wants(t, 200, "<Key>a+c/*</Key>", "<EncodingType>URL</EncodingType>")
	l.call(http.MethodGet, "/box?uploads&key-marker=k&upload-id-marker=no", "").
		wants(t, 400, "<Code>InvalidArgument</Code><Message>Invalid uploadId marker</Message><ArgumentName>upload-id-marker</ArgumentName><ArgumentValue>no</ArgumentValue>")
	l.call(http.MethodGet, "/box/a%20b~?part-number-marker=&max-parts=&uploadId="+id, "").
		wants(t, 200, "<Bucket>box</Bucket><Key>a b~</Key><UploadId>"+id+"</UploadId>"+name, "</ID></Owner><StorageClass>STANDARD</StorageClass>"+
			"<PartNumberMarker>0</PartNumberMarker><NextPartNumberMarker>0</NextPartNumberMarker><MaxParts>1000</MaxParts><IsTruncated>false</IsTruncated></ListPartsResult>")
}

// between is what stands between two texts in a document, with them.
func between(document, begin, end string) string {
	_, rest, _ := strings.Cut(document, begin)
	inner, _, _ := strings.Cut(rest, end)
	return begin + inner + end
}

// TestListingsOfEachKind has members of the query that the other listing has.
func TestListingsOfEachKind(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	for query, want := range map[string]string{
		"list-type=2&continuation-token=":   "The continuation token provided is incorrect</Message><ArgumentName>continuation-token</ArgumentName><RequestId>",
		"list-type=2&continuation-token=no": "The continuation token provided is incorrect</Message><ArgumentName>continuation-token</ArgumentName><RequestId>",
		"list-type=2&marker=":               "Marker unsupported with REST.GET.BUCKET in list-type=2</Message><ArgumentName>marker</ArgumentName><RequestId>",
		"start-after=a":                     "startAfter only supported in REST.GET.BUCKET with list-type=2</Message><ArgumentName>start-after</ArgumentName><RequestId>",
		"list-type=1&continuation-token=a":  "continuation-token only supported in REST.GET.BUCKET with list-type=2</Message><ArgumentName>continuation-token</ArgumentName><RequestId>",
		"encoding-type=":                    "Invalid Encoding Method specified in Request</Message><ArgumentName>encoding-type</ArgumentName><ArgumentValue></ArgumentValue>",
		"max-keys=2147483648":               "Provided max-keys not an integer or within integer range</Message><ArgumentName>max-keys</ArgumentName><ArgumentValue>2147483648</ArgumentValue>",
		"max-keys=-1":                       "Argument maxKeys must be an integer between 0 and 2147483647</Message><ArgumentName>maxKeys</ArgumentName><ArgumentValue>-1</ArgumentValue>",
	} {
		l.call(http.MethodGet, "/box?"+query, "").wants(t, 400, "<Code>InvalidArgument</Code><Message>"+want)
	}
	for _, older := range []string{"", "?list-type=3", "?list-type=", "?max-keys="} {
		l.call(http.MethodGet, "/box"+older, "").wants(t, 200, "<Marker></Marker>", "<MaxKeys>1000</MaxKeys>")
	}
	for _, key := range []string{"a", "b", "c"} {
		l.call(http.MethodPut, "/box/"+key, "").wants(t, 200)
	}
	first := l.call(http.MethodGet, "/box?list-type=2&max-keys=1&start-after=a", "").wants(t, 200, "<Key>b</Key>", "<StartAfter>a</StartAfter>")
	_, token, _ := strings.Cut(first.body, "<NextContinuationToken>")
	token, _, _ = strings.Cut(token, "<")
	next := l.call(http.MethodGet, "/box?list-type=2&start-after=c&continuation-token="+token, "").wants(t, 200, "<Key>c</Key>")
	if strings.Contains(next.body, "StartAfter") {
		t.Errorf("a page after a token tells where the first one began: %s", next.body)
	}
}
