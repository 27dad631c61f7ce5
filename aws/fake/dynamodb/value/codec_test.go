package value

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
)

func TestItemRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		item, err := NormalizeItem(items(4).Draw(t, "item"))
		if err != nil {
			t.Fatal(err)
		}
		head := []byte("head")
		body := EncodeItem(head, item)
		if !bytes.HasPrefix(body, head) {
			t.Fatal("EncodeItem does not append")
		}
		body = body[len(head):]
		got, err := DecodeItem(body)
		if err != nil || !Equal(aws.M(got), aws.M(item)) {
			t.Fatalf("DecodeItem = %v, %v; want %v", got, err, item)
		}
		if again := EncodeItem(nil, got.Clone()); !bytes.Equal(again, body) {
			t.Fatalf("EncodeItem is not deterministic: %x, %x", body, again)
		}
	})
}

func TestDecodedItemKeepsNothingOfTheBytes(t *testing.T) {
	t.Parallel()
	want := aws.Item{"name": aws.S("text"), "b": aws.B("bytes"), "bs": aws.BS{[]byte("member")}}
	body := EncodeItem(nil, want)
	got, err := DecodeItem(body)
	if err != nil {
		t.Fatal(err)
	}
	clear(body)
	if !Equal(aws.M(got), aws.M(want)) {
		t.Errorf("the item changed with the bytes: %v", got)
	}
}

func TestCorruptItems(t *testing.T) {
	t.Parallel()
	body := EncodeItem(nil, aws.Item{
		"a": aws.S("x"), "b": aws.NS{"1", "2"}, "c": aws.M{"d": aws.L{aws.BOOL(true), aws.B("y")}},
	})
	for cut := range body {
		if _, err := DecodeItem(body[:cut]); !errors.Is(err, ErrCorruptItem) {
			t.Errorf("the first %d of %d bytes: %v, want ErrCorruptItem", cut, len(body), err)
		}
	}
	for name, src := range map[string][]byte{
		"trailing byte": append(bytes.Clone(body), 0),
		"version":       append([]byte{codecVersion + 1}, body[1:]...),
		"type":          {codecVersion, 1, 1, 'a', 99},
		"order":         {codecVersion, 2, 1, 'b', tagNull, 1, 'a', tagNull},
		"twice":         {codecVersion, 2, 1, 'a', tagNull, 1, 'a', tagNull},
		"length":        {codecVersion, 1, 1, 'a', tagS, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1},
		"nesting":       append([]byte{codecVersion, 1, 1, 'a'}, bytes.Repeat([]byte{tagL, 1}, 100)...),
	} {
		if item, err := DecodeItem(src); !errors.Is(err, ErrCorruptItem) {
			t.Errorf("%s: %v, %v; want ErrCorruptItem", name, item, err)
		}
	}
}

func TestDeepestItemRoundTrip(t *testing.T) {
	t.Parallel()
	want := aws.Item{"deep": nested(MaxNesting)}
	got, err := DecodeItem(EncodeItem(nil, want))
	if err != nil || !Equal(aws.M(got), aws.M(want)) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAbsentValueBecomesNull(t *testing.T) {
	t.Parallel()
	got, err := DecodeItem(EncodeItem(nil, aws.Item{"a": nil}))
	if err != nil || got["a"] != aws.NULL(true) {
		t.Errorf("got %v, %v; want NULL", got, err)
	}
}

func FuzzDecodeItem(f *testing.F) {
	f.Add([]byte{})
	f.Add(EncodeItem(nil, aws.Item{}))
	f.Add(EncodeItem(nil, song(0)))
	f.Add(EncodeItem(nil, aws.Item{"m": aws.M{"l": aws.L{aws.NULL(true)}}, "bs": aws.BS{[]byte("x")}, "ns": aws.NS{"1"}}))
	f.Fuzz(func(t *testing.T, src []byte) {
		item, err := DecodeItem(src)
		if err != nil {
			if !errors.Is(err, ErrCorruptItem) {
				t.Fatalf("DecodeItem: %v", err)
			}
			return
		}
		again, err := DecodeItem(EncodeItem(nil, item))
		if err != nil || !Equal(aws.M(again), aws.M(item)) && !mentionsBadNumber(item) {
			t.Fatalf("%v became %v, %v", item, again, err)
		}
	})
}

// mentionsBadNumber holds for an item that only corruption makes: a number
// that is none equals nothing but its own text.
func mentionsBadNumber(item aws.Item) bool {
	_, err := NormalizeItem(item)
	return err != nil
}

// song is an item such as the lab has.
func song(i int) aws.Item {
	return aws.Item{
		"Artist": aws.S("Pink Floyd"), "Song": aws.S(fmt.Sprintf("Time %d", i)), "Album": aws.S("The Dark Side of the Moon"),
		"Year": aws.N("1973"), "LengthSeconds": aws.N("413"), "Genre": aws.SS{"Progressive rock", "Psychedelic rock"},
		"Live": aws.BOOL(false), "Credits": aws.M{"Producer": aws.S("Pink Floyd"), "Engineer": aws.S("Alan Parsons")},
	}
}

func BenchmarkEncodeItem(b *testing.B) {
	item := song(1)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = EncodeItem(buf[:0], item)
	}
}

func BenchmarkDecodeItem(b *testing.B) {
	body := EncodeItem(nil, song(1))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeItem(body); err != nil {
			b.Fatal(err)
		}
	}
}
