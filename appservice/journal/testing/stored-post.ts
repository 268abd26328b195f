import type { Post } from "../outbox.ts";
import { formatPostKey } from "../post-key.ts";
import { formatScope } from "../scope.ts";

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
