package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui"
	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

func TestServicesMenuByKeyboardAndMouse(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.see("Welcome to awslab")
	b.do(b.Keys("f2"))
	b.see("type to find")
	b.Type("dyna")
	b.do(b.Keys("enter"))
	b.see("Amazon DynamoDB is")
	b.do(b.Click("awslab"))
	b.see("Welcome to awslab", "Recently visited")
	b.do(b.Run("press \"≡ Services\"\nchoose \"DynamoDB\""))
	b.see("Amazon DynamoDB is")
}

func TestPaletteFindsPagesActionsAndLabs(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	for find, want := range map[string]string{"create a dynamodb table": "Table details", "event history": "Event history (", "services menu": "Services"} {
		b.do(b.Keys("ctrl+k"))
		b.see("type to find")
		b.Type(find)
		b.do(b.Keys("enter"))
		b.see(want)
		b.do(b.Keys("esc"))
	}
	b.do(b.Keys("ctrl+k"))
	b.Type("services")
	b.see("≡ Services", "F2")
	b.do(b.Keys("esc", "ctrl+k"))
	b.Type("no such thing zzz")
	b.see("Nothing has this name")
	b.do(b.Keys("enter", "esc"))
	b.gone("type to find")
}

func TestBackAndBreadcrumbs(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.table("Music")
	b.do(b.Run(`open DynamoDB > Tables > Music`))
	b.see("DynamoDB › Tables › Music")
	b.do(b.Keys("esc"))
	b.see("Tables (1)")
	b.do(b.Click("DynamoDB"))
	b.see("Amazon DynamoDB is")
	b.do(b.Keys("esc"))
	b.see("Welcome to awslab")
}

// TestDirtyFormIsNotLost: esc, the palette and quitting ask first; a page
// opened from a dirty form leaves the form behind it as it was.
func TestDirtyFormIsNotLost(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.do(b.Run("open DynamoDB > Tables\npress \"Create table\"\ntype \"Table name\" Half"))
	b.do(b.Keys("esc"))
	b.see("Leave without saving?")
	b.do(b.Keys("esc"))
	b.gone("Leave without saving?")
	b.see("│ Half")
	b.do(b.Keys("ctrl+c"))
	b.see("Quit without saving?")
	b.do(b.Keys("enter")) // the default is Cancel
	b.see("│ Half")
	if b.Ended() {
		t.Fatal("it quit")
	}
	b.do(b.Keys("esc"))
	b.see("Leave without saving?")
	b.do(b.Click("Leave"))
	b.see("Tables (0)")
}

// TestConfirmByWord: the dialog's action works only with the word, and its
// default is to do nothing.
func TestConfirmByWord(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.table("Music")
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("Music")
	b.do(b.Keys("d"))
	b.see("To confirm, type confirm")
	b.Type("Delete")
	b.do(b.Keys("enter"))
	b.see(`type "confirm"`)
	b.do(b.Keys("esc"))
	b.see("Music")
	if out, err := b.cloud.DynamoDB.ListTables(t.Context(), aws.ListTablesInput{}); err != nil || len(out.TableNames) != 1 {
		t.Fatalf("%v, %v", out, err)
	}
	b.do(b.Keys("d"))
	b.Type("confirm")
	b.do(b.Keys("enter"))
	b.see("Tables (0)")
}

func TestCLICommandIsShownAndCopied(t *testing.T) {
	t.Parallel()
	var copied []string
	b := open(t, setup{clipboard: ui.Clipboard{Write: func(text string) error { copied = append(copied, text); return nil }}})
	b.do(b.Keys("x"))
	b.see("Nothing has been called yet")
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("Tables (0)")
	b.do(b.Keys("x"))
	b.see("aws dynamodb list-tables")
	b.do(b.Keys("y"))
	b.see("Copied the command")
	if len(copied) != 1 || !strings.HasPrefix(copied[0], "aws dynamodb list-tables") {
		t.Errorf("%q", copied)
	}
}

