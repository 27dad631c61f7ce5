package lambda

import (
	"fmt"
	"io"
	"strings"
)

// uuid makes up an identifier, "0aa1b2c3-…", of random bytes.
func uuid(random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("no randomness for an id: %w", err)
	}
	b[6] = b[6]&0x0f | 0x40 // version 4: random
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}

// partition is the group of regions that an ARN is in: "aws", "aws-cn".
func partition(arn string) string {
	_, rest, _ := strings.Cut(arn, ":")
	name, _, _ := strings.Cut(rest, ":")
	return name
}

// letters makes up n small letters and digits.
func letters(random io.Reader, n int) (string, error) {
	const digits = "abcdefghijklmnopqrstuvwxyz0123456789"
	out := make([]byte, n)
	if _, err := io.ReadFull(random, out); err != nil {
		return "", err
	}
	for i, b := range out {
		out[i] = digits[int(b)%len(digits)]
	}
	return string(out), nil
}
