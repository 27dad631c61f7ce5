package drive

import (
	"errors"
	"fmt"
	"strings"

	"awslab/ui/drive/spelling"
)

// Script is a list of things to do on the screen.
type Script []Line

// Line is one thing to do.
type Line struct {
	Number int    // its line in the text that was parsed, from 1
	Verb   string // a name of the verb table
	Args   []string
	Text   string // the line as it was written
}

// Verb is a row of the verb table.
type Verb struct {
	Name    string
	Usage   string // how a line of it is written
	Help    string
	Example string
	// parse cuts what stands behind the verb into its arguments.
	parse func(rest string) ([]string, error)
	// goals makes what the player has to reach.
	goals func(args []string) []goal
}

// Verbs is the table of what a script can do.
func Verbs() []Verb {
	return []Verb{
		{"open", "open A > B > C", "Walk by the names that are on the screen: choose A in the services menu, then follow the link, row, tab or button named B, and so on.",
			"open DynamoDB > Tables > Music", path, openGoals},
		{"press", `press "Label"`, "Press a button, or follow a link, a tab or a menu's entry.",
			`press "Create table"`, one, pressGoals},
		{"follow", `follow "s3://bucket/key"`, "Follow a link of the lab's text to an object, as its button in the guide does.",
			`follow "s3://image-1234/HappyFace.jpg"`, objectURI, followGoals},
		{"choose", `choose "Option"`, "Choose a radio button, a checkbox, a tab or an option; nothing happens if it is chosen already.",
			`choose "Query"`, one, chooseGoals},
		{"select", `select "Field" "Option"`, "Choose an option of a drop-down.",
			`select "Condition" "Equal to"`, two, selectGoals},
		{"type", `type "Field" value…`, "Replace a field's text; the value is the rest of the line, in quotes if its ends are spaces. Of several fields with one label, the last one is meant.",
			`type "Table name" Music`, two, typeGoals},
		{"replace", `replace "Field" "old" "new"`, "Replace a text within a field: the first place where it stands.",
			`replace "Event JSON" "example-bucket" "image-1234"`, three, replaceGoals},
		{pasteVerb, `paste "Field" file`, "Replace the whole text of a field of several lines by code, at once: that of the step's code block for this file.",
			`paste "index.mjs" index.mjs`, two, pasteGoals},
		{"row", `row "text"`, "Open the row of a table that is named so, or contains the text.",
			`row "Pink Floyd"`, one, rowGoals},
		{"mark", `mark "text"`, "Tick the row of a table that is named so, or contains the text.",
			`mark "Pink Floyd"`, one, markGoals},
		{"unfold", `unfold "text"`, "Click on the line of a log that contains the text, which unfolds it.",
			`unfold "ERROR"`, one, unfoldGoals},
		{"key", "key NAME…", "Press keys by their names.",
			"key ctrl+s", keyNames, keyGoals},
		{"wait", `wait "text"`, "Wait until the text is on the page.",
			`wait "Items returned"`, one, waitGoals},
		{"repeat", `repeat "Label" "text"`, "Press a button until the text is on the page: for what takes a while, and is seen by asking again.",
			`repeat "Send again" "200 OK"`, two, repeatGoals},
		{"confirm", `confirm "word"`, "In a dialog: type the word that it asks for, and press its confirming button.",
			`confirm "confirm"`, one, confirmGoals},
		{"say", "say caption…", "Show a caption, in a demonstration.",
			"say A query finds items by key.", one, sayGoals},
	}
}

// VerbNamed finds a verb of the table.
func VerbNamed(name string) (Verb, bool) {
	for _, v := range Verbs() {
		if v.Name == name {
			return v, true
		}
	}
	return Verb{}, false
}

// SyntaxError is a line of a script that cannot be understood.
type SyntaxError struct {
	Line    int // from 1
	Message string
}

// Error gives the line and what is wrong with it.
func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// Parse reads a script: one thing to do a line. Empty lines and lines that
// start with # are left out. All faulty lines are told, each as *SyntaxError.
func Parse(text string) (Script, error) {
	var script Script
	var faults []error
	for i, raw := range strings.Split(text, "\n") {
		line := strings.TrimSpace(raw)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, args, err := parseLine(line)
		if err != nil {
			faults = append(faults, &SyntaxError{i + 1, err.Error()})
			continue
		}
		script = append(script, Line{i + 1, verb, args, line})
	}
	return script, errors.Join(faults...)
}

