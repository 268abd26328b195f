/** Clauses that end a film: "Thanks for watching, and don't forget to subscribe!" */
const OF_FILMS = [
  /^(?:(?:okay|ok|so|well|and|once again) ){0,2}(?:thanks|thank you|many thanks)(?: (?:all|everyone|guys|so much|very much|a lot|again|you all)){0,2} for (?:watching|viewing)(?: (?:this|the|my|our) (?:video|videos|channel|episode))?(?: (?:everyone|guys|everybody|all))?$/u,
  /^(?:please |and |don't forget to |do not forget to |be sure to |make sure to |remember to ){0,3}subscribe(?: to (?:my|our|the|this) (?:youtube )?channel)?(?: for more videos?| for more)?(?: please)?$/u,
  /^(?:please |don't forget to ){0,2}(?:like|share|comment|hit the like button|leave a like|give (?:it |this video )?a (?:like|thumbs up)|like this video|share this video|hit the bell|click the bell|ring the bell)(?: icon| button)?$/u,
  /^(?:i'll |i will |we'll )?see you (?:all |guys )?(?:in|at) (?:the|my|our) next (?:video|episode|one)$/u,
  /^(?:всем |большое |огромное ){0,2}(?:спасибо|благодарю|благодарим)(?: (?:вам|всем|большое|вас|огромное)){0,2} за просмотр(?: (?:этого |нашего |моего |данного )?(?:видео|ролика|канала))?$/u,
  /^(?:и |не забудьте |не забывайте |обязательно |пожалуйста ){0,2}(?:подписывайтесь|подпишитесь|подписаться|подпишись)(?: на (?:(?:мой|наш|этот) )?канал| на нас)?$/u,
  /^(?:не забудьте |не забывайте |и ){0,2}(?:ставьте|ставить|поставьте|поставить|жмите|нажмите|нажимайте)(?: на)? (?:лайк|лайки|лайки и комментарии|колокольчик|пальцы вверх)$/u,
  /^(?:до встречи|увидимся|до скорой встречи) в (?:следующем|новом|следующих|новых) (?:видео|выпуске|ролике|роликах|выпусках|серии)$/u,
  /^(?:смотрите )?продолжение (?:смотрите )?(?:во?|через) (?:следующей|второй|третьей|другой|следующем) (?:серии|части|выпуске|видео)(?: видео)?$/u,
];
/** Clauses that go along with those. */
const BESIDE =
  /^(?:bye|bye bye|goodbye|see you|see you next time|see you soon|thank you|thanks|take care|guys|everyone|all|have a (?:nice|good|great) day|with you was \p{Lu}\p{Ll}+|пока|всем пока|пока пока|до свидания|до новых встреч|до встречи|до скорых встреч|удачи|всем удачи|спасибо|с вами был[а]? \p{L}+|всего доброго|колокольчик|лайки|лайк|комментарии)$/u;
/** Endings that people use, too: a credit only where nothing else was heard, or with the dots that engines write. */
const CONTINUED = /^(?:продолжение следует|to be continued)$/u;

const LONGEST = 160;

/** Tells whether a text is nothing but the end of a film. `alone`: nothing else was heard. */
export function isFarewell(said: string, { alone }: { readonly alone: boolean }): boolean {
  if (said.length > LONGEST) return false;
  const clauses = clausesOf(said);
  if (clauses.length === 0) return false;
  if (clauses.every((clause) => CONTINUED.test(clause))) return alone || /(?:\.\.|…)\W?$/u.test(said);
  return (
    clauses.some(isOfFilms) &&
    clauses.every((clause) => isOfFilms(clause) || BESIDE.test(clause) || (alone && CONTINUED.test(clause)))
  );
}

function isOfFilms(clause: string): boolean {
  return OF_FILMS.some((form) => form.test(clause));
}

function clausesOf(text: string): string[] {
  const small = text.toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");
  return small
    .split(/[,.!?…;:—–-]|(?:^|\s)(?:and|и)(?=\s)/u)
    .map((clause) => clause.trim())
    .filter(Boolean);
}
