package endpoint

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"

	"awslab/aws"
)

// appendJSON writes a value as AWS's JSON protocols do: times are seconds since
// 1970, bytes base64, and only what JSON demands is escaped.
func appendJSON(out []byte, s *shape, v reflect.Value) []byte {
	switch s.kind {
	case ofText:
		return appendText(out, v.String())
	case ofWhole:
		return strconv.AppendInt(out, v.Int(), 10)
	case ofDecimal:
		return appendDecimal(out, v.Float())
	case ofTruth:
		return appendTruth(out, v.Bool())
	case ofBlob:
		return appendBlob(out, v.Bytes())
	case ofMoment:
		return appendNumber(out, epoch(moment(v)))
	case ofAttribute:
		value, _ := v.Interface().(aws.AttributeValue)
		return appendAttribute(out, value)
	case ofValue:
		value, _ := v.Interface().(aws.Value)
		return appendAttribute(out, value.AttributeValue)
	case ofItem:
		item, _ := v.Interface().(aws.Item)
		return appendItem(out, item)
	case ofJSON:
		body, err := json.Marshal(v.Interface())
		if err != nil {
			return append(out, "null"...)
		}
		return append(out, body...)
	case ofOption:
		return appendJSON(out, s.elem, unwrapped(v))
	case ofPointer:
		return appendJSON(out, s.elem, v.Elem())
	case ofSequence:
		out = append(out, '[')
		for i := range v.Len() {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendJSON(out, s.elem, v.Index(i))
		}
		return append(out, ']')
	case ofDictionary:
		return appendDictionary(out, s, v)
	default:
		out = append(out, '{')
		first := len(out)
		s.each(v, func(m *member, v reflect.Value) {
			if len(out) > first {
				out = append(out, ',')
			}
			out = append(appendText(out, m.name), ':')
			out = appendJSON(out, m.shape, v)
		})
		return append(out, '}')
	}
}

func appendDictionary(out []byte, s *shape, v reflect.Value) []byte {
	out = append(out, '{')
	for i, key := range sortedKeys(v) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendText(out, key.String()), ':')
		// What is told by its key alone, such as the methods of a list's resources,
		// has no members on AWS either.
		if element := v.MapIndex(key); s.elem.kind == ofStructure && element.IsZero() {
			out = append(out, "{}"...)
		} else {
			out = appendJSON(out, s.elem, element)
		}
	}
	return append(out, '}')
}

// sortedKeys are a map's keys in order.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		if a.String() < b.String() {
			return -1
		}
		return 1
	})
	return keys
}

func appendTruth(out []byte, truth bool) []byte { return strconv.AppendBool(out, truth) }

// appendDecimal writes a number that need not be whole, so that clients see that:
// 1 is 1.0.
func appendDecimal(out []byte, number float64) []byte {
	start := len(out)
	if out = appendNumber(out, number); !bytes.ContainsAny(out[start:], ".eIN") {
		out = append(out, ".0"...)
	}
	return out
}

// appendNumber writes a number; what is none is a text, as in AWS's protocols.
func appendNumber(out []byte, number float64) []byte {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return appendText(out, notFinite(number))
	}
	format := byte('f')
	if size := math.Abs(number); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(out, number, format, -1, 64)
}

// notFinite is how a number that is none is written.
func notFinite(number float64) string {
	switch {
	case math.IsInf(number, 1):
		return "Infinity"
	case math.IsInf(number, -1):
		return "-Infinity"
	}
	return "NaN"
}

func appendBlob(out, blob []byte) []byte {
	out = append(out, '"')
	out = base64.StdEncoding.AppendEncode(out, blob)
	return append(out, '"')
}

// plain are the bytes that stand in a string as they are.
var plain = func() (plain [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		plain[c] = c != '"' && c != '\\'
	}
	return plain
}()

// appendText writes a string.
func appendText(out []byte, text string) []byte {
	out = append(out, '"')
	done := 0
	for i := 0; i < len(text); {
		c := text[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 {
				out = append(append(out, text[done:i]...), "\ufffd"...)
				done = i + 1
			}
			i += size
			continue
		}
		out = appendEscaped(append(out, text[done:i]...), c)
		i++
		done = i
	}
	return append(append(out, text[done:]...), '"')
}

// appendEscaped writes a character that may not stand in a string as it is.
func appendEscaped(out []byte, c byte) []byte {
	const hexadecimal = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(out, '\\', c)
	case '\n':
		return append(out, `\n`...)
	case '\r':
		return append(out, `\r`...)
	case '\t':
		return append(out, `\t`...)
	}
	return append(append(out, `\u00`...), hexadecimal[c>>4], hexadecimal[c&15])
}
