// The process object, as on Lambda.
const nodeVersion = { 24: '24.11.0', 22: '22.21.1', 20: '20.19.5', 18: '18.20.8' }[nodeMajor] ?? `${nodeMajor}.0.0`;

const process = Object.assign(new EventEmitter(), {
  title: '/var/lang/bin/node',
  version: `v${nodeVersion}`,
  versions: { node: nodeVersion },
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node' },
  argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
  execArgv: [],
  execPath: '/var/lang/bin/node',
  pid: 8,
  ppid: 1,
  exitCode: undefined,
  env: new Proxy(environment, {
    set(target, key, value) { target[key] = String(value); return true; },
    defineProperty(target, key, d) { return Reflect.defineProperty(target, key, 'value' in d ? { ...d, value: String(d.value) } : d); },
  }),
  cwd: () => '/var/task',
  chdir() { throw notHere('process.chdir'); },
  exit(code = process.exitCode ?? 0) {
    host.exit(Number(code));
    for (;;); // the interruption that host.exit asked for ends this
  },
  abort() { process.exit(134); },
  nextTick(f, ...args) {
    needFunction(f);
    ticks.push([f, args]);
  },
  uptime: () => host.elapsed() / 1000,
  memoryUsage() { throw notHere('process.memoryUsage'); },
  hrtime: Object.assign((since) => {
    const ms = host.elapsed();
    let s = Math.floor(ms / 1000);
    let ns = Math.floor((ms % 1000) * 1e6);
    if (since) {
      s -= since[0];
      ns -= since[1];
      if (ns < 0) { s -= 1; ns += 1e9; }
    }
    return [s, ns];
  }, { bigint: () => BigInt(Math.floor(host.elapsed() * 1e6)) }),
  emitWarning(warning) {
    const text = warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${warning}`;
    host.write(2, `(node:8) ${text}\n`);
  },
  stdout: { write: (text) => { host.write(1, String(text)); return true; }, isTTY: false, fd: 1 },
  stderr: { write: (text) => { host.write(2, String(text)); return true; }, isTTY: false, fd: 2 },
  umask: () => 0o22,
  getuid: () => 993,
  getgid: () => 990,
});
process[Symbol.toStringTag] = 'process';
hidden(globalThis, { process, global: globalThis });
builtins.process = process;

const performance = {
  timeOrigin: Date.now() - host.elapsed(),
  now: () => host.elapsed(),
  mark() {},
  measure() {},
};
hidden(globalThis, { performance });
builtins.perf_hooks = { performance };
