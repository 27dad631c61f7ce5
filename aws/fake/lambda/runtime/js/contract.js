// The Lambda side of both engines: handler resolution, the context object, callbacks, log lines and error
// shapes, as AWS's runtime for Node.js has them. `host` is what the engine underneath must provide:
//   env, format(...args), error(e) -> e with its stack told as Lambda would, write(event), mark(id),
//   exists, readFile, require(path), resolve(name, folders), import(path), next() -> {body, headers},
//   post(path, body, errorType, then), exit(code), setImmediate, handler frames' class `frame`.
function lambdaContract(host) {
  'use strict';
  const env = host.env;
  const version = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 22);
  const modern = version >= 24;

  // ---- errors
  const named = (name) => {
    const C = class extends Error {};
    Object.defineProperty(C, 'name', { value: name });
    Object.defineProperty(C.prototype, 'name', { value: `Runtime.${name}`, configurable: true, writable: true });
    return C;
  };
  const ImportModuleError = named('ImportModuleError');
  const HandlerNotFound = named('HandlerNotFound');
  const MalformedHandlerName = named('MalformedHandlerName');
  const UserCodeSyntaxError = named('UserCodeSyntaxError');
  const CallbackHandlerDeprecated = named('CallbackHandlerDeprecated');
  const NodeJsExit = named('NodeJsExit');
  const UnhandledPromiseRejection = named('UnhandledPromiseRejection');

  // Where AWS's own loader is when it throws; Node 24's positions are not published.
  const loaderFrames = modern ? {} : {
    [ImportModuleError.name]: ['_loadUserApp (file:///var/runtime/index.mjs:1087:17)', 'async UserFunction.js.module.exports.load (file:///var/runtime/index.mjs:1119:21)'],
    [UserCodeSyntaxError.name]: ['_loadUserApp (file:///var/runtime/index.mjs:1084:17)', 'async UserFunction.js.module.exports.load (file:///var/runtime/index.mjs:1119:21)'],
    [HandlerNotFound.name]: ['UserFunction.js.module.exports.load (file:///var/runtime/index.mjs:1128:15)'],
  };
  const startFrames = ['async start (file:///var/runtime/index.mjs:1282:23)', 'async file:///var/runtime/index.mjs:1288:1'];
  const raise = (Class, message) => {
    const e = new Class(message);
    const frames = loaderFrames[Class.name];
    e.stack = [`${e.name}: ${e.message}`, ...(frames ? [...frames, ...startFrames] : []).map((f) => `    at ${f}`)].join('\n');
    return e;
  };
  const isError = (e) => e instanceof Error || host.isNativeError(e);
  const looksLikeError = (e) => !modern && e && e.name && e.message && e.stack
    && typeof e.name === 'string' && typeof e.message === 'string' && typeof e.stack === 'string';
  const del = (s) => (typeof s === 'string' ? s.replaceAll('\x7F', '%7F') : s);
  const toResponse = (e) => {
    try {
      if (isError(e) || looksLikeError(e)) {
        e = host.error(e);
        return { errorType: del(e.name), errorMessage: del(e.message), trace: host.stack(e).replaceAll('\x7F', '%7F').split('\n') };
      }
      return { errorType: typeof e, errorMessage: e.toString(), trace: [] };
    } catch {
      return {
        errorType: 'handled',
        errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
        ...(modern ? { trace: [] } : {}),
      };
    }
  };
  const withProperties = (e) => {
    if (!(e instanceof Error)) return e;
    e = host.error(e);
    const told = Object.assign({ errorType: e.name, errorMessage: e.message, code: e.code }, e);
    if (typeof e.stack === 'string') told.stack = host.stack(e).split('\n');
    return told;
  };
  const intoError = (e) => {
    if (e instanceof Error) return e;
    const made = new Error(e);
    made.stack = `Error${made.message ? `: ${made.message}` : ''}`;
    return made;
  };
  const toFormatted = (e) => {
    try {
      return `\t${JSON.stringify(e, (_k, v) => withProperties(v))}`;
    } catch {
      return `\t${JSON.stringify(toResponse(e))}`;
    }
  };

  // ---- log
  const levels = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
  const json = env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
  const least = levels[env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase()] ?? levels.TRACE;
  let requestId = modern ? '-' : undefined;
  const errorAsJson = (_k, v) => {
    if (!(v instanceof Error)) return v;
    v = host.error(v);
    return Object.assign({ errorType: v.constructor?.name ?? 'UnknownError', errorMessage: v.message, stackTrace: host.stack(v).split('\n') }, v);
  };
  const jsonLine = (level, time, args) => {
    const line = { timestamp: time, level, requestId };
    if (args.length === 1) {
      [line.message] = args;
      try {
        return JSON.stringify(line, errorAsJson);
      } catch {
        line.message = host.format(line.message);
        return JSON.stringify(line);
      }
    }
    line.message = host.format(...args);
    const e = args.find((a) => a instanceof Error);
    if (e) Object.assign(line, { errorType: e.constructor?.name ?? 'UnknownError', errorMessage: host.error(e).message, stackTrace: host.stack(e).split('\n') });
    return JSON.stringify(line);
  };
  const log = (level, args) => {
    const time = new Date().toISOString();
    if (json) return host.write(jsonLine(level, time, args));
    return host.write(`${time}\t${requestId}\t${level}\t${host.format(...(args.length ? args : [undefined]))}`);
  };
  const patchConsole = () => {
    const at = (level) => (levels[level] >= least ? (...args) => { log(level, args); } : () => {});
    console.trace = at('TRACE');
    console.debug = at('DEBUG');
    console.info = at('INFO');
    console.log = console.info;
    console.warn = at('WARN');
    console.error = at('ERROR');
    console.fatal = (...args) => { log('FATAL', args); };
  };
  const logError = (what, e) => {
    e = intoError(e);
    if (json) console.error(e);
    else console.error(what, toFormatted(e));
  };

  // ---- the handler
  const moduleFolders = (folder) => {
    for (;;) {
      if (folder.endsWith('/node_modules')) return false;
      if (host.exists(`${folder}/package.json`)) {
        try {
          return JSON.parse(host.readFile(`${folder}/package.json`)).type === 'module';
        } catch (e) {
          console.warn(`${folder}/package.json cannot be read, it will be ignored for ES module detection purposes.`, e);
          return false;
        }
      }
      if (folder === '' || !folder.includes('/')) return false;
      folder = folder.slice(0, folder.lastIndexOf('/'));
    }
  };
  const loadModule = async (root, folder, name) => {
    const stem = host.join(root, folder, name);
    const isFile = host.exists;
    if (isFile(stem)) return host.require(stem);
    if (isFile(`${stem}.js`)) {
      return moduleFolders(stem.slice(0, stem.lastIndexOf('/'))) ? host.import(`${stem}.js`) : host.require(`${stem}.js`);
    }
    if (isFile(`${stem}.mjs`)) return host.import(`${stem}.mjs`);
    if (isFile(`${stem}.cjs`)) return host.require(`${stem}.cjs`);
    return host.require(host.resolve(name, [root, host.join(root, folder)]));
  };
  const load = async (root, handler) => {
    if (handler.includes('..')) {
      throw raise(MalformedHandlerName, `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
    }
    const base = handler.slice(handler.lastIndexOf('/') + 1);
    const parts = /^([^.]*)\.(.*)$/.exec(base);
    if (!parts) throw raise(MalformedHandlerName, 'Bad handler');
    let app;
    try {
      app = await loadModule(root, handler.slice(0, handler.indexOf(base)), parts[1]);
    } catch (e) {
      const sdk = /'((?:@aws-sdk\/|aws-sdk)[^']*)'/.exec(e?.message ?? '')?.[1];
      if (sdk && /MODULE_NOT_FOUND$/.test(e.code)) host.write(`[LAB] '${sdk}' is part of Lambda's own Node.js runtimes, but not of this sandbox: put it into the package to run this here.`);
      if (e instanceof SyntaxError) throw raise(UserCodeSyntaxError, String(host.error(e)));
      if (e?.code === 'MODULE_NOT_FOUND') throw raise(ImportModuleError, String(host.error(e)));
      throw e;
    }
    const found = parts[2].split('.').reduce((o, key) => o && o[key], app);
    if (!found) throw raise(HandlerNotFound, `${handler} is undefined or not exported`);
    if (typeof found !== 'function') throw raise(HandlerNotFound, `${handler} is not a function`);
    return found;
  };
  const isAsync = (f) => f.constructor?.name === 'AsyncFunction';
  const checkCallback = (f) => {
    if (modern) {
      if (f.length >= 3) {
        throw raise(CallbackHandlerDeprecated, 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
      }
    } else if (version === 22 && env.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING === undefined && f.length === 3 && !isAsync(f)) {
      console.warn('AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.');
    }
  };

  // ---- one invocation
  const stringify = (value) => {
    try {
      return JSON.stringify(value === undefined ? null : value) ?? 'null';
    } catch {
      throw new Error('Unable to stringify response body');
    }
  };
  let beforeExit = () => {};
  const post = (kind, id, value, then) => {
    const failed = kind === 'error';
    const told = failed ? toResponse(value) : value;
    const body = stringify(told);
    host.mark(id);
    host.post(`/invocation/${id}/${kind}`, body, failed ? told.errorType : undefined, then);
  };
  const parseHeader = (text, name) => {
    if (text === undefined || text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch (e) {
      throw new Error(`Cannot parse ${name} as json: ${e}`);
    }
  };
  const environmentData = () => ({
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  });
  const headerData = (h) => ({
    clientContext: parseHeader(h['lambda-runtime-client-context'], 'ClientContext'),
    identity: parseHeader(h['lambda-runtime-cognito-identity'], 'CognitoIdentity'),
    invokedFunctionArn: h['lambda-runtime-invoked-function-arn'],
    awsRequestId: h['lambda-runtime-aws-request-id'],
    tenantId: h['lambda-runtime-aws-tenant-id'],
    ...(modern ? { xRayTraceId: h['lambda-runtime-trace-id'] } : {}),
    getRemainingTimeInMillis: () => h['lambda-runtime-deadline-ms'] - Date.now(),
  });
  const takeTrace = (h) => {
    if (h['lambda-runtime-trace-id']) env._X_AMZN_TRACE_ID = h['lambda-runtime-trace-id'];
    else delete env._X_AMZN_TRACE_ID;
  };

  // What handlers of up to Node 22 get beside the data: callback, and done, succeed and fail.
  const callbacks = (id, again) => {
    let completed = false;
    let waits = true;
    const fail = (e) => {
      logError('Invoke Error', e);
      post('error', id, e, again);
    };
    const complete = (value) => {
      if (completed) {
        console.error('Invocation has already been reported as done. Cannot call complete more than once per invocation.');
        return;
      }
      completed = true;
      post('response', id, value, again);
    };
    const done = (e, value) => {
      beforeExit = () => {};
      if (e !== undefined && e !== null) fail(e);
      else complete(value);
    };
    const callback = (e, value) => {
      beforeExit = () => {};
      if (e !== undefined && e !== null) fail(e);
      else if (!waits) complete(value);
      else beforeExit = () => host.setImmediate(() => { beforeExit = () => {}; complete(value); });
    };
    let finished = false;
    const once = (f) => (...args) => {
      if (finished) return;
      f(...args);
      finished = true;
    };
    const context = {
      get callbackWaitsForEmptyEventLoop() { return waits; },
      set callbackWaitsForEmptyEventLoop(value) { waits = value; },
      succeed: once((value) => done(null, value)),
      fail: once((e) => (e === undefined || e === null ? done('handled') : done(e, null))),
      done: once(done),
    };
    return { callback: once(callback), context, complete: () => { completed = true; } };
  };

  let failed = (e, _what, code) => host.post('/init/error', JSON.stringify(toResponse(e)), toResponse(e).errorType, () => host.exit(code));
  const failInvocation = (id) => (e, _what, code) => post('error', id, e, () => host.exit(code));

  class Runtime {
    constructor(handler) {
      this.handler = handler;
    }

    scheduleIteration() {
      host.setImmediate(() => {
        this.handleOnceNonStreaming().catch((e) => {
          console.log(`Unexpected Top Level Error: ${e}`);
          failed(e, 'Uncaught Exception', 129);
        });
      });
    }

    async handleOnceNonStreaming() {
      const { body, headers } = await host.next();
      const id = headers['lambda-runtime-aws-request-id'];
      requestId = id;
      failed = failInvocation(id);
      const again = () => this.scheduleIteration();
      const { callback, context, complete } = callbacks(id, again);
      try {
        beforeExit = () => {
          beforeExit = () => {};
          complete();
          if (isAsync(this.handler)) {
            const e = new NodeJsExit('The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes');
            logError('Invoke Error', e);
            post('error', id, e, again);
          } else {
            post('response', id, null, again);
          }
        };
        takeTrace(headers);
        const result = this.handler(JSON.parse(body), Object.assign(context, environmentData(), headerData(headers)), callback);
        if (result && result.then && typeof result.then === 'function') {
          result.then(context.succeed, context.fail).catch(context.fail);
        }
      } catch (e) {
        callback(e);
      }
    }
  }

  // Node 24's: the handler's result or promise is the answer; no callbacks, no waiting for an empty event loop.
  class BufferedInvokeProcessor {
    constructor(handler) {
      this.handler = handler;
    }

    async processInvoke(event, context) {
      const id = context.awsRequestId;
      try {
        const result = await this.handler(event, context);
        await new Promise((then) => { host.setImmediate(then); });
        await new Promise((then) => { post('response', id, result, then); });
      } catch (e) {
        await new Promise((then) => { host.setImmediate(then); });
        logError('Invoke Error', e);
        await new Promise((then) => { post('error', id, e, then); });
      }
    }

    async start() {
      for (;;) {
        const { body, headers } = await host.next();
        requestId = headers['lambda-runtime-aws-request-id'];
        failed = failInvocation(requestId);
        takeTrace(headers);
        await this.processInvoke(JSON.parse(body), Object.assign(headerData(headers), environmentData()));
      }
    }
  }

  return {
    modern,
    /** Loads the handler and serves invocations; the promise settles when the process is to end. */
    async run(root, handlerName) {
      patchConsole();
      let handler;
      try {
        handler = await load(root, handlerName);
        checkCallback(handler);
      } catch (e) {
        logError(modern ? 'Init Error' : 'Uncaught Exception', e);
        failed(e, '', modern ? 1 : 129);
        return;
      }
      if (modern) await new BufferedInvokeProcessor(handler).start();
      else new Runtime(handler).scheduleIteration();
    },
    /** Node's beforeExit: nothing is left to wait for. Reports whether anything was done about it. */
    beforeExit() { beforeExit(); },
    uncaught(e) {
      logError('Uncaught Exception', e);
      failed(e, 'Uncaught Exception', 129);
    },
    unhandledRejection(reason, promise) {
      const e = new UnhandledPromiseRejection(reason === undefined ? undefined : String(isError(reason) ? host.error(reason) : reason));
      Object.assign(e, { reason, promise });
      e.stack = `${e.name}: ${e.message}`;
      logError('Unhandled Promise Rejection', e);
      failed(e, 'Unhandled Promise Rejection', 128);
    },
  };
}
