import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { madeEntry, ROOM, SIGNER, sealedLog } from "../../tests/support/ledger/sealed.ts";
import { BEGAN } from "../../tests/support/ledger/story.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { atOnce, type Parts } from "../journal/parts-of-work.ts";
import { canonicalJson } from "./canonical-json.ts";
import { treeHash } from "./merkle-tree.ts";
import { isDue, originOf, seal, WEEK_MS } from "./seal.ts";
import { sealedIn } from "./sealed-entries.ts";
import { noteSigner, openNote, signedNote, verifierKey } from "./signed-note.ts";
import { provenBy, tlogProof } from "./tlog-proof.ts";
import { verifyLog } from "./verify.ts";

function checkedLog() {
  const { db, log } = sealedLog();
  const faults = (more: readonly string[] = []) =>
    verifyLog({ origin: originOf(ROOM, SIGNER), verifier: verifierKey(SIGNER), lines: log.lines(ROOM) }, [
      ...log.checkpoints(ROOM).map(({ note }) => note),
      ...more,
    ]);
  return { db, log, faults };
}

test("a log as it was sealed verifies against each of its checkpoints", () => {
  const { log, faults } = checkedLog();
  expect(log.checkpoints(ROOM).map(({ size }) => size)).toEqual([3, 4, 9]);
  expect(faults()).toEqual([]);
});

test("one byte of an entry, a record or a checkpoint changed is found", () => {
  const entries = checkedLog();
  entries.db.exec("UPDATE ledger_salts SET entry = replace(entry, '@ann', '@amn') WHERE n = 1");
  expect(entries.faults()).toEqual([{ fault: "entry-changed", n: 1 }]);

  const records = checkedLog();
  records.db.exec("UPDATE ledger_records SET record = zeroblob(32) WHERE n = 4");
  expect(records.faults()).toContainEqual({ fault: "root", nth: 2 });

  const notes = checkedLog();
  const forged = notes.log.checkpoints(ROOM).map(({ note }) => note.replace("\n9\n", "\n8\n"));
  expect(notes.faults(forged)).toContainEqual({ fault: "signature", nth: 5 });
});

test("a log from which the last entries were taken is shorter than what its witnesses saw", () => {
  const { db, log, faults } = checkedLog();
  const seen = log.checkpoints(ROOM).map(({ note }) => note);
  db.exec("DELETE FROM ledger_records WHERE n >= 4; DELETE FROM ledger_checkpoints WHERE size > 4");
  expect(faults(seen)).toContainEqual({ fault: "shorter", nth: 4, size: 9 });
});

test("erasing a person leaves the log verifiable, and nothing of them in it", () => {
  const { db, log, faults } = checkedLog();
  expect(log.erase(personId("@ann:hs"), null)).toBe(4);
  expect(faults()).toEqual([]);
  const sealed = sealedIn(log);
  expect(atOnce(sealed.entries(ROOM, 9, null)).map(({ to }) => to)).not.toContain("@ann:hs");
  expect(log.lines(ROOM).every(({ id }) => sealed.has(ROOM, id, 9))).toBe(true);
  const left = db.prepare("SELECT COUNT(*) FROM ledger_salts WHERE entry LIKE '%ann%'").pluck().get();
  expect(left).toBe(0);
});

test("a log of thousands is sealed, and one person's entries are read from it, in small parts", () => {
  const { log, faults } = checkedLog();
  const many = Array.from({ length: 2_200 }, (_, n) => madeEntry(n));
  const [sealing, sealed] = [
    seal(ROOM, many, BEGAN + 3 * WEEK_MS, { log, signer: SIGNER, random: randomBytes }),
    sealedIn(log),
  ];
  expect(partsOf(sealing).parts).toBeGreaterThan(50);
  expect(faults()).toEqual([]);
  const ann = partsOf(sealed.entries(ROOM, sealed.length(ROOM), personId("@ann:hs")));
  expect(ann.parts).toBeGreaterThan(5);
  expect(ann.value.map(({ id }) => id)).toEqual(many.filter(({ to }) => to === "@ann:hs").map(({ id }) => id));
});

