package lab_test

import (
	"context"
	"slices"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab"
)

func (w *world) api(cloud aws.Cloud, name string) string {
	w.t.Helper()
	return try[aws.CreateRestApiOutput](w.t)(cloud.APIGateway.CreateRestApi(w.t.Context(), aws.CreateRestApiInput{Name: name})).ID
}

// apis lists the IDs of all APIs.
func (w *world) apis() []string {
	w.t.Helper()
	var ids []string
	for _, api := range try[aws.GetRestApisOutput](w.t)(w.below.APIGateway.GetRestApis(w.t.Context(), aws.GetRestApisInput{})).Items {
		ids = append(ids, api.ID)
	}
	return ids
}

func TestEndDeletesTheAPIThatTheLabMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	music := parseLab(t, musicLab)
	newDesk(t, w, lab.NewLibrary(music))
	own := w.api(w.trail.Cloud(), "FAQ-API")
	w.store.Begin(music)
	w.function("F")
	made := w.api(w.trail.Cloud(), "FAQ-API")
	again := w.api(w.trail.Cloud(), "FAQ-API")
	try[aws.DeleteRestApiOutput](t)(w.trail.Cloud().APIGateway.DeleteRestApi(t.Context(), aws.DeleteRestApiInput{RestAPIID: again}))
	left := try[[]lab.Resource](t)(lab.Remaining(t.Context(), w.below, w.store, music))
	if len(left) != 2 || left[0].String() != "REST API FAQ-API ("+made+")" {
		t.Errorf("remaining: %v", left)
	}
	results := try[[]lab.Result](t)(lab.End(t.Context(), w.trail.Cloud(), w.store, music))
	if want := []string{"✓ REST API FAQ-API (" + made + "): deleted", "✓ Lambda function F: deleted"}; !slices.Equal(told(results), want) {
		t.Errorf("ended: %q", told(results))
	}
	if now := w.apis(); !slices.Equal(now, []string{own}) {
		t.Errorf("left: %v, and %s is the learner's own", now, own)
	}
}

// lossyAPIs creates APIs, and then loses the answer.
type lossyAPIs struct{ aws.APIGateway }

func (l lossyAPIs) CreateRestApi(ctx context.Context, in aws.CreateRestApiInput) (aws.CreateRestApiOutput, error) {
	if _, err := l.APIGateway.CreateRestApi(ctx, in); err != nil {
		return aws.CreateRestApiOutput{}, err
	}
	return aws.CreateRestApiOutput{}, errLost
}

func TestAnAPIWhoseAnswerWasLostIsFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	lossy := w.below
	lossy.APIGateway = lossyAPIs{w.below.APIGateway}
	w.trail = trail.New(lossy, trail.Options{})
	music := parseLab(t, musicLab)
	newDesk(t, w, lab.NewLibrary(music))
	other := w.api(w.below, "Other")
	w.store.Begin(music)
	if _, err := w.trail.Cloud().APIGateway.CreateRestApi(t.Context(), aws.CreateRestApiInput{Name: "FAQ-API"}); err == nil {
		t.Fatal("the answer was not lost")
	}
	results := try[[]lab.Result](t)(lab.End(t.Context(), w.trail.Cloud(), w.store, music))
	if want := []string{"✓ REST API FAQ-API: deleted"}; !slices.Equal(told(results), want) {
		t.Errorf("ended: %q", told(results))
	}
	if now := w.apis(); !slices.Equal(now, []string{other}) {
		t.Errorf("left: %v", now)
	}
}
