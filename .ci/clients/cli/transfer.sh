#!/usr/bin/env bash
# Large files, many files and signed URLs with awscli.
. "${0%/*}/expect.sh"

bucket=transfer-cli
s3() { aws s3 "$@" --no-progress; }
object() { local operation=$1; shift; aws s3api "$operation" --bucket $bucket "$@"; }
like 'make_bucket: *' aws s3 mb s3://$bucket

# 24 MB go up in three parts, come back the same, and are copied in parts.
head -c $((24 << 20)) /dev/urandom >large.bin
like 'upload: *' s3 cp large.bin s3://$bucket/ --metadata owner=learner
like $'25165824\t"????????????????????????????????-3"\tlearner' object head-object --key large.bin \
  --query '[ContentLength, ETag, Metadata.owner]'
like 'download: *' s3 cp s3://$bucket/large.bin back.bin
is '' cmp large.bin back.bin
like 'copy: *' s3 cp s3://$bucket/large.bin s3://$bucket/copies/large.bin
is 25165824 object head-object --key copies/large.bin --query ContentLength
is 'bytes 8388606-8388611/25165824' object get-object --key copies/large.bin --range bytes=8388606-8388611 part.bin \
  --query ContentRange
is "$(tail -c +8388607 large.bin | head -c 6 | base64)" base64 part.bin
refused InvalidRange object get-object --key large.bin --range bytes=25165824- part.bin
refused 304 object get-object --key large.bin --if-none-match "$(object head-object --key large.bin --query ETag)" part.bin

# Parts by hand: a part that is too small, and an upload given up.
upload=$(object create-multipart-upload --key parts.bin --query UploadId)
etag=$(object upload-part --key parts.bin --upload-id "$upload" --part-number 1 --body part.bin --query ETag)
object upload-part --key parts.bin --upload-id "$upload" --part-number 2 --body part.bin >uploaded
is 2 object list-parts --key parts.bin --upload-id "$upload" --query 'length(Parts)' --output json
refused EntityTooSmall object complete-multipart-upload --key parts.bin --upload-id "$upload" --multipart-upload \
  '{"Parts": [{"PartNumber": 1, "ETag": '"$etag"'}, {"PartNumber": 2, "ETag": '"$etag"'}]}'
is '' object abort-multipart-upload --key parts.bin --upload-id "$upload"
refused NoSuchUpload object list-parts --key parts.bin --upload-id "$upload"

# A folder of files with names that have to be escaped, two keys a page.
mkdir -p 'folder/with space'
for name in a b+c 'd&e' 'f g' 'über' 'with space/h%20i'; do echo "$name" >"folder/$name"; done
find folder -type f -exec touch -d 2026-01-01 {} + # S3 tells whole seconds: a file of this second would be newer than its object
like '*upload: *' s3 sync folder s3://$bucket/folder
is '' s3 sync folder s3://$bucket/folder
is 6 object list-objects-v2 --prefix folder/ --page-size 2 --query 'length(Contents)' --output json
is '"folder/with space/"' object list-objects-v2 --prefix folder/ --delimiter / --page-size 2 --output json \
  --query 'join(`,`, CommonPrefixes[].Prefix)'
like '*download: *' s3 cp --recursive s3://$bucket/folder copy
is '' diff -r folder copy

# URLs signed for whoever has them: the sandbox verifies its own user's.
printf '[default]\ns3 =\n  signature_version = s3v4\n' >config
presign() {
  AWS_ACCESS_KEY_ID=AKIALEARNERSANDBOX00 AWS_SECRET_ACCESS_KEY=awslab AWS_CONFIG_FILE=$WORK/config aws s3 presign "$@"
}
url=$(presign "s3://$bucket/folder/b+c" --expires-in 60)
is 200 status "$url"
is b+c cat body
is 403 status "${url/X-Amz-Expires=60/X-Amz-Expires=61}"
like '*<Code>SignatureDoesNotMatch</Code>*' cat body

# All of it goes.
refused BucketNotEmpty object delete-bucket
like '*delete: *' aws s3 rm --recursive s3://$bucket
refused NoSuchKey object get-object --key large.bin gone
is '' object delete-bucket
refused NoSuchBucket object list-objects-v2
