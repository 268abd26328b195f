import { describe, expect, test } from "vitest";
import type { Task, Utterance } from "../../protocol/meeting-record.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { findTasks } from "./find-tasks.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const people = [
  { id: personId("@anna:x"), name: "Анна" },
  { id: personId("@boris:x"), name: "Борис" },
  { id: personId("@vera:x"), name: "Вера" },
  { id: personId("@gleb:x"), name: "Глеб Петров" },
  { id: personId("@tom:x"), name: "Tom" },
  { id: personId("@sue:x"), name: "Sue" },
  { id: personId("@kim:x"), name: "Kim" },
];

/** Finds the tasks in words said by `by` on Monday, 23 November 2026. */
function found(text: string, by = personId("@anna:x")): Task[] {
  return findTasks({ utterances: [utterance({ text, speaker: by })], people, timeZone: "UTC" });
}

function brief(text: string, by?: ParticipantId): string {
  return found(text, by)
    .map((task) => `${task.title} | ${task.owner?.slice(1, -2) ?? "-"} | ${task.due ?? "-"}`)
    .join(" ; ");
}

describe("promises and assignments in English", () => {
  test.each([
    ["I'll send the report to Boris by Friday.", "Send the report to Boris | tom | 2026-11-27"],
    ["I will fix the login page tomorrow.", "Fix the login page | tom | 2026-11-24"],
    ["So I'm going to write the release notes by next Friday.", "Write the release notes | tom | 2026-12-04"],
    ["By Friday, I'll prepare the slides.", "Prepare the slides | tom | 2026-11-27"],
    [
      "The build is red again and I'll look at it on Wednesday morning with the team.",
      "Look at it with the team | tom | 2026-11-25",
    ],
    [
      "I finished the draft, and I'll share the final version on the 3rd of March.",
      "Share the final version | tom | 2027-03-03",
    ],
    ["I'll also call the supplier, because nobody answers the mail.", "Call the supplier | tom | -"],
    ["I promise to clean up the backlog this week.", "Clean up the backlog | tom | 2026-11-27"],
    ["I'm taking care of the invitations.", "Take care of the invitations | tom | -"],
    ["I can review the contract by Thursday.", "Review the contract | tom | 2026-11-26"],
    ["I need to update the budget by the end of the month.", "Update the budget | tom | 2026-11-30"],
    ["Boris will send the numbers by Wednesday.", "Send the numbers | boris | 2026-11-25"],
    ["And Sue will book the room for the workshop.", "Book the room for the workshop | sue | -"],
    ["Sue, please check the logs tomorrow.", "Check the logs | sue | 2026-11-24"],
    ["Please, Kim, update the wiki.", "Update the wiki | kim | -"],
    ["Kim should test the backup by Tuesday.", "Test the backup | kim | 2026-11-24"],
    ["I'd like Sue to call the client today.", "Call the client | sue | 2026-11-23"],
    ["Anna takes over the newsletter.", "Take over the newsletter | anna | -"],
    [
      "I'll fix the login by Wednesday and Kim will test it by Friday.",
      "Fix the login | tom | 2026-11-25 ; Test it (fix the login by Wednesday) | kim | 2026-11-27",
    ],
    [
      "The build is red again and I'll look at it on Wednesday.",
      "Look at it (the build is red again) | tom | 2026-11-25",
    ],
    [
      "I'll finish the tests by Wednesday and send Kim the list of phones tomorrow.",
      "Finish the tests | tom | 2026-11-25 ; Send Kim the list of phones | tom | 2026-11-24",
    ],
    ["I'll check if the server still works.", "Check if the server still works | tom | -"],
    ["Task: write the announcement by December 15.", "Write the announcement by December 15 | - | 2026-12-15"],
    ["Action item for Sue: order the badges.", "Order the badges | sue | -"],
    ["Task: Kim to send the slides to Sue by Friday.", "Kim to send the slides to Sue by Friday | kim | 2026-11-27"],
    ["The login page is broken. I'll fix it tomorrow.", "Fix it (the login page is broken) | tom | 2026-11-24"],
    ["We agreed that Kim will write the tests.", "Write the tests | kim | -"],
    ["Kim and Sue will test the new release together.", "Test the new release together | - | -"],
    ["I'll be sending the slides tonight.", "Be sending the slides | tom | 2026-11-23"],
    ["I will talk to Boris about the budget.", "Talk to Boris about the budget | tom | -"],
    ["To do: clean up the wiki.", "Clean up the wiki | - | -"],
    ["i'll send the invoice by friday", "Send the invoice | tom | 2026-11-27"],
  ])("%s", (text, expected) => expect(brief(text, personId("@tom:x"))).toBe(expected));

  test.each([
    "Will you send the report by Friday?",
    "I would send the report, but I have no numbers.",
    "I won't be able to finish it by Friday.",
    "I will not send the report.",
    "I'll never touch that code again.",
    "If the tests pass, I'll release it on Friday.",
    "I sent the report on Friday.",
    "I was going to write the notes.",
    "Boris sent the numbers yesterday.",
    "I'll be brief.",
    "I'll start with the good news.",
    "I'll pass the word to Sue.",
    "I'll do my best.",
    "I'll say that the plan is good.",
    "Maybe I'll write something about it.",
    "I hope I'll finish the course.",
    "He said I will prepare the slides.",
    "I think Boris will like the new design.",
    "I guess Sue will finish first.",
    "Boris will be late on Friday.",
    "Kim will probably write a post.",
    "When I'll get the numbers is unknown.",
    "I don't know what I'll write.",
    "We need to think about the release.",
    "The task is hard, and we have no time.",
    "The report will be ready on Friday.",
    "Sue, please go ahead.",
    "Usually I'll write the notes on Monday.",
    "I can send mails from there.",
    "Mark will send the report by Friday.",
    "Somebody should fix the login page by Friday.",
    "I'll see you all on Friday.",
    "Thank you, Boris, will do.",
    "I'll stick to my opinion.",
    "I'll vote for the second option.",
    "I'll support this proposal.",
    "I must say that Friday was great.",
  ])("nothing in: %s", (text) => expect(brief(text, personId("@tom:x"))).toBe(""));
});

