import { z } from "zod";

/** `POST /rooms/ROOM/my-link`: a personal link to one's own seat, for another browser. */
export const MyLinkResponse = z.object({ url: z.url() });
export type MyLinkResponse = z.infer<typeof MyLinkResponse>;