function partsOf<T>(work: Parts<T>): { readonly parts: number; readonly value: T } {
  for (let parts = 0; ; parts += 1) {
    const part = work.next();
    if (part.done) return { parts, value: part.value };
  }
}

test("a log is sealed once a week", () => {
  const { log } = sealedLog();
  const last = BEGAN + 2 * WEEK_MS;
  expect([isDue(ROOM, last + WEEK_MS - 1, { log }), isDue(ROOM, last + WEEK_MS, { log })]).toEqual([false, true]);
});

test("an entry that was sealed is not sealed again, whatever a later version of its rule would make of it", () => {
  const { log } = sealedLog();
  const later = { ...madeEntry(0), amount: 5, rule: "tasks-finished@2" };
  atOnce(seal(ROOM, [later], BEGAN + 9 * WEEK_MS, { log, signer: SIGNER, random: Buffer.alloc }));
  expect(log.lines(ROOM).length).toBe(9);
});

/** Roots of RFC 6962's own examples: seven leaves d0 … d6 of the reference implementation's tests. */
test("the tree is that of RFC 6962", () => {
  const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const roots = [1, 2, 3, 8].map((size) =>
    treeHash(leaves.slice(0, size).map((hex) => Buffer.from(hex, "hex"))).toString("hex"),
  );
  expect(roots).toEqual([
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]);
});

test("canonical JSON is that of RFC 8785", () => {
  const value = { "\u20ac": "Euro", "\r": "CR", "1": "One", "\u0080": "Control", b: [56.0, 1e21, 1e-7, true, null] };
  expect(canonicalJson(value)).toBe(
    '{"\\r":"CR","1":"One","b":[56,1e+21,1e-7,true,null],"\u0080":"Control","€":"Euro"}',
  );
});

test("a note is opened by its own key alone", () => {
  const note = signedNote("text\n", SIGNER);
  expect(openNote(note, verifierKey(SIGNER))).toBe("text\n");
  expect(openNote(note, verifierKey(noteSigner("hs/mindminder", Buffer.alloc(32, 8))))).toBeNull();
  expect(openNote(note, "no key at all")).toBeNull();
});

test("each entry is proven by a file of its own, which needs the key and no log", () => {
  const { log } = checkedLog();
  const [lines, key] = [log.lines(ROOM), verifierKey(SIGNER)];
  const proofs = log
    .checkpoints(ROOM)
    .flatMap((checkpoint) =>
      lines.slice(0, checkpoint.size).map(({ n }) => ({ n, text: tlogProof(lines, n, checkpoint) })),
    );
  expect(proofs).toHaveLength(3 + 4 + 9);
  for (const { n, text } of proofs)
    expect(text && provenBy(text, key)).toEqual({ origin: originOf(ROOM, SIGNER), entry: lines[n]?.open?.entry });
  expect(proofs[0]?.text).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra [\w+/=]+\nindex 0\n[\w+/=]{44}\n[\w+/=]{44}\n\n/);
});

test("a proof of which anything was changed, or of another's log, proves nothing; of an erased entry there is none", () => {
  const { log } = checkedLog();
  const [lines, key, newest] = [log.lines(ROOM), verifierKey(SIGNER), log.checkpoints(ROOM).at(-1)];
  const proof = (newest && tlogProof(lines, 4, newest)) ?? "";
  expect(provenBy(proof, key)).not.toBeNull();
  const extra = /extra (\S+)/.exec(proof)?.[1] ?? "";
  const other = Buffer.from(Buffer.from(extra, "base64").toString().replace('amount\\":', 'amount\\":9')).toString(
    "base64",
  );
  const changed = ["", proof.replace("index 4", "index 3"), proof.replace(extra, other), proof.replace("@v1", "@v2")];
  const path = proof.split("\n").filter((_, at) => at !== 3);
  for (const each of [...changed, path.join("\n")]) expect(provenBy(each, key), each).toBeNull();
  expect(provenBy(proof, verifierKey(noteSigner("another", Buffer.alloc(32, 9))))).toBeNull();
  log.erase(personId("@ann:hs"), ROOM);
  const erased = log.lines(ROOM).findIndex(({ open }) => open === null);
  expect(newest && tlogProof(log.lines(ROOM), erased, newest)).toBeNull();
});
