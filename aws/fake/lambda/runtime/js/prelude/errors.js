// Errors as V8 tells them. The engine gives `stack` without the first line, names natives its own way and has other
// messages for its own errors; this file puts that right when an error is made, printed or sent.

/** Sources by the name that stack frames carry: text, how much the loader put before its first line, and what into it. */
const sources = new Map();
const sourceLine = (file, line) => sources.get(file)?.text.split('\n')[line - 1] ?? '';
const told = new WeakSet();

const nativeNames = {
  parse: 'JSON.parse', stringify: 'JSON.stringify', map: 'Array.map', forEach: 'Array.forEach', filter: 'Array.filter',
  reduce: 'Array.reduce', find: 'Array.find', some: 'Array.some', every: 'Array.every', sort: 'Array.sort', flatMap: 'Array.flatMap',
  Promise: 'new Promise', toISOString: 'Date.toISOString', decodeURIComponent: 'decodeURIComponent', repeat: 'String.repeat',
};

// The engine points at other places than V8: the parenthesis of a call, the dot of a property, the name in a return
// or an assignment.
const columnOfV8 = (text, column, message) => {
  const at = text[column - 1];
  const before = text.slice(0, column - 1);
  if (at === '.') return column + 1;
  if (at === '?' && text[column] === '.') return column + 2;
  if (/^Assignment to constant/.test(message)) return column + /^[\w$]*\s*/.exec(text.slice(column - 1))[0].length;
  if (/is not defined/.test(message)) return /\breturn\s+$/.test(before) ? before.lastIndexOf('return') + 1 : column;
  if (at !== '(') return column;
  const made = /\bnew\s+[\w$.]+\s*$/.exec(before);
  if (made) return made.index + 1;
  const called = /[\w$]+\s*$/.exec(before);
  return called ? called.index + 1 : column;
};

/** A column of what the engine read, in the file: without what the loader put before it and into it. */
const ownColumn = (file, line, column) => {
  const source = sources.get(file);
  if (!source) return column;
  let own = line === 1 ? column - source.before : column;
  for (const i of source.inserted ?? []) {
    if (i.line === line && own >= i.column) own = Math.max(i.column, own - i.length);
  }
  return Math.max(1, own);
};

const place = (file, line, column, message) => {
  const d = /^Cannot destructure property/.test(message) && destructuring(atPlace(file, line, column));
  if (d) return `${file}:${d.line}:${d.column}`;
  return `${file}:${line}:${columnOfV8(sourceLine(file, line), ownColumn(file, line, column), message)}`;
};

// How the prelude calls the learner's functions, by the name of the calling function: the frame is V8's.
const handlerFrame = (type) => (name, where) => {
  if (name === 'handler') return `${type}.handler (${where})`;
  if (name) return `${type}.${name} [as handler] (${where})`;
  const text = sources.get(where.replace(/:\d+:\d+$/, ''))?.text ?? '';
  const property = process.env._HANDLER.split('.').slice(1).join('.');
  return `${text.includes(`module.exports.${property}`) ? 'module.' : ''}exports.${property} (${where})`;
};
const ownCall = {
  handleOnceNonStreaming: handlerFrame('Runtime'),
  processInvoke: handlerFrame('BufferedInvokeProcessor'),
  runTimer: (name, where) => `${name ? `Timeout.${name} [as _onTimeout]` : 'Timeout._onTimeout'} (${where})`,
  runImmediate: (name, where) => `Immediate.${name || '<anonymous>'} (${where})`,
  requireFile: (_name, where) => `Object.<anonymous> (${where})`,
};

// An engine's frame in parts; own frames of the prelude have no place.
const parseFrame = (text, message) => {
  const m = /^ {4}at (?:(.*?) \()?(.*?)(?::(\d+):(\d+))?\)?$/.exec(text);
  if (!m) return undefined;
  const [, name = '', file, line, column] = m;
  const known = name === '<anonymous>' ? '' : name;
  if (file === 'native') return { name: known, native: true };
  if (file.startsWith('<') || !line) return { name: known, own: true };
  return { name: known, where: place(file, Number(line), Number(column), first(message)) };
};
const first = (message) => String(message).split('\n')[0];
const framesOf = (stack, message) => {
  const frames = stack.split('\n').map((line) => parseFrame(line, message)).filter(Boolean);
  const lines = [];
  let outermost = true;
  frames.forEach((f, i) => {
    if (f.native && nativeNames[f.name]) lines.push(`${nativeNames[f.name]} (<anonymous>)`);
    if (!f.where) return;
    const caller = frames.slice(i + 1).find((g) => !g.native && g.name !== 'guarded');
    const isLast = !frames.slice(i + 1).some((g) => g.where);
    if (caller?.own && ownCall[caller.name]) lines.push(ownCall[caller.name](f.name, f.where));
    else if (isLast && f.name === 'handler') lines.push(`${contract.modern ? 'BufferedInvokeProcessor' : 'Runtime'}.handler (${f.where})`);
    else lines.push(f.name ? `${f.name} (${f.where})` : f.where);
    outermost = caller?.own && caller.name === 'handleOnceNonStreaming';
  });
  if (lines.length && outermost === true) lines.push('Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)');
  return lines.slice(0, Error.stackTraceLimit).map((f) => `    at ${f}`);
};

