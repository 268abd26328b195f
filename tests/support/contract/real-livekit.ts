import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { livekitAt } from "../../../appservice/call/livekit.ts";
import { Caller, setMuted } from "../call/caller.ts";
import { startLiveKit } from "../stack/livekit.ts";
import { bodyOf, closed, listening } from "./homeserver-in-question.ts";
import type { Client, LiveKitInQuestion } from "./livekit-in-question.ts";

/** LiveKit itself, with people who are in its calls by the real media path. */
export async function realLiveKit(): Promise<LiveKitInQuestion> {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-contract-"));
  const webhooks = createServer(async (request, response) => {
    inQuestion.onWebhook((await bodyOf(request)).toString("utf8"), request.headers.authorization);
    response.end();
  });
  const livekit = await startLiveKit({ dir, webhookUrl: await listening(webhooks) });
  const { url, httpUrl, apiKey, apiSecret } = livekit;
  const callers: Caller[] = [];
  const inQuestion: LiveKitInQuestion = {
    reached: livekitAt({ url, internalUrl: httpUrl, apiKey, apiSecret }),
    onWebhook: () => {},
    async come(token) {
      const caller = await Caller.join({ url, token, tone: 0, ears: false }).catch(() => null);
      if (caller) callers.push(caller);
      return caller && clientOf(caller);
    },
    async close() {
      await Promise.all(callers.map((caller) => caller.leave()));
      await livekit.stop();
      await closed(webhooks);
      await rm(dir, { recursive: true, force: true });
    },
  };
  return inQuestion;
}

function clientOf(caller: Caller): Client {
  let isOut = false;
  caller.room.on("disconnected", () => {
    isOut = true;
  });
  return {
    publish: () =>
      caller.publish({ muted: true }).then(
        () => true,
        () => false,
      ),
    turn(open) {
      const [publication] = caller.room.localParticipant?.trackPublications.values() ?? [];
      if (publication?.track) setMuted(publication.track as Parameters<typeof setMuted>[0], !open);
    },
    leave: () => caller.leave(),
    get metadata() {
      return caller.room.metadata ?? "";
    },
    get isOut() {
      return isOut;
    },
  };
}
