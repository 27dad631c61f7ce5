// Puts the contract on this engine.
let resume;
contract = lambdaContract({
  env: process.env,
  format,
  isNativeError: (e) => e instanceof Error,
  error: seen,
  stack: (e) => String(e.stack),
  write(event) {
    host.write(1, event.includes('\n') || event.startsWith('\0') ? `\0EVENT ${utf8Length(event)}\n${event}\n` : `${event}\n`);
  },
  mark: (id) => { host.mark(id); },
  join: (...parts) => path.resolve(...parts),
  exists: isFile,
  readFile: readText,
  require: requireOrImport,
  resolve: (name, paths) => requireFrom('/var/runtime/index.mjs').resolve(name, { paths }),
  import: importFile,
  setImmediate: timerFunctions.setImmediate,
  exit: process.exit,
  next: () => new Promise((then) => {
    resume = then;
    host.next();
  }),
  post(where, body, errorType, then) {
    host.post(where, body, errorType === undefined ? '' : encodeURI(errorType));
    timerFunctions.setImmediate(then);
  },
});

const ended = contract.modern ? 13 : 0; // Node's status when the main module still waits and nothing is left to do
entry('__start', () => { contract.run('/var/task', process.env._HANDLER ?? ''); });
entry('__deliver', (body, headers) => { resume({ body, headers }); });
entry('__beforeExit', () => { contract.beforeExit(); });
entry('__ended', () => { process.exit(process.exitCode ?? ended); });
