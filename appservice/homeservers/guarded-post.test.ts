import { expect, onTestFinished, test } from "vitest";
import { makeAuthority } from "../../tests/support/stack/certificates.ts";
import { PushService } from "../../tests/support/stack/push-service.ts";
import type { LookUpAll } from "./guarded-get.ts";
import { guardedPost } from "./guarded-post.ts";

const LETTER = { headers: {}, body: new Uint8Array() };
/** Leads every name to this machine, as somebody's own name server might. */
const toLoopback: LookUpAll = (_, __, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
const soon = () => AbortSignal.timeout(60_000);

test("nothing is sent into networks that are not public, whatever name or address leads there", async () => {
  const certified = await (await makeAuthority()).certify("127.0.0.1");
  const service = await new PushService(certified).start();
  onTestFinished(() => service.stop());
  const { port } = new URL(service.url);
  const post = guardedPost([], toLoopback);
  for (const host of ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254", "push.example.net"])
    await expect(post(new URL(`https://${host}:${port}/send`), LETTER, soon()), host).rejects.toThrow();
  await expect(post(new URL(`http://127.0.0.1:${port}/send`), LETTER, soon())).rejects.toThrow();
  // A host that the admin named is reached, and asked for a certificate that is known.
  const named = guardedPost(["127.0.0.0/8"], toLoopback);
  await expect(named(new URL(service.url), LETTER, soon())).rejects.toThrow(/certificate|self.signed/i);
  expect(service.pushed).toEqual([]);
});
