import type { LiveKitInQuestion } from "./livekit-in-question.ts";
import { ANN, BORYA, NOBODY, PuttingToLiveKit, type Step } from "./livekit-script.ts";

type Put = PuttingToLiveKit;

/** Asks everything of a call that is not there. */
async function nowhere(put: Put): Promise<void> {
  const { server } = put;
  put.questions.add("ask");
  await put.step("is it there", () => put.livekit.reached.ask());
  await put.step("no call: people", () => server.people("call"));
  await put.step("no call: metadata", () => server.setMetadata("call", "none"));
  await put.step("no call: muted", () => server.setMuted("call", ANN, "TR_none", true));
  await put.step("no call: rights", () => server.setRights("call", ANN, { publish: true, hear: true }));
  await put.step("no call: out", () => server.remove("call", ANN));
  await put.step("no call: ended", () => server.deleteRoom("call"));
  await put.step("no call: somebody comes", async () =>
    put.livekit.come(await put.tokens.person("call", ANN, "Ann", { publish: true, hear: true })),
  );
}

/** The watcher sees people come, publish, open and close, come twice, leave. */
async function seen(put: Put): Promise<void> {
  const { server, livekit } = put;
  await put.step("a call", () => server.createRoom("call", "first"));
  await put.step("the same call", () => server.createRoom("call", "second"));
  const watcher = await put.step("a watcher comes", async () => watchIn(put));
  const ann = await put.comes("Ann comes", ANN);
  await put.step("the metadata that she is told", async () => ann.metadata);
  await put.step("people", () => server.people("call"));
  const microphone = await put.microphoneOf(ANN);
  await put.step("her microphone is opened", () => server.setMuted("call", ANN, microphone, false));
  await put.step("it is opened again", () => server.setMuted("call", ANN, microphone, false));
  await put.step("people", () => server.people("call"));
  await put.step("it is closed", () => server.setMuted("call", ANN, microphone, true));
  await put.step("she opens it herself", async () => ann.turn(true));
  await put.step("she closes it herself", async () => ann.turn(false));
  await put.step("a microphone that is not there", () => server.setMuted("call", ANN, "TR_none", true));
  await put.step("the microphone of nobody", () => server.setMuted("call", NOBODY, microphone, true));
  await put.step("the rights of nobody", () => server.setRights("call", NOBODY, { publish: true, hear: true }));
  await put.step("new metadata", async () => {
    await server.setMetadata("call", "third");
    return put.knows("the metadata", () => ann.metadata === "third");
  });
  const borya = await put.comes("Borya comes to hear", BORYA, { hear: true });
  await put.step("Ann may hear", () => server.setRights("call", ANN, { publish: true, hear: true }));
  await put.step("Ann may not publish", () => server.setRights("call", ANN, { publish: false, hear: true }));
  await put.step("she publishes", () => ann.publish());
  await put.step("people", () => server.people("call"));
  await put.step("she may again", () => server.setRights("call", ANN, { publish: true, hear: true }));
  await put.step("she publishes again", () => ann.publish());
  await put.step("people", () => server.people("call"));
  const second = await put.comes("Ann comes a second time", ANN, { hear: true });
  await put.step("the first of her is out", () => put.knows("it", () => ann.isOut));
  await put.step("people", () => server.people("call"));
  await put.step("Borya is put out", () => server.remove("call", BORYA));
  await put.step("he knows", () => put.knows("it", () => borya.isOut));
  await put.step("once more", () => server.remove("call", BORYA));
  const again = await put.comes("he comes back", BORYA, { hear: true });
  await put.step("he leaves", () => again.leave());
  const token = await put.tokens.person("call", BORYA, BORYA, { publish: true, hear: true });
  const third = await put.step("he comes back by the same token, to listen", async () => {
    const arrives = put.sees("watcher arrived");
    const come = await livekit.come(token);
    await arrives;
    return come;
  });
  await put.step("he publishes", async () => third?.publish());
  await put.step("people", () => server.people("call"));
  for (const name of ["scribe", "secondEar", "witness"] as const)
    await put.step(`a token of the ${name}`, async () => (await put.tokens[name]("call")).length > 0);
  await put.step(
    "a token for the keeper's voice",
    async () => (await put.tokens.voice("call", ANN, ANN, true)).length > 0,
  );
  await put.step("the watcher leaves", async () => void (await watcher?.close()));
  await put.step("a watcher comes again", async () => watchIn(put));
  await put.step("the call is ended", () => server.deleteRoom("call"));
  await put.step("all are out", () => put.knows("it", () => second.isOut && third?.isOut === true));
  await put.step("people", () => server.people("call"));
  await put.step("it is made anew", () => server.createRoom("call", "fourth"));
  const last = await put.comes("Ann comes", ANN, { publish: false });
  await put.step("she publishes nothing: people", () => server.people("call"));
  await put.step("she leaves", () => last.leave());
  await put.step("nobody is there", () => server.people("call"));
  await put.step("the empty call is ended", () => server.deleteRoom("call"));
}

/** A watcher, once it watches; it does not come back where it was thrown out. */
async function watchIn(put: Put) {
  const { reached } = put.livekit;
  put.questions.add("watch");
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = reached.watch({
    admission: () => put.tokens.watcher("call"),
    onWatching: resolve,
    onLost: () => {
      put.saw("watcher lost");
      void watcher.close();
    },
    seen: {
      everybody: (people) => put.saw("watcher everybody", put.plain(people)),
      arrived: (person) => put.saw("watcher arrived", put.plain(person)),
      left: ({ id, sid }) => put.saw("watcher left", put.plain({ id, sid })),
      published: (id, track) => put.saw("watcher published", put.plain([id, track])),
      unpublished: (id, track) => put.saw("watcher unpublished", put.plain([id, track])),
      muted: (id, track) => put.saw("watcher muted", put.plain([id, track])),
      unmuted: (id, track) => put.saw("watcher unmuted", put.plain([id, track])),
    },
  });
  await promise;
  return { close: () => watcher.close(), publish: null };
}

/** Puts all of it to a LiveKit. */
export async function putToLiveKit(
  livekit: LiveKitInQuestion,
): Promise<{ readonly steps: readonly Step[]; readonly questions: ReadonlySet<string> }> {
  const put = new PuttingToLiveKit(livekit);
  await nowhere(put);
  await seen(put);
  return put;
}