func TestEventHistory(t *testing.T) {
	t.Parallel()
	b := open(t, setup{clipboard: ui.Clipboard{Write: func(string) error { return errors.New("no clipboard here") }}})
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("Tables (0)")
	b.do(b.Keys("alt+c"))
	b.see("Event history (", "ListTables")
	b.do(b.Keys("enter"))
	b.see("dynamodb:ListTables", "AWS CLI command", "Request")
	b.do(b.Keys("y"))
	b.see("to the terminal's clipboard")
}

func TestHelpShowsTheKeysOfThePage(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.do(b.Run("open DynamoDB > Tables"))
	b.do(b.Keys("?"))
	b.see("Create table", "Everywhere", "ctrl+k")
	b.do(b.Keys("pgdown", "pgdown", "pgup", "esc"))
	b.gone("Everywhere")
}

// TestHelpIsReadWhole: in a narrow terminal its lines are broken, not cut.
func TestHelpIsReadWhole(t *testing.T) {
	t.Parallel()
	b := open(t, setup{width: 60, height: 40})
	b.do(b.Keys("?"))
	b.see("alt+m         Release the mouse, so that the ", "                terminal can select text; again to ", "                take it back ")
}

// TestHelpSaysWhatAKeyDoesHere, and nothing of what it does on other pages.
func TestHelpSaysWhatAKeyDoesHere(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.do(b.Run("open IAM > Roles > lambda-basic-execution"))
	b.do(b.Keys("?"))
	b.see("Create inline policy", "Here: lambda-basic-execution")
	b.gone("Add an attribute")
}

// TestItComesBackWhereItWas: another console on the same sandbox opens the same
// page, with the same way back.
func TestItComesBackWhereItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	t.Run("first", func(t *testing.T) {
		b := open(t, setup{dir: dir})
		b.table("Music")
		b.do(b.Run("open DynamoDB > Tables > Music"))
		b.see("DynamoDB › Tables › Music")
	})
	t.Run("second", func(t *testing.T) {
		b := open(t, setup{dir: dir})
		b.see("DynamoDB › Tables › Music")
		b.do(b.Keys("esc"))
		b.see("Tables (1)")
	})
}

// TestEverySizeIsDrawnExactly: at any size the frame is that size, with any
// page or dialog on it.
func TestEverySizeIsDrawnExactly(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.table("Music")
	for _, script := range []string{"open DynamoDB", "open DynamoDB > Tables > Music", `press "≡ Services"`} {
		b.do(b.Run(script))
		for _, size := range [][2]int{{1, 1}, {39, 9}, {40, 10}, {41, 11}, {60, 15}, {80, 24}, {99, 30}, {100, 30}, {118, 33}, {170, 50}, {300, 90}} {
			b.Resize(size[0], size[1])
			frame := b.Frame()
			if frame.Width != size[0] || len(frame.Lines) != size[1] {
				t.Errorf("%s at %v: %d×%d", script, size, frame.Width, len(frame.Lines))
			}
		}
		b.Resize(120, 40)
	}
}

// TestTerminalEscapesInDataAreHarmless: what a name or value holds never
// reaches the terminal as a command.
func TestTerminalEscapesInDataAreHarmless(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.table("Music")
	evil := "\x1b]0;owned\x07\x1b[2J\x1bPq#0\x1b\\\u009b31m\u202eabc\x00\ttab\r\nline"
	_, err := b.cloud.DynamoDB.PutItem(t.Context(), aws.PutItemInput{TableName: "Music", Item: aws.Item{
		"id": aws.S(evil), "\x1b[31m" + "name": aws.L{aws.S(evil), aws.M{evil: aws.B(evil)}},
	}})
	b.do(err)
	check := func() {
		t.Helper()
		text := b.Console().View().Content
		for _, bad := range []string{"\x1b]", "\x1bP", "\x07", "\u009b", "\u202e", "\x00", "\x1b[2J", "\t", "\r"} {
			if strings.Contains(text, bad) {
				t.Errorf("%q is on the screen", bad)
			}
		}
	}
	b.do(b.Run("open DynamoDB > Tables > Music"))
	check()
	b.do(b.Keys("i"))
	b.see("Items returned (1)")
	check()
	b.do(b.Keys("enter"))
	b.do(b.WaitIdle(t.Context()))
	check()
	b.do(b.Keys("ctrl+t"))
	check()
}

