package dynamodb

import (
	"fmt"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"

	tea "charm.land/bubbletea/v2"
)

// wideItems makes a table whose items have eight attributes.
func wideItems(tb testing.TB, n int) *pagetest.Bench {
	tb.Helper()
	cloud := sandbox(tb)
	makeTable(tb, cloud, defaultTable("Wide", keySchema{keyAttribute{"Artist", aws.TypeS}, keyAttribute{"Song", aws.TypeS}}))
	for i := range n {
		put(tb, cloud, "Wide", aws.Item{
			"Artist": aws.S("Artist"), "Song": aws.S(fmt.Sprintf("Song %06d", i)), "Album": aws.S("The Dark Side of the Moon"),
			"Year": aws.N("1973"), "Genre": aws.S("Progressive rock"), "Live": aws.BOOL(i%2 == 0),
			"Tags": aws.SS{"british", "seventies"}, "Details": aws.M{"Label": aws.S("Harvest"), "Seconds": aws.N("382")},
		})
	}
	b := newBench(tb, cloud)
	b.Width, b.Height = 170, 55
	return b
}

// exploring shows the items, with a query and two filters in the panel.
func exploring(b *testing.B) *pagetest.Bench {
	b.Helper()
	bench := wideItems(b, 300)
	bench.Open(nav.Route{Page: exploreID, Name: "Wide"})
	p := pagetest.PageOf[*explorePage](bench)
	p.form.mode.SetValue(modeQuery)
	p.form.partition.SetValue("Artist")
	p.form.addFilter()
	p.form.addFilter()
	return bench
}

func BenchmarkExploreView(b *testing.B) {
	bench := exploring(b)
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

func BenchmarkExploreUpdate(b *testing.B) {
	bench := exploring(b)
	bench.Page.View(170, 55)
	keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyUp}}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.Key(keys[i%2])
		i++
	}
}
