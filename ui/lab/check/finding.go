package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Finding is one thing that a check looked at.
type Finding struct {
	OK      bool   `json:"ok"`
	Subject string `json:"subject"` // "Artist", "table Music"
	// Expected and Found say what was wanted and what is there, as short as
	// they can be told; spaces that count are visible in them. "" when OK.
	Expected string `json:"expected,omitempty"`
	Found    string `json:"found,omitempty"`
	Cause    Cause  `json:"cause,omitempty"`
	Advice   string `json:"advice,omitempty"` // what to do about it
	// Late is that in an account, what was done may only not be seen yet.
	Late bool `json:"late,omitempty"`
}

// Passing reports whether what is wrong may go away by itself: checking again in a
// moment helps.
func (f Finding) Passing() bool { return !f.OK && (f.Late || f.Cause.Passing()) }

// String is the finding in one line, without the advice.
func (f Finding) String() string {
	if f.OK {
		return f.Subject
	}
	return fmt.Sprintf("%s: expected %s, found %s", f.Subject, f.Expected, f.Found)
}

// Findings is what a check function returns: one for what holds, or one for
// each thing that does not.
type Findings []Finding

// OK reports whether all of it holds.
func (fs Findings) OK() bool {
	for _, f := range fs {
		if !f.OK {
			return false
		}
	}
	return true
}

func holds(subject string) Findings { return Findings{{OK: true, Subject: subject}} }

// nothing stands for what is not there.
const nothing = "—"

// Cause is why a check does not hold.
type Cause string

// The causes.
const (
	CauseFalse         Cause = "false"
	CauseUnreadable    Cause = "unreadable"
	CauseNoTable       Cause = "no-table"
	CauseTableName     Cause = "table-name"
	CauseTableExists   Cause = "table-exists"
	CauseCreating      Cause = "creating"
	CauseDeleting      Cause = "deleting"
	CauseKeyName       Cause = "key-name"
	CauseKeyType       Cause = "key-type"
	CauseKeyMissing    Cause = "key-missing"
	CauseKeyExtra      Cause = "key-extra"
	CauseNoItem        Cause = "no-item"
	CauseItemKey       Cause = "item-key"
	CauseAttribute     Cause = "attribute-missing"
	CauseAttributeName Cause = "attribute-name"
	CauseType          Cause = "type"
	CauseValue         Cause = "value"
	CauseSpace         Cause = "space"
	CauseNotCalled     Cause = "not-called"
	CauseOtherCall     Cause = "other-call"
	CauseOtherTable    Cause = "other-table"
	CauseCondition     Cause = "condition"
	CauseRequest       Cause = "request"
	CauseRunning       Cause = "running"
	CauseFailed        Cause = "failed"
	CauseResult        Cause = "result"

	CauseNoBucket     Cause = "no-bucket"
	CauseBucketName   Cause = "bucket-name"
	CauseBucketExists Cause = "bucket-exists"
	CauseNotYours     Cause = "not-yours"
	CauseRegion       Cause = "region"
	CauseNoObject     Cause = "no-object"
	CauseObjectKey    Cause = "object-key"
	CauseObjectExists Cause = "object-exists"
	CauseNoPicture    Cause = "no-picture"
	CauseTooLarge     Cause = "too-large"

	CauseNoFunction     Cause = "no-function"
	CauseFunctionName   Cause = "function-name"
	CauseFunctionExists Cause = "function-exists"
	CauseUpdating       Cause = "updating"
	CauseRuntime        Cause = "runtime"
	CauseRole           Cause = "role"
	CauseHandler        Cause = "handler"
	CauseSetting        Cause = "setting"
	CauseDefaultCode    Cause = "default-code"
	CauseCodeFile       Cause = "code-file"
	CauseCodeText       Cause = "code-text"
	CauseNoTrigger      Cause = "no-trigger"
	CauseTriggerEvents  Cause = "trigger-events"
	CauseTriggerFilter  Cause = "trigger-filter"
	CauseNoPermission   Cause = "no-permission"
	CauseEvent          Cause = "event"
	CauseFunctionFailed Cause = "function-failed"

	CauseNoAPI         Cause = "no-api"
	CauseAPIName       Cause = "api-name"
	CauseNoResource    Cause = "no-resource"
	CauseResourcePath  Cause = "resource-path"
	CauseNoMethod      Cause = "no-method"
	CauseAuthorization Cause = "authorization"
	CauseIntegration   Cause = "integration"
	CauseNoStage       Cause = "no-stage"
	CauseStageName     Cause = "stage-name"
	CauseNotDeployed   Cause = "not-deployed"
	CausePermitted     Cause = "permitted"
	CauseNoRequests    Cause = "no-requests"

	CauseNoData     Cause = "no-data"
	CauseNoLog      Cause = "no-log"
	CauseNoMessage  Cause = "no-message"
	CauseNoRole     Cause = "no-role"
	CauseNotAllowed Cause = "not-allowed"
)

// CauseInfo is a row of the cause table.
type CauseInfo struct {
	Cause Cause
	Help  string
	// Passing causes go away by themselves: checking again in a moment helps.
	Passing bool
}

