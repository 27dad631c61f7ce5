package component

import (
	"fmt"
	"strconv"
)

// byteUnits is what a number of bytes is told in, each 1,024 of the one before,
// as S3's console does.
var byteUnits = [...]string{"B", "KB", "MB", "GB", "TB", "PB", "EB"}

// Bytes tells a number of bytes: "512 B", "1.2 KB", "34.0 MB". Below 0 it is
// not known: "–".
func Bytes(n int64) string {
	if n < 0 {
		return "–"
	}
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " " + byteUnits[0]
	}
	size, unit := float64(n)/1024, 1
	for size >= 1023.95 && unit < len(byteUnits)-1 {
		size, unit = size/1024, unit+1
	}
	return fmt.Sprintf("%.1f %s", size, byteUnits[unit])
}
