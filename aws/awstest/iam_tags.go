package awstest

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// taggable is what of IAM has tags, a role or a policy: how its tags are read and
// changed.
type taggable struct {
	list        func(items aws.Option[int], marker string) ([]aws.Tag, string, error)
	tag         func(...aws.Tag) error
	untag       func(...string) error
	quota       string
	listing     string // the names of the operations
	tagging     string
	told        func() []aws.Tag // by what tells of the whole
	listed      func() []aws.Tag // by the list of all
	createFails func(...aws.Tag) error
	creating    string
}

// taggedRole makes a role with tags.
func (f Fixture) taggedRole(t *testing.T, tags ...aws.Tag) taggable {
	t.Helper()
	iam := f.Cloud.IAM
	create := aws.CreateRoleInput{RoleName: "Tagged", AssumeRolePolicyDocument: trustOfLambda, Tags: tags}
	same(t, "tags of the role as made", must(t, iam.CreateRole, create).Role.Tags, tags)
	return taggable{
		list: func(items aws.Option[int], marker string) ([]aws.Tag, string, error) {
			out, err := iam.ListRoleTags(t.Context(), aws.ListRoleTagsInput{RoleName: "Tagged", MaxItems: items, Marker: marker})
			if out.IsTruncated != (out.Marker != "") {
				t.Errorf("more: %v, marker %q", out.IsTruncated, out.Marker)
			}
			return out.Tags, out.Marker, err
		},
		tag: func(tags ...aws.Tag) error {
			return errorOf(iam.TagRole, aws.TagRoleInput{RoleName: "Tagged", Tags: tags})()
		},
		untag: func(keys ...string) error {
			return errorOf(iam.UntagRole, aws.UntagRoleInput{RoleName: "Tagged", TagKeys: keys})()
		},
		quota: "TagsPerRole", listing: "iam:ListRoleTags", tagging: "iam:TagRole", creating: "iam:CreateRole",
		told: func() []aws.Tag { return must(t, iam.GetRole, aws.GetRoleInput{RoleName: "Tagged"}).Role.Tags },
		listed: func() (out []aws.Tag) {
			for _, r := range must(t, iam.ListRoles, aws.ListRolesInput{}).Roles {
				out = append(out, r.Tags...)
			}
			return out
		},
		createFails: func(tags ...aws.Tag) error {
			return errorOf(iam.CreateRole, aws.CreateRoleInput{RoleName: "Another", AssumeRolePolicyDocument: trustOfLambda, Tags: tags})()
		},
	}
}

// taggedPolicy makes a managed policy with tags.
func (f Fixture) taggedPolicy(t *testing.T, tags ...aws.Tag) taggable {
	t.Helper()
	iam := f.Cloud.IAM
	made := must(t, iam.CreatePolicy, aws.CreatePolicyInput{PolicyName: "Tagged", PolicyDocument: readPictures, Tags: tags}).Policy
	same(t, "tags of the policy as made", made.Tags, tags)
	return taggable{
		list: func(items aws.Option[int], marker string) ([]aws.Tag, string, error) {
			out, err := iam.ListPolicyTags(t.Context(), aws.ListPolicyTagsInput{PolicyArn: made.Arn, MaxItems: items, Marker: marker})
			return out.Tags, out.Marker, err
		},
		tag: func(tags ...aws.Tag) error {
			return errorOf(iam.TagPolicy, aws.TagPolicyInput{PolicyArn: made.Arn, Tags: tags})()
		},
		untag: func(keys ...string) error {
			return errorOf(iam.UntagPolicy, aws.UntagPolicyInput{PolicyArn: made.Arn, TagKeys: keys})()
		},
		quota: "TagsPerPolicy", listing: "iam:ListPolicyTags", tagging: "iam:TagPolicy", creating: "iam:CreatePolicy",
		told: func() []aws.Tag {
			return must(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: made.Arn}).Policy.Tags
		},
		listed: func() (out []aws.Tag) {
			for _, p := range must(t, iam.ListPolicies, aws.ListPoliciesInput{Scope: aws.PolicyScopeLocal}).Policies {
				out = append(out, p.Tags...)
			}
			return out
		},
		createFails: func(tags ...aws.Tag) error {
			return errorOf(iam.CreatePolicy, aws.CreatePolicyInput{PolicyName: "Another", PolicyDocument: readPictures, Tags: tags})()
		},
	}
}

