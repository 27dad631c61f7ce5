#!/usr/bin/env bash
# Writes items and objects until the server is gone; each that was acknowledged
# becomes a line of ./acknowledged.
. "${0%/*}/expect.sh"
trap - ERR

number=0
while number=$((number + 1)); do
  aws dynamodb put-item --table-name Writes --item "{\"id\": {\"S\": \"cli-$number\"}}" 2>refusal || break
  echo "item cli-$number" >>acknowledged
  echo "object $number" | aws s3 cp - "s3://writes/cli-$number" 2>refusal || break
  echo "object cli-$number" >>acknowledged
done
grep -q 'Could not connect\|Connection was closed\|Connection reset\|Connection refused' refusal || wrong "$(cat refusal)"
