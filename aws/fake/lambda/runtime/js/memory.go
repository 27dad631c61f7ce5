package js

import (
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/libquickjs"
)

// At its limit the engine throws an exception, or even throws null when there is no memory for an exception, and
// JavaScript could catch either and go on. On Lambda running out of memory ends the process. So the engine's
// allocation functions are wrapped: the first one that fails kills.

// allocators are the engine's own functions, kept in the engine's memory where the wrappers find them.
type allocators struct{ malloc, realloc uintptr }

type (
	mallocFunction  = func(tls *libc.TLS, state uintptr, size lib.Tsize_t) uintptr
	reallocFunction = func(tls *libc.TLS, state, block uintptr, size lib.Tsize_t) uintptr
)

// limitMemory bounds the engine's heap to so many bytes; whoever wants more ends the process.
func (n native) limitMemory(bytes uintptr) error {
	tls := libc.NewTLS()
	defer tls.Close()
	at := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(allocators{})))
	if at == 0 {
		return errOutOfMemory
	}
	memory := &(*lib.TJSRuntime)(unsafe.Add(nil, lib.XJS_GetRuntime(tls, n.context))).Fmalloc_ctx
	*(*allocators)(unsafe.Add(nil, at)) = allocators{malloc: memory.Fmf.Fjs_malloc, realloc: memory.Fmf.Fjs_realloc}
	memory.Fmalloc_state.Fopaque = at
	memory.Fmalloc_state.Fmalloc_limit = lib.Tsize_t(bytes)
	memory.Fmf.Fjs_malloc = function(mallocOrDie)
	memory.Fmf.Fjs_realloc = function(reallocOrDie)
	return nil
}

func originals(state uintptr) *allocators {
	return (*allocators)(unsafe.Add(nil, (*lib.TJSMallocState)(unsafe.Add(nil, state)).Fopaque))
}

func mallocOrDie(tls *libc.TLS, state uintptr, size lib.Tsize_t) uintptr {
	address := originals(state).malloc
	block := (*(*mallocFunction)(unsafe.Pointer(&struct{ uintptr }{address})))(tls, state, size) //nolint:gosec // calls an engine function
	if block == 0 && size != 0 {
		killSelf()
	}
	return block
}

func reallocOrDie(tls *libc.TLS, state, block uintptr, size lib.Tsize_t) uintptr {
	address := originals(state).realloc
	moved := (*(*reallocFunction)(unsafe.Pointer(&struct{ uintptr }{address})))(tls, state, block, size) //nolint:gosec // calls an engine function
	if moved == 0 && size != 0 {
		killSelf()
	}
	return moved
}
