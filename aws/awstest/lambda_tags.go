package awstest

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"awslab/aws"
)

// The forms of tags that are maps, as they are told at the end of messages.
const (
	tagKeyForm = "Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, " +
		`Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$]`
	tagValueForm = "Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0, " +
		`Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$]`
)

// labels are the tags that the tests begin with; a value may be empty.
func labels() map[string]string { return map[string]string{"lab": "1", "empty": ""} }

// manyTags are n tags.
func manyTags(n int) map[string]string {
	out := make(map[string]string, n)
	for i := range n {
		out[fmt.Sprintf("key-%d", i)] = "x"
	}
	return out
}

// badTags are the refusals of tags that a map holds, by a code.
func badTags(code string, call func(map[string]string) error) []refusal {
	fault := func(name, key, value, form string) refusal {
		return refusal{name, func() error { return call(map[string]string{key: value}) }, code,
			oneError + "Value '{" + key + "=" + value + "}' at 'tags' failed to satisfy constraint: " + form}
	}
	return []refusal{
		fault("an empty key", "", "v", tagKeyForm),
		fault("a long key", strings.Repeat("k", 129), "v", tagKeyForm),
		fault("a bad key", "a,b", "v", tagKeyForm),
		fault("a long value", "k", strings.Repeat("v", 257), tagValueForm),
		fault("a bad value", "k", "a;b", tagValueForm),
	}
}

// settles reads tags until they are as expected.
func (f Fixture) settles(t *testing.T, read func() map[string]string, want map[string]string) {
	t.Helper()
	got := read()
	for range patience {
		if maps.Equal(got, want) {
			break
		}
		f.Wait()
		got = read()
	}
	same(t, "tags", got, want)
}

// taggedFunction makes a function with tags, and gives its ARN.
func (f Fixture) taggedFunction(t *testing.T, name string) string {
	t.Helper()
	in := f.echo(t, name)
	in.Tags = labels()
	f.makeFunction(t, in)
	return f.settled(t, name).FunctionArn
}

func (f Fixture) functionTags(t *testing.T, arn string, want map[string]string) {
	t.Helper()
	f.settles(t, func() map[string]string {
		return must(t, f.Cloud.Lambda.ListTags, aws.ListTagsInput{Resource: arn}).Tags
	}, want)
}

// badFunctionARNs are the refusals of ARNs whose tags cannot be had.
func badFunctionARNs(f Fixture, arn string, call func(arn string) error) []refusal {
	with := func(arn string) func() error { return func() error { return call(arn) } }
	other := strings.Replace(arn, ":function:", ":foobar:", 1)
	const versions = "Tags on function aliases and versions are not supported. Please specify a function ARN."
	return []refusal{
		noFunction(f, with(f.functionARNOf("Nope"))),
		{"a version", with(arn + ":7"), lambdaInvalid, versions},
		{"the latest version", with(arn + ":$LATEST"), lambdaInvalid, versions},
		invalid("an ARN of nothing that has tags", oneError+"Value '"+other+"' at 'resource' failed to satisfy constraint: Member must satisfy regular expression pattern: "+
			`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?`+
			`|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`+
			`|capacity-provider:[a-zA-Z0-9-_]+)`, with(other)),
	}
}

func testLambdaListTags(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	arn := f.taggedFunction(t, "Tagged")
	f.functionTags(t, arn, labels())
	same(t, "tags of the function", must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "Tagged"}).Tags, labels())
	f.functionTags(t, f.function(t, "Plain").FunctionArn, map[string]string{})
	lambdaRefuses(t, "lambda:ListTags", badFunctionARNs(f, arn, func(arn string) error { return errorOf(l.ListTags, aws.ListTagsInput{Resource: arn})() })...)
	must(t, l.DeleteFunction, aws.DeleteFunctionInput{FunctionName: "Tagged"})
	lambdaRefuses(t, "lambda:ListTags", refusal{"a deleted function", errorOf(l.ListTags, aws.ListTagsInput{Resource: arn}), lambdaNotFound, "Function not found: " + arn})
	f.function(t, "Tagged")
	f.functionTags(t, arn, map[string]string{})
	testCanceled(t, l.ListTags, aws.ListTagsInput{Resource: arn})
}

