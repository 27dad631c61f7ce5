// util, assert and the small modules made of what is here already.
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
const deepEqual = (a, b, strict, pairs = []) => {
  if (strict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b) || classOf(a) !== classOf(b)) return false;
  if (pairs.some(([x, y]) => x === a && y === b)) return true;
  pairs = [...pairs, [a, b]];
  if (is.date(a)) return getTime.call(a) === getTime.call(b);
  if (is.regexp(a)) return String(a) === String(b);
  if (is.error(a) && (a.message !== b.message || a.name !== b.name)) return false;
  if (is.boxed(a) && !Object.is(a.valueOf(), b.valueOf())) return false;
  if (is.set(a)) return a.size === b.size && [...a].every((x) => b.has(x) || [...b].some((y) => deepEqual(x, y, strict, pairs)));
  if (is.map(a)) return a.size === b.size && [...a].every(([k, v]) => b.has(k) && deepEqual(v, b.get(k), strict, pairs));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => Object.hasOwn(b, k) && deepEqual(a[k], b[k], strict, pairs));
};
const types = {
  isNativeError: is.error, isPromise: is.promise, isDate: is.date, isRegExp: is.regexp, isMap: is.map, isSet: is.set, isTypedArray: is.typed,
  isArrayBuffer: is.buffer, isAnyArrayBuffer: is.buffer, isDataView: is.view, isBoxedPrimitive: is.boxed,
  isUint8Array: (v) => v instanceof Uint8Array, isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: (v) => typeof v === 'function' && /^Async/.test(classOf(v)), isGeneratorFunction: (v) => typeof v === 'function' && /Generator/.test(classOf(v)),
  isProxy: () => false,
};
const util = {
  inspect,
  format,
  formatWithOptions: (_options, ...args) => format(...args),
  types,
  TextEncoder,
  TextDecoder,
  isDeepStrictEqual: (a, b) => deepEqual(a, b, true),
  isArray: Array.isArray,
  stripVTControlCharacters: (text) => text.replace(/\x1B\[[0-9;]*[A-Za-z]/g, ''),
  promisify(f) {
    if (f[customPromisify]) return f[customPromisify];
    needFunction(f);
    return function promisified(...args) {
      return new Promise((resolve, reject) => { f.call(this, ...args, (e, value) => (e ? reject(e) : resolve(value))); });
    };
  },
  callbackify: (f) => function callbackified(...args) {
    const callback = args.pop();
    f.apply(this, args).then((v) => process.nextTick(callback, null, v), (e) => process.nextTick(callback, e));
  },
  deprecate: (f) => f,
  inherits(Class, Super) {
    Object.defineProperty(Class, 'super_', { value: Super, writable: true, configurable: true });
    Object.setPrototypeOf(Class.prototype, Super.prototype);
  },
  debuglog: () => Object.assign(() => {}, { enabled: false }),
};
util.promisify.custom = customPromisify;
timerFunctions.setTimeout[customPromisify] = timerPromises.setTimeout;
timerFunctions.setImmediate[customPromisify] = timerPromises.setImmediate;

class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message);
    hidden(this, { name: 'AssertionError' });
    Object.assign(this, { generatedMessage: false, code: 'ERR_ASSERTION', actual, expected, operator });
  }
}
const check = (ok, message, fallback, actual, expected, operator) => {
  if (ok) return;
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? fallback, actual, expected, operator });
};
const compared = (what, a, b) => `${what}\n\n${inspect(a)} !== ${inspect(b)}\n`;
const assert = (ok, message) => check(ok, message, 'The expression evaluated to a falsy value', ok, true, '==');
const matches = (e, expected) => {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(e));
  if (typeof expected === 'function') return expected.prototype !== undefined && e instanceof expected ? true : expected.prototype === undefined && expected(e) === true;
  return Object.keys(expected).every((k) => (expected[k] instanceof RegExp ? expected[k].test(e[k]) : deepEqual(e[k], expected[k], true)));
};
Object.assign(assert, {
  AssertionError,
  ok: assert,
  fail: (message = 'Failed') => check(false, message, '', undefined, undefined, 'fail'),
  equal: (a, b, m) => check(a == b, m, `${inspect(a)} == ${inspect(b)}`, a, b, '=='),
  notEqual: (a, b, m) => check(a != b, m, `${inspect(a)} != ${inspect(b)}`, a, b, '!='),
  strictEqual: (a, b, m) => check(Object.is(a, b), m, compared('Expected values to be strictly equal:', a, b), a, b, 'strictEqual'),
  notStrictEqual: (a, b, m) => check(!Object.is(a, b), m, `Expected "actual" to be strictly unequal to: ${inspect(b)}`, a, b, 'notStrictEqual'),
  deepEqual: (a, b, m) => check(deepEqual(a, b, false), m, compared('Expected values to be loosely deep-equal:', a, b), a, b, 'deepEqual'),
  deepStrictEqual: (a, b, m) => check(deepEqual(a, b, true), m, compared('Expected values to be strictly deep-equal:', a, b), a, b, 'deepStrictEqual'),
  notDeepStrictEqual: (a, b, m) => check(!deepEqual(a, b, true), m, 'Expected "actual" not to be strictly deep-equal to', a, b, 'notDeepStrictEqual'),
  match: (s, r, m) => check(r.test(s), m, `The input did not match the regular expression ${inspect(r)}. Input:\n\n${inspect(s)}\n`, s, r, 'match'),
  throws(f, expected, m) {
    try {
      f();
    } catch (e) {
      if (matches(e, expected)) return;
      throw e;
    }
    check(false, typeof expected === 'string' ? expected : m, 'Missing expected exception.', undefined, expected, 'throws');
  },
  async rejects(f, expected, m) {
    try {
      await (typeof f === 'function' ? f() : f);
    } catch (e) {
      if (matches(e, expected)) return;
      throw e;
    }
    check(false, m, 'Missing expected rejection.', undefined, expected, 'rejects');
  },
});
assert.strict = assert;
Object.assign(builtins, {
  util, 'util/types': types, assert, 'assert/strict': assert, timers: timerFunctions, 'timers/promises': timerPromises, console,
  constants: fs.constants, string_decoder: {
    StringDecoder: class StringDecoder {
      constructor(encoding = 'utf8') { this.encoding = encoding; this.rest = Buffer.alloc(0); }

      // A character that is not complete yet waits for its last byte.
      write(part) {
        const all = Buffer.concat([this.rest, part]);
        let cut = all.length;
        if (/^utf-?8$/i.test(this.encoding)) {
          let i = all.length - 1;
          while (i >= 0 && i > all.length - 4 && (all[i] & 0xC0) === 0x80) i--;
          const need = all[i] >= 0xF0 ? 4 : all[i] >= 0xE0 ? 3 : all[i] >= 0xC0 ? 2 : 1;
          if (i >= 0 && i + need > all.length) cut = i;
        }
        this.rest = all.subarray(cut);
        return all.toString(this.encoding, 0, cut);
      }

      end(part) {
        const text = (part ? this.write(part) : '') + this.rest.toString(this.encoding);
        this.rest = Buffer.alloc(0);
        return text;
      }
    },
  },
});
