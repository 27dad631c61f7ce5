// The kinds of objects that inspect prints in their own way: the first whose test holds describes the object, either
// as a whole (a string) or as braces, a base before them and entries besides the keys.
const getter = (prototype, key) => Object.getOwnPropertyDescriptor(prototype, key).get;
const sizeOfMap = getter(Map.prototype, 'size');
const sizeOfSet = getter(Set.prototype, 'size');
const typeOfTyped = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const { getTime } = Date.prototype;
const classOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const is = {
  map: (v) => host.brand(v) === 'Map',
  set: (v) => host.brand(v) === 'Set',
  date: (v) => host.brand(v) === 'Date',
  buffer: (v) => host.brand(v) === 'ArrayBuffer',
  view: (v) => host.brand(v) === 'DataView',
  typed: (v) => typeOfTyped.call(v) !== undefined,
  regexp: (v) => v instanceof RegExp && v !== RegExp.prototype,
  error: (v) => v instanceof Error,
  promise: (v) => v instanceof Promise,
  boxed: (v) => v instanceof Number || v instanceof String || v instanceof Boolean || v instanceof Symbol || v instanceof BigInt,
};

const listEntries = (ctx, value, depth) => {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const output = [];
  let i = 0;
  for (; i < value.length && output.length < shown; i++) {
    if (Object.hasOwn(value, i)) {
      output.push(formatProperty(ctx, value, depth, String(i), true));
      continue;
    }
    let end = i;
    while (end < value.length && !Object.hasOwn(value, end)) end++;
    output.push(`<${end - i} empty item${end - i > 1 ? 's' : ''}>`);
    i = end - 1;
  }
  if (i < value.length) output.push(`... ${plural(value.length - i, 'item')}`);
  return output;
};
const indented = (ctx, f) => {
  ctx.indentation += 2;
  const output = f();
  ctx.indentation -= 2;
  return output;
};
const limited = (ctx, size, all) => {
  const output = [];
  let n = 0;
  for (const told of all) {
    if (n++ >= ctx.maxArrayLength) {
      output.push(`... ${plural(size - ctx.maxArrayLength, 'item')}`);
      break;
    }
    output.push(told());
  }
  return output;
};
const setEntries = (ctx, value, depth) => indented(ctx, () => limited(ctx, sizeOfSet.call(value), [...value].map((v) => () => formatValue(ctx, v, depth))));
const mapEntries = (ctx, value, depth) => indented(ctx, () => limited(ctx, sizeOfMap.call(value), [...value].map(([k, v]) => () => `${formatValue(ctx, k, depth)} => ${formatValue(ctx, v, depth)}`)));
const typedEntries = (ctx, value) => limited(ctx, value.length, Array.prototype.map.call([...Array.prototype.slice.call(value, 0, Math.min(value.length, ctx.maxArrayLength + 1))], (v) => () => (typeof v === 'bigint' ? `${v}n` : formatNumber(v))));

