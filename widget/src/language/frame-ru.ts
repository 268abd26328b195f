/** Что говорит о себе рамка виджета: ряд кнопок, середина; входит в общий каталог. */
export const frameRu = {
  reconnecting: "Восстанавливаем связь…",
  nobodyHere: "Пока никого нет",
  startWhenReady: "Начните, когда все соберутся.",
  more: "Ещё",
  microphoneClosed: "Микрофон пока закрыт",
  microphoneClosedNow: "Микрофон закрыт до вашей очереди",
  showTheme: "Показать тему целиком",
  hideTheme: "Свернуть тему",
  devices: "Устройства",
  changeDevices: "Изменить",
  caption: {
    microphone: "Микрофон",
    camera: "Камера",
    screen: "Экран",
    hand: "Рука",
    extend: "+30 с",
    skip: "Позже",
    leave: "Выйти",
  },
} as const;
