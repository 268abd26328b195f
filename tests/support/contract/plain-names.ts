/** Fields of events that the service does not read; a test holds that its code names none of them. */
export const UNREAD: readonly string[] = [
  "home_server",
  "invite_room_state",
  "m.thread",
  "prev_sender",
  "redacted_because",
  "redacted_by",
  "replaces_state",
];

/**
 * Fields of an event that are there for clients of old (Synapse repeats some of `unsigned` beside it), or for whoever
 * sent it.
 */
const FOR_OTHERS: ReadonlySet<string> = new Set(["age", "user_id", "prev_content"]);
const FOR_THE_SENDER: ReadonlySet<string> = new Set(["transaction_id", "membership"]);

/** Fields of which only that they are there is the same. */
const MADE_UP: ReadonlySet<string> = new Set([
  "access_token",
  "at",
  "duration_ms",
  "end",
  "error",
  "next_batch",
  "origin_server_ts",
  "retry_after_ms",
  "start",
]);

/**
 * Names that a server makes up, such as event ids, each replaced by its place in the order in which they were first
 * seen.
 */
export class PlainNames {
  readonly #serverName: string;
  readonly #known = new Map<string, string>();

  constructor(serverName: string) {
    this.#serverName = serverName;
  }

  /** A copy in which nothing is left that two servers may tell differently: ids, moments, sentences for admins. */
  of(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((each) => this.of(each));
    return typeof value === "object" && value !== null ? this.#fields(value) : value;
  }

  #fields(fields: object): object {
    const isEvent = "event_id" in fields && "type" in fields;
    const kept = Object.entries(fields)
      .filter(([name, value]) => value !== undefined && !UNREAD.includes(name) && !(isEvent && FOR_OTHERS.has(name)))
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(
      kept.flatMap(([name, value]): [string, unknown][] => {
        if (name === "unsigned" && isEvent) return this.#unsigned(value as object);
        return [[this.#text(name), MADE_UP.has(name) && value !== null ? `(${name})` : this.of(value)]];
      }),
    );
  }

  /** Nothing where nothing is left: Synapse gives an empty one. */
  #unsigned(unsigned: object): [string, unknown][] {
    const kept = Object.entries(unsigned).filter(([name]) => name !== "age" && !FOR_THE_SENDER.has(name));
    const named = this.#fields(Object.fromEntries(kept)) as Record<string, unknown>;
    const relations = named["m.relations"] as object | undefined;
    if (relations && Object.keys(relations).length === 0) delete named["m.relations"];
    return Object.keys(named).length > 0 ? [["unsigned", named]] : [];
  }

  #text(text: string): string {
    return text
      .replace(/mxc:\/\/[\w.:-]+\/[\w-]+|[$!][\w-]{2,}(?::[\w.-]+)?/g, (id) => this.#nameOf(id))
      .replace(/(?<=[?&](?:from|access_token)=)[^&]*/g, "(some)")
      .replace(/(?<=\/media\/(?:thumbnail|download)\/)[^?]*/g, "(some)")
      .replaceAll(`:${this.#serverName}`, ":server");
  }

  #nameOf(id: string): string {
    const kind = id.startsWith("mxc") ? "file" : id.startsWith("$") ? "event" : "room";
    let name = this.#known.get(id);
    if (!name) this.#known.set(id, (name = `${kind}-${this.#known.size + 1}`));
    return name;
  }
}
