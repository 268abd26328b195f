/** Texts of the bot in chats of Telegram, in Russian. */
export const telegramBotRu = {
  "command.word.telegram": "телеграм",
  "command.usage.telegram": "[отвязать]",
  "command.help.telegram":
    "связать с комнатой чат в Telegram: запись кругов идёт и туда, а его люди могут прийти в круг; «отвязать» отпускает чат",
  "word.telegram.off": "отвязать",
  "telegram.none": "У этой службы нет бота в Telegram.",
  "telegram.not-bound": "С этой комнатой не связан ни один чат в Telegram.",
  "telegram.let-go": "Чат «{{title}}» в Telegram больше не связан с этой комнатой. Что там написано, останется.",
  "telegram.encrypted": "Эта комната зашифрована, а в чате Telegram этого никто не может обещать. Чата у неё не будет.",
  "telegram.code":
    "Добавьте @{{bot}} в чат в Telegram — администратором, если у каждой встречи должна быть своя тема. Затем администратор чата в течение четверти часа пишет там:",
  "telegram.code.caution":
    "С этой минуты все, кто в чате, и сам Telegram читают всё, что пишется о кругах этой комнаты, а люди чата могут в них прийти.",
  "telegram.code.sent": "Код — в личном сообщении вам.",
  "telegram.code.refused":
    "Личное сообщение вам отправить не удалось, а код не для всей комнаты. Разрешите личные сообщения от бота и повторите.",
  "telegram.bound":
    "Чат «{{title}}» в Telegram теперь связан с этой комнатой, там это подтверждает {{name}}. Запись кругов идёт и туда: её могут читать все, кто в чате, и Telegram. Тех, кто разрешил записывать свои слова, спросим заново; из встречи, которая уже идёт, туда ничего не попадёт, пока не согласятся все они. «!круг телеграм отвязать» прекращает это.",
  "telegram.left": "В Telegram чат «{{title}}» отвязан от этой комнаты, это делает {{name}}.",
  "telegram.lost.deleted":
    "Чата «{{title}}» в Telegram больше нет. Запись ведётся только здесь; «!круг телеграм» свяжет другой чат.",
  "telegram.lost.bot-put-out":
    "Писать в чат «{{title}}» в Telegram больше нельзя. Что ещё не отправлено, ждёт и придёт, когда бота добавят туда снова.",
  "telegram.away":
    "Telegram не отвечает уже несколько минут. Встреча идёт дальше; что должно стоять в чате там, придёт позже.",
  "telegram.back":
    "Telegram не отвечал несколько минут. Теперь отвечает снова, и чат там получает всё, чего не хватало.",
  "telegram.chat.bound":
    "Этот чат теперь связан с комнатой «{{room}}». Её круги объявляются здесь, и запись их идёт сюда. /unbind прекращает это.",
  "telegram.chat.unbound": "Этот чат больше не связан с комнатой.",
  "telegram.chat.no-code": "Такого кода нет или он устарел. Новый получает ведущий комнаты командой «!круг телеграм».",
  "telegram.chat.not-administrator": "Это может только администратор чата.",
  "telegram.chat.groups-only": "Это можно сказать только в группе.",
  "telegram.chat.no-room": "Этот чат не связан с комнатой. Код получает ведущий комнаты командой «!круг телеграм» там.",
  "telegram.chat.stranger": "Сначала откройте круг кнопкой: тогда я узнаю, кто вы.",
  "telegram.chat.elsewhere": "Вы не в этом круге или уже не в нём.",
  "telegram.chat.in-room": "Это можно сделать только в комнате Matrix.",
  "telegram.chat.unknown": "Команды «{{word}}» нет. /circle help перечислит все.",
  "telegram.chat.hello": "Я веду круги, в которых слово идёт по кругу. /circle help расскажет как.",
  "telegram.announce.circle.gathers": "Собирается круг: {{room}}",
  "telegram.announce.circle.runs": "Идёт круг: {{room}}",
  "telegram.announce.circle.over": "Круг окончен: {{room}}",
  "telegram.announce.assembly.gathers":
    "Собирается много кругов сразу: {{room}}. Можно участвовать, а можно только слушать.",
  "telegram.announce.assembly.runs":
    "Группы говорят одновременно: {{room}}. Можно слушать любую из них или участвовать.",
  "telegram.announce.assembly.over": "Собрание окончено: {{room}}",
  "telegram.announce.group.gathers": "Собирается группа {{number}}: {{room}}",
  "telegram.announce.group.runs": "Говорит группа {{number}}: {{room}}",
  "telegram.announce.group.over": "Группа {{number}} закончила: {{room}}",
  "telegram.open": "Открыть круг",
  "telegram.open.assembly": "Открыть собрание",
  "telegram.repeated": "(повторно)",
  "telegram.taken-away": "(убрано)",
  "telegram.pressed": "Готово",
  "telegram.link.told": "Вопрос задан в Matrix. Ответьте там «да», и этот аккаунт станет вашим и там.",
  "telegram.link.unknown": "Такого кода нет или он устарел.",
  "telegram.link.untold": "Спросить в Matrix не удалось. Разрешите там личные сообщения от бота и возьмите новый код.",
} as const;
