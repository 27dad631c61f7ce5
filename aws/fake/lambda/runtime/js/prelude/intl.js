// Intl and the toLocale methods (American English only), made when they are first used: most functions never do.
const localMethods = [
  [Number.prototype, 'toLocaleString'], [BigInt.prototype, 'toLocaleString'],
  [Date.prototype, 'toLocaleString'], [Date.prototype, 'toLocaleDateString'], [Date.prototype, 'toLocaleTimeString'],
].map(([prototype, name]) => ({ prototype, name, native: prototype[name] }));
const makeIntl = () => {
  for (const { prototype, name, native } of localMethods) hidden(prototype, { [name]: native });
  delete globalThis.Intl;
  host.intl();
};
Object.defineProperty(globalThis, 'Intl', {
  get() {
    makeIntl();
    return globalThis.Intl;
  },
  set(value) { hidden(globalThis, { Intl: value }); },
  configurable: true,
});
for (const { prototype, name } of localMethods) {
  hidden(prototype, {
    [name](...args) {
      makeIntl();
      return prototype[name].apply(this, args);
    },
  });
}
