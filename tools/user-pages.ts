import { translateTo } from "../appservice/language/translate.ts";
import type { Language } from "../appservice/protocol/identity.ts";
import { GROUPS } from "../appservice/room/commands/command.ts";
import { usageOf } from "../appservice/room/commands/help.ts";
import { COMMANDS } from "../appservice/room/commands/registry.ts";
import { signsList } from "./signs.ts";

/** `docs/user.md` and `docs/user.ru.md`: the words are here, the commands are the bot's own. */
export function userPage(language: Language): string {
  return `${TEXT[language].trim()}\n\n${commandsIn(language)}\n`;
}

function commandsIn(language: Language): string {
  const t = translateTo(language);
  const cell = (text: string) => text.replaceAll("|", "\\|");
  return GROUPS.map((group) => {
    const rows = COMMANDS.filter((each) => each.group === group).map((each) => `| \`${cell(usageOf(each, t))}\` | ${cell(t(`command.help.${each.name}`))} |`);
    return `**${t(`command.group.${group}`)}**\n\n| | |\n|---|---|\n${rows.join("\n")}`;
  }).join("\n\n");
}

const TEXT: Readonly<Record<Language, string>> = {
  en: `
# For those who sit in the circle

*[По-русски](user.ru.md)*

In a **council** the word goes round the circle. Whoever has it is heard, for a limited time, on the circle's theme; nobody interrupts,
because all other microphones are closed. You need not fight for a gap, and need not remember who said what: it is written down.

![A council in mid-turn](widget.png)

## Your first council

1. **Open the widget.** In Element it stands at the top of the room, or in the room's information under *Extensions*. Your client
   asks three times: whether to load it, whether it may see the meeting and stay on your screen, and whether it may know who you are.
   Say yes to the second one, and you stay in the call while you look at other rooms; otherwise leaving the room ends it. Tick the
   box that remembers, and you are not asked again. In another client write \`!circle link\`: the bot sends you a link of your own.
2. **Join.** Your browser asks for the microphone; choose it, see whether it hears you. You are asked once whether the facilitator may open your microphone
   when the word is yours. Without that you listen.
3. **Start.** Somebody chooses a scenario and a topic. Whoever starts is the *keeper*: they may pause, skip, give more time and end;
   so may every moderator of the room.
4. **Your turn.** A quiet sound tells you that you are next, and another that the word is yours; then your microphone opens. The arc
   round your picture is your time. **Pass the word** (or the space bar) when you are done; otherwise it goes on by itself when the
   time is over. **Skip me for now** keeps your turn for the end of the circle. Need more time? Ask for it; the keeper or the ring
   gives it. When your turn is over your microphone closes, also after the last turn of all; from then on the floor is open, and
   everybody opens their own. You look elsewhere meanwhile? A phone vibrates; where the widget has a tab of its own (\`!circle link\`),
   the tab's title says that your turn comes, and you can switch a notification on in the settings. Inside Element the tab is
   Element's, and the sound is what tells you.
5. **Not your turn.** Listen. You may raise your hand, or write in the room: that becomes a comment in the record.

Whoever comes late speaks at the end of the circle. Whoever loses the connection has 15 seconds to come back, and keeps a turn. Nobody
has to press anything: “I pass the word to Ann”, “that's all from me”, “another minute, please”, “task: …” are understood when
spoken.

## What is left in the room

While you speak, your words stand below the ring as captions, and in the circle's thread when your turn is over. When a circle
ends, its message becomes one line: who spoke, and for how long. At the end of the meeting comes one message with the whole: what was
decided, who does what until when, what is open, and a map of it all. In its thread each decision, question and task is one line. What the
facilitator only *found* is a suggestion; signs on its message say what becomes of it, and taking one back undoes it:

${signsList("en")}

A reply to a task says who does it, and when: “Ann by Friday”.

**Something was misheard?** Correct your own words in the widget, or reply to the message with \`!circle correct wrong => right\`; the summaries are
made anew. [More on corrections](corrections.md).

In the widget the same stands in the middle once the meeting is over: **look through** leads to what waits for an answer. The record beside
it holds the transcript and the minutes; a search there covers both, and on asking the room's earlier meetings. **Export** saves it as a file.

## What is kept of you

- Your words as text, in the room and in the service. Whoever is in the room can read them.
- Your voice is not kept, unless your server allows it **and** you switched it on in the widget's settings; switching it off deletes it.
- Where a language model or a transcription server outside is used, your words go there: ask your admin. By default nothing leaves
  the machine.

## If something does not work

| what you see | what to do |
|---|---|
| “The facilitator is not in this room” | invite the bot; ask your admin for its name |
| “This room is encrypted” | use a room without encryption |
| “The facilitator may not write the meeting into this room” | a moderator gives the bot the power of a moderator |
| your microphone stays closed in your turn | click the microphone once: the browser may want to be asked; look at the settings |
| the call is away | the meeting stands still by itself, and goes on when you are back |

## Commands

In the room, in English or Russian, whatever language the room has:
`,
  ru: `
# Для тех, кто сидит в круге

*[In English](user.md)*

В **совете** слово идёт по кругу. Слышно того, у кого слово, — ограниченное время и на тему круга; никто не перебивает, потому что
остальные микрофоны закрыты. Не нужно ловить паузу и не нужно запоминать, кто что сказал: всё записывается текстом.

![Совет посреди хода](widget.png)

## Первый совет

1. **Откройте виджет.** В Element он стоит вверху комнаты или в сведениях о комнате, в разделе «Расширения». Клиент спросит трижды:
   загрузить ли виджет, можно ли ему видеть встречу и оставаться на экране, можно ли ему знать, кто вы. Разрешите второе — и вы
   останетесь в звонке, когда смотрите другие комнаты; иначе, выйдя из комнаты, вы выйдете и из звонка. Отметьте «запомнить», и
   больше вас не спросят. В другом клиенте напишите \`!круг ссылка\` — бот пришлёт вам личную ссылку.
2. **Войдите в круг.** Браузер попросит разрешения на микрофон. Выберите его, посмотрите, слышит ли он вас. Один раз вас спросят, можно ли ведущему открывать ваш
   микрофон, когда слово у вас. Без этого вы слушаете.
3. **Начните.** Кто-нибудь выбирает сценарий и тему. Кто начал, тот *хранитель* круга: он может поставить паузу, пропустить, дать
   время и закончить; то же может любой модератор комнаты.
4. **Ваше слово.** Один тихий звук скажет, что следующее слово ваше, другой — что слово у вас, и микрофон откроется. Дуга вокруг
   вашего портрета — ваше время. Закончили — нажмите **«Передать слово»** (или пробел); иначе оно перейдёт само, когда время выйдет.
   **«Пока пропустить меня»** оставит вам ход на конец круга. Нужно больше времени? Попросите — его даёт хранитель или сам круг. Ваша
   очередь закончилась — микрофон закрывается, и после самой последней тоже; дальше говорить может каждый, и свой микрофон каждый
   открывает сам. Смотрите в другое место? Телефон завибрирует; если виджет открыт в отдельной вкладке (\`!круг ссылка\`), о вашей
   очереди скажет её заголовок, а в настройках можно включить уведомление. Внутри Element вкладка принадлежит ему: там о ней скажет
   звук.
5. **Слово не у вас.** Слушайте. Можно поднять руку или написать в комнату: это станет комментарием в записи.

Кто опоздал, говорит в конце круга. У кого оборвалась связь, у того есть 15 секунд, чтобы вернуться, и ход остаётся за ним. Нажимать
ничего не обязательно: «передаю слово Анне», «у меня всё», «ещё минуту», «задача: …» понимаются на слух.

## Что остаётся в комнате

Пока вы говорите, ваши слова видны под кругом как субтитры, а после хода — в ветке круга. Когда круг закончен, его сообщение
становится одной строкой: кто говорил и сколько. В конце встречи появляется одно сообщение обо всём: что решили, кто что сделает и к какому
дню, что осталось открытым, и карта встречи. В его обсуждении каждое решение, вопрос и задача — одна строка. То, что ведущий только
*нашёл*, — предложение; что с ним станет, говорят реакции на его сообщении, а снятая реакция отменяет сделанное:

${signsList("ru")}

Ответ на задачу говорит, кто её делает и к какому дню: «Анна к пятнице».

**Ослышались?** Поправьте свои слова в виджете или ответьте на сообщение \`!круг исправить не так => так\`; итоги составятся заново.
[Подробнее об исправлениях](corrections.md).

В виджете то же самое стоит посередине, когда встреча закончена: кнопка «просмотреть» ведёт к тому, что ждёт ответа. В записи рядом —
расшифровка и итоги; поиск там охватывает и то и другое, а по желанию и прошлые встречи комнаты. **«Скачать»** сохраняет запись файлом.

## Что о вас хранится

- Ваши слова текстом — в комнате и в службе. Прочесть их могут все, кто в комнате.
- Голос не хранится, если только ваш сервер это не разрешает **и** вы сами не включили это в настройках виджета; выключите — и он будет
  удалён.
- Если используется языковая модель или распознавание на стороне, ваши слова уходят туда: спросите администратора. По умолчанию с
  машины ничего не уходит.

## Если что-то не так

| что видно | что делать |
|---|---|
| «Ведущего нет в этой комнате» | пригласите бота; его имя знает администратор |
| «Эта комната зашифрована» | возьмите комнату без шифрования |
| «Ведущий не может записать встречу в эту комнату» | пусть модератор даст боту права модератора |
| в ваш ход микрофон не открылся | щёлкните по микрофону: браузеру иногда нужно разрешение; загляните в настройки |
| звонок пропал | встреча сама замирает и продолжается, когда вы вернётесь |

## Команды

В комнате, по-русски или по-английски, какой бы язык в ней ни был выбран:
`,
};
