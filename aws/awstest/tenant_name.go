package awstest

import (
	"cmp"
	"regexp"
	"strings"
	"sync"
)

// naming tells a tenant's names for things from the tests'. A tenant's name is the
// test's with a mark before it, of letters and digits that all kinds of names may
// have, so that taking the mark away gives the test's name wherever AWS writes
// it: in ARNs, URLs, documents and messages. A name too long to have a mark gets
// it in place of its beginning: the tests have no two that differ there alone.
type naming struct {
	mark string

	mu        sync.Mutex
	shortened map[string]string // a tenant's name → the test's, of those too long for the mark
}

// thing is something in an account, by the account's name for it.
type thing struct {
	kind *kind
	name string
}

// unique is the tenant's name for a test's.
func (n *naming) unique(k *kind, name string) string {
	before, after := k.split(name)
	if !k.takes(name) || after == "" || strings.HasPrefix(after, n.mark) {
		return name
	}
	if len(name)+len(n.mark) <= k.longest {
		return before + n.mark + after
	}
	short := before + n.mark + after[len(n.mark):]
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.shortened == nil {
		n.shortened = make(map[string]string)
	}
	n.shortened[short] = name
	return short
}

// restored is a text of AWS's with the tests' names in it.
func (n *naming) restored(text string) string {
	if !strings.Contains(text, n.mark) {
		return text
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for short, name := range n.shortened {
		text = strings.ReplaceAll(text, short, name)
	}
	return strings.ReplaceAll(text, n.mark, "")
}

// rewriting is how one call's names are made unique; it gathers them.
type rewriting struct {
	*naming
	// used are the tenant's names in the call.
	used []thing
	// ready are the ready-made roles whose ARNs are in it.
	ready []string
}

// name makes one name unique.
func (r *rewriting) name(k *kind, name string) string {
	unique := r.unique(k, name)
	if k.takes(name) {
		r.used = append(r.used, thing{k, unique})
	}
	return unique
}

// arnForms find the names in ARNs: what is before one, and the name.
var arnForms = func() map[*kind]*regexp.Regexp {
	forms := make(map[*kind]*regexp.Regexp)
	for _, k := range kinds() {
		if k.arn != "" {
			name := strings.TrimSuffix(strings.TrimPrefix(k.form.String(), "^(?s:"), ")$")
			forms[k] = regexp.MustCompile(`(arn:aws[a-z-]*:` + k.arn + `)(` + name + `)`)
		}
	}
	return forms
}()

// arns makes the names in all ARNs of a text unique.
func (r *rewriting) arns(text string) string {
	if !strings.Contains(text, "arn:aws") {
		return text
	}
	for k, form := range arnForms {
		text = form.ReplaceAllStringFunc(text, func(arn string) string {
			parts := form.FindStringSubmatch(arn)
			if k == roles && ready(parts[2]) {
				r.ready = append(r.ready, parts[2])
			}
			return parts[1] + r.name(k, parts[2])
		})
	}
	return text
}

// renames says of which members of inputs the text holds names other than in ARNs,
// by the member's name, with its type's before it where the name says too little;
// "{key}" are the keys of a map. A new operation whose names are called otherwise
// gets a row here.
var renames = map[string]func(*rewriting, string) string{
	"Bucket":                       named(buckets),
	"S3Bucket":                     named(buckets),
	"ListBucketsInput.Prefix":      beginning(buckets),
	"CopySource":                   copySource,
	"TableName":                    named(tables),
	"ExclusiveStartTableName":      startingTable,
	"RequestItems{key}":            named(tables),
	"ExclusiveStartStreamArn":      func(_ *rewriting, arn string) string { return arn }, // where a page of all streams ended
	"Statement":                    statementTables,
	"ClientRequestToken":           named(tokens),
	"FunctionName":                 functionName,
	"CreateRestApiInput.Name":      named(apis),
	"LogGroupName":                 named(groups),
	"LogGroupNamePrefix":           beginning(groups),
	"RoleName":                     named(roles),
	"CreatePolicyInput.PolicyName": named(policies),
	"Namespace":                    named(namespaces),
	// What the value of a metric's dimension names, the dimension's name says.
	"Dimension FunctionName.Value": named(functions),
	"Dimension TableName.Value":    named(tables),
	"Dimension BucketName.Value":   named(buckets),
	"Dimension ApiName.Value":      named(apis),
	"Dimension LogGroupName.Value": named(groups),
}

// local are the members that are called names and are ones within something else,
// or of none.
var local = map[string]bool{
	"AttributeName": true, "IndexName": true, "LogStreamName": true, "LogStreamNamePrefix": true, "MetricName": true, "PolicyName": true,
	"StageName": true, "FilterRule.Name": true, "Dimension.Name": true, "DimensionFilter.Name": true,
}

// text makes the names in the text of a member unique.
func (r *rewriting) text(owner, member, text string) string {
	rename := renames[owner+"."+member]
	if rename == nil {
		rename = renames[member]
	}
	if rename == nil {
		return r.arns(text)
	}
	return rename(r, text)
}

func named(k *kind) func(*rewriting, string) string {
	return func(r *rewriting, name string) string {
		if strings.HasPrefix(name, "arn:") {
			return r.arns(name)
		}
		return r.name(k, name)
	}
}

// beginning is how the beginnings of names are made those of the tenant's; none
// stays none for kinds whose mark is not always in front.
func beginning(k *kind) func(*rewriting, string) string {
	return func(r *rewriting, prefix string) string {
		before, after := k.split(prefix)
		if k == groups && strings.HasPrefix(functionLogs, prefix) {
			return prefix // the listing shows the tenant's own only
		}
		return before + r.mark + after
	}
}

// startingTable is where a list of tables starts: the tenant's are the names that
// begin with its mark.
func startingTable(r *rewriting, name string) string {
	return r.unique(tables, cmp.Or(name, r.mark))
}

// functionForm is a function's name as operations take it: with the account, and a
// version.
var functionForm = regexp.MustCompile(`^((?:\d{12}:)?(?:function:)?)([a-zA-Z0-9-_]+)(:.*)?$`)

func functionName(r *rewriting, name string) string {
	parts := functionForm.FindStringSubmatch(name)
	if parts == nil || strings.HasPrefix(name, "arn:") {
		return r.arns(name)
	}
	return parts[1] + r.name(functions, parts[2]) + parts[3]
}

// copySource is "BUCKET/KEY", perhaps with a slash before it.
func copySource(r *rewriting, source string) string {
	bucket, key, ok := strings.Cut(strings.TrimPrefix(source, "/"), "/")
	if !ok || strings.HasPrefix(source, "arn:") {
		return r.arns(source)
	}
	slash := source[:len(source)-len(strings.TrimPrefix(source, "/"))]
	return slash + r.name(buckets, bucket) + "/" + key
}

// tableForm finds in a PartiQL statement where a table's name begins; the first
// form is a text, in which there is none.
var tableForm = regexp.MustCompile(`'(?:[^']|'')*'|((?i:\b(?:from|into|update)\s+"?))(\w)`)

func statementTables(r *rewriting, statement string) string {
	return tableForm.ReplaceAllStringFunc(statement, func(part string) string {
		if strings.HasPrefix(part, "'") {
			return part
		}
		end := len(part) - 1
		return part[:end] + r.mark + part[end:]
	})
}
