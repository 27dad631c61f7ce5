package s3

import (
	"encoding/base64"
	"encoding/hex"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
)

// TestChecksums holds the algorithms against the values that their catalogues give
// for the digits 1 to 9.
func TestChecksums(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"CRC32": "cbf43926", "CRC32C": "e3069283", "CRC64NVME": "ae8b14860a799888",
		"SHA1":   "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
		"SHA256": "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
	} {
		by, err := algorithmNamed(name)
		if got := hex.EncodeToString(by.of([]byte("123456789")).value); err != nil || got != want {
			t.Errorf("%s is %s, %v, want %s", name, got, err, want)
		}
	}
	for _, name := range []string{"MD5", "crc32", "SHA512"} {
		if _, err := algorithmNamed(name); err == nil {
			t.Errorf("%s is taken for an algorithm", name)
		}
	}
}

// TestJoinedChecksums: the checksum of two contents is that of both, one after the
// other.
func TestJoinedChecksums(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		by := rapid.SampledFrom([]algorithm{checksumCRC32, checksumCRC32C, checksumCRC64}).Draw(t, "algorithm")
		first, second := rapid.SliceOf(rapid.Byte()).Draw(t, "first"), rapid.SliceOf(rapid.Byte()).Draw(t, "second")
		got := by.of(first).joined(by.of(second), int64(len(second)))
		if want := by.of(append(first, second...)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s is %x, want %x", by, got.value, want.value)
		}
	})
	if got := checksumSHA1.of(nil).joined(checksumSHA1.of(nil), 0); got.algorithm != noChecksum {
		t.Errorf("two SHA1s give %+v", got)
	}
}

func FuzzPromised(f *testing.F) {
	f.Add("CRC32", "", "AAAAAA==", "")
	f.Add("", "AAAAAAAAAAA=", "", "x")
	f.Fuzz(func(t *testing.T, name, crc64, crc32, sha256 string) {
		c, err := promised(name, aws.Checksums{ChecksumCRC64NVME: crc64, ChecksumCRC32: crc32, ChecksumSHA256: sha256})
		if err != nil || c.value == nil {
			return
		}
		if text := c.out(0).Of(c.String()); text != base64.StdEncoding.EncodeToString(c.value) || len(c.value) != algorithms[c.algorithm].size {
			t.Errorf("%q, %q, %q is %+v", crc64, crc32, sha256, c)
		}
	})
}

func FuzzTagging(f *testing.F) {
	for _, text := range []string{"a=1&b", "a=1&a=2", "%zz", "a+b=c%20d", "&&", "=", "aws:x=1", "a=é"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tags, err := parseTagging(text)
		if err == nil && checkObjectTags(tags) != nil {
			t.Errorf("%q gives %+v", text, tags)
		}
	})
}
