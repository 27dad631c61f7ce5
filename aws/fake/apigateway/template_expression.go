package apigateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// roots are the variables that API Gateway gives.
var roots = []string{"input", "context", "stageVariables", "util"}

// operators are those between two values, the weakest first; those of one rank
// stand together.
var operators = [][]string{{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}}

var number = regexp.MustCompile(`^-?\d+(\.\d+)?`)

// expression reads an expression.
func (p *parser) expression() (expression, error) { return p.ranked(0) }

// ranked reads an expression of operators from a rank on.
func (p *parser) ranked(rank int) (expression, error) {
	if rank == len(operators) {
		return p.operand()
	}
	left, err := p.ranked(rank + 1)
	if err != nil {
		return nil, err
	}
	for {
		operator := ""
		p.space()
		for _, o := range operators[rank] {
			if p.take(o) {
				operator = o
				break
			}
		}
		if operator == "" {
			return left, nil
		}
		right, err := p.ranked(rank + 1)
		if err != nil {
			return nil, err
		}
		left = operation(operator, left, right)
	}
}

// operation joins two values.
func operation(operator string, left, right expression) expression {
	return func(s *scope) (any, error) {
		a, err := left(s)
		if err != nil {
			return nil, err
		}
		if operator == "||" && truth(a) || operator == "&&" && !truth(a) {
			return operator == "||", nil
		}
		b, err := right(s)
		if err != nil {
			return nil, err
		}
		switch operator {
		case "||", "&&":
			return truth(b), nil
		case "==":
			return equal(a, b), nil
		case "!=":
			return !equal(a, b), nil
		}
		return ordered(operator, a, b)
	}
}

// ordered compares two numbers.
func ordered(operator string, a, b any) (any, error) {
	x, y, ok := numbers(a, b)
	switch {
	case !ok:
		return nil, fmt.Errorf("%s compares numbers alone", operator)
	case operator == "<":
		return x < y, nil
	case operator == ">":
		return x > y, nil
	case operator == "<=":
		return x <= y, nil
	}
	return x >= y, nil
}

// operand reads one value.
func (p *parser) operand() (expression, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errDepth
	}
	defer func() { p.depth-- }()
	p.space()
	rest := p.text[p.at:]
	switch {
	case p.peek("("):
		return p.group()
	case p.take("!"):
		value, err := p.operand()
		return func(s *scope) (any, error) {
			v, err := value(s)
			return !truth(v), err
		}, err
	case p.peek("'"), p.peek(`"`):
		return p.quoted()
	case number.MatchString(rest):
		text := number.FindString(rest)
		p.at += len(text)
		return constant(json.Number(text)), nil
	case p.take("$"):
		p.take("!")
		braces := p.take("{")
		value, err := p.path()
		if err == nil && braces && !p.take("}") {
			err = errors.New("a ${ has no }")
		}
		return value, err
	}
	for word, value := range map[string]any{"true": true, "false": false, "null": nil} {
		if identifier.FindString(rest) == word {
			p.at += len(word)
			return constant(value), nil
		}
	}
	return nil, errors.New("this sandbox's templates know texts, numbers, true, false and references here, and no arithmetic, lists or maps")
}

func constant(v any) expression { return func(*scope) (any, error) { return v, nil } }

// quoted reads a text; one in double quotes may have references in it.
func (p *parser) quoted() (expression, error) {
	quote := p.text[p.at]
	length := strings.IndexByte(p.text[p.at+1:], quote)
	if length < 0 {
		return nil, errors.New("a text has no end")
	}
	text := p.text[p.at+1 : p.at+1+length]
	p.at += length + 2
	if quote == '\'' || !strings.ContainsAny(text, `$#`) {
		return constant(text), nil
	}
	inner := &parser{text: text, depth: p.depth}
	parts, end, err := inner.block()
	if err != nil || end != "" {
		return nil, errors.Join(err, errors.New("a text in double quotes cannot be read"))
	}
	return func(s *scope) (any, error) {
		var out strings.Builder
		err := parts.write(s, &out)
		return out.String(), err
	}, nil
}

// path reads what follows a $: a variable, and what is asked of it.
func (p *parser) path() (expression, error) {
	root := identifier.FindString(p.text[p.at:])
	p.at += len(root)
	switch root {
	case "":
		return nil, errors.New("a $ has no name")
	case "input":
		return p.input()
	case "util":
		return p.util()
	case "context", "stageVariables":
		return p.given(root)
	}
	value := func(s *scope) (any, error) { return s.variables[root], nil }
	names, err := p.members()
	if err != nil || len(names) == 0 {
		return value, err
	}
	return func(s *scope) (any, error) { return along(s.variables[root], names) }, nil
}

