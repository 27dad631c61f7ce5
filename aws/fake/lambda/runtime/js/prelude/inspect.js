// util.inspect: how Node prints a value. This file walks the value; inspectkinds.js knows the kinds of objects,
// inspectlayout.js where lines break.
const defaultOptions = {
  showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false,
  maxArrayLength: 100, maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false,
};
const customInspect = Symbol.for('nodejs.util.inspect.custom');

function inspect(value, options, depth, colors) {
  const own = typeof options === 'boolean' ? { showHidden: options } : options ?? {};
  const ctx = { ...defaultOptions, seen: [], indentation: 0, currentDepth: 0, circular: undefined, ...own };
  if (depth !== undefined) ctx.depth = depth;
  if (colors !== undefined) ctx.colors = colors;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return formatValue(ctx, value, 0);
}
inspect.custom = customInspect;
inspect.defaultOptions = defaultOptions;

// ---- primitives
const escapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };
const quoted = (text) => {
  if (!/[^ !"#-&(-[\]-~]/.test(text)) return `'${text}'`; // nothing to escape, as nearly always
  let quote = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) quote = '"';
    else if (!text.includes('`') && !text.includes('${')) quote = '`';
  }
  const body = text.replace(/[\0-\x1F\x7F-\x9F\\]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (c) => {
    if (c.length === 2) return c;
    const code = c.charCodeAt(0);
    return escapes[c] ?? (code > 0xFF ? `\\u${code.toString(16)}` : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`);
  });
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
};
const plural = (n, what) => `${n} more ${what}${n > 1 ? 's' : ''}`;
const formatNumber = (n) => (Object.is(n, -0) ? '-0' : `${n}`);
const formatString = (ctx, text) => {
  let trailer = '';
  if (text.length > ctx.maxStringLength) {
    trailer = `... ${plural(text.length - ctx.maxStringLength, 'character')}`;
    text = text.slice(0, ctx.maxStringLength);
  }
  if (text.length > 16 && text.length > ctx.breakLength - ctx.indentation - 4) {
    return text.split(/(?<=\n)/).map(quoted).join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer;
  }
  return quoted(text) + trailer;
};
const formatPrimitive = (ctx, value) => {
  switch (typeof value) {
    case 'string': return formatString(ctx, value);
    case 'number': return formatNumber(value);
    case 'bigint': return `${value}n`;
    default: return String(value);
  }
};

// ---- objects
const isPrimitive = (v) => v === null || (typeof v !== 'object' && typeof v !== 'function');
const formatValue = (ctx, value, depth, typed) => {
  if (isPrimitive(value)) return formatPrimitive(ctx, value);
  if (ctx.customInspect) {
    const custom = value[customInspect];
    if (typeof custom === 'function' && custom !== inspect && value.constructor?.prototype !== value) {
      const { seen: _seen, indentation: _i, currentDepth: _d, circular: _c, ...options } = ctx;
      const left = ctx.depth === null ? null : ctx.depth - depth;
      const told = custom.call(value, left, { ...options, depth: left, stylize: (text) => String(text) }, inspect);
      if (told !== value) {
        if (typeof told !== 'object' || told === null) return `${told}`;
        return formatValue(ctx, told, depth).replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
      }
    }
  }
  if (ctx.seen.includes(value)) {
    ctx.circular ??= new Map();
    if (!ctx.circular.has(value)) ctx.circular.set(value, ctx.circular.size + 1);
    return `[Circular *${ctx.circular.get(value)}]`;
  }
  return formatObject(ctx, value, depth, typed);
};

const constructorName = (value) => {
  for (let o = value; o !== null; o = Object.getPrototypeOf(o)) {
    const d = Object.getOwnPropertyDescriptor(o, 'constructor');
    if (typeof d?.value !== 'function' || d.value.name === '') continue;
    try {
      if (value instanceof d.value || o === value) return String(d.value.name);
    } catch {
      // A constructor without a prototype makes no instances.
    }
  }
  return null;
};
const prefixOf = (name, tag, fallback, size = '') => {
  if (name === null) return tag !== '' && tag !== fallback ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== '' && name !== tag ? `${name}${size} [${tag}] ` : `${name}${size} `;
};
const tagOf = (value) => {
  const tag = value[Symbol.toStringTag];
  return typeof tag !== 'string' || tag === '' || Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag) ? '' : tag;
};
const keysOf = (ctx, value, indexed) => {
  const enumerable = (key) => Object.prototype.propertyIsEnumerable.call(value, key);
  const names = ctx.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value).filter((s) => ctx.showHidden || enumerable(s));
  return [...(indexed ? names.filter((k) => !/^(?:0|[1-9]\d*)$/.test(k)) : names), ...symbols];
};

const formatObject = (ctx, value, depth, typed) => {
  const name = constructorName(value);
  const kind = kindOf(value);
  const about = { ctx, value, name, tag: tagOf(value), keys: keysOf(ctx, value, kind.indexed), depth, typed };
  const shape = kind.describe(about);
  if (typeof shape === 'string') return shape;
  const { braces, base: told = '', entries = () => [], list = false } = shape;
  if (ctx.depth !== null && depth > ctx.depth) {
    return `[${prefixOf(name, about.tag, kind.indexed ? 'Array' : 'Object').slice(0, -1)}]`;
  }
  depth++;
  ctx.seen.push(value);
  ctx.currentDepth = depth;
  const output = entries(ctx, value, depth);
  for (const key of about.keys) output.push(formatProperty(ctx, value, depth, key, false));
  let base = told;
  if (ctx.circular?.has(value)) {
    const reference = `<ref *${ctx.circular.get(value)}>`;
    base = base === '' ? reference : `${reference} ${base}`;
  }
  ctx.seen.pop();
  if (ctx.sorted && !list) output.sort(typeof ctx.sorted === 'function' ? ctx.sorted : undefined);
  return layout(ctx, output, base, braces, list, depth, value);
};

const formatProperty = (ctx, value, depth, key, element) => {
  const d = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
  let told;
  if (d.value !== undefined) {
    ctx.indentation += 2;
    told = formatValue(ctx, d.value, depth);
    ctx.indentation -= 2;
  } else if (d.get !== undefined) told = d.set !== undefined ? '[Getter/Setter]' : '[Getter]';
  else told = d.set !== undefined ? '[Setter]' : 'undefined';
  if (element) return told;
  return `${propertyName(key, d.enumerable)}: ${told}`;
};
const propertyName = (key, enumerable) => {
  if (typeof key === 'symbol') return enumerable ? `[${String(key)}]` : `[${String(key)}]`;
  if (key === '__proto__') return "['__proto__']";
  if (!enumerable) return `[${key}]`;
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(key) ? key : quoted(key);
};

// How Node's argument errors name what they got.
const received = (v) => {
  if (v === null || v === undefined) return `${v}`;
  if (typeof v === 'function') return `function ${v.name}`;
  if (typeof v === 'object') return v.constructor?.name ? `an instance of ${v.constructor.name}` : inspect(v, { depth: -1 });
  const shown = inspect(v);
  return `type ${typeof v} (${shown.length > 28 ? `${shown.slice(0, 25)}...` : shown})`;
};
