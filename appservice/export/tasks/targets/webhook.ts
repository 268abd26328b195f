import { createHash } from "node:crypto";
import { z } from "zod";
import { hashOf, markOf } from "../outside-task.ts";
import { openAddress, secretFile, target } from "../target.ts";
import { signatureOf } from "../webhook-signature.ts";

/** Answer, which may say where the task stands; none is needed. */
const Answer = z.object({ url: z.url({ protocol: /^https?$/ }).optional() });

const NOT_WITH_HEAD = [400, 401, 403, 404, 405, 406, 411, 415, 422, 501];

/**
 * Sends each change of a task as signed JSON to an address of one's own. Private addresses are the administrator's
 * choice.
 */
export const webhook = target({
  type: "webhook",
  options: {
    url: openAddress.describe("Where each change is sent to (POST)"),
    secretFile: secretFile("File that holds the secret that requests are signed with"),
  },
  secretFiles: ["secretFile"],
  open: ({ url, secretFile: file }, { ask, secret, now }) => ({
    async check(signal) {
      secret(file);
      // Servers that take nothing but POST may say so in many ways; any answer shows that they are there.
      await ask({ method: "HEAD", url, also: NOT_WITH_HEAD }, signal);
      return "answers";
    },
    async put(task, _, signal) {
      const { meeting, task: id, meetingTitle, at, ...facts } = task;
      const body = JSON.stringify({
        type: "task",
        id: markOf(task),
        ...facts,
        meeting: { id: meeting, title: meetingTitle, startedAt: new Date(at).toISOString() },
      });
      const timestamp = String(Math.floor(now() / 1000));
      const delivery = createHash("sha256")
        .update(`${markOf(task)}\n${hashOf(task)}\n${task.status}\n${id}`)
        .digest("hex")
        .slice(0, 32);
      const headers = {
        "Content-Type": "application/json",
        "X-Mindminder-Delivery": delivery,
        "X-Mindminder-Timestamp": timestamp,
        "X-Mindminder-Signature": signatureOf(secret(file), timestamp, body),
      };
      const { text } = await ask({ method: "POST", url, headers, body }, signal);
      return { id: markOf(task), url: urlIn(text), etag: null };
    },
  }),
});

function urlIn(text: string): string | null {
  try {
    return Answer.parse(JSON.parse(text)).url ?? null;
  } catch {
    return null;
  }
}
