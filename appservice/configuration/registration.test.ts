import { expect, test } from "vitest";
import { botIdOf, Registration, registrationFor } from "./registration.ts";

const made = registrationFor({ url: "http://127.0.0.1:29330", id: "m", bot: "circle" }, () => "t".repeat(64));

test("the bot's account is not the sender's, so that a homeserver may list it", () => {
  const read = Registration.parse(made);
  expect(read.sender_localpart).not.toBe(read.bot);
  expect(botIdOf(read, "example.org")).toBe("@circle:example.org");
});

test("in a registration of before the bot is the sender", () => {
  const { "org.mindminder.bot": _, ...before } = { ...made, sender_localpart: "circle" };
  expect(botIdOf(Registration.parse(before), "example.org")).toBe("@circle:example.org");
});
