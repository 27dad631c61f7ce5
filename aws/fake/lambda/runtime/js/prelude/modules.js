// require and import: Node's rules for the package at /var/task and for the builtin modules there are.
const builtin = (name) => {
  const short = name.replace(/^node:/, '');
  if (!Object.hasOwn(builtins, short) || (name === short && short === 'test')) return undefined;
  return builtins[short];
};
// Node's other modules: asking for them is no mistake of the learner's.
const absent = new Set(('async_hooks child_process cluster console dgram diagnostics_channel dns domain fs/promises http http2 https inspector module net '
  + 'punycode readline repl stream sys tls trace_events tty v8 vm wasi worker_threads zlib test sqlite').split(' '));

const isFile = (file) => { try { return host.stat(file, false)[0] === 'file'; } catch { return false; } };
const isFolder = (file) => { try { return host.stat(file, false)[0] === 'dir'; } catch { return false; } };
const readText = (file) => host.utf8(host.readFile(file)).replace(/^\uFEFF/, '');
const packageOf = (file) => {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = `${folder}/package.json`;
    if (isFile(manifest)) {
      try {
        return { file: manifest, folder, ...JSON.parse(readText(manifest)) };
      } catch {
        return { file: manifest, folder };
      }
    }
    if (folder === '/' || folder.endsWith('/node_modules')) return undefined;
  }
};
// Files that turned out to be ES modules though nothing says so, as newer versions of Node find out too.
const detected = new Set();
const isModuleFile = (file) => file.endsWith('.mjs') || detected.has(file) || (file.endsWith('.js') && packageOf(file)?.type === 'module');

const asFile = (stem) => [stem, `${stem}.js`, `${stem}.json`, `${stem}.cjs`].find((f) => isFile(f) && (f === stem || !f.endsWith('.cjs')));
const asFolder = (folder) => {
  if (!isFolder(folder)) return undefined;
  if (isFile(`${folder}/package.json`)) {
    const { main } = JSON.parse(readText(`${folder}/package.json`));
    if (typeof main === 'string') {
      const found = asFile(path.join(folder, main)) ?? asFile(path.join(folder, main, 'index'));
      if (found) return found;
    }
  }
  return asFile(`${folder}/index`);
};

// package.json's exports: the first condition that holds.
const conditional = (target, conditions) => {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return target.map((t) => conditional(t, conditions)).find(Boolean);
  if (typeof target !== 'object' || target === null) return undefined;
  for (const key of Object.keys(target)) {
    if (key !== 'default' && !conditions.includes(key)) continue;
    const found = conditional(target[key], conditions);
    if (found) return found;
  }
  return undefined;
};
const exported = (folder, subpath, conditions) => {
  const manifest = `${folder}/package.json`;
  if (!isFile(manifest)) return undefined;
  const { exports: map } = JSON.parse(readText(manifest));
  if (map === undefined) return undefined;
  const entries = typeof map === 'string' || Array.isArray(map) || !Object.keys(map)[0]?.startsWith('.') ? { '.': map } : map;
  const exact = conditional(entries[subpath], conditions);
  if (exact) return path.join(folder, exact);
  for (const key of Object.keys(entries).filter((k) => k.includes('*'))) {
    const [head, tail] = key.split('*');
    if (!subpath.startsWith(head) || !subpath.endsWith(tail) || subpath.length < key.length - 1) continue;
    const target = conditional(entries[key], conditions);
    if (target) return path.join(folder, target.replaceAll('*', subpath.slice(head.length, subpath.length - tail.length)));
  }
  return undefined;
};
const inPackages = (name, from, conditions) => {
  const parts = name.split('/');
  const packageName = parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
  const subpath = `.${name.slice(packageName.length)}`;
  for (let folder = from; ; folder = path.dirname(folder)) {
    const at = `${folder === '/' ? '' : folder}/node_modules/${packageName}`;
    if (isFolder(at)) {
      const target = path.join(at, subpath);
      const found = exported(at, subpath, conditions) ?? asFile(target) ?? asFolder(target);
      if (found) return found;
    }
    if (folder === '/') return undefined;
  }
};
const isPath = (name) => /^(?:\.{1,2}(?:\/|$)|\/)/.test(name);

