// What Node 24 reads and this engine does not: such a line may be right.
const unknownSyntax = /\busing\s+[\w$]+\s*=|^\s*import\s+(?:defer|source)\s/;

// Where a file of a package cannot be read, in V8's words; nothing of it is run.
const parseFault = (file, text, isModule, before, after) => {
  const shown = text.startsWith('#!') ? `//${text}` : text;
  sources.set(file, { text, before: before.length });
  delete globalThis.__thrown;
  host.parse(file, `${before}${shown}${after}`, isModule);
  if (!Object.hasOwn(globalThis, '__thrown')) return undefined;
  const e = globalThis.__thrown;
  delete globalThis.__thrown;
  const place = /^ {4}at .*?:(\d+):(\d+)\)?$/m.exec(e?.stack ?? '');
  // What is too much for this engine may be none for Node.
  if (!(e instanceof SyntaxError) || !place || /^(?:stack overflow|too many .*)$/.test(e.message)) throw e;
  const line = Number(place[1]);
  if (unknownSyntax.test(sourceLine(file, line))) return undefined;
  const arrow = e.message === 'return not in a function' ? missingArrow(file, line) : undefined;
  const column = line === 1 ? place[2] - before.length - shown.length + text.length : Number(place[2]);
  const { message } = seen(e);
  if (arrow) return { ...arrow, message };
  // The engine sees what is declared twice after the name, V8 at it.
  const name = /^Identifier '(.*)' has already been declared$/.exec(message)?.[1] ?? '';
  const declared = name ? sourceLine(file, line).slice(0, column - 1).lastIndexOf(name) + 1 : 0;
  return { line, column: declared || Math.max(1, column), message };
};
const moduleFault = (file, text) => parseFault(toURL(file), text, true, '', '');
const scriptFault = (file, text) => {
  const fault = parseFault(file, text, false, wrapperHead, '\n})');
  if (!fault || fault.line <= text.split('\n').length) return fault;
  // A bracket too many or too few is found in what is put around the file.
  const bare = parseFault(file, text, false, '', '');
  return bare && bare.message !== 'Illegal return statement' ? bare : fault;
};

const jsonFileFault = (text) => {
  try {
    nativeParse(text);
    return undefined;
  } catch (e) {
    const fault = jsonFault(text, e);
    if (!fault) throw e;
    const lines = text.slice(0, fault.at).split('\n');
    return { line: lines.length, column: lines.at(-1).length + 1, message: fault.message };
  }
};

const syntaxFault = (file, text) => {
  if (file.endsWith('.json')) return jsonFileFault(text);
  if (file.endsWith('.mjs')) return moduleFault(file, text);
  const script = scriptFault(file, text);
  if (!script || file.endsWith('.cjs')) return script;
  const module = moduleFault(file, text); // package.json may say that it is one, or Node finds out
  return module && (/^\s*(?:import|export)\b/m.test(text) ? module : script);
};
entry('__syntaxFault', (file, text) => JSON.stringify(syntaxFault(file, text) ?? null));
