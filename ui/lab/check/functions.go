package check

import "slices"

// Functions is the table of what a check line can call.
func Functions() []Function {
	return slices.Concat(dynamoFunctions(), bucketFunctions(), lambdaFunctions(), apiFunctions(), watchFunctions())
}

// dynamoFunctions are those of tables, and the one of calls of any service.
func dynamoFunctions() []Function {
	return []Function{
		{"table", "table(name, {partition key: type}, {sort key: type})",
			"The DynamoDB table exists, is ACTIVE, and has this primary key. Types are String, Number or Binary. Leave the sort key out for a table without one.",
			`table("Music", {Artist: "String"}, {Song: "String"})`,
			func(e *evaluation) any { return e.table }},
		{"noTable", "noTable(name)",
			"There is no such DynamoDB table; one that is being deleted is still there.",
			`noTable("Music")`,
			func(e *evaluation) any { return e.noTable }},
		{"item", "item(table, {attribute: value, …})",
			"The table holds an item with these attributes, the primary key among them. \"text\" is a String, 12 a Number, true a Boolean, nil Null, […] a List, {…} a Map. It may have more attributes.",
			`item("Music", {Artist: "Psy", Song: "Gangnam Style", Year: 2012})`,
			func(e *evaluation) any { return e.item }},
		{"called", "called(service, operation, {option: …})",
			"The operation was called in this session since the lab was started, and succeeded. Options: table and index (names), key and filter (attributes that the request's key, key condition or filter expression asks to equal these values), with (members of the request, as in the AWS API), gives (members of the answer).",
			`called("dynamodb", "Scan", {table: "Music", filter: {Year: 1971}, gives: {Count: 1}})`,
			func(e *evaluation) any { return e.called }},
	}
}

func bucketFunctions() []Function {
	return []Function{
		{"bucket", "bucket(name)",
			"The S3 bucket exists, is the learner's own, and in the region that is worked in.",
			`bucket("image-1234")`,
			func(e *evaluation) any { return e.bucket }},
		{"noBucket", "noBucket(name)",
			"There is no such S3 bucket.",
			`noBucket("image-1234")`,
			func(e *evaluation) any { return e.noBucket }},
		{"object", "object(bucket, key, {member: value, …})",
			"The bucket holds an object with this key; the members are those of HeadObject's answer. In texts, * stands for any characters.",
			`object("image-1234", "HappyFace.jpg", {ContentType: "image/*"})`,
			func(e *evaluation) any { return e.object }},
		{"noObject", "noObject(bucket, key)",
			"The bucket is there, and holds no object with this key.",
			`noObject("image-1234", "HappyFace.jpg")`,
			func(e *evaluation) any { return e.noObject }},
		{"thumbnail", "thumbnail(bucket, key, pixels)",
			"The object is a picture (JPEG, PNG or GIF), and neither side of it has more pixels.",
			`thumbnail("image-1234-resized", "HappyFace.jpg", 128)`,
			func(e *evaluation) any { return e.thumbnail }},
	}
}

