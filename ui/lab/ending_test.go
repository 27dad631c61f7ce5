package lab_test

import (
	"context"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/drive"
	"awslab/ui/lab"

	tea "charm.land/bubbletea/v2"
)

// agree waits for the guide's question, and says yes to it.
func (d *desk) agree(s *drive.Session) {
	d.t.Helper()
	if err := s.WaitUntil(d.t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		d.t.Fatal(err)
	}
	keys(d.t, s, "y")
}

// What failed is told with its reason, beside what was deleted, and End lab goes on
// there.
func TestEndingTellsFailures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	d := newDesk(t, w, lab.NewLibrary(parseLab(t, musicLab)))
	s := sit(t, d)
	keys(t, s, "S", "n", "s")
	see(t, s, "✓ Step done")
	w.create("Books")
	protect := func(on bool) {
		t.Helper()
		try[aws.UpdateTableOutput](t)(w.below.DynamoDB.UpdateTable(t.Context(), aws.UpdateTableInput{TableName: "Music", DeletionProtectionEnabled: aws.Some(on)}))
	}
	protect(true)
	keys(t, s, "E")
	d.agree(s)
	see(t, s, "The lab could not be ended altogether", "Lab 7 · Music has not ended altogether.",
		"✓ DynamoDB table Books: deleted", "✗ DynamoDB table Music: not deleted:", "step 2 of 3")
	if said := strings.Join(d.said, "\n"); !strings.Contains(said, "Not deleted: DynamoDB table Music. ") {
		t.Errorf("said %s", said)
	}
	if !d.store.Progress("music").Ended.IsZero() {
		t.Error("the lab counts as ended, with its table left")
	}
	keys(t, s, "p")
	if err := s.WaitGone(t.Context(), "has not ended altogether."); err != nil {
		t.Error(err)
	}
	protect(false)
	keys(t, s, "E")
	d.agree(s)
	see(t, s, "Lab 7 · Music has ended.", "✓ DynamoDB table Music: deleted")
}

// While a lab is being ended the guide says so, and asks for no second time; another
// lab that was opened meanwhile stays.
func TestEndingTakesItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	release := make(chan struct{})
	w.trail = trail.New(aws.Intercept(w.below, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if op.Name == "DeleteTable" {
			<-release
		}
		return next(ctx)
	}), trail.Options{})
	other := strings.NewReplacer("id: music", "id: dance", "number: 7", "number: 8", "topic: Music", "topic: Dance").Replace(musicLab)
	d := newDesk(t, w, lab.NewLibrary(parseLab(t, musicLab), parseLab(t, other)))
	s := sit(t, d)
	keys(t, s, "S", "n", "s")
	see(t, s, "✓ Step done")
	keys(t, s, "E")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	s.Send(tea.KeyPressMsg{Code: 'y', Text: "y"}, tea.KeyPressMsg{Code: 'E', Text: "E"})
	if screen := s.Screen(); !strings.Contains(screen, "It is being ended: that can take a minute.") || d.asked != nil {
		t.Errorf("asked %v; the guide shows\n%s", d.asked, screen)
	}
	d.guide.Start("dance")
	close(release)
	see(t, s, "Lab 7 · Music has ended.", "Lab 8 · Dance", "step 1 of 3")
	if got := d.tables(); got != "" {
		t.Errorf("tables left: %q", got)
	}
}
