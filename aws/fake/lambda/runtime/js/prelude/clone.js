// structuredClone.
const cloneValue = (value, seenBefore) => {
  if (typeof value === 'function' || typeof value === 'symbol') throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
  if (value === null || typeof value !== 'object') return value;
  if (seenBefore.has(value)) return seenBefore.get(value);
  const keep = (copy) => { seenBefore.set(value, copy); return copy; };
  const inner = (v) => cloneValue(v, seenBefore);
  if (is.date(value)) return keep(new Date(getTime.call(value)));
  if (is.regexp(value)) return keep(new RegExp(value.source, value.flags));
  if (is.buffer(value)) return keep(value.slice(0));
  if (is.typed(value)) return keep(new globalThis[typeOfTyped.call(value)](value));
  if (is.boxed(value)) return keep(Object(value.valueOf()));
  if (is.promise(value) || value instanceof WeakMap || value instanceof WeakSet) throw new DOMException(`${inspect(value)} could not be cloned.`, 'DataCloneError');
  if (is.map(value)) {
    const copy = keep(new Map());
    for (const [k, v] of value) copy.set(inner(k), inner(v));
    return copy;
  }
  if (is.set(value)) {
    const copy = keep(new Set());
    for (const v of value) copy.add(inner(v));
    return copy;
  }
  if (is.error(value)) {
    const Class = nativeErrors.find((E) => value.name === E.name) ?? Error;
    const copy = keep(new globalThis[Class.name](value.message));
    hidden(copy, { stack: value.stack });
    if ('cause' in value) hidden(copy, { cause: inner(value.cause) });
    return copy;
  }
  const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const k of Object.keys(value)) copy[k] = inner(value[k]);
  return copy;
};
hidden(globalThis, { structuredClone: (value) => cloneValue(value, new Map()) });
