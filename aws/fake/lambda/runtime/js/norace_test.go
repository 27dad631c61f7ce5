//go:build !race

package js

// raced says that the race detector is on: it makes the translated engine many times slower.
const raced = false
