import { expect, test } from "vitest";
import { AssemblyTable, people, planned, who } from "../../tests/support/assembly/table.ts";
import { meetingId } from "../../tests/support/protocol/ids.ts";

const PHASES = [{ kind: "rings", delegate: "lot", keepers: "nobody" }, { kind: "delegates" }];

const early = (phases: readonly object[] = PHASES) =>
  new AssemblyTable().gather(...people(10)).start("p1", planned(phases));

/** Each ring has met. */
function table(phases: readonly object[] = PHASES): AssemblyTable {
  const at = early(phases);
  for (const { number: ring } of at.running.rings)
    at.send({ type: "ring-gathered", ring, meeting: meetingId(`mring${ring}`), at: at.at });
  return at;
}
/** People of the ring in which the assembly's keeper does not sit. */
const without = (at: AssemblyTable) => {
  const [ring = 0, names = []] = [...at.seating].find(([, all]) => !all.includes("p1")) ?? [];
  return { ring, names };
};

test("a ring gives its summary along once more than half of it agreed, and each of them counts once", () => {
  const at = table();
  const { ring, names } = without(at);
  const [a = "", b = "", c = ""] = names;
  at.by(a, { type: "give-along" }).by(a, { type: "give-along" }).by(b, { type: "give-along" });
  expect(at.happened("summary-given")).toEqual([]);
  expect(at.by(c, { type: "give-along" }).refusal).toBeNull();
  expect(at.happened("summary-given")).toMatchObject([{ ring, by: null }]);
  expect(at.running.held.filter(({ given }) => given).map(({ number }) => number)).toEqual([ring]);
  expect(at.by(a, { type: "give-along" }).refusal, "once is enough").toBeNull();
  expect(at.happened("summary-given")).toHaveLength(1);
});

test("its keeper gives it along by a word, and so does the keeper of all in their own ring", () => {
  const at = table([{ ...PHASES[0], keepers: "lot" }, { kind: "delegates" }]);
  const { ring } = without(at);
  const keeper = at.running.members.find(({ id }) => id === at.running.rings[ring - 1]?.keeper)?.name ?? "";
  at.by(keeper, { type: "give-along" }).by("p1", { type: "give-along" });
  expect(at.happened("summary-given").map(({ by }) => by)).toEqual([who(keeper), who("p1")]);
});

test("whoever agreed and went elsewhere does not count any more", () => {
  const at = table();
  const { ring, names } = without(at);
  const [a = "", b = "", c = "", d = ""] = names;
  at.by(a, { type: "give-along" }).by(b, { type: "give-along" });
  at.by("p1", { type: "move", who: who(a), to: ring === 1 ? 2 : 1 });
  expect(at.running.rings[ring - 1]?.summary).toEqual({ agreed: [who(b)], given: false });
  at.by(c, { type: "give-along" });
  expect(at.happened("summary-given")).toEqual([]);
  at.by(d, { type: "give-along" });
  expect(at.happened("summary-given")).toHaveLength(1);
});

const BY_CONSENT = [{ ...PHASES[0], delegate: "consent" }, PHASES[1] ?? {}];

test("whoever leaves the assembly speaks for nobody, and their group names somebody else", () => {
  const at = table(BY_CONSENT);
  const { ring, names } = without(at);
  const [a = "", b = "", c = "", d = "", e = ""] = names;
  const own = () => at.running.rings[ring - 1];
  at.by(a, { type: "name-delegate", who: who(c) }).by(b, { type: "agree-delegate" });
  at.by(c, { type: "leave" });
  expect(own()).toMatchObject({ named: null, delegate: null });
  expect(at.by(d, { type: "agree-delegate" }).refusal).toBe("no-delegate-here");
  at.by(d, { type: "name-delegate", who: who(e) });
  for (const name of [a, e]) at.by(name, { type: "agree-delegate" });
  expect(own()?.delegate).toBe(who(e));
  at.by(e, { type: "leave" });
  expect(own()?.delegate, "chosen, and gone").toBeNull();
});

test.each(["leave", "move"] as const)(
  "who stays has agreed by more than half as the others %s: the choice is made",
  (how) => {
    const at = table(BY_CONSENT);
    const { ring, names } = without(at);
    const [a = "", b = "", c = "", d = ""] = names;
    at.by(a, { type: "name-delegate", who: who(b) }).by(b, { type: "agree-delegate" });
    expect(names).toHaveLength(5);
    at.by(c, { type: "leave" });
    expect(at.running.rings[ring - 1]?.delegate).toBeNull();
    if (how === "leave") at.by(d, { type: "leave" });
    else at.by("p1", { type: "move", who: who(d), to: ring === 1 ? 2 : 1 });
    expect(at.running.rings[ring - 1]?.delegate).toBe(who(b));
  },
);

test("a group whose keeper has left the assembly is kept by nobody", () => {
  const at = table([{ ...PHASES[0], keepers: "lot" }, { kind: "delegates" }]);
  const { ring } = without(at);
  const keeper = at.running.members.find(({ id }) => id === at.running.rings[ring - 1]?.keeper)?.name ?? "";
  at.by(keeper, { type: "leave" });
  expect(at.running.rings[ring - 1]?.keeper).toBeNull();
});

test("where nobody is sent there is nothing to give along, nor before the ring has met", () => {
  const nobody = table([{ kind: "rings", delegate: "nobody" }]);
  expect(nobody.by("p2", { type: "give-along" }).refusal).toBe("no-delegate-here");
  expect(early().by("p2", { type: "give-along" }).refusal).toBe("assembly-not-begun");
  expect(table().wait(25).over(1, 2).by("p2", { type: "give-along" }).refusal).toBe("no-delegate-here");
});