func parseLine(line string) (string, []string, error) {
	name, rest := line, ""
	if cut := strings.IndexAny(line, " \t"); cut >= 0 {
		name, rest = line[:cut], strings.TrimSpace(line[cut:])
	}
	verb, ok := VerbNamed(name)
	if !ok {
		names := make([]string, 0, len(Verbs()))
		for _, v := range Verbs() {
			names = append(names, v.Name)
		}
		hint := "the verbs are " + strings.Join(names, ", ")
		if near, ok := spelling.Nearest(name, names); ok {
			hint = "did you mean " + near + "?"
		}
		return "", nil, fmt.Errorf("unknown verb %q; %s", name, hint)
	}
	args, err := verb.parse(rest)
	if err != nil {
		return "", nil, fmt.Errorf("%w; it is written: %s", err, verb.Usage)
	}
	return name, args, nil
}

// one takes the whole rest as one argument.
func one(rest string) ([]string, error) {
	arg, err := unquote(rest)
	if err == nil && arg == "" {
		err = errors.New("something is missing")
	}
	return []string{arg}, err
}

// two takes a name, in quotes if it has spaces, and the rest of the line, which
// may be empty only as "".
func two(rest string) ([]string, error) {
	name, value, err := cutWord(rest)
	if err != nil {
		return nil, err
	}
	if name == "" || value == "" {
		return nil, errors.New("something is missing")
	}
	value, err = unquote(value)
	return []string{name, value}, err
}

// three takes three words, in quotes if they have spaces; the last may be empty
// as "".
func three(rest string) ([]string, error) {
	first, rest, err := cutWord(rest)
	if err != nil {
		return nil, err
	}
	second, third, err := cutWord(rest)
	if err != nil {
		return nil, err
	}
	if first == "" || second == "" || third == "" {
		return nil, errors.New("something is missing")
	}
	third, err = unquote(third)
	return []string{first, second, third}, err
}

// objectURI takes an object's URI apart: the bucket, and the key.
func objectURI(rest string) ([]string, error) {
	uri, err := unquote(rest)
	if err != nil {
		return nil, err
	}
	bucket, key, ok := strings.Cut(strings.TrimPrefix(uri, "s3://"), "/")
	if !ok || bucket == "" || key == "" || !strings.HasPrefix(uri, "s3://") {
		return nil, fmt.Errorf("%q is no address of an object", uri)
	}
	return []string{bucket, key}, nil
}

// path takes names between > signs.
func path(rest string) ([]string, error) {
	var names []string
	for more := true; more; {
		var name string
		if strings.HasPrefix(rest, `"`) {
			word, after, err := cutWord(rest)
			if err != nil {
				return nil, err
			}
			if after != "" && after[0] != '>' {
				return nil, fmt.Errorf("expected > after %q", word)
			}
			name, rest, more = word, strings.TrimPrefix(after, ">"), after != ""
		} else {
			name, rest, more = strings.Cut(rest, ">")
		}
		if name = strings.TrimSpace(name); name == "" {
			return nil, errors.New("a name is missing")
		}
		names, rest = append(names, name), strings.TrimSpace(rest)
	}
	return names, nil
}

// keyNames takes names of keys between spaces.
func keyNames(rest string) ([]string, error) {
	names := strings.Fields(rest)
	if len(names) == 0 {
		return nil, errors.New("a key is missing")
	}
	for _, name := range names {
		if _, err := ParseKey(name); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// cutWord cuts the first word off, which is in quotes if it has spaces.
func cutWord(text string) (word, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		cut := strings.IndexAny(text, " \t")
		if cut < 0 {
			return text, "", nil
		}
		return text[:cut], strings.TrimSpace(text[cut:]), nil
	}
	end := closing(text)
	if end < 0 {
		return "", "", errors.New("a quote is not closed")
	}
	word, err = unquote(text[:end+1])
	return word, strings.TrimSpace(text[end+1:]), err
}

// closing is the place of the quote that ends the quoted text at the start.
func closing(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// unquote takes the quotes off a text that is wholly in quotes; \" and \\ stand
// for a quote and a backslash within. Other text stays as it is.
func unquote(text string) (string, error) {
	if len(text) < 2 || !strings.HasPrefix(text, `"`) {
		if text == `"` {
			return "", errors.New("a quote is not closed")
		}
		return text, nil
	}
	switch end := closing(text); {
	case end < 0:
		return "", errors.New("a quote is not closed")
	case end < len(text)-1:
		return text, nil
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(text[1 : len(text)-1]), nil
}
