"""S3's operations as data: what each takes, and where that goes in a request."""

_OBJECT = {
    "ACL": "x-amz-acl", "CacheControl": "Cache-Control", "ContentDisposition": "Content-Disposition",
    "ContentEncoding": "Content-Encoding", "ContentLanguage": "Content-Language", "ContentType": "Content-Type",
    "Expires": "Expires", "StorageClass": "x-amz-storage-class", "Tagging": "x-amz-tagging",
    "ServerSideEncryption": "x-amz-server-side-encryption",
    "SSEKMSKeyId": "x-amz-server-side-encryption-aws-kms-key-id",
    "WebsiteRedirectLocation": "x-amz-website-redirect-location", "Metadata": "x-amz-meta-",
}
_CONDITIONS = {
    "IfMatch": "If-Match", "IfNoneMatch": "If-None-Match", "IfModifiedSince": "If-Modified-Since",
    "IfUnmodifiedSince": "If-Unmodified-Since",
}
_OWNER = {"ExpectedBucketOwner": "x-amz-expected-bucket-owner", "RequestPayer": "x-amz-request-payer"}
_READ = {**_CONDITIONS, "Range": "Range", **_OWNER}
_READ_QUERY = {
    "VersionId": "versionId", "PartNumber": "partNumber", "ResponseCacheControl": "response-cache-control",
    "ResponseContentDisposition": "response-content-disposition",
    "ResponseContentEncoding": "response-content-encoding",
    "ResponseContentLanguage": "response-content-language", "ResponseContentType": "response-content-type",
    "ResponseExpires": "response-expires",
}
_COPY = {
    "CopySource": "x-amz-copy-source", "MetadataDirective": "x-amz-metadata-directive",
    "TaggingDirective": "x-amz-tagging-directive", "CopySourceIfMatch": "x-amz-copy-source-if-match",
    "CopySourceIfNoneMatch": "x-amz-copy-source-if-none-match",
}


class Operation:
    """One operation. headers and query tell where parameters go; fixed is a
    query that is always sent, and payload names the parameter that is the body."""

    def __init__(self, name, method, required, headers=(), query=(), fixed=(), payload=None):
        self.name, self.method, self.required = name, method, required
        self.headers, self.query, self.fixed, self.payload = dict(headers), dict(query), list(fixed), payload
        self.known = [*required, *(n for n in (*self.headers, *self.query, *filter(None, [payload]))
                                   if n not in required)]


