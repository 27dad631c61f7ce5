package apigateway

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// asked is a scope with something of everything.
func asked(body string) *scope {
	return &scope{
		body: []byte(body),
		parameter: func(name string) string {
			return map[string]string{"scope": "internal", "id": "7", "quote": `a "b"`}[name]
		},
		context: func(name string) string {
			return map[string]string{"stage": "dev", "identity.sourceIp": "127.0.0.1"}[name]
		},
		stage: map[string]string{"color": "blue"},
	}
}

const pet = `{ "name": "Rex", "age": 3, "tags": ["a", "b"], "owner": {"id": 1.50, "on": true, "off": null} }`

func TestTemplates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                              ``,
		`{"statusCode": 200}`:           `{"statusCode": 200}`,
		`$context.stage/$context.none/`: `dev//`,
		`${context.identity.sourceIp}!`: `127.0.0.1!`,
		`$stageVariables.color $stageVariables['color'] ${stageVariables.none}.`: `blue blue .`,
		`$input.params('scope') $input.params("none")`:                           `internal `,
		`$input.json('$')`: `{"name":"Rex","age":3,"tags":["a","b"],"owner":{"id":1.50,"on":true,"off":null}}`,
		`$input.json('$.name') $input.json('$.none')`:                                        `"Rex" ""`,
		`$input.json('$.tags') $input.json("$.tags[1]") $input.json('$.age')`:                `["a","b"] "b" 3`,
		`$input.json("$['owner']['on']")`:                                                    `true`,
		`$input.path('$.name') $input.path('$').age $input.path('$.owner').id`:               `Rex 3 1.50`,
		`$input.path('$.tags')[0]`:                                                           `a`,
		`$input.body.`:                                                                       pet + `.`,
		`$util.escapeJavaScript($input.params('quote'))`:                                     `a \"b\"`,
		`$util.urlEncode("a b&c") $util.urlDecode('a+b%26')`:                                 `a+b%26c a b&`,
		`$util.base64Encode('hi') $util.base64Decode("aGk=")`:                                `aGk= hi`,
		`$util.parseJson('{"a":{"b":2}}').a.b`:                                               `2`,
		`#set($x = "a$input.params('id')b")$x${x}y $!x`:                                      `a7ba7by a7b`,
		`#set( $p = $input.path('$.owner') )$p.on $p.id`:                                     `true 1.50`,
		`$unset ${unset} $!unset.`:                                                           `$unset ${unset} .`,
		`$ 5$ $5 #fff a#b`:                                                                   `$ 5$ $5 #fff a#b`,
		`\$x \# a\b`:                                                                         `$x # a\b`,
		"a## comment\nb#* c *#d":                                                             "abd",
		`#if($input.params('scope') == "internal")in#{else}out#end`:                          `in`,
		`#if($input.params('scope') == 'x')a#elseif($input.params('id') == "7")b#else c#end`: `b`,
		`#if(!$none)no#end#if($none)yes#end`:                                                 `no`,
		`#if(1 < 2 && 2.0 == 2 && !(3 <= 2) || false)y#end`:                                  `y`,
		`#if("a" != 'b' && null == $none && true)y#end`:                                      `y`,
		`#if(true)#if(false)a#{else}b#end#end`:                                               `b`,
	} {
		parsed, err := parseTemplate(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := parsed.render(asked(pet)); err != nil || got != want {
			t.Errorf("%s makes\n%q (%v), want\n%q", text, got, err, want)
		}
	}
	if got, err := mustParse(t, `$input.json('$')`).render(asked("")); err != nil || got != "{}" {
		t.Errorf("an empty body is %q (%v)", got, err)
	}
}

func mustParse(t testing.TB, text string) template {
	t.Helper()
	parsed, err := parseTemplate(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// What a sandbox does not have is told, never left out.
func TestTemplatesThatAreRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\n#foreach($x in $y)#end":                    "line 2: this sandbox's templates do not have #foreach",
		`#macro(x)#end`:                                "#macro",
		`#[[ raw ]]#`:                                  "do not have #[[",
		`$input.params()`:                              "$input: params: this sandbox's templates know",
		`$input.header('x')`:                           "$input: this sandbox's templates do not have",
		`$util.time.now()`:                             "$util: this sandbox's templates do not have",
		`$input.path('$.a').size()`:                    "do not have size(…)",
		`#set($x.y = 1)`:                               "set plain variables alone",
		`#set($input = 1)`:                             "set plain variables alone",
		`#set($x = [1, 2])`:                            "no arithmetic, lists or maps",
		`#set($x = 1 + 2)`:                             `")" is missing`,
		`#set($context.responseOverride.status = 400)`: "set plain variables alone",
		`$context.responseOverride.status`:             "do not have $context.responseOverride",
		`$context`:                                     "single variables of $context alone",
		`#if(true)a`:                                   "an #if has no #end",
		`#if(true)a#else b#else c#end`:                 "an #if has no #end",
		`a#end`:                                        "#end has no #if",
		`#if(`:                                         "know texts",
		`#set($x = 'a)`:                                "a text has no end",
		`${context.stage`:                              "a ${ has no }",
		strings.Repeat("#if(true)", 60):                "nests too deep",
		`#if(` + strings.Repeat("(", 2000):             "nests too deep",
		strings.Repeat("x", maxTemplate+1):             "are allowed",
	} {
		if _, err := parseTemplate(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s is refused with %v, want %q", text, err, want)
		}
	}
	for text, want := range map[string]string{
		`$input.json('$..a')`:     "is not one of those that this sandbox has",
		`$input.path('a')`:        "is not one of those that this sandbox has",
		`$util.parseJson('x')`:    "the text is not JSON",
		`$util.base64Decode('!')`: "illegal base64",
		`#if('a' < 2)x#end`:       "< compares numbers alone",
	} {
		if _, err := mustParse(t, text).render(asked(pet)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s fails with %v, want %q", text, err, want)
		}
	}
	if _, err := mustParse(t, `$input.json('$')`).render(asked("no JSON")); err == nil {
		t.Error("a body that is no JSON is read")
	}
	double := `#set($x="0123456789")` + strings.Repeat(`#set($x="$x$x")`, 40)
	if _, err := mustParse(t, double).render(asked("")); !errors.Is(err, errRendered) {
		t.Errorf("a template without bounds ends with %v", err)
	}
}

func FuzzTemplate(f *testing.F) {
	for _, text := range []string{
		`#set($x = "a$input.params('id')b")#if($x == 'a7b' && !(1 <= 2.5))$!{x}#elseif(true)#else$util.urlEncode($input.body)#end`,
		`$input.path('$.a[0]').b$input.json("$['x']")## c`, `#* *# \$ #foreach`, `$util.parseJson($input.body)[0]`,
	} {
		f.Add(text, pet)
	}
	f.Fuzz(func(t *testing.T, text, body string) {
		parsed, err := parseTemplate(text)
		if err != nil {
			return
		}
		s := asked(body)
		s.left = 1 << 20
		out, err := parsed.render(s)
		if err == nil && len(out) > 1<<20 {
			t.Errorf("%q makes %d bytes", text, len(out))
		}
		if err == nil && utf8.ValidString(text) && utf8.ValidString(body) && !strings.Contains(text, "base64Decode") &&
			!strings.Contains(text, "urlDecode") && !utf8.ValidString(out) {
			t.Errorf("%q makes %q", text, out)
		}
	})
}
