package runtime

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"encoding/binary"
	"io"
	"os"
	goruntime "runtime"
	"slices"
)

// headerSize is how much of a program's file is read to see what it is.
const headerSize = 4 << 10

// builtFor says what a program file is built for ("it is a program for
// linux/arm64") and whether this computer can run it. What it does not know
// does not fit.
func builtFor(path string) (built string, fits bool) {
	file, err := os.Open(path) //nolint:gosec // the function's own code
	if err != nil {
		return "it cannot be read", false
	}
	defer func() { _ = file.Close() }() // it was only read
	header, err := io.ReadAll(io.LimitReader(file, headerSize))
	if err != nil {
		return "it cannot be read", false
	}
	if bytes.HasPrefix(header, []byte("#!")) {
		return "it is a script", goruntime.GOOS != "windows"
	}
	built = "it is no program"
	for _, target := range targets(header) {
		if slices.Contains(runnable(), target) {
			return "", true
		}
		built = "it is a program for " + target
	}
	return built, false
}

// runnable lists what this computer runs: its own programs, and those that the
// system translates.
func runnable() []string {
	own := platform()
	switch own {
	case "darwin/arm64", "windows/arm64":
		return []string{own, goruntime.GOOS + "/amd64"}
	case "linux/amd64", "windows/amd64":
		return []string{own, goruntime.GOOS + "/386"}
	}
	return []string{own}
}

// targets reads the systems and CPUs that a program is for, as Go names them,
// from the beginning of its file. The packages that read such files whole are
// not made for those of strangers.
func targets(header []byte) []string {
	switch {
	case bytes.HasPrefix(header, []byte(elf.ELFMAG)):
		return elfTargets(header)
	case bytes.HasPrefix(header, []byte("MZ")):
		return peTargets(header)
	}
	return machTargets(header)
}

func elfTargets(header []byte) []string {
	if len(header) < 20 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if elf.Data(header[elf.EI_DATA]) == elf.ELFDATA2MSB {
		order = binary.BigEndian
	}
	system := "linux"
	switch elf.OSABI(header[elf.EI_OSABI]) {
	case elf.ELFOSABI_FREEBSD:
		system = "freebsd"
	case elf.ELFOSABI_OPENBSD:
		system = "openbsd"
	case elf.ELFOSABI_NETBSD:
		system = "netbsd"
	}
	machine := elf.Machine(order.Uint16(header[18:]))
	cpu, known := map[elf.Machine]string{
		elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64", elf.EM_386: "386", elf.EM_ARM: "arm", elf.EM_RISCV: "riscv64",
	}[machine]
	if !known {
		cpu = machine.String()
	}
	return []string{system + "/" + cpu}
}

func peTargets(header []byte) []string {
	const offsetAt = 0x3c // of the offset of the PE header
	if len(header) < offsetAt+4 {
		return nil
	}
	at := uint64(binary.LittleEndian.Uint32(header[offsetAt:]))
	if at+6 > uint64(len(header)) || !bytes.HasPrefix(header[at:], []byte("PE\x00\x00")) {
		return nil
	}
	cpu, known := map[uint16]string{
		pe.IMAGE_FILE_MACHINE_AMD64: "amd64", pe.IMAGE_FILE_MACHINE_ARM64: "arm64", pe.IMAGE_FILE_MACHINE_I386: "386",
	}[binary.LittleEndian.Uint16(header[at+4:])]
	if !known {
		cpu = "another CPU"
	}
	return []string{"windows/" + cpu}
}

// machTargets reads a Mach-O file: of one CPU, or a "fat" one of several.
func machTargets(header []byte) []string {
	const entry = 20 // bytes for each CPU of a fat file, after 8
	if len(header) < 8 {
		return nil
	}
	switch {
	case binary.LittleEndian.Uint32(header) == macho.Magic64:
		return []string{machTarget(binary.LittleEndian.Uint32(header[4:]))}
	case binary.BigEndian.Uint32(header) == macho.MagicFat:
		var all []string
		for i := range min(int(header[7]), 8) {
			if at := 8 + i*entry; at+4 <= len(header) {
				all = append(all, machTarget(binary.BigEndian.Uint32(header[at:])))
			}
		}
		return all
	}
	return nil
}

func machTarget(cpu uint32) string {
	switch macho.Cpu(cpu) {
	case macho.CpuAmd64:
		return "darwin/amd64"
	case macho.CpuArm64:
		return "darwin/arm64"
	}
	return "darwin/" + macho.Cpu(cpu).String()
}
