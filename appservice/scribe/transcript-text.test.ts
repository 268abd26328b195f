import { expect, test } from "vitest";
import { cleanTranscript } from "./transcript-text.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

test.each([
  [" The meeting is  far too long. ", "The meeting is far too long."],
  ["До пятницы я напишу\nновую повестку.", "До пятницы я напишу новую повестку."],
  ["Это наш новый план.".normalize("NFD"), "Это наш новый план."],
])("what was said is kept as it was said: %j", (raw, text) => {
  expect(cleanTranscript(raw)).toBe(text);
});

const nothing = (raws: readonly string[]) =>
  expect(raws.map((raw) => cleanTranscript(raw)).filter((text) => text !== "")).toEqual([]);
const kept = (raws: readonly string[]) => expect(raws.map((raw) => cleanTranscript(raw))).toEqual(raws);

test("a note about the sound is not speech", () => {
  nothing([
    "[Music]",
    " [BLANK_AUDIO] ",
    "(музыка)",
    "*sighs*",
    "♪ ♪",
    "[Music",
    "...",
    " - ",
    "",
    "[MUSIC PLAYING]",
    "(upbeat music)",
    "♪ (dramatic music continues) ♪",
    "[Laughter]",
    "(applause and cheering)",
    "[inaudible]",
    "(speaking in foreign language)",
    "[Speaking Spanish]",
    "[_TT_150]",
    "<|nospeech|>",
    "*кашель*",
    "(смеётся)",
    "(Аплодисменты в зале)",
    "[неразборчиво]",
    "(спокойная музыка)",
    "(звонок телефона)",
    "СПОКОЙНАЯ МУЗЫКА",
    "АПЛОДИСМЕНТЫ",
    "ИГРАЕТ МУЗЫКА",
    "[(music)]",
    "(тяжело вздыхает)",
    "[Applause] (laughs)",
    "* кашель *",
    "*clears throat*",
  ]);
});

test("a note within speech goes, the speech stays", () => {
  expect(cleanTranscript("We begin (laughter) at ten. [Applause]")).toBe("We begin at ten.");
  expect(cleanTranscript("*вздыхает* Ну хорошо, начнём. (смех)")).toBe("Ну хорошо, начнём.");
});

test("words in brackets that are no note were said", () => {
  kept([
    "The price (without tax) is 100 euros.",
    "Цена (без налога) — сто рублей.",
    "2 * 3 * 4",
    "It is *very* important.",
    "f(x) is (a + b) * c",
    "The list is [1, 2, 3].",
    "We meet in room 5 (the big one).",
    "Купи хлеб (и молоко).",
    "Он (Борис) согласен.",
    "We bought music (for the party).",
    "The band (two voices and a piano) plays.",
    "Встреча (с музыкой) в субботу.",
    "The people (all of them) agree.",
    "(Maybe) we can.",
    "Бюджет [на год] утверждён.",
    "The audience (all) left.",
    "Собака (на поводке) не мешает.",
    "[Ann] will do it.",
    "(Speaking of money, we have none.)",
    "(In a word, no.)",
    "Музыка играет слишком громко.",
  ]);
});

test("a loop is written once", () => {
  expect(cleanTranscript("I think so. I think so. I think so. I think so. I think so. And then?")).toBe(
    "I think so. And then?",
  );
  expect(cleanTranscript("да да да да да да да да")).toBe("да");
  expect(cleanTranscript("начали, начали, начали, начали, начали")).toBe("начали,");
  expect(cleanTranscript("и и и и и и")).toBe("и");
  expect(cleanTranscript("I I I I I don't know")).toBe("I don't know");
  expect(cleanTranscript("In 2020 we. In 2020 we. In 2020 we. In 2020 we. Right.")).toBe("In 2020 we. Right.");
  expect(cleanTranscript("10 ".repeat(200))).toBe("10");
  expect(cleanTranscript("один, ".repeat(60))).toBe("один,");
});

test("digits and letters that are told one by one stand as often as they were told", () => {
  kept([
    "The code is 7 7 7 7 2.",
    "Телефон 8 800 55 55 55 55.",
    "0 0 0 0 0 0 0 0 0 1",
    "It is 555 555 555 555.",
    "12 34 12 34 12 34 12 34 5",
    "5 + 5 + 5 + 5 = 20",
    "seven seven seven seven two",
    "пять пять пять пять один",
    "ноль, ноль, ноль, ноль, семь",
    "The card ends in 0000 0000 0000 0000.",
    "A A A A B",
    "X, X, X, X, Y",
    "50% 50% 50% 50%",
    "Код: Б Б Б Б 7",
    "1, 1, 1, 1, 1, 2",
    "один ноль один ноль один ноль один ноль",
    "9-9-9-9-9-9",
    "+7 777 777 77 77",
  ]);
});

test("what people repeat stays", () => {
  kept(["No, no, no, I mean the other one.", "Очень, очень долго."]);
});

test("a long loop does not hide in a short one", () => {
  expect(cleanTranscript("no no yes no no yes no no yes no no yes")).toBe("no no yes");
});

test("letters that never end are cut", () => {
  expect(cleanTranscript("сссссссссссс")).toBe("с");
  expect(cleanTranscript("Zzzz, Шшшш")).toBe("Zzzz, Шшшш");
});

