package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/drive/spelling"
)

// request is what a check asks of a call.
type request struct {
	operation    aws.Operation
	table, index string
	key, filter  aws.Item
	with, gives  any // decoded JSON; nil when not asked for
}

// options are the names that the third argument of called may have, each with
// what takes it in.
var options = map[string]func(*request, any) error{
	"table":  func(r *request, v any) error { return text(&r.table, v) },
	"index":  func(r *request, v any) error { return text(&r.index, v) },
	"key":    func(r *request, v any) error { return attributes(&r.key, v) },
	"filter": func(r *request, v any) error { return attributes(&r.filter, v) },
	"with":   func(r *request, v any) error { return members(&r.with, v) },
	"gives":  func(r *request, v any) error { return members(&r.gives, v) },
}

func text(to *string, v any) error {
	s, ok := v.(string)
	if !ok || s == "" {
		return fmt.Errorf("is a name, not %v", v)
	}
	*to = s
	return nil
}

func attributes(to *aws.Item, v any) error {
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("is {attribute: value, …}, not %v", v)
	}
	item, err := itemOf(object)
	*to = item
	return err
}

func members(to *any, v any) error {
	if _, ok := v.(map[string]any); !ok {
		return fmt.Errorf("is {member: value, …}, not %v", v)
	}
	out, err := decoded(v)
	*to = out
	return err
}

// parseRequest reads the arguments of called.
func parseRequest(service, operation string, given []map[string]any) (request, error) {
	var r request
	op, ok := aws.OperationNamed(aws.Service(service), operation)
	if !ok {
		known := make([]string, 0, len(aws.Operations()))
		for _, o := range aws.Operations() {
			known = append(known, o.String())
		}
		near, _ := spelling.Nearest(service+":"+operation, known)
		return r, fmt.Errorf("there is no operation %s:%s (nearest: %q)", service, operation, near)
	}
	if r.operation = op; len(given) > 1 {
		return r, errors.New("called takes one group of options")
	}
	for _, group := range given {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			take, ok := options[name]
			if !ok {
				return r, fmt.Errorf("there is no option %q; there are %s", name, strings.Join(slices.Sorted(maps.Keys(options)), ", "))
			}
			if err := take(&r, group[name]); err != nil {
				return r, fmt.Errorf("the option %s %w", name, err)
			}
		}
	}
	return r, nil
}

// called is the check function.
func (e *evaluation) called(service, operation string, given ...map[string]any) (Findings, error) {
	want, err := parseRequest(service, operation, given)
	if err != nil {
		return nil, err
	}
	var best Findings
	furthest := -1
	for _, event := range slices.Backward(e.world.Events) {
		if event.Time.Before(e.world.Since) || event.Origin == trail.OriginGuide {
			continue
		}
		wrong, got := want.compare(event)
		if wrong == nil {
			return holds(want.describe()), nil
		}
		if got > furthest {
			best, furthest = wrong, got
		}
	}
	if best == nil {
		best = Findings{{Subject: want.describe(), Expected: "a call", Found: nothing, Cause: CauseNotCalled}}
	}
	return best, nil
}

// describe names the call that is wanted.
func (r request) describe() string {
	if r.table == "" {
		return r.operation.Name
	}
	return r.operation.Name + " on " + visible(r.table)
}

// compare says what is wrong with a call, and how far it was right: the call to
// speak about is the one that came furthest.
func (r request) compare(event trail.Event) (wrong Findings, got int) {
	asked := readCall(event.In)
	if event.Operation.Service != r.operation.Service || event.Operation.Name != r.operation.Name {
		return r.instead(event, asked)
	}
	tests := []func() Findings{
		func() Findings { return r.compareTarget(asked) },
		func() Findings { return compareConditions(r.key, asked.key) },
		func() Findings { return compareConditions(r.filter, asked.filter) },
		func() Findings { return r.compareJSON("request", r.with, event.In, CauseRequest) },
		func() Findings { return r.compareOutcome(event) },
		func() Findings { return r.compareJSON("answer", r.gives, event.Out, CauseResult) },
	}
	for i, test := range tests {
		if wrong := test(); wrong != nil {
			return wrong, 2 + i
		}
	}
	return nil, 0
}

// instead says that another operation was called, which tells more when it reads
// the same table.
func (r request) instead(event trail.Event, asked call) (Findings, int) {
	reads := func(name string) bool { return name == "Query" || name == "Scan" }
	if !reads(r.operation.Name) || !reads(event.Operation.Name) || asked.table != r.table {
		return Findings{{Subject: r.describe(), Expected: "a call", Found: nothing, Cause: CauseNotCalled}}, 0
	}
	return Findings{{
		Subject: r.describe(), Expected: "a " + r.operation.Name, Found: "a " + event.Operation.Name, Cause: CauseOtherCall,
		Advice: fmt.Sprintf("Choose %s, and run it again.", r.operation.Name),
	}}, 1
}

