/** Тексты архива со всем, что хранится о человеке. */
export const ownDataRu = {
  "own-data.title": "Всё, что хранится обо мне в этой комнате",
  "own-data.files":
    "В data.json то же для программ, в meetings/ каждое моё событие, как оно хранится, в sound/ мой голос, если я разрешил(а) его хранить.",
  "own-data.purposes": "О каких использованиях моих слов и голоса меня спрашивали",
  "own-data.purpose.write": "записывать на всех встречах",
  "own-data.purpose.sound": "хранить звук",
  "own-data.purpose.improve": "улучшать модели этого сервера",
  "own-data.purpose.publish": "публиковать",
  "own-data.yes": "да",
  "own-data.no": "нет",
  "own-data.none": "Ничего.",
  "own-data.said": "Что я говорил(а)",
  "own-data.typed": "Что я писал(а)",
  "own-data.made": "Что из этого получилось",
  "own-data.accesses": "Кто читал, слушал или скачивал встречи, на которых я был(а)",
  "own-data.access.read": "читал(а) запись",
  "own-data.access.export": "скачал(а) запись файлом",
  "own-data.access.sound": "слушал(а) звук",
  "own-data.access.own-data": "получил(а) свои данные",
  "own-data.admin": "администратор этого сервиса",
  "own-data.message":
    "Всё, что хранится о вас в «{{room}}», одним файлом: {{url}} Этот адрес только для вас и откроется один раз, в течение 10 минут.",
  "own-data.sent": "Я отправил вам личное сообщение с адресом. Он откроется один раз, в течение 10 минут.",
  "word.my.data": "данные",
} as const;
