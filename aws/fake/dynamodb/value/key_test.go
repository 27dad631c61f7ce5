package value

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
)

func keyTypes() *rapid.Generator[aws.AttributeType] {
	return rapid.SampledFrom([]aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB})
}

func appendKey(t *rapid.T, dst []byte, v aws.AttributeValue) []byte {
	out, err := AppendKey(dst, v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestKeyOrderIsValueOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := keyTypes().Draw(t, "type")
		a, b := keys(kind).Draw(t, "a"), keys(kind).Draw(t, "b")
		want, ok := Compare(a, b)
		got := bytes.Compare(appendKey(t, nil, a), appendKey(t, nil, b))
		if !ok || got != want {
			t.Fatalf("keys of %v and %v compare %d, the values %d, %v", a, b, got, want, ok)
		}
	})
}

// A key of two parts orders by the first, then by the second, whatever the
// lengths of the parts.
func TestCompositeKeyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, second := keyTypes().Draw(t, "first"), keyTypes().Draw(t, "second")
		a, b := keys(first).Draw(t, "a"), keys(first).Draw(t, "b")
		c, d := keys(second).Draw(t, "c"), keys(second).Draw(t, "d")
		want, _ := Compare(a, b)
		if want == 0 {
			want, _ = Compare(c, d)
		}
		got := bytes.Compare(appendKey(t, appendKey(t, nil, a), c), appendKey(t, appendKey(t, nil, b), d))
		if got != want {
			t.Fatalf("(%v, %v) and (%v, %v) compare %d, want %d", a, c, b, d, got, want)
		}
	})
}

func TestKeyRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := keyTypes().Draw(t, "type")
		v := keys(kind).Draw(t, "v")
		after := rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "after")
		got, rest, err := DecodeKey(append(appendKey(t, nil, v), after...), kind)
		normal, _ := Normalize(v)
		if err != nil || !Equal(got, normal) || !bytes.Equal(rest, after) {
			t.Fatalf("DecodeKey of %v = %v, %x, %v; want %v, %x", v, got, rest, err, normal, after)
		}
		if got, ok := got.(aws.N); ok && got != normal {
			t.Fatalf("DecodeKey gives %s, not the normal form %s", got, normal)
		}
	})
}

func TestKeyPrefix(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v, prefix := binaries().Draw(t, "v"), binaries().Draw(t, "prefix")
		key := appendKey(t, nil, aws.B(v))
		start, err := AppendKeyPrefix(nil, aws.B(prefix))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := bytes.HasPrefix(key, start), bytes.HasPrefix(v, prefix); got != want {
			t.Fatalf("%x begins with %x: %v, but their keys say %v", v, prefix, want, got)
		}
	})
}

func TestKeysOfOtherTypes(t *testing.T) {
	t.Parallel()
	for _, v := range []aws.AttributeValue{nil, aws.BOOL(true), aws.NULL(true), aws.M{}, aws.L{}, aws.SS{"a"}} {
		if _, err := AppendKey(nil, v); !errors.Is(err, ErrKeyType) {
			t.Errorf("AppendKey(%v): %v, want ErrKeyType", v, err)
		}
		if _, err := AppendKeyPrefix(nil, v); !errors.Is(err, ErrKeyType) {
			t.Errorf("AppendKeyPrefix(%v): %v, want ErrKeyType", v, err)
		}
	}
	if _, err := AppendKeyPrefix(nil, aws.N("1")); !errors.Is(err, ErrKeyType) {
		t.Errorf("AppendKeyPrefix of a number: %v, want ErrKeyType", err)
	}
	if _, _, err := DecodeKey([]byte{1}, aws.TypeBOOL); !errors.Is(err, ErrKeyType) {
		t.Errorf("DecodeKey of a BOOL: %v, want ErrKeyType", err)
	}
	if _, err := AppendKey(nil, aws.N("x")); textOf(t, err) == "" {
		t.Error("AppendKey of a number that is none: no fault")
	}
}

func TestCorruptKeys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		t   aws.AttributeType
		src string
	}{
		{aws.TypeS, ""}, {aws.TypeS, "abc"}, {aws.TypeS, "abc\x00"}, {aws.TypeS, "abc\x00\x01"}, {aws.TypeB, "\x00"},
		{aws.TypeN, ""}, {aws.TypeN, "\x04"}, {aws.TypeN, "\x03"}, {aws.TypeN, "\x03\x82"}, {aws.TypeN, "\x03\x82\x00"},
		{aws.TypeN, "\x03\x82\x0B"}, {aws.TypeN, "\x03\x82\x01\x00"}, {aws.TypeN, "\x03\x82\xFF\x00"},
		{aws.TypeN, "\x03\x82\x06\x00"}, {aws.TypeN, "\x03\x82\x0C\x01\x00"}, {aws.TypeN, "\x01\x7D\xFF"},
		{aws.TypeN, "\x03\x82" + "\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C\x0C" + "\x00"},
	} {
		if v, _, err := DecodeKey([]byte(c.src), c.t); !errors.Is(err, ErrCorruptKey) {
			t.Errorf("DecodeKey(%q, %s) = %v, %v; want ErrCorruptKey", c.src, c.t, v, err)
		}
	}
}

// What is decoded at all is encoded to the very bytes it came from, so that
// one value has one key.
func FuzzKeyEncoding(f *testing.F) {
	for _, text := range []string{"0", "-1.5", "1e125", "-9.99e-130", "123456789"} {
		key, err := AppendKey(nil, aws.N(text))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(key)
	}
	f.Add([]byte("abc\x00\x00rest"))
	f.Add([]byte("a\x00\xFFb\x00\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, kind := range []aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB} {
			v, rest, err := DecodeKey(src, kind)
			if err != nil {
				if !errors.Is(err, ErrCorruptKey) {
					t.Fatalf("DecodeKey(%x, %s): %v", src, kind, err)
				}
				continue
			}
			key, err := AppendKey(nil, v)
			if err != nil || !bytes.Equal(append(key, rest...), src) {
				t.Fatalf("DecodeKey(%x, %s) = %v, %x, whose key is %x, %v", src, kind, v, rest, key, err)
			}
		}
	})
}

func BenchmarkAppendKey(b *testing.B) {
	for _, c := range []struct {
		name string
		v    aws.AttributeValue
	}{
		{"S", aws.S("Arturus Ardvarkian")}, {"N", aws.N("-1234567.89")}, {"B", aws.B("Arturus Ardvarkian")},
	} {
		b.Run(c.name, func(b *testing.B) {
			var buf []byte
			b.ReportAllocs()
			for b.Loop() {
				key, err := AppendKey(buf[:0], c.v)
				if err != nil {
					b.Fatal(err)
				}
				buf = key
			}
		})
	}
}
