package policy

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// condition is one condition key under one operator.
type condition struct {
	test    test
	negated bool // none of the values may match, rather than one must
	absent  bool // the answer when the key has no value
	isNull  bool // the operator asks whether the key has a value
	key     string
	values  []string
}

// test compares the value of a key with one of the values of a condition, as
// compiled from want: *, ? and variables.
type test func(have string, want []rune) bool

// operator is a row of the table of operators.
type operator struct {
	test    test
	negated bool
}

// operators are the condition operators, without IfExists and the set prefixes.
var operators = map[string]operator{
	"StringEquals":              {plain(func(a, b string) bool { return a == b }), false},
	"StringNotEquals":           {plain(func(a, b string) bool { return a == b }), true},
	"StringEqualsIgnoreCase":    {plain(strings.EqualFold), false},
	"StringNotEqualsIgnoreCase": {plain(strings.EqualFold), true},
	"StringLike":                {like, false},
	"StringNotLike":             {like, true},
	"ArnEquals":                 {likeARN, false},
	"ArnLike":                   {likeARN, false},
	"ArnNotEquals":              {likeARN, true},
	"ArnNotLike":                {likeARN, true},
	"NumericEquals":             {compare(number, func(c int) bool { return c == 0 }), false},
	"NumericNotEquals":          {compare(number, func(c int) bool { return c == 0 }), true},
	"NumericLessThan":           {compare(number, func(c int) bool { return c < 0 }), false},
	"NumericLessThanEquals":     {compare(number, func(c int) bool { return c <= 0 }), false},
	"NumericGreaterThan":        {compare(number, func(c int) bool { return c > 0 }), false},
	"NumericGreaterThanEquals":  {compare(number, func(c int) bool { return c >= 0 }), false},
	"DateEquals":                {compare(date, func(c int) bool { return c == 0 }), false},
	"DateNotEquals":             {compare(date, func(c int) bool { return c == 0 }), true},
	"DateLessThan":              {compare(date, func(c int) bool { return c < 0 }), false},
	"DateLessThanEquals":        {compare(date, func(c int) bool { return c <= 0 }), false},
	"DateGreaterThan":           {compare(date, func(c int) bool { return c > 0 }), false},
	"DateGreaterThanEquals":     {compare(date, func(c int) bool { return c >= 0 }), false},
	"Bool":                      {plain(strings.EqualFold), false},
	"BinaryEquals":              {plain(sameBytes), false},
	"IpAddress":                 {plain(inNetwork), false},
	"NotIpAddress":              {plain(inNetwork), true},
}

// parseConditions reads {operator: {key: value or values}}.
func parseConditions(at string, raw json.RawMessage) ([]condition, error) {
	blocks, order, err := object(at, raw)
	if err != nil {
		return nil, err
	}
	var conditions []condition
	for _, name := range order {
		at := at + "." + name
		shape, known := shapeOf(name)
		if !known {
			return nil, fault(at, "there is no condition operator "+name, SyntaxErrors)
		}
		keys, keyOrder, err := object(at, blocks[name])
		if err != nil {
			return nil, err
		}
		for _, key := range keyOrder {
			c := shape
			c.key = strings.ToLower(key)
			if c.values, err = scalars(at+"."+key, keys[key]); err != nil {
				return nil, err
			}
			conditions = append(conditions, c)
		}
	}
	return conditions, nil
}

// shapeOf reads an operator's name: ForAnyValue:StringLikeIfExists. The keys
// here have one value each, so that a prefix matters only where there is none:
// all of no values match, and none of them does.
func shapeOf(name string) (condition, bool) {
	set, rest, hasSet := strings.Cut(name, ":")
	if !hasSet {
		set, rest = "", name
	} else if set != "ForAllValues" && set != "ForAnyValue" {
		return condition{}, false
	}
	if rest == "Null" {
		return condition{isNull: true}, !hasSet
	}
	base, ifExists := strings.CutSuffix(rest, "IfExists")
	op, known := operators[base]
	absent := ifExists || set == "ForAllValues" || op.negated && set == ""
	return condition{test: op.test, negated: op.negated, absent: absent}, known
}

// scalars reads a value or a list of values: strings, numbers, true and false.
func scalars(at string, raw json.RawMessage) ([]string, error) {
	list, err := elements(at, raw)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(list))
	for n, element := range list {
		var value any
		decoder := json.NewDecoder(strings.NewReader(string(element)))
		decoder.UseNumber()
		if err := decoder.Decode(&value); err != nil {
			return nil, fault(at, err.Error(), InvalidJSON)
		}
		switch v := value.(type) {
		case string:
			out[n] = v
		case json.Number:
			out[n] = v.String()
		case bool:
			out[n] = strconv.FormatBool(v)
		default:
			return nil, fault(at, "it is no string, number or truth value", SyntaxErrors)
		}
	}
	return out, nil
}

// holds decides a condition. Any of its values will do, or, negated, none may.
func (c condition) holds(values map[string]string, variables bool) bool {
	have, given := values[c.key]
	if c.isNull {
		for _, want := range c.values {
			if strings.EqualFold(want, strconv.FormatBool(!given)) {
				return true
			}
		}
		return false
	}
	if !given {
		return c.absent
	}
	for _, want := range c.values {
		if pattern, ok := compile(want, variables, values); ok && c.test(have, pattern) {
			return !c.negated
		}
	}
	return c.negated
}

// plain makes a test in which * and ? are themselves.
func plain(same func(have, want string) bool) test {
	return func(have string, want []rune) bool { return same(have, literal(want)) }
}

func literal(pattern []rune) string {
	text := make([]rune, len(pattern))
	for n, c := range pattern {
		switch c {
		case anyRunes:
			c = '*'
		case oneRune:
			c = '?'
		}
		text[n] = c
	}
	return string(text)
}

func like(have string, want []rune) bool { return glob(want, []rune(have)) }

func likeARN(have string, want []rune) bool { return arnLike(want, have) }

// compare makes a test of an order; what cannot be read compares with nothing.
func compare(read func(string) (*big.Rat, bool), holds func(int) bool) test {
	return plain(func(have, want string) bool {
		a, aOK := read(have)
		b, bOK := read(want)
		return aOK && bOK && holds(a.Cmp(b))
	})
}

// number reads a decimal number, exactly; longer ones than any key has are none.
func number(text string) (*big.Rat, bool) {
	if len(text) > 40 || strings.ContainsAny(text, "eEpPxX/_") {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// date reads an ISO 8601 time, a day, or seconds since 1970.
func date(text string) (*big.Rat, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			return new(big.Rat).SetFrac64(t.UnixMilli(), 1000), true
		}
	}
	return number(text)
}

func sameBytes(have, want string) bool {
	a, errA := base64.StdEncoding.DecodeString(have)
	b, errB := base64.StdEncoding.DecodeString(want)
	return errA == nil && errB == nil && string(a) == string(b)
}

// inNetwork reports that an address lies in a network, or is the address.
func inNetwork(have, want string) bool {
	address, err := netip.ParseAddr(have)
	if err != nil {
		return false
	}
	if network, err := netip.ParsePrefix(want); err == nil {
		return network.Contains(address)
	}
	same, err := netip.ParseAddr(want)
	return err == nil && same == address
}
