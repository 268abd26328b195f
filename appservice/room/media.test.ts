import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { download, mediaPath, pictureType, thumbnailPath, upload } from "./media.ts";

let server: Server;
let base: string;
let written = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.headers.authorization !== "Bearer t") response.writeHead(401).end();
    else if (request.url === "/upload") response.end(JSON.stringify({ content_uri: "mxc://x/1" }));
    else if (request.url === "/full")
      response.writeHead(413).end(JSON.stringify({ errcode: "M_TOO_LARGE", error: "" }));
    else if (request.url === "/forbidden") response.writeHead(403).end("<h1>No</h1>");
    else if (request.url === "/busy") response.writeHead(503).end();
    else if (request.url === "/limited") response.writeHead(429).end(JSON.stringify({ errcode: "M_LIMIT_EXCEEDED" }));
    else if (request.url === "/small") response.end("id: tea");
    else if (request.url === "/says-large")
      response.writeHead(200, { "Content-Length": "5000" }).end("x".repeat(5_000));
    else if (request.url === "/elsewhere") response.writeHead(307, { Location: "/small" }).end();
    else {
      // Endless, and says nothing of its size.
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(500))) written += 500;
      };
      response.on("drain", more);
      more();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (path: string, token = "t") => download(new URL(path, base), token, 1_000);

test("a file is taken, refused for good with the reason, or may be tried again", async () => {
  const put = (path: string, token = "t") => upload(new URL(path, base), token, Buffer.from("x"), "image/png");
  expect(await put("/upload")).toEqual({ mxc: "mxc://x/1" });
  expect(await put("/full")).toEqual({ refused: 413, errcode: "M_TOO_LARGE" });
  expect(await put("/forbidden")).toEqual({ refused: 403, errcode: "M_UNKNOWN" });
  await expect(put("/busy")).rejects.toThrow(/503/);
  await expect(put("/limited")).rejects.toThrow(/429/);
});

test("a file is read, and not one byte too many of one that is too large", async () => {
  expect(new TextDecoder().decode((await get("/small")) as Uint8Array)).toBe("id: tea");
  expect(await get("/says-large")).toBe("too-large");
  expect(await get("/endless")).toBe("too-large");
  expect(written).toBeLessThan(10_000_000);
});

test("what is refused, leads elsewhere or is not there is not loaded", async () => {
  expect(await get("/small", "wrong")).toBe("not-loaded");
  expect(await get("/elsewhere")).toBe("not-loaded");
  expect(await download(new URL("http://127.0.0.1:1/"), "t", 10)).toBe("not-loaded");
});

test("only what names media leads to media", () => {
  expect(mediaPath("mxc://example.org:8448/AbC-1_2")).toBe(
    "/_matrix/client/v1/media/download/example.org%3A8448/AbC-1_2",
  );
  for (const bad of ["https://x.org/a", "mxc://x.org/", "mxc://x.org/a/../../b", "mxc://x.org/a?b", "mxc:///a", ""])
    expect(mediaPath(bad)).toBeNull();
});

test("a picture is what its bytes say, and a drawing with a program in it is none", () => {
  expect(pictureType(Buffer.from("89504e470d0a1a0a", "hex"))).toBe("image/png");
  expect(pictureType(Buffer.from("ffd8ffe0", "hex"))).toBe("image/jpeg");
  expect(pictureType(Buffer.from("<svg onload=alert(1)>"))).toBeNull();
  expect(pictureType(new Uint8Array())).toBeNull();
});

test("a thumbnail is asked of the homeserver alone", () => {
  expect(thumbnailPath("mxc://example.org/abc", 96)).toBe(
    "/_matrix/client/v1/media/thumbnail/example.org/abc?width=96&height=96&method=crop",
  );
  expect(thumbnailPath("https://example.org/me.png", 96)).toBeNull();
  expect(thumbnailPath("mxc://example.org/../../admin", 96)).toBeNull();
});
