import compression from "compression";
import express, { type RequestHandler, type Router } from "express";
import { exactRouter } from "./exact.ts";

export type WidgetFiles = {
  readonly folder: string;
  /** Origins that may show the widget in a frame: where people's Matrix clients are served from. */
  readonly frameAncestors: readonly string[];
  /** LiveKit as clients reach it, `ws:` or `wss:`. */
  readonly livekitUrl: string;
};

/** The widget's static files, with a policy that lets the page do what it needs and nothing else. */
export function widgetFiles({ folder, frameAncestors, livekitUrl }: WidgetFiles): Router {
  const livekit = `${livekitUrl.replace(/\/$/, "")} ${livekitUrl.replace(/^ws/, "http").replace(/\/$/, "")}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    `connect-src 'self' ${livekit}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${frameAncestors.join(" ")}`,
  ].join("; ");

  const guard: RequestHandler = (_, response, next) => {
    response.set({
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Permissions-Policy": "microphone=(self), camera=(self), autoplay=(self)",
    });
    next();
  };
  const router = exactRouter();
  // These files hold no secrets, so compressing them tells nobody anything. Built files carry a hash of their content
  // in their names; the page that names them is asked for anew each time.
  router.use(
    guard,
    compression(),
    express.static(folder, {
      index: "index.html",
      setHeaders: (response, path) => {
        response.setHeader(
          "Cache-Control",
          /\/assets\//.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    }),
  );
  return router;
}
