package component

import (
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

func TestTransfers(t *testing.T) {
	t.Parallel()
	cancelled := false
	rows := []Transfer{
		{Name: "cat.jpg", Done: 512, Total: 1024, Speed: 2048, State: StatusInProgress, Note: "Uploading", Cancel: func() tea.Cmd { cancelled = true; return nil }},
		{Name: "empty.txt", State: StatusSuccess, Note: "Uploaded"},
		{Name: "stream", Done: 2048, Total: -1, State: StatusError, Note: "AccessDenied"},
	}
	b := Transfers(60, rows...)
	expect(t, "transfers", shown(b), strings.TrimPrefix(`
cat.jpg                               ◌ Uploading [ Cancel ]
██████████████░░░░░░░░░░░░░░░  50% 512 B of 1.0 KB, 2.0 KB/s
empty.txt                                        ✓ Uploaded
████████████████████████████████████████████ 100% 0 B of 0 B
stream                                       ✗ AccessDenied
 2.0 KB`, "\n"))
	click(t, b, RoleButton, "Cancel cat.jpg")
	if !cancelled {
		t.Error("it goes on")
	}
}

func TestTransfersAnyHow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		row := Transfer{
			Name: wild().Draw(t, "name"), Done: rapid.Int64().Draw(t, "done"), Total: rapid.Int64().Draw(t, "total"), Note: wild().Draw(t, "note"),
			Speed: rapid.SampledFrom([]float64{0, 1, math.Inf(1), math.NaN()}).Draw(t, "speed"), State: StatusKind(rapid.IntRange(-1, 9).Draw(t, "state")),
		}
		if rapid.Bool().Draw(t, "cancel") {
			row.Cancel = func() tea.Cmd { return nil }
		}
		checkBlock(t, "transfer", Transfers(rapid.IntRange(-1, 120).Draw(t, "width"), row))
	})
}
