package s3

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// FuzzUploadKey checks that the keys of uploads can be taken apart, and are in
// the order of the objects' keys and then the ids.
func FuzzUploadKey(f *testing.F) {
	f.Add("a", "a\x00", "00A", "00B")
	f.Add("a\x00\x00", "a\x00", "0", "Z")
	f.Add("", "\x00\x01", "", "A")
	f.Fuzz(func(t *testing.T, key, other, id, otherID string) {
		if checkKey(key) != nil || checkKey(other) != nil || strings.Trim(id+otherID, "0123456789ABCDEFGHIJKLMNOPQRSTUV") != "" {
			t.Skip()
		}
		stored := uploadKey(key, id)
		if k, i, ok := parseUploadKey([]byte(stored)); !ok || k != key || i != id {
			t.Errorf("upload %q of %q reads back as %q of %q", id, key, i, k)
		}
		want := strings.Compare(key, other)
		if want == 0 {
			want = strings.Compare(id, otherID)
		}
		if got := strings.Compare(stored, uploadKey(other, otherID)); got != want {
			t.Errorf("%q, %q and %q, %q compare as %d, want %d", key, id, other, otherID, got, want)
		}
		if strings.HasPrefix(stored, uploadPrefix(other)) != strings.HasPrefix(key, other) {
			t.Errorf("%q and its prefix %q are told wrongly", key, other)
		}
	})
}

func FuzzToken(f *testing.F) {
	f.Add("", "a/b")
	f.Add("AAAAAA==", "\xff\x00")
	f.Fuzz(func(t *testing.T, text, key string) {
		if last, err := readToken(text); err == nil && last != "" && token(last) != text {
			t.Errorf("token %q is taken for one of %q", text, last)
		}
		if back, err := readToken(token(key)); err != nil || back != key {
			t.Errorf("token of %q gives %q, %v", key, back, err)
		}
	})
}

func FuzzRange(f *testing.F) {
	for _, header := range []string{"bytes=0-0", "bytes=-5", "bytes=5-", "bytes=9-1", "bytes=0-1,4-5", "bytes=99999999999999999999-", "bytes=--1", "bytes= 1 - 2 "} {
		f.Add(header, int64(10))
	}
	f.Fuzz(func(t *testing.T, header string, size int64) {
		if size < 0 {
			t.Skip()
		}
		r, given, err := parseRange(header, size)
		switch {
		case err != nil:
			if !given || !strings.HasPrefix(header, "bytes=") {
				t.Errorf("%q of %d bytes is refused: %v", header, size, err)
			}
		case !given:
			if r != (span{0, size}) {
				t.Errorf("%q of %d bytes is no range, but gives %+v", header, size, r)
			}
		case r.from < 0 || r.length < 1 || r.from+r.length > size:
			t.Errorf("%q of %d bytes is %+v", header, size, r)
		}
	})
}

func FuzzCopyRange(f *testing.F) {
	for _, text := range []string{"", "bytes=0-0", "bytes=2-5", "bytes=9-10", "bytes=5-2", "bytes=-5", "bytes=5-", "bytes=0-1,3-4", "bytes=0-99999999999999999999"} {
		f.Add(text, int64(10))
		f.Add(text, int64(0))
	}
	f.Fuzz(func(t *testing.T, text string, size int64) {
		if size < 0 {
			t.Skip()
		}
		got, err := parseCopyRange(text, size)
		inside := got.from >= 0 && got.length > 0 && got.from+got.length <= size
		if err == nil && got != (span{0, size}) && !inside {
			t.Errorf("%q of %d bytes is %+v", text, size, got)
		}
		if again, err := parseCopyRange(fmt.Sprintf("bytes=%d-%d", got.from, got.from+got.length-1), size); inside && (err != nil || again != got) {
			t.Errorf("%q of %d bytes is %+v, and again %+v, %v", text, size, got, again, err)
		}
	})
}

func FuzzCopySource(f *testing.F) {
	for _, source := range []string{"bucket/key", "/bucket/a%20key", "bucket", "bucket/", "bucket/%zz", "b/k?versionId=null", "b/%00"} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		from, err := parseCopySource(source)
		if err == nil && (from.bucket == "" || checkKey(from.key) != nil) {
			t.Errorf("%q is %+v", source, from)
		}
	})
}

