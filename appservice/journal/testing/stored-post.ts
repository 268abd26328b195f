import type { Post } from "../outbox.ts";
import { parsePostKey } from "../parse-post-key.ts";
import { formatPostKey } from "../post-key.ts";
import { formatScope, parseScope } from "../scope.ts";

/** For tests: a message with its names as the database spells them. */
export type StoredPost = Omit<Post, "scope" | "key" | "thread"> & {
  readonly scope: string;
  readonly key: string;
  readonly thread: string | null;
};

export function asStored(post: Post): StoredPost {
  const { scope, key, thread } = post;
  return {
    ...post,
    scope: formatScope(scope),
    key: formatPostKey(key),
    thread: thread && formatPostKey(thread),
  };
}

export function fromStored(post: StoredPost): Post {
  const { scope, key, thread } = post;
  return {
    ...post,
    scope: parseScope(scope),
    key: parsePostKey(key),
    thread: thread === null ? null : parsePostKey(thread),
  };
}
