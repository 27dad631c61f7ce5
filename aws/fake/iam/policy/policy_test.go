package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const account = "000000000000"

// parse reads a document that must be good.
func parse(t *testing.T, text string) Document {
	t.Helper()
	d, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d
}

// statementOf makes a document of one statement.
func statementOf(t *testing.T, members string) Document {
	t.Helper()
	return parse(t, `{"Version":"2012-10-17","Statement":{`+members+`}}`)
}

func TestActionsAndResources(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		statement, action, resource string
		want                        Decision
	}{
		{`"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"`, "s3:GetObject", "arn:aws:s3:::b/a/b.jpg", Allow},
		{`"Effect":"Allow","Action":"s3:getobject","Resource":"arn:aws:s3:::b/*"`, "s3:GetObject", "arn:aws:s3:::b/k", Allow},
		{`"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"`, "s3:GetObject", "arn:aws:s3:::B/k", Neither},
		{`"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"`, "s3:GetObject", "arn:aws:s3:::b", Neither},
		{`"Effect":"Allow","Action":"s3:Get*","Resource":"*"`, "s3:GetObject", "arn:aws:s3:::b/k", Allow},
		{`"Effect":"Allow","Action":"s3:Get*","Resource":"*"`, "s3:PutObject", "arn:aws:s3:::b/k", Neither},
		{`"Effect":"Allow","Action":["s3:Put*","s3:???Object"],"Resource":"*"`, "s3:GetObject", "arn:aws:s3:::b/k", Allow},
		{`"Effect":"Deny","Action":"*","Resource":"*"`, "s3:GetObject", "arn:aws:s3:::b/k", Deny},
		{`"Effect":"Allow","NotAction":"iam:*","Resource":"*"`, "s3:GetObject", "arn:aws:s3:::b/k", Allow},
		{`"Effect":"Allow","NotAction":"iam:*","Resource":"*"`, "iam:GetRole", "arn:aws:iam::1:role/r", Neither},
		{`"Effect":"Allow","Action":"*","NotResource":["arn:aws:s3:::b/*","arn:aws:s3:::b"]`, "s3:ListBucket", "arn:aws:s3:::b", Neither},
		{`"Effect":"Allow","Action":"*","NotResource":["arn:aws:s3:::b/*","arn:aws:s3:::b"]`, "s3:ListBucket", "arn:aws:s3:::c", Allow},
		{`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::image-*/*"`, "s3:GetObject", "arn:aws:s3:::image-1/k", Allow},
		{`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:PrincipalAccount}/*"`, "s3:GetObject", "arn:aws:s3:::" + account + "/k", Allow},
		{`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}/*"`, "s3:GetObject", "arn:aws:s3:::/k", Neither},
		{`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username, 'nobody'}/*"`, "s3:GetObject", "arn:aws:s3:::nobody/k", Allow},
		{`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${*}"`, "s3:GetObject", "arn:aws:s3:::b/k", Neither},
		{`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${*}"`, "s3:GetObject", "arn:aws:s3:::b/*", Allow},
	} {
		r := Request{Action: c.action, Resource: c.resource, Conditions: map[string]string{"aws:PrincipalAccount": account}}
		if got := statementOf(t, c.statement).Decide(r); got != c.want {
			t.Errorf("{%s} says %d to %s on %s, want %d", c.statement, got, c.action, c.resource, c.want)
		}
	}
}

func TestVariablesNeedTheNewerVersion(t *testing.T) {
	t.Parallel()
	d := parse(t, `{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${a:b}/k"}}`)
	r := Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::x/k", Conditions: map[string]string{"a:b": "x"}}
	if d.Decide(r) != Neither {
		t.Error("an old document took a variable")
	}
	r.Resource = "arn:aws:s3:::${a:b}/k"
	if d.Decide(r) != Allow {
		t.Error("an old document did not take the text itself")
	}
}

