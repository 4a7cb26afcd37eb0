export interface Store<S> {
  readonly state: S;
  update(patch: Partial<S>): void;
  subscribe(listener: (state: S) => void): void;
}

export function createStore<S>(initial: S): Store<S> {
  let state = initial;
  const listeners: ((state: S) => void)[] = [];
  return {
    get state() {
      return state;
    },
    update(patch) {
      state = { ...state, ...patch };
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