// TestRepaintFollowsChangesOnly: for a terminal that loses parts of the screen
// each change brings one repaint, and a repaint brings no other.
func TestRepaintFollowsChangesOnly(t *testing.T) {
	t.Parallel()
	b := open(t, setup{repaint: true, faster: 1000})
	b.see("Welcome to awslab")
	b.do(b.Keys("down"))
	b.Pump(50 * time.Millisecond)
	if n := b.repaints(); n == 0 || n > 5 {
		t.Errorf("%d repaints", n)
	}
	plain := open(t, setup{faster: 1000})
	plain.see("Welcome to awslab")
	plain.do(plain.Keys("down"))
	plain.Pump(20 * time.Millisecond)
	if n := plain.repaints(); n != 0 {
		t.Errorf("%d repaints that nobody asked for", n)
	}
}

// TestLongCommandIsReadWhole: what does not fit the dialog's width goes on in
// its next line, and nothing of it is cut off.
func TestLongCommandIsReadWhole(t *testing.T) {
	t.Parallel()
	b := open(t, setup{width: 80, height: 24})
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("Tables (0)")
	b.do(b.Keys("x"))
	b.see("aws dynamodb list-tables")
	if screen := b.Screen(); strings.Contains(screen, "…") || !strings.Contains(screen, "console.") {
		t.Errorf("the text is cut:\n%s", screen)
	}
}

// TestDragSelects presses the mouse in an editor, moves it and releases it: what
// lies between is selected, and later motions change nothing.
func TestDragSelects(t *testing.T) {
	t.Parallel()
	var copied []string
	b := open(t, setup{clipboard: ui.Clipboard{Write: func(text string) error { copied = append(copied, text); return nil }}})
	b.table("Music")
	b.do(b.Run("open DynamoDB > Tables > Music"))
	b.see("Music")
	b.do(b.Run(`press "Explore items"`))
	b.see("Tables (1)")
	b.do(b.Keys("enter"))
	b.see("Items returned")
	b.do(b.Keys("n"))
	b.see("Add new attribute")
	b.do(b.Keys("ctrl+t"))
	b.see(`"id"`)
	var editor component.Zone
	for _, z := range b.Frame().Zones {
		if z.Drag != nil {
			editor = z
		}
	}
	if editor.Drag == nil {
		t.Fatalf("no editor\n%s", b.Screen())
	}
	x, y := 0, 0
	for row, line := range strings.Split(b.Screen(), "\n") {
		if at := strings.Index(line, `"id"`); at >= 0 {
			x, y = len([]rune(line[:at]))+1, row
			break
		}
	}
	b.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseMotionMsg{X: x + 2, Y: y, Button: tea.MouseLeft},
		tea.MouseReleaseMsg{X: x + 2, Y: y, Button: tea.MouseLeft}, tea.MouseMotionMsg{X: x + 20, Y: y})
	b.do(b.Keys("alt+y"))
	b.see("Copied")
	if len(copied) != 1 || copied[0] != "id" {
		t.Errorf("copied %q\n%s", copied, b.Screen())
	}
}

// TestServicesAreFoundByTheirNames types the start of a service's name, whose
// letters other services' descriptions have, too.
func TestServicesAreFoundByTheirNames(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	for typed, page := range map[string]string{"api": "APIs (0)", "s3": "General purpose buckets", "iam": "Roles (", "Gateway": "APIs (0)"} {
		b.do(b.Keys("f2"))
		b.see("type to find")
		b.Type(typed)
		b.do(b.Keys("enter"))
		b.see(page)
	}
}
