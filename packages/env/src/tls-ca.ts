import { readFileSync } from 'node:fs';
import * as z from 'zod';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/;

/**
 * A certificate authority: PEM text (line breaks may be written as `\n`), or the path of a file that holds it.
 * The file is read together with the environment, so that a wrong path is found at the start and not at the first
 * connection.
 */
export const tlsCa = z.string().transform((value, context): string => {
  const text = value.includes('-----BEGIN') ? value.replaceAll('\\n', '\n') : readText(value.trim());
  if (text !== null && PEM.test(text)) return text;
  const message = text === null ? 'it names a file that cannot be read' : 'it holds no certificate';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