func TestDenyStandsAgainstAllow(t *testing.T) {
	t.Parallel()
	allow := statementOf(t, `"Effect":"Allow","Action":"*","Resource":"*"`)
	deny := statementOf(t, `"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"`)
	for _, documents := range [][]Document{{allow, deny}, {deny, allow}} {
		if got := Decide(documents, Request{Action: "s3:DeleteObject", Resource: "arn:aws:s3:::b/k"}); got != Deny {
			t.Errorf("together they say %d", got)
		}
		if got := Decide(documents, Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k"}); got != Allow {
			t.Errorf("together they say %d", got)
		}
	}
	if Decide(nil, Request{Action: "s3:GetObject"}) != Neither {
		t.Error("no documents say something")
	}
}

func TestPrincipals(t *testing.T) {
	t.Parallel()
	session := "arn:aws:sts::" + account + ":assumed-role/r/s"
	for _, c := range []struct {
		principal, who string
		want           Decision
	}{
		{`"Principal":"*"`, "", Allow},
		{`"Principal":{"AWS":"*"}`, session, Allow},
		{`"Principal":{"Service":"s3.amazonaws.com"}`, "s3.amazonaws.com", Allow},
		{`"Principal":{"Service":["s3.amazonaws.com","sns.amazonaws.com"]}`, "sns.amazonaws.com", Allow},
		{`"Principal":{"Service":"s3.amazonaws.com"}`, "sns.amazonaws.com", Neither},
		{`"Principal":{"Service":"s3.amazonaws.com"}`, "", Neither},
		{`"Principal":{"AWS":"` + account + `"}`, session, Allow},
		{`"Principal":{"AWS":"111111111111"}`, session, Neither},
		{`"Principal":{"AWS":"arn:aws:iam::` + account + `:root"}`, session, Allow},
		{`"Principal":{"AWS":"arn:aws:iam::111111111111:root"}`, session, Neither},
		{`"Principal":{"AWS":"arn:aws:iam::` + account + `:role/r"}`, session, Allow},
		{`"Principal":{"AWS":"arn:aws:iam::` + account + `:role/service-role/r"}`, session, Allow},
		{`"Principal":{"AWS":"arn:aws:iam::` + account + `:role/q"}`, session, Neither},
		{`"Principal":{"AWS":"arn:aws:iam::` + account + `:user/r"}`, session, Neither},
		{`"Principal":{"AWS":"` + session + `"}`, session, Allow},
		{`"NotPrincipal":{"AWS":"` + account + `"}`, session, Neither},
		{`"NotPrincipal":{"AWS":"111111111111"}`, session, Allow},
	} {
		d := statementOf(t, c.principal+`,"Effect":"Allow","Action":"*","Resource":"*"`)
		if got := d.Decide(Request{Principal: c.who, Action: "s3:GetObject", Resource: "*"}); got != c.want {
			t.Errorf("{%s} says %d to %q, want %d", c.principal, got, c.who, c.want)
		}
	}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"aws:SourceArn": "arn:aws:s3:::image-1", "aws:SourceAccount": account, "aws:SourceIp": "10.1.2.3",
		"aws:SecureTransport": "true", "aws:CurrentTime": "2026-11-22T12:00:00Z", "s3:max-keys": "10", "s3:prefix": "a*",
	}
	for condition, want := range map[string]bool{
		`"StringEquals":{"AWS:SourceAccount":"` + account + `"}`:                                                      true,
		`"StringEquals":{"AWS:SourceAccount":"1"}`:                                                                    false,
		`"StringEquals":{"aws:SourceAccount":["1","` + account + `"]}`:                                                true,
		`"StringEquals":{"aws:SourceAccount":"0*"}`:                                                                   false,
		`"StringEquals":{"s3:prefix":"a*"}`:                                                                           true,
		`"StringEquals":{"aws:none":"x"}`:                                                                             false,
		`"StringEqualsIfExists":{"aws:none":"x"}`:                                                                     true,
		`"StringNotEquals":{"aws:none":"x"}`:                                                                          true,
		`"StringNotEquals":{"aws:SourceAccount":["1","` + account + `"]}`:                                             false,
		`"StringNotEquals":{"aws:SourceAccount":["1","2"]}`:                                                           true,
		`"StringEqualsIgnoreCase":{"aws:SecureTransport":"TRUE"}`:                                                     true,
		`"StringLike":{"aws:SourceAccount":"0?0*"}`:                                                                   true,
		`"StringNotLike":{"aws:SourceAccount":"0*"}`:                                                                  false,
		`"ArnLike":{"aws:SourceArn":"arn:aws:s3:::image-*"}`:                                                          true,
		`"ArnLike":{"aws:SourceArn":"arn:aws:*:image-1"}`:                                                             false,
		`"ArnEquals":{"aws:SourceArn":"arn:aws:s3:*:*:image-1"}`:                                                      true,
		`"ArnNotLike":{"aws:SourceArn":"arn:aws:s3:::other"}`:                                                         true,
		`"NumericLessThan":{"s3:max-keys":"10.5"}`:                                                                    true,
		`"NumericLessThanEquals":{"s3:max-keys":10}`:                                                                  true,
		`"NumericGreaterThan":{"s3:max-keys":9}`:                                                                      true,
		`"NumericEquals":{"s3:max-keys":"ten"}`:                                                                       false,
		`"NumericNotEquals":{"s3:max-keys":"10.0"}`:                                                                   false,
		`"NumericEquals":{"aws:SecureTransport":1}`:                                                                   false,
		`"DateGreaterThan":{"aws:CurrentTime":"2026-11-22"}`:                                                          true,
		`"DateLessThan":{"aws:CurrentTime":"2026-11-22T12:00:00.000Z"}`:                                               false,
		`"DateEquals":{"aws:CurrentTime":"1795348800"}`:                                                               true,
		`"Bool":{"aws:SecureTransport":true}`:                                                                         true,
		`"Bool":{"aws:SecureTransport":"false"}`:                                                                      false,
		`"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}`:                                                                   true,
		`"NotIpAddress":{"aws:SourceIp":["10.1.2.3"]}`:                                                                false,
		`"Null":{"aws:none":"true"}`:                                                                                  true,
		`"Null":{"aws:SourceIp":"true"}`:                                                                              false,
		`"ForAllValues:StringEquals":{"aws:none":"x"}`:                                                                true,
		`"ForAnyValue:StringEquals":{"aws:none":"x"}`:                                                                 false,
		`"ForAnyValue:StringLike":{"aws:SourceIp":"10.*"}`:                                                            true,
		`"StringEquals":{"aws:SourceAccount":"` + account + `"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::image-1"}`:   true,
		`"StringEquals":{"aws:SourceAccount":"` + account + `"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::elsewhere"}`: false,
		`"StringEquals":{"aws:SourceAccount":"` + account + `","aws:SourceIp":"1.1.1.1"}`:                             false,
		`"StringLike":{"aws:SourceArn":"arn:aws:s3:::${aws:SecureTransport}"}`:                                        false,
		`"StringLike":{"aws:SourceAccount":"${aws:SourceAccount}"}`:                                                   true,
		`"BinaryEquals":{"s3:max-keys":"AA=="}`:                                                                       false,
	} {
		d := statementOf(t, `"Effect":"Allow","Action":"*","Resource":"*","Condition":{`+condition+`}`)
		if got := d.Decide(Request{Action: "s3:GetObject", Resource: "*", Conditions: values}) == Allow; got != want {
			t.Errorf("{%s} holds: %v, want %v", condition, got, want)
		}
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	t.Parallel()
	whole := func(statement string) string { return `{"Version":"2012-10-17","Statement":[{` + statement + `}]}` }
	for text, want := range map[string]Fault{
		``:                 {At: "", Text: InvalidJSON},
		`{"Version":`:      {At: "", Text: InvalidJSON},
		`{} {}`:            {At: "", Text: InvalidJSON},
		`[]`:               {At: "", Text: SyntaxErrors},
		`null`:             {At: "", Text: SyntaxErrors},
		`{}`:               {At: "Statement", Text: SyntaxErrors},
		`{"Statement":[]}`: {At: "Statement", Text: SyntaxErrors},
		`{"Version":"2020-01-01","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`: {At: "Version", Text: SyntaxErrors},
		`{"version":"2012-10-17"}`:                                                                          {At: "", Text: SyntaxErrors},
		`{"Version":"2012-10-17","Version":"2012-10-17"}`:                                                   {At: "", Text: SyntaxErrors},
		`{"Version":1}`:                                                                                     {At: "Version", Text: SyntaxErrors},
		`{"Statement":["x"]}`:                                                                               {At: "Statement[0]", Text: SyntaxErrors},
		whole(`"Action":"*","Resource":"*"`):                                                                {At: "Statement[0].Effect", Text: SyntaxErrors},
		whole(`"Effect":"allow","Action":"*"`):                                                              {At: "Statement[0].Effect", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Resource":"*"`):                                                            {At: "Statement[0].Action", Text: NoActions},
		whole(`"Effect":"Allow","Action":[],"Resource":"*"`):                                                {At: "Statement[0].Action", Text: NoActions},
		whole(`"Effect":"Allow","Action":"GetObject"`):                                                      {At: "Statement[0].Action", Text: ActionVendor},
		whole(`"Effect":"Allow","Action":"s3:Get:Object"`):                                                  {At: "Statement[0].Action", Text: ActionColons},
		whole(`"Effect":"Allow","Action":7`):                                                                {At: "Statement[0].Action", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Action":null`):                                                             {At: "Statement[0].Action", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Action":"*","NotAction":"*"`):                                              {At: "Statement[0].NotAction", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Action":"*","Resource":"b/*"`):                                             {At: "Statement[0].Resource", Text: `Resource b/* must be in ARN format or "*".`},
		whole(`"Effect":"Allow","Action":"*","Resource":"arn:aws:s3"`):                                      {At: "Statement[0].Resource", Text: "The policy failed legacy parsing"},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringIs":{"a":1}}`):              {At: "Statement[0].Condition.StringIs", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":{}}}`):                 {At: "Statement[0].Condition.Bool.a", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Condition":[]`):                                {At: "Statement[0].Condition", Text: SyntaxErrors},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Principal":"me"`):                              {At: "Statement[0].Principal", Text: `Invalid principal in policy: "STAR":"me"`},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Principal":{"AWS":"me"}`):                      {At: "Statement[0].Principal.AWS", Text: `Invalid principal in policy: "AWS":"me"`},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Principal":{"Service":"lambda"}`):              {At: "Statement[0].Principal.Service", Text: `Invalid principal in policy: "SERVICE":"lambda"`},
		whole(`"Effect":"Allow","Action":"*","Resource":"*","Principal":{}`):                                {At: "Statement[0].Principal", Text: SyntaxErrors},
		`{"Statement":[{"Sid":"a","Effect":"Deny","Action":"*"},{"Sid":"a","Effect":"Deny","Action":"*"}]}`: {At: "Statement[1].Sid", Text: SameSid},
	} {
		_, err := Parse(text)
		var got *Fault
		if !errors.As(err, &got) {
			t.Errorf("%s: error is %v", text, err)
		} else if got.At != want.At || got.Text != want.Text || got.What == "" {
			t.Errorf("%s:\n%+v, want\n%+v", text, *got, want)
		}
	}
}

