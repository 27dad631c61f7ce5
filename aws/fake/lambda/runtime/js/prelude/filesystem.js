// fs: /var/task to read, /tmp to read and write. Promises and callbacks are the synchronous functions, told later.
const errorTexts = {
  ENOENT: [-2, 'no such file or directory'], EEXIST: [-17, 'file already exists'], EACCES: [-13, 'permission denied'], EROFS: [-30, 'read-only file system'],
  EISDIR: [-21, 'illegal operation on a directory'], ENOTDIR: [-20, 'not a directory'], ENOTEMPTY: [-39, 'directory not empty'], ENOSPC: [-28, 'no space left on device'],
  ENAMETOOLONG: [-36, 'name too long'], EIO: [-5, 'i/o error'], EINVAL: [-22, 'invalid argument'],
};
const systemError = (code, syscall, file, dest) => {
  const [errno, text] = errorTexts[code] ?? errorTexts.EIO;
  const e = new Error(`${code}: ${text}, ${syscall}${file === undefined ? '' : ` '${file}'`}${dest === undefined ? '' : ` -> '${dest}'`}`);
  return Object.assign(e, { errno, code, syscall }, file === undefined ? {} : { path: file }, dest === undefined ? {} : { dest });
};
const filePath = (p) => {
  if (p instanceof URL) return decodeURIComponent(p.pathname);
  if (p instanceof Uint8Array) return Buffer.from(p).toString();
  needPath(p);
  return p;
};
const system = (syscall, file, operation, dest) => {
  try {
    return operation();
  } catch (e) {
    if (e.code) throw e;
    throw systemError(/^E[A-Z]+$/.test(e.message) ? e.message : 'EIO', syscall, file, dest);
  }
};
const absolute = (p) => path.resolve(p);
const optionsOf = (o) => (typeof o === 'string' ? { encoding: o } : o ?? {});

class Stats {
  constructor([kind, size, modified, mode]) {
    const type = { file: 0o100000, dir: 0o040000, link: 0o120000 }[kind];
    Object.assign(this, { dev: 1, mode: type | mode, nlink: 1, uid: 993, gid: 990, rdev: 0, blksize: 4096, ino: 0, size, blocks: Math.ceil(size / 512) });
    for (const t of ['atime', 'mtime', 'ctime', 'birthtime']) {
      this[`${t}Ms`] = modified;
      this[t] = new Date(modified);
    }
    hidden(this, { _kind: kind });
  }

  isFile() { return this._kind === 'file'; }

  isDirectory() { return this._kind === 'dir'; }

