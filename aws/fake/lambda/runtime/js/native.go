package js

import (
	"errors"
	"reflect"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/libquickjs"
	"modernc.org/quickjs"
)

// The Go wrapper of the engine has no way to give a script its file name, which stack traces need, and no hook for
// promises that are rejected with nobody listening. The engine has both, so this file calls it directly.

// errEngine is a wrapper whose inside is not the one this file was written for.
var errEngine = errors.New("js: unknown inside of quickjs.VM")

// native is the engine's own context behind a VM. Like the VM it belongs to one goroutine.
type native struct{ context uintptr }

func nativeOf(vm *quickjs.VM) (native, error) {
	field := reflect.ValueOf(vm).Elem().FieldByName("cContext")
	if !field.IsValid() || field.Kind() != reflect.Uintptr || field.Uint() == 0 {
		return native{}, errEngine
	}
	return native{context: uintptr(field.Uint())}, nil
}

// evaluate runs a classic script under a file name and stores its value in the global property result, or what it
// threw in the global property thrown.
func (n native) evaluate(source, file, result, thrown string) error {
	return n.read(source, file, lib.MJS_EVAL_TYPE_GLOBAL, result, thrown)
}

// parse reads a classic script or a module, and runs nothing of it: neither is what it imports looked for. What the
// engine threw is in the global property thrown; the property is not made when the syntax is right.
func (n native) parse(source, file string, module bool, thrown string) error {
	var kind int32 = lib.MJS_EVAL_TYPE_GLOBAL
	if module {
		kind = lib.MJS_EVAL_TYPE_MODULE
	}
	return n.read(source, file, kind|lib.MJS_EVAL_FLAG_COMPILE_ONLY, "", thrown)
}

// read gives a source to the engine, with the engine's flags. The value is dropped when result is empty.
func (n native) read(source, file string, flags int32, result, thrown string) error {
	tls := libc.NewTLS()
	defer tls.Close()
	var held []uintptr
	defer func() {
		for _, p := range held {
			libc.Xfree(tls, p)
		}
	}()
	text := func(s string) (uintptr, error) {
		p, err := libc.CString(s)
		if err == nil {
			held = append(held, p)
		}
		return p, err
	}
	code, err := text(source)
	if err != nil {
		return err
	}
	name, err := text(file)
	if err != nil {
		return err
	}
	value := lib.XJS_Eval(tls, n.context, code, libc.Tsize_t(len(source)), name, flags)
	property := result
	if lib.XJS_HasException(tls, n.context) != 0 {
		value, property = lib.XJS_GetException(tls, n.context), thrown
	}
	if property == "" {
		lib.XFreeValue(tls, n.context, value)
		return nil
	}
	into, err := text(property)
	if err != nil {
		return err
	}
	global := lib.XJS_GetGlobalObject(tls, n.context)
	defer lib.XFreeValue(tls, n.context, global)
	lib.XJS_SetPropertyStr(tls, n.context, global, into, value) // takes the value over
	return nil
}

// promiseState reads the promise in the global property of that name: its state, and its value or reason, which it
// stores in the global property result.
func (n native) promiseState(property, result string) (string, error) {
	tls := libc.NewTLS()
	defer tls.Close()
	name, err := libc.CString(property)
	if err != nil {
		return "", err
	}
	defer libc.Xfree(tls, name)
	into, err := libc.CString(result)
	if err != nil {
		return "", err
	}
	defer libc.Xfree(tls, into)
	global := lib.XJS_GetGlobalObject(tls, n.context)
	defer lib.XFreeValue(tls, n.context, global)
	promise := lib.XJS_GetPropertyStr(tls, n.context, global, name)
	defer lib.XFreeValue(tls, n.context, promise)
	state := lib.XJS_PromiseState(tls, n.context, promise)
	lib.XJS_SetPropertyStr(tls, n.context, global, into, lib.XJS_PromiseResult(tls, n.context, promise)) // takes the value over
	switch int(state) {
	case lib.EJS_PROMISE_FULFILLED:
		return "fulfilled", nil
	case lib.EJS_PROMISE_REJECTED:
		return "rejected", nil
	}
	return "pending", nil
}

// rejectionNames are the global functions told of a promise and its reason: rejected with no handler, and handled
// after all.
var rejectionNames = [2][]byte{[]byte("__rejected\x00"), []byte("__handled\x00")}

// trackRejections makes the engine call the global functions of rejectionNames.
func (n native) trackRejections() {
	tls := libc.NewTLS()
	defer tls.Close()
	lib.XJS_SetHostPromiseRejectionTracker(tls, lib.XJS_GetRuntime(tls, n.context), function(onRejection), 0)
}

// function is a Go function as the engine's translated C takes it: the address of its closure.
func function(f any) uintptr {
	return (*[2]uintptr)(unsafe.Pointer(&f))[1] //nolint:gosec // the calling convention of the translated engine
}

// onRejection has the C signature JSHostPromiseRejectionTracker.
func onRejection(tls *libc.TLS, context uintptr, promise, reason lib.TJSValue, handled int32, _ uintptr) {
	name := rejectionNames[0]
	if handled != 0 {
		name = rejectionNames[1]
	}
	global := lib.XJS_GetGlobalObject(tls, context)
	defer lib.XFreeValue(tls, context, global)
	listener := lib.XJS_GetPropertyStr(tls, context, global, uintptr(unsafe.Pointer(&name[0]))) //nolint:gosec // a C string
	defer lib.XFreeValue(tls, context, listener)
	size := int(unsafe.Sizeof(promise))
	arguments := tls.Alloc(2 * size)
	defer tls.Free(2 * size)
	*(*lib.TJSValue)(unsafe.Add(nil, arguments)) = promise
	*(*lib.TJSValue)(unsafe.Add(nil, arguments+uintptr(size))) = reason
	lib.XFreeValue(tls, context, lib.XJS_Call(tls, context, listener, global, 2, arguments))
}
