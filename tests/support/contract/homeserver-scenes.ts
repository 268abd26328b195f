import { EventId, type RoomId } from "../../../appservice/protocol/identity.ts";
import { MEETING_STATE } from "../../../appservice/protocol/namespace.ts";
import { HomeserverAway } from "../../../appservice/room/homeserver-answer.ts";
import type { Asker, HomeserverInQuestion } from "./homeserver-in-question.ts";
import { edit, type HomeserverSaid, inRoom, Putting, roomOf, thread, words } from "./homeserver-script.ts";

type People = { readonly ann: Asker; readonly borya: Asker };
const NOWHERE = "!nowhere-at-all:hs" as RoomId;
const NOTHING = EventId.parse("$nothing_that_ever_was_there_1234567890abcdef");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A room of Ann's, into which Borya and the bot come. */
async function comesIn(put: Putting, { ann, borya }: People): Promise<RoomId> {
  const { bot } = put;
  const room = roomOf(
    await put.by(ann, "Ann makes a room", "POST", "/createRoom", {
      preset: "private_chat",
      name: "Council",
      invite: [borya.id],
      power_level_content_override: { users: { [bot.botId]: 50 } },
    }),
  );
  await put.note("it is not in the room yet: state", bot.state(room));
  await put.note("it is not in the room yet: message", bot.send(room, "m.room.message", "early", words("hello")));
  await put.note("it is not invited", bot.join(room));
  await put.by(borya, "Borya comes in", "POST", `/join/${encodeURIComponent(room)}`);
  await put.by(ann, "Ann invites the bot", "POST", `${inRoom(room)}/invite`, { user_id: bot.botId });
  await put.note("it comes in", bot.join(room));
  await put.note("it comes in again", bot.join(room));
  await put.note("it is in these rooms", bot.joinedRooms());
  await put.note("there is no such room: it comes in", bot.join(NOWHERE));
  await put.note("there is no such room: state", bot.state(NOWHERE));
  await put.note("there is no such room: event", bot.event(NOWHERE, NOTHING));
  await put.note("there is no such room: message", bot.send(NOWHERE, "m.room.message", "none", words("hello")));
  await put.allArrived(ann, room);
  return room;
}

/** The room's state: read, written, written again, refused. */
async function state(put: Putting, { ann, borya }: People, room: RoomId): Promise<void> {
  const { bot } = put;
  await put.note("all state", bot.state(room));
  await put.note("a state that is there", bot.stateContent(room, "m.room.name", ""));
  await put.note("a state that is not there", bot.stateContent(room, MEETING_STATE, ""));
  await put.note("a state is set", bot.setState(room, MEETING_STATE, "", { version: 1 }));
  await put.note("the same state again", bot.setState(room, MEETING_STATE, "", { version: 1 }));
  await put.note("another state", bot.setState(room, MEETING_STATE, "", { version: 2 }));
  await put.note("a state of a key", bot.setState(room, MEETING_STATE, "a key", { version: 3 }));
  await put.note("it is there", bot.stateContent(room, MEETING_STATE, "a key"));
  await put.note("its past", bot.past(room, MEETING_STATE));
  await put.note("its own past", pagesOf(bot.ownStates(room, MEETING_STATE)));
  const gone = { body: "gone", replacement_room: NOWHERE };
  await put.note("a state above its power", bot.setState(room, "m.room.tombstone", "", gone));
  const powers = (await put.note("powers", bot.stateContent(room, "m.room.power_levels", ""))) as {
    users: Record<string, number>;
  };
  await put.note(
    "powers above its own",
    bot.setState(room, "m.room.power_levels", "", { ...powers, users: { ...powers.users, [borya.id]: 100 } }),
  );
  await put.by(borya, "Borya sets a state", "PUT", `${inRoom(room)}/state/m.room.name/`, { name: "Mine" });
  await put.by(ann, "Ann sets a state", "PUT", `${inRoom(room)}/state/m.room.name/`, { name: "The council" });
  const less = { ...powers, users: { ...powers.users, [bot.botId]: 0 } };
  await put.by(ann, "Ann takes the bot's power", "PUT", `${inRoom(room)}/state/m.room.power_levels/`, less);
  await put.note("a state without power", bot.setState(room, MEETING_STATE, "", { version: 4 }));
  await put.note("a message without power", bot.send(room, "m.room.message", "humble", words("hello")));
  const more = { ...powers, users: { ...powers.users, [bot.botId]: 50 } };
  await put.by(ann, "Ann gives the bot its power back", "PUT", `${inRoom(room)}/state/m.room.power_levels/`, more);
  await put.note("a state with power again", bot.setState(room, MEETING_STATE, "", { version: 4 }));
  await put.allArrived(ann, room);
}

