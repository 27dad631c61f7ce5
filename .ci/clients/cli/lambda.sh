#!/usr/bin/env bash
# Lab 2 with awscli: pictures uploaded to one bucket, thumbnails made by a
# function into another.
. "${0%/*}/expect.sh"

pictures=image-4711 thumbnails=image-4711-resized
arn=arn:aws:lambda:us-west-2:000000000000:function:Create-Thumbnail
role=arn:aws:iam::000000000000:role/lambda-execution-role
thumbnail() { aws lambda "$@" --function-name Create-Thumbnail; }

# The buckets, and the lab's picture into the first.
like "make_bucket: $pictures" aws s3 mb "s3://$pictures"
is "http://$thumbnails.s3.amazonaws.com/" aws s3api create-bucket --bucket "$thumbnails" \
  --create-bucket-configuration LocationConstraint=us-west-2
refused BucketAlreadyOwnedByYou aws s3api create-bucket --bucket "$thumbnails" \
  --create-bucket-configuration LocationConstraint=us-west-2
like 'download: *' aws s3 cp --no-progress s3://awslab-assets/HappyFace.jpg .
like 'upload: *' aws s3 cp --no-progress HappyFace.jpg "s3://$pictures/"
is "image/jpeg"$'\t'"$(stat -c %s HappyFace.jpg)" aws s3api head-object --bucket "$pictures" --key HappyFace.jpg \
  --query '[ContentType, ContentLength]'

# The function, as new ones are; its role; its trigger.
cat >lambda_function.py <<'PYTHON'
def lambda_handler(event, context):
    return {"statusCode": 200, "body": "Hello from Lambda!"}
PYTHON
archive hello.zip lambda_function.py
refused ResourceNotFoundException thumbnail get-function
is Pending thumbnail create-function --runtime python3.14 --handler lambda_function.lambda_handler \
  --role "$role" --zip-file fileb://hello.zip --query State
is '' thumbnail wait function-active-v2
notify() {
  aws s3api put-bucket-notification-configuration --bucket "$pictures" --notification-configuration \
    '{"LambdaFunctionConfigurations": [{"Id": "pictures", "LambdaFunctionArn": "'$arn'", "Events": ["s3:ObjectCreated:*"]}]}'
}
refused InvalidArgument notify
like '*lambda:InvokeFunction*' thumbnail add-permission --statement-id s3 --action lambda:InvokeFunction \
  --principal s3.amazonaws.com --source-arn "arn:aws:s3:::$pictures" --source-account 000000000000
is '' notify
is 's3:ObjectCreated:*' aws s3api get-bucket-notification-configuration --bucket "$pictures" \
  --query 'LambdaFunctionConfigurations[0].Events'

# Its code; the handler is still that of the old code.
like '*' thumbnail update-function-code --s3-bucket awslab-assets --s3-key CreateThumbnail.zip --query CodeSha256
is '' thumbnail wait function-updated-v2
is 200 status "$(thumbnail get-function --query Code.Location)"
like '*CreateThumbnail.py*' "$PYTHON" -m zipfile -l body
is $'200\tUnhandled' thumbnail invoke answer --query '[StatusCode, FunctionError]'
like '*"Runtime.ImportModuleError"*' cat answer
like '*Create a thumbnail-sized image*' thumbnail update-function-configuration \
  --handler CreateThumbnail.handler --description 'Create a thumbnail-sized image'
is '' thumbnail wait function-updated-v2

# A test with an event as S3 sends it.
echo '{"Records": [{"s3": {"bucket": {"name": "'$pictures'"}, "object": {"key": "HappyFace.jpg"}}}]}' >event.json
tail=$(thumbnail invoke answer --payload fileb://event.json --log-type Tail \
  --query '[StatusCode, FunctionError, LogResult]')
like $'200\tNone\t*' echo "$tail"
is null cat answer
like '*START RequestId*REPORT RequestId*' base64 -d <<<"${tail##*$'\t'}"
small() {
  aws s3 cp --no-progress "s3://$thumbnails/$1" small.jpg >copied || return
  size small.jpg
}
is '128 96' small HappyFace.jpg

# And by itself: the thumbnail goes, the picture comes again.
like "delete: s3://$thumbnails/HappyFace.jpg" aws s3 rm "s3://$thumbnails/HappyFace.jpg"
refused 404 aws s3api head-object --bucket "$thumbnails" --key HappyFace.jpg
refused NoSuchKey aws s3api get-object --bucket "$thumbnails" --key HappyFace.jpg gone
like 'upload: *' aws s3 cp --no-progress HappyFace.jpg "s3://$pictures/"
await '128 96' small HappyFace.jpg
is '' aws s3api wait object-exists --bucket "$thumbnails" --key HappyFace.jpg
like 'upload: *' aws s3 cp --no-progress HappyFace.jpg "s3://$pictures/my faces/HappyFace.jpg"
await '128 96' small 'my faces/HappyFace.jpg'

# Its graphs and its log. A thumbnail is there a moment before the function that
# made it has ended.
sum() { metric AWS/Lambda "$1" FunctionName Create-Thumbnail; }
await 4.0 sum Invocations
await 1.0 sum Errors
group=/aws/lambda/Create-Thumbnail
like '*\[$LATEST\]*' aws logs describe-log-streams --log-group-name $group --query 'logStreams[0].logStreamName'
await 4 aws logs filter-log-events --log-group-name $group --filter-pattern '"REPORT RequestId"' \
  --query 'length(events)' --output json
like '*ImportModuleError*' aws logs filter-log-events --log-group-name $group --filter-pattern ImportModuleError

# A right taken away.
policy() { aws iam put-role-policy --role-name lambda-execution-role --policy-name thumbnail-buckets --policy-document file://"$1"; }
aws iam get-role-policy --role-name lambda-execution-role --policy-name thumbnail-buckets \
  --query PolicyDocument --output json >allowed.json
sed 's/"s3:PutObject"/"s3:PutObjectAcl"/' allowed.json >denied.json
is '' policy denied.json
is Unhandled thumbnail invoke answer --payload fileb://event.json --query FunctionError
like '*AccessDenied*' cat answer
is '' policy allowed.json

# What was made goes.
like '*' thumbnail delete-function
refused ResourceNotFoundException thumbnail get-function
is '' aws logs delete-log-group --log-group-name $group
like "*remove_bucket: $pictures" aws s3 rb --force "s3://$pictures"
like "*remove_bucket: $thumbnails" aws s3 rb --force "s3://$thumbnails"
refused NoSuchBucket aws s3api list-objects-v2 --bucket "$pictures"
