package check

import (
	"errors"
	"fmt"
	"strings"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// sample is how many items are read at most to find the one that was meant.
const sample = 50

// item is the check function.
func (e *evaluation) item(table string, attributes map[string]any) (Findings, error) {
	want, err := itemOf(attributes)
	if err != nil {
		return nil, err
	}
	if len(want) == 0 {
		return nil, errors.New("item needs at least the attributes of the primary key")
	}
	described, wrong := e.describe(table)
	if wrong != nil {
		return wrong, nil
	}
	key, wrong := keyOf(described, want)
	if wrong != nil {
		return wrong, nil
	}
	subject := "item " + showKey(described, key)
	out, err := e.world.Cloud.DynamoDB.GetItem(e.ctx, aws.GetItemInput{TableName: table, Key: key, ConsistentRead: true})
	switch {
	case err != nil:
		return unreadable(subject, err), nil
	case len(out.Item) == 0:
		return e.missingItem(described, subject, key, want), nil
	}
	if wrong = compareItems(want, out.Item); wrong != nil {
		return wrong, nil
	}
	return holds(subject), nil
}

// keyOf takes the table's key out of the attributes wanted, or says how the
// table's key is another.
func keyOf(table aws.TableDescription, want aws.Item) (aws.Item, Findings) {
	key := make(aws.Item, len(table.KeySchema))
	for _, k := range table.KeySchema {
		value, ok := want[k.AttributeName]
		if !ok {
			f := Finding{
				Subject: "key of table " + visible(table.TableName), Expected: "attributes of the item", Found: quote(k.AttributeName),
				Cause: CauseKeyName, Advice: anew,
			}
			if near, ok := spelling.Nearest(k.AttributeName, names(want)); ok {
				f.Expected = quote(near)
			}
			return nil, Findings{f}
		}
		if t := keyType(table, k.AttributeName); t != value.Type() {
			return nil, Findings{{
				Subject: "key " + visible(k.AttributeName), Expected: value.Type().Name(), Found: t.Name(), Cause: CauseKeyType, Advice: anew,
			}}
		}
		key[k.AttributeName] = value
	}
	return key, nil
}

// showKey writes a key as people say it: Psy / Gangnam Style.
func showKey(table aws.TableDescription, key aws.Item) string {
	parts := make([]string, 0, len(table.KeySchema))
	for _, k := range table.KeySchema {
		parts = append(parts, strings.Trim(show(key[k.AttributeName]), `"`))
	}
	return strings.Join(parts, " / ")
}

// missingItem says that there is no item of this key, and which one was
// probably meant to be it.
func (e *evaluation) missingItem(table aws.TableDescription, subject string, key, want aws.Item) Findings {
	out, err := e.world.Cloud.DynamoDB.Scan(e.ctx, aws.ScanInput{
		TableName: table.TableName, Limit: aws.Some(sample), ConsistentRead: true,
	})
	if err != nil {
		return unreadable(subject, err)
	}
	if near := nearestItem(out.Items, key, want); near != nil {
		return compareKeysOf(key, near)
	}
	f := Finding{Subject: subject, Expected: "in table " + visible(table.TableName), Found: nothing, Cause: CauseNoItem}
	if n := len(out.Items); n > 0 {
		f.Found = fmt.Sprintf("%s; other items there: %d", nothing, n)
	}
	return Findings{f}
}

// nearestItem finds the item that was meant to have a key: one whose key differs
// by little, or that has the same other attributes.
func nearestItem(items []aws.Item, key, want aws.Item) aws.Item {
	var best aws.Item
	bestScore := 0
	for _, item := range items {
		alike, equal := true, 0
		for name, value := range key {
			alike = alike && spelling.Alike(show(value), show(item[name]))
		}
		for name, value := range want {
			if _, isKey := key[name]; !isKey && same(value, item[name]) {
				equal++
			}
		}
		score := equal * 2 // at least half of the other attributes are the same
		if score < len(want)-len(key) {
			score = 0
		}
		if alike {
			score += 2 * len(want)
		}
		if score > bestScore {
			best, bestScore = item, score
		}
	}
	return best
}

// compareKeysOf says in which key attributes an item is another one.
func compareKeysOf(key, item aws.Item) Findings {
	var wrong Findings
	for _, name := range names(key) {
		if f, differs := differ(visible(name), key[name], item[name]); differs {
			if f.Cause == CauseValue {
				f.Cause = CauseItemKey
			}
			f.Advice = strings.TrimSpace(f.Advice + " An item's key cannot be changed: delete the item and create it anew, or duplicate it.")
			wrong = append(wrong, f)
		}
	}
	return wrong
}

// compareItems says in which attributes an item differs from what is wanted;
// more attributes are fine.
func compareItems(want, got aws.Item) Findings {
	var wrong Findings
	for _, name := range names(want) {
		if f, differs := differ(visible(name), want[name], got[name]); differs {
			wrong = append(wrong, advised(f, name, want, got))
		}
	}
	return wrong
}

// advised says what to do about an attribute that is missing or of another type.
func advised(f Finding, name string, want, got aws.Item) Finding {
	if f.Cause == CauseType {
		f.Advice = fmt.Sprintf("Remove the attribute, and add it again as a %s.", want[name].Type().Name())
	}
	if near, ok := spelling.Nearest(name, unwanted(want, got)); ok && f.Cause == CauseAttribute {
		f.Cause, f.Found = CauseAttributeName, fmt.Sprintf("an attribute %s", quote(near))
		f.Advice = fmt.Sprintf("Attribute names count to the letter: remove %s, and add %s.", quote(near), quote(name))
	}
	return f
}

// unwanted lists the attributes that nobody asked for.
func unwanted(want, got aws.Item) []string {
	var out []string
	for _, name := range names(got) {
		if _, ok := want[name]; !ok {
			out = append(out, name)
		}
	}
	return out
}
