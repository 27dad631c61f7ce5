package s3

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// object is what is stored of an object. What a list tells comes first, so that
// it can be read without the rest.
type object struct {
	size     int64
	modified int64 // Unix time, in seconds
	md5      [16]byte
	parts    int // of a multipart upload; 0 of a single one
	checksum checksum
	version  string // the version's id; "" of the null version
	order    uint64 // among the versions: greater is newer
	marker   bool   // a delete marker, which has nothing else
	class    string // the storage class; "" is STANDARD
	upload   string // the id of the multipart upload that it was; "" of a single one
	pieces   []piece
	aws.ObjectHeaders
	tags  []aws.Tag
	split []part // of a multipart upload, in order

	told string // the version as answers tell it; not stored
}

// part is what is kept of a part when the object is made of it.
type part struct {
	number   int
	size     int64
	checksum []byte // by the object's algorithm, if its checksum is composite
}

// The first byte of a stored object says its form: the oldest has no checksum, tags
// and parts, the one after it no storage class, upload and Expires.
const (
	oldestFormat = 1
	olderFormat  = 2
	format       = 3
)

var errObject = errors.New("a stored object's description cannot be read")

func (o *object) encode() []byte {
	raw := make([]byte, 0, 128+28*len(o.pieces))
	raw = append(raw, format)
	raw = binary.AppendVarint(raw, o.size)
	raw = binary.AppendVarint(raw, o.modified)
	raw = append(raw, o.md5[:]...)
	raw = binary.AppendVarint(raw, int64(o.parts))
	raw = o.checksum.append(raw)
	raw = binary.AppendUvarint(appendText(raw, o.version), o.order)
	raw = append(raw, 0)
	if o.marker {
		raw[len(raw)-1] = 1
	}
	raw = appendText(appendText(raw, o.class), o.upload)
	raw = appendPieces(raw, o.pieces)
	raw = appendHeaders(raw, o.ObjectHeaders, format)
	raw = binary.AppendUvarint(raw, uint64(len(o.tags)))
	for _, t := range o.tags {
		raw = appendText(appendText(raw, t.Key), t.Value)
	}
	raw = binary.AppendUvarint(raw, uint64(len(o.split)))
	for _, p := range o.split {
		raw = binary.AppendVarint(binary.AppendVarint(raw, int64(p.number)), p.size)
		raw = appendText(raw, string(p.checksum))
	}
	return raw
}

// compositeBit marks a composite checksum in the byte of its algorithm.
const compositeBit = 0x80

func (c checksum) append(raw []byte) []byte {
	first := byte(c.algorithm)
	if c.composite {
		first |= compositeBit
	}
	return append(append(raw, first), c.value...)
}

func appendPieces(raw []byte, pieces []piece) []byte {
	raw = binary.AppendUvarint(raw, uint64(len(pieces)))
	for _, p := range pieces {
		raw = append(raw, p.id[:]...)
		raw = binary.AppendVarint(raw, p.size)
		raw = binary.BigEndian.AppendUint32(raw, p.sum)
	}
	return raw
}

// stored are the headers that an object of a form keeps, in the order of their places.
func stored(h *aws.ObjectHeaders, form byte) []*string {
	texts := []*string{&h.ContentType, &h.CacheControl, &h.ContentDisposition, &h.ContentEncoding, &h.ContentLanguage, &h.Expires}
	if form < format {
		texts = texts[:5]
	}
	return texts
}

func appendHeaders(raw []byte, h aws.ObjectHeaders, form byte) []byte {
	for _, text := range stored(&h, form) {
		raw = appendText(raw, *text)
	}
	raw = binary.AppendUvarint(raw, uint64(len(h.Metadata)))
	for _, name := range slices.Sorted(maps.Keys(h.Metadata)) {
		raw = appendText(appendText(raw, name), h.Metadata[name])
	}
	return raw
}

func appendText(raw []byte, text string) []byte {
	return append(binary.AppendUvarint(raw, uint64(len(text))), text...)
}

// decodeHead reads what a list tells of an object.
func decodeHead(raw []byte) (object, error) {
	d := decoder{raw: raw}
	o, _ := d.head()
	return o, d.err()
}

func decodeObject(raw []byte) (*object, error) {
	d := decoder{raw: raw}
	o, form := d.head()
	o.pieces = d.pieces()
	o.ObjectHeaders = d.headers(form)
	if form != oldestFormat {
		o.tags, o.split = d.tags(), d.split()
	} else if o.parts == len(o.pieces) {
		for n, p := range o.pieces {
			o.split = append(o.split, part{number: n + 1, size: p.size})
		}
	}
	if len(d.raw) > 0 {
		d.bad = true
	}
	return &o, d.err()
}