describe("обещания и поручения по-русски", () => {
  test.each([
    ["Я подготовлю отчёт к пятнице.", "Подготовить отчёт | anna | 2026-11-27"],
    ["Подготовлю презентацию до среды.", "Подготовить презентацию | anna | 2026-11-25"],
    ["Завтра я позвоню поставщику.", "Позвонить поставщику | anna | 2026-11-24"],
    ["Ну, тогда я напишу письмо заказчику.", "Написать письмо заказчику | anna | -"],
    [
      "Я закончила черновик и к пятнице пришлю его Борису на проверку.",
      "Прислать его Борису на проверку | anna | 2026-11-27",
    ],
    ["Я подготовлю и отправлю договор на следующей неделе.", "Подготовить и отправить договор | anna | 2026-12-04"],
    ["Смету составлю до конца недели, а в понедельник у нас выходной.", "Составить смету | anna | 2026-11-27"],
    ["Беру на себя приглашения гостей.", "Беру на себя приглашения гостей | anna | -"],
    ["Я возьму на себя зал и оборудование.", "Взять на себя зал и оборудование | anna | -"],
    ["За мной — программа к третьему марта.", "Программа | anna | 2027-03-03"],
    ["Я буду готовить стенд до четверга.", "Готовить стенд | anna | 2026-11-26"],
    ["Я должна сдать бюджет до 15 декабря.", "Сдать бюджет | anna | 2026-12-15"],
    ["Могу проверить договор завтра.", "Проверить договор | anna | 2026-11-24"],
    ["Борис пришлёт отчёт к среде.", "Прислать отчёт | boris | 2026-11-25"],
    ["Отчёт к следующей пятнице пришлёт Борис.", "Прислать отчёт | boris | 2026-12-04"],
    [
      "Вера до четверга соберёт отзывы, а Глеб поправит макет.",
      "Собрать отзывы | vera | 2026-11-26 ; Поправить макет | gleb | -",
    ],
    ["Пусть Глеб проверит сервер.", "Проверить сервер | gleb | -"],
    ["Борису подготовить смету к понедельнику.", "Подготовить смету | boris | 2026-11-30"],
    ["Поручаем Вере собрать отзывы до 25.12.", "Собрать отзывы | vera | 2026-12-25"],
    ["Прошу Глеба прислать макеты завтра.", "Прислать макеты | gleb | 2026-11-24"],
    ["Борис, пришли, пожалуйста, смету к пятнице.", "Прислать смету | boris | 2026-11-27"],
    ["Глеб, проверь сервер до вечера.", "Проверить сервер | gleb | 2026-11-23"],
    ["Петров закажет билеты через неделю.", "Заказать билеты | gleb | 2026-11-30"],
    ["Том пришлёт контакты послезавтра.", "Прислать контакты | tom | 2026-11-25"],
    ["Сью забронирует зал до двадцать пятого декабря.", "Забронировать зал | sue | 2026-12-25"],
    ["Задача: обновить сайт до конца месяца.", "Обновить сайт до конца месяца | - | 2026-11-30"],
    ["Задача на Бориса: купить проектор.", "Купить проектор | boris | -"],
    ["Задача. Вера обзвонит участников.", "Вера обзвонит участников | vera | -"],
    ["Сайт не открывается. Я починю это завтра.", "Починить это (сайт не открывается) | anna | 2026-11-24"],
    ["Аня, пришли фотографии.", "Прислать фотографии | anna | -"],
    ["Боря до среды закажет кейтеринг.", "Заказать кейтеринг | boris | 2026-11-25"],
    ["Марк соберёт, а Вера проверит переводы.", "Проверить переводы | vera | -"],
    ["Запишите задачу: обновить регламент.", "Обновить регламент | - | -"],
    ["С Глеба — схема зала к субботе.", "Схема зала | gleb | 2026-11-28"],
    ["Принтер опять сломан. Ок, починю.", "Починить (принтер опять сломан) | anna | -"],
    ["я подготовлю отчёт к пятнице", "Подготовить отчёт | anna | 2026-11-27"],
  ])("%s", (text, expected) => expect(brief(text)).toBe(expected));

  test.each([
    "Ты подготовишь отчёт к пятнице?",
    "Борис, ты пришлёшь отчёт?",
    "Кто пришлёт отчёт к среде?",
    "Я бы подготовила отчёт, но нет данных.",
    "Если бы я подготовила отчёт, было бы проще.",
    "Если успею, пришлю отчёт к пятнице.",
    "Я не буду готовить отчёт.",
    "Отчёт я не сделаю.",
    "Я никогда не подпишу этот договор.",
    "Я подготовила отчёт в пятницу.",
    "Борис прислал отчёт к среде.",
    "Борис не пришлёт отчёт к среде.",
    "Я передам слово Борису.",
    "На этом я закончу.",
    "Я буду краток.",
    "Буду рада обсудить.",
    "Начну с хороших новостей.",
    "Сделаю паузу и послушаю остальных.",
    "Может быть, я напишу об этом статью.",
    "Наверное, Вера соберёт отзывы.",
    "Когда я подготовлю отчёт, станет понятнее.",
    "Думаю, Борис найдёт решение.",
    "Борис сказал, что пришлёт отчёт.",
    "Он пришлёт отчёт к среде.",
    "Дмитрий пришлёт отчёт к среде.",
    "Задача сложная, и времени мало.",
    "Задача, которую мы решали, оказалась сложной.",
    "Нам нужно подумать о релизе.",
    "Отчёт будет готов в пятницу.",
    "Обычно я напишу план и забуду о нём.",
    "Я работаю над отчётом до пятницы.",
    "Предлагаю перенести релиз на пятницу.",
    "Глеб, спасибо за отчёт.",
    "Гости пришли в пятницу.",
    "Я верю, что вера в команду поможет.",
    "Я найду в себе силы.",
    "Могу сказать, что всё идёт по плану.",
    "Мне надо подумать.",
    "Ок, сделаю.",
    "Я закрою глаза на это.",
    "Борис всё проверит, я уверена.",
    "Анна найдёт нас в чате.",
    "Добавлю, что в среду у нас праздник.",
    "Я не возьму на себя зал.",
    "Пока Глеб не проверит сервер, мы ждём.",
  ])("ничего нет в: %s", (text) => expect(brief(text)).toBe(""));
});

