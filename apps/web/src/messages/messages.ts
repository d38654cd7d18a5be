import type { Locale } from '../i18n/locales.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import type { Messages } from './shape.ts';

/** All texts of the site. Only for the server: browsers get the few texts that they need as props. */
export const messages: Readonly<Record<Locale, Messages>> = { en, de, fr, es, it, ja, ko };
