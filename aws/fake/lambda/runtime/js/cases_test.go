package js

// testCase is a function and the events it gets. Its transcript is what real Node.js did with it: testdata/node.txt
// holds it, so that QuickJS is compared with Node also where there is none.
type testCase struct {
	name   string
	files  map[string]string
	env    []string
	events []string
	// differs says why QuickJS cannot do as Node does; the transcripts are then not compared, and want is what
	// QuickJS's must contain instead.
	differs string
	want    []string
}

// mjs is a package of one ES module; its handler gets one empty event.
func mjs(name, source string) testCase {
	return testCase{name: name, files: map[string]string{"index.mjs": source}, events: []string{"{}"}}
}

// cjs is a package of one CommonJS file.
func cjs(name, source string) testCase {
	return testCase{name: name, files: map[string]string{"index.js": source}, events: []string{"{}"}}
}

// logs is a handler that only logs.
func logs(name, statements string) testCase {
	return mjs(name, "export const handler = async (event, context) => {\n"+statements+"\n};")
}

func (c testCase) on(runtime string) testCase {
	c.name += " on " + runtime
	c.env = append(c.env, "AWS_EXECUTION_ENV=AWS_Lambda_"+runtime)
	return c
}

func (c testCase) with(env ...string) testCase {
	c.env = append(c.env, env...)
	return c
}

func (c testCase) sent(events ...string) testCase {
	c.events = events
	return c
}

func (c testCase) file(name, content string) testCase {
	files := map[string]string{name: content}
	for n, s := range c.files {
		files[n] = s
	}
	c.files = files
	return c
}

func (c testCase) unlike(reason string, want ...string) testCase {
	c.differs, c.want = reason, want
	return c
}

const quotes = `"use strict";
var faqs = [{"q":"What is Lambda?","a":"A service"},{"q":"Why?","a":"Because"}];
exports.handler = function(event, context) {
    var n = event.n;
    console.log("Quote selected: ", n);
    console.log(faqs[n]);
    context.succeed({ statusCode: 200, headers: {}, body: JSON.stringify(faqs[n]) });
};`

var handlerCases = []testCase{
	mjs("result", "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify('Hello from Lambda!'), event });").sent(`{"a":[1,"ü",null]}`, `"text"`, `7`),
	cjs("module syntax in index.js", "import { sep } from 'node:path';\nexport const handler = async () => sep;"),
	cjs("export in index.js", "export const handler = async () => 1;").on("nodejs20.x"),
	mjs("nothing", "export const handler = async () => {};"),
	cjs("commonjs", "exports.handler = async (event) => { console.log(event); return event.key; };").sent(`{"key":"value","nested":{"list":[1,2,3]}}`),
	cjs("module exports", "module.exports = { handler: (event) => Promise.resolve([event]) };"),
	cjs("faq", quotes).sent(`{"n":0}`, `{"n":1}`),
	cjs("faq", quotes).on("nodejs12.x").sent(`{"n":0}`),
	cjs("faq", quotes).on("nodejs24.x").sent(`{"n":0}`, `{"n":1}`),
	cjs("callback", "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { done: event }), 5); };").sent(`{"x":1}`),
	cjs("callback", "exports.handler = (event, context, callback) => { callback(null, 1); };").on("nodejs20.x"),
	cjs("callback", "exports.handler = (event, context, callback) => { callback(null, 1); };").on("nodejs24.x"),
	cjs("callback error", "exports.handler = (event, context, callback) => { callback(new TypeError('no')); };").on("nodejs20.x"),
	cjs("callback text error", "exports.handler = (event, context, callback) => { callback('no such thing'); };").on("nodejs20.x"),
	cjs("callback waits", "exports.handler = (e, context, callback) => { setTimeout(() => console.log('later'), 20); callback(null, 'first'); };").on("nodejs20.x"),
	cjs("callback does not wait", "exports.handler = (e, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => console.log('later'), 60000); callback(null, 'first'); };").on("nodejs20.x"),
	cjs("never answers", "exports.handler = (event, context) => { console.log('sync'); return 5; };").sent(`{}`, `{}`),
	cjs("returns a value", "exports.handler = (event) => 5;").on("nodejs24.x"),
	cjs("done", "exports.handler = (event, context) => { context.done(null, 'done'); context.succeed('again'); };"),
	cjs("fail", "exports.handler = (event, context) => { context.fail(new RangeError('too far')); };"),
	cjs("fail with nothing", "exports.handler = (event, context) => { context.fail(); };"),
	mjs("never settles", "export const handler = async () => { await new Promise(() => {}); };"),
	mjs("context", "export const handler = async (event, c) => { const t = c.getRemainingTimeInMillis(); console.log(t > 0 && t <= 3000, Object.keys(c)); const { getRemainingTimeInMillis, ...rest } = c; return rest; };"),
	mjs("context", "export const handler = async (event, c) => { console.log(Object.keys(c)); return [typeof c.succeed, c.functionName]; };").on("nodejs24.x"),
	mjs("state stays", "let n = 0; export const handler = async () => ++n;").sent("{}", "{}", "{}"),
	mjs("default export", "export default async () => 1;").with("_HANDLER=index.default"),
	mjs("nested handler", "export const api = { v1: { get: async () => 'deep' } };").with("_HANDLER=index.api.v1.get"),
	testCase{name: "folder", files: map[string]string{"src/app.mjs": "export const run = async () => 'in a folder';"}, events: []string{"{}"}}.with("_HANDLER=src/app.run"),
	mjs("environment", "export const handler = async () => { process.env.ADDED = 1; return [process.env.WHO, process.env._HANDLER, process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.ADDED, process.env.NONE]; };").with("WHO=me"),
	mjs("top-level await", "const v = await new Promise((r) => setTimeout(r, 5, 'ready')); console.log('init', v); export const handler = async () => v;"),
	mjs("unserialisable", "export const handler = async () => 10n;"),
	mjs("function result", "export const handler = async () => () => {};"),
	mjs("exit", "export const handler = async () => { console.log('bye'); process.exit(3); };"),
	mjs("exit zero", "export const handler = async () => { process.exit(); };"),
	mjs("timers in order", "export const handler = async () => { const o = []; await new Promise((r) => { setTimeout(() => { o.push('t2'); r(); }, 150); setTimeout(() => o.push('t1'), 3); setImmediate(() => o.push('i')); process.nextTick(() => o.push('n')); Promise.resolve().then(() => o.push('p')); queueMicrotask(() => o.push('q')); o.push('s'); }); return o; };"),
	mjs("interval", "export const handler = async () => { let n = 0; await new Promise((r) => { const t = setInterval(() => { if (++n === 3) { clearInterval(t); r(); } }, 2); }); return n; };"),
}

