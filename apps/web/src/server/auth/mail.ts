import 'server-only';
import type { MailEnv } from '@tbi/env';
import { createTransport, type Transporter } from 'nodemailer';
import { processSlot } from '../process-slot.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const limitMs = 10_000;

/** Sends a mail. Rejects, without naming its receiver, when the server does not take it: ten seconds for each step. */
export async function sendMail({ url, from }: NonNullable<MailEnv>, mail: Mail): Promise<void> {
  const transport = processSlot<Transporter>('mail', () =>
    createTransport({ url, connectionTimeout: limitMs, greetingTimeout: limitMs, socketTimeout: limitMs }),
  );
  // As an object: a text would be parsed, and a comma in it would add a recipient.
  await transport.sendMail({ ...mail, to: { name: '', address: mail.to }, from }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    throw new Error(`The mail server did not take a mail: ${code}`);
  });
}