  isSymbolicLink() { return this._kind === 'link'; }
}
class Dirent extends Stats {
  constructor(folder, name, kind) {
    super([kind, 0, 0, 0]);
    for (const k of Object.keys(this)) delete this[k];
    Object.assign(this, { name, parentPath: folder, path: folder });
  }
}
const contentOf = (data, encoding) => {
  if (typeof data === 'string') return toHost(encodingOf(encoding).from(data));
  if (ArrayBuffer.isView(data)) return toHost(bytesOf(data));
  throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${received(data)}`);
};
const writeWith = (file, data, options, append) => {
  const { encoding, flag = append ? 'a' : 'w' } = optionsOf(options);
  file = filePath(file);
  const content = contentOf(data, encoding);
  system('open', file, () => host.writeFile(absolute(file), content, flag.startsWith('a'), flag.includes('x')));
};
const statWith = (link) => (file, options) => {
  file = filePath(file);
  try {
    return system(link ? 'lstat' : 'stat', file, () => new Stats(host.stat(absolute(file), link)));
  } catch (e) {
    if (options?.throwIfNoEntry === false && e.code === 'ENOENT') return undefined;
    throw e;
  }
};
const listFolder = (file, options) => {
  const list = system('scandir', file, () => host.readdir(absolute(file)));
  const all = [];
  for (let i = 0; i < list.length; i += 2) {
    all.push({ folder: file, name: list[i], kind: list[i + 1] });
    if (options.recursive && list[i + 1] === 'dir') all.push(...listFolder(path.join(file, list[i]), options));
  }
  return all;
};

const sync = {
  readFile(file, options) {
    file = filePath(file);
    const content = system('open', file, () => {
      try {
        return host.readFile(absolute(file));
      } catch (e) {
        throw e.message === 'EISDIR' ? systemError('EISDIR', 'read') : e;
      }
    });
    const { encoding } = optionsOf(options);
    const buffer = toBuffer(fromHost(content));
    return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
  },
  writeFile: (file, data, options) => writeWith(file, data, options, false),
  appendFile: (file, data, options) => writeWith(file, data, options, true),
  stat: statWith(false),
  lstat: statWith(true),
  access(file, mode = 0) {
    file = filePath(file);
    system('access', file, () => host.stat(absolute(file), false));
    if (mode & 2 && !/^\/tmp(?:\/|$)/.test(absolute(file))) throw systemError('EROFS', 'access', file);
  },
  readdir(file, options) {
    file = filePath(file);
    const { withFileTypes, recursive } = optionsOf(options);
    return listFolder(file, { recursive }).map((e) => (withFileTypes ? new Dirent(e.folder, e.name, e.kind) : path.relative(file, path.join(e.folder, e.name))));
  },
  mkdir(file, options) {
    file = filePath(file);
    const recursive = Boolean(options?.recursive);
    const existed = recursive && isFolder(absolute(file));
    system('mkdir', file, () => host.mkdir(absolute(file), recursive));
    return recursive && !existed ? absolute(file) : undefined;
  },
  mkdtemp(prefix) {
    const folder = `${filePath(prefix)}${fromHost(host.random(6)).toHex().slice(0, 6)}`;
    system('mkdtemp', `${prefix}XXXXXX`, () => host.mkdir(absolute(folder), false));
    return folder;
  },
  rm(file, { recursive = false, force = false } = {}) {
    file = filePath(file);
    let stats;
    try {
      stats = statWith(true)(file);
    } catch (e) {
      if (force && e.code === 'ENOENT') return;
      throw e;
    }
    if (stats.isDirectory() && !recursive) throw nodeError(Error, 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${file}`);
    system('rm', file, () => host.remove(absolute(file), recursive));
  },
  rmdir(file) {
    file = filePath(file);
    if (!system('rmdir', file, () => host.stat(absolute(file), true))[0].startsWith('dir')) throw systemError('ENOTDIR', 'rmdir', file);
    system('rmdir', file, () => host.remove(absolute(file), false));
  },
  unlink(file) {
    file = filePath(file);
    system('unlink', file, () => host.remove(absolute(file), false));
  },
  rename(from, to) {
    from = filePath(from);
    to = filePath(to);
    system('rename', from, () => host.rename(absolute(from), absolute(to)), to);
  },
  copyFile(from, to) {
    from = filePath(from);
    to = filePath(to);
    system('copyfile', from, () => host.writeFile(absolute(to), host.readFile(absolute(from)), false, false), to);
  },
  realpath(file) {
    file = filePath(file);
    system('lstat', file, () => host.stat(absolute(file), false));
    return absolute(file);
  },
  truncate(file, length = 0) {
    const data = sync.readFile(file);
    sync.writeFile(file, Buffer.concat([data], length));
  },
};
const fs = { constants: { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4, COPYFILE_EXCL: 1 }, Stats, Dirent, promises: { constants: { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 } } };
for (const [name, f] of Object.entries(sync)) {
  fs[`${name}Sync`] = f;
  fs.promises[name] = async (...args) => {
    await new Promise((then) => { timerFunctions.setImmediate(then); });
    return f(...args);
  };
  fs[name] = (...args) => {
    const callback = args.pop();
    needFunction(callback);
    fs.promises[name](...args).then((value) => guarded(callback, [null, value]), (e) => guarded(callback, [e]));
  };
}
fs.existsSync = (file) => {
  try {
    return Boolean(host.stat(absolute(filePath(file)), false));
  } catch {
    return false;
  }
};
fs.exists = (file, callback) => timerFunctions.setImmediate(callback, fs.existsSync(file));
for (const name of ['createReadStream', 'createWriteStream', 'openSync', 'open', 'watch', 'symlinkSync', 'linkSync', 'chmodSync', 'utimesSync']) {
  fs[name] = () => { throw notHere(`fs.${name}`); };
}
builtins.fs = fs;
builtins['fs/promises'] = fs.promises;