// Causes is the table of causes.
func Causes() []CauseInfo {
	return []CauseInfo{
		{CauseFalse, "an expression without a check function is false", false},
		{CauseUnreadable, "the state could not be read: no permission, no connection", false},
		{CauseNoTable, "there is no such table", false},
		{CauseTableName, "there is a table of nearly that name", false},
		{CauseTableExists, "the table is still there", false},
		{CauseCreating, "the table, or the function, is still being created", true},
		{CauseDeleting, "the table is still being deleted", true},
		{CauseKeyName, "a key attribute of the table has another name", false},
		{CauseKeyType, "a key attribute of the table has another type", false},
		{CauseKeyMissing, "the table has no sort key", false},
		{CauseKeyExtra, "the table has a sort key that it should not have", false},
		{CauseNoItem, "there is no such item", false},
		{CauseItemKey, "there is an item with nearly that key", false},
		{CauseAttribute, "an attribute is missing", false},
		{CauseAttributeName, "an attribute of nearly that name is there instead", false},
		{CauseType, "a value has another type", false},
		{CauseValue, "a value is another one", false},
		{CauseSpace, "only the spaces of a name or value differ", false},
		{CauseNotCalled, "the operation has not been called", false},
		{CauseOtherCall, "another operation was called instead", false},
		{CauseOtherTable, "it was called on another table or index", false},
		{CauseCondition, "the request asks something else of an attribute, or nothing", false},
		{CauseRequest, "another member of the request differs", false},
		{CauseRunning, "the call has not ended yet", true},
		{CauseFailed, "the call failed", false},
		{CauseResult, "the call, or the function, answered something else", false},
		{CauseNoBucket, "there is no such bucket", false},
		{CauseBucketName, "there is a bucket of nearly that name", false},
		{CauseBucketExists, "the bucket is still there", false},
		{CauseNotYours, "the bucket is somebody else's", false},
		{CauseRegion, "the bucket is in another region", false},
		{CauseNoObject, "there is no such object", false},
		{CauseObjectKey, "there is an object with nearly that key", false},
		{CauseObjectExists, "the object is still there", false},
		{CauseNoPicture, "the object is no picture", false},
		{CauseTooLarge, "the picture is larger than a thumbnail", false},
		{CauseNoFunction, "there is no such function", false},
		{CauseFunctionName, "there is a function of nearly that name", false},
		{CauseFunctionExists, "the function is still there", false},
		{CauseUpdating, "the function is still being changed", true},
		{CauseRuntime, "the function has another runtime", false},
		{CauseRole, "the function has another execution role", false},
		{CauseHandler, "the function has another handler", false},
		{CauseSetting, "another setting of the function, the object or the API differs", false},
		{CauseDefaultCode, "the function still has the code of a new one", false},
		{CauseCodeFile, "the function's code lacks a file", false},
		{CauseCodeText, "a file of the function's code lacks a text", false},
		{CauseNoTrigger, "the bucket does not tell the function of its events", false},
		{CauseTriggerEvents, "the trigger is for other events", false},
		{CauseTriggerFilter, "the trigger has another prefix or suffix", false},
		{CauseNoPermission, "the function does not let the trigger's service invoke it", false},
		{CauseEvent, "the function was given another event", false},
		{CauseFunctionFailed, "the function failed", false},
		{CauseNoAPI, "there is no such REST API", false},
		{CauseAPIName, "there is a REST API of nearly that name", false},
		{CauseNoResource, "the API has no such resource", false},
		{CauseResourcePath, "the API has a resource of nearly that path", false},
		{CauseNoMethod, "the resource has no such method", false},
		{CauseAuthorization, "the method asks for another authorization", false},
		{CauseIntegration, "the method leads elsewhere than to the function", false},
		{CauseNoStage, "the API has no such stage", false},
		{CauseStageName, "the API has a stage of nearly that name", false},
		{CauseNotDeployed, "what is deployed to the stage lacks the method", false},
		{CausePermitted, "the function still lets the trigger's service invoke it", false},
		{CauseNoRequests, "the API has had fewer such requests", true},
		{CauseNoData, "the metric has counted less", true},
		{CauseNoLog, "the function has no log group", false},
		{CauseNoMessage, "the function's log has no such message", false},
		{CauseNoRole, "there is no such role", false},
		{CauseNotAllowed, "the role's policies do not allow it", false},
	}
}

// Passing reports whether the cause goes away by itself.
func (c Cause) Passing() bool {
	for _, info := range Causes() {
		if info.Cause == c {
			return info.Passing
		}
	}
	return false
}

// longest bounds what a finding shows of one text, in characters.
const longest = 80

// quote shows a text in quotes, with what the eye would miss made visible: the
// spaces at its ends as ␠, several spaces in a row too, and other invisible
// characters by their code. The result is safe for a terminal.
func quote(text string) string { return `"` + visible(text) + `"` }

func visible(text string) string {
	var runes []rune
	for _, r := range text {
		if runes = append(runes, r); len(runes) > longest {
			break
		}
	}
	var b strings.Builder
	for i, r := range runes {
		atEdge := i == 0 || i == len(runes)-1 || runes[i-1] == ' ' || runes[i+1] == ' '
		switch {
		case i == longest:
			b.WriteString("…")
		case r == ' ' && atEdge:
			b.WriteRune('␠')
		case r == utf8.RuneError || !unicode.IsPrint(r):
			fmt.Fprintf(&b, "\\u{%x}", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