// ---- messages

/** The expression that is called at a frame: `context.succeed` of `context.succeed(1)`. */
const calledAt = (stack) => {
  const m = /(?:^|\n) {4}at (?:.*? \()?(file:.*?|\/.*?):(\d+):(\d+)\)?(?:\n|$)/.exec(stack);
  if (!m) return undefined;
  return atPlace(m[1], Number(m[2]), Number(m[3]));
};
/** The text before and after a place in its line. */
const atPlace = (file, line, engineColumn) => {
  const column = ownColumn(file, line, engineColumn);
  const text = sourceLine(file, line);
  return { file, line, before: text.slice(0, column - 1), after: text.slice(column - 1) };
};
const expression = (at) => {
  const found = /((?:\b(?:await|new)\s+)?)([\w$]+(?:\??\.[\w$]+|\[[^[\]]*\])*(?:\(\))?)\s*(?:\?\.)?$/.exec(at?.before ?? '');
  return found ? found[2].replaceAll('?.', '.').replace(/\(\)$/, '(...)').replace(/\[[^[\]]*\]/g, '[...]') : '(intermediate value)';
};

/**
 * The one `const { name } = value` of a function, when that is what failed: the engine points at the function's start,
 * and does not tell the value. With several of them nothing is known.
 */
const destructuring = (at) => {
  if (!/^(?:async\b|function\b|\(|[\w$]+\s*=>)/.test(at.after) || /^[^=]*\{[^=]*=>/.test(at.after)) return undefined;
  const found = [];
  const lines = sources.get(at.file)?.text.split('\n') ?? [];
  for (let line = at.line; line <= lines.length && (line === at.line || !/^\S/.test(lines[line - 1])); line++) {
    const m = /^(.*\b(?:const|let|var)\s*\{\s*)([\w$]+)[^={}]*\}\s*=\s*(?:await\s+)?([\w$.]+)/.exec(lines[line - 1]);
    if (m) found.push({ line, column: m[1].length + 1, name: m[2], of: m[3] });
  }
  return found.length === 1 ? found[0] : undefined;
};

/** The expression around a place: `event.items` at its dot. */
const around = (at) => {
  const text = `${/[\w$.]*$/.exec(at?.before ?? '')[0]}${/^[\w$.]*/.exec(at?.after ?? '')[0]}`.replace(/^\.+/, '');
  return /^(?:async|function|)$/.test(text) ? 'object' : text;
};

/** Where an arrow is missing, which the engine notices late: in `async (event) {` before a return. */
const missingArrow = (file, line) => {
  for (; line > 0; line--) {
    const m = /^.*\basync\s*\([^()]*\)\s*(?=\{\s*$)/.exec(sourceLine(file, line));
    if (m && !/\bfunction\b/.test(m[0])) return { line, column: m[0].length + 1 };
    if (/=>|\bfunction\b/.test(sourceLine(file, line))) return undefined;
  }
  return undefined;
};

const esmHint = { require: ', you can use import instead', __filename: '', __dirname: '', exports: '', module: '' };
const undefinedName = (name, at) => {
  if (!(name in esmHint) || !at?.file.startsWith('file:')) return `${name} is not defined`;
  const own = `${name} is not defined in ES module scope${esmHint[name]}`;
  if (!at.file.endsWith('.js') || !sources.get(at.file)?.package) return own;
  return `${own}\nThis file is being treated as an ES module because it has a '.js' file extension and '${sources.get(at.file).package}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;
};

// The key of `[0]` or `['name']` after a value that has none; what a variable held is not known.
const readKey = (at) => {
  const m = /^\[\s*(?:(\d+)|'([^']*)'|"([^"]*)")\s*\]/.exec(at?.after ?? '');
  return m ? ` (reading '${m[1] ?? m[2] ?? m[3]}')` : '';
};

// The engine's message, V8's message.
const messages = [
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [/^invalid repeat count$/, (at) => `Invalid count value: ${/^[^)]*?\(\s*(-?[\w.$]+)/.exec(at?.after ?? '')?.[1] ?? -1}`],
  [/^invalid number of digits$/, (at) => `${/[\w$]+$/.exec(at?.before ?? '')?.[0] ?? 'toFixed'}() digits argument must be between 0 and 100`],
  [/^cannot convert symbol to string$/, () => 'Cannot convert a Symbol value to a string'],
  [/^this is not initialized$/, () => "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"],
  [/^cannot convert to object$/, (at) => {
    const d = at && destructuring(at);
    return d ? `Cannot destructure property '${d.name}' of '${d.of}' as it is null or undefined.` : 'Cannot convert undefined or null to object';
  }],
  [/^value is not iterable$|^cannot read property 'Symbol.iterator' of (?:undefined|null)$/, (at) => `${around(at)} is not iterable`],
  [/^cannot read property '(.*)' of (undefined|null)$/s, (_at, key, of) => `Cannot read properties of ${of} (reading '${key}')`],
  [/^cannot read property of (undefined|null)$/, (at, of) => `Cannot read properties of ${of}${readKey(at)}`],
  [/^cannot set property '(.*)' of (undefined|null)$/s, (_at, key, of) => `Cannot set properties of ${of} (setting '${key}')`],
  [/^'(.*)' is not defined$/, (at, name) => undefinedName(name, at)],
  [/^'(.*)' is read-only$/, (at, name) => (/\.\s*[\w$]*$/.test(at?.before ?? '') || /^\s*\./.test(at?.after ?? '') ? `Cannot assign to read only property '${name}' of object '#<Object>'` : 'Assignment to constant variable.')],
  [/^(\S+) is not initialized$/, (_at, name) => `Cannot access '${name}' before initialization`],
  [/^invalid 'instanceof' right operand$/, () => "Right-hand side of 'instanceof' is not callable"],
  [/^not a function$/, (at) => `${expression(at)} is not a function`],
  [/^.*\bis not a constructor$|^not a constructor$/, (at) => `${expression(at)} is not a constructor`],
  [/^class constructors must be invoked with 'new'$/, (at) => `Class constructor ${expression(at)} cannot be invoked without 'new'`],
  [/^cannot convert bigint to number$/, () => 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^Date value is NaN$/, () => 'Invalid time value'],
  [/^invalid array length$/, () => 'Invalid array length'],
  [/^expecting hex digit$/, () => 'URI malformed'],
  [/^object is not extensible$/, () => 'Cannot add property, object is not extensible'],
  [/^unexpected token in expression: ''$|^expecting .*''$/, () => 'Unexpected end of input'],
  [/^unexpected token in expression: '(.*)'$/s, (_at, token) => `Unexpected token '${token}'`],
  [/^missing initializer for const variable$/, () => 'Missing initializer in const declaration'],
  [/^invalid redefinition of .*$/, (at) => `Identifier '${/([\w$]+)\s*$/.exec(at?.before ?? '')?.[1] ?? /^[\w$]*/.exec(at?.after ?? '')[0]}' has already been declared`],
  [/^return not in a function$/, (at) => (at && missingArrow(at.file, at.line) ? "Unexpected token '{'" : 'Illegal return statement')],
  [/^invalid export syntax$/, () => "Unexpected token 'export'"],
  [/^unexpected character$/, () => 'Invalid or unexpected token'],
  [/^unexpected end of (?:string|comment)$/, (at) => (at?.after.startsWith('`') ? 'Unexpected end of input' : 'Invalid or unexpected token')],
  [/^unexpected 'await' keyword$/, (at) => (at?.file.startsWith('file:') ? 'Unexpected reserved word' : 'await is only valid in async functions and the top level bodies of modules')],
  [/^invalid assignment left-hand side$/, () => 'Invalid left-hand side in assignment'],
  [/^break must be inside loop or switch$/, () => 'Illegal break statement'],
  [/^continue must be inside loop$/, () => 'Illegal continue statement: no surrounding iteration statement'],
  [/^nothing to repeat$/, (at) => badPattern(at, 'Nothing to repeat')],
  [/^expecting '\)'$/, (at) => (at?.after.startsWith('/') ? badPattern(at, 'Unterminated group') : unexpected(at))],
  [/^function name expected$/, () => 'Function statements require a function name'],
  [/^unsupported keyword: (.*)$/, (_at, word) => `Unexpected token '${word}'`],
  [/^expecting '\)'$|^missing formal parameter$|^expecting .*$|^missing variable name$|^variable name expected$|^invalid property name$|^invalid .* name$/, (at) => unexpected(at)],
];

const badPattern = (at, what) => `Invalid regular expression: ${/^\/(?:\\.|[^/\\])*\/\w*/.exec(at?.after ?? '')?.[0] ?? '//'}: ${what}`;

// What V8 says of a token that should not be there.
const unexpected = (at) => {
  const rest = (at?.after ?? '').trimStart();
  const before = at?.before ?? '';
  if (at?.file.startsWith('/') && /\}\s*$/.test(before) && /^[;)]?$/.test(rest)) return "Unexpected token '}'";
  if (/\bawait\s*$/.test(before)) return 'await is only valid in async functions and the top level bodies of modules';
  if (/^\s*import\b/.test(before)) return 'Cannot use import statement outside a module';
  if (/\([^()]*$/.test(before) && /^[\w$"'`;]/.test(rest) && !/\b(?:if|for|while|function)\s*\w*\s*\([^()]*$/.test(before)) return 'missing ) after argument list';
  const word = /^[\p{ID_Start}_$][\p{ID_Continue}$]*/u.exec(rest)?.[0];
  if (word) return `Unexpected identifier '${word}'`;
  if (/^\d/.test(rest)) return 'Unexpected number';
  if (/^["']/.test(rest)) return 'Unexpected string';
  if (/^`/.test(rest)) return 'Unexpected template string';
  return rest === '' ? 'Unexpected end of input' : `Unexpected token '${/^(?:=>|\.\.\.|.)/.exec(rest)[0]}'`;
};

const headerOf = (e) => {
  const name = e.name === undefined ? 'Error' : String(e.name);
  const message = e.message === undefined ? '' : String(e.message);
  return message === '' ? name : name === '' ? message : `${name}: ${message}`;
};

const raw = (stack) => typeof stack === 'string' && (stack === '' || /^ {4}at /.test(stack));

// V8 writes the stack when it is first read: a name set after construction shows in it.
const lazyStack = (e, write) => {
  Object.defineProperty(e, 'stack', {
    get() {
      const stack = write(e);
      hidden(e, { stack });
      return stack;
    },
    set(stack) { hidden(e, { stack }); },
    configurable: true,
    enumerable: false,
  });
};

/** Puts an error in V8's words, once; gives it back. */
const seen = (e, skip = 0) => {
  if (typeof e !== 'object' || e === null || told.has(e) || !(e instanceof Error)) return e;
  told.add(e);
  try {
    if (e instanceof InternalError) {
      if (e.message === 'out of memory') host.kill();
      const range = { 'stack overflow': 'Maximum call stack size exceeded', 'string too long': 'Invalid string length' }[e.message];
      if (range) {
        Object.setPrototypeOf(e, RangeError.prototype);
        e.message = range;
      }
    }
    if (!raw(e.stack)) return e;
    const { stack } = e;
    for (const [engine, v8] of messages) {
      const m = engine.exec(e.message);
      if (!m) continue;
      hidden(e, { message: v8(calledAt(stack), ...m.slice(1)) });
      break;
    }
    const lines = stack.split('\n').slice(skip);
    lazyStack(e, (shown) => [headerOf(shown), ...framesOf(lines.join('\n'), shown.message)].join('\n'));
  } catch {
    // A frozen or exotic error stays as the engine told it.
  }
  return e;
};

// Errors made by code get their stack at once, without the frames of their own constructors.
Object.defineProperty(Error, 'stackTraceLimit', { value: 10, writable: true, configurable: true, enumerable: true });
const constructorFrames = (stack, name) => {
  const lines = stack.split('\n');
  let n = 0;
  while (n < lines.length && (/^ {4}at (?:construct|apply|\w*Error|<anonymous>) \((?:native|<.*)/.test(lines[n]) || lines[n].startsWith(`    at ${name} (`))) n++;
  return n;
};
const wrapError = (Native) => {
  const Wrapped = new Proxy(Native, {
    construct(target, args, newTarget) {
      const e = Reflect.construct(target, args, newTarget === Wrapped ? target : newTarget);
      return seen(e, constructorFrames(e.stack ?? '', newTarget.name));
    },
    apply(target, _self, args) {
      const e = target(...args);
      return seen(e, constructorFrames(e.stack ?? '', target.name));
    },
  });
  hidden(Native.prototype, { constructor: Wrapped });
  hidden(globalThis, { [Native.name]: Wrapped });
  return Wrapped;
};
const nativeErrors = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError];
const WrappedError = wrapError(Error);
for (const Native of nativeErrors) {
  Object.setPrototypeOf(Native, WrappedError);
  wrapError(Native);
}
hidden(Error, {
  captureStackTrace(target) {
    const lines = new Error().stack.split('\n').slice(1);
    hidden(target, { stack: [headerOf(target), ...lines.slice(1)].join('\n') });
  },
});
const nativeToString = Error.prototype.toString;
hidden(Error.prototype, { toString() { return nativeToString.call(seen(this)); } });

// JSON's errors name the place in V8's words: where the text stops being JSON.
const nativeParse = JSON.parse;
const jsonMessage = (text, at, engine) => {
  if (['undefined', 'NaN', 'Infinity', '[object Object]'].includes(text)) return `"${text}" is not valid JSON`;
  const literal = ['true', 'false', 'null'].find((l) => l[0] === text[at]);
  for (let i = 0; literal && text[at] === literal[i]; i++) at++;
  if (text[at] === undefined) return 'Unexpected end of JSON input';
  const place = `in JSON at position ${at}${nodeMajor >= 22 ? ` (line ${text.slice(0, at).split('\n').length} column ${at - text.lastIndexOf('\n', at - 1)})` : ''}`;
  if (/property name/.test(engine)) return /,\s*$/.test(text.slice(0, at)) ? `Expected double-quoted property name ${place}` : `Expected property name or '}' ${place}`;
  if (/expecting ':'/.test(engine)) return `Expected ':' after property name ${place}`;
  if (/expecting .*[,}]/.test(engine) && !literal) return `Expected ',' or '${/\]/.test(engine) ? ']' : '}'}' after ${/\]/.test(engine) ? 'array element' : 'property value'} ${place}`;
  const shown = text.length <= 40 ? `"${text}"` : `${at > 10 ? '...' : ''}"${text.slice(Math.max(0, at - 10), at + 10)}"${at + 10 < text.length ? '...' : ''} `;
  return `Unexpected token '${text[at]}', ${shown.trimEnd()} is not valid JSON`;
};
// What is wrong with a text that the engine's JSON.parse threw e for, and where; undefined when e is of a reviver.
const jsonFault = (text, e) => {
  const where = / {4}at <input>:(\d+):(\d+)/.exec(e.stack ?? '');
  if (!(e instanceof SyntaxError) || !where) return undefined;
  const at = text.split('\n').slice(0, where[1] - 1).reduce((n, l) => n + l.length + 1, 0) + Number(where[2]) - 1;
  return { at, message: jsonMessage(text, at, e.message) };
};
hidden(JSON, {
  parse(text, reviver) {
    try {
      return nativeParse(text, reviver);
    } catch (e) {
      const fault = jsonFault(String(text), e);
      if (!fault) throw e;
      const made = new SyntaxError(fault.message);
      const header = headerOf(made);
      hidden(made, { stack: `${header}\n    at JSON.parse (<anonymous>)${made.stack.slice(header.length)}` });
      throw made;
    }
  },
});
hidden(JSON.parse, { name: 'parse' });

// A rejection handler gets errors in V8's words.
const nativeThen = Promise.prototype.then;
hidden(Promise.prototype, {
  then(fulfilled, rejected) {
    return nativeThen.call(this, fulfilled, typeof rejected === 'function' ? (e) => rejected(seen(e)) : rejected);
  },
});

// What Promise.any throws is made without a message or a place.
const nativeAny = Promise.any;
hidden(Promise, {
  any(list) {
    return nativeAny.call(this, list).catch((e) => {
      if (e instanceof AggregateError && e.message === '') {
        told.add(e);
        hidden(e, { message: 'All promises were rejected' });
        hidden(e, { stack: headerOf(e) });
      }
      throw e;
    });
  },
});

// V8 names the time zone.
for (const name of ['toString', 'toTimeString']) {
  const native = Date.prototype[name];
  hidden(Date.prototype, { [name]() { return native.call(this).replace(/GMT\+0000$/, 'GMT+0000 (Coordinated Universal Time)'); } });
}