// has checks the tags of what is tagged.
func (f Fixture) has(t *testing.T, on taggable, want ...aws.Tag) {
	t.Helper()
	var got []aws.Tag
	for range patience {
		tags, _, err := on.list(aws.Option[int]{}, "")
		if err != nil {
			t.Fatal(err)
		}
		if got = tags; fmt.Sprint(got) == fmt.Sprint(want) {
			break
		}
		f.Wait()
	}
	same(t, "tags", append([]aws.Tag{}, got...), append([]aws.Tag{}, want...))
}

// listsTags checks how tags are told.
func (f Fixture) listsTags(t *testing.T, on taggable, made []aws.Tag) {
	t.Helper()
	f.has(t, on, made...)
	same(t, "tags that are told with the rest", on.told(), made)
	if tags := on.listed(); tags != nil {
		t.Errorf("a list tells of the tags %v", tags)
	}
	var paged []aws.Tag
	for marker, pages := "", 0; marker != "" || pages == 0; pages++ {
		tags, next, err := on.list(aws.Some(2), marker)
		if err != nil || len(tags) > 2 || pages > len(made) {
			t.Fatalf("page %d has %v: %v", pages, tags, err)
		}
		paged, marker = append(paged, tags...), next
	}
	same(t, "tags by pages", paged, made)
	iamRefuses(t, on.listing, pageFaults(func(n int) error {
		_, _, err := on.list(aws.Some(n), "")
		return err
	})...)
}

// addsTags checks how tags are added.
func (f Fixture) addsTags(t *testing.T, on taggable) {
	t.Helper()
	if err := on.tag(aws.Tag{Key: "Team", Value: "grüne Gruppe"}, aws.Tag{Key: "LAB", Value: "2"}); err != nil {
		t.Fatal(err)
	}
	want := []aws.Tag{{Key: "empty"}, {Key: "LAB", Value: "2"}, {Key: "Team", Value: "grüne Gruppe"}}
	f.has(t, on, want...)
	at := func(value, member, rule string) string {
		return oneError + "Value '" + value + "' at 'tags." + member + "' failed to satisfy constraint: Member must " + rule
	}
	long, many := strings.Repeat("x", 257), make([]aws.Tag, 0, 51)
	for n := range cap(many) {
		many = append(many, aws.Tag{Key: fmt.Sprint("key-", n)})
	}
	refusals := func(call func(...aws.Tag) error) []refusal {
		with := func(tags ...aws.Tag) func() error { return func() error { return call(tags...) } }
		return []refusal{
			{"an empty key", with(aws.Tag{}), iamInvalid, at("", "1.member.key", "have length greater than or equal to 1")},
			{"a long key", with(aws.Tag{Key: "k"}, aws.Tag{Key: long[:129]}), iamInvalid, at(long[:129], "2.member.key", "have length less than or equal to 128")},
			{"a long value", with(aws.Tag{Key: "k", Value: long}), iamInvalid, at(long, "1.member.value", "have length less than or equal to 256")},
			{"a bad key", with(aws.Tag{Key: "a,b"}), iamInvalid, at("a,b", "1.member.key", `satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+`)},
			{"a bad value", with(aws.Tag{Key: "k", Value: "a;b"}), iamInvalid, at("a;b", "1.member.value", `satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*`)},
			{"a key twice", with(aws.Tag{Key: "k"}, aws.Tag{Key: "K"}), "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive."},
		}
	}
	iamRefuses(t, on.tagging, refusals(on.tag)...)
	iamRefuses(t, on.creating, refusals(on.createFails)...)
	iamRefuses(t, on.tagging, refusal{"too many tags in all", func() error { return on.tag(many[:48]...) }, "LimitExceeded", "Cannot exceed quota for " + on.quota + ": 50"})
	if on.tag(aws.Tag{Key: "aws:key"}) == nil || on.tag(many...) == nil {
		t.Error("a tag of AWS's own was taken, or too many")
	}
	f.has(t, on, want...)
}

// takesTags checks how tags are taken away.
func (f Fixture) takesTags(t *testing.T, on taggable) {
	t.Helper()
	for _, keys := range [][]string{{"EMPTY", "never"}, {"lab"}} {
		if err := on.untag(keys...); err != nil {
			t.Fatal(err)
		}
		if keys[0] == "EMPTY" {
			f.has(t, on, aws.Tag{Key: "lab", Value: "1"})
		}
	}
	f.has(t, on)
	if tags := on.told(); tags != nil {
		t.Errorf("what has no tags tells of %v", tags)
	}
}

