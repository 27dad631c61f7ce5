package ui_test

import "testing"

// TestGuideIsATabWhereItIsNarrow and stands beside the page where it is wide.
func TestGuideIsATabWhereItIsNarrow(t *testing.T) {
	t.Parallel()
	b := open(t, setup{lab: "dynamodb", width: 80, height: 24})
	b.see("step 1 of 11")
	b.do(b.Keys("ctrl+g"))
	b.gone("step 1 of 11")
	b.see("Welcome to awslab")
	b.do(b.Click("Guide"))
	b.see("step 1 of 11")
	b.do(b.Keys("alt+g")) // which has no guide to hide beside the page
	b.gone("step 1 of 11")
	b.do(b.Keys("alt+g"))
	b.see("step 1 of 11")
	b.Resize(150, 40)
	b.see("step 1 of 11", "Welcome to awslab")
	b.do(b.Keys("alt+g"))
	b.gone("step 1 of 11")
	b.do(b.Keys("alt+g"))
	b.see("step 1 of 11")
}

// TestWhatTheGuideOpensIsSeenWhereItIsNarrow: the guide gives the page its place.
func TestWhatTheGuideOpensIsSeenWhereItIsNarrow(t *testing.T) {
	t.Parallel()
	b := open(t, setup{lab: "lambda", width: 80, height: 24, faster: 1000})
	b.see("step 1 of")
	b.do(b.Keys("n", "k"))
	b.see("step 3 of")
	b.do(b.Keys("k"))
	b.see("step 4 of")
	b.do(b.Keys("o"))
	b.see("awslab-assets › HappyFace.jpg", "Copy S3 URI")
	b.gone("step 4 of")
}

func TestSideNavigationByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, setup{width: 80, height: 24})
	b.do(b.Run("open DynamoDB"))
	b.see("Amazon DynamoDB is")
	b.do(b.Keys("ctrl+b"))
	b.see("▸ Dashboard")
	b.do(b.Keys("down", "enter"))
	b.see("Tables (0)")
	b.do(b.Keys("ctrl+b", "esc"))
	b.see("Tables (0)")
}