// FuzzDecodeObject checks that what is stored of an object cannot make trouble,
// whatever became of it.
func FuzzDecodeObject(f *testing.F) {
	f.Add((&object{}).encode())
	f.Add((&object{size: 7, parts: 2, pieces: []piece{{size: 3}, {size: 4, sum: 5}}, ObjectHeaders: aws.ObjectHeaders{ContentType: "a", Metadata: map[string]string{"b": "c"}}}).encode())
	f.Add([]byte{1, 0xff, 0xff, 0xff})
	f.Add(older(&object{size: 7, version: "v", ObjectHeaders: aws.ObjectHeaders{ContentType: "a"}}))
	f.Add(oldest(&object{size: 7, parts: 2, pieces: []piece{{size: 3}, {size: 4, sum: 5}}, ObjectHeaders: aws.ObjectHeaders{ContentType: "a"}}))
	f.Add((&object{checksum: checksumSHA1.of(nil), version: "v", order: 5, tags: []aws.Tag{{Key: "a"}}, split: []part{{number: 1, size: 2}}}).encode())
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := decodeObject(raw)
		if err != nil {
			return
		}
		again, err := decodeObject(o.encode())
		if err != nil || !reflect.DeepEqual(again, o) {
			t.Errorf("%+v reads back as %+v, %v", o, again, err)
		}
	})
}

// FuzzVersionID checks that only what the service makes names a version.
func FuzzVersionID(f *testing.F) {
	for _, id := range []string{"", "null", "0000000000002G1RSH4BO0ES1CETO8K5", strings.Repeat("V", 32), "1"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		order, ok := parseVersion(id)
		if !ok {
			return
		}
		key := versionKey("a\x00b", order)
		if got := parseVersionKey(key); got != "a\x00b" {
			t.Errorf("%q: the key in the store is of %q", id, got)
		}
	})
}

// oldest writes an object as programs did that knew no checksums, tags and versions.
func oldest(o *object) []byte {
	raw := binary.AppendVarint([]byte{oldestFormat}, o.size)
	raw = binary.AppendVarint(raw, o.modified)
	raw = binary.AppendVarint(append(raw, o.md5[:]...), int64(o.parts))
	return appendHeaders(appendPieces(raw, o.pieces), o.ObjectHeaders, oldestFormat)
}

// older writes an object as programs did that knew no storage classes and no Expires.
func older(o *object) []byte {
	raw := binary.AppendVarint([]byte{olderFormat}, o.size)
	raw = binary.AppendVarint(raw, o.modified)
	raw = binary.AppendVarint(append(raw, o.md5[:]...), int64(o.parts))
	raw = binary.AppendUvarint(appendText(o.checksum.append(raw), o.version), o.order)
	raw = appendHeaders(appendPieces(append(raw, 0), o.pieces), o.ObjectHeaders, olderFormat)
	return append(raw, 1, 1, 'k', 1, 'v', 0) // a tag, and no parts
}

// TestOlderObject is read as it was written.
func TestOlderObject(t *testing.T) {
	t.Parallel()
	o := &object{
		size: 7, modified: 1, version: "v", order: 5, checksum: checksumSHA1.of(nil), pieces: []piece{{size: 7, sum: 5}},
		ObjectHeaders: aws.ObjectHeaders{ContentType: "a", ContentLanguage: "de", Metadata: map[string]string{"b": "c"}},
	}
	want := *o
	want.tags = []aws.Tag{{Key: "k", Value: "v"}}
	if got, err := decodeObject(older(o)); err != nil || !reflect.DeepEqual(got, &want) {
		t.Errorf("%+v reads back as %+v, %v", o, got, err)
	}
	if head, err := decodeHead(older(o)); err != nil || head.size != 7 || head.storageClass() != aws.StandardClass {
		t.Errorf("the head is %+v, %v", head, err)
	}
}

// TestOldestObjects are read as they were written, and have parts by their pieces.
func TestOldestObjects(t *testing.T) {
	t.Parallel()
	o := &object{size: 7, modified: 1, parts: 2, pieces: []piece{{size: 3}, {size: 4, sum: 5}}, ObjectHeaders: aws.ObjectHeaders{ContentType: "a", Metadata: map[string]string{"b": "c"}}}
	want := *o
	want.split = []part{{number: 1, size: 3}, {number: 2, size: 4}}
	if got, err := decodeObject(oldest(o)); err != nil || !reflect.DeepEqual(got, &want) {
		t.Errorf("%+v reads back as %+v, %v", o, got, err)
	}
	if at, given, err := want.partSpan(2); err != nil || !given || at != (span{3, 4}) {
		t.Errorf("the second part is %+v, %v, %v", at, given, err)
	}
	if head, err := decodeHead(oldest(o)); err != nil || head.size != 7 || head.checksum.kind() != "" {
		t.Errorf("the head is %+v, %v", head, err)
	}
}

