package js

import (
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/libquickjs"
)

// At its limit the engine throws an exception, or even throws null when there is no memory for an exception, and
// JavaScript could catch either and go on. On Lambda running out of memory ends the process. So the engine's
// allocation functions are wrapped: the first one that fails kills.

type (
	mallocFunction  = func(tls *libc.TLS, state uintptr, size lib.Tsize_t) uintptr
	reallocFunction = func(tls *libc.TLS, state, block uintptr, size lib.Tsize_t) uintptr
)

// limits are the wrappers. The engine's memory, where the collector does not look, refers to them: they must be kept
// as long as the engine runs.
type limits struct {
	malloc  mallocFunction
	realloc reallocFunction
}

// limitMemory bounds the engine's heap to so many bytes; when it wants more, die is called.
func (n native) limitMemory(bytes uintptr, die func()) *limits {
	tls := libc.NewTLS()
	defer tls.Close()
	memory := &(*lib.TJSRuntime)(unsafe.Add(nil, lib.XJS_GetRuntime(tls, n.context))).Fmalloc_ctx
	own := memory.Fmf
	malloc := *(*mallocFunction)(unsafe.Pointer(&struct{ uintptr }{own.Fjs_malloc}))    //nolint:gosec // an engine function
	realloc := *(*reallocFunction)(unsafe.Pointer(&struct{ uintptr }{own.Fjs_realloc})) //nolint:gosec // an engine function
	l := &limits{
		malloc: func(tls *libc.TLS, state uintptr, size lib.Tsize_t) uintptr {
			block := malloc(tls, state, size)
			if block == 0 && size != 0 {
				die()
			}
			return block
		},
		realloc: func(tls *libc.TLS, state, block uintptr, size lib.Tsize_t) uintptr {
			moved := realloc(tls, state, block, size)
			if moved == 0 && size != 0 {
				die()
			}
			return moved
		},
	}
	memory.Fmalloc_state.Fmalloc_limit = lib.Tsize_t(bytes)
	memory.Fmf.Fjs_malloc = function(l.malloc)
	memory.Fmf.Fjs_realloc = function(l.realloc)
	return l
}
