import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { quiet } from "../../tools/setup/progress.ts";
import { ensureHelm } from "../../tools/setup/helm.ts";
import { ensureKubernetesValidate } from "../../tools/setup/kubernetes-validate.ts";
import { LONG } from "../support/stack/long.ts";

const CHART = resolve(import.meta.dirname, "../../docker/helm/mindminder");
const ALL = [
  ...["shards.two=null", "router.enabled=true", "workers.enabled=true", "workers.keda.enabled=true"],
  "livekit.enabled=true",
  "networkPolicies.from={matrix,livekit}",
].flatMap((value) => ["--set", value]);

type Drawn = { readonly kind: string; readonly metadata: { readonly name: string } };

// Helm is built from its sources, which takes minutes. No cluster is at hand: the documents are judged by their
// schemas.
describe.runIf(LONG)("the chart", () => {
  let helm: string;
  let python: string;
  beforeAll(async () => {
    ({ helm } = await ensureHelm(quiet));
    ({ python } = await ensureKubernetesValidate(quiet));
  }, 900_000);

  const run = (...args: string[]) => spawnSync(helm, args, { encoding: "utf8" });
  const drawn = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Drawn);
  const names = (text: string) => drawn(text).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test("is in order for helm, as it stands and with all its parts", () => {
    for (const values of [[], ALL]) {
      const { status, stdout } = run("lint", "--strict", CHART, ...values);
      expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("0 chart(s) failed") });
    }
  });

  test.each([
    ["as it stands", []],
    ["with all its parts", ALL],
  ])("%s, draws up what Kubernetes' schemas allow", (_, values) => {
    const folder = mkdtempSync(join(tmpdir(), "mindminder-helm-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { stdout } = run("template", "circle", CHART, ...values);
    const documents = drawn(stdout).filter(({ kind }) => kind !== "ScaledObject");
    expect(documents.length).toBeGreaterThanOrEqual(4);
    for (const [at, document] of documents.entries()) {
      const file = join(folder, `${at}.yaml`);
      writeFileSync(file, JSON.stringify(document));
      const judged = spawnSync(python, ["-m", "kubernetes_validate", "--strict", file], { encoding: "utf8" });
      expect({ status: judged.status, said: judged.stdout + judged.stderr }, `${document.kind}`).toMatchObject({
        status: 0,
      });
    }
  });

  test("by itself it is one service; a router, workers and what follows the load come when they are asked for", () => {
    expect(names(run("template", "circle", CHART).stdout).sort()).toEqual([
      "NetworkPolicy circle-doors",
      "NetworkPolicy circle-workers",
      "Service circle-one",
      "StatefulSet circle-one",
    ]);
    expect(names(run("template", "circle", CHART, ...ALL).stdout)).toEqual(
      expect.arrayContaining(["StatefulSet circle-two", "StatefulSet circle-router", "ScaledObject circle-worker"]),
    );
  });

  test.each([
    [["--set", "shards.two=null"], /Several shards need the router/],
    [["--set", "service.storage=much"], /storage/],
    [["--set", "workers.replicas=-1"], /replicas/],
    [["--set", "worker.enabled=true"], /worker/],
    [["--set", "livekit.image=livekit/livekit-server"], /image/],
  ])("values that make no sense are refused: %s", (values, said) => {
    const { status, stderr } = run("template", "circle", CHART, ...values);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(said);
  });
});
