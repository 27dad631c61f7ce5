#!/usr/bin/env bash
# Lab 1 with awscli: a table of songs, from create-table to delete-table.
. "${0%/*}/expect.sh"

music() { aws dynamodb "$@" --table-name Music; }

refused ResourceNotFoundException music describe-table
like 'CREATING' music create-table --billing-mode PAY_PER_REQUEST --query TableDescription.TableStatus \
  --attribute-definitions AttributeName=Artist,AttributeType=S AttributeName=Song,AttributeType=S \
  --key-schema AttributeName=Artist,KeyType=HASH AttributeName=Song,KeyType=RANGE
await ACTIVE music describe-table --query Table.TableStatus
is '' music wait table-exists
is $'HASH\tRANGE' music describe-table --query 'Table.KeySchema[].KeyType'
is Music aws dynamodb list-tables --query 'TableNames[0]'
refused ResourceInUseException music create-table --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=Artist,AttributeType=S --key-schema AttributeName=Artist,KeyType=HASH

psy='{"Artist": {"S": "Psy"}, "Song": {"S": "Gangnam Style"}}'
money='{"Artist": {"S": "Pink Floyd"}, "Song": {"S": "Money"}}'
is '1.0' music put-item --return-consumed-capacity TOTAL --query ConsumedCapacity.CapacityUnits --item \
  '{"Artist": {"S": "Pink Floyd"}, "Song": {"S": "Money"}, "Album": {"S": "The Dark Side of the Moon"}, "Year": {"N": "1973"}}'
is '' music put-item --item \
  '{"Artist": {"S": "John Lennon"}, "Song": {"S": "Imagine"}, "Album": {"S": "Imagine"}, "Year": {"N": "1971"}, "Genre": {"S": "Soft rock"}}'
is '' music put-item --item \
  '{"Artist": {"S": "Psy"}, "Song": {"S": "Gangnam Style"}, "Year": {"N": "2011"}, "LengthSeconds": {"N": "219"}}'
is 1973 music get-item --key "$money" --query Item.Year.N

# The year is corrected, and the condition holds only once.
correct() {
  music update-item --key "$psy" --update-expression 'SET #y = :new' --condition-expression '#y = :old' \
    --expression-attribute-names '{"#y": "Year"}' \
    --expression-attribute-values '{":new": {"N": "2012"}, ":old": {"N": "2011"}}' \
    --return-values UPDATED_OLD --query Attributes.Year.N
}
is 2011 correct
refused ConditionalCheckFailedException correct
refused ValidationException music put-item --item '{"Artist": {"S": "Psy"}}'

is $'1\t1\t2012' music query --key-condition-expression 'Artist = :a AND Song = :s' \
  --expression-attribute-values '{":a": {"S": "Psy"}, ":s": {"S": "Gangnam Style"}}' \
  --query '[Count, ScannedCount, Items[0].Year.N]'
is $'1\t3\tImagine' music scan --filter-expression '#y = :y' --expression-attribute-names '{"#y": "Year"}' \
  --expression-attribute-values '{":y": {"N": "1971"}}' --query '[Count, ScannedCount, Items[0].Song.S]'

# The client pages by itself: three requests of one item, an answer of three.
is 3 music scan --page-size 1 --query 'length(Items)' --output json
refused TransactionCanceledException aws dynamodb transact-write-items --transact-items \
  '[{"Delete": {"TableName": "Music", "Key": '"$psy"'}}, {"ConditionCheck": {"TableName": "Music", "Key": '"$money"', "ConditionExpression": "attribute_not_exists(Song)"}}]'
is 2012 music get-item --key "$psy" --query Item.Year.N

is DELETING music delete-table --query TableDescription.TableStatus
await '*ResourceNotFoundException*' music describe-table
is '' music wait table-not-exists
refused ResourceNotFoundException music get-item --key "$psy"