func lambdaFunctions() []Function {
	return []Function{
		{"function", "function(name, {member: value, …})",
			"The Lambda function exists, is Active, and no change of it is under way. The members are those of its configuration; the role is its name. In texts, * stands for any characters.",
			`function("Create-Thumbnail", {Runtime: "python3.*", Role: "lambda-execution-role"})`,
			func(e *evaluation) any { return e.function }},
		{"noFunction", "noFunction(name)",
			"There is no such Lambda function.",
			`noFunction("Create-Thumbnail")`,
			func(e *evaluation) any { return e.noFunction }},
		{"code", "code(function, {file: name, other: name, text: part})",
			"The function's code has this file (or the other one), which holds this text. Leave the text out, and any content will do.",
			`code("Create-Thumbnail", {file: "CreateThumbnail.py"})`,
			func(e *evaluation) any { return e.code }},
		{"trigger", "trigger(function, from, {option: …})",
			"Something sets the function off, and the function's resource-based policy lets it. From \"s3\": the Bucket tells the function of the Events, a list of types; a Prefix and a Suffix count only where they are given, \"\" is none. From \"apigateway\": the API has a Path (\"/\" and the function's name unless given) with a Method (ANY unless given) that leads to the function, and it is deployed to the Stage.",
			`trigger("Create-Thumbnail", "s3", {Bucket: "image-1234", Events: ["s3:ObjectCreated:*"]})`,
			func(e *evaluation) any { return e.trigger }},
		{"noTrigger", "noTrigger(function, \"apigateway\", {API: name, Stage: name, Path: path, Method: method})",
			"The function's resource-based policy does not let the API's method invoke it. The API may still be there.",
			`noTrigger("FAQ", "apigateway", {API: "FAQ-API", Stage: "myDeployment"})`,
			func(e *evaluation) any { return e.noTrigger }},
		{"invoked", "invoked(function, {option: …})",
			"The function was invoked in this session since the lab was started (by the Test tab, for one; what triggers do is not seen). Options: event (members of the event), succeeded (true or false), failed (the error's type), gives (members of the answer). In the error's type and in the answer's texts, * stands for any characters.",
			`invoked("Create-Thumbnail", {event: {Records: [{s3: {bucket: {name: "image-1234"}}}]}, succeeded: true})`,
			func(e *evaluation) any { return e.invoked }},
	}
}

func apiFunctions() []Function {
	return []Function{
		{"api", "api(name, {member: value, …})",
			"There is a REST API of this name. The members are those of GetRestApi's answer. Names of APIs are not unique: one that is right is enough, here and in the checks below.",
			`api("FAQ-API", {endpointConfiguration: {types: ["REGIONAL"]}})`,
			func(e *evaluation) any { return e.api }},
		{"route", "route(api, path, method, {option: …})",
			"The REST API has a resource of this path with this method. Options: function (a Lambda proxy integration leads to it), authorization (NONE, AWS_IAM, …).",
			`route("FAQ-API", "/FAQ", "ANY", {function: "FAQ", authorization: "NONE"})`,
			func(e *evaluation) any { return e.route }},
		{"stage", "stage(api, stage, {path: path, method: method})",
			"The REST API has this stage. With a path and a method: they are in what is deployed to it.",
			`stage("FAQ-API", "myDeployment", {path: "/FAQ", method: "ANY"})`,
			func(e *evaluation) any { return e.stage }},
		{"requested", "requested(api, {option: …})",
			"The REST API was asked, at its URL and by whomever, since the lab was started; CloudWatch counts it. Options: stage (its name), answer (\"4XX\", \"5XX\", or \"2XX\" for no error, which it is unless given), least (how often, 1 unless given), after (a function: only since it was last changed, to the minute).",
			`requested("FAQ-API", {stage: "myDeployment", least: 2})`,
			func(e *evaluation) any { return e.requested }},
	}
}

// watchFunctions are those of what services tell of functions: metrics, logs,
// and rights.
func watchFunctions() []Function {
	return []Function{
		{"metric", "metric(function, name, least)",
			"CloudWatch has counted this many Invocations, Errors or Throttles of the function, or more, since the lab was started.",
			`metric("Create-Thumbnail", "Invocations", 1)`,
			func(e *evaluation) any { return e.metric }},
		{"logged", "logged(function, text)",
			"The function's log has a message with this text, written since the lab was started.",
			`logged("Create-Thumbnail", "REPORT RequestId")`,
			func(e *evaluation) any { return e.logged }},
		{"allows", "allows(role, action, resource)",
			"A policy of the role allows the action on the resource (an ARN), and none denies it.",
			`allows("lambda-execution-role", "s3:PutObject", "arn:aws:s3:::image-1234-resized/HappyFace.jpg")`,
			func(e *evaluation) any { return e.allows }},
	}
}
