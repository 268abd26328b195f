import type { Post } from "../../../appservice/journal/post.ts";
import { formatPostKey } from "../../../appservice/journal/post-key.ts";
import { formatScope } from "../../../appservice/journal/scope.ts";

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
