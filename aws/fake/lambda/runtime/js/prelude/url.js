// URL and URLSearchParams, as far as HTTP addresses go.
const formEncode = (s) => encodeURIComponent(String(s).toWellFormed()).replace(/%20/g, '+').replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const formDecode = (s) => {
  const text = s.replaceAll('+', ' ');
  return utf8Text(fromBinary(text.replace(/%([0-9a-fA-F]{2})|[^\0-\x7F]+/g, (all, h) => (h ? String.fromCharCode(parseInt(h, 16)) : toBinary(utf8Bytes(all))))));
};
class URLSearchParams {
  #list = [];

  #changed = () => {};

  constructor(init = '', changed) {
    if (changed) this.#changed = changed;
    if (typeof init === 'object' && init !== null) {
      const pairs = typeof init[Symbol.iterator] === 'function' ? [...init] : Object.entries(init);
      this.#list = pairs.map(([k, v]) => [String(k), String(v)]);
    } else {
      this.#list = String(init).replace(/^\?/, '').split('&').filter(Boolean).map((p) => {
        const at = p.indexOf('=');
        return at < 0 ? [formDecode(p), ''] : [formDecode(p.slice(0, at)), formDecode(p.slice(at + 1))];
      });
    }
  }

  get size() { return this.#list.length; }

  append(k, v) { this.#list.push([String(k), String(v)]); this.#changed(); }

  delete(k, v) { this.#list = this.#list.filter((p) => p[0] !== String(k) || (v !== undefined && p[1] !== String(v))); this.#changed(); }

  get(k) { return this.#list.find((p) => p[0] === String(k))?.[1] ?? null; }

  getAll(k) { return this.#list.filter((p) => p[0] === String(k)).map((p) => p[1]); }

  has(k, v) { return this.#list.some((p) => p[0] === String(k) && (v === undefined || p[1] === String(v))); }

  set(k, v) {
    const at = this.#list.findIndex((p) => p[0] === String(k));
    if (at < 0) this.#list.push([String(k), String(v)]);
    else this.#list = this.#list.filter((p, i) => i <= at || p[0] !== String(k)).map((p, i) => (i === at ? [p[0], String(v)] : p));
    this.#changed();
  }

  sort() { this.#list.sort((a, b) => (a[0] < b[0] ? -1 : Number(a[0] > b[0]))); this.#changed(); }

  forEach(f, self) { for (const [k, v] of this.#list) f.call(self, v, k, this); }

  keys() { return this.#list.map((p) => p[0]).values(); }

  values() { return this.#list.map((p) => p[1]).values(); }

  entries() { return this.#list.map((p) => [...p]).values(); }

  [Symbol.iterator]() { return this.entries(); }

  toString() { return this.#list.map(([k, v]) => `${formEncode(k)}=${formEncode(v)}`).join('&'); }

  get [Symbol.toStringTag]() { return 'URLSearchParams'; }

  [customInspect](_depth, options, inspectValue) {
    return this.#list.length ? `URLSearchParams { ${this.#list.map(([k, v]) => `${inspectValue(k, options)} => ${inspectValue(v, options)}`).join(', ')} }` : 'URLSearchParams {}';
  }
}

const ports = { 'http:': '80', 'https:': '443', 'ftp:': '21', 'ws:': '80', 'wss:': '443' };
const escapeUnsafe = (s, unsafe) => s.replace(unsafe, (c) => encodeURIComponent(c.toWellFormed()).replace(/^[^%]$/, (x) => `%${x.charCodeAt(0).toString(16).toUpperCase()}`));
const invalidURL = (input, base) => Object.assign(nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input }, base === undefined ? {} : { base });
const parseURL = (input, base) => {
  const text = String(input).trim().replace(/[\t\n\r]/g, '');
  const m = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text);
  if (!m) {
    if (base === undefined) throw invalidURL(String(input));
    return relativeURL(text, parseURL(base), String(input), String(base));
  }
  const protocol = `${m[1].toLowerCase()}:`;
  const [, rest, query, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(m[2]);
  const url = { protocol, username: '', password: '', hostname: '', port: '', pathname: rest, search: query ?? '', hash: hash ?? '', opaque: false };
  const special = protocol in ports;
  const slashes = special ? /^[/\\]*([^/\\]*)(.*)$/s.exec(rest) : /^\/\/([^/]*)(.*)$/s.exec(rest);
  if (slashes) {
    const [, authority, where] = slashes;
    const a = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/s.exec(authority);
    if (!a || (special && !a[2]) || /[\s<>^|%]/.test(a[2]) || Number(a[3] ?? 0) > 65535) throw invalidURL(String(input));
    [url.username, url.password = ''] = (a[1] ?? '').split(':');
    url.hostname = special ? a[2].toLowerCase() : a[2];
    url.port = a[3] === undefined || a[3] === ports[protocol] ? '' : a[3].replace(/^0+(?=\d)/, '');
    url.pathname = resolveDots(special ? where.replaceAll('\\', '/') : where, special);
  } else if (!rest.startsWith('/')) url.opaque = true;
  if (protocol === 'file:') url.pathname = resolveDots(rest.replace(/^\/\/[^/]*/, ''), true);
  return clean(url);
};
const resolveDots = (where, special) => {
  if (where === '') return special ? '/' : '';
  const kept = [];
  const parts = where.split('/').slice(1);
  parts.forEach((part, i) => {
    const dots = part.replace(/%2e/gi, '.');
    if (dots === '..') kept.pop();
    else if (dots !== '.') { kept.push(part); return; }
    if (i === parts.length - 1) kept.push('');
  });
  return `/${kept.join('/')}`;
};
const clean = (url) => {
  if (!url.opaque) url.pathname = escapeUnsafe(url.pathname, /[\0- "#<>?`{}\x7F]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\0-\x7F]/g);
  url.search = url.search === '?' ? '' : escapeUnsafe(url.search, /[\0- "#<>'\x7F]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\0-\x7F]/g);
  url.hash = url.hash === '#' ? '' : escapeUnsafe(url.hash, /[\0- "<>`\x7F]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\0-\x7F]/g);
  return url;
};
const relativeURL = (text, base, input, baseText) => {
  if (base.opaque) throw invalidURL(input, baseText);
  if (/^[/\\]{2}/.test(text)) return parseURL(base.protocol + text);
  const [, where, query, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text);
  const url = { ...base, hash: hash ?? '' };
  if (where === '') return clean({ ...url, search: query ?? base.search });
  const from = where.startsWith('/') ? where : base.pathname.replace(/[^/]*$/, '') + where;
  return clean({ ...url, pathname: resolveDots(from, true), search: query ?? '' });
};
class URL {
  #url;

  #params;

  constructor(input, base) { this.#url = parseURL(input, base); }

  static canParse(input, base) {
    try {
      return Boolean(parseURL(input, base));
    } catch {
      return false;
    }
  }

  get href() {
    const u = this.#url;
    const credentials = u.username || u.password ? `${u.username}${u.password ? `:${u.password}` : ''}@` : '';
    const authority = u.hostname || u.protocol in ports || u.protocol === 'file:' ? `//${credentials}${this.host}` : '';
    return `${u.protocol}${authority}${u.pathname}${u.search}${u.hash}`;
  }

  set href(text) { this.#url = parseURL(text); this.#params = undefined; }

  get origin() { return this.#url.protocol in ports ? `${this.#url.protocol}//${this.host}` : 'null'; }

  get host() { return this.#url.hostname + (this.#url.port ? `:${this.#url.port}` : ''); }

  set host(text) { [this.#url.hostname, this.#url.port = ''] = String(text).split(':'); }

  get search() { return this.#url.search; }

  set search(text) {
    const s = String(text);
    this.#url.search = s === '' || s === '?' ? '' : s.startsWith('?') ? s : `?${s}`;
    clean(this.#url);
    this.#params = undefined;
  }

  get searchParams() {
    this.#params ??= new URLSearchParams(this.#url.search, () => {
      const text = this.#params.toString();
      this.#url.search = text ? `?${text}` : '';
    });
    return this.#params;
  }

  get hash() { return this.#url.hash; }

  set hash(text) { this.#url.hash = text === '' ? '' : `#${String(text).replace(/^#/, '')}`; clean(this.#url); }

  get protocol() { return this.#url.protocol; }

  set protocol(text) { this.#url.protocol = `${String(text).replace(/:.*$/, '')}:`; }

  get pathname() { return this.#url.pathname; }

  set pathname(text) { this.#url.pathname = resolveDots(`/${String(text).replace(/^\//, '')}`, true); clean(this.#url); }

  get hostname() { return this.#url.hostname; }

  set hostname(text) { this.#url.hostname = String(text).toLowerCase(); }

  get port() { return this.#url.port; }

  set port(text) { this.#url.port = String(text) === ports[this.#url.protocol] ? '' : String(text); }

  get username() { return this.#url.username; }

  set username(text) { this.#url.username = encodeURIComponent(text); }

  get password() { return this.#url.password; }

  set password(text) { this.#url.password = encodeURIComponent(text); }

  toString() { return this.href; }

  toJSON() { return this.href; }

  get [Symbol.toStringTag]() { return 'URL'; }

  [customInspect](depth, options, inspectValue) {
    const keys = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash'];
    const shown = Object.fromEntries(keys.map((k) => [k, this[k]]));
    return `URL ${inspectValue(shown, options)}`;
  }
}
hidden(globalThis, { URL, URLSearchParams });
const querystring = {
  escape: encodeURIComponent,
  unescape: decodeURIComponent,
  stringify: (o = {}) => Object.entries(o).flatMap(([k, v]) => [v].flat().map((x) => `${encodeURIComponent(k)}=${encodeURIComponent(x ?? '')}`)).join('&'),
  parse(text) {
    const all = Object.create(null);
    for (const [k, v] of new URLSearchParams(text)) all[k] = k in all ? [all[k], v].flat() : v;
    return all;
  },
};
querystring.encode = querystring.stringify;
querystring.decode = querystring.parse;
builtins.querystring = querystring;
builtins.url = {
  URL,
  URLSearchParams,
  fileURLToPath: (u) => decodeURIComponent(new URL(u).pathname),
  pathToFileURL: (p) => new URL(`file://${encodeURI(path.resolve(p))}`),
  format: (u) => String(u),
  parse(text) {
    const u = new URL(text, 'http://localhost');
    return { protocol: u.protocol, host: u.host, hostname: u.hostname, port: u.port || null, pathname: u.pathname, search: u.search || null, query: u.search.slice(1) || null, hash: u.hash || null, href: u.href };
  },
};
