// Timers, immediates and ticks: the JavaScript half of the event loop (loop.go has the other).
const timers = new Map();
const immediates = [];
const ticks = [];
let lastTimer = 0;
let contract; // set by main

// What an uncaught exception means is the contract's business.
const guarded = (f, args) => {
  try {
    f(...args);
  } catch (e) {
    contract.uncaught(e);
  }
};
const needFunction = (f) => {
  if (typeof f !== 'function') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${f === null ? 'null' : typeof f}`);
};

class Timeout {
  constructor(callback, delay, args, repeat) {
    needFunction(callback);
    delay = Number(delay);
    if (!(delay >= 1 && delay <= 2147483647)) delay = 1;
    this._id = ++lastTimer;
    this._idleTimeout = delay;
    this._repeat = repeat ? delay : null;
    hidden(this, { _call: [callback, args], _due: host.elapsed() + delay, _ref: true });
    timers.set(this._id, this);
  }

  ref() { this._ref = true; return this; }

  unref() { this._ref = false; return this; }

  hasRef() { return this._ref; }

  refresh() { this._due = host.elapsed() + this._idleTimeout; return this; }

  close() { timers.delete(this._id); return this; }

  [Symbol.toPrimitive]() { return this._id; }
}
class Immediate {
  constructor(callback, args) {
    needFunction(callback);
    hidden(this, { _call: [callback, args] });
    immediates.push(this);
  }

  ref() { return this; }

  unref() { return this; }

  hasRef() { return true; }
}
const clear = (timer) => {
  if (timer instanceof Immediate) timer._call = null;
  else if (timer !== undefined && timer !== null) timers.delete(Number(timer));
};
const timerFunctions = {
  setTimeout: (callback, delay, ...args) => new Timeout(callback, delay, args, false),
  setInterval: (callback, delay, ...args) => new Timeout(callback, delay, args, true),
  setImmediate: (callback, ...args) => new Immediate(callback, args),
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
};
hidden(globalThis, timerFunctions);
hidden(globalThis, {
  queueMicrotask(callback) {
    needFunction(callback);
    Promise.resolve().then(() => guarded(callback, []));
  },
});
const timerPromises = {
  setTimeout: (delay, value) => new Promise((then) => { timerFunctions.setTimeout(then, delay, value); }),
  setImmediate: (value) => new Promise((then) => { timerFunctions.setImmediate(then, value); }),
};
timerPromises.scheduler = { wait: (delay) => timerPromises.setTimeout(delay) };

const earliest = () => {
  let first;
  for (const t of timers.values()) if (!first || t._due < first._due) first = t;
  return first;
};

entry('__ticks', () => {
  while (ticks.length) guarded(...ticks.shift());
});

// Promises rejected with nobody listening, until the end of the turn.
const rejections = new Map();
entry('__rejected', (promise, reason) => { rejections.set(promise, reason); });
entry('__handled', (promise) => {
  // A module that throws rejects promises of the engine's own, which nobody can listen to, just before the one of its
  // import: they share the reason.
  const all = [...rejections];
  for (let i = all.findIndex(([p]) => p === promise), reason = all[i]?.[1]; i >= 0 && all[i][1] === reason; i--) rejections.delete(all[i][0]);
});

// Their names are what stack traces go by, see ownCall.
const runTimer = (timer) => { guarded(...timer._call); };
const runImmediate = (immediate) => { if (immediate._call) guarded(...immediate._call); };

/** Runs one immediate or one due timer: 0 when one ran, else milliseconds to the next, -1 for nothing to wait for. */
entry('__step', () => {
  if (rejections.size) {
    const all = [...rejections];
    rejections.clear();
    for (const [promise, reason] of all) contract.unhandledRejection(reason, promise);
    return 0;
  }
  const immediate = immediates.shift();
  if (immediate) {
    runImmediate(immediate);
    return 0;
  }
  const timer = earliest();
  if (!timer) return -1;
  const wait = timer._due - host.elapsed();
  if (wait > 0) return outside.size || [...timers.values()].some((t) => t._ref) ? wait : -1;
  if (timer._repeat === null) timers.delete(timer._id);
  else timer._due = host.elapsed() + timer._repeat;
  runTimer(timer);
  return 0;
});

// What runs in Go and answers later.
const outside = new Map();
let lastOutside = 0;
const callOutside = (start) => new Promise((resolve, reject) => {
  outside.set(++lastOutside, { resolve, reject });
  start(lastOutside);
});
entry('__complete', (id, failed, json) => {
  const { resolve, reject } = outside.get(id);
  outside.delete(id);
  if (failed) reject(JSON.parse(json));
  else resolve(JSON.parse(json));
});
