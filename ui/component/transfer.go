package component

import (
	"fmt"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Transfer is something on its way: a file being uploaded or downloaded.
type Transfer struct {
	Name   string
	Done   int64          // bytes
	Total  int64          // bytes; below 0 when it is not known
	Speed  float64        // bytes a second; 0 to leave it out
	State  StatusKind     // StatusInProgress, StatusSuccess, StatusError, StatusPending, StatusStopped
	Note   string         // the state in words: "Uploading", or what went wrong
	Cancel func() tea.Cmd // what its button does; nil for none
}

// Transfers shows transfers, two lines each: the name and the state, a bar and
// the bytes.
func Transfers(width int, rows ...Transfer) Block {
	width = max(0, width)
	blocks := make([]Block, 0, 2*len(rows))
	for _, t := range rows {
		blocks = append(blocks, t.head(width), Text(width, t.bar(width)))
	}
	return Stack(width, blocks...)
}

// head is the name, the state and the button.
func (t Transfer) head(width int) Block {
	var button Block
	if t.Cancel != nil {
		button = NewButton("Cancel", t.Cancel).View(width)
		for i := range button.Zones {
			button.Zones[i].Label = "Cancel " + Clean(t.Name) // told apart by the row it is in
		}
	}
	room := max(0, width-button.Width-1)
	state := StatusCell(t.State, t.Note)
	note := min(cellsOf(state.Text, room), max(0, room-min(room/2, cellsOf(t.Name, room)+2)))
	text := spans(room, span{pad(t.Name, room-note, false), theme.Strong}, span{pad(state.Text, note, true), state.Style})
	return Beside(1, Text(room, text), Blank(1, 1), button).Fit(width, 1)
}

// bar is how far it has come.
func (t Transfer) bar(width int) string {
	note := " " + Bytes(t.Done)
	fraction := 0.0
	if t.Total >= 0 {
		note += " of " + Bytes(t.Total)
		fraction = 1 // of nothing, all is there
	}
	if t.Total > 0 {
		fraction = float64(t.Done) / float64(t.Total)
	}
	if t.Speed > 0 {
		note += fmt.Sprintf(", %s/s", Bytes(int64(t.Speed)))
	}
	const least = 10 // cells of a bar
	cells := min(cellsOf(note, width), max(0, width-least))
	if t.Total < 0 {
		return spans(width, span{note, theme.Faint})
	}
	return Progress(width-cells, fraction) + spans(cells, span{note, theme.Faint})
}