func TestObjectCodec(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := &object{
			size: rapid.Int64().Draw(t, "size"), modified: rapid.Int64().Draw(t, "modified"), parts: rapid.IntRange(0, 10000).Draw(t, "parts"),
			ObjectHeaders: aws.ObjectHeaders{ContentType: rapid.String().Draw(t, "type"), CacheControl: rapid.String().Draw(t, "cache"), ContentDisposition: rapid.String().Draw(t, "disposition"),
				ContentEncoding: rapid.String().Draw(t, "encoding"), ContentLanguage: rapid.String().Draw(t, "language"), Expires: rapid.String().Draw(t, "expires")},
			class: rapid.String().Draw(t, "class"), upload: rapid.String().Draw(t, "upload"),
			version: rapid.String().Draw(t, "version"), order: rapid.Uint64().Draw(t, "order"), marker: rapid.Bool().Draw(t, "marker"),
		}
		if by := algorithm(rapid.IntRange(0, len(algorithms)-1).Draw(t, "algorithm")); by != noChecksum {
			o.checksum = by.of(rapid.SliceOf(rapid.Byte()).Draw(t, "content"))
			o.checksum.composite = rapid.Bool().Draw(t, "composite")
		}
		for range rapid.IntRange(0, 3).Draw(t, "tags") {
			o.tags = append(o.tags, aws.Tag{Key: rapid.String().Draw(t, "key"), Value: rapid.String().Draw(t, "value")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "split") {
			o.split = append(o.split, part{number: rapid.Int().Draw(t, "number"), size: rapid.Int64().Draw(t, "part"), checksum: o.checksum.value})
		}
		if m := rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "metadata"); len(m) > 0 {
			o.Metadata = m
		}
		for range rapid.IntRange(0, 3).Draw(t, "pieces") {
			o.pieces = append(o.pieces, piece{id: store.BlobID{rapid.Byte().Draw(t, "id")}, size: rapid.Int64().Draw(t, "length"), sum: rapid.Uint32().Draw(t, "sum")})
		}
		raw := o.encode()
		if got, err := decodeObject(raw); err != nil || !reflect.DeepEqual(got, o) {
			t.Fatalf("%+v reads back as %+v, %v", o, got, err)
		}
		if head, err := decodeHead(raw); err != nil || head.size != o.size || head.etag() != o.etag() {
			t.Fatalf("%+v has the head %+v, %v", o, head, err)
		}
		for cut := range raw {
			if _, err := decodeObject(raw[:cut]); err == nil {
				t.Fatalf("%d bytes of %d are taken for all", cut, len(raw))
			}
		}
	})
}

// modelList is a list made the simple way: of all keys, one after the other.
func modelList(keys []string, in aws.ListObjectsV2Input) (entries []string) {
	slices.Sort(keys)
	for _, key := range keys {
		rest, ok := strings.CutPrefix(key, in.Prefix)
		if !ok || key <= in.StartAfter {
			continue
		}
		if before, _, rolled := strings.Cut(rest, in.Delimiter); rolled && in.Delimiter != "" {
			key = in.Prefix + before + in.Delimiter
			if strings.HasPrefix(in.StartAfter, key) || slices.Contains(entries, key+"*") {
				continue
			}
			key += "*"
		}
		entries = append(entries, key)
	}
	return entries
}

// TestListProperty compares lists of random keys, in pages of random sizes, with
// the model.
func TestListProperty(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	keys := rapid.StringMatching(`[ab/\x00é]{1,5}`)
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		b := &bucket{name: "list", record: record{Number: number(round), Region: "us-west-2"}}
		all := rapid.SliceOfNDistinct(keys, 0, 20, rapid.ID[string]).Draw(t, "keys")
		err := s.change(t.Context(), func(c *change) error {
			for _, key := range all {
				if err := c.put(b, key, &object{}); err != nil {
					return err
				}
			}
			return b.save(c.w)
		})
		if err != nil {
			t.Fatal(err)
		}
		in := aws.ListObjectsV2Input{
			Bucket: "list", Prefix: rapid.StringMatching(`[ab/]{0,2}`).Draw(t, "prefix"),
			Delimiter: rapid.SampledFrom([]string{"", "/", "a", "/a", "é"}).Draw(t, "delimiter"),
			MaxKeys:   aws.Some(rapid.IntRange(1, 5).Draw(t, "page")),
		}
		if rapid.Bool().Draw(t, "from the start") {
			in.StartAfter = keys.Draw(t, "after")
		}
		want := modelList(slices.Clone(all), in)
		var got []string
		for more := true; more; {
			out, err := s.ListObjectsV2(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, entriesOf(out)...)
			in.ContinuationToken, more = out.NextContinuationToken, out.IsTruncated
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%+v of %q gives\n%q\nwant\n%q", in, all, got, want)
		}
	})
}

// entriesOf are the keys and, with a star, the common prefixes of a page, in order.
func entriesOf(out aws.ListObjectsV2Output) (entries []string) {
	for _, o := range out.Contents {
		entries = append(entries, o.Key)
	}
	for _, p := range out.CommonPrefixes {
		entries = append(entries, p.Prefix+"*")
	}
	slices.SortFunc(entries, func(a, b string) int {
		return bytes.Compare([]byte(strings.TrimSuffix(a, "*")), []byte(strings.TrimSuffix(b, "*")))
	})
	return entries
}
