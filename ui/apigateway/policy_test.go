package apigateway

import (
	"testing"

	"pgregory.net/rapid"
)

// FuzzParsePolicy: no policy makes the console fail, whatever it is.
func FuzzParsePolicy(f *testing.F) {
	f.Add(`{"Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Condition":{"ArnLike":{"AWS:SourceArn":"*"}}}]}`)
	f.Add(`{"Statement":[{"Principal":"*","Action":["a"],"Condition":{"ArnLike":{"AWS:SourceArn":[1,null]}}}]}`)
	f.Fuzz(func(t *testing.T, document string) {
		statements, err := parsePolicy(document)
		if err != nil && statements != nil {
			t.Fatal("statements and an error")
		}
		if lets(statements, "arn:aws:execute-api:us-west-2:000000000000:a/*/*/b", "000000000000") && len(statements) == 0 {
			t.Fatal("nothing allows it")
		}
	})
}

// TestLike holds the patterns against the plain definition of what * means.
func TestLike(t *testing.T) {
	t.Parallel()
	var slow func(pattern, text string) bool
	slow = func(pattern, text string) bool {
		switch {
		case pattern == "":
			return text == ""
		case pattern[0] == '*':
			return slow(pattern[1:], text) || text != "" && slow(pattern, text[1:])
		case text == "":
			return false
		}
		return (pattern[0] == '?' || pattern[0] == text[0]) && slow(pattern[1:], text[1:])
	}
	rapid.Check(t, func(t *rapid.T) {
		pattern, text := rapid.StringMatching(`[ab*?]{0,8}`).Draw(t, "pattern"), rapid.StringMatching(`[ab]{0,8}`).Draw(t, "text")
		if like(pattern, text) != slow(pattern, text) {
			t.Fatalf("like(%q, %q) is %v", pattern, text, like(pattern, text))
		}
	})
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	const source = "arn:aws:execute-api:us-west-2:000000000000:abc/*/*/FAQ"
	policy := func(statement string) string { return `{"Statement":[` + statement + `]}` }
	const gateway = `"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction"`
	for document, want := range map[string]bool{
		policy(`{` + gateway + `}`): true,
		policy(`{` + gateway + `,"Condition":{"ArnLike":{"AWS:SourceArn":"` + source + `"}}}`):                                     true,
		policy(`{` + gateway + `,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:us-west-2:000000000000:abc/*"}}}`):   true,
		policy(`{` + gateway + `,"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:us-west-2:000000000000:other/*"}}}`): false,
		policy(`{` + gateway + `,"Condition":{"StringEquals":{"AWS:SourceAccount":"111122223333"}}}`):                              false,
		policy(`{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction"}`):                   false,
		policy(`{"Effect":"Allow","Principal":"*","Action":"lambda:*"},{"Effect":"Deny","Principal":"*","Action":"*"}`):            false,
		policy(``): false,
	} {
		statements, err := parsePolicy(document)
		if err != nil {
			t.Fatal(err)
		}
		if lets(statements, source, "000000000000") != want {
			t.Errorf("%s: not %v", document, want)
		}
	}
}
