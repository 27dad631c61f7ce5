package js

import (
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/libquickjs"
)

// brands names the engine's classes that JavaScript itself can tell only by trying what throws for all others, which
// costs more than all the rest of printing an object.
var brands = map[lib.TJSClassID]string{
	lib.EJS_CLASS_MAP:          "Map",
	lib.EJS_CLASS_SET:          "Set",
	lib.EJS_CLASS_DATE:         "Date",
	lib.EJS_CLASS_ARRAY_BUFFER: "ArrayBuffer",
	lib.EJS_CLASS_DATAVIEW:     "DataView",
}

// registerBrand makes the global function __host_brand(value), which gives one of brands or "".
func (n native) registerBrand() error {
	tls := libc.NewTLS()
	defer tls.Close()
	name, err := libc.CString("__host_brand")
	if err != nil {
		return err
	}
	defer libc.Xfree(tls, name)
	global := lib.XJS_GetGlobalObject(tls, n.context)
	defer lib.XFreeValue(tls, n.context, global)
	made := lib.XJS_NewCFunction2(tls, n.context, function(brand), name, 1, lib.EJS_CFUNC_generic, 0)
	lib.XJS_SetPropertyStr(tls, n.context, global, name, made) // takes the function over
	return nil
}

// brand has the C signature JSCFunction; the engine gives it at least the one argument.
func brand(tls *libc.TLS, context uintptr, _ lib.TJSValue, _ int32, arguments uintptr) lib.TJSValue {
	name := brands[lib.XJS_GetClassID(tls, *(*lib.TJSValue)(unsafe.Add(nil, arguments)))]
	return lib.XJS_NewStringLen(tls, context, uintptr(unsafe.Pointer(unsafe.StringData(name))), lib.Tsize_t(len(name))) //nolint:gosec // read at once
}
