import type { Call } from "../model/call/call.ts";
import type { MeetingStore } from "../model/meeting/meeting-store.ts";
import { type Me, rightsOf } from "../model/meeting/rights.ts";
import type { ServiceClient } from "../model/service/service-client.ts";

type CatchingUp = {
  readonly client: Pick<ServiceClient, "meeting">;
  readonly store: MeetingStore;
  readonly call: Pick<Call, "setMicrophone">;
  readonly me: Me;
};

/**
 * Asks the service what happened while the link was broken: the call's own news are still on their way. Where the word
 * has come meanwhile, so has the server's order to open the microphone, and it is carried out now; a speaker who had
 * the word before keeps the microphone as it is.
 */
export async function catchUp({ client, store, call, me }: CatchingUp): Promise<void> {
  const hasWord = () => {
    const { meeting } = store.get();
    return rightsOf(meeting, me).hasWord && !meeting?.paused;
  };
  const had = hasWord();
  store.fromService(await client.meeting());
  if (!had && hasWord()) await call.setMicrophone(true);
}
