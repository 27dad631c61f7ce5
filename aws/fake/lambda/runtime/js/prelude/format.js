// util.format, and the console methods that AWS's runtime does not replace.
const ownToString = (value) => {
  if (typeof value.toString !== 'function') return false;
  if (Object.hasOwn(value, 'toString') || Object.hasOwn(value, Symbol.toPrimitive)) return true;
  const known = new Set(['Object', 'Array', 'Function', 'Map', 'Set', 'RegExp', 'Promise', 'Date', 'Error', ...nativeErrors.map((E) => E.name)]);
  for (let p = Object.getPrototypeOf(value); p !== null; p = Object.getPrototypeOf(p)) {
    if (known.has(p.constructor?.name) && p.constructor === globalThis[p.constructor.name]) return false;
    if (Object.hasOwn(p, 'toString') || Object.hasOwn(p, Symbol.toPrimitive)) return true;
  }
  return false;
};
const directives = {
  s(v) {
    if (typeof v === 'number') return formatNumber(v);
    if (typeof v === 'bigint') return `${v}n`;
    if (typeof v !== 'object' || v === null || ownToString(v)) return String(v);
    return inspect(v, { depth: 0, colors: false, compact: 3 });
  },
  j(v) {
    try {
      return JSON.stringify(v);
    } catch (e) {
      if (/circular/i.test(e.message)) return '[Circular]';
      throw e;
    }
  },
  d: (v) => (typeof v === 'bigint' ? `${v}n` : typeof v === 'symbol' ? 'NaN' : formatNumber(Number(v))),
  i: (v) => (typeof v === 'bigint' ? `${v}n` : typeof v === 'symbol' ? 'NaN' : formatNumber(parseInt(v, 10))),
  f: (v) => (typeof v === 'symbol' ? 'NaN' : formatNumber(parseFloat(v))),
  O: (v) => inspect(v),
  o: (v) => inspect(v, { showHidden: true, showProxy: true, depth: 4 }),
  c: () => '',
};
const format = (...args) => {
  let text = '';
  let next = 0;
  if (typeof args[0] === 'string') {
    [text] = args;
    next = 1;
    if (args.length > 1 && text.includes('%')) {
      text = text.replace(/%([sjdifOoc%])/g, (all, d) => {
        if (d === '%') return '%';
        return next < args.length ? directives[d](args[next++]) : all;
      });
    }
  }
  const rest = args.slice(next).map((v) => (typeof v === 'string' ? v : isPrimitive(v) ? formatPrimitive(defaultOptions, v) : inspect(v)));
  return next ? [text, ...rest].join(' ') : rest.join(' ');
};

// console.table's box.
const tableText = (rows, columns) => {
  const widths = columns.map((c, i) => Math.max(c.length, ...rows.map((r) => r[i].length)) + 2);
  const line = (l, m, r) => l + widths.map((w) => '─'.repeat(w)).join(m) + r;
  const cell = (text, i) => (nodeMajor > 20 ? ` ${text.padEnd(widths[i] - 1)}` : text.padStart(Math.floor((widths[i] + text.length) / 2)).padEnd(widths[i]));
  const row = (r) => `│${r.map(cell).join('│')}│`;
  return [line('┌', '┬', '┐'), row(columns), line('├', '┼', '┤'), ...rows.map(row), line('└', '┴', '┘')].join('\n');
};
const cellText = (v) => inspect(v, { maxArrayLength: 3, breakLength: Infinity, depth: typeof v === 'object' && v !== null && !Array.isArray(v) && Object.keys(v).length > 2 ? -1 : 0 });
const counts = new Map();
const started = new Map();
const elapsedText = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`);
const timeLog = (label, ...more) => {
  if (started.has(label)) console.log('%s: %s', label, elapsedText(host.elapsed() - started.get(label)), ...more);
  else host.write(2, `(node:8) Warning: No such label '${label}' for console.time()\n`);
};
hidden(globalThis, {
  console: {
    log() {}, info() {}, debug() {}, warn() {}, error() {}, trace() {}, // the contract's, see patchConsole
    dir: (v, options) => { host.write(1, `${inspect(v, { customInspect: false, ...options })}\n`); },
    dirxml: (...args) => console.log(...args),
    assert(ok, ...args) {
      if (ok) return;
      if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
      else args.unshift(args.length ? 'Assertion failed:' : 'Assertion failed');
      console.warn(...args);
    },
    count(label = 'default') {
      counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1);
      console.log(`${label}: ${counts.get(`${label}`)}`);
    },
    countReset(label = 'default') { counts.delete(`${label}`); },
    group: (...args) => { if (args.length) console.log(...args); },
    groupCollapsed: (...args) => { if (args.length) console.log(...args); },
    groupEnd() {},
    time(label = 'default') { started.set(`${label}`, host.elapsed()); },
    timeLog: (label = 'default', ...more) => timeLog(`${label}`, ...more),
    timeEnd(label = 'default') {
      timeLog(`${label}`);
      started.delete(`${label}`);
    },
    table(data, chosen) {
      if (data === null || typeof data !== 'object') return console.log(data);
      const entries = is.map(data) ? [...data] : Object.entries(data);
      const keys = chosen ?? [...new Set(entries.flatMap(([, v]) => (v !== null && typeof v === 'object' ? Object.keys(v) : [])))];
      const values = entries.some(([, v]) => v === null || typeof v !== 'object');
      const rows = entries.map(([k, v]) => [
        String(k),
        ...keys.map((key) => (v !== null && typeof v === 'object' && Object.hasOwn(v, key) ? cellText(v[key]) : '')),
        ...(values ? [v === null || typeof v !== 'object' ? cellText(v) : ''] : []),
      ]);
      return console.log(tableText(rows, ['(index)', ...keys, ...(values ? ['Values'] : [])]));
    },
  },
});
