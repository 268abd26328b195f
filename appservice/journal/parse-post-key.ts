import type { AssemblyId, EventId, MeetingId, ParticipantId } from "../protocol/identity.ts";
import { About } from "../protocol/meeting-record.ts";
import { ASSEMBLY_NEWS, formatPostKey, type ItemKey, type PostKey, type SummaryOf } from "./post-key.ts";

/** Reads a spelling of `formatPostKey`: whatever is written, writing what was read gives the same text. */
export function parsePostKey(text: string): PostKey {
  const key = read(text);
  return key !== null && formatPostKey(key) === text ? key : { kind: "unknown", text };
}

const TELEGRAM_NEWS = ["bound", "unbound", "lost", "away"] as const;

function read(text: string): PostKey | null {
  const [kind, rest] = cutAtFirst(text);
  if (rest === null) return readWord(kind);
  switch (kind) {
    case "circle":
    case "circle-summary":
      return { kind, circle: Number(rest) };
    case "control": {
      const [circle, sign] = cutAtFirst(rest);
      return sign === null ? null : { kind, circle: Number(circle), sign };
    }
    case "turn": {
      const [turn, part] = cutAtFirst(rest);
      return { kind, turn: Number(turn), part: Number(part ?? 1) };
    }
    case "texts":
    case "comments": {
      const [circle, part] = cutAtFirst(rest);
      return { kind, circle: Number(circle), part: Number(part ?? 1) };
    }
    case "summary":
      return readSummary(rest);
    case "note": {
      const [plugin, about] = cutAtFirst(rest);
      const read = About.safeParse(fromJson(about ?? ""));
      return read.success ? { kind, plugin, about: read.data } : null;
    }
    case "agreement":
      return { kind: "agreement-sign", sign: rest };
    case "call-away":
      return { kind, outage: Number(rest) };
    case "scribe-away":
    case "scribe-back":
      return { kind, absence: Number(rest) };
    case "out-of-turn":
    case "withheld":
      return { kind, who: rest as ParticipantId };
    case "carried": {
      const [meeting, task] = cutAtFirst(rest);
      return task === null ? null : { kind, meeting: meeting as MeetingId, task };
    }
    case "decision":
    case "question":
    case "task":
      return { kind, id: rest };
    case "mark":
      return readMark(rest);
    case "refused":
      return readRefused(rest);
    case "answer":
    case "greeting":
    case "widget":
    case "power-lost":
    case "unread":
    case "replaced":
    case "encrypted":
    case "open-sign":
      return { kind, event: rest as EventId };
    case "guest": {
      const [at, who] = cutAtFirst(rest);
      return { kind, at: Number(at), who: (who ?? "") as ParticipantId };
    }
    case "guest-sign": {
      const [at, signed] = cutAtFirst(rest);
      const [sign, who] = cutAtFirst(signed ?? "");
      return { kind, at: Number(at), sign, who: (who ?? "") as ParticipantId };
    }
    case "telegram-person": {
      const [meeting, who] = cutAtFirst(rest);
      return { kind, meeting: meeting as MeetingId, who: (who ?? "") as ParticipantId };
    }
    case "telegram-chat": {
      const [at, typed] = cutAtFirst(rest);
      const what = TELEGRAM_NEWS.find((each) => each === typed);
      return what === undefined ? null : { kind, at: Number(at), what };
    }
    case "own-call":
    case "powerless":
      return { kind, meeting: rest === "" ? null : (rest as MeetingId) };
    case "assembly":
      return { kind, assembly: rest as AssemblyId };
    case "assembly-news": {
      const [assembly, happened] = cutAtFirst(rest);
      const [at, typed] = cutAtFirst(happened ?? "");
      const what = ASSEMBLY_NEWS.find((each) => each === typed);
      return what === undefined ? null : { kind, assembly: assembly as AssemblyId, at: Number(at), what };
    }
    case "meeting-lost":
    case "speech-full":
      return { kind, meeting: rest as MeetingId };
    case "comments-full":
      return readCommentsFull(rest);
    case "tasks":
      return readTasks(rest);
    default:
      return null;
  }
}

function readWord(kind: string): PostKey | null {
  switch (kind) {
    case "agreement":
    case "taken-up":
    case "late":
    case "meeting":
    case "picture":
    case "state":
      return { kind };
    case "carried":
      return { kind: "carried-list" };
    case "own-call":
      return { kind, meeting: null };
    default:
      return null;
  }
}

function readSummary(rest: string): PostKey | null {
  const [whose, plugin] = cutAtLast(rest);
  const [first, second] = cutAtFirst(whose);
  if (plugin === null || second === null) return null;
  return { kind: "summary", of: readSummaryOf(first, second), plugin };
}

function readSummaryOf(first: string, second: string): SummaryOf {
  if (first === "person") return { kind: "person", participant: second as ParticipantId };
  return first === "turn"
    ? { kind: "turn", turn: Number(second) }
    : { kind: "participant", circle: Number(first), participant: second as ParticipantId };
}

function readMark(rest: string): PostKey | null {
  const [item, sign] = cutAtLast(rest);
  const on = item === rest ? null : read(item);
  return sign !== null && on !== null && isItem(on) ? { kind: "mark", on, sign } : null;
}

function isItem(key: PostKey): key is ItemKey {
  return key.kind === "decision" || key.kind === "question" || key.kind === "task";
}

/** A command in vain names its event; a reaction in vain names who pressed it, and no event id has ":@" in it. */
function readRefused(rest: string): PostKey | null {
  const at = rest.indexOf(":@");
  if (at < 0) return { kind: "refused", event: rest as EventId };
  const [before, after] = [rest.slice(0, at), rest.slice(at + 1)];
  const [who, code] = cutAtLast(after);
  if (code === null) return null;
  const [word, circle] = cutAtFirst(before);
  if (word !== "circle" || circle === null)
    return { kind: "mark-refused", item: before, by: who as ParticipantId, code };
  const [by, sign] = cutAtLast(who);
  return sign === null
    ? null
    : { kind: "control-refused", circle: Number(circle), by: by as ParticipantId, sign, code };
}

function readCommentsFull(rest: string): PostKey | null {
  const [first, whose] = cutAtFirst(rest);
  const meeting = first as MeetingId;
  if (whose === null) return { kind: "comments-full", meeting, of: null };
  const [circle, who] = cutAtFirst(whose);
  return who === null
    ? null
    : { kind: "comments-full", meeting, of: { circle: Number(circle), who: who as ParticipantId } };
}

function readTasks(rest: string): PostKey | null {
  const [target, about] = cutAtFirst(rest);
  const [before, last] = cutAtLast(about ?? "");
  if (last === null) return null;
  const [meeting, task] = cutAtFirst(before);
  if (task !== null) return { kind: "task-refused", target, meeting: meeting as MeetingId, task, code: last };
  return last === "mend" || last === "waits"
    ? { kind: "target-fails", target, since: Number(before), help: last }
    : null;
}

function cutAtFirst(text: string): [string, string | null] {
  const at = text.indexOf(":");
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function cutAtLast(text: string): [string, string | null] {
  const at = text.lastIndexOf(":");
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
