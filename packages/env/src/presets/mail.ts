import * as z from 'zod';
import { text, urlWithScheme } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable } from '../variable.ts';

/** How mail is sent. Null: it is not. */
export type MailEnv = { readonly url: string; readonly from: string } | null;

/** A name with an address, or an address alone. */
const sender = text.refine((value) => z.email().safeParse(/<([^<>]*)>$/.exec(value)?.[1] ?? value).success);

/** The mail server for sign-in links. */
export const mailEnv = definePreset({
  variables: {
    SMTP_URL: optionalVariable(urlWithScheme('smtp:', 'smtps:'), {
      expected: 'an smtp:// or smtps:// URL',
      example: 'smtp://user:password@mail.example.com:587',
    }),
    SMTP_FROM: optionalVariable(sender, {
      expected: 'the sender of mail',
      example: 'TheBrainyInsights <accounts@example.com>',
    }),
  },
  check(values) {
    const { SMTP_URL: url, SMTP_FROM: from } = values;
    if (url && 'SMTP_FROM' in values && !from) {
      return [{ variable: 'SMTP_FROM', text: 'missing; SMTP_URL is set, so mail needs a sender' }];
    }
    return [];
  },
  build: ({ SMTP_URL: url, SMTP_FROM: from }): MailEnv => (url && from ? { url, from } : null),
});
