/** A network beside loopback, on which servers of this machine are reached as well. */
export type ReachedAt = {
  /** Address of this machine there. */
  readonly host: string;
  /** Device that it has there. */
  readonly device: string;
};