/** Messages of the bot's: sent twice, edited, in threads, taken back. */
async function ownMessages(put: Putting, { ann }: People, room: RoomId): Promise<void> {
  const { bot } = put;
  const send = (transaction: string, content: object) => bot.send(room, "m.room.message", transaction, content);
  const root = (await put.note("a message", send("m1", words("first"))))!;
  await put.note("the same transaction", send("m1", words("first")));
  await put.note("the same transaction with other words", send("m1", words("other")));
  await put.note("a message in its thread", send("m2", words("second", thread(root))));
  await put.note("a message in its thread", send("m3", words("third", thread(root))));
  await put.note("it is read with its thread", bot.event(room, root));
  const edits = [];
  for (const [i, said] of ["better", "still better", "best"].entries())
    edits.push((await put.note("an edit", send(`e${i}`, edit(root, said))))!);
  await put.note("it is read with its edits", bot.event(room, root));
  await put.note("its edits", bot.ownEditsOf(room, root));
  await put.note("an edit is taken back", bot.redact(room, edits[2]!, "r1"));
  await put.note("the same transaction", bot.redact(room, edits[2]!, "r1"));
  await put.note("it is taken back again", bot.redact(room, edits[2]!, "r2"));
  await put.note("the edit that was taken back", bot.event(room, edits[2]!));
  await put.note("its edits now", bot.ownEditsOf(room, root));
  await put.note("it is read now", bot.event(room, root));
  await put.note(
    "found by its words",
    bot.ownMessage(room, (content) => content["body"] === "second"),
  );
  await put.note(
    "no such words",
    bot.ownMessage(room, (content) => content["body"] === "never said"),
  );
  await put.note("it is taken back", bot.redact(room, root, "r3"));
  await put.note("it is read", bot.event(room, root));
  await put.note("its edits when it is gone", bot.ownEditsOf(room, root));
  await put.note("an event that never was", bot.event(room, NOTHING));
  await put.note("edits of an event that never was", bot.ownEditsOf(room, NOTHING));
  await put.note("an event that never was is taken back", bot.redact(room, NOTHING, "r4"));
  await put.note("a message that is too long", send("long", words("long ".repeat(14_000))));
  await put.note("a state that is too long", bot.setState(room, MEETING_STATE, "", { text: "x".repeat(66_000) }));
  await put.note("a message with a fraction", send("fraction", words("half", { half: 0.5 })));
  await put.note("a message with too large a number", send("number", words("large", { large: 2 ** 60 })));
  await put.note("a message of 60 kB", send("large", words("y".repeat(60_000))));
  await put.allArrived(ann, room);
}

/** Writes all that people write: messages, edits, reactions, redactions, new names. */
async function peoplesMessages(put: Putting, { ann, borya }: People, room: RoomId): Promise<void> {
  const { bot } = put;
  const since = await put.timeAt(ann, room);
  const said = await put.says(borya, room, words("I think so"));
  const reaction = { "m.relates_to": { rel_type: "m.annotation", event_id: said, key: "👍" } };
  const liked = await put.says(ann, room, reaction, "m.reaction");
  await put.by(ann, "Ann reacts the same again", "PUT", `${inRoom(room)}/send/m.reaction/again`, reaction);
  await put.says(borya, room, edit(said, "I think not"));
  await put.says(ann, room, edit(said, "he thinks nothing"));
  await put.says(ann, room, words("a comment", thread(said)));
  await put.note("it is read with all of that", bot.event(room, said));
  await put.note("edits that are not the bot's", bot.ownEditsOf(room, said));
  const redact = (who: Asker, step: string, event: EventId, transaction: string) =>
    put.by(who, step, "PUT", `${inRoom(room)}/redact/${encodeURIComponent(event)}/${transaction}`);
  // What is taken back before the service was sent it comes without its words.
  await put.allArrived(ann, room);
  await redact(ann, "Ann takes her reaction back", liked, "t1");
  await redact(borya, "Borya takes back what is Ann's", liked, "t2");
  await redact(borya, "Borya takes his words back", said, "t3");
  await put.note("it is read", bot.event(room, said));
  const other = await put.says(borya, room, words("once more"));
  const own = await put.says(ann, room, words("mine"));
  await put.allArrived(ann, room);
  await redact(ann, "Ann takes Borya's words back", other, "t4");
  await put.note("the bot takes back what is Ann's", bot.redact(room, own, "t5"));
  await put.by(borya, "Borya takes another name", "PUT", `/profile/${encodeURIComponent(borya.id)}/displayname`, {
    displayname: "Boris",
  });
  await put.hasArrived("Borya's new name", ({ content }) => Object(content).displayname === "Boris");
  await put.note("his state", bot.stateContent(room, "m.room.member", borya.id));
  await put.allArrived(ann, room);
  for (let i = 0; i < 120; i++) await put.says(ann, room, words(`talk ${i}`));
  await put.note("what changed", bot.changesSince(room, since));
  await put.note(
    "far back",
    bot.ownMessage(room, (content) => content["body"] === "third"),
  );
  await put.allArrived(ann, room);
}

