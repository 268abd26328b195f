/** Array, or another list that can be looked through. */
export type Searchable<T> = { filter(is: (item: T) => boolean): T[] };
