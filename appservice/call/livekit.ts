import { WebhookReceiver, type WebhookEvent } from "livekit-server-sdk";
import type { ParticipantId } from "../protocol/identity.ts";
import { askLiveKit } from "./ask-livekit.ts";
import { type LiveKitServer, livekitServer } from "./livekit-server.ts";
import type { LiveKitConnection } from "./options.ts";
import type { CallRights } from "./permissions.ts";
import type { Reached } from "./reach.ts";
import { personToken, scribeToken, secondEarToken, voiceToken, watcherToken, witnessToken } from "./tokens.ts";
import { Watcher, type WatcherDeps } from "./watcher.ts";
import { Witness, type WitnessDeps } from "./witness.ts";

/** LiveKit as all calls use it: its server, tokens for its rooms, our own participants in them, and its webhooks. */
export type LiveKit = {
  readonly server: LiveKitServer;
  /** Asks whether it is there and takes our key. */
  readonly ask: () => Promise<Reached>;
  readonly tokens: {
    readonly person: (call: string, id: ParticipantId, name: string, rights: CallRights) => Promise<string>;
    readonly voice: (call: string, id: ParticipantId, name: string, speaks: boolean) => Promise<string>;
    readonly scribe: (call: string) => Promise<string>;
    readonly secondEar: (call: string) => Promise<string>;
    readonly watcher: (call: string) => Promise<string>;
    readonly witness: (call: string) => Promise<string>;
  };
  readonly watch: (deps: Omit<WatcherDeps, "url">) => Pick<Watcher, "watching" | "close">;
  readonly witness: (deps: Omit<WitnessDeps, "url">) => Pick<Witness, "close">;
  /** Throws where LiveKit has not signed it with our key. */
  readonly readWebhook: (body: string, authorization: string | undefined) => Promise<WebhookEvent>;
};

/** The LiveKit of a configuration. */
export function livekitAt(connection: LiveKitConnection): LiveKit {
  const webhooks = new WebhookReceiver(connection.apiKey, connection.apiSecret);
  const url = connection.internalUrl.replace(/^http/, "ws");
  return {
    server: livekitServer(connection),
    ask: askLiveKit(connection),
    tokens: {
      person: (call, id, name, rights) => personToken(connection, call, id, name, rights),
      voice: (call, id, name, speaks) => voiceToken(connection, call, id, name, speaks),
      scribe: (call) => scribeToken(connection, call),
      secondEar: (call) => secondEarToken(connection, call),
      watcher: (call) => watcherToken(connection, call),
      witness: (call) => witnessToken(connection, call),
    },
    watch: (deps) => new Watcher({ ...deps, url }),
    witness: (deps) => new Witness({ ...deps, url }),
    readWebhook: (body, authorization) => webhooks.receive(body, authorization),
  };
}