var errorCases = []testCase{
	mjs("throws", "export const handler = async () => {\n  throw new Error('boom');\n};").sent("{}", "{}"),
	mjs("throws", "export const handler = async () => {\n  throw new Error('boom');\n};").on("nodejs24.x"),
	mjs("throws deep", "function inner(x) {\n  if (x) throw new TypeError('deep');\n}\nconst outer = () => inner(1);\nexport const handler = async () => {\n  outer();\n};"),
	mjs("throws later", "export const handler = async () => {\n  await new Promise((r) => setTimeout(r, 2));\n  throw new Error('later');\n};"),
	mjs("throws sync", "export const handler = () => {\n  throw new Error('sync');\n};"),
	cjs("throws in commonjs", "exports.handler = async (event) => {\n  const data = undefined;\n  return data.field;\n};"),
	cjs("throws on line one", "exports.handler = async () => { throw new Error('first line'); };"),
	mjs("custom error", "class Gone extends Error {\n  constructor(m) { super(m); this.name = 'Gone'; this.status = 410; }\n}\nexport const handler = async () => { throw new Gone('away'); };"),
	mjs("error with code", "export const handler = async () => { throw Object.assign(new Error('coded'), { code: 'E_X', extra: { a: 1 } }); };"),
	mjs("error with cause", "export const handler = async () => { throw new Error('outer', { cause: new TypeError('inner') }); };"),
	mjs("throws text", "export const handler = async () => { throw 'just text'; };"),
	mjs("throws object", "export const handler = async () => { throw { code: 7 }; };"),
	mjs("throws null", "export const handler = async () => { throw null; };"),
	mjs("reads undefined", "export const handler = async (event) => {\n  return event.Records[0].s3.bucket.name;\n};"),
	mjs("calls no function", "export const handler = async (event, context) => {\n  context.nothing.here;\n};"),
	mjs("is no function", "export const handler = async (event) => {\n  const list = {};\n  list.push(1);\n};"),
	mjs("is not defined", "export const handler = async (event) => {\n  return undefinedName + 1;\n};"),
	mjs("assigns a constant", "export const handler = async () => {\n  const a = 1;\n  a = 2;\n};"),
	mjs("too deep", "const f = () => f() + 1;\nexport const handler = async () => {\n  try { f(); } catch (e) { return [e.name, e.message, e instanceof RangeError]; }\n};"),
	mjs("rejection handler", "export const handler = async () => {\n  return (async () => undefined.x)().catch((e) => e.message);\n};"),
	mjs("endless text", "export const handler = async () => {\n  let s = 'x';\n  try { for (;;) s += s; } catch (e) { console.log(`${e}`); }\n};"),
	mjs("too deep for a log", "const f = () => f() + 1;\nexport const handler = async () => {\n  try { f(); } catch (e) { console.log(`${e}`); return [e.name, e instanceof RangeError]; }\n};"),
	mjs("before initialization", "export const handler = async () => {\n  x;\n  let x = 1;\n};"),
	mjs("invalid date", "export const handler = async () => {\n  return new Date('x').toISOString();\n};"),
	mjs("bad JSON", "export const handler = async () => {\n  return JSON.parse('{\"a\": tru}');\n};"),
	mjs("cut JSON", "export const handler = async () => {\n  return JSON.parse('{\"a\":');\n};"),
	mjs("circular result", "export const handler = async () => {\n  const a = { name: 'x' };\n  a.self = a;\n  console.log(a);\n  return a;\n};"),
	mjs("unhandled rejection", "export const handler = async () => {\n  Promise.reject(new Error('nobody'));\n  await new Promise((r) => setTimeout(r, 50));\n};"),
	mjs("forgotten await", "const work = async () => { throw new TypeError('in work'); };\nexport const handler = async () => {\n  work();\n  await new Promise((r) => setTimeout(r, 50));\n  return 1;\n};"),
	mjs("handled later", "export const handler = async () => {\n  const p = Promise.reject(new Error('x'));\n  try { await p; } catch (e) { return e.message; }\n};"),
	mjs("uncaught in timer", "export const handler = async () => {\n  setTimeout(() => { throw new Error('in a timer'); }, 1);\n  await new Promise((r) => setTimeout(r, 50));\n};"),
	mjs("console.error of an error", "export const handler = async () => {\n  try { null.x; } catch (e) { console.error(e); console.log('failed:', e.message); console.warn(`${e}`); }\n};"),
	mjs("no handler", "export const other = 1;"),
	mjs("no handler", "export const other = 1;").on("nodejs24.x"),
	mjs("handler is no function", "export const handler = 5;"),
	mjs("no module", "export const handler = 5;").with("_HANDLER=lambda.handler"),
	mjs("no module", "export const handler = 5;").on("nodejs24.x").with("_HANDLER=lambda.handler"),
	mjs("bad handler", "export const handler = 5;").with("_HANDLER=handler"),
	mjs("handler outside", "export const handler = 5;").with("_HANDLER=../index.handler"),
	cjs("require missing", "const x = require('left-pad');\nexports.handler = async () => x;"),
	cjs("require missing file", "require('./lib/a');\nexports.handler = async () => 1;").file("lib/a.js", "require('./b');"),
	mjs("import of the SDK", "import { S3Client } from '@aws-sdk/client-s3';\nexport const handler = async () => S3Client;"),
	cjs("require of the SDK", "const { S3Client } = require('@aws-sdk/client-s3');\nexports.handler = async () => S3Client;"),
	mjs("import missing", "import x from './missing.mjs';\nexport const handler = async () => x;"),
	mjs("import missing package", "import x from 'left-pad';\nexport const handler = async () => x;"),
	mjs("syntax error", "export const handler = async () => {\n  return {"),
	cjs("syntax error in commonjs", "exports.handler = async () => {\n  const a = ;\n};"),
	cjs("extra brace", "exports.handler = async () => {\n  return 1;\n}};"),
	cjs("missing parenthesis", "exports.handler = async () => {\n  console.log('a';\n};"),
	mjs("exports in a module", "exports.handler = async () => 1;"),
	mjs("require in a module", "const fs = require('fs');\nexport const handler = async () => 1;"),
	cjs("exports in a typed module", "exports.handler = async () => 1;").file("package.json", `{"type":"module"}`),
	cjs("throws in init", "console.log('loading');\nthrow new Error('in init');"),
	mjs("throws in init", "console.log('loading');\nthrow new Error('in init');").on("nodejs24.x"),
	mjs("constructor", "class A { constructor(v) { if (!v) throw new RangeError('v'); } }\nexport const handler = async () => new A();").unlike("QuickJS does not mark constructor frames with \"new\"", "RangeError: v"),
	mjs("frames of array functions", "export const handler = async () => {\n  return [1].map((x) => {\n    throw new Error('in map');\n  });\n};"),
	mjs("caught import", "export const handler = async () => {\n  const told = [];\n  for (const f of ['./throws.mjs', './later.mjs', './deep.mjs']) {\n    try { await import(f); } catch (e) { told.push(e.message); }\n  }\n  await new Promise((r) => setTimeout(r, 5));\n  return told;\n};").
		file("throws.mjs", "throw new Error('at once');").file("later.mjs", "await null; throw new Error('later');").file("deep.mjs", "import './inner.mjs';").file("inner.mjs", "throw new Error('inside');").sent("{}", "{}"),
	mjs("named later", "export const handler = async () => {\n  const e = new Error('first');\n  e.name = 'Renamed';\n  console.log(e.stack.split('\\n')[0]);\n  e.name = 'Again';\n  throw e;\n};"),
	mjs("rejection beside a handled one", "export const handler = async () => {\n  const p = Promise.reject(new Error('twice'));\n  p.catch(() => {});\n  p.then(() => {});\n  await new Promise((r) => setTimeout(r, 20));\n};"),
	mjs("caught", "export const handler = async (event) => {\n  try { return event.a.b; } catch (e) { return [e.message, e.name, e.stack.split('\\n').slice(0, 2)]; }\n};"),
	mjs("caught and thrown again", "const work = (event) => {\n  try { event.list.push(1); } catch (error) { throw new Error(`work: ${error.message}`, { cause: error }); }\n};\nexport const handler = async (event) => {\n  try { work(event); } catch (e) { try { e.x.y; } catch (e) { console.log(e.message); } throw e; }\n};"),
	cjs("caught on line one", "exports.handler = async (event) => { try { null.x; } catch (e) { console.log(e.message); throw new Error('again'); } };"),
	cjs("caught in text", "const text = 'catch (e) {'; // catch (e) {\nexports.handler = async () => [text, `catch (e) { ${(() => { try { null.x; } catch (e) { return e.message; } })()}`, /catch (e) {/.source, \"} catch (e) { /*\", '*/ } catch (e) {'];"),
	mjs("caught beside imports", "import { get } from './a.mjs';\nimport data from './data.json' with { type: 'json' };\nexport const name = 'index';\nexport const handler = async () => {\n  try { return get().x.y; } catch (e) { return [e.message, data.n]; }\n};").
		file("a.mjs", "import { name } from './index.mjs';\nimport fs from 'node:fs';\nexport const get = () => { try { return name.no.no; } catch (e) { return { message: e.message, fs: typeof fs }; } };").file("data.json", `{"n":7}`),
	mjs("caught without a name", "export const handler = async () => {\n  try { null.x; } catch { }\n  try { null.y; } catch ({ name }) { return name; } finally { console.log('done'); }\n};"),
	mjs("reads null", "export const handler = async (event) => {\n  return event.queryStringParameters.name;\n};").sent(`{"queryStringParameters":null}`),
	mjs("takes null apart", "const other = 1;\nexport const handler = async (event) => {\n  const { name } = event.queryStringParameters;\n  return name;\n};").sent(`{"queryStringParameters":null}`).
		unlike("QuickJS does not tell whether the value is null or undefined", "'name' of 'event.queryStringParameters' as it is null or undefined.", "(file:///var/task/index.mjs:3:11)"),
	mjs("parses undefined", "export const handler = async (event) => {\n  return JSON.parse(event.body);\n};"),
	mjs("misspelt function", "export const handler = async () => {\n  return Math.flor(1);\n};"),
	mjs("misspelt method", "export const handler = async () => {\n  const response = { body: JSON.Stringify({}) };\n  return response;\n};"),
	mjs("not iterable", "export const handler = async (event) => {\n  for (const item of event.items) console.log(item);\n};"),
	mjs("spreads an object", "export const handler = async (event) => {\n  return [...event];\n};"),
	mjs("reduces nothing", "export const handler = async () => {\n  return [].reduce((a, b) => a + b);\n};"),
	mjs("repeats less than never", "export const handler = async () => {\n  return 'x'.repeat(-1);\n};"),
	mjs("adds a symbol", "export const handler = async () => {\n  return '' + Symbol('x');\n};"),
	mjs("misspelt keyword", "export const handler = async (event) => {\n  retrun event;\n};"),
	cjs("misspelt function keyword", "exports.handler = functon(event, context) {\n};"),
	mjs("no arrow", "export const handler = async (event) {\n  return 1;\n};"),
	mjs("export without const", "export handler = async (event) => {\n  return 1;\n};"),
	mjs("no comma in a list", "const faqs = [\n  { q: 'a' }\n  { q: 'b' },\n];\nexport const handler = async () => faqs;"),
	mjs("no comma in an object", "const faq = {\n  q: 'a'\n  a: 'b'\n};\nexport const handler = async () => faq;"),
	mjs("typographic quotes", "export const handler = async () => {\n  return “x”;\n};"),
	mjs("exported twice", "export const handler = async () => 1;\nexport const handler = async () => 2;"),
	cjs("no closing brace", "exports.handler = async (event) => {\n  if (event) {\n  return 1;\n};"),
	mjs("import of JSON", "import faq from './faq.json' with { type: 'json' };\nexport const handler = async () => [faq, (await import('./faq.json', { with: { type: 'json' } })).default.a];").file("faq.json", `{"a":1}`),
	mjs("import of JSON as code", "import faq from './faq.json';\nexport const handler = async () => faq;").file("faq.json", `{"a":1}`).
		unlike("Node 20 has another code and other words; these are Node 22's", "ERR_IMPORT_ATTRIBUTE_MISSING", `file:///var/task/faq.json\" needs an import attribute of \"type: json\"`),
	mjs("succeed in a module", "export const handler = async (event, context) => {\n  context.succeed({ n: event.n });\n};").sent(`{"n":1}`),
	mjs("succeed in a module", "export const handler = async (event, context) => {\n  context.succeed({ n: event.n });\n};").on("nodejs24.x").sent(`{"n":1}`),
	mjs("callback in a module", "export const handler = (event, context, callback) => {\n  callback(null, event);\n};"),
	mjs("callback in a module", "export const handler = async (event, context, callback) => {\n  callback(null, event);\n};").on("nodejs24.x"),
	cjs("throws in commonjs", "exports.handler = async (event) => {\n  return event.body.length;\n};").on("nodejs24.x"),
	cjs("throws sync in commonjs", "exports.handler = (event, context) => {\n  context.fail(event.a.b);\n};"),
	cjs("named function", "exports.handler = function faq(event, context) {\n  context.succeed(missing);\n};"),
	cjs("named function", "exports.handler = function faq(event, context) {\n  context.succeed(1);\n};").on("nodejs24.x"),
	mjs("syntax error", "export const handler = async () => {\n  const faqs = [{ q: 'a' } { q: 'b' }];\n};").on("nodejs24.x"),
	cjs("syntax error in commonjs", "exports.handler = async () => {\n  const faqs = [{ q: 'a' } { q: 'b' }];\n};").on("nodejs24.x"),
	mjs("exports in a module", "exports.handler = async () => 1;").on("nodejs24.x"),
	mjs("require in a module", "const fs = require('fs');\nexport const handler = async () => 1;").on("nodejs24.x"),
	mjs("import missing", "import x from './missing.mjs';\nexport const handler = async () => x;").on("nodejs24.x"),
	mjs("unhandled rejection", "export const handler = async () => {\n  Promise.reject(new Error('nobody'));\n  await new Promise((r) => setTimeout(r, 50));\n};").on("nodejs24.x"),
	mjs("uncaught in timer", "export const handler = async () => {\n  setTimeout(() => { throw new Error('in a timer'); }, 1);\n  await new Promise((r) => setTimeout(r, 50));\n};").on("nodejs24.x"),
	mjs("throws text", "export const handler = async () => { throw 'just text'; };").on("nodejs24.x"),
	mjs("exit", "export const handler = async () => { console.log('bye'); process.exit(3); };").on("nodejs24.x"),
	mjs("never settles", "export const handler = async () => { await new Promise(() => {}); };").on("nodejs24.x"),
	mjs("bad handler", "export const handler = 5;").on("nodejs24.x").with("_HANDLER=handler"),
	mjs("handler is no function", "export const handler = 5;").on("nodejs24.x"),
	mjs("declared twice", "const a = 1;\nlet a = 2;\nexport const handler = async () => a;"),
	mjs("await outside async", "const work = async () => 1;\nexport const handler = () => {\n  const n = await work();\n  return n;\n};"),
	cjs("await outside async in commonjs", "const work = async () => 1;\nexports.handler = () => {\n  const n = await work();\n  return n;\n};"),
	mjs("open text", "export const handler = async () => {\n  return 'it is;\n};"),
	mjs("open comment", "export const handler = async () => {\n  /* return 1;\n};"),
	mjs("open template", "export const handler = async () => {\n  return `it is;\n};"),
	mjs("bad pattern", "export const handler = async () => {\n  return /(/.test('a');\n};"),
	mjs("assigns to a number", "export const handler = async () => {\n  1 = handler;\n};"),
	mjs("aggregate", "export const handler = async () => {\n  await Promise.any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))]);\n};"),
}