func (r request) compareTarget(asked call) Findings {
	switch {
	case r.table != "" && asked.table != r.table:
		return Findings{{Subject: r.operation.Name, Expected: "table " + quote(r.table), Found: "table " + quote(asked.table), Cause: CauseOtherTable}}
	case r.index != "" && asked.index != r.index:
		found := "the table itself"
		if asked.index != "" {
			found = "index " + quote(asked.index)
		}
		return Findings{{Subject: r.describe(), Expected: "index " + quote(r.index), Found: found, Cause: CauseOtherTable}}
	}
	return nil
}

func (r request) compareOutcome(event trail.Event) Findings {
	switch {
	case event.Err != nil:
		return Findings{{Subject: r.describe(), Expected: "success", Found: visible(event.Err.Error()), Cause: CauseFailed}}
	case !event.Done:
		return Findings{{Subject: r.describe(), Expected: "an answer", Found: "still running", Cause: CauseRunning}}
	}
	return nil
}

// compareJSON compares members of the request or the answer.
func (r request) compareJSON(what string, want, got any, cause Cause) Findings {
	if want == nil {
		return nil
	}
	object, err := decoded(got)
	if err != nil {
		return unreadable(r.describe(), err)
	}
	path, w, g, ok := within(want, object, "", sameJSON)
	if ok {
		return nil
	}
	return Findings{{
		Subject: fmt.Sprintf("%s, %s in the %s", r.describe(), path, what), Expected: showJSON(w), Found: showJSON(g), Cause: cause,
	}}
}

// call is what the checks want to know of a request.
type call struct {
	table, index string
	key, filter  []condition
}

// readCall reads the inputs that have keys or conditions.
func readCall(in any) call {
	switch in := in.(type) {
	case aws.QueryInput:
		return call{
			in.TableName, in.IndexName,
			conditions(in.KeyConditionExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues),
			conditions(in.FilterExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues),
		}
	case aws.ScanInput:
		return call{table: in.TableName, index: in.IndexName, filter: conditions(in.FilterExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues)}
	case aws.GetItemInput:
		return call{table: in.TableName, key: equalities(in.Key)}
	case aws.UpdateItemInput:
		return call{table: in.TableName, key: equalities(in.Key)}
	case aws.DeleteItemInput:
		return call{table: in.TableName, key: equalities(in.Key)}
	case aws.PutItemInput:
		return call{table: in.TableName, key: equalities(in.Item)}
	case aws.CreateTableInput:
		return call{table: in.TableName}
	case aws.DescribeTableInput:
		return call{table: in.TableName}
	case aws.UpdateTableInput:
		return call{table: in.TableName}
	case aws.DeleteTableInput:
		return call{table: in.TableName}
	}
	return call{}
}

func equalities(key aws.Item) []condition {
	out := make([]condition, 0, len(key))
	for _, name := range names(key) {
		out = append(out, condition{name, "=", []aws.AttributeValue{key[name]}, visible(name) + " = " + show(key[name])})
	}
	return out
}

// compareConditions says for which attributes the request does not ask what is
// wanted; more conditions are fine.
func compareConditions(want aws.Item, asked []condition) Findings {
	var wrong Findings
	for _, name := range names(want) {
		if f, differs := compareCondition(name, want[name], asked); differs {
			wrong = append(wrong, f)
		}
	}
	return wrong
}

func compareCondition(name string, want aws.AttributeValue, asked []condition) (Finding, bool) {
	f := Finding{Subject: "condition", Expected: visible(name) + " = " + show(want), Found: nothing, Cause: CauseCondition}
	var others []string
	for _, c := range asked {
		switch {
		case c.name == name && c.op == "=" && len(c.values) == 1:
			f, differs := differ(visible(name), want, c.values[0])
			if f.Cause == CauseType {
				f.Advice = fmt.Sprintf("A %s never equals a %s, whatever they read like.", c.values[0].Type().Name(), want.Type().Name())
			}
			return f, differs
		case c.name == name:
			f.Found = c.text
			return f, true
		case c.name != "":
			others = append(others, c.name)
		}
	}
	if near, ok := spelling.Nearest(name, others); ok {
		f.Found, f.Cause = "a condition on "+quote(near), CauseAttributeName
		f.Advice = "Attribute names count to the letter."
	}
	return f, true
}
