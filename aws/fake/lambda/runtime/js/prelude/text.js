// UTF-8 and base64: TextEncoder, TextDecoder, atob and btoa.
const utf8Bytes = (text) => fromHost(host.encode(String(text)));
const utf8Text = (bytes) => host.utf8(toHost(bytes));
const utf8Length = (text) => host.utf8Length(String(text));

class TextEncoder {
  get encoding() { return 'utf-8'; }

  encode(text = '') { return utf8Bytes(text); }

  encodeInto(text, into) {
    const bytes = this.encode(text).subarray(0, into.length);
    into.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}
const bytesOf = (source) => {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
};
class TextDecoder {
  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    const encoding = String(label).toLowerCase().replace(/^utf8$/, 'utf-8');
    if (!['utf-8', 'latin1', 'ascii', 'utf-16le'].includes(encoding)) {
      throw nodeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    }
    Object.assign(this, { encoding, fatal, ignoreBOM });
  }

  decode(source = new Uint8Array(0)) {
    const bytes = bytesOf(source);
    if (this.encoding === 'utf-16le') return String.fromCharCode(...new Uint16Array(bytes.slice().buffer));
    if (this.encoding !== 'utf-8') return toBinary(bytes);
    const text = utf8Text(bytes);
    if (this.fatal && utf8Length(text) !== bytes.length) {
      throw nodeError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', 'The encoded data was not valid for encoding utf-8');
    }
    return this.ignoreBOM ? text : text.replace(/^\uFEFF/, '');
  }
}
const btoa = (text) => {
  if (/[^\0-\xFF]/.test(text)) throw new Error('Invalid character');
  return fromBinary(String(text)).toBase64();
};
const atob = (text) => toBinary(Uint8Array.fromBase64(String(text)));
hidden(globalThis, { TextEncoder, TextDecoder, atob, btoa });
