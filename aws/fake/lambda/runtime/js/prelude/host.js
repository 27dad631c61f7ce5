// What Go gives (see hostFunctions), taken off the global object before any of the learner's code runs.
const host = {};
for (const key of Object.getOwnPropertyNames(globalThis)) {
  if (!key.startsWith('__host_')) continue;
  host[key.slice('__host_'.length)] = globalThis[key];
  delete globalThis[key];
}

/** Makes a property that for-in does not show, as Node's globals and prototype methods are. */
const hidden = (target, properties) => {
  for (const key of Reflect.ownKeys(properties)) {
    Object.defineProperty(target, key, { value: properties[key], writable: true, configurable: true, enumerable: false });
  }
  return target;
};

/** Calls into Go come through globals of these names; user code cannot change them. */
const entry = (name, value) => Object.defineProperty(globalThis, name, { value });

/** What process.env starts with, and the version of Node.js to be. */
const environment = {};
for (let list = host.environ(), i = 0; i < list.length; i += 2) environment[list[i]] = list[i + 1];
const nodeMajor = Number(/nodejs(\d+)/.exec(environment.AWS_EXECUTION_ENV ?? '')?.[1] ?? 22);

// Bytes cross to Go as base64, which the engine reads and writes itself.
const { toBase64 } = Uint8Array.prototype;
const toHost = (bytes) => toBase64.call(bytes);
const fromHost = (text) => Uint8Array.fromBase64(text);

// Binary strings have one character for each byte.
const toBinary = (bytes) => {
  let s = '';
  for (let i = 0; i < bytes.length; i += 8192) s += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192));
  return s;
};
const fromBinary = (s) => {
  const bytes = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) bytes[i] = s.charCodeAt(i);
  return bytes;
};

/** Node's errors with a code. */
const nodeError = (Class, code, message) => {
  const e = new Class(message);
  e.stack = e.stack.replace(/^(\w+)/, `$1 [${code}]`);
  Object.defineProperty(e, 'code', { value: code, enumerable: true, writable: true, configurable: true });
  return e;
};
const notHere = (what) => new Error(`${what} is not in the embedded JavaScript engine. Install Node.js 18 or later on this computer to have all of Node.`);

/** Node's builtin modules that there are, by name. */
const builtins = {};
