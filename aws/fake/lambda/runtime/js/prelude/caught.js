// The engine's own errors reach a catch clause in the engine's words. A call put into the clause puts them in V8's.
const catchClause = /\bcatch\s*\(\s*([A-Za-z_$][\w$]*)\s*\)\s*\{/g;
const mostClauses = 20;
const mostText = 1 << 17; // characters: more is no longer what a person wrote
entry('__caught', (e) => { seen(e); });

/** While true, what a module imports is not looked for: it is only read. */
let reading = false;
const reads = (text, isModule) => {
  reading = true;
  try {
    host.parse('reading:', isModule ? text : `${wrapperHead}${text}\n})`, isModule);
  } finally {
    reading = false;
  }
  return !Reflect.has(globalThis, '__thrown') || !Reflect.deleteProperty(globalThis, '__thrown');
};

/**
 * A source with the calls, and where they are. The parser itself says which places are code: what would be wrong there
 * is wrong in neither a text nor a comment.
 */
const withCalls = (text, isModule) => {
  const plain = { code: text, inserted: [] };
  if (text.length > mostText) return plain;
  const clauses = [...text.matchAll(catchClause)];
  if (clauses.length === 0 || clauses.length > mostClauses || !reads(text, isModule)) return plain;
  const inserted = [];
  let code = '';
  let last = 0;
  for (const m of clauses) {
    const at = m.index + m[0].length;
    if (reads(`${text.slice(0, at)}@${text.slice(at)}`, isModule)) continue;
    const call = `__caught(${m[1]});`;
    code += text.slice(last, at) + call;
    last = at;
    inserted.push({ line: text.slice(0, at).split('\n').length, column: at - text.lastIndexOf('\n', at - 1), length: call.length });
  }
  return { code: code + text.slice(last), inserted };
};
