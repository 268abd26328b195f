import { asStored, type StoredPost } from "../journal/stored-post.ts";
import { recordPosts } from "../../../appservice/room/record-posts.ts";

/** For tests: what should stand in the room of a meeting, with its names as the database spells them. */
export function recordPostsAsStored(...of: Parameters<typeof recordPosts>): StoredPost[] {
  return recordPosts(...of).map(asStored);
}
