// fetch, to the sandbox's endpoint only, with the classes around it.
class Headers {
  #map = new Map();

  constructor(init) {
    if (!init) return;
    for (const [k, v] of typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init)) this.append(k, v);
  }

  append(k, v) { this.#map.set(String(k).toLowerCase(), this.has(k) ? `${this.get(k)}, ${v}` : String(v)); }

  set(k, v) { this.#map.set(String(k).toLowerCase(), String(v)); }

  get(k) { return this.#map.get(String(k).toLowerCase()) ?? null; }

  has(k) { return this.#map.has(String(k).toLowerCase()); }

  delete(k) { this.#map.delete(String(k).toLowerCase()); }

  forEach(f, self) { for (const [k, v] of this) f.call(self, v, k, this); }

  keys() { return [...this].map(([k]) => k).values(); }

  values() { return [...this].map(([, v]) => v).values(); }

  entries() { return [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1)).values(); }

  [Symbol.iterator]() { return this.entries(); }

  [customInspect](_depth, options, inspectValue) { return `Headers ${inspectValue(Object.fromEntries(this), options)}`; }
}
const bodyBytes = (body) => {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return bytesOf(body).slice();
  return utf8Bytes(body);
};
class Body {
  #bytes;

  constructor(body) {
    this.#bytes = bodyBytes(body);
    this.bodyUsed = false;
  }

  #take() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return this.#bytes;
  }

  async text() { return utf8Text(this.#take()).replace(/^\uFEFF/, ''); }

  async json() { return JSON.parse(await this.text()); }

  async bytes() { return this.#take(); }

  async arrayBuffer() { return this.#take().buffer; }
}
class Response extends Body {
  constructor(body, { status = 200, statusText = '', headers, url = '' } = {}) {
    super(body);
    Object.assign(this, { status, statusText, headers: new Headers(headers), ok: status >= 200 && status < 300, url, type: 'default', redirected: false });
  }

  static json(value, init) { return new Response(JSON.stringify(value), { ...init, headers: { 'content-type': 'application/json', ...init?.headers } }); }
}
class Request extends Body {
  constructor(input, { method = 'GET', headers, body, signal } = {}) {
    super(body);
    Object.assign(this, { url: String(input), method: method.toUpperCase(), headers: new Headers(headers), signal });
    hidden(this, { _body: bodyBytes(body) });
  }
}

class Event {
  constructor(type) { this.type = type; }
}
class EventTarget {
  #emitter = new EventEmitter();

  addEventListener(type, f, options) { this.#emitter[options?.once ? 'once' : 'on'](type, f); }

  removeEventListener(type, f) { this.#emitter.off(type, f); }

  dispatchEvent(event) {
    event.target = this;
    this[`on${event.type}`]?.(event);
    this.#emitter.emit(event.type, event);
    return true;
  }
}
class DOMException extends Error {
  constructor(message, name = 'Error') {
    super(message);
    hidden(this, { name });
    this.stack = this.stack.replace(/^\w+/, name);
  }
}
class AbortSignal extends EventTarget {
  aborted = false;

  reason = undefined;

  throwIfAborted() { if (this.aborted) throw this.reason; }

  static abort(reason) {
    const c = new AbortController();
    c.abort(reason);
    return c.signal;
  }

  static timeout(ms) {
    const c = new AbortController();
    timerFunctions.setTimeout(() => c.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms).unref();
    return c.signal;
  }
}
class AbortController {
  signal = new AbortSignal();

  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    if (this.signal.aborted) return;
    Object.assign(this.signal, { aborted: true, reason });
    this.signal.dispatchEvent(new Event('abort'));
  }
}

const fetch = async (input, init) => {
  const request = input instanceof Request ? input : new Request(input, init);
  const url = new URL(request.url);
  request.signal?.throwIfAborted();
  if (init?.body instanceof URLSearchParams && !request.headers.has('content-type')) request.headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  if (typeof init?.body === 'string' && !request.headers.has('content-type')) request.headers.set('content-type', 'text/plain;charset=UTF-8');
  const ask = JSON.stringify({ method: request.method, url: url.href, headers: [...request.headers], body: toHost(request._body) });
  const aborted = request.signal && new Promise((_, reject) => { request.signal.addEventListener('abort', () => reject(request.signal.reason)); });
  let answer;
  try {
    const answered = callOutside((id) => host.fetch(id, ask));
    answer = await (aborted ? Promise.race([answered, aborted]) : answered);
  } catch (e) {
    if (typeof e !== 'string') throw e;
    const cause = new Error(e);
    const code = /\b(E[A-Z]{4,})\b/.exec(e)?.[1];
    if (code) Object.assign(cause, { code });
    throw new TypeError('fetch failed', { cause });
  }
  return new Response(fromHost(answer.body), { ...answer, url: url.href });
};
hidden(globalThis, { Headers, Response, Request, Event, EventTarget, DOMException, AbortSignal, AbortController, fetch });
