/** Items of a page, as many as the managers give at once. */
export const PAGE = 100;
const MOST_PAGES = 20;

/**
 * Yields the items of a list that comes in pages of `PAGE`, asked for as far as somebody reads it. Pages count from 1.
 */
export async function* inPages<T>(pageOf: (page: number) => Promise<readonly T[]>): AsyncGenerator<T> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await pageOf(page);
    yield* found;
    if (found.length < PAGE) return;
  }
}
