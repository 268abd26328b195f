/** Texts for people who come by Telegram's Mini App, in Russian. */
export const telegramDoorRu = {
  "telegram.name": "{{name}} (Telegram)",
  "telegram.name-again": "{{name}} (Telegram {{number}})",
  "telegram.namesake": "{{name}} (Telegram, тёзка)",
  "telegram.namesake-again": "{{name}} (Telegram {{number}}, тёзка)",
  "telegram.came": "Из чата «{{title}}» в Telegram теперь здесь {{name}}.",
  "telegram.left-chat": "{{name}} больше не в чате Telegram, а значит, и не в круге.",
  "telegram.unbound": "{{name}} больше не в круге: к нему не относится ни один чат Telegram.",
  "telegram.put-out":
    "{{name}} больше не в круге: так решил(а) {{by}}. Впустить снова можно, привязав чат Telegram заново.",
  "telegram.encrypted-out":
    "{{name}} больше не в круге: комната теперь зашифрована, а в Telegram нет устройства Matrix, которому можно передать ключи.",
  "word.link.telegram": "telegram|телеграм|tg",
  "word.link.yes": "да",
  "word.link.no": "нет",
  "word.link.off": "отвязать",
  "telegram.link.none": "У этой службы нет двери в Telegram.",
  "telegram.link.sent": "Отправил вам личное сообщение с кодом, который свяжет с вами ваш аккаунт в Telegram.",
  "telegram.link.refused": "Не удалось отправить вам личное сообщение, а код — не для всей комнаты.",
  "telegram.link.code": "Напишите боту @{{bot}} в Telegram, в личном чате: /circle link {{code}}",
  "telegram.link.caution":
    "Код действует 10 минут. Никому его не давайте: кто его введёт, станет в кругах вами. Вы узнаете, кто это сделал, и решите сами.",
  "telegram.link.asks": "Ваш код ввёл(а) в Telegram {{name}}.",
  "telegram.link.decide":
    "Если это вы, напишите в комнате круга «!круг ссылка telegram да» в течение 10 минут, а если нет — «!круг ссылка telegram нет».",
  "telegram.link.joined":
    "Вы и {{name}} в Telegram теперь в кругах один человек. Снова разделить вас можно так: «!круг ссылка telegram отвязать».",
  "telegram.link.denied": "{{name}} в Telegram с вами не связан(а).",
  "telegram.link.nobody": "Ваш код никто не вводил. Новый пришлёт «!круг ссылка telegram».",
  "telegram.link.parted_one": "С вами больше не связан {{count}} аккаунт Telegram.",
  "telegram.link.parted_few": "С вами больше не связаны {{count}} аккаунта Telegram.",
  "telegram.link.parted_many": "С вами больше не связаны {{count}} аккаунтов Telegram.",
  "telegram.link.parted_other": "С вами больше не связаны {{count}} аккаунта Telegram.",
  "telegram.door.TELEGRAM_FORGED":
    "Telegram не подписывал это для бота этой службы. Закройте приложение и откройте его кнопкой в чате.",
  "telegram.door.TELEGRAM_DOUBLED":
    "В данных запуска что-то указано дважды: Telegram такими их не создаёт. Закройте приложение и откройте его кнопкой в чате.",
  "telegram.door.TELEGRAM_OLD":
    "Приложение открыто слишком давно. Закройте его и откройте кнопкой в чате. Если не помогает, неверны часы службы: сообщите её администратору.",
  "telegram.door.TELEGRAM_REPLAYED": "По этому запуску приложения уже входили. Закройте его и откройте кнопкой в чате.",
  "telegram.door.TELEGRAM_REFERENCE":
    "Эта ссылка не ведёт ни в какой круг. Откройте приложение кнопкой, которую бот оставил в вашем чате.",
  "telegram.door.TELEGRAM_MEETING_OVER": "Встреча по этой ссылке закончилась. К следующей бот пришлёт кнопку.",
  "telegram.door.TELEGRAM_EARLY": "В круге пока никого нет. Откройте приложение снова, когда бот объявит встречу.",
  "telegram.door.TELEGRAM_NOT_IN_CHAT":
    "Этот круг — для людей из чата Telegram, в котором вас нет. Вступите в чат и откройте приложение там.",
  "telegram.door.TELEGRAM_OTHER_CHAT":
    "Приложение открыто из другого чата. Откройте его кнопкой в том чате, к которому относится круг.",
  "telegram.door.TELEGRAM_UNBOUND":
    "К этому кругу больше не относится ни один чат Telegram, или бота в нём нет. Спросите хранителя круга.",
  "telegram.door.TELEGRAM_AWAY": "Telegram сейчас не отвечает, есть ли вы в чате. Попробуйте ещё раз чуть позже.",
} as const;
