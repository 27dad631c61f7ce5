// Package nav holds what a page may ask of the shell: open a page, go back,
// tell the user something, ask for a confirmation, copy, edit elsewhere. Pages
// return these as messages and so need not know the shell or each other.
package nav

import tea "charm.land/bubbletea/v2"

// Route is an address of a page: which page, of which resource, and what else
// it needs to know. Routes are comparable and can be kept on disk.
type Route struct {
	Page   string `json:"page"`             // a page's ID in the page table, "dynamodb/table"
	Name   string `json:"name,omitempty"`   // the resource, "Music"
	Detail string `json:"detail,omitempty"` // what the page itself understands: a tab, an item's key as JSON
}

type (
	// Open opens a page; the page that was shown stays behind it, for Back.
	Open struct {
		Route Route
		// Seen says that the user waits to see it: where the guide has the page's place,
		// it gives it up.
		Seen bool
	}
	// Replace opens a page in the place of the one that is shown.
	Replace struct{ Route Route }
	// Back goes to the page before, or up when there is none.
	Back struct{}
	// Notify shows a message above the page.
	Notify struct {
		Level Level
		Title string
		Text  string
		Err   error // for a Failure: the shell adds the code and what to do next
	}
	// Confirm asks before something dangerous: Word must be typed when it is
	// not empty, and the answer is No unless the user says otherwise.
	Confirm struct {
		Title  string
		Text   []string // paragraphs
		Word   string   // "confirm", or a resource's name
		Action string   // the confirming button's label, "Delete"
		Do     func() tea.Cmd
	}
	// Copy puts text on the clipboard; What names it in the message shown.
	Copy struct{ Text, What string }
	// Browse opens a URL in this computer's browser, where there is one.
	Browse struct{ URL string }
	// EditText opens text in the user's $EDITOR; Done gets what was saved.
	EditText struct {
		Text string
		Name string // a file name whose ending tells the editor the language
		Done func(text string) tea.Cmd
	}
	// Choose shows a short list to choose from.
	Choose struct {
		Title   string
		Options []Choice
	}
)

// Choice is one entry of a list.
type Choice struct {
	Label, Detail string
	Disabled      string // why it cannot be chosen; "" when it can
	Do            func() tea.Cmd
}

// Level says what kind of message a Notify is.
type Level int

// The levels. A Failure stays until it is dismissed.
const (
	Success Level = iota
	Information
	Warning
	Failure
)

// Send makes a command of a message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Go opens a page.
func Go(page, name, detail string) tea.Cmd {
	return Send(Open{Route: Route{page, name, detail}})
}

// Failed tells the user that something failed.
func Failed(title string, err error) tea.Cmd {
	return Send(Notify{Level: Failure, Title: title, Err: err})
}

// Done tells the user that something worked.
func Done(title string) tea.Cmd {
	return Send(Notify{Level: Success, Title: title})
}