// twoTags are the tags that the tests begin with, in order.
func twoTags() []aws.Tag { return []aws.Tag{{Key: "empty"}, {Key: "lab", Value: "1"}} }

func testListRoleTags(t *testing.T, f Fixture) {
	made := append(twoTags(), aws.Tag{Key: "Owner", Value: "learner"})
	f.listsTags(t, f.taggedRole(t, made...), made)
	iamRefuses(t, "iam:ListRoleTags", noRole(func(name string) error {
		return errorOf(f.Cloud.IAM.ListRoleTags, aws.ListRoleTagsInput{RoleName: name})()
	})...)
	must(t, f.Cloud.IAM.DeleteRole, aws.DeleteRoleInput{RoleName: "Tagged"})
	f.role(t, "Tagged")
	same(t, "tags of a new role", must(t, f.Cloud.IAM.ListRoleTags, aws.ListRoleTagsInput{RoleName: "Tagged"}).Tags, []aws.Tag{})
	testCanceled(t, f.Cloud.IAM.ListRoleTags, aws.ListRoleTagsInput{RoleName: "Tagged"})
}

func testTagRole(t *testing.T, f Fixture) {
	f.addsTags(t, f.taggedRole(t, twoTags()...))
	tag := func(name string) error {
		return errorOf(f.Cloud.IAM.TagRole, aws.TagRoleInput{RoleName: name, Tags: twoTags()})()
	}
	iamRefuses(t, "iam:TagRole", noRole(tag)...)
	testCanceled(t, f.Cloud.IAM.TagRole, aws.TagRoleInput{RoleName: "Tagged", Tags: twoTags()})
}

func testUntagRole(t *testing.T, f Fixture) {
	f.takesTags(t, f.taggedRole(t, twoTags()...))
	untag := func(name string) error {
		return errorOf(f.Cloud.IAM.UntagRole, aws.UntagRoleInput{RoleName: name, TagKeys: []string{"lab"}})()
	}
	iamRefuses(t, "iam:UntagRole", noRole(untag)...)
	testCanceled(t, f.Cloud.IAM.UntagRole, aws.UntagRoleInput{RoleName: "Tagged", TagKeys: []string{"lab"}})
}

func testListPolicyTags(t *testing.T, f Fixture) {
	made := append(twoTags(), aws.Tag{Key: "Owner", Value: "learner"})
	f.listsTags(t, f.taggedPolicy(t, made...), made)
	list := func(arn string) error {
		return errorOf(f.Cloud.IAM.ListPolicyTags, aws.ListPolicyTagsInput{PolicyArn: arn})()
	}
	iamRefuses(t, "iam:ListPolicyTags", noPolicy(f, policyNotFound, list)...)
	testCanceled(t, f.Cloud.IAM.ListPolicyTags, aws.ListPolicyTagsInput{PolicyArn: s3ReadOnly})
}

func testTagPolicy(t *testing.T, f Fixture) {
	f.addsTags(t, f.taggedPolicy(t, twoTags()...))
	tag := func(arn string) error {
		return errorOf(f.Cloud.IAM.TagPolicy, aws.TagPolicyInput{PolicyArn: arn, Tags: twoTags()})()
	}
	iamRefuses(t, "iam:TagPolicy", noPolicy(f, policyNotFound, tag)...)
	if tag(s3ReadOnly) == nil {
		t.Error("a policy of AWS's own was tagged")
	}
	testCanceled(t, f.Cloud.IAM.TagPolicy, aws.TagPolicyInput{PolicyArn: s3ReadOnly, Tags: twoTags()})
}

func testUntagPolicy(t *testing.T, f Fixture) {
	f.takesTags(t, f.taggedPolicy(t, twoTags()...))
	untag := func(arn string) error {
		return errorOf(f.Cloud.IAM.UntagPolicy, aws.UntagPolicyInput{PolicyArn: arn, TagKeys: []string{"lab"}})()
	}
	iamRefuses(t, "iam:UntagPolicy", noPolicy(f, policyNotFound, untag)...)
	testCanceled(t, f.Cloud.IAM.UntagPolicy, aws.UntagPolicyInput{PolicyArn: s3ReadOnly, TagKeys: []string{"lab"}})
}
