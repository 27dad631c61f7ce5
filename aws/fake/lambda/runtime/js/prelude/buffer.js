// Buffer: a Uint8Array with encodings.
const encodings = {
  utf8: { to: utf8Text, from: utf8Bytes },
  hex: { to: (b) => b.toHex(), from: (s) => Uint8Array.fromHex(/^(?:[0-9a-fA-F]{2})*/.exec(s)[0]) },
  base64: { to: toHost, from: (s) => fromBase64(s) },
  base64url: { to: (b) => b.toBase64({ alphabet: 'base64url', omitPadding: true }), from: (s) => fromBase64(s) },
  latin1: { to: toBinary, from: fromBinary },
  ascii: { to: (b) => toBinary(b.map((x) => x & 127)), from: fromBinary },
  utf16le: {
    to: (b) => Array.from({ length: b.length >> 1 }, (_, i) => String.fromCharCode(b[2 * i] | (b[2 * i + 1] << 8))).join(''),
    from: (s) => Uint8Array.from({ length: 2 * s.length }, (_, i) => (s.charCodeAt(i >> 1) >> (8 * (i & 1))) & 255),
  },
};
Object.assign(encodings, { 'utf-8': encodings.utf8, binary: encodings.latin1, ucs2: encodings.utf16le, 'ucs-2': encodings.utf16le, 'utf-16le': encodings.utf16le });
// Node reads base64 leniently: either alphabet, no padding needed, other characters passed over.
const fromBase64 = (s) => {
  const clean = s.replace(/=[^]*$/, '').replace(/[^A-Za-z0-9+/_-]/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.fromBase64(clean.length % 4 === 1 ? clean.slice(0, -1) : clean);
};
const encodingOf = (name = 'utf8') => {
  const found = encodings[String(name ?? 'utf8').toLowerCase()];
  if (!found) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`);
  return found;
};
const toBuffer = (bytes) => Object.setPrototypeOf(bytes, Buffer.prototype);

class Buffer extends Uint8Array {
  static from(value, encoding, length) {
    if (typeof value === 'string') return toBuffer(encodingOf(encoding).from(value));
    if (is.buffer(value)) return toBuffer(new Uint8Array(value, encoding ?? 0, length ?? value.byteLength - (encoding ?? 0)));
    if (value?.type === 'Buffer' && Array.isArray(value.data)) value = value.data;
    if (value === null || typeof value !== 'object') {
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${received(value)}`);
    }
    return toBuffer(Uint8Array.from(value));
  }

  static alloc(size, fill, encoding) {
    const b = new Buffer(size);
    return fill === undefined ? b : b.fill(fill, 0, size, encoding);
  }

  static allocUnsafe(size) { return new Buffer(size); }

  static allocUnsafeSlow(size) { return new Buffer(size); }

  static isBuffer(value) { return value instanceof Buffer; }

  static isEncoding(name) { return String(name).toLowerCase() in encodings; }

  static byteLength(value, encoding) { return typeof value === 'string' ? encodingOf(encoding).from(value).length : value.byteLength; }

  static concat(list, length = list.reduce((n, b) => n + b.length, 0)) {
    const all = Buffer.alloc(length);
    let at = 0;
    for (const b of list) {
      all.set(b.subarray(0, Math.max(0, length - at)), at);
      at += b.length;
      if (at >= length) break;
    }
    return all;
  }

  static compare(a, b) { return Buffer.from(a).compare(b); }

  toString(encoding, start = 0, end = this.length) { return encodingOf(encoding).to(Uint8Array.prototype.subarray.call(this, Math.max(0, start), end)); }

  toJSON() { return { type: 'Buffer', data: Array.from(this) }; }

  equals(other) { return this.compare(other) === 0; }

  compare(other) {
    const n = Math.min(this.length, other.length);
    for (let i = 0; i < n; i++) if (this[i] !== other[i]) return this[i] < other[i] ? -1 : 1;
    return Math.sign(this.length - other.length);
  }

  subarray(start, end) { return toBuffer(Uint8Array.prototype.subarray.call(this, start, end)); }

  slice(start, end) { return this.subarray(start, end); }

  copy(target, at = 0, start = 0, end = this.length) {
    const part = this.subarray(start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  }

  write(text, at = 0, length = this.length - at, encoding = 'utf8') {
    if (typeof at === 'string') [at, length, encoding] = [0, this.length, at];
    else if (typeof length === 'string') [length, encoding] = [this.length - at, length];
    const bytes = Buffer.from(text, encoding).subarray(0, Math.min(length, this.length - at));
    this.set(bytes, at);
    return bytes.length;
  }

  fill(value, start = 0, end = this.length, encoding = 'utf8') {
    if (typeof value === 'number') return Uint8Array.prototype.fill.call(this, value, start, end);
    const bytes = typeof value === 'string' ? Buffer.from(value, encoding) : value;
    for (let i = start; i < end; i++) this[i] = bytes.length ? bytes[(i - start) % bytes.length] : 0;
    return this;
  }

  indexOf(value, from = 0, encoding = 'utf8') {
    if (typeof value === 'number') return Uint8Array.prototype.indexOf.call(this, value & 255, from);
    return toBinary(this).indexOf(toBinary(typeof value === 'string' ? Buffer.from(value, encoding) : value), from);
  }

  includes(value, from, encoding) { return this.indexOf(value, from, encoding) >= 0; }

  [customInspect](_depth, options, inspectValue) {
    const extra = Object.keys(this).filter((k) => !/^\d+$/.test(k)).map((k) => `, ${k}: ${inspectValue(this[k], options)}`).join('');
    return `<${this.constructor.name}${this.length ? ' ' : ''}${hex(this, 50)}${extra}>`;
  }
}
// Numbers: readInt16BE and its family, on a DataView.
for (const [type, size, names] of [
  ['Uint8', 1, ['UInt8', 'Uint8']], ['Int8', 1, ['Int8']], ['Uint16', 2, ['UInt16', 'Uint16']], ['Int16', 2, ['Int16']], ['Uint32', 4, ['UInt32', 'Uint32']], ['Int32', 4, ['Int32']],
  ['Float32', 4, ['Float']], ['Float64', 8, ['Double']], ['BigInt64', 8, ['BigInt64']], ['BigUint64', 8, ['BigUInt64', 'BigUint64']],
]) {
  for (const name of names) {
    for (const order of size === 1 ? [''] : ['LE', 'BE']) {
      const view = (b) => new DataView(b.buffer, b.byteOffset, b.byteLength);
      const check = (b, at) => {
        if (!(at >= 0 && at + size <= b.length)) throw nodeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "offset" is out of range. It must be >= 0 and <= ${b.length - size}. Received ${at}`);
      };
      hidden(Buffer.prototype, {
        [`read${name}${order}`](at = 0) { check(this, at); return view(this)[`get${type}`](at, order === 'LE'); },
        [`write${name}${order}`](value, at = 0) { check(this, at); view(this)[`set${type}`](at, value, order === 'LE'); return at + size; },
      });
    }
  }
}
Buffer.poolSize = 8192;
hidden(globalThis, { Buffer });
builtins.buffer = { Buffer, atob, btoa, constants: { MAX_LENGTH: 2 ** 32, MAX_STRING_LENGTH: 2 ** 29 - 24 }, kMaxLength: 2 ** 32 };
