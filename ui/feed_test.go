package ui

import (
	"context"
	"fmt"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
)

// slow is a DynamoDB one of whose calls waits.
type slow struct {
	aws.DynamoDB
	begun, release chan struct{}
}

func (s slow) PutItem(context.Context, aws.PutItemInput) (aws.PutItemOutput, error) {
	return aws.PutItemOutput{}, nil
}

func (s slow) GetItem(context.Context, aws.GetItemInput) (aws.GetItemOutput, error) {
	close(s.begun)
	<-s.release
	return aws.GetItemOutput{}, nil
}

// TestAFeedThatIsNotTakenStaysSmall, and tells of the newest call of each origin, and
// of the start and the end of one that the program has seen running.
func TestAFeedThatIsNotTakenStaysSmall(t *testing.T) {
	t.Parallel()
	db := slow{begun: make(chan struct{}), release: make(chan struct{})}
	tr := trail.New(aws.Cloud{DynamoDB: db}, trail.Options{})
	f := newFeed(t.Context(), tr)
	defer f.close()
	put := func(origin string) {
		for range 1000 {
			if _, err := tr.Cloud().DynamoDB.PutItem(trail.WithOrigin(t.Context(), origin), aws.PutItemInput{}); err != nil {
				t.Error(err)
			}
		}
	}
	take := func() string {
		text := ""
		taken, _ := f.wait()().(callsMsg)
		for _, e := range taken {
			text += fmt.Sprint(e.Origin, e.ID, e.Done, " ")
		}
		return text
	}
	put("a")
	ended := make(chan error)
	go func() {
		_, err := tr.Cloud().DynamoDB.GetItem(trail.WithOrigin(t.Context(), "b"), aws.GetItemInput{})
		ended <- err
	}()
	<-db.begun
	put("a")
	put("c")
	if got, want := take(), "b1001 false a2001 true c3001 true "; got != want {
		t.Errorf("taken %s, want %s", got, want)
	}
	close(db.release)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	put("b")
	if got, want := take(), "b1001 true b4001 true "; got != want {
		t.Errorf("then %s, want %s", got, want)
	}
}
