"""Lab 1 with boto3: a table of songs, by the resource API and by the client."""
from decimal import Decimal

from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary

from expect import WAIT, client, equal, holds, refused, resource

SONGS = [
    {"Artist": "Pink Floyd", "Song": "Money", "Album": "The Dark Side of the Moon", "Year": 1973},
    {"Artist": "John Lennon", "Song": "Imagine", "Album": "Imagine", "Year": 1971, "Genre": "Soft rock"},
    {"Artist": "Psy", "Song": "Gangnam Style", "Album": "Psy 6 (Six Rules), Part 1", "Year": 2011, "LengthSeconds": 219},
]
PSY = {"Artist": "Psy", "Song": "Gangnam Style"}


def create(dynamodb):
    """The table of the lab, when it is there."""
    table = dynamodb.create_table(
        TableName="Music",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("Artist", "Song")],
        KeySchema=[{"AttributeName": "Artist", "KeyType": "HASH"}, {"AttributeName": "Song", "KeyType": "RANGE"}],
    )
    dynamodb.meta.client.get_waiter("table_exists").wait(TableName="Music", WaiterConfig=WAIT)
    table.reload()
    equal(table.table_status, "ACTIVE")
    return table


def lab(dynamodb):
    table = create(dynamodb)
    equal([t.name for t in dynamodb.tables.all()], ["Music"])
    for song in SONGS:
        equal(table.put_item(Item=song)["ResponseMetadata"]["HTTPStatusCode"], 200)
    for song in SONGS:
        got = table.get_item(Key={"Artist": song["Artist"], "Song": song["Song"]}, ConsistentRead=True)
        equal(got["Item"], song)

    # The year is corrected, and the condition holds only once.
    def correct():
        return table.update_item(
            Key=PSY, UpdateExpression="SET #y = :new", ConditionExpression=Attr("Year").eq(2011),
            ExpressionAttributeNames={"#y": "Year"}, ExpressionAttributeValues={":new": 2012}, ReturnValues="ALL_NEW",
        )

    equal(correct()["Attributes"], dict(SONGS[2], Year=2012))
    with refused("ConditionalCheckFailedException"):
        correct()

    got = table.query(KeyConditionExpression=Key("Artist").eq("Psy") & Key("Song").begins_with("Gang"))
    equal([got["Count"], got["ScannedCount"], got["Items"][0]["Year"]], [1, 1, Decimal(2012)])
    got = table.scan(FilterExpression=Attr("Year").eq(1971))
    equal([got["Count"], got["ScannedCount"], got["Items"]], [1, 3, [SONGS[1]]])
    equal(table.query(KeyConditionExpression=Key("Artist").eq("Nobody"))["Items"], [])
    holds("Item" not in table.get_item(Key={"Artist": "Psy", "Song": "None"}), "an item")
    return table


def kinds(table):
    """A value of each type comes back as it was."""
    item = {
        "Artist": "all", "Song": "types", "n": Decimal("-1.5E-7"), "b": Binary(b"\0\xff"), "t": True, "null": None,
        "ss": {"a", "ü"}, "ns": {Decimal(1), Decimal("2.5")}, "bs": {Binary(b"x")}, "l": [1, "a", []], "m": {"k": {}}, "empty": "",
    }
    table.put_item(Item=item)
    equal(table.get_item(Key={"Artist": "all", "Song": "types"})["Item"], item)
    with refused("ValidationException"):
        table.put_item(Item={"Artist": "", "Song": "empty"})


def pages(table, dynamodb):
    """Written in batches of 25 as the client makes them, read in pages."""
    with table.batch_writer() as batch:
        for n in range(120):
            batch.put_item(Item={"Artist": "many", "Song": "%03d" % n, "text": "x" * 1000})
    found = []
    for page in dynamodb.get_paginator("query").paginate(
        TableName="Music", KeyConditionExpression="Artist = :a", ExpressionAttributeValues={":a": {"S": "many"}},
        ScanIndexForward=False, PaginationConfig={"PageSize": 50},
    ):
        found.append(len(page["Items"]))
    equal(sum(found), 120)
    equal(found[:2], [50, 50])
    songs = [i["Song"]["S"] for page in dynamodb.get_paginator("scan").paginate(TableName="Music") for i in page["Items"]]
    equal(len(songs), 124)
    got = dynamodb.batch_get_item(RequestItems={"Music": {"Keys": [
        {"Artist": {"S": "many"}, "Song": {"S": "%03d" % n}} for n in range(0, 200, 2)
    ]}})
    equal([len(got["Responses"]["Music"]), got["UnprocessedKeys"]], [60, {}])