test("called a task aloud, it is open; found by rule, it is a suggestion", () => {
  expect(found("Задача: обновить сайт.")[0]?.status).toBe("open");
  expect(found("Я обновлю сайт завтра.")[0]?.status).toBe("suggested");
});

test("a name that two participants share is nobody's", () => {
  const two = [...people, { id: personId("@boris2:x"), name: "Борис Котов" }];
  const tasks = (text: string) => findTasks({ utterances: [utterance({ text })], people: two, timeZone: "UTC" });
  expect(tasks("Борис пришлёт отчёт к среде.")[0]).toMatchObject({ owner: null });
  expect(tasks("Котов пришлёт отчёт к среде.")[0]).toMatchObject({ owner: "@boris2:x" });
});

test("the same promise in two circles is one task that rests on both", () => {
  const tasks = findTasks({
    utterances: [
      utterance({ id: "1.1", turn: 1, text: "Я подготовлю отчёт по продажам." }),
      utterance({ id: "8.1", turn: 8, circle: 1, text: "Я подготовлю отчёт по продажам к пятнице." }),
    ],
    people,
    timeZone: "UTC",
  });
  expect(tasks).toMatchObject([{ from: ["1.1", "8.1"], due: "2026-11-27" }]);
});

test("ids stay the same from run to run", () => {
  const text = "Я подготовлю отчёт к пятнице. Борис пришлёт смету.";
  expect(found(text).map((task) => task.id)).toEqual(found(text).map((task) => task.id));
  expect(new Set(found(text).map((task) => task.id)).size).toBe(2);
});

