/** State outside React with the shape that `useSyncExternalStore` wants: one immutable value and a bell. */
export class Store<State> {
  #state: State;
  readonly #listeners = new Set<() => void>();

  constructor(initial: State) {
    this.#state = initial;
  }

  readonly get = (): State => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(change: Partial<State>): void {
    this.replace({ ...this.#state, ...change });
  }

  replace(state: State): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