// ---- CommonJS
const loaded = new Map();
const parents = new Map();
const requireStack = (file) => {
  const stack = [];
  for (let f = file; f && !stack.includes(f); f = parents.get(f)) stack.push(f);
  return [...stack, '/var/runtime/index.mjs'];
};
const resolveRequire = (name, from) => {
  if (typeof name !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "id" argument must be of type string. Received ${inspect(name)}`);
  const folder = path.dirname(from);
  const target = path.resolve(folder, name);
  const found = isPath(name) ? asFile(target) ?? asFolder(target) : inPackages(name, folder, ['node', 'require', 'module-sync']);
  if (found) return found;
  if (absent.has(name.replace(/^node:/, ''))) throw notHere(`Node's module '${name}'`);
  return missing(name, requireStack(from));
};
const missing = (name, stack) => {
  const e = new Error(`Cannot find module '${name}'\nRequire stack:\n${stack.map((f) => `- ${f}`).join('\n')}`);
  e.code = 'MODULE_NOT_FOUND';
  e.requireStack = stack;
  throw e;
};

const wrapperHead = '(function (exports, require, module, __filename, __dirname) { ';
const evaluate = (file, text, before) => {
  const { code, inserted } = withCalls(text, false);
  sources.set(file, { text, before: before.length, inserted });
  delete globalThis.__thrown;
  host.evaluate(file, text === '' ? before : `${before}${code}\n})`);
  if (Object.hasOwn(globalThis, '__thrown')) {
    const e = globalThis.__thrown;
    delete globalThis.__thrown;
    throw seen(e);
  }
  const value = globalThis.__value;
  delete globalThis.__value;
  return value;
};
const wrapped = (file, text) => evaluate(file, text.startsWith('#!') ? `//${text}` : text || ' ', wrapperHead);

const requireFrom = (file) => {
  const require = (name) => {
    const own = builtin(String(name));
    if (own) return own;
    const found = resolveRequire(name, file);
    if (!parents.has(found)) parents.set(found, file);
    return requireFile(found);
  };
  require.resolve = (name, options) => {
    if (builtin(name)) return name;
    if (!options?.paths) return resolveRequire(name, file);
    for (const folder of options.paths) {
      const found = inPackages(name, folder, ['node', 'require']);
      if (found) return found;
    }
    return missing(name, ['/var/runtime/index.mjs']);
  };
  require.cache = Object.create(null);
  return require;
};
const requireFile = (file) => {
  const known = loaded.get(file);
  if (known) return known.exports;
  if (isModuleFile(file)) throw nodeError(Error, 'ERR_REQUIRE_ESM', `require() of ES Module ${file} not supported by the embedded JavaScript engine; use import() instead.`);
  const module = { id: file, path: path.dirname(file), exports: {}, filename: file, loaded: false, children: [], paths: [] };
  loaded.set(file, module);
  try {
    if (file.endsWith('.json')) {
      module.exports = parseJSONFile(file);
    } else {
      const require = requireFrom(file);
      module.require = require;
      wrapped(file, readText(file)).call(module.exports, module.exports, require, module, file, path.dirname(file));
    }
  } catch (e) {
    loaded.delete(file);
    throw e;
  }
  module.loaded = true;
  return module.exports;
};
const parseJSONFile = (file) => {
  try {
    return JSON.parse(readText(file));
  } catch (e) {
    e.message = `${file}: ${e.message}`;
    throw e;
  }
};

// ---- ES modules
let importFailure; // the last thing that stopped an import, which the engine itself cannot carry
const fail = (e) => {
  importFailure ??= e;
  throw e;
};
const toURL = (file) => `file://${file}`;
const toFile = (url) => decodeURIComponent(url.replace(/^file:\/\//, ''));

// Node wants to be told that a JSON file is one. What is imported under a name that is not in the text cannot be told.
const needAttribute = (importer, name, url) => {
  const text = sources.get(importer)?.text ?? '';
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (!new RegExp(`['"]${literal}['"]`).test(text) || new RegExp(`['"]${literal}['"]\\s*(?:,\\s*\\{\\s*)?(?:with|assert)\\b`).test(text)) return url;
  return fail(nodeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_MISSING', `Module "${url}" needs an import attribute of "type: json"`));
};

entry('__resolveImport', (importer, name) => {
  if (reading) return `reading:${name}`;
  if (builtin(name)) return `node:${name.replace(/^node:/, '')}`;
  if (name.startsWith('file:')) return name;
  const from = importer.startsWith('file:') ? toFile(importer) : importer.startsWith('/') ? importer : '/var/task/index.mjs';
  if (!isPath(name)) {
    if (absent.has(name.replace(/^node:/, ''))) return fail(notHere(`Node's module '${name}'`));
    const found = inPackages(name, path.dirname(from), ['node', 'import', 'module-sync']);
    return found ? toURL(found) : fail(nodeError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${from}`));
  }
  const file = path.resolve(path.dirname(from), name);
  if (isFile(file)) return file.endsWith('.json') ? needAttribute(importer, name, toURL(file)) : toURL(file);
  if (isFolder(file)) return fail(nodeError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT', `Directory import '${file}' is not supported resolving ES modules imported from ${from}`));
  return fail(Object.assign(nodeError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${file}' imported from ${from}`), { url: toURL(file) }));
});

const identifier = /^[A-Za-z_$][\w$]*$/;
const reserved = new Set(('break case catch class const continue debugger default delete do else enum export extends false finally for function if import in '
  + 'instanceof new null return super switch this throw true try typeof var void while with yield let static await').split(' '));
// A module that hands out the properties of a value: a builtin's, or a CommonJS module's exports.
const facade = (expression, value) => {
  const names = value !== null && (typeof value === 'object' || typeof value === 'function')
    ? Object.keys(value).filter((k) => identifier.test(k) && !reserved.has(k)) : [];
  return `const _m = ${expression}; export default _m;${names.map((n, i) => `const _${i} = _m.${n}; export { _${i} as ${n} };`).join('')}`;
};
entry('__facade', (name) => (name.startsWith('node:') ? builtin(name) : requireFile(name)));

entry('__importSource', (name) => {
  if (reading) return '';
  if (name.startsWith('node:')) return facade(`__facade(${JSON.stringify(name)})`, builtin(name));
  const file = toFile(name);
  try {
    if (!isModuleFile(file)) {
      if (file.endsWith('.json')) return `export default ${JSON.stringify(parseJSONFile(file))};`;
      return facade(`__facade(${JSON.stringify(file)})`, requireFile(file));
    }
    const text = readText(file);
    const meta = /\bimport\s*\.\s*meta\b/.test(text)
      ? `Object.assign(import.meta, ${JSON.stringify({ url: name, filename: file, dirname: path.dirname(file) })}); ` : '';
    const { code, inserted } = withCalls(text, true);
    sources.set(name, { text, before: meta.length, inserted, package: file.endsWith('.js') ? packageOf(file)?.file : undefined });
    return meta + code;
  } catch (e) {
    return fail(e);
  }
});
const importFile = async (file) => {
  importFailure = undefined;
  try {
    return await import(toURL(file));
  } catch (e) {
    throw seen(importFailure ?? e);
  } finally {
    importFailure = undefined;
  }
};
/** The handler's file, which may be an ES module in a .js file. */
const requireOrImport = (file) => {
  try {
    return requireFile(file);
  } catch (e) {
    if (!(e instanceof SyntaxError) || !file.endsWith('.js') || packageOf(file)?.type || !/^\s*(?:import|export)\b/m.test(readText(file))) throw e;
    detected.add(file);
    return importFile(file);
  }
};
builtins.module = { createRequire: (from) => requireFrom(String(from).startsWith('file:') ? toFile(String(from)) : String(from)), builtinModules: Object.keys(builtins), isBuiltin: (name) => Boolean(builtin(name)) };
