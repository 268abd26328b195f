import { expect, test } from "vitest";
import { cleanTranscript } from "./transcript-text.ts";

test.each([
  [" The meeting is  far too long. ", "The meeting is far too long."],
  ["До пятницы я напишу\nновую повестку.", "До пятницы я напишу новую повестку."],
])("what was said is kept as it was said: %j", (raw, text) => {
  expect(cleanTranscript(raw)).toBe(text);
});

test.each(["[Music]", " [BLANK_AUDIO] ", "(музыка)", "*sighs*", "♪ ♪", "[Music", "...", " - ", ""])("a note about the sound is not speech: %j", (raw) => {
  expect(cleanTranscript(raw)).toBe("");
});

test("a note within speech goes, the speech stays", () => {
  expect(cleanTranscript("We begin (laughter) at ten. [Applause]")).toBe("We begin at ten.");
});

test("a loop is written once", () => {
  expect(cleanTranscript("I think so. I think so. I think so. I think so. I think so. And then?")).toBe("I think so. And then?");
  expect(cleanTranscript("да да да да да да да да")).toBe("да");
  expect(cleanTranscript("начали, начали, начали, начали, начали")).toBe("начали,");
});

test("what people repeat stays", () => {
  expect(cleanTranscript("No, no, no, I mean the other one.")).toBe("No, no, no, I mean the other one.");
  expect(cleanTranscript("Очень, очень долго.")).toBe("Очень, очень долго.");
});

test("a long loop does not hide in a short one", () => {
  expect(cleanTranscript("no no yes no no yes no no yes no no yes")).toBe("no no yes");
});

test("letters that never end are cut", () => {
  expect(cleanTranscript("сссссссссссс")).toBe("с");
  expect(cleanTranscript("Zzzz, Шшшш")).toBe("Zzzz, Шшшш");
});

test.each(["Продолжение следует...", "Субтитры сделал DimaTorzok", "Редактор субтитров А.Семкин Корректор А.Егорова", "Thanks for watching!", "Subtitles by the Amara.org community"])(
  "credits of subtitles are not speech: %j",
  (raw) => expect(cleanTranscript(raw)).toBe(""),
);

test("speech about subtitles is speech", () => {
  expect(cleanTranscript("Субтитры мы добавим к пятнице.")).toBe("Субтитры мы добавим к пятнице.");
  expect(cleanTranscript("Продолжение следует обсудить в среду.")).toBe("Продолжение следует обсудить в среду.");
});
