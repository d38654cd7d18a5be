import type { Locale } from '../../i18n/locales.ts';
import { messages } from '../../messages/messages.ts';
import type { Messages } from '../../messages/shape.ts';

/** What a form says about problems; given to it as a prop, in the language of its page. */
export type FormTexts = Pick<Messages, 'fieldErrors' | 'formErrors'>;

export function formTexts(locale: Locale): FormTexts {
  const { fieldErrors, formErrors } = messages[locale];
  return { fieldErrors, formErrors };
}
