package lab_test

import (
	"context"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab"

	tea "charm.land/bubbletea/v2"
)

// The guide on an account: it shows what is missing, asks, makes it, and tells
// what ending the lab deletes and what costs.
func TestTheGuidePreparesAnAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.others("files-1") // of such a name, but not the lab's
	d := newDesk(t, o.world, lab.NewLibrary(parseLab(t, workerLab)))
	s := sit(t, d)
	see(t, s, "This is an AWS account. It costs next to nothing. It creates:", "nothing of note.", "○ IAM role worker: to be made", "Work with files-555.", "Prepare account")
	keys(t, s, "a")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(d.asked.Text, "\n")
	for _, want := range []string{"• IAM role worker (free)", ", which allows s3:GetObject on arn:aws:s3:::", "• S3 bucket files-555 (what costs: the storage of its objects"} {
		if !strings.Contains(text, want) {
			t.Errorf("asked %s\nwant %s", text, want)
		}
	}
	keys(t, s, "y")
	see(t, s, "✓ IAM role worker: made by the lab", "✓ the file CreateThumbnail.zip in it", "The account has what the lab needs.")
	for what, tags := range map[string][]aws.Tag{
		"the role":   try[aws.ListRoleTagsOutput](t)(o.below.IAM.ListRoleTags(t.Context(), aws.ListRoleTagsInput{RoleName: "worker"})).Tags,
		"the bucket": try[aws.GetBucketTaggingOutput](t)(o.below.S3.GetBucketTagging(t.Context(), aws.GetBucketTaggingInput{Bucket: "files-555"})).TagSet,
	} {
		if listed(tags)[lab.TagKey] != "worker" {
			t.Errorf("%s has the tags %v", what, tags)
		}
	}
	keys(t, s, "a")
	see(t, s, "All that the lab needs is there.")
	keys(t, s, "n", "E")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	if text = strings.Join(d.asked.Text, "\n"); !strings.Contains(text, "• IAM role worker (free)") || !strings.Contains(text, "S3 bucket files-555, with all its objects (what costs: ") {
		t.Errorf("asked %s", text)
	}
	keys(t, s, "y")
	see(t, s, "Lab 9 · Work has ended.", "✓ IAM role worker: deleted")
}

// What another program does to the account after the guide has looked is in the
// question too.
func TestTheQuestionIsOfTheAccountAsItIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	d := newDesk(t, o.world, lab.NewLibrary(parseLab(t, workerLab)))
	s := sit(t, d)
	see(t, s, "○ IAM role worker: to be made")
	if _, err := o.below.IAM.CreateRole(t.Context(), aws.CreateRoleInput{RoleName: "worker", AssumeRolePolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`}); err != nil {
		t.Fatal(err)
	}
	keys(t, s, "a")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(d.asked.Text, "\n"); strings.Contains(text, "IAM role worker") || !strings.Contains(text, "S3 bucket files-555") {
		t.Errorf("asked %s", text)
	}
}

// While the account is prepared the guide says so where it is in sight, and makes
// nothing twice.
func TestPreparingTakesItsTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	release := make(chan struct{})
	o.trail = trail.New(aws.Intercept(o.below, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if op.Name == "PutObject" {
			<-release
		}
		return next(ctx)
	}), trail.Options{})
	d := newDesk(t, o.world, lab.NewLibrary(parseLab(t, workerLab)))
	s := sit(t, d)
	see(t, s, "○ IAM role worker: to be made")
	keys(t, s, "a")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	s.Send(tea.KeyPressMsg{Code: 'y', Text: "y"}, tea.KeyPressMsg{Code: 'a', Text: "a"})
	if screen := s.Screen(); !strings.Contains(screen, "◌ The account is being prepared.") || !strings.Contains(screen, "◌ It is being made: ") || d.asked != nil {
		t.Errorf("asked %v; the guide shows\n%s", d.asked, screen)
	}
	close(release)
	see(t, s, "✓ the file CreateThumbnail.zip in it: made by the lab")
	if err := s.WaitGone(t.Context(), "The account is being prepared."); err != nil {
		t.Error(err)
	}
}

func TestTheGuideOfAReadOnlySessionPreparesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.trail = trail.New(o.below, trail.Options{ReadOnly: true})
	s := sit(t, newDesk(t, o.world, lab.NewLibrary(parseLab(t, workerLab))))
	see(t, s, "○ IAM role worker: to be made")
	keys(t, s, "a")
	see(t, s, "This session is read-only: nothing can be made.")
}
