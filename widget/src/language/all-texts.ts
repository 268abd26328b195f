import { en } from "./en.ts";
import { hostPageEn } from "./host-page-en.ts";
import { hostPageRu } from "./host-page-ru.ts";
import { ru } from "./ru.ts";

/** Texts of the widget, and of the page that hosts it without a client. */
export const allEn = { ...en, hostPage: hostPageEn };
export const allRu = { ...ru, hostPage: hostPageRu };