def transactions(dynamodb):
    """All or nothing, and which one it was."""
    key = {"Artist": {"S": "Psy"}, "Song": {"S": "Gangnam Style"}}
    try:
        dynamodb.transact_write_items(TransactItems=[
            {"Delete": {"TableName": "Music", "Key": key}},
            {"Put": {
                "TableName": "Music", "Item": {"Artist": {"S": "many"}, "Song": {"S": "000"}},
                "ConditionExpression": "attribute_not_exists(Artist)",
            }},
        ])
        raise AssertionError("the transaction went through")
    except dynamodb.exceptions.TransactionCanceledException as error:
        equal([r["Code"] for r in error.response["CancellationReasons"]], ["None", "ConditionalCheckFailed"])
    equal(dynamodb.get_item(TableName="Music", Key=key)["Item"]["Year"], {"N": "2012"})


def older(dynamodb):
    """The request forms of before there were expressions, which old programs send."""
    key = {"Artist": {"S": "many"}, "Song": {"S": "001"}}
    equals = {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "many"}]}
    with refused("ConditionalCheckFailedException"):
        dynamodb.put_item(TableName="Music", Item=key, Expected={"Artist": {"Exists": False}})
    got = dynamodb.update_item(
        TableName="Music", Key=key, ReturnValues="UPDATED_NEW", Expected={"Artist": equals},
        AttributeUpdates={"plays": {"Action": "ADD", "Value": {"N": "3"}}})
    equal(got["Attributes"], {"plays": {"N": "3"}})
    got = dynamodb.query(
        TableName="Music", AttributesToGet=["Song"], KeyConditions={
            "Artist": equals, "Song": {"ComparisonOperator": "LT", "AttributeValueList": [{"S": "005"}]}},
        QueryFilter={"plays": {"ComparisonOperator": "NOT_NULL"}})
    equal([got["Items"], got["ScannedCount"]], [[{"Song": {"S": "001"}}], 5])
    got = dynamodb.scan(TableName="Music", ScanFilter={"Year": {"ComparisonOperator": "NOT_NULL"}, "plays": {
        "ComparisonOperator": "GE", "AttributeValueList": [{"N": "1"}]}}, ConditionalOperator="OR")
    equal(got["Count"], 4)


def statements(dynamodb):
    """PartiQL, tags, time to live; and an operation that is not there."""
    got = dynamodb.execute_statement(
        Statement='SELECT Song FROM "Music" WHERE Artist = ? AND begins_with(Song, ?)', Parameters=[{"S": "many"}, {"S": "11"}])
    equal(len(got["Items"]), 10)
    dynamodb.execute_statement(Statement="UPDATE Music SET Genre = 'K-pop' WHERE Artist = 'Psy' AND Song = 'Gangnam Style'")
    got = dynamodb.batch_execute_statement(Statements=[
        {"Statement": "SELECT Genre FROM Music WHERE Artist = 'Psy' AND Song = 'Gangnam Style'"}, {"Statement": "SELECT"}])
    equal(got["Responses"][0]["Item"], {"Genre": {"S": "K-pop"}})
    equal(got["Responses"][1]["Error"]["Code"], "ValidationError")
    arn = dynamodb.describe_table(TableName="Music")["Table"]["TableArn"]
    dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "lab", "Value": "1"}])
    equal(dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"], [{"Key": "lab", "Value": "1"}])
    dynamodb.update_time_to_live(TableName="Music", TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"})
    equal(dynamodb.describe_time_to_live(TableName="Music")["TimeToLiveDescription"]["AttributeName"], "until")
    with refused("UnknownOperationException"):
        dynamodb.list_backups()


def main():
    dynamodb, by_resource = client("dynamodb"), resource("dynamodb")
    with refused("ResourceNotFoundException"):
        dynamodb.describe_table(TableName="Music")
    table = lab(by_resource)
    kinds(table)
    pages(table, dynamodb)
    transactions(dynamodb)
    older(dynamodb)
    statements(dynamodb)
    with refused("ResourceInUseException"):
        create(by_resource)
    equal(table.delete()["TableDescription"]["TableStatus"], "DELETING")
    dynamodb.get_waiter("table_not_exists").wait(TableName="Music", WaiterConfig=WAIT)
    try:
        table.put_item(Item=PSY)
        raise AssertionError("the table is gone, but took an item")
    except dynamodb.exceptions.ResourceNotFoundException:
        pass


main()
