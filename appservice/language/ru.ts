import { callRu } from "./call-ru.ts";
import { steeringRu } from "./steering-ru.ts";
import { commandsRu } from "./commands-ru.ts";
import { minutesRu } from "./minutes-ru.ts";
import { outcomeRu } from "./outcome-ru.ts";
import { recordRu } from "./record-ru.ts";
import { exportRu } from "./export-ru.ts";
import { roomLifeRu } from "./room-life-ru.ts";
import { storageRu } from "./storage-ru.ts";
import { tasksRu } from "./tasks-ru.ts";
import { graphRu } from "./graph-ru.ts";
import { scenariosRu } from "./scenarios-ru.ts";
import { speechRu } from "./speech-ru.ts";

/** Что бот говорит по-русски. Ключи с `_one`, `_few`, `_many`, `_other` — формы числа, выбираются по `count`. */
export const ru = {
  ...commandsRu,
  ...scenariosRu,
  ...recordRu,
  ...minutesRu,
  ...outcomeRu,
  ...speechRu,
  ...exportRu,
  ...roomLifeRu,
  ...storageRu,
  ...tasksRu,
  ...graphRu,
  ...callRu,
  ...steeringRu,

  "refusal.stale": "Круг тем временем ушёл дальше. Посмотрите и повторите, если это ещё нужно.",
  "refusal.no-meeting": "Встреча здесь не идёт. Начать: «!круг начать».",
  "refusal.meeting-running": "Встреча уже идёт. Хранитель может закончить её: «!круг закончить».",
  "refusal.nobody-joined": "В круг ещё никто не вошёл. Откройте виджет и нажмите «Войти в круг» или напишите «!круг войти».",
  "refusal.not-in-circle": "Вас нет в круге. Чтобы участвовать, напишите «!круг войти».",
  "refusal.already-joined": "Вы уже в круге.",
  "refusal.not-keeper": "Это может только хранитель встречи или модератор комнаты.",
  "refusal.not-your-turn": "Слово сейчас у участника {{speaker}}.",
  "refusal.no-turn": "Сейчас слова нет ни у кого.",
  "refusal.not-offered": "Слово уже взято.",
  "refusal.already-paused": "Встреча уже на паузе. Продолжить: «!круг продолжить».",
  "refusal.not-paused": "Встреча не на паузе.",
  "refusal.paused": "Встреча на паузе. Продолжить: «!круг продолжить».",
  "refusal.not-between": "Круг идёт; следующий начнётся, когда он закончится.",
  "refusal.unknown-scenario": "Сценария «{{scenario}}» нет. Есть: {{known}}.",
  "refusal.nobody-may-extend": "В этом круге время никто не продлевает.",
  "refusal.already-asked": "Вы уже просили продлить время.",
  "refusal.keeper-alone-skips": "В этом круге пропускает только хранитель.",
  "refusal.no-such-person": "Такого участника в круге нет.",
  "refusal.not-next": "Слово идёт по кругу; следующий — {{next}}.",
  "refusal.hand-up": "Ваша рука уже поднята.",
  "refusal.no-hand-there": "У этого участника рука не поднята.",
  "refusal.no-hand": "Ваша рука не поднята.",
  "refusal.not-consenting": "В этом круге согласия не спрашивают.",
  "refusal.objection-needs-reason": "Возражению нужна причина, чтобы её можно было учесть: «!круг возражаю причина».",
  "refusal.not-writing": "Сейчас ничего не пишут.",
  "refusal.nothing-written": "Здесь пока ничего нет.",
  "refusal.too-long": "Это слишком длинно: самое большее — {{most}} знаков.",
  "refusal.ambiguous-name": "Кого вы имеете в виду: {{choices}}?",
  "refusal.not-moderator": "Это может только модератор комнаты.",

  "greeting.hello":
    "Здравствуйте! Я веду круги в этой комнате. Слово идёт по кругу; у каждого своё время, никого не перебивают, а сказанное записывается сюда. «!круг начать council ваша тема» начинает встречу, «!круг помощь» расскажет больше. (In English: “!circle language en”.)",
  "greeting.widget-added": "Круг — вверху комнаты: откройте его и нажмите «Войти в круг».",
  "greeting.needs-power": "Чтобы поставить круг вверху комнаты, мне нужны права модератора. Кто создал комнату, пусть напишет здесь: /op {{bot}}",
  "greeting.encrypted": "Эта комната зашифрована. В зашифрованных комнатах я пока участвовать не могу: пригласите меня, пожалуйста, в комнату без шифрования.",

  "command.unknown": "Я не знаю «{{word}}». Что я знаю, скажет «!круг помощь».",

  "status.none": "Встреча здесь не идёт. Начать: «!круг начать».",
  "status.gathering": "Круг собирается: {{people}}. Начать: «!круг начать».",
  "status.gathering-empty": "Круг собирается; пока никто не вошёл.",
  "status.floor": "Слово свободно.",
  "status.writing": "Все пишут в тишине.",
  "status.hands": "Подняты руки: {{people}}.",
  "status.word": "Слово у участника {{speaker}} (осталось {{left}}).",
  "status.offered": "Слово предложено участнику {{speaker}}.",
  "status.next": "Дальше: {{people}}.",
  "status.between": "Перерыв между кругами; следующий начнётся через {{seconds}} с.",
  "status.paused": "Встреча на паузе.",
  "status.ended": "Последняя встреча здесь закончилась; её запись — выше.",

  "circle.title": "Круг {{number}} из {{total}}: {{theme}}",
  "circle.title-again": "Круг {{number}} из {{total}}, ещё раз ({{round}}): {{theme}}",
  "circle.how-floor": "Слово свободно: его получает тот, кто поднял руку.",
  "circle.how-writing": "Все пишут, время — {{time}}; никого не слышно. В виджете ваш текст не увидит никто, пока не покажут все; в чате («!круг написать …») он виден.",
  "circle.how-consent": "Скажите, как вы решили: «!круг согласен» или «!круг возражаю» и причина.",
  "circle.controls": "✋ рука · ➡️ передать слово · ⏭️ пропустить меня · ⏸️ пауза (хранитель)",
  "circle.consents": "Согласны: {{people}}",
  "circle.objection": "{{name}} возражает: {{reason}}",
  "circle.silent": "Ещё не сказали: {{people}}",
  "verdict.consented": "Решено по согласию: никто не возражает.",
  "verdict.objected_one": "Осталось {{count}} возражение.",
  "verdict.objected_few": "Осталось {{count}} возражения.",
  "verdict.objected_many": "Осталось {{count}} возражений.",
  "verdict.objected_other": "Осталось {{count}} возражения.",
  "verdict.open": "Никто не сказал, как он решил.",
  "circle.topic": "Тема: {{topic}}",
  "circle.ring": "Порядок: {{people}}",
  "circle.time": "по {{time}} каждому",
  "circle.nothing-said": "ничего не прозвучало",
  "turn.call": ", слово у вас. «!круг передать» передаёт его дальше.",
  "comments.title": "Комментарии",
  "comments.none": "Написанное здесь взято назад.",
  "texts.title": "Что написали",
  "texts.nothing": "Никто ничего не написал.",
  "texts.draft": "{{name}} (не закончено)",
  "turn.silent": "передал(а) слово молча",
  "turn.no-text": "говорил(а); текста из этого не получилось",
  "turn.part": "(часть {{part}} из {{parts}})",
  "summary.participant": "{{name}} в этом круге",
  "summary.failed": "Итог составить не удалось; сказанное — в обсуждении.",
  "made.highlights": "Выдержки дословно, без ИИ",
  "made.llm": "Составлено моделью {{model}} по сказанному",
  "made.rules": "Найдено по словам, без ИИ",
  "task.owner": "кто: {{owner}}",
  "task.suggested": "предложено",
} as const;