/** The bot's profile, its files and notes. */
async function belongings(put: Putting, { ann }: People, room: RoomId): Promise<void> {
  const { bot } = put;
  const nothing = `mxc://${put.server.serverName}/nonenonenonenonenonenone`;
  await put.note("there is no picture", bot.avatar());
  const file = await put.note("a picture is put there", bot.upload(PNG, "image/png", "face.png"));
  const mxc = file && "mxc" in file ? file.mxc : "";
  await put.note("it is read", lengthOf(bot.download(mxc, 1_000)));
  await put.note("it is too large", bot.download(mxc, 10));
  await put.note("there is no such file", bot.download(nothing, 1_000));
  await put.note(
    "a picture to show",
    bot.picture(mxc).then((picture) => picture?.slice(0, 15)),
  );
  await put.note("no picture to show", bot.picture(nothing));
  await put.note("an encrypted file", lengthOf(bot.downloadEncrypted({ url: mxc }, 1_000)));
  await put.note("its picture is set", bot.setAvatar(mxc));
  await put.note("its picture", bot.avatar());
  await put.hasArrived("its picture", ({ content }) => Object(content).avatar_url !== undefined);
  await put.note("its name is set", bot.setDisplayName("The facilitator"));
  await put.hasArrived("its name", ({ content }) => Object(content).displayname === "The facilitator");
  await put.note("how it is named in the room", bot.stateContent(room, "m.room.member", bot.botId));
  await put.note("it keeps nothing of the room", bot.roomNote(room, "org.mindminder.kept"));
  await put.note("it keeps something", bot.setRoomNote(room, "org.mindminder.kept", { kept: 1 }));
  await put.note("what it keeps", bot.roomNote(room, "org.mindminder.kept"));
  await put.note("of another kind it keeps nothing", bot.roomNote(room, "org.mindminder.other"));
  await put.note(
    "homeserver fails at one request alone",
    bot.failsAtThisAlone(new HomeserverAway("refused", { status: 400 })),
  );
  await put.note("Ann is who she says", put.isProven(ann, room));
  await put.note("a proof that nobody was given", put.isProven(ann, room, "forged"));
  await put.allArrived(ann, room);
}

