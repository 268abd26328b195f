// Shows a page of its own where the circle's cannot be reached. It keeps that page and its picture, and nothing else:
// what is said in a circle, and who says it, lies in no cache.
const KEPT = "mindminder-offline-1";
const PAGE = "./offline.html";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((cache) => cache.addAll([PAGE, "./icon-192.png"]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("mindminder-offline-") && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
  else if (event.request.url === new URL("./icon-192.png", self.location).href)
    event.respondWith(fetch(event.request).catch(() => caches.match(event.request)));
});

// Says that its person is next. The words come from the service, encrypted for this browser, and tell nothing of the meeting.
self.addEventListener("push", (event) => {
  const { title, body } = event.data?.json() ?? {};
  if (!title) return;
  const shown = { body, tag: "mindminder-turn", icon: "./icon-192.png", badge: "./icon-192.png" };
  event.waitUntil(self.registration.showNotification(title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const ofTheCircle = ({ url }) => url.startsWith(self.registration.scope);
  event.waitUntil(
    self.clients
      .matchAll({ type: "window", includeUncontrolled: true })
      .then((pages) => pages.find(ofTheCircle)?.focus() ?? self.clients.openWindow(self.registration.scope)),
  );
});