func TestKindsOfDocument(t *testing.T) {
	t.Parallel()
	const (
		identity = `"Effect":"Allow","Action":"s3:GetObject","Resource":"*"`
		trust    = `"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}`
		attached = `"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Principal":"*"`
		neither  = `"Effect":"Allow","Action":"s3:GetObject"`
	)
	for _, c := range []struct {
		check     func(Document) error
		statement string
		want      string
	}{
		{Document.Identity, identity, ""},
		{Document.Identity, attached, HasPrincipal},
		{Document.Identity, trust, HasPrincipal},
		{Document.Identity, neither, NoResources},
		{Document.Trust, trust, ""},
		{Document.Trust, identity, MissingPrincipal},
		{Document.Trust, attached, HasResource},
		{Document.Trust, neither + `,"Principal":"*"`, NotAssumeRole},
		{Document.Attached, attached, ""},
		{Document.Attached, identity, MissingPrincipal},
		{Document.Attached, trust, NoResources},
	} {
		err := c.check(statementOf(t, c.statement))
		var got *Fault
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &got) || got.Text != c.want) {
			t.Errorf("{%s}: %v, want %q", c.statement, err, c.want)
		}
	}
	if err := parse(t, `{"Statement":{`+identity+`}}`).Identity(); err == nil {
		t.Error("an identity policy of the old version was taken")
	}
}