OPERATIONS = {
    "list_buckets": Operation("ListBuckets", "GET", [], query={
        "MaxBuckets": "max-buckets", "ContinuationToken": "continuation-token", "Prefix": "prefix"}),
    "head_bucket": Operation("HeadBucket", "HEAD", ["Bucket"], _OWNER),
    "head_object": Operation("HeadObject", "HEAD", ["Bucket", "Key"], _READ, _READ_QUERY),
    "get_object": Operation("GetObject", "GET", ["Bucket", "Key"], _READ, _READ_QUERY),
    "put_object": Operation("PutObject", "PUT", ["Bucket", "Key"], {
        **_OBJECT, **_CONDITIONS, **_OWNER, "ContentLength": "Content-Length", "ContentMD5": "Content-MD5"},
        payload="Body"),
    "copy_object": Operation("CopyObject", "PUT", ["Bucket", "CopySource", "Key"], {**_OBJECT, **_COPY, **_OWNER}),
    "delete_object": Operation("DeleteObject", "DELETE", ["Bucket", "Key"], {
        "MFA": "x-amz-mfa", "IfMatch": "If-Match", **_OWNER}, {"VersionId": "versionId"}),
    "delete_objects": Operation("DeleteObjects", "POST", ["Bucket", "Delete"], _OWNER, fixed=[("delete", "")],
                                payload="Delete"),
    "list_objects": Operation("ListObjects", "GET", ["Bucket"], _OWNER, {
        "Delimiter": "delimiter", "EncodingType": "encoding-type", "Marker": "marker", "MaxKeys": "max-keys",
        "Prefix": "prefix"}),
    "list_objects_v2": Operation("ListObjectsV2", "GET", ["Bucket"], _OWNER, {
        "Delimiter": "delimiter", "EncodingType": "encoding-type", "MaxKeys": "max-keys", "Prefix": "prefix",
        "ContinuationToken": "continuation-token", "FetchOwner": "fetch-owner", "StartAfter": "start-after"},
        fixed=[("list-type", "2")]),
    "create_multipart_upload": Operation("CreateMultipartUpload", "POST", ["Bucket", "Key"], {**_OBJECT, **_OWNER},
                                         fixed=[("uploads", "")]),
    "upload_part": Operation("UploadPart", "PUT", ["Bucket", "Key", "PartNumber", "UploadId"], {
        "ContentMD5": "Content-MD5", **_OWNER}, {"PartNumber": "partNumber", "UploadId": "uploadId"}, payload="Body"),
    "complete_multipart_upload": Operation("CompleteMultipartUpload", "POST", ["Bucket", "Key", "UploadId"], {
        "IfMatch": "If-Match", "IfNoneMatch": "If-None-Match", **_OWNER}, {"UploadId": "uploadId"},
        payload="MultipartUpload"),
    "abort_multipart_upload": Operation("AbortMultipartUpload", "DELETE", ["Bucket", "Key", "UploadId"], _OWNER,
                                        {"UploadId": "uploadId"}),
}

# What transfers take as ExtraArgs.
UPLOAD_ARGS = [*(n for n in _OBJECT), "RequestPayer", "ExpectedBucketOwner"]
DOWNLOAD_ARGS = ["VersionId", "RequestPayer", "ExpectedBucketOwner", "IfMatch"]
COPY_ARGS = [*(n for n in _OBJECT), "MetadataDirective", "TaggingDirective", "CopySourceIfMatch",
             "CopySourceIfNoneMatch", "RequestPayer", "ExpectedBucketOwner"]

# The headers of an answer, and what they are called in a response.
ANSWER = {
    "etag": "ETag", "content-type": "ContentType", "cache-control": "CacheControl", "accept-ranges": "AcceptRanges",
    "content-disposition": "ContentDisposition", "content-encoding": "ContentEncoding",
    "content-language": "ContentLanguage", "content-range": "ContentRange", "expires": "ExpiresString",
    "x-amz-version-id": "VersionId", "x-amz-server-side-encryption": "ServerSideEncryption",
    "x-amz-storage-class": "StorageClass", "x-amz-expiration": "Expiration", "x-amz-bucket-region": "BucketRegion",
    "x-amz-website-redirect-location": "WebsiteRedirectLocation", "x-amz-restore": "Restore",
    "x-amz-copy-source-version-id": "CopySourceVersionId",
}
ANSWER_NUMBERS = {"x-amz-missing-meta": "MissingMeta", "x-amz-mp-parts-count": "PartsCount",
                  "x-amz-tagging-count": "TagCount"}

# Codes that have an exception of their own under client.exceptions.
EXCEPTIONS = [
    "BucketAlreadyExists", "BucketAlreadyOwnedByYou", "EncryptionTypeMismatch", "IdempotencyParameterMismatch",
    "InvalidObjectState", "InvalidRequest", "InvalidWriteOffset", "NoSuchBucket", "NoSuchKey", "NoSuchUpload",
    "ObjectAlreadyInActiveTierError", "ObjectNotInActiveTierError", "TooManyParts",
]

# How elements of XML answers are read; all others are text.
LISTS = {"Contents", "CommonPrefixes", "Deleted", "Error", "Bucket"}
NUMBERS = {"KeyCount", "MaxKeys", "Size"}
TRUTHS = {"IsTruncated", "DeleteMarker"}
TIMES = {"LastModified", "CreationDate"}
