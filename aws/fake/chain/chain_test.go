package chain_test

import (
	"testing"

	"awslab/aws/fake/chain"
)

func TestCountTravels(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	if got := chain.Of(ctx); got != 0 {
		t.Errorf("what the user asks for counts %d", got)
	}
	if got := chain.Of(chain.With(chain.With(ctx, 3), 4)); got != 4 {
		t.Errorf("the count is %d, want 4", got)
	}
}