// TestGlobIsWhatTheRegexpSays compares the matcher with Go's regular expressions.
func TestGlobIsWhatTheRegexpSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[ab*?]{0,8}`).Draw(t, "pattern")
		text := rapid.StringMatching(`[ab]{0,10}`).Draw(t, "text")
		want := regexp.MustCompile("^" + strings.NewReplacer("*", ".*", "?", ".").Replace(pattern) + "$").MatchString(text)
		if got := glob(appendWild(nil, pattern), []rune(text)); got != want {
			t.Fatalf("%q matches %q: %v, want %v", pattern, text, got, want)
		}
	})
}

// TestDecisionDoesNotMindOrder: what a document says is the same in whatever
// order its statements stand, and a Deny is never lost by adding to it.
func TestDecisionDoesNotMindOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf(`{"Effect":%q,%q:%q,%q:%q}`,
				rapid.SampledFrom([]string{"Allow", "Deny"}).Draw(t, "effect"),
				rapid.SampledFrom([]string{"Action", "NotAction"}).Draw(t, "kind"),
				rapid.SampledFrom([]string{"s3:*", "s3:GetObject", "*", "iam:*"}).Draw(t, "action"),
				rapid.SampledFrom([]string{"Resource", "NotResource"}).Draw(t, "kind"),
				rapid.SampledFrom([]string{"*", "arn:aws:s3:::b/*", "arn:aws:s3:::c"}).Draw(t, "resource"))
		})
		statements := rapid.SliceOfN(one, 1, 5).Draw(t, "statements")
		request := Request{
			Action:   rapid.SampledFrom([]string{"s3:GetObject", "s3:PutObject", "iam:GetRole"}).Draw(t, "action"),
			Resource: rapid.SampledFrom([]string{"arn:aws:s3:::b/k", "arn:aws:s3:::c"}).Draw(t, "resource"),
		}
		decide := func(list []string) Decision {
			d, err := Parse(`{"Version":"2012-10-17","Statement":[` + strings.Join(list, ",") + `]}`)
			if err != nil {
				t.Fatal(err)
			}
			return d.Decide(request)
		}
		want := decide(statements)
		if got := decide(rapid.Permutation(statements).Draw(t, "order")); got != want {
			t.Fatalf("another order says %d, not %d", got, want)
		}
		if got := decide(append(statements, one.Draw(t, "more"))); got < want {
			t.Fatalf("a statement more says %d instead of %d", got, want)
		}
	})
}

// FuzzParse: no document does harm, what is taken is JSON, and what is refused
// says why in AWS's words.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-west-2:000000000000:function:F","Condition":{"StringEquals":{"AWS:SourceAccount":"000000000000"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::b"}}}]}`,
		`{"Statement":{"Effect":"Deny","NotAction":["s3:*"],"NotResource":"*","Condition":{"NumericLessThan":{"s3:max-keys":1e999999999}}}}`,
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${a}${${*}","Condition":{"ForAnyValue:DateLessThanIfExists":{"a":["2026-01-01T00:00:00Z",7,true]}}}}`,
		`[[[[`, `{"Statement":null}`, "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(text)
		if err != nil {
			var fault *Fault
			if !errors.As(err, &fault) || fault.Text == "" || fault.What == "" {
				t.Fatalf("error is %#v", err)
			}
			return
		}
		if !json.Valid([]byte(text)) {
			t.Fatal("what is no JSON was taken")
		}
		for _, check := range []func() error{d.Identity, d.Trust, d.Attached} {
			if err := check(); err != nil && !errors.As(err, new(*Fault)) {
				t.Fatalf("error is %#v", err)
			}
		}
		r := Request{Principal: "s3.amazonaws.com", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", Conditions: map[string]string{"a": text}}
		if d.Decide(r) != Decide([]Document{{}, d}, r) {
			t.Fatal("a document that says nothing changes the decision")
		}
	})
}