describe("a task that was heard as a command", () => {
  const said = (segments: Utterance["segments"]) =>
    findTasks({ utterances: [utterance({ text: "", segments })], people, timeZone: "UTC" });
  const command = (text: string, owner: ParticipantId | null = null) =>
    ({ kind: "command", text: `Задача: ${text}.`, command: { type: "task", text, owner } }) as const;

  test("needs nobody's word to count, and is found once", () => {
    expect(
      said([{ kind: "speech", text: "Отчёты никто не читает." }, command("сократить отчёт до среды")]),
    ).toMatchObject([
      { title: "Сократить отчёт до среды", owner: null, due: "2026-11-25", status: "open", from: ["1.1"] },
    ]);
  });

  test("belongs to whom it was given, or to whom it names", () => {
    expect(said([command("заказать пропуска", personId("@gleb:x"))])).toMatchObject([{ owner: "@gleb:x" }]);
    expect(said([command("Борис пришлёт отчёт до среды")])).toMatchObject([{ owner: "@boris:x" }]);
  });

  test("keeps its place among the others", () => {
    const utterances = [
      utterance({ id: "1.1", text: "", segments: [command("заказать пропуска")] }),
      utterance({ id: "1.2", text: "Я напишу повестку до пятницы." }),
    ];
    expect(findTasks({ utterances, people, timeZone: "UTC" }).map(({ title, status }) => [title, status])).toEqual([
      ["Заказать пропуска", "open"],
      ["Написать повестку", "suggested"],
    ]);
  });
});
