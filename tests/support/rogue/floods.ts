import {
  SimulateScenario,
  UpdateParticipantMetadata,
  UpdateSubscription,
  AddTrackRequest,
  TrackSource,
  TrackType,
} from "@livekit/protocol";
import type { CallAccess } from "../../../appservice/call/calls.ts";
import { RawSignal } from "./raw-signal.ts";
import type { Rogue } from "./rogue.ts";

const noAnswer = () => {};

/** Everything that could fill the others' lines or screens, as much as goes out. Settles when all is sent. */
export async function floodWithData({ client }: Rogue, times: number): Promise<void> {
  const me = client.room.localParticipant;
  if (!me) return;
  const loud = new Uint8Array(1_000).fill(65);
  for (let i = 0; i < times; i++) {
    void me.publishData(loud, { reliable: i % 2 === 0, topic: "flood" }).catch(noAnswer);
    if (i % 50 > 0) continue;
    void me.sendText("flood", { topic: "org.mindminder.captions" }).catch(noAnswer);
    void me
      .performRpc({ destinationIdentity: "@eve:x", method: "flood", payload: "flood", responseTimeout: 500 })
      .catch(noAnswer);
    void me
      .publishTranscription({
        participantIdentity: "@ann:x",
        trackSid: "",
        segments: [{ id: `${i}`, text: "flood", startTime: 0n, endTime: 0n, language: "en", final: true }],
      })
      .catch(noAnswer);
    void me.updateMetadata(`flood ${i}`).catch(noAnswer);
    void me.updateName(`Facilitator ${i}`).catch(noAnswer);
    void me.setAttributes({ flood: `${i}` }).catch(noAnswer);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same without any SDK, and what only test clients send: “pretend that the server leaves, that a node fails”. */
export async function floodWithSignals(access: CallAccess, times: number): Promise<void> {
  const line = await RawSignal.connect(access);
  for (let i = 0; i < times; i++) {
    line.send({
      case: "updateMetadata",
      value: new UpdateParticipantMetadata({ name: "Facilitator", metadata: `flood ${i}`, requestId: i }),
    });
    line.send({ case: "subscription", value: new UpdateSubscription({ trackSids: [`TR_${i}`], subscribe: true }) });
    line.send({
      case: "addTrack",
      value: new AddTrackRequest({
        cid: `c${i}`,
        name: "flood",
        type: TrackType.AUDIO,
        source: TrackSource.MICROPHONE,
        muted: true,
      }),
    });
    if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  line.send({ case: "simulate", value: new SimulateScenario({ scenario: { case: "migration", value: true } }) });
  line.send({ case: "simulate", value: new SimulateScenario({ scenario: { case: "speakerUpdate", value: 3 } }) });
  line.send({ case: "simulate", value: new SimulateScenario({ scenario: { case: "nodeFailure", value: true } }) });
  line.send({ case: "simulate", value: new SimulateScenario({ scenario: { case: "serverLeave", value: true } }) });
  await line.closed;
}
