package runtime

import (
	"os"
	"slices"
	"testing"
)

func TestTargets(t *testing.T) {
	t.Parallel()
	elf := func(abi, machine byte) string {
		return "\x7fELF\x02\x01\x01" + string([]byte{abi}) + "\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00" + string([]byte{machine}) + "\x00"
	}
	dos := "MZ" + string(make([]byte, 0x3a)) + "\x40\x00\x00\x00"
	tests := []struct {
		name, header string
		want         []string
	}{
		{"linux/amd64", elf(0, 62), []string{"linux/amd64"}},
		{"linux/arm64", elf(3, 183), []string{"linux/arm64"}},
		{"freebsd", elf(9, 62), []string{"freebsd/amd64"}},
		{"unknown CPU", elf(0, 22), []string{"linux/EM_S390"}},
		{"big endian", "\x7fELF\x02\x02\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7", []string{"linux/arm64"}},
		{"cut ELF", "\x7fELF\x02\x01", nil},
		{"Windows", dos + "PE\x00\x00\x64\x86", []string{"windows/amd64"}},
		{"Windows on ARM", dos + "PE\x00\x00\x64\xaa", []string{"windows/arm64"}},
		{"DOS", dos + "NE\x00\x00\x64\xaa", nil},
		{"cut PE", dos + "PE", nil},
		{"PE far away", "MZ" + string(make([]byte, 0x3a)) + "\xff\xff\xff\xff", nil},
		{"macOS", "\xcf\xfa\xed\xfe\x0c\x00\x00\x01", []string{"darwin/arm64"}},
		{"macOS on Intel", "\xcf\xfa\xed\xfe\x07\x00\x00\x01", []string{"darwin/amd64"}},
		{"fat", "\xca\xfe\xba\xbe\x00\x00\x00\x02\x01\x00\x00\x07" + string(make([]byte, 16)) + "\x01\x00\x00\x0c", []string{"darwin/amd64", "darwin/arm64"}},
		{"text", "hello, world", nil},
		{"nothing", "", nil},
	}
	for _, test := range tests {
		if got := targets([]byte(test.header)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q", test.name, got)
		}
	}
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if built, fits := builtFor(own); !fits {
		t.Errorf("this program does not fit: %s", built)
	}
}

func FuzzTargets(f *testing.F) {
	f.Add([]byte("\x7fELF\x02\x01\x01\x00"))
	f.Add([]byte("MZ"))
	f.Add([]byte("\xca\xfe\xba\xbe\x00\x00\x00\x02"))
	f.Fuzz(func(t *testing.T, header []byte) {
		if got := targets(header); len(got) > 8 {
			t.Fatalf("%d targets", len(got))
		}
	})
}
