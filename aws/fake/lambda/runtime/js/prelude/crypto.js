// crypto: digests, random values, UUIDs; and the os module, which is as small.
const bytesIn = (data, encoding) => (typeof data === 'string' ? encodingOf(encoding).from(data) : bytesOf(data).slice());
const bytesOut = (base64, encoding) => {
  const buffer = toBuffer(fromHost(base64));
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
};
class Hash {
  #data = [];

  #finish;

  constructor(finish) { this.#finish = finish; }

  update(data, encoding) {
    if (!this.#finish) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${received(data)}`);
    }
    this.#data.push(bytesIn(data, encoding));
    return this;
  }

  digest(encoding) {
    if (!this.#finish) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    const base64 = this.#finish(toHost(Buffer.concat(this.#data)));
    this.#finish = undefined;
    return bytesOut(base64, encoding);
  }
}
class Hmac extends Hash {}
const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const algorithmOf = (name) => String(name).toLowerCase().replace(/^(?:rsa-)?sha-?(\d)/, 'sha$1');
const uuid = (bytes) => {
  bytes[6] = (bytes[6] & 0x0F) | 0x40;
  bytes[8] = (bytes[8] & 0x3F) | 0x80;
  return bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};
const crypto = {
  createHash(name) {
    const algorithm = algorithmOf(name);
    if (!algorithms.includes(algorithm)) throw nodeError(Error, 'ERR_OSSL_EVP_UNSUPPORTED', 'Digest method not supported');
    return new Hash((data) => host.hash(algorithm, data));
  },
  createHmac(name, key) {
    const algorithm = algorithmOf(name);
    if (!algorithms.includes(algorithm)) throw nodeError(Error, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
    const secret = toHost(bytesIn(key));
    return new Hmac((data) => host.hmac(algorithm, secret, data));
  },
  hash: (name, data, encoding = 'hex') => crypto.createHash(name).update(data).digest(encoding),
  getHashes: () => [...algorithms],
  randomUUID: () => uuid(fromHost(host.random(16))),
  randomBytes(size, callback) {
    const bytes = toBuffer(fromHost(host.random(size)));
    if (!callback) return bytes;
    timerFunctions.setImmediate(callback, null, bytes);
    return undefined;
  },
  randomInt(min, max, callback) {
    if (typeof max !== 'number') [min, max, callback] = [0, min, max];
    const n = min + Math.floor((fromHost(host.random(6)).reduce((all, b) => all * 256 + b, 0) / 2 ** 48) * (max - min));
    if (typeof callback !== 'function') return n;
    timerFunctions.setImmediate(callback, null, n);
    return undefined;
  },
  getRandomValues(array) {
    bytesOf(array).set(fromHost(host.random(array.byteLength)));
    return array;
  },
  timingSafeEqual(a, b) {
    if (a.byteLength !== b.byteLength) throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    return Buffer.from(a).equals(Buffer.from(b));
  },
};
for (const name of ['createCipheriv', 'createDecipheriv', 'createSign', 'createVerify', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'generateKeyPairSync', 'sign', 'verify']) {
  crypto[name] = () => { throw notHere(`crypto.${name}`); };
}
const subtle = {
  digest: async (name, data) => fromHost(host.hash(algorithmOf(name.name ?? name), toHost(bytesOf(data)))).buffer,
};
crypto.subtle = subtle;
crypto.webcrypto = { subtle, getRandomValues: crypto.getRandomValues, randomUUID: crypto.randomUUID };
hidden(globalThis, { crypto: crypto.webcrypto });
builtins.crypto = crypto;

builtins.os = {
  EOL: '\n',
  platform: () => 'linux',
  type: () => 'Linux',
  arch: () => 'x64',
  release: () => '5.10.0',
  hostname: () => '169.254.76.1',
  tmpdir: () => '/tmp',
  homedir: () => '/home/sbx_user1051',
  endianness: () => 'LE',
  uptime: () => host.elapsed() / 1000,
  cpus: () => Array.from({ length: 2 }, () => ({ model: 'AWS Lambda', speed: 2500, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } })),
  totalmem: () => Number(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 128) * 2 ** 20,
  freemem: () => Number(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 128) * 2 ** 19,
  loadavg: () => [0, 0, 0],
  networkInterfaces: () => ({}),
  userInfo: () => ({ uid: 993, gid: 990, username: 'sbx_user1051', homedir: '/home/sbx_user1051', shell: '/sbin/nologin' }),
};
