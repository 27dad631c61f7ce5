package drive

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// named are the keys that have no letter, by the names of the binding table.
var named = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "insert": tea.KeyInsert,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
}

var modifiers = map[string]tea.KeyMod{
	"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift, "meta": tea.ModMeta, "super": tea.ModSuper,
}

// ParseKey makes the key press of a name as the binding table spells it:
// "ctrl+k", "shift+tab", "enter", "f2", "?".
func ParseKey(name string) (tea.KeyPressMsg, error) {
	var key tea.KeyPressMsg
	rest := name
	for {
		before, after, found := strings.Cut(rest, "+")
		mod, known := modifiers[before]
		if !found || !known || after == "" {
			break
		}
		key.Mod |= mod
		rest = after
	}
	if code, ok := named[rest]; ok {
		key.Code = code
		if code == tea.KeySpace && key.Mod == 0 {
			key.Text = " "
		}
		return key, nil
	}
	r, size := utf8.DecodeRuneInString(rest)
	if size == 0 || size != len(rest) || r == utf8.RuneError || !unicode.IsPrint(r) {
		return tea.KeyPressMsg{}, fmt.Errorf("there is no key %q", name)
	}
	return letter(r, key.Mod), nil
}

// letter is the press of a printable key, as a terminal reports it: a capital is
// its small letter with shift, and only a key without ctrl or alt is text.
func letter(r rune, mod tea.KeyMod) tea.KeyPressMsg {
	key := tea.KeyPressMsg{Code: r, Mod: mod}
	upper := r
	if mod.Contains(tea.ModShift) {
		upper = unicode.ToUpper(r)
	}
	if unicode.IsUpper(upper) {
		key.Code, key.ShiftedCode, key.Mod = unicode.ToLower(upper), upper, mod|tea.ModShift
	}
	if key.Mod&^tea.ModShift == 0 {
		key.Text = string(upper)
	}
	return key
}

// Typing is the key presses that type a text: one for each character that a
// person sees. Line breaks are the enter key, tabs the tab key.
func Typing(text string) []tea.Msg {
	var out []tea.Msg
	for text != "" {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(cluster):]
		out = append(out, typed(cluster))
	}
	return out
}

func typed(cluster string) tea.KeyPressMsg {
	switch cluster {
	case "\n", "\r\n", "\r":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "\t":
		return tea.KeyPressMsg{Code: tea.KeyTab}
	case " ":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if r, size := utf8.DecodeRuneInString(cluster); size == len(cluster) {
		return letter(r, 0)
	}
	return tea.KeyPressMsg{Code: tea.KeyExtended, Text: cluster}
}
