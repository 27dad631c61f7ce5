// The events module.
class EventEmitter {
  _list(event) {
    if (!Object.hasOwn(this, '_events')) hidden(this, { _events: new Map() });
    if (!this._events.has(event)) this._events.set(event, []);
    return this._events.get(event);
  }

  on(event, listener) {
    if (typeof listener !== 'function') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "listener" argument must be of type function. Received ${received(listener)}`);
    if (event !== 'newListener' && this.listenerCount('newListener')) this.emit('newListener', event, listener);
    this._list(event).push({ listener });
    return this;
  }

  once(event, listener) {
    this.on(event, listener);
    this._list(event).at(-1).once = true;
    return this;
  }

  prependListener(event, listener) {
    this._list(event).unshift({ listener });
    return this;
  }

  off(event, listener) {
    const list = this._list(event);
    const at = list.findLastIndex((l) => l.listener === listener);
    if (at >= 0) list.splice(at, 1);
    return this;
  }

  emit(event, ...args) {
    const list = [...this._list(event)];
    if (!list.length && event === 'error') {
      throw args[0] instanceof Error ? args[0] : nodeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${inspect(args[0])})`);
    }
    for (const l of list) {
      if (l.once) this.off(event, l.listener);
      l.listener.apply(this, args);
    }
    return list.length > 0;
  }

  removeAllListeners(event) {
    if (event === undefined) hidden(this, { _events: new Map() });
    else this._list(event).length = 0;
    return this;
  }

  listenerCount(event) { return this._list(event).length; }

  listeners(event) { return this._list(event).map((l) => l.listener); }

  rawListeners(event) { return this.listeners(event); }

  eventNames() { return Object.hasOwn(this, '_events') ? [...this._events].filter(([, l]) => l.length).map(([e]) => e) : []; }

  setMaxListeners() { return this; }

  getMaxListeners() { return EventEmitter.defaultMaxListeners; }
}
hidden(EventEmitter.prototype, { addListener: EventEmitter.prototype.on, removeListener: EventEmitter.prototype.off });
EventEmitter.defaultMaxListeners = 10;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.once = (emitter, event) => new Promise((resolve, reject) => {
  const failed = (e) => reject(e);
  emitter.once(event, (...args) => { emitter.off('error', failed); resolve(args); });
  if (event !== 'error') emitter.once('error', failed);
});
builtins.events = EventEmitter;
