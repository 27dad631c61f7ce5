package s3

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// What a bucket's versioning may be; "" when it never was anything.
const (
	versioningEnabled   = "Enabled"
	versioningSuspended = "Suspended"
)

// versions are what a bucket that keeps versions has beside its objects: all but the
// latest of each, and the delete markers, the latest too.
func (n number) versions() string { return "s3/versions/" + strconv.FormatUint(uint64(n), 16) }

// A version's key in the store is the object's key, as of uploads, and its order,
// inverted: of one key, the newest comes first.
func versionKey(key string, order uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte(uploadPrefix(key)+keyEnd), ^order)
}

// parseVersionKey gives the object's key.
func parseVersionKey(stored []byte) string {
	key, _, _ := parseUploadKey(stored)
	return key
}

// newVersion makes a version's order, which goes up, and an id of it.
func (c *change) newVersion() (order uint64, id string) {
	if c.version == 0 {
		c.version, _ = binary.Uvarint(c.w.Get(numbersBucket, []byte("version")))
	}
	c.version++
	return c.version, uploadIDs.EncodeToString(append(binary.BigEndian.AppendUint64(nil, c.version), c.s.random(12)...))
}

// parseVersion gives the order of a version by its id, if it is one.
func parseVersion(id string) (order uint64, ok bool) {
	raw, err := uploadIDs.DecodeString(id)
	if err != nil || len(raw) != 20 {
		return 0, false
	}
	return binary.BigEndian.Uint64(raw), true
}

// history is all the versions of an object in a bucket that keeps them, the newest
// first, while a transaction changes them.
type history struct {
	key      string
	versions []*object
	live     *object            // as stored: the latest, unless that is a marker
	older    map[uint64]*object // as stored: the others
}

// history reads the versions of an object, once in a transaction.
func (c *change) history(b *bucket, key string) (*history, error) {
	if h, ok := c.histories[key]; ok {
		return h, nil
	}
	h := &history{key: key, older: make(map[uint64]*object)}
	var err error
	if h.live, err = b.object(&c.w.Reader, key); err != nil {
		return nil, err
	}
	if h.live != nil {
		h.versions = append(h.versions, h.live)
	}
	for _, raw := range between(c.w.Cursor(b.Number.versions()), uploadPrefix(key)+keyEnd, "") {
		o, err := decodeObject(raw)
		if err != nil {
			return nil, err
		}
		h.older[o.order] = o
		h.versions = append(h.versions, o)
	}
	if c.histories == nil {
		c.histories = make(map[string]*history)
	}
	c.histories[key] = h
	c.of = b
	return h, nil
}

// at finds a version by its id; -1 when there is none.
func (h *history) at(id string) int {
	return slices.IndexFunc(h.versions, func(o *object) bool { return o.versionName() == id })
}

// saveHistory stages what became of the versions.
func (c *change) saveHistory(b *bucket, h *history) {
	var live *object
	rest := h.versions
	if len(rest) > 0 && !rest[0].marker {
		live, rest = rest[0], rest[1:]
	}
	switch live {
	case h.live:
	case nil:
		c.w.Delete(b.Number.objects(), []byte(h.key))
	default:
		c.w.Put(b.Number.objects(), []byte(h.key), live.encode())
	}
	gone := h.older
	for _, o := range rest {
		if gone[o.order] != o {
			c.w.Put(b.Number.versions(), versionKey(h.key, o.order), o.encode())
		}
		delete(gone, o.order)
	}
	for order := range gone {
		c.w.Delete(b.Number.versions(), versionKey(h.key, order))
	}
}

// overlay stages a new version as the latest, whatever number of older ones there are.
// The transaction must do nothing else with the object.
func (c *change) overlay(b *bucket, key string, now *object) error {
	live, err := b.object(&c.w.Reader, key)
	if err != nil {
		return err
	}
	if live != nil {
		c.w.Put(b.Number.versions(), versionKey(key, live.order), live.encode())
	}
	now.order, now.version = c.newVersion()
	c.refer(now.pieces, 1)
	c.w.Put(b.Number.objects(), []byte(key), now.encode())
	return nil
}

