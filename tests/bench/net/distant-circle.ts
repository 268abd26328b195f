import { setTimeout as wait } from "node:timers/promises";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { DistantPerson } from "../../support/network/distant-person.ts";
import type { Link, PeopleNetworks } from "../../support/network/people-networks.ts";
import type { ServiceMeeting } from "../../support/stack/service-meeting.ts";
import { within } from "../seven.ts";

/** Sound takes a moment to flow through a stream that has just been opened. */
const SETTLE_MS = 400;
const PATIENCE_MS = 20_000;
const GATHERED_WITHIN_MS = 60_000;

/** The people of a meeting, each behind a network of their own. */
export class DistantCircle {
  readonly people: readonly DistantPerson[];
  readonly meeting: ServiceMeeting;
  readonly #networks: PeopleNetworks;

  constructor(networks: PeopleNetworks, meeting: ServiceMeeting, names: readonly string[]) {
    this.#networks = networks;
    this.meeting = meeting;
    this.people = meeting.people.map(
      ({ matrix, widget }, index) => new DistantPerson(networks, names[index] ?? "", matrix.userId, widget),
    );
  }

  /** Everybody comes in over such a link, and receives everybody. */
  async join(link: Link): Promise<void> {
    for (const { name } of this.people) this.#networks.link(name, link);
    await Promise.all(this.people.map((person, index) => person.join(400 + 130 * index)));
    const receiving = this.people.map((person) =>
      person.order({ does: "receive", whom: this.others(person).map(({ id }) => id) }),
    );
    await within(GATHERED_WITHIN_MS, Promise.all(receiving), () => "not everybody receives everybody");
  }

  async leave(): Promise<void> {
    await Promise.all(this.people.map((person) => person.order({ does: "leave" })));
  }

  link({ name }: DistantPerson, link: Link): void {
    this.#networks.link(name, link);
  }

  others(person: DistantPerson): DistantPerson[] {
    return this.people.filter((each) => each !== person);
  }

  person(id: string | null | undefined): DistantPerson {
    const found = this.people.find((each) => each.id === id);
    if (!found) throw new Error(`nobody in the circle is ${id}`);
    return found;
  }

  /** Somebody speaks, and somebody comes next; where a circle ends, the next one is begun. */
  async midway(): Promise<{ speaker: DistantPerson; next: DistantPerson; now: MeetingSnapshot }> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const now = await this.meeting.now();
      if (now.turn?.status === "speaking") {
        if (now.next) return { speaker: this.person(now.turn.speaker), next: this.person(now.next), now };
        await this.meeting.pass(now);
      }
      if (performance.now() > deadline) throw new Error(`nobody speaks: ${JSON.stringify([now.phase, now.turn])}`);
      // Asked again at the pace of a look.
      await wait(100);
    }
  }

  /** A pass; for each of the others, milliseconds from the click until they hear the next speaker. */
  async pass(): Promise<number[]> {
    const { speaker, next, now } = await this.midway();
    const listeners = this.others(next);
    await Promise.all(listeners.map((each) => each.order({ does: "listen", whom: next.id })));
    await wait(SETTLE_MS);
    const heard = Promise.all(listeners.map((each) => each.heard(next.id)));
    const { sentAt, status, body } = await speaker.press(now.version);
    if (status !== 200) throw new Error(`passing was refused with ${status}: ${body}`);
    const times = await within(PATIENCE_MS, heard, () => `${next.name} was not heard by everybody`);
    await Promise.all(listeners.map((each) => each.order({ does: "deaf" })));
    return times.map((at) => at - sentAt);
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map((person) => person.close()));
  }
}
