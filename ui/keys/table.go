package keys

// The actions.
const (
	Services   ID = "services"
	Palette    ID = "palette"
	Help       ID = "help"
	Back       ID = "back"
	Home       ID = "home"
	SideNav    ID = "side-navigation"
	GuidePane  ID = "guide-pane"
	GuideHide  ID = "guide-hide"
	Command    ID = "cli-command"
	Calls      ID = "calls"
	Dismiss    ID = "dismiss"
	MouseOff   ID = "mouse"
	Switch     ID = "switch"
	Quit       ID = "quit"
	Copy       ID = "copy"
	Open       ID = "open"
	Filter     ID = "filter"
	Sort       ID = "sort"
	Mark       ID = "mark"
	Refresh    ID = "refresh"
	Create     ID = "create"
	Edit       ID = "edit"
	Duplicate  ID = "duplicate"
	Delete     ID = "delete"
	Save       ID = "save"
	SaveClose  ID = "save-close"
	Cancel     ID = "cancel"
	Run        ID = "run"
	Reset      ID = "reset"
	Explore    ID = "explore"
	AddRow     ID = "add-row"
	RemoveRow  ID = "remove-row"
	SwitchView ID = "switch-view"
	Editor     ID = "editor"
	Upload     ID = "upload"
	Download   ID = "download"
	Follow     ID = "follow"
	Browse     ID = "browse"
	Paste      ID = "paste"
	NextTab    ID = "next-tab"
	LastTab    ID = "previous-tab"
	NextField  ID = "next-field"
	LastField  ID = "previous-field"
	GuideNext  ID = "guide-next"
	GuideBack  ID = "guide-previous"
	GuideCheck ID = "guide-check"
	GuideHint  ID = "guide-hint"
	GuideShow  ID = "guide-show-me"
	GuideSkip  ID = "guide-skip"
	GuideReset ID = "guide-reset"
	GuideEnd   ID = "guide-end"
	GuideStart ID = "guide-start"
	GuideOpen  ID = "guide-open"
	GuideCopy  ID = "guide-copy"

	GuidePrepare ID = "guide-prepare"
)