const errorText = ({ value, name, tag, keys, ctx }) => {
  seen(value);
  const own = value.name === undefined ? 'Error' : String(value.name);
  let stack = value.stack ? String(value.stack) : nativeToString.call(value);
  for (const key of ['name', 'message', 'stack']) {
    const at = keys.indexOf(key);
    if (at >= 0 && stack.includes(value[key])) keys.splice(at, 1);
  }
  if ('cause' in value && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(value.errors) && !keys.includes('errors')) keys.push('errors');
  if (name !== null && own.endsWith('Error') && stack.startsWith(own) && [undefined, ':', '\n'].includes(stack[own.length]) && name !== own) {
    stack = name.includes(own) ? `${name}${stack.slice(own.length)}` : `${name} [${own}]${stack.slice(own.length)}`;
  }
  if (tag !== '' && !stack.includes(tag)) stack = stack.replace(/^(\w+)/, `$1 [${tag}]`);
  const after = value.message ? Math.max(0, stack.indexOf(value.message)) + String(value.message).length : 0;
  if (!stack.includes('\n    at', after)) stack = `[${stack}]`;
  return ctx.indentation ? stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`) : stack;
};
const functionText = ({ value, name, tag }) => {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && source.endsWith('}')) {
    let text = `[class ${Object.hasOwn(value, 'name') && value.name !== '' ? value.name : '(anonymous)'}`;
    const parent = Object.getPrototypeOf(value);
    if (parent?.name) text += ` extends ${parent.name}`;
    else if (parent === null) text += ' extends [null prototype]';
    return `${text}]`;
  }
  const type = { AsyncFunction: 'AsyncFunction', GeneratorFunction: 'GeneratorFunction', AsyncGeneratorFunction: 'AsyncGeneratorFunction' }[classOf(value)] ?? 'Function';
  let text = `[${type}${name === null ? ' (null prototype)' : ''}${value.name === '' ? ' (anonymous)' : `: ${String(value.name)}`}]`;
  if (name !== type && name !== null && name !== 'Function') text += ` ${name}`;
  if (tag !== '' && name !== tag && tag !== type) text += ` [${tag}]`;
  return text;
};
const boxedText = ({ ctx, value, keys }) => {
  const type = ['Number', 'String', 'Boolean', 'Symbol', 'BigInt'].find((n) => value instanceof globalThis[n]);
  if (type === 'String') keys.splice(0, value.length);
  return `[${type}: ${formatPrimitive({ ...ctx, breakLength: Infinity }, value.valueOf())}]`;
};
const hex = (bytes, most) => `${[...bytes.subarray(0, most)].map((b) => b.toString(16).padStart(2, '0')).join(' ')}${bytes.length > most ? ` ... ${bytes.length - most} more byte${bytes.length - most > 1 ? 's' : ''}` : ''}`;
const braced = (about, fallback, more = {}) => ({ braces: [`${prefixOf(about.name, about.tag, fallback)}{`, '}'], ...more });
const unlessEmpty = (about, base, shape = { braces: ['{', '}'], base }) => (about.keys.length === 0 ? base : shape);
const named = (about, plain, text) => {
  const prefix = prefixOf(about.name, about.tag, plain);
  return unlessEmpty(about, prefix === `${plain} ` ? text : `${prefix}${text}`);
};
const sized = (about, fallback, size, open, close, entries) => {
  const prefix = prefixOf(about.name, about.tag, fallback, `(${size})`);
  if (size === 0 && about.keys.length === 0) return `${prefix}${open}${close}`;
  return { braces: [`${prefix}${open}`, close], entries, list: open === '[' };
};

const kinds = [
  {
    test: Array.isArray,
    indexed: true,
    describe(about) {
      const { value, name, tag, keys } = about;
      const prefix = name !== 'Array' || tag !== '' ? prefixOf(name, tag, 'Array', `(${value.length})`) : '';
      if (value.length === 0 && keys.length === 0) return `${prefix}[]`;
      return { braces: [`${prefix}[`, ']'], entries: listEntries, list: true };
    },
  },
  { test: is.set, describe: (a) => sized(a, 'Set', sizeOfSet.call(a.value), '{', '}', setEntries) },
  { test: is.map, describe: (a) => sized(a, 'Map', sizeOfMap.call(a.value), '{', '}', mapEntries) },
  { test: is.typed, indexed: true, describe: (a) => sized(a, typeOfTyped.call(a.value), a.value.length, '[', ']', typedEntries) },
  { test: (v) => /^(?:Map|Set|Array|String) Iterator$/.test(v[Symbol.toStringTag] ?? ''), describe: (a) => ({ braces: [`[${a.tag}] {`, '}'], entries: () => ['<items unknown>'] }) },
  { test: (v) => classOf(v) === 'Arguments', describe: (a) => (a.keys.length ? { braces: ['[Arguments] {', '}'] } : '[Arguments] {}') },
  { test: (v) => typeof v === 'function', describe: (a) => unlessEmpty(a, functionText(a)) },
  { test: is.regexp, describe: (a) => named(a, 'RegExp', RegExp.prototype.toString.call(a.value)) },
  { test: is.date, describe: (a) => named(a, 'Date', Number.isNaN(getTime.call(a.value)) ? 'Invalid Date' : a.value.toISOString()) },
  { test: is.error, describe(a) { const text = errorText(a); return unlessEmpty(a, text); } },
  {
    test: is.buffer,
    describe: (a) => braced(a, 'ArrayBuffer', {
      entries: (ctx, value) => [`[Uint8Contents]: <${hex(new Uint8Array(value), Math.min(50, ctx.maxArrayLength))}>`, `byteLength: ${value.byteLength}`],
    }),
  },
  {
    test: is.view,
    describe: (a) => braced(a, 'DataView', {
      entries: (ctx, v, depth) => indented(ctx, () => [`byteLength: ${v.byteLength}`, `byteOffset: ${v.byteOffset}`, `buffer: ${formatValue(ctx, v.buffer, depth)}`]),
    }),
  },
  {
    test: is.promise,
    describe: (a) => braced(a, 'Promise', {
      entries: (ctx, value, depth) => indented(ctx, () => {
        const [state, result] = promiseState(value);
        if (state === 'pending') return ['<pending>'];
        const told = formatValue(ctx, result, depth);
        return [state === 'rejected' ? `<rejected> ${told}` : told];
      }),
    }),
  },
  { test: (v) => v instanceof WeakSet || v instanceof WeakMap, describe: (a) => braced(a, a.value instanceof WeakSet ? 'WeakSet' : 'WeakMap', { entries: () => ['<items unknown>'] }) },
  { test: (v) => v instanceof WeakRef, describe: (a) => braced(a, 'WeakRef', { entries: (ctx, v, depth) => indented(ctx, () => [formatValue(ctx, v.deref(), depth)]) }) },
  { test: is.boxed, describe: (a) => unlessEmpty(a, boxedText(a)) },
  {
    test: (v) => Object.getPrototypeOf(v) === null && Object.hasOwn(v, Symbol.toStringTag) && v[Symbol.toStringTag] === 'Module',
    describe: () => ({ braces: ['[Module: null prototype] {', '}'] }),
  },
];
const plain = {
  describe(about) {
    const { name, tag, keys } = about;
    const brace = name === 'Object' && tag === '' ? '{' : `${prefixOf(name, tag, 'Object')}{`;
    return keys.length === 0 ? `${brace}}` : { braces: [brace, '}'] };
  },
};
const kindOf = (value) => kinds.find((k) => k.test(value)) ?? plain;

/** ['pending'], ['fulfilled', value] or ['rejected', reason]. */
const promiseState = (promise) => {
  Object.assign(globalThis, { __promise: promise });
  const state = host.promiseState();
  const value = globalThis.__value;
  delete globalThis.__promise;
  delete globalThis.__value;
  return [state, value];
};