/** Kicked, invited again, refused; a room for two. */
async function goings(put: Putting, { ann, borya }: People, room: RoomId): Promise<void> {
  const { bot } = put;
  await put.by(borya, "Borya cannot kick", "POST", `${inRoom(room)}/kick`, { user_id: ann.id });
  await put.by(ann, "Ann kicks Borya", "POST", `${inRoom(room)}/kick`, { user_id: borya.id, reason: "noise" });
  await put.by(borya, "Borya writes from outside", "PUT", `${inRoom(room)}/send/m.room.message/out`, words("hey"));
  await put.by(borya, "Borya comes uninvited", "POST", `/join/${encodeURIComponent(room)}`);
  await put.by(ann, "Ann invites Borya", "POST", `${inRoom(room)}/invite`, { user_id: borya.id });
  await put.by(borya, "Borya is back", "POST", `/join/${encodeURIComponent(room)}`);
  await put.by(borya, "Borya leaves", "POST", `${inRoom(room)}/leave`);
  await put.by(ann, "Ann bans Borya", "POST", `${inRoom(room)}/ban`, { user_id: borya.id });
  await put.by(ann, "Ann invites the banned", "POST", `${inRoom(room)}/invite`, { user_id: borya.id });
  await put.by(ann, "Ann lifts the ban", "POST", `${inRoom(room)}/unban`, { user_id: borya.id });
  await put.allArrived(ann, room);
  const direct = await put.note("a room for two", bot.createDirectRoom(ann.id as typeof bot.botId, "Alone"));
  if (direct) {
    await put.note("all state of it", bot.state(direct));
    await put.by(ann, "Ann comes into it", "POST", `/join/${encodeURIComponent(direct)}`);
    await put.allArrived(ann, direct);
    await put.note("the bot leaves it", bot.leave(direct));
  }
  const made = await put.note("a room of the bot's", bot.createRoom({ preset: "private_chat", name: "Open" }));
  if (made) {
    await put.note("Ann is invited", bot.invite(made, ann.id as typeof bot.botId));
    await put.by(ann, "Ann comes", "POST", `/join/${encodeURIComponent(made)}`);
    await put.note("she is invited once more", bot.invite(made, ann.id as typeof bot.botId));
    await put.allArrived(ann, made);
    await put.note("the bot leaves what it made", bot.leave(made));
  }
  await put.by(ann, "Ann kicks the bot", "POST", `${inRoom(room)}/kick`, { user_id: bot.botId });
  await put.note("out of it: rooms", bot.joinedRooms());
  await put.note("out of it: message", bot.send(room, "m.room.message", "out", words("hello")));
  await put.note("out of it: state set", bot.setState(room, MEETING_STATE, "", { version: 9 }));
  await put.note("out of it: a state", bot.stateContent(room, "m.room.name", ""));
  await put.note("out of it: past", bot.past(room, MEETING_STATE));
  await put.note("out of it: own past", pagesOf(bot.ownStates(room, MEETING_STATE)));
  await put.note("out of it: redaction", bot.redact(room, NOTHING, "out"));
  await put.note("out of it: comes in uninvited", bot.join(room));
  await put.note("out of it: leaves", bot.leave(room));
  await put.by(ann, "Ann writes while it is out", "PUT", `${inRoom(room)}/send/m.room.message/alone`, words("alone"));
  await put.by(ann, "Ann invites the bot again", "POST", `${inRoom(room)}/invite`, { user_id: bot.botId });
  await put.note("it declines", bot.leave(room));
  await put.by(ann, "Ann invites the bot once more", "POST", `${inRoom(room)}/invite`, { user_id: bot.botId });
  await put.note("it is back", bot.join(room));
  await put.note("changes meanwhile", bot.changesSince(room, Date.now()));
  await put.allArrived(ann, room);
}

/** Writes that come too fast are refused for a while, and taken after it. */
async function limited(put: Putting, room: RoomId): Promise<void> {
  await put.server.limit();
  const refusals = () => put.server.noted.exchanges.filter(({ status }) => status === 429);
  // A slow machine may not be too fast at once.
  for (let i = 0; refusals().length === 0; i++) await put.bot.send(room, "m.room.message", `fast ${i}`, words("fast"));
  put.told.push({ step: "too fast", result: refusals()[0]?.answer });
  await put.note(
    "what was refused is there once",
    put.bot.ownMessage(room, ({ body }) => body === "fast"),
  );
}

/** Puts all of it to a homeserver. */
export async function putTo(server: HomeserverInQuestion): Promise<HomeserverSaid> {
  const put = new Putting(server);
  const localpart = "mindminder";
  await put.note("its account is made", put.bot.register(localpart));
  await put.note("its account is there", put.bot.register(localpart));
  await put.note("the homeserver reaches the service", put.bot.ping(localpart));
  const people = { ann: await server.person("Ann"), borya: await server.person("Borya") };
  const room = await comesIn(put, people);
  for (const scene of [state, ownMessages, belongings, peoplesMessages, goings]) await scene(put, people, room);
  const said = put.said();
  await limited(put, room);
  return { ...said, told: [...said.told, ...put.said().told.slice(said.told.length)] };
}

const lengthOf = (downloaded: Promise<Uint8Array | string>) => downloaded.then(({ length }) => length);

async function pagesOf<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
