package endpoint

import "sync"

// buffers are what answers are written in before they are sent, used again and
// again: a page of items is up to 1 MB, and there are many.
type buffers struct{ free sync.Pool }

func (b *buffers) take() *[]byte {
	if buffer, ok := b.free.Get().(*[]byte); ok {
		return buffer
	}
	buffer := make([]byte, 0, 1<<10)
	return &buffer
}

// give takes a buffer back; nobody may have it any more.
func (b *buffers) give(buffer *[]byte) {
	*buffer = (*buffer)[:0]
	b.free.Put(buffer)
}
