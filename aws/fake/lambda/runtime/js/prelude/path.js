// The path module, POSIX.
const normalizeParts = (text, absolute) => {
  const kept = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return kept.join('/');
};
const needPath = (p, name = 'path') => {
  if (typeof p !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type string. Received ${received(p)}`);
};
const path = {
  sep: '/',
  delimiter: ':',
  normalize(p) {
    needPath(p);
    const absolute = p.startsWith('/');
    const body = normalizeParts(p, absolute);
    const tail = p.endsWith('/') && body ? '/' : '';
    return (absolute ? '/' : '') + body + tail || '.';
  },
  isAbsolute(p) { needPath(p); return p.startsWith('/'); },
  join(...parts) {
    parts.forEach((p) => needPath(p));
    const joined = parts.filter(Boolean).join('/');
    return joined ? path.normalize(joined) : '.';
  },
  resolve(...parts) {
    let all = '';
    for (const p of ['/var/task', ...parts]) {
      needPath(p, 'paths[0]');
      if (p) all = p.startsWith('/') ? p : `${all}/${p}`;
    }
    return `/${normalizeParts(all, true)}`;
  },
  relative(from, to) {
    const a = path.resolve(from).split('/').filter(Boolean);
    const b = path.resolve(to).split('/').filter(Boolean);
    let n = 0;
    while (n < a.length && a[n] === b[n]) n++;
    return [...a.slice(n).map(() => '..'), ...b.slice(n)].join('/');
  },
  dirname(p) {
    needPath(p);
    const cut = p.replace(/(.)\/+$/, '$1');
    const at = cut.lastIndexOf('/');
    if (at < 0) return '.';
    return at === 0 ? '/' : cut.slice(0, at).replace(/(.)\/+$/, '$1');
  },
  basename(p, suffix) {
    needPath(p);
    const base = p.replace(/\/+$/, '').split('/').pop();
    return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
  },
  extname(p) {
    const base = path.basename(p);
    const at = base.lastIndexOf('.');
    return at <= 0 || base === '..' ? '' : base.slice(at);
  },
  parse(p) {
    needPath(p);
    const root = p.startsWith('/') ? '/' : '';
    const base = path.basename(p);
    const ext = path.extname(p);
    const dir = path.dirname(p);
    return { root, dir: dir === '.' && !p.startsWith('.') ? '' : dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
  },
  format({ root = '', dir, base, name = '', ext = '' }) {
    const last = base ?? name + (ext && !ext.startsWith('.') ? `.${ext}` : ext);
    if (!dir) return root + last;
    return dir === root ? dir + last : `${dir}/${last}`;
  },
  toNamespacedPath: (p) => p,
};
path.posix = path;
builtins.path = path;
builtins['path/posix'] = path;
