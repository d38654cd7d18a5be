import { findFreePort, poll } from '@tbi/testing';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  /** For SMTP_URL. */
  readonly url: string;
  /** The path of the sign-in link in the newest mail to an address, once it has come; then that mail is gone. */
  takeLink(address: string): Promise<string>;
  /** Mails that nobody has taken. */
  count(): number;
  close(): Promise<void>;
}

/** A mail server that keeps what it gets. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        mails.push({ to, text: decode(Buffer.concat(parts).toString()) });
        done();
      });
    },
  });
  const port = await findFreePort();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    async takeLink(address) {
      const mail = await poll(() => mails.findLast(({ to }) => to === address), { what: 'a mail' });
      mails.splice(mails.indexOf(mail), 1);
      const url = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? '');
      return url.pathname + url.search;
    },
    count: () => mails.length,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Of quoted-printable text. */
function decode(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