// decoder takes values off the front of what is stored. When something is wrong
// it is bad, and gives zeros.
type decoder struct {
	raw []byte
	bad bool
}

func (d *decoder) err() error {
	if d.bad {
		return errObject
	}
	return nil
}

func (d *decoder) head() (o object, form byte) {
	if first := d.take(1); !d.bad {
		form = first[0]
	}
	if form < oldestFormat || form > format {
		d.bad = true
		return o, form
	}
	o.size, o.modified = d.varint(), d.varint()
	copy(o.md5[:], d.take(len(o.md5)))
	o.parts = int(d.varint())
	if form != oldestFormat {
		o.checksum = d.checksum()
		o.version, o.order = d.text(), d.number()
		if flag := d.take(1); !d.bad {
			o.marker = flag[0] == 1
		}
	}
	if form >= format {
		o.class, o.upload = d.text(), d.text()
	}
	return o, form
}

func (d *decoder) checksum() (c checksum) {
	first := d.take(1)
	if d.bad || int(first[0]&^compositeBit) >= len(algorithms) {
		d.bad = true
		return c
	}
	c.algorithm, c.composite = algorithm(first[0]&^compositeBit), first[0]&compositeBit != 0
	c.value = d.bytes(algorithms[c.algorithm].size)
	return c
}

func (d *decoder) tags() (tags []aws.Tag) {
	for range d.count() {
		key := d.text()
		tags = append(tags, aws.Tag{Key: key, Value: d.text()})
	}
	return tags
}

func (d *decoder) split() (parts []part) {
	for range d.count() {
		p := part{number: int(d.varint()), size: d.varint()}
		p.checksum = d.bytes(d.count())
		parts = append(parts, p)
	}
	return parts
}

func (d *decoder) pieces() (pieces []piece) {
	for range d.count() {
		var p piece
		copy(p.id[:], d.take(len(p.id)))
		p.size = d.varint()
		if sum := d.take(4); !d.bad {
			p.sum = binary.BigEndian.Uint32(sum)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

func (d *decoder) headers(form byte) (h aws.ObjectHeaders) {
	for _, text := range stored(&h, form) {
		*text = d.text()
	}
	for range d.count() {
		if h.Metadata == nil {
			h.Metadata = map[string]string{}
		}
		name := d.text()
		h.Metadata[name] = d.text()
	}
	return h
}

func (d *decoder) take(n int) []byte {
	if d.bad || n < 0 || n > len(d.raw) {
		d.bad = true
		return nil
	}
	taken := d.raw[:n]
	d.raw = d.raw[n:]
	return taken
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.raw)
	if d.bad || n <= 0 {
		d.bad = true
		return 0
	}
	d.take(n)
	return v
}

func (d *decoder) number() uint64 {
	v, n := binary.Uvarint(d.raw)
	if d.bad || n <= 0 {
		d.bad = true
		return 0
	}
	d.take(n)
	return v
}

// count reads how many follow: no more than there are bytes.
func (d *decoder) count() int {
	v, n := binary.Uvarint(d.raw)
	if d.bad || n <= 0 || v > uint64(len(d.raw)) {
		d.bad = true
		return 0
	}
	d.take(n)
	return int(v) //nolint:gosec // no more than there are bytes
}

// bytes takes bytes to keep; nil for none.
func (d *decoder) bytes(n int) []byte { return append([]byte(nil), d.take(n)...) }

func (d *decoder) text() string { return string(d.take(d.count())) }

// object reads an object of a bucket; nil when there is none.
func (b *bucket) object(r *store.Reader, key string) (*object, error) {
	raw := r.Get(b.Number.objects(), []byte(key))
	if raw == nil {
		return nil, nil
	}
	o, err := decodeObject(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %s/%s", err, b.name, key)
	}
	return o, nil
}

// tag is the object's ETag, without quotes.
func (o *object) tag() string {
	tag := hex.EncodeToString(o.md5[:])
	if o.parts > 0 {
		tag += "-" + strconv.Itoa(o.parts)
	}
	return tag
}

// etag is the object's ETag as S3 tells it, in quotes.
func (o *object) etag() string { return `"` + o.tag() + `"` }

func (o *object) lastModified() time.Time { return time.Unix(o.modified, 0).UTC() }

// attributes is what S3 tells of the object beside its content.
func (o *object) attributes() aws.ObjectAttributes {
	return aws.ObjectAttributes{
		ETag: o.etag(), LastModified: o.lastModified(), ObjectHeaders: o.ObjectHeaders, StorageClass: o.class,
		ServerSideEncryption: encryption, TagCount: len(o.tags), VersionID: o.told,
	}
}