var table = []Action{
	{ID: Services, Keys: []string{"f2"}, Label: "≡ Services", Help: "The services menu", Group: Everywhere, Quiet: true},
	{ID: Palette, Keys: []string{"ctrl+k", ":"}, Label: "Search", Help: "Find and do anything: pages, actions, labs", Group: Everywhere, Quiet: true},
	{ID: Help, Keys: []string{"?", "f1"}, Label: "help", Help: "What the keys do here", Group: Everywhere},
	{ID: Back, Keys: []string{"esc"}, Label: "back", Help: "Back to the page before; closes a dialog or a menu", Group: Everywhere, Quiet: true},
	{ID: Home, Keys: []string{"alt+h"}, Label: "Console home", Help: "The home page", Group: Everywhere, Quiet: true},
	{ID: SideNav, Keys: []string{"ctrl+b"}, Label: "side navigation", Help: "Into the side navigation, and back to the page", Group: Everywhere, Quiet: true},
	{ID: GuidePane, Keys: []string{"ctrl+g"}, Label: "guide", Help: "Into the lab guide, and back to the page", Group: Everywhere},
	{ID: GuideHide, Keys: []string{"alt+g"}, Label: "hide guide", Help: "Hide the lab guide, or show it again (in narrow terminals: into it, and back)", Group: Everywhere, Quiet: true},
	{ID: Command, Keys: []string{"x", "ctrl+x"}, Label: "CLI command", Help: "The last call as an AWS CLI command, to copy", Group: Everywhere},
	{ID: Calls, Keys: []string{"alt+c"}, Label: "Event history", Help: "The calls so far: what, how long, and how it went", Group: Everywhere, Quiet: true},
	{ID: Dismiss, Keys: []string{"ctrl+l"}, Label: "Dismiss", Help: "Dismiss the message on top", Group: Everywhere, Quiet: true},
	{ID: MouseOff, Keys: []string{"alt+m"}, Label: "mouse off", Help: "Release the mouse, so that the terminal can select text; again to take it back", Group: Everywhere, Quiet: true},
	{ID: Switch, Keys: []string{"alt+a"}, Label: "Switch region or profile", Help: "Work in another region of the AWS account, or with another profile", Group: Everywhere, Quiet: true},
	{ID: Paste, Keys: []string{"ctrl+v"}, Label: "Paste", Help: "Paste what was copied last, here or elsewhere", Group: Everywhere, Quiet: true},
	{ID: Quit, Keys: []string{"ctrl+c", "q"}, Label: "quit", Help: "Leave awslab; everything is kept", Group: Everywhere, Quiet: true},

	{ID: Open, Keys: []string{"enter"}, Label: "open", Help: "Open the row that is marked ▸", Group: Lists},
	{ID: Mark, Keys: []string{"space"}, Label: "select", Help: "Select the row, or take it out of the selection", Group: Lists},
	{ID: Filter, Keys: []string{"/"}, Label: "filter", Help: "Show only the rows that contain a text", Group: Lists},
	{ID: Sort, Keys: []string{"o"}, Label: "sort", Help: "Sort by the next column; then the other way round", Group: Lists},
	{ID: Copy, Keys: []string{"y", "alt+y"}, Label: "copy", Help: "Copy the row, the value or the JSON", Group: Lists},
	{ID: Refresh, Keys: []string{"r", "f5"}, Label: "Refresh", Help: "Load again; place, filter and order stay", Group: Lists, Quiet: true},

	{ID: Create, Keys: []string{"n"}, Label: "Create", Help: "Create a table, a bucket, a function, …", Group: Pages},
	{ID: Edit, Keys: []string{"e"}, Label: "Edit", Help: "Edit what is shown or selected", Group: Pages},
	{ID: Duplicate, Keys: []string{"c"}, Label: "Duplicate", Help: "Start a new item from this one; copy a URL, or all of a log's events", Group: Pages},
	{ID: Delete, Keys: []string{"d", "delete"}, Label: "Delete", Help: "Delete, after asking", Group: Pages, Dangerous: true},
	{ID: Explore, Keys: []string{"i"}, Label: "Explore items", Help: "Look at a table's items or a log group's events; open an object, or a URL", Group: Pages},
	{ID: Save, Keys: []string{"ctrl+s"}, Label: "Save", Help: "Save the form; deploy the code or the API", Group: Pages},
	{ID: SaveClose, Keys: []string{"alt+s"}, Label: "Save and close", Help: "Save the form and go back", Group: Pages, Quiet: true},
	{ID: Cancel, Keys: []string{"alt+q"}, Label: "Cancel", Help: "Leave the form without saving", Group: Pages, Quiet: true},
	{ID: Run, Keys: []string{"ctrl+r"}, Label: "Run", Help: "Run the scan or the query; test the function or the method; send the request; search the log; share the object; switch versioning", Group: Pages},
	{ID: Reset, Keys: []string{"alt+r"}, Label: "Reset", Help: "Empty the search form, or the bucket; discard changes of the code", Group: Pages, Quiet: true},
	{ID: AddRow, Keys: []string{"ctrl+n"}, Label: "Add", Help: "Add an attribute, a filter, an index, a file, a variable, a method, a policy; manage tags", Group: Pages},
	{ID: RemoveRow, Keys: []string{"ctrl+d"}, Label: "Remove", Help: "Remove the attribute, filter, index, file or variable that has the focus; delete the log group", Group: Pages, Quiet: true},
	{ID: SwitchView, Keys: []string{"ctrl+t"}, Label: "Form | JSON", Help: "Switch between the form and the JSON view", Group: Pages},
	{ID: Editor, Keys: []string{"ctrl+e"}, Label: "$EDITOR", Help: "Edit the JSON or the code in your own editor", Group: Pages, Quiet: true},
	{ID: Upload, Keys: []string{"u"}, Label: "Upload", Help: "Upload files, or a function's code", Group: Pages},
	{ID: Download, Keys: []string{"w"}, Label: "Download", Help: "Save to a file, in the folder that awslab was started in", Group: Pages},
	{ID: Browse, Keys: []string{"b"}, Label: "Open in browser", Help: "Open the URL in this computer's browser", Group: Pages},
	{ID: Follow, Keys: []string{"f"}, Label: "follow", Help: "Follow new log events; moving up pauses", Group: Lists},
	{ID: NextTab, Keys: []string{"]"}, Label: "next tab", Help: "The page's next tab", Group: Pages, Quiet: true},
	{ID: LastTab, Keys: []string{"["}, Label: "previous tab", Help: "The page's previous tab", Group: Pages, Quiet: true},
	{ID: NextField, Keys: []string{"tab"}, Label: "next field", Help: "The next field or button", Group: Pages, Quiet: true},
	{ID: LastField, Keys: []string{"shift+tab"}, Label: "previous field", Help: "The previous field or button", Group: Pages, Quiet: true},

	{ID: GuideStart, Keys: []string{"S"}, Label: "Start lab", Help: "Start the lab", Group: Guide},
	{ID: GuideNext, Keys: []string{"n"}, Label: "next", Help: "The next step", Group: Guide},
	{ID: GuideBack, Keys: []string{"p"}, Label: "previous", Help: "The step before", Group: Guide, Quiet: true},
	{ID: GuideCheck, Keys: []string{"c"}, Label: "check", Help: "Check the step now", Group: Guide},
	{ID: GuideHint, Keys: []string{"h"}, Label: "hint", Help: "Show a hint", Group: Guide},
	{ID: GuideShow, Keys: []string{"s"}, Label: "show me", Help: "Play the step on the screen", Group: Guide},
	{ID: GuideSkip, Keys: []string{"k"}, Label: "skip", Help: "Do the step for me at once and go on", Group: Guide, Quiet: true},
	{ID: GuideOpen, Keys: []string{"o"}, Label: "Open", Help: "Open what the step links to", Group: Guide, Quiet: true},
	{ID: GuideCopy, Keys: []string{"y"}, Label: "Copy the URL", Help: "Copy the address, or the code, that the step gives", Group: Guide, Quiet: true},
	{ID: GuidePrepare, Keys: []string{"a"}, Label: "Prepare account", Help: "Make what the lab needs and the AWS account lacks", Group: Guide},
	{ID: GuideReset, Keys: []string{"R"}, Label: "Reset lab", Help: "Forget the progress and start the lab again", Group: Guide, Quiet: true, Dangerous: true},
	{ID: GuideEnd, Keys: []string{"E"}, Label: "End lab", Help: "Delete what the lab created, and end it", Group: Guide, Dangerous: true},
}
