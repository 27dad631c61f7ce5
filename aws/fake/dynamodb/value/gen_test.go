package value

import (
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"awslab/aws"
)

// numbers draws numbers within DynamoDB's limits, in any spelling, with the
// edges of the range and close neighbours likelier than chance would have them.
func numbers() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		digits := rapid.StringMatching(`[1-9]([0-9]{0,3}|[0-9]{0,36}[1-9])`).Draw(t, "digits")
		exponent := rapid.OneOf(rapid.IntRange(-3, 3), rapid.IntRange(minExponent, maxExponent)).Draw(t, "exponent")
		sign := rapid.SampledFrom([]string{"", "-", "+"}).Draw(t, "sign")
		switch rapid.IntRange(0, 9).Draw(t, "form") {
		case 0:
			return sign + "0" + strings.Repeat("0", rapid.IntRange(0, 3).Draw(t, "zeros"))
		case 1, 2, 3:
			n := number{negative: sign == "-", exponent: exponent}
			for _, c := range []byte(digits) {
				n.digits[n.count] = c - '0'
				n.count++
			}
			for n.digits[n.count-1] == 0 {
				n.count--
			}
			return n.text()
		}
		return sign + digits[:1] + "." + digits[1:] + "E" + strconv.Itoa(exponent)
	})
}

// texts draws strings in which zero bytes, 0xFF's neighbours and common
// prefixes are frequent.
func texts() *rapid.Generator[string] {
	runes := rapid.SampledFrom([]rune{0, 0, 1, 'a', 'a', 'b', 'é', 0x7F, 0x80, 0xFF, 0xFFFF, 0x10000, 0x1D11E})
	return rapid.StringOfN(runes, 0, 6, -1)
}

func binaries() *rapid.Generator[[]byte] {
	return rapid.SliceOfN(rapid.SampledFrom([]byte{0, 0, 1, 'a', 0xFE, 0xFF}), 0, 6)
}

// keys draws a value that can be a key, of type t.
func keys(t aws.AttributeType) *rapid.Generator[aws.AttributeValue] {
	return rapid.Custom(func(rt *rapid.T) aws.AttributeValue {
		switch t {
		case aws.TypeS:
			return aws.S(texts().Draw(rt, "S"))
		case aws.TypeB:
			return aws.B(binaries().Draw(rt, "B"))
		default:
			return aws.N(numbers().Draw(rt, "N"))
		}
	})
}

// values draws a valid value, at most depth levels deep.
func values(depth int) *rapid.Generator[aws.AttributeValue] {
	return rapid.Custom(func(t *rapid.T) aws.AttributeValue {
		kinds := aws.AttributeTypes()
		if depth <= 1 {
			kinds = []aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB, aws.TypeBOOL, aws.TypeNULL, aws.TypeSS, aws.TypeNS, aws.TypeBS}
		}
		switch kind := rapid.SampledFrom(kinds).Draw(t, "type"); kind {
		case aws.TypeBOOL:
			return aws.BOOL(rapid.Bool().Draw(t, "BOOL"))
		case aws.TypeNULL:
			return aws.NULL(true)
		case aws.TypeM:
			return aws.M(items(depth-1).Draw(t, "M"))
		case aws.TypeL:
			return aws.L(rapid.SliceOfN(values(depth-1), 0, 4).Draw(t, "L"))
		case aws.TypeSS:
			return aws.SS(rapid.SliceOfNDistinct(texts(), 1, 4, rapid.ID).Draw(t, "SS"))
		case aws.TypeNS:
			return aws.NS(rapid.SliceOfNDistinct(numbers(), 1, 4, func(s string) string {
				normal, _ := normalizeNumber(s)
				return normal
			}).Draw(t, "NS"))
		case aws.TypeBS:
			return aws.BS(rapid.SliceOfNDistinct(binaries(), 1, 4, func(b []byte) string { return string(b) }).Draw(t, "BS"))
		default:
			return keys(kind).Draw(t, "scalar")
		}
	})
}

func items(depth int) *rapid.Generator[aws.Item] {
	return rapid.Custom(func(t *rapid.T) aws.Item {
		return aws.Item(rapid.MapOfN(texts(), values(depth), 0, 5).Draw(t, "item"))
	})
}
