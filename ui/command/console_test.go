package command

import (
	"context"
	"errors"
	"slices"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui"
	"awslab/ui/nav"
)

// TestTravel goes from place to place: back to where the user was from one that
// cannot be opened, and nowhere once a console has failed.
func TestTravel(t *testing.T) {
	t.Parallel()
	f := &flags{sandbox: t.TempDir()}
	nowhere, broken := errors.New("no such region"), errors.New("the disk is full")
	f.backend = Backend{Open: func(context.Context, Options) (*Opened, error) {
		if f.account.region == "nowhere" {
			return nil, nowhere
		}
		return &Opened{Trail: trail.New(aws.Cloud{}, trail.Options{}), Close: func() error { return nil }}, nil
	}}
	var stays []string
	pages := []nav.Route{{Page: "dynamodb/tables"}}
	err := f.travel(t.Context(), visit{lab: "dynamodb"}, func(s *session, stay visit) (*departure, error) {
		stays = append(stays, f.account.region+f.account.profile+stay.lab+stay.warning)
		switch len(stays) {
		case 1:
			return &departure{ui.Elsewhere{Region: "nowhere", Profile: "work"}, pages}, s.Close()
		case 2:
			if !slices.Equal(stay.visits, pages) {
				t.Errorf("the pages are %v", stay.visits)
			}
			return &departure{ui.Elsewhere{Region: "elsewhere"}, pages}, s.Close()
		}
		return nil, broken
	})
	want := []string{"dynamodb", "The console stays where it was: no such region", "elsewhere"}
	if !errors.Is(err, broken) || !slices.Equal(stays, want) {
		t.Errorf("%q, %v; want %q", stays, err, want)
	}
}
