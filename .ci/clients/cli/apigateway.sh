#!/usr/bin/env bash
# Lab 3 with awscli: a microservice with a URL of its own, and what breaks it.
# SOURCES has the microservice's code, as the lab has it.
. "${0%/*}/expect.sh"

arn=arn:aws:lambda:us-west-2:000000000000:function:FAQ
faq() { aws lambda "$@" --function-name FAQ; }
gateway() { aws apigateway "$@" --rest-api-id "$api"; }

# deploy FORM FILE gives the function the code; it runs the old one for a moment.
deploy() {
  cp "$SOURCES/$1" "$2"
  rm -f code.zip
  archive code.zip "$2"
  like '*' faq update-function-code --zip-file fileb://code.zip --query CodeSha256
}

# The function.
cp "$SOURCES/modern" index.mjs
archive code.zip index.mjs
is Pending faq create-function --runtime nodejs22.x --handler index.handler --zip-file fileb://code.zip \
  --description 'Provide a random FAQ' --role arn:aws:iam::000000000000:role/lambda-basic-execution --query State
is '' faq wait function-active-v2
is 200 faq invoke answer --query StatusCode
like '{"body":"{\\"q\\":*' cat answer

# Its API: six calls, as the console makes them.
api=$(aws apigateway create-rest-api --name FAQ-API --endpoint-configuration types=REGIONAL --query id)
root=$(gateway get-resources --query 'items[?path==`/`].id')
resource=$(gateway create-resource --parent-id "$root" --path-part FAQ --query id)
refused ConflictException gateway create-resource --parent-id "$root" --path-part FAQ
any() { gateway "$@" --resource-id "$resource" --http-method ANY; }
is NONE any put-method --authorization-type NONE --query authorizationType
is AWS_PROXY any put-integration --type AWS_PROXY --integration-http-method POST --query type \
  --uri "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/$arn/invocations"
like '*' gateway create-deployment --stage-name myDeployment --query id
permit() {
  faq add-permission --statement-id api --action lambda:InvokeFunction --principal apigateway.amazonaws.com \
    --source-arn "arn:aws:execute-api:us-west-2:000000000000:$api/*/*/FAQ" --query Statement
}
like '*apigateway.amazonaws.com*' permit
is myDeployment gateway get-stages --query 'item[].stageName'
is FAQ-API aws apigateway get-rest-apis --query "items[?id=='$api'].name"

# Its URL.
url=$ENDPOINT/_aws/execute-api/$api/myDeployment
is 200 status "$url/FAQ"
like '{"q":"*","a":"*"}' cat body
is 200 status "$url/FAQ" -X POST -d hello
is 403 status "$url/nothing"
is '{"message":"Missing Authentication Token"}' cat body
is 200 any test-invoke-method --query status

# Without the permission, with an answer that is malformed, and with code of
# another age.
is '' faq remove-permission --statement-id api
is 500 status "$url/FAQ"
like '*apigateway.amazonaws.com*' permit
deploy malformed index.mjs
await 502 status "$url/FAQ"
deploy classic index.js
await 200 status "$url/FAQ"
like nodejs24.x faq update-function-configuration --runtime nodejs24.x --query Runtime
await 502 status "$url/FAQ"
deploy modern index.mjs
await 200 status "$url/FAQ"

# Its log and its metrics.
group=/aws/lambda/FAQ
like '*Quote selected:  *' aws logs filter-log-events --log-group-name $group --filter-pattern '"Quote selected"' \
  --query 'events[].message'
like '*context.succeed is not a function*' aws logs filter-log-events --log-group-name $group \
  --filter-pattern TypeError --query 'events[].message'
sum() { metric AWS/ApiGateway "$1" ApiName FAQ-API; }
is 1.0 sum 4XXError

# What was made goes.
is '' aws apigateway delete-rest-api --rest-api-id "$api"
refused NotFoundException gateway get-rest-api
is 403 status "$url/FAQ"
like '*' faq delete-function
is '' aws logs delete-log-group --log-group-name $group
