import { assemblyRu } from "./assembly-ru.ts";
import { callRu } from "./call-ru.ts";
import { steeringRu } from "./steering-ru.ts";
import { commandsRu } from "./commands-ru.ts";
import { minutesRu } from "./minutes-ru.ts";
import { outcomeRu } from "./outcome-ru.ts";
import { recordRu } from "./record-ru.ts";
import { exportRu } from "./export-ru.ts";
import { roomLifeRu } from "./room-life-ru.ts";
import { nudgesRu } from "./nudges-ru.ts";
import { storageRu } from "./storage-ru.ts";
import { tasksRu } from "./tasks-ru.ts";
import { ownDataRu } from "./own-data-ru.ts";
import { purposesRu } from "./purposes-ru.ts";
import { guestsRu } from "./guests-ru.ts";
import { ledgerRu } from "./ledger-ru.ts";
import { telegramDoorRu } from "./telegram-door-ru.ts";
import { telegramBotRu } from "./telegram-bot-ru.ts";
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
  ...nudgesRu,
  ...tasksRu,
  ...graphRu,
  ...callRu,
  ...steeringRu,
  ...guestsRu,
  ...purposesRu,
  ...ownDataRu,
  ...ledgerRu,
  ...telegramDoorRu,
  ...telegramBotRu,
  ...assemblyRu,

  "refusal.stale": "Круг тем временем ушёл дальше. Посмотрите и повторите, если это ещё нужно.",
  "refusal.no-meeting": "Встреча здесь не идёт. Начать: «!круг начать».",
  "refusal.meeting-running": "Встреча уже идёт. Хранитель может закончить её: «!круг закончить».",
  "refusal.nobody-joined": "В круг ещё никто не вошёл. Откройте виджет и нажмите «Войти» или напишите «!круг войти».",
  "refusal.not-in-room": "Вас нет в этой комнате.",
  "refusal.not-in-circle": "Вас нет в круге. Чтобы участвовать, напишите «!круг войти».",
  "refusal.already-joined": "Вы уже в круге.",
  "refusal.not-keeper": "Это может только хранитель или модератор.",
  "refusal.not-your-turn": "Сейчас говорит {{speaker}}.",
  "refusal.no-turn": "Сейчас никто не говорит.",
  "refusal.not-offered": "Слово уже взяли.",
  "refusal.already-paused": "Встреча уже на паузе. Продолжить: «!круг продолжить».",
  "refusal.not-paused": "Встреча не на паузе.",
  "refusal.paused": "Встреча на паузе. Хранитель может продолжить её: «!круг продолжить».",
  "refusal.call-away":
    "Сейчас никого не было бы слышно: сервер звонка не отвечает. Встреча продолжится сама, когда он ответит; хранитель может продолжить её без звонка: «!круг продолжить».",
  "refusal.not-between": "Круг ещё идёт; следующий начнётся, когда он закончится.",
  "refusal.unknown-scenario": "Сценария «{{scenario}}» нет. Есть: {{known}}.",
  "refusal.nobody-may-extend": "В этом круге время не продлевают.",
  "refusal.already-asked": "Вы уже просили ещё времени.",
  "refusal.keeper-alone-skips": "В этом круге пропустить очередь может только хранитель.",
  "refusal.no-such-person": "Такого участника в круге нет.",
  "refusal.not-next": "Слово идёт по кругу: следующим говорит {{next}}.",
  "refusal.hand-up": "Ваша рука уже поднята.",
  "refusal.no-hand-there": "У этого участника рука не поднята.",
  "refusal.no-hand": "Ваша рука не поднята.",
  "refusal.not-consenting": "В этом круге о возражениях не спрашивают.",
  "refusal.objection-needs-reason": "Назовите причину возражения: «!круг возражаю причина».",
  "refusal.not-writing": "Сейчас ничего не пишут.",
  "refusal.not-voting": "Сейчас это нельзя: сначала тексты собирают в группы, потом все раздают точки.",
  "refusal.no-such-text": "Такого текста нет: у них номера от 1 до {{most}}.",
  "refusal.too-many-dots": "У каждого {{most}} точки.",
  "refusal.nothing-written": "Текста пока нет.",
  "refusal.too-long": "Слишком длинно: можно не больше {{most}} знаков.",
  "refusal.ambiguous-name": "Кого вы имеете в виду: {{choices}}?",
  "refusal.not-moderator": "Это может только модератор.",

  "greeting.hello":
    "Здравствуйте! Я ведущий кругов в этой комнате. Слово идёт по кругу; у каждого своё время, никого не перебивают, а сказанное записывается сюда. «!круг начать council ваша тема» начинает встречу, «!круг помощь» расскажет больше. (In English: “!circle language en”.)",
  "greeting.widget-added": "Круг — вверху комнаты: откройте его и нажмите «Войти».",
  "greeting.needs-power":
    "Чтобы поставить круг вверху комнаты, мне нужны права модератора. Кто создал комнату, пусть напишет здесь:",
  "greeting.space":
    "«{{room}}» — это пространство, а я работаю в комнатах: пригласите меня, пожалуйста, в ту, где вы встречаетесь.",
  "greeting.encrypted":
    "Эта комната зашифрована, а для зашифрованных комнат меня не настроили. Если модератор нажмёт 🔓 под этим сообщением, я создам комнату без шифрования с тем же названием и теми же людьми, а из этой выйду.",

  "command.unknown": "Я не знаю «{{word}}». Список команд: «!круг помощь».",

  "status.set": "Запись встречи делает набор «{{set}}».",
  "status.set-on-trial": "Запись встречи делает набор «{{set}}»: опыт «{{experiment}}» сравнивает его с другим.",
  "status.none": "Встреча здесь не идёт. Начать: «!круг начать».",
  "status.gathering": "Круг собирается: {{people}}. Начать: «!круг начать».",
  "status.gathering-empty": "Круг собирается; пока никто не вошёл.",
  "status.floor": "Идёт свободный разговор.",
  "status.writing": "Все пишут молча.",
  "status.grouping": "Тексты собирают в группы.",
  "status.voting": "Каждый раздаёт три точки.",
  "status.hands": "Подняты руки: {{people}}.",
  "status.word": "Говорит {{speaker}} (осталось {{left}}).",
  "status.offered": "Следующим говорит {{speaker}}.",
  "status.next": "Далее: {{people}}.",
  "status.between": "Перерыв между кругами; следующий начнётся через {{seconds}} с.",
  "status.paused": "Встреча на паузе.",
  "status.ended": "Последняя встреча здесь закончилась; её запись — выше.",

  "circle.title": "Круг {{number}} из {{total}}: {{theme}}",
  "circle.title-again": "Круг {{number}} из {{total}}, раунд {{round}}: {{theme}}",
  "circle.how-floor": "Свободный разговор: чтобы получить слово, поднимите руку.",
  "circle.how-writing":
    "Все пишут молча, время — {{time}}. В виджете текст видите только вы, пока не появятся все; в чате («!круг написать …») его видят другие.",
  "circle.how-dots":
    "Тот, у кого слово, собирает тексты вместе («!круг группа 1 3 название»). Потом у каждого три точки («!круг точки 1 1 4»); сколько их где, видно в конце.",
  "dots.count_one": "{{count}} точка",
  "dots.count_few": "{{count}} точки",
  "dots.count_many": "{{count}} точек",
  "dots.count_other": "{{count}} точки",
  "circle.how-consent": "Ваша позиция? Напишите «!круг согласен» или «!круг возражаю» и причину.",
  "circle.controls": "✋ рука · ➡️ передать слово · ⏭️ скажу позже · ⏸️ пауза (хранитель)",
  "circle.consents": "Нет возражений: {{people}}",
  "circle.objection": "{{name}} возражает: {{reason}}",
  "circle.silent": "Ещё нет ответа: {{people}}",
  "verdict.consented": "Принято: возражений нет.",
  "verdict.objected_one": "Не принято: {{count}} возражение.",
  "verdict.objected_few": "Не принято: {{count}} возражения.",
  "verdict.objected_many": "Не принято: {{count}} возражений.",
  "verdict.objected_other": "Не принято: {{count}} возражения.",
  "verdict.open": "Не принято: никто не ответил.",
  "circle.topic": "Тема: {{topic}}",
  "circle.ring": "Порядок: {{people}}",
  "circle.time": "по {{time}} каждому",
  "circle.nothing-said": "ничего не прозвучало",
  "turn.call": ", вам слово. Передать его дальше: «!круг передать».",
  "comments.title": "Комментарии",
  "comments.none": "Сообщения удалены.",
  "texts.title": "Что написали",
  "texts.nothing": "Никто ничего не написал.",
  "texts.draft": "{{name}} (не закончено)",
  "turn.silent": "передал(а) слово молча",
  "turn.typed": "вслух не говорил(а), писал(а) в чате",
  "turn.unwritten": "не записано: согласия не было",
  "turn.partly-unwritten": "записано не всё: согласие было не всё время",
  "agreement.ask": "{{people}}: можно ли записывать ваши слова?",
  "agreement.how":
    "✅ или «!круг записывать» — да, и то, что вы уже написали на этой встрече. Иначе вас слышно, но ничего вашего не записывается.",
  "agreement.speech-here": "Речь становится текстом на этом сервере.",
  "agreement.speech-outside": "Речь становится текстом на сервере {{name}}.",
  "agreement.minutes": "Текст для итогов получает {{name}}.",
  "agreement.comments": "Написанное здесь становится комментариями.",
  "agreement.telegram": "Записанное попадает и в чат «{{chat}}» в Telegram: его читают участники чата и Telegram.",
  "agreement.again": "Если можно, напишите «!круг записывать» ещё раз.",
  "agreement.given": "Записываем с согласия: {{people}}",
  "agreement.refused": "Не записываем: {{people}}",
  "refusal.not-for-guests":
    "Без учётной записи Matrix доступны своя очередь, рука и то, о чём круг спрашивает каждого. Всё остальное — для участников комнаты.",
  "refusal.unwritten":
    "Вы не разрешили записывать ваши слова на этой встрече. Изменить это можно командой «!круг записывать».",
  "refusal.purpose-not-offered": "Этому серверу это не нужно, поэтому и разрешать нечего.",
  "refusal.purpose-too-often": "Сегодня вы разрешали это много раз. Снова разрешить можно завтра.",
  "refusal.shown-changed": "За это время изменилось, что происходит с вашими словами. Прочитайте ещё раз, пожалуйста.",
  "turn.no-text": "говорил(а), но расшифровать не удалось",
  "turn.part": "(часть {{part}} из {{parts}})",
  "summary.participant": "{{name}} в этом круге",
  "summary.failed": "Итог составить не удалось; расшифровка — в обсуждении.",
  "made.highlights": "Цитаты, слово в слово (без ИИ)",
  "made.llm": "Составлено моделью {{model}} по расшифровке",
  "made.rules": "Найдено автоматически (без ИИ)",
  "task.suggested": "предложено",
} as const;