// push stages a new version, or a marker, as the latest. While versioning is
// suspended, it is the null version, of which there is one.
func (c *change) push(b *bucket, key string, now *object) error {
	h, err := c.history(b, key)
	if err != nil {
		return err
	}
	now.order, now.version = c.newVersion()
	if b.Versioning == versioningSuspended {
		now.version = ""
		if n := h.at(aws.NullVersion); n >= 0 {
			c.dropVersion(h, n)
		}
	}
	c.refer(now.pieces, 1)
	h.versions = slices.Insert(h.versions, 0, now)
	return nil
}

// dropVersion stages the end of a version, for good.
func (c *change) dropVersion(h *history, n int) {
	c.refer(h.versions[n].pieces, -1)
	h.versions = slices.Delete(h.versions, n, n+1)
}

// versionName is the id of a version, of a bucket that keeps them.
func (o *object) versionName() string {
	if o.version == "" {
		return aws.NullVersion
	}
	return o.version
}

// toldVersion is the version as answers tell it: not of a bucket that never kept any.
func (b *bucket) toldVersion(o *object) string {
	if b.Versioning == "" {
		return ""
	}
	return o.versionName()
}

// versionOf reads a version of an object by its id.
func (b *bucket) versionOf(r *store.Reader, key, id string) (*object, error) {
	live, err := b.object(r, key)
	if err != nil || live != nil && live.versionName() == id {
		return live, err
	}
	if order, ok := parseVersion(id); ok {
		raw := r.Get(b.Number.versions(), versionKey(key, order))
		if raw == nil {
			return nil, nil
		}
		o, err := decodeObject(raw)
		if err == nil && o.versionName() != id {
			o = nil
		}
		return o, err
	}
	for _, raw := range between(r.Cursor(b.Number.versions()), uploadPrefix(key)+keyEnd, "") {
		o, err := decodeObject(raw)
		if err != nil || o.versionName() == id {
			return o, err
		}
	}
	return nil, nil
}

// checkVersion checks the form of a version's id: in a bucket that keeps none, each
// object is its own null version.
func (b *bucket) checkVersion(id string) error {
	if _, ok := parseVersion(id); id == "" || id == aws.NullVersion || ok && b.Versioning != "" {
		return nil
	}
	return wrongArgument("Invalid version id specified", "versionId", id)
}

// walker walks all versions of a bucket, by key, of one key the newest first.
type walker struct {
	live, older        store.Cursor
	liveKey, liveRaw   []byte
	olderKey, olderRaw []byte
	onOlder            bool
}

func newWalker(r *store.Reader, b *bucket) *walker {
	return &walker{live: r.Cursor(b.Number.objects()), older: r.Cursor(b.Number.versions())}
}

// Seek moves to the newest version of the first key that is not less than key.
func (w *walker) Seek(key []byte) ([]byte, []byte) {
	w.liveKey, w.liveRaw = w.live.Seek(key)
	w.olderKey, w.olderRaw = w.older.Seek([]byte(uploadPrefix(string(key))))
	return w.here()
}

// Next moves to the next version.
func (w *walker) Next() ([]byte, []byte) {
	if w.onOlder {
		w.olderKey, w.olderRaw = w.older.Next()
	} else {
		w.liveKey, w.liveRaw = w.live.Next()
	}
	return w.here()
}

func (w *walker) here() ([]byte, []byte) {
	w.onOlder = false
	if w.olderKey == nil {
		return w.liveKey, w.liveRaw
	}
	key := parseVersionKey(w.olderKey)
	if w.liveKey != nil && strings.Compare(string(w.liveKey), key) <= 0 {
		return w.liveKey, w.liveRaw
	}
	w.onOlder = true
	return []byte(key), w.olderRaw
}
