// The contract on a real Node.js: its own require, import, util.format and event loop.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import util from 'node:util';

const self = fileURLToPath(import.meta.url);
const root = process.env.LAMBDA_TASK_ROOT;
const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const task = '/var/task';

// Writes all of it: a pipe may take less at once than it is given.
function writeAll(fd, text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (e) {
      if (e.code !== 'EAGAIN') throw e;
    }
  }
}

// Paths of this machine are told as Lambda's: the package is /var/task, this file /var/runtime/index.mjs.
const told = (text) => {
  let t = text.replaceAll(pathToFileURL(self).href, 'file:///var/runtime/index.mjs').replaceAll(self, '/var/runtime/index.mjs');
  if (root !== task) t = t.replaceAll(pathToFileURL(root).href, `file://${task}`).replaceAll(root, task);
  return t;
};

// Frames of this file are AWS's: how the runtime calls a handler is shown, the rest of this file is not.
const ownFrame = /^[ ]*at .*\/var\/runtime\/index\.mjs:\d+:\d+\)?$/;
const awsFrame = /index\.mjs:(?:1084:17|1087:17|1119:21|1128:15|1173:29|1282:23|1288:1)\)?$/;
const eventLoopFrame = /\(node:internal\/process\/task_queues:\d+:\d+\)$/;
const frames = (text) => {
  const kept = [];
  for (const line of text.split('\n')) {
    if (eventLoopFrame.test(line) && kept.at(-1)?.endsWith(':1173:29)')) continue;
    if (!ownFrame.test(line) || awsFrame.test(line)) kept.push(line);
    else if (line.includes('Runtime.handleOnceNonStreaming')) kept.push(line.replace(/\(.*$/, '(file:///var/runtime/index.mjs:1173:29)'));
  }
  return kept.join('\n');
};
const stack = (e) => frames(told(String(e.stack)));

function request(method, where, body, headers, then) {
  const r = http.request({ hostname, port, method, path: `/2018-06-01/runtime${where}`, agent, headers }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => then({ body: Buffer.concat(parts).toString(), headers: answer.headers }));
  });
  r.on('error', () => process.exit(1));
  r.end(body);
}

const require = createRequire(import.meta.url);
const contract = lambdaContract({
  env: process.env,
  format: util.format,
  isNativeError: util.types.isNativeError,
  error: (e) => {
    const message = typeof e.message === 'string' ? told(e.message) : e.message;
    if (message !== e.message) e.message = message;
    return e;
  },
  stack,
  write(event) {
    const text = frames(told(event));
    writeAll(1, text.includes('\n') || text.startsWith('\0') ? `\0EVENT ${Buffer.byteLength(text)}\n${text}\n` : `${text}\n`);
  },
  mark(id) {
    writeAll(1, `\0END ${id}\n`);
    writeAll(2, `\0END ${id}\n`);
  },
  join: (...parts) => path.resolve(...parts).replaceAll('\\', '/'),
  exists: (file) => fs.existsSync(file) && fs.statSync(file).isFile(),
  readFile: (file) => fs.readFileSync(file, 'utf8'),
  require,
  resolve: (name, paths) => require.resolve(name, { paths }),
  import: (file) => import(pathToFileURL(file)),
  setImmediate,
  exit: (code) => process.exit(code),
  next: () => new Promise((then) => { request('GET', '/invocation/next', undefined, {}, then); }),
  post(where, answer, errorType, then) {
    const body = told(answer);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    if (errorType !== undefined) headers['Lambda-Runtime-Function-Error-Type'] = encodeURI(errorType);
    request('POST', where, body, headers, then);
  },
});

process.on('uncaughtException', contract.uncaught);
process.on('unhandledRejection', contract.unhandledRejection);
process.on('beforeExit', contract.beforeExit);
await contract.run(root, process.env._HANDLER);