test("credits of subtitles are not speech", () => {
  nothing([
    "Продолжение следует...",
    "Продолжение следует... Продолжение следует...",
    "Субтитры сделал DimaTorzok",
    "Субтитры создавал DimaTorzok",
    "Субтитры делал DimaTorzok.",
    "Субтитры добавил SubMaster77",
    "Субтитры подогнал «Симон»",
    "Субтитры подогнал Симон!",
    "Субтитры создавал Игорь Негода",
    "Редактор субтитров А.Семкин Корректор А.Егорова",
    "Редактор субтитров А. Семкин Корректор А. Егорова",
    "Корректор А.Егорова",
    "Редактор субтитров Т.Горелова",
    "Субтитры сообщества Amara.org",
    "Субтитры: DimaTorzok",
    "Субтитры от DimaTorzok",
    "Субтитры предоставил DimaTorzok",
    "Спасибо за субтитры Ивану Петрову!",
    "Спасибо за субтитры Алексею Дубровскому!",
    "Благодарю за субтитры DimaTorzok",
    "Перевод и субтитры: SubTeam_7",
    "Спасибо за просмотр!",
    "Спасибо за просмотр",
    "Всем спасибо за просмотр, пока!",
    "Спасибо за просмотр и до новых встреч!",
    "Подписывайтесь на канал!",
    "Ставьте лайки и подписывайтесь на мой канал.",
    "Не забудьте подписаться на канал!",
    "Смотрите продолжение в следующей серии.",
    "Увидимся в следующем видео!",
    "Thanks for watching!",
    "Thank you for watching.",
    "Thank you so much for watching!",
    "Thanks for watching, and don't forget to subscribe!",
    "Thanks for watching. Bye!",
    "Please subscribe to my channel.",
    "Don't forget to like and subscribe!",
    "Like, share and subscribe!",
    "Thanks for watching and I'll see you in the next video.",
    "Subtitles by the Amara.org community",
    "Subtitles created by the Amara.org community",
    "Subtitles by Amara.org",
    "Transcription by CastingWords",
    "Transcribed by https://otter.ai",
    "Translated by Releska",
    "Captions by GetTranscribed.com",
    "Subtitles by SteamTeamExtra",
    "Subs by www.zeoranger.co.uk",
    "Sync and corrections by n17t01",
    "[Субтитры сделал DimaTorzok]",
    "Amara.org",
    "To be continued...",
    "For more information, visit www.example.org",
    "Субтитры сделал DimaTorzok Субтитры сделал SubMaster77",
    "СУБТИТРЫ СДЕЛАЛ DIMATORZOK",
    "субтитры сделал dimatorzok",
  ]);
});

test("what was said before or after a credit stays", () => {
  expect(cleanTranscript("Тогда до среды. Субтитры сделал SubMaster77")).toBe("Тогда до среды.");
  expect(cleanTranscript("Тогда до среды Субтитры сделал DimaTorzok")).toBe("Тогда до среды");
  expect(cleanTranscript("Всё решили. Продолжение следует...")).toBe("Всё решили.");
  expect(cleanTranscript("Всё решили, спасибо. Спасибо за просмотр!")).toBe("Всё решили, спасибо.");
  expect(cleanTranscript("We agreed. Thanks for watching! Bye.")).toBe("We agreed.");
  expect(cleanTranscript("We agreed. Subtitles by the Amara.org community")).toBe("We agreed.");
  expect(cleanTranscript("Субтитры сделал DimaTorzok. Ну что, начнём.")).toBe("Ну что, начнём.");
  expect(cleanTranscript("Отчёт готов. Редактор субтитров А.Семкин Корректор А.Егорова")).toBe("Отчёт готов.");
});

test("speech about subtitles, films and farewells is speech", () => {
  kept([
    "Субтитры мы добавим к пятнице.",
    "Продолжение следует обсудить в среду.",
    "Субтитры сделала Аня, и они готовы.",
    "Субтитры сделал Пётр.",
    "Субтитры делал Иван, спросите его.",
    "Субтитры сделал ChatGPT.",
    "Субтитры подготовил наш отдел.",
    "Редактор субтитров нам нужен.",
    "Корректор А. Егорова уже всё проверила.",
    "Корректор заболел.",
    "Перевод сделала Анна Петрова из соседнего отдела.",
    "Спасибо за субтитры, Иван, они очень помогли.",
    "Спасибо за субтитры Ане.",
    "Спасибо за просмотр презентации, жду вопросы.",
    "Подписывайтесь на рассылку.",
    "Подписаться на канал можно до пятницы.",
    "На сегодня всё. Продолжение следует.",
    "До новых встреч!",
    "Спасибо.",
    "Пока!",
    "Всем спасибо, до свидания.",
    "Captions by tomorrow would be good.",
    "Subtitles by Friday, please.",
    "Translated by Monday, I hope.",
    "Transcribed by hand.",
    "Subtitles by Anna will be ready soon.",
    "Captions by Friday.",
    "Translated by our partner.",
    "Subtitles by ChatGPT are fine.",
    "Thanks for watching the kids yesterday.",
    "Thank you for watching the demo.",
    "Thank you.",
    "Bye.",
    "See you next time.",
    "Don't forget to subscribe to the newsletter.",
    "We want people to subscribe.",
    "Please like the idea.",
    "The subtitles were made by Tom.",
    "Перевод от клиента пришёл вчера.",
    "Титры для фильма готовы.",
    "Amara.org is where we make them.",
    "Sync by Friday?",
    "Субтитры — это важно.",
    "Озвучка: решим завтра.",
  ]);
});

test("a text as long as a message may be is read soon", () => {
  const took = stopwatch();
  for (const piece of [
    "Субтитры сделал A1. ",
    "Thanks for watching ",
    "А.",
    "Корректор А. ",
    "7 ",
    "[Music",
    "(a) ",
    "* ",
  ])
    cleanTranscript(piece.repeat(64_000 / piece.length));
  expect(took()).toBeLessThan(5_000);
});