var (
	dotted = regexp.MustCompile(`^\.([a-zA-Z][a-zA-Z0-9_-]*)`)
	called = regexp.MustCompile(`^\.[a-zA-Z][a-zA-Z0-9_-]*\(`)
	index  = regexp.MustCompile(`^\[(?:(\d+)|'([^'\]]*)'|"([^"\]]*)")\]`)
)

// members reads .name and [n] as often as they come.
func (p *parser) members() (names []string, err error) {
	for {
		rest := p.text[p.at:]
		if called.MatchString(rest) {
			return nil, fmt.Errorf("this sandbox's templates do not have %s…)", called.FindString(rest)[1:])
		}
		found := dotted.FindStringSubmatch(rest)
		if found == nil {
			found = index.FindStringSubmatch(rest)
		}
		if found == nil {
			return names, nil
		}
		p.at += len(found[0])
		names = append(names, strings.Join(found[1:], ""))
	}
}

// given reads a variable of $context or $stageVariables; "" when it has no value.
func (p *parser) given(root string) (expression, error) {
	names, err := p.members()
	if err != nil {
		return nil, err
	}
	full := strings.Join(names, ".")
	switch {
	case len(names) == 0:
		return nil, fmt.Errorf("this sandbox's templates have single variables of $%s alone", root)
	case names[0] == "responseOverride" || names[0] == "requestOverride":
		return nil, fmt.Errorf("this sandbox's templates do not have $context.%s", names[0])
	case root == "context":
		return func(s *scope) (any, error) { return s.context(full), nil }, nil
	}
	return func(s *scope) (any, error) { return s.stage[full], nil }, nil
}

// input reads what is asked of $input.
func (p *parser) input() (expression, error) {
	if p.take(".body") {
		return func(s *scope) (any, error) { return string(s.body), s.spend(len(s.body)) }, nil
	}
	method, argument, err := p.call("json", "path", "params")
	if err != nil {
		return nil, fmt.Errorf("$input: %w", err)
	}
	if method == "params" {
		return func(s *scope) (any, error) {
			v, err := argument(s)
			return s.parameter(textOf(v)), err
		}, nil
	}
	names, err := p.members()
	if err != nil {
		return nil, err
	}
	return func(s *scope) (any, error) {
		v, err := argument(s)
		if err != nil {
			return nil, err
		}
		path, err := jsonPath(textOf(v))
		if err != nil {
			return nil, err
		}
		found, err := s.input(append(path, names...))
		if err != nil || method == "path" {
			return found, err
		}
		return jsonOf(found)
	}, nil
}

// jsonOf is a value as JSON; what is not there is an empty text.
func jsonOf(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return `""`, nil
	case string:
		return string(appendString(nil, v)), nil
	case document:
		return compact(v)
	}
	return textOf(v), nil
}

// util reads a function of $util and what it is asked of.
func (p *parser) util() (expression, error) {
	all := make([]string, 0, len(functions))
	for name := range functions {
		all = append(all, name)
	}
	method, argument, err := p.call(all...)
	if err != nil {
		return nil, fmt.Errorf("$util: %w", err)
	}
	names, err := p.members()
	return func(s *scope) (any, error) {
		v, err := argument(s)
		if err != nil {
			return nil, err
		}
		if v, err = functions[method](v); err != nil {
			return nil, fmt.Errorf("$util.%s: %w", method, err)
		}
		if err := s.spend(len(textOf(v))); err != nil {
			return nil, err
		}
		return along(v, names)
	}, err
}

// call reads .name(argument).
func (p *parser) call(methods ...string) (method string, argument expression, err error) {
	for _, method := range methods {
		if !p.take("." + method + "(") {
			continue
		}
		if argument, err = p.expression(); err != nil {
			return "", nil, fmt.Errorf("%s: %w", method, err)
		}
		return method, argument, p.expect(")")
	}
	rest := p.text[p.at:]
	return "", nil, fmt.Errorf("this sandbox's templates do not have %q", rest[:min(len(rest), 20)])
}

// jsonPath reads the plain paths of JSONPath: $, .name, ['name'] and [n].
func jsonPath(text string) ([]string, error) {
	p := &parser{text: text}
	ok := p.take("$")
	names, err := p.members()
	if err != nil || !ok || p.at != len(text) {
		return nil, fmt.Errorf("the path %q is not one of those that this sandbox has, such as $.a.b[0]", text)
	}
	return names, nil
}