func testLambdaTagResource(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	arn := f.taggedFunction(t, "Tagged")
	before := f.settled(t, "Tagged")
	must(t, l.TagResource, aws.LambdaTagResourceInput{Resource: arn, Tags: map[string]string{"lab": "2", "team": "grüne Gruppe @ 1/2"}})
	want := map[string]string{"lab": "2", "empty": "", "team": "grüne Gruppe @ 1/2"}
	f.functionTags(t, arn, want)
	after := f.settled(t, "Tagged")
	if after.RevisionID == before.RevisionID {
		t.Errorf("the revision is still %s", after.RevisionID)
	}
	same(t, "when it was modified", after.LastModified, before.LastModified)
	must(t, l.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: "Tagged", Timeout: 9, RevisionID: after.RevisionID})
	f.functionTags(t, f.settled(t, "Tagged").FunctionArn, want)

	tag := func(tags map[string]string) error {
		return errorOf(l.TagResource, aws.LambdaTagResourceInput{Resource: arn, Tags: tags})()
	}
	const tooMany = "Number of tags exceeds resource tag limit."
	lambdaRefuses(t, "lambda:TagResource", badFunctionARNs(f, arn, func(arn string) error {
		return errorOf(l.TagResource, aws.LambdaTagResourceInput{Resource: arn, Tags: labels()})()
	})...)
	lambdaRefuses(t, "lambda:TagResource", badTags("ValidationException", tag)...)
	lambdaRefuses(t, "lambda:TagResource",
		refusal{"no tags", func() error { return tag(map[string]string{}) }, lambdaInvalid, "An error occurred and the request cannot be processed."},
		refusal{"too many tags", func() error { return tag(manyTags(51)) }, lambdaInvalid, tooMany},
		refusal{"too many tags in all", func() error { return tag(manyTags(48)) }, lambdaInvalid, tooMany})
	lambdaRefuses(t, "lambda:CreateFunction", refusal{"too many tags", func() error {
		in := f.echo(t, "Another")
		in.Tags = manyTags(51)
		return errorOf(l.CreateFunction, in)()
	}, lambdaInvalid, tooMany})
	if tag(map[string]string{"aws:key": "v"}) == nil {
		t.Error("a tag of AWS's own was taken")
	}
	f.functionTags(t, arn, want)
	testCanceled(t, l.TagResource, aws.LambdaTagResourceInput{Resource: arn, Tags: labels()})
}

func testLambdaUntagResource(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	arn := f.taggedFunction(t, "Tagged")
	must(t, l.UntagResource, aws.LambdaUntagResourceInput{Resource: arn, TagKeys: []string{"empty", "never"}})
	f.functionTags(t, arn, map[string]string{"lab": "1"})
	must(t, l.UntagResource, aws.LambdaUntagResourceInput{Resource: arn, TagKeys: []string{"lab"}})
	f.functionTags(t, arn, map[string]string{})
	if tags := must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "Tagged"}).Tags; tags != nil {
		t.Errorf("a function without tags tells of %v", tags)
	}
	untag := func(arn string, keys ...string) error {
		return errorOf(l.UntagResource, aws.LambdaUntagResourceInput{Resource: arn, TagKeys: keys})()
	}
	lambdaRefuses(t, "lambda:UntagResource", badFunctionARNs(f, arn, func(arn string) error { return untag(arn, "lab") })...)
	lambdaRefuses(t, "lambda:UntagResource", invalid("no keys", oneError+"Value null at 'tagKeys' failed to satisfy constraint: Member must not be null", func() error { return untag(arn) }))
	testCanceled(t, l.UntagResource, aws.LambdaUntagResourceInput{Resource: arn, TagKeys: []string{"lab"}})
}
