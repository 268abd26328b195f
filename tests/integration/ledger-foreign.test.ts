import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../../appservice/ledger/entry.ts";
import { hledger } from "../../appservice/ledger/forms/hledger.ts";
import { logLines } from "../../appservice/ledger/log-file.ts";
import { personId } from "../support/protocol/ids.ts";
import { ensureGoProgram } from "../../tools/setup/go.ts";
import { ensureHledger } from "../../tools/setup/hledger.ts";
import { onPath } from "../../tools/setup/command.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { verifierKey } from "../../appservice/ledger/signed-note.ts";
import { tlogProof } from "../../appservice/ledger/tlog-proof.ts";
import { madeEntry, ROOM, SIGNER, sealedLog } from "../support/ledger/sealed.ts";
import { BEGAN } from "../support/ledger/story.ts";

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), "mindminder-ledger-"));

function run(program: string, args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

describe.skipIf(onPath("go") === null)("a verifier of another make, by Go's own transparency log", () => {
  const verify = async (text: string) => {
    const { program } = await ensureGoProgram("ledger-verifier", "The ledger's verifier", quiet);
    const file = join(folder, "log.jsonl");
    writeFileSync(file, text);
    return run(program, [file]);
  };

  test("agrees with a log as it was sealed, and with one from which a person was erased", {
    timeout: 10 * MINUTES,
  }, async () => {
    const { log } = sealedLog();
    expect((await verify(logLines(ROOM, log))).said).toContain("9 entries (0 erased), 3 checkpoints");
    log.erase(personId("@ann:hs"), ROOM);
    const { status, said } = await verify(logLines(ROOM, log));
    expect([status, said]).toEqual([0, expect.stringContaining("9 entries (4 erased), 3 checkpoints")]);
  });

  test("agrees with the proof of each entry, and with none of which one byte was changed", {
    timeout: 10 * MINUTES,
  }, async () => {
    const { log } = sealedLog();
    const { program } = await ensureGoProgram("ledger-verifier", "The ledger's verifier", quiet);
    const lines = log.lines(ROOM);
    const check = (proof: string) => {
      const file = join(folder, "entry.tlog-proof");
      writeFileSync(file, proof);
      return run(program, [file, verifierKey(SIGNER)]);
    };
    for (const checkpoint of log.checkpoints(ROOM))
      for (let n = 0; n < checkpoint.size; n++)
        expect(check(tlogProof(lines, n, checkpoint) ?? "")).toEqual({
          status: 0,
          said: expect.stringContaining(`entry ${n} of ${checkpoint.size}`),
        });
    const [newest] = log.checkpoints(ROOM).slice(-1);
    const proof = (newest && tlogProof(lines, 4, newest)) ?? "";
    expect(check(proof.replace("index 4", "index 5")).status).toBe(1);
    expect(check(proof.replace("\n9\n", "\n8\n")).status).toBe(1);
  });

  test("refuses a log of which one byte was changed, wherever it is", { timeout: 10 * MINUTES }, async () => {
    const { log } = sealedLog();
    const lines = logLines(ROOM, log);
    const changes: readonly [string, string, string][] = [
      ["@ann:hs", "@amn:hs", "entry 1 is another"],
      [log.lines(ROOM)[8]?.record.toString("base64").slice(0, 8) ?? "", "AAAAAAAA", "entry 8 is another"],
      ["\\n9\\n", "\\n8\\n", "invalid signature"],
    ];
    for (const [from, to, said] of changes) {
      const refused = await verify(lines.replace(from, to));
      expect([refused.status, refused.said]).toEqual([1, expect.stringContaining(said)]);
    }
  });
});

describe.skipIf(onPath("apt-get") === null && onPath("hledger") === null)("hledger", () => {
  const entries: readonly LedgerEntry[] = [
    ...Array.from({ length: 5 }, (_, n) => madeEntry(n)),
    { ...madeEntry(5), unit: "characters-corrected", amount: 120 },
    { ...madeEntry(6), unit: "rights-granted", from: "@bob:hs", to: "room" },
    { ...madeEntry(7), at: BEGAN + 7 * 86_400_000, unit: "EUR", from: "pot:1a", amount: 33_334, rule: "pots@1" },
  ];

  test("accepts a room's ledger in its strictest form, and its balance is zero", { timeout: 5 * MINUTES }, async () => {
    const { program } = await ensureHledger(quiet);
    const file = join(folder, "room.journal");
    writeFileSync(file, hledger.write(entries));
    expect(run(program, ["-f", file, "check", "--strict", "ordereddates"])).toEqual({ status: 0, said: "" });
    const balance = run(program, ["-f", file, "balance"]);
    expect(balance.said).toMatch(/ -333\.34 EUR {2}pot:1a$/m);
    expect(balance.said.trimEnd().split("\n").at(-1)?.trim()).toBe("0");
  });
});
